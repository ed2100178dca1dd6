"""Edits of published posts that wait: the old text stays public until a second reader agrees.

One waits for each post. The caller of what takes a ``tx`` has locked the channel's counters, so
that an edit and an approval at once have one outcome.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from hashlib import blake2b

import msgspec

from petitbleu.app import App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.second_reader import queries as q
from petitbleu.domain.messaging.second_reader.queries import HeldRow
from petitbleu.store.api import Reader, Tx

__all__ = [
    "HeldRow",
    "described",
    "describing",
    "drop",
    "number",
    "one",
    "put",
    "version",
    "waiting",
    "when_described",
]

_HOLDER = "held_edit"
Described = Callable[[Tx, App, HeldRow], Awaitable[None]]
"""``hook(tx, app, edit)``: what an approved edit says of a picture is to be said from now on."""
Around = Callable[[App, int], AbstractContextManager[None]]
"""``around(app, channel)``: while such a transaction runs."""
_DESCRIBED: list[tuple[Described, Around]] = []
_encode = msgspec.msgpack.Encoder().encode


def version(row: HeldRow) -> str:
    """What names this version: an approval is for it alone."""
    said = _encode(
        (row.editor, row.number, row.text, row.entities, row.extra, row.media, row.described)
    )
    return blake2b(said, digest_size=8).hexdigest()


async def one(reader: Reader, channel: int, message: int) -> HeldRow | None:
    """The edit of a post that waits."""
    return await reader.row(q.ONE, channel=channel, message=message)


async def waiting(reader: Reader, channel: int) -> list[HeldRow]:
    """All that wait in a channel, by their posts."""
    return await reader.rows(q.OF_CHANNEL, channel=channel)


def number(app: App) -> int:
    """A new one of a version."""
    return int.from_bytes(app.random(8), "big") >> 1


async def put(tx: Tx, row: HeldRow) -> HeldRow:
    """Have it wait, in place of what waited for that post; what waits then: what the same person
    would say of the picture waits along with a new text."""
    before = await drop(tx, row.channel, row.message, at=row.made_at)
    if row.described is None and before is not None and before.editor == row.editor:
        row = row._replace(described=before.described)
    await tx.run(q.PUT, **row._asdict())
    if row.media is not None:
        await media.hold(tx, row.media, _HOLDER, row.number)
    return row


async def drop(tx: Tx, channel: int, message: int, *, at: int) -> HeldRow | None:
    """It waits no more; what it was."""
    row = await one(tx, channel, message)
    if row is None:
        return None
    await tx.run(q.DROP, channel=channel, message=message)
    if row.media is not None:
        await media.let_go(tx, row.media, _HOLDER, row.number, at=at)
    return row


def when_described(hook: Described, around: Around) -> None:
    """Have ``hook`` called with each approved edit that says something of a picture. Hooks register
    at import."""
    _DESCRIBED.append((hook, around))


@contextmanager
def describing(app: App, channel: int) -> Iterator[None]:
    """Around a transaction that may call :func:`described`."""
    with ExitStack() as stack:
        for _, around in _DESCRIBED:
            stack.enter_context(around(app, channel))
        yield


async def described(tx: Tx, app: App, edit: HeldRow) -> None:
    """Have what an approved edit says of a picture be said."""
    if edit.described is not None:
        for hook, _ in _DESCRIBED:
            await hook(tx, app, edit)
