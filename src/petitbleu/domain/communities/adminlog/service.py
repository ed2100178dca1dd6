"""Recent actions: writing them inside the transaction that does them, and reading them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.communities.adminlog import queries as q
from petitbleu.domain.communities.adminlog.kinds import SORTS
from petitbleu.domain.communities.adminlog.queries import LogRow
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ANY_ADMIN
from petitbleu.domain.updates import counters
from petitbleu.store.api import Tx

__all__ = ["LogRow", "decode", "hide", "page", "record"]

PAGE = 100
NEWEST = 1 << 62
WORDS_MAX = 4096
"""Characters of an action that a search looks into."""

_encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(dict[str, Any]).decode
"""``admin_log.data`` -> map: ``old``, ``new`` and whatever else belongs to the kind."""


async def record(
    tx: Tx,
    chat: int,
    actor: int,
    kind: str,
    before: Any = None,
    after: Any = None,
    *,
    at: int,
    **more: Any,
) -> None:
    """Keep that ``actor`` did something of ``kind`` (``kinds.py``) to a supergroup or channel.

    ``before`` and ``after`` are plain values or rows (NamedTuples become maps). Basic groups keep
    no such log: nothing happens. Locks the chat's counters (``account_state``).
    """
    if not ids.is_channel(chat):
        return
    data = {"old": _plain(before), "new": _plain(after)}
    data.update((name, _plain(value)) for name, value in more.items())
    await counters.hold(tx, chat)
    number = await tx.row(q.NEXT, chat=chat)
    assert number is not None
    await tx.run(
        q.INSERT,
        chat=chat,
        id=number.id,
        at=at,
        actor=actor,
        kind=kind,
        sort=SORTS[kind],
        message=_message(data),
        words=" ".join(_words(data)).casefold()[:WORDS_MAX],
        data=_encode({name: value for name, value in data.items() if value is not None}),
    )


def _plain(value: Any) -> Any:
    return dict(value._asdict()) if hasattr(value, "_asdict") else value


def _message(data: dict[str, Any]) -> int:
    """The id of the message that the action is about; 0: of none."""
    new = data.get("new")
    return int(new["id"]) if isinstance(new, dict) and "body" in new else 0


async def hide(tx: Tx, chat: int, messages: Collection[int], *, hidden: bool) -> None:
    """What was removed by a measure is not told here either; until it is put back."""
    await tx.run(q.HIDE, chat=chat, messages=list(messages), hidden=int(hidden))


def _words(data: dict[str, Any]) -> Iterable[str]:
    """The texts in what is kept: titles, names, messages."""
    for value in data.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (value[name] for name in ("text", "title", "rank") if value.get(name))


async def page(
    app: App,
    me: Actor,
    chat: int,
    *,
    text: str = "",
    sorts: Collection[str] | None = None,
    actors: Collection[int] | None = None,
    max_id: int = 0,
    min_id: int = 0,
    limit: int = PAGE,
) -> tuple[ChatRow, list[LogRow]]:
    """The chat and its recent actions, the newest first; every admin may read them.

    ``sorts``: filters (None: all), ``actors``: by whom (None: anybody), ``text``: what the action
    has to say, whatever the case; ``max_id`` and ``min_id`` are exclusive, 0: none. Raises
    CHAT_ADMIN_REQUIRED and what :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat, ANY_ADMIN)
    rows = await app.store.scan(
        q.PAGE,
        chat=chat,
        below=max_id if max_id > 0 else NEWEST,
        above=max(min_id, 0),
        sorts=sorted(set(SORTS.values()) if sorts is None else sorts),
        anybody=int(actors is None),
        actors=sorted(actors or ()),
        words=_pattern(text),
        limit=max(1, min(limit, PAGE)) if limit > 0 else PAGE,
    )
    return standing.chat, rows


def _pattern(text: str) -> str:
    """A like-pattern of ``text``; '' for none."""
    clean = text.strip().casefold()
    if not clean:
        return ""
    for special in "!%_":
        clean = clean.replace(special, "!" + special)
    return f"%{clean}%"
