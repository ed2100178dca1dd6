"""What a witness knows: its key, and the newest head of each log that it has cosigned.

A folder: ``witness-ed25519.pem``, ``heads/`` (a signed note for each log, named by the SHA-256 of
the log's origin) and ``refused/`` (heads that a log has signed and that do not go on from the one
it signed before: proof that somebody rewrote it). A head is on the disk before it is answered.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from petitbleu import keys
from petitbleu.desk.records.audit import merkle, notes
from petitbleu.desk.records.audit.notes import Checkpoint
from petitbleu.desk.records.witnesses import cosignatures, requests
from petitbleu.desk.records.witnesses.cosignatures import Key
from petitbleu.desk.records.witnesses.requests import Malformed, Submission
from petitbleu.durable import make_folder, write_file

KEY = "witness-ed25519.pem"
HEADS, REFUSED = "heads", "refused"
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
_KEPT = 100
"""Refused heads that are kept."""


class Unusable(Exception):
    """The witness must not sign with this folder; one sentence says why."""


class Answer(NamedTuple):
    """Status, body and content type."""

    status: int
    body: str
    kind: str = TEXT


def file_name(origin: str) -> str:
    """Of the newest head of a log; also the last part of its address."""
    return hashlib.sha256(origin.encode()).hexdigest()


class Witness:
    """Cosigns heads that continue what it has cosigned. Raises Unusable. One process a folder."""

    def __init__(
        self, folder: Path, name: str, logs: Sequence[Key], now: Callable[[], float]
    ) -> None:
        if not cosignatures.is_name(name):
            raise Unusable("the name of a witness has no spaces and no plus sign")
        self.name = name
        self._folder, self._now = folder, now
        self._lock = _locked(folder)
        self._key = _key(folder)
        self.key = cosignatures.written(name, self._key.public_key())
        self._logs: dict[str, list[Key]] = defaultdict(list)
        for log in logs:
            self._logs[log.name].append(log)
        self._notes = {origin: note for origin in self._logs if (note := self._load(origin))}
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def close(self) -> None:
        """Let another process have the folder."""
        os.close(self._lock)

    def _load(self, origin: str) -> str:
        path = self._folder / HEADS / file_name(origin)
        if not path.exists():
            return ""
        key = cosignatures.read_key(self.key)
        try:
            note = path.read_text("utf-8")
            head = requests.read_head(note)
            cosignatures.find(note, key, note, self._now(), early=float("inf"))
        except (OSError, UnicodeDecodeError, Malformed, cosignatures.BadCosignature):
            raise Unusable(
                f"{path} is damaged or of another key: what was signed for {origin} is not known"
            ) from None
        if head.origin != origin:
            raise Unusable(f"{path} is the head of another log")
        return note

    def newest(self, name: str) -> str | None:
        """The newest head of a log by its :func:`file_name`, with both signatures."""
        for origin, note in self._notes.items():
            if file_name(origin) == name:
                return note
        return None

    async def add(self, body: bytes) -> Answer:
        """Answer a request to ``add-checkpoint``."""
        try:
            asked = requests.read(body)
        except Malformed as error:
            return Answer(400, f"{error}\n")
        origin = asked.head.origin
        if origin not in self._logs:
            return Answer(404, "this log is not known here\n")
        if not self._is_signed(asked):
            return Answer(403, "the head is not signed by a key of its log\n")
        async with self._turns[origin]:
            refusal = self._refusal(asked)
            if refusal is not None:
                return await self._refuse(asked, refusal)
            line = cosignatures.sign(asked.note, self.name, self._key, int(self._now()))
            note = _own(asked, self._logs[origin]) + line
            path = self._folder / HEADS / file_name(origin)
            await asyncio.to_thread(write_file, path, note.encode())
            self._notes[origin] = note
            return Answer(200, line)

    def _is_signed(self, asked: Submission) -> bool:
        return any(_is_signed_by(log, asked.note) for log in self._logs[asked.head.origin])

    def _known(self, origin: str) -> Checkpoint:
        note = self._notes.get(origin)
        return requests.read_head(note) if note else Checkpoint(origin, 0, merkle.EMPTY)

    def _refusal(self, asked: Submission) -> Answer | None:
        """Why this head is not signed; None: it is."""
        head, known = asked.head, self._known(asked.head.origin)
        if asked.old > head.size:
            return Answer(400, "the old size is above that of the head\n")
        if asked.old != known.size:
            return Answer(409, f"{known.size}\n", SIZE)
        if head.size == known.size and head.root != known.root:
            return Answer(409, f"{known.size}\n", SIZE)
        if known.size == 0:
            proved = not asked.proof
        else:
            proved = merkle.consistent(known.size, head.size, asked.proof, known.root, head.root)
        return None if proved else Answer(422, "the proof does not lead to the head\n")

    async def _refuse(self, asked: Submission, answer: Answer) -> Answer:
        """Keep what a log has signed twice: two trees of one size, or one that does not go on."""
        known = self._known(asked.head.origin)
        forked = asked.head.size == known.size and asked.head.root != known.root
        folder = self._folder / REFUSED
        if forked or answer.status == 422:
            await asyncio.to_thread(_keep_refused, folder, asked.note)
        return answer


def _locked(folder: Path) -> int:
    make_folder(folder)
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise Unusable(f"another witness works on {folder}") from None
    return lock


def _key(folder: Path) -> Ed25519PrivateKey:
    path = folder / KEY
    if not path.exists():
        if (folder / HEADS).exists():
            raise Unusable(f"{path} is missing, and heads were signed with it")
        make_folder(folder / HEADS)
        write_file(path, keys.new_signing_key())
    elif not (folder / HEADS).is_dir():
        raise Unusable(
            f"{folder / HEADS} is missing: what this key has signed is not known any more;"
            " begin with a new folder under another name"
        )
    try:
        return keys.signing_key(path.read_bytes())
    except (OSError, ValueError, TypeError):
        raise Unusable(f"{path} cannot be read as a key") from None


def _is_signed_by(log: Key, note: str) -> bool:
    try:
        notes.check(note, log.name, log.public)
    except notes.BadNote:
        return False
    return True


def _own(asked: Submission, logs: Sequence[Key]) -> str:
    """The note with the signatures of the log alone: others’ could be anything."""
    text, _, signatures = asked.note.partition("\n\n")
    kept = [
        line
        for line in signatures.splitlines()
        if any(_is_signed_by(log, f"{text}\n\n{line}\n") for log in logs)
    ]
    return f"{text}\n\n" + "".join(f"{line}\n" for line in kept)


def _keep_refused(folder: Path, note: str) -> None:
    make_folder(folder)
    path = folder / hashlib.sha256(note.partition("\n\n")[0].encode()).hexdigest()
    if not path.exists() and sum(1 for _ in folder.iterdir()) < _KEPT:
        write_file(path, note.encode())
