"""What happens to chats, as the rooms that change them tell it (``chats.service.note``)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.adminlog.kinds import SORTS
from petitbleu.domain.communities.adminlog.service import hide, record
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import Change
from petitbleu.domain.communities.members.service import ADMIN, LEFT, OUT
from petitbleu.store.api import Tx

_SWITCHES = {
    chats.SIGNATURES: "signatures",
    chats.SIGNATURE_PROFILES: "signature_profiles",
    chats.NOFORWARDS: "noforwards",
    chats.HIDDEN_PREHISTORY: "prehistory",
    chats.ANTISPAM: "antispam",
    chats.FORUM: "forum",
    chats.AUTOTRANSLATION: "autotranslation",
}
"""Bit of ``chat.flags`` -> kind."""


async def begin(app: App) -> None:
    """Nothing has to be done: listening begins when the module is imported."""


@chats.on_change
async def heard(tx: Tx, change: Change) -> None:
    """Keep a change, under the kind it is here."""
    special = _SPECIAL.get(change.kind)
    if special is not None:
        await special(tx, change)
    elif change.kind in SORTS:
        data = dict(change.data)
        before, after = data.pop("old", None), data.pop("new", None)
        await record(tx, change.chat, change.by, change.kind, before, after, at=change.at, **data)


async def _flags(tx: Tx, change: Change) -> None:
    """Every switch that was turned, on its own."""
    before, after = change.data["old"], change.data["new"]
    for bit, kind in _SWITCHES.items():
        if (before ^ after) & bit:
            now = bool(after & bit)
            await record(tx, change.chat, change.by, kind, not now, now, at=change.at)


async def _banned(tx: Tx, change: Change) -> None:
    await record(
        tx, change.chat, change.by, "default_banned", change.data["old"], change.data["new"],
        at=change.at,
    )  # fmt: skip


async def _join(tx: Tx, change: Change) -> None:
    """Somebody came by themselves, by a link, or was brought in."""
    new = change.data["new"]
    if new.via:
        return  # told by the room that keeps the links, with the link
    if new.account == change.by:
        await record(tx, change.chat, change.by, "join", at=change.at)
    else:
        await record(tx, change.chat, change.by, "invite", None, new, at=change.at)


async def _leave(tx: Tx, change: Change) -> None:
    if change.data["old"].account == change.by:
        await record(tx, change.chat, change.by, "leave", at=change.at)


async def _member(tx: Tx, change: Change) -> None:
    """Promoted, demoted, given a title, restricted, kept out, let back."""
    before, after = change.data["old"], change.data["new"]
    if before is None:
        before = after._replace(role=LEFT, rights=0, banned=0, until=0, rank="")
    kind = _what(before, after)
    if kind is None:
        return
    if kind == "rank":
        await record(
            tx, change.chat, change.by, kind, before.rank, after.rank, at=change.at,
            account=after.account,
        )  # fmt: skip
    else:
        await record(tx, change.chat, change.by, kind, before, after, at=change.at)


def _what(before: Any, after: Any) -> str | None:
    if OUT in (before.role, after.role):
        if before.role != after.role:
            return "kick" if after.role == OUT else "unkick"
        return "ban" if before.until != after.until else None
    if before.role != after.role and max(before.role, after.role) >= ADMIN:
        return "promote" if after.role > before.role else "demote"
    if before.rights != after.rights:
        return "promote"
    if before.banned != after.banned or before.until != after.until:
        return "ban" if after.banned else "unban"
    return "rank" if before.rank != after.rank else None


async def _taken(tx: Tx, change: Change) -> None:
    await hide(tx, change.chat, change.data["ids"], hidden=True)


async def _returned(tx: Tx, change: Change) -> None:
    await hide(tx, change.chat, change.data["ids"], hidden=False)


_SPECIAL: dict[str, Callable[[Tx, Change], Awaitable[None]]] = {
    "flags": _flags,
    "banned": _banned,
    "join": _join,
    "leave": _leave,
    "member": _member,
    "taken": _taken,
    "returned": _returned,
}
