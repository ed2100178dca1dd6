// A log and a client of witnesses that share no line with petitbleu: trees and notes of
// golang.org/x/mod, heads and cosignatures of transparency-dev/formats, the client of
// transparency-dev/witness.
//
//	foreignlog key NAME                       prints a signing key and its verifier
//	foreignlog walk URL WITNESS-KEY LOG-KEY   has heads and forks of its log cosigned; a line a step
//	foreignlog open ORIGIN LOG-KEY WITNESS-KEY...   reads a published head, prints size and cosigners
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"

	formats "github.com/transparency-dev/formats/log"
	cosig "github.com/transparency-dev/formats/note"
	client "github.com/transparency-dev/witness/client/http"
	"github.com/transparency-dev/witness/witness"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

// hashes is a tree in memory: the hash storage of golang.org/x/mod.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		found[at] = h[index]
	}
	return found, nil
}

// grown is a tree of size lines; those from the line fork on say something else.
func grown(size, fork int64) hashes {
	var tree hashes
	for line := int64(0); line < size; line++ {
		text := fmt.Sprintf("line %d", line)
		if fork > 0 && line >= fork {
			text += " of the fork"
		}
		tree = append(tree, must(tlog.StoredHashes(line, []byte(text), tree))...)
	}
	return tree
}

type foreignLog struct {
	signer  note.Signer
	witness client.Witness
	key     note.Verifier
}

// submit asks for a cosignature of the head of size lines and tells what came of it.
func (l foreignLog) submit(old, size, fork int64) string {
	tree := grown(size, fork)
	root := must(tlog.TreeHash(size, tree))
	text := fmt.Sprintf("%s\n%d\n%s\n", l.signer.Name(), size, root)
	head := must(note.Sign(&note.Note{Text: text}, l.signer))
	var proof [][]byte
	if old > 0 && old < size {
		for _, hash := range must(tlog.ProveTree(size, old, tree)) {
			proof = append(proof, hash[:])
		}
	}
	lines, knows, err := l.witness.Update(context.Background(), uint64(old), head, proof)
	switch {
	case errors.Is(err, witness.ErrCheckpointStale):
		return fmt.Sprintf("409 with %d", knows)
	case err != nil:
		return err.Error()
	}
	opened, err := note.Open(append(head, lines...), note.VerifierList(l.key))
	if err != nil {
		return "not cosigned: " + err.Error()
	}
	return fmt.Sprintf("cosigned by %s", opened.Sigs[0].Name)
}

func walk(address, witnessKey, logKey string) {
	l := foreignLog{
		signer:  must(note.NewSigner(logKey)),
		witness: client.NewWitness(must(url.Parse(address)), http.DefaultClient),
		key:     must(cosig.NewVerifierForCosignatureV1(witnessKey)),
	}
	for _, step := range [][3]int64{
		{0, 1, 0}, {1, 6, 0}, {6, 6, 0}, {6, 300, 0}, // grows, and the same again
		{0, 300, 0}, {6, 301, 0}, {299, 301, 0}, // the client remembers another head
		{300, 400, 5}, {300, 300, 5}, // forks: later, and at the size that is signed
		{300, 301, 0}, // the honest log goes on
	} {
		fmt.Printf("%d %d %d: %s\n", step[0], step[1], step[2], l.submit(step[0], step[1], step[2]))
	}
}

func open(origin, logKey string, witnessKeys []string) {
	var others []note.Verifier
	for _, key := range witnessKeys {
		others = append(others, must(cosig.NewVerifierForCosignatureV1(key)))
	}
	text := must(io.ReadAll(os.Stdin))
	head, _, opened, err := formats.ParseCheckpoint(text, origin, must(note.NewVerifier(logKey)), others...)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(head.Size)
	for _, signature := range opened.Sigs {
		fmt.Println(signature.Name)
	}
}

func main() {
	switch rest := os.Args[2:]; os.Args[1] {
	case "key":
		signing, verifier, err := note.GenerateKey(rand.Reader, rest[0])
		fmt.Println(must(signing, err))
		fmt.Println(verifier)
	case "walk":
		walk(rest[0], rest[1], rest[2])
	case "open":
		open(rest[0], rest[1], rest[2:])
	}
}
