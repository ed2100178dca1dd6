"""Signing the log's tree every hour, and checking the whole log against what was signed.

The key is ``DATA/keys/journal-ed25519.pem``, made at the first head. Whoever changes rows and also
holds this key can sign anew; then the heads that were published and mailed do not fit any more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu import keyring, keys
from petitbleu.app import App, Part
from petitbleu.desk.records.audit import merkle, notes
from petitbleu.desk.records.audit import queries as q
from petitbleu.desk.records.audit.notes import BadNote, Checkpoint
from petitbleu.desk.records.audit.queries import Entry, SignedHead
from petitbleu.desk.records.audit.service import ORIGIN, chained, leaf
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Tx

KEY = "journal-ed25519.pem"
_PAGE = 1000


def origin(app: App) -> str:
    """The name of this log: the host of the instance and ``/journal``."""
    return f"{urlsplit(app.config.public_url).hostname or 'localhost'}/journal"


SIGNING_KEY: Part[Ed25519PrivateKey] = Part(
    lambda app: keys.signing_key(keyring.contents(app, KEY, keys.new_signing_key))
)


def key(app: App) -> Ed25519PrivateKey:
    """The key that signs heads; made where there is none."""
    return app.parts[SIGNING_KEY]


def verifier(app: App) -> str:
    """The public key in the form of signed notes."""
    return notes.verifier(origin(app), key(app).public_key())


async def newest(app: App) -> SignedHead | None:
    """The newest signed head."""
    return await app.store.row(q.NEWEST_SIGNED)


async def signed(app: App, *, before: int = 1 << 60, limit: int = 100) -> list[SignedHead]:
    """Signed heads of trees smaller than ``before``, newest first."""
    return await app.store.rows(q.SIGNED, before=before, limit=limit)


async def lines(app: App, first: int = 0, end: int = 1 << 60) -> AsyncIterator[Entry]:
    """Entries ``first`` to ``end`` (not included) in order, read in pages off the event loop."""
    while first < end:
        rows = await app.store.scan(q.RANGE, first=first, limit=min(_PAGE, end - first))
        for row in rows:
            yield row
        if not rows:
            return
        first = rows[-1].n + 1


def leaf_of(row: Entry) -> bytes:
    """The leaf hash of a line."""
    return leaf(row.n, row.at, row.actor, row.action, row.subject, row.data)


class Unsound(Refusal):
    """A line does not fit those before; one sentence says which."""

    SAID: ClassVar[Sentences] = {
        "missing": ("line {line} is missing", "la ligne {line} manque"),
        "changed": (
            "line {line} was changed, or stands in another’s place",
            "la ligne {line} a été modifiée, ou tient la place d’une autre",
        ),
        "others": (
            "the first {size} lines are not those that were signed",
            "les {size} premières lignes ne sont pas celles qui ont été signées",
        ),
        "fewer": (
            "{signed} lines were signed, {there} are there",
            "{signed} lignes ont été signées, {there} sont là",
        ),
        "unsigned": (
            "the head of {size} lines is not signed by this log",
            "la tête de {size} lignes n’est pas signée par ce journal",
        ),
        "head": (
            "the head of {size} lines says something else than its row",
            "la tête de {size} lignes dit autre chose que son enregistrement",
        ),
        "end": (
            "the log ends elsewhere than where its lines lead",
            "le journal finit ailleurs que là où mènent ses lignes",
        ),
    }


async def sign(app: App) -> SignedHead | None:
    """Sign the tree as it is; the new head, or None where nothing was added since the last.

    Raises Unsound where a line that was added since is not chained to those before.
    """
    last = await newest(app)
    edge = merkle.Edge(last.size, _roots(last.edge)) if last else merkle.Edge()
    chain = await _chain_at(app, edge.size)
    for_now = await app.store.row(q.HEAD)
    end = for_now.size if for_now is not None else 0
    async for row in lines(app, edge.size, end):
        chain = _follow(row, edge.size, chain)
        edge.add(leaf_of(row))
    if edge.size == (last.size if last else 0):
        return None
    head = Checkpoint(origin(app), edge.size, edge.root())
    note = notes.sign(head, key(app))
    made = SignedHead(edge.size, int(app.clock.now()), head.root, b"".join(edge.roots), note)
    await app.store.write(_keep, made=made)
    return made


async def _keep(tx: Tx, made: SignedHead) -> None:
    await tx.run(q.KEEP_SIGNED, **made._asdict())


def _roots(edge: bytes) -> list[bytes]:
    return [edge[at : at + 32] for at in range(0, len(edge), 32)]


async def _chain_at(app: App, size: int) -> bytes:
    if size == 0:
        return ORIGIN
    rows = await app.store.rows(q.RANGE, first=size - 1, limit=1)
    if not rows or rows[0].n != size - 1:
        raise Unsound("missing", line=size - 1)
    return rows[0].chain


def _follow(row: Entry, expected: int, chain: bytes) -> bytes:
    """The chain hash of ``row``, which must be line ``expected`` after ``chain``."""
    if row.n != expected:
        raise Unsound("missing", line=expected)
    if row.chain != chained(chain, leaf_of(row)):
        raise Unsound("changed", line=row.n)
    return row.chain


class Verdict(NamedTuple):
    """What checking the log found: ``problem`` is None where it is sound."""

    size: int
    heads: int
    root: bytes
    problem: Unsound | None

    @property
    def sound(self) -> bool:
        return self.problem is None


async def verify(app: App) -> Verdict:
    """Check every line, the chain, and every signed head, from the beginning."""
    heads = [row async for row in all_signed(app)]
    edge, chain = merkle.Edge(), ORIGIN
    waiting = {one.size: one for one in heads}
    try:
        for one in heads:
            _check_head(app, one)
        async for row in lines(app):
            chain = _follow(row, edge.size, chain)
            edge.add(leaf_of(row))
            head = waiting.pop(edge.size, None)
            if head is not None and head.root != edge.root():
                raise Unsound("others", size=head.size)
        await _check_end(app, edge.size, chain)
        if waiting:
            raise Unsound("fewer", signed=max(waiting), there=edge.size)
    except Unsound as found:
        return Verdict(edge.size, len(heads), edge.root(), found)
    return Verdict(edge.size, len(heads), edge.root(), None)


def _check_head(app: App, row: SignedHead) -> None:
    # The name is that of the address at the time; the key is the same.
    name = row.note.partition("\n")[0]
    try:
        said = notes.check(row.note, name, key(app).public_key())
    except BadNote:
        raise Unsound("unsigned", size=row.size) from None
    if (said.size, said.root) != (row.size, row.root):
        raise Unsound("head", size=row.size)


async def _check_end(app: App, size: int, chain: bytes) -> None:
    head = await app.store.row(q.HEAD)
    said = (head.size, head.chain) if head is not None else (0, ORIGIN)
    if said[0] > size:
        appended = await app.store.rows(q.RANGE, first=size, limit=1)
        if not appended:
            raise Unsound("missing", line=size)
        _follow(appended[0], size, chain)  # somebody wrote while this ran
    elif said != (size, chain):
        raise Unsound("end")


async def all_signed(app: App) -> AsyncIterator[SignedHead]:
    """Every signed head, newest first."""
    before = 1 << 60
    while rows := await app.store.scan(q.SIGNED, before=before, limit=_PAGE):
        for row in rows:
            yield row
        before = rows[-1].size


class Proof(NamedTuple):
    """That a line is in the tree of a signed head."""

    n: int
    size: int
    path: list[bytes]


async def prove(app: App, numbers: list[int], head: SignedHead) -> list[Proof]:
    """Inclusion proofs of lines below ``head.size``."""
    tree = merkle.Tree([leaf_of(row) async for row in lines(app, 0, head.size)])
    return [Proof(n, head.size, tree.inclusion(n)) for n in numbers if n < head.size]


async def prove_growth(app: App, size: int, head: SignedHead) -> list[bytes]:
    """The proof that the tree of ``size`` lines is a beginning of that of ``head``."""
    tree = merkle.Tree([leaf_of(row) async for row in lines(app, 0, head.size)])
    return tree.consistency(size)


async def published(app: App) -> dict[str, Any]:
    """What ``/transparence/journal`` says: key, newest head, and earlier ones."""
    rows = await signed(app, limit=48)
    return {
        "origin": origin(app),
        "key": verifier(app),
        "heads": [
            {"size": row.size, "at": row.at, "root": row.root.hex(), "note": row.note}
            for row in rows
        ],
    }
