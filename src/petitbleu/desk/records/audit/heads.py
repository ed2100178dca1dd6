"""Signing the log's tree every hour, and proving lines under what was signed.

The key is ``DATA/keys/journal-ed25519.pem``, made at the first head. Whoever changes rows and also
holds this key can sign anew; then the heads that were published and mailed do not fit any more.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.records.audit import merkle, notes, outside, service, standing
from petitbleu.desk.records.audit import queries as q
from petitbleu.desk.records.audit.keyed import KEY as KEY
from petitbleu.desk.records.audit.keyed import key as key
from petitbleu.desk.records.audit.notes import BadNote, Checkpoint
from petitbleu.desk.records.audit.queries import Entry
from petitbleu.desk.records.audit.queries import SignedHead as SignedHead
from petitbleu.desk.records.audit.service import ORIGIN, chained, leaf
from petitbleu.jobs import Job
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx

_PAGE = 1000
_MOST = 5000
"""Lines about one subject that are proved at once."""


class Cosign(Job, tag="audit.cosign", frozen=True):
    """Heads go to the witnesses."""


def origin(app: App) -> str:
    """The name of this log: the host of the instance and ``/journal``. Where lines were lost whose
    head had been published, the log that goes on has another name (``/journal/2``): witnesses sign
    one log of a name.
    """
    host = urlsplit(app.config.public_url).hostname or "localhost"
    losses = app.parts[standing.LOSSES]
    return f"{host}/journal/{losses + 1}" if losses else f"{host}/journal"


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

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.audit.heads.unsound")


async def sign(app: App) -> SignedHead | None:
    """Sign the tree as it is and write the head to its file, once it is in the database for good;
    the new head, or None where nothing was added since the last, or the desk stands still.

    Raises Unsound where a line that was added since is not chained to those before.
    """
    if standing.held(app) is not None:
        return None
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
    await app.store.write(_keep, app, made=made)
    await asyncio.to_thread(outside.write, app, made.size, made.note)
    return made


async def _keep(tx: Tx, app: App, made: SignedHead) -> None:
    await tx.run(q.KEEP_SIGNED, **made._asdict())
    if app.config.desk.witnesses:
        await jobs.schedule(tx, Cosign(), due=made.at, key="head")


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


def check_row(row: SignedHead, public: Ed25519PublicKey) -> None:
    """Raises Unsound where a head that is kept here is not signed, or says something else."""
    # The name is that of the address at the time; the key is the same.
    name = row.note.partition("\n")[0]
    try:
        said = notes.check(row.note, name, public)
    except BadNote:
        raise Unsound("unsigned", size=row.size) from None
    if (said.size, said.root) != (row.size, row.root):
        raise Unsound("head", size=row.size)


async def all_signed(app: App) -> AsyncIterator[SignedHead]:
    """Every signed head, newest first."""
    before = 1 << 60
    while rows := await app.store.scan(q.SIGNED, before=before, limit=_PAGE):
        for row in rows:
            yield row
        before = rows[-1].size


async def page(reader: Reader, before: int) -> list[SignedHead]:
    """Signed heads of trees smaller than ``before``, newest first, a page."""
    return await reader.rows(q.SIGNED, before=before, limit=_PAGE)


class Proof(NamedTuple):
    """That a line is in the tree of a signed head."""

    n: int
    size: int
    path: list[bytes]


async def prove(app: App, numbers: list[int], head: SignedHead) -> list[Proof]:
    """Inclusion proofs of lines below ``head.size``."""
    tree = merkle.Tree([leaf_of(row) async for row in lines(app, 0, head.size)])
    return [Proof(n, head.size, tree.inclusion(n)) for n in numbers if n < head.size]


async def proven(app: App, subject: str) -> list[dict[str, Any]]:
    """The lines about one subject, oldest first, each with whether it is in the newest head, which
    is signed now. Raises Unsound.
    """
    await sign(app)
    head = await newest(app)
    if head is None:
        return []
    found = await service.about(app.store, subject, before=head.size, limit=_MOST)
    rows = found[::-1]
    proofs = await prove(app, [row.n for row in rows], head)
    return [
        {
            "n": row.n,
            "at": row.at,
            "actor": row.actor,
            "action": row.action,
            "proven": merkle.included(leaf_of(row), row.n, head.size, proof.path, head.root),
        }
        for row, proof in zip(rows, proofs, strict=True)
    ]


async def prove_growth(app: App, size: int, head: SignedHead) -> list[bytes]:
    """The proof that the tree of ``size`` lines is a beginning of that of ``head``."""
    tree = merkle.Tree([leaf_of(row) async for row in lines(app, 0, head.size)])
    return tree.consistency(size)


async def growth(app: App, size: int, head: SignedHead) -> list[bytes] | None:
    """The same from what is kept of the head of ``size`` lines: only lines after it are read. None
    where there is no such head.
    """
    if size in (0, head.size):
        return []
    before = await app.store.row(q.SIGNED_AT, size=size)
    if before is None:
        return None
    leaves = [leaf_of(row) async for row in lines(app, size, head.size)]
    return merkle.growth(size, _roots(before.edge), leaves)


async def with_cosignatures(app: App, rows: Sequence[SignedHead]) -> list[str]:
    """The notes of heads, each with the lines of its witnesses."""
    if not rows:
        return []
    sizes = [row.size for row in rows]
    lines: dict[int, str] = {}
    for signature in await app.store.rows(q.COSIGNATURES, first=min(sizes), last=max(sizes)):
        lines[signature.size] = lines.get(signature.size, "") + signature.line
    return [row.note + lines.get(row.size, "") for row in rows]
