"""Measures on the profile of a person, group or channel: its picture, name, text, public name.

What is taken away comes back when the measure ends, unless there is something else in its place by
then. ``Order.label`` says which part is meant.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from petitbleu.app import Actor
from petitbleu.domain.administration.chat_editing import appearance
from petitbleu.domain.communities.chats import changes as chat_changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.safety.moderation import options, texts
from petitbleu.domain.safety.moderation.effects import HAND, Case, Effect, Refused
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

PHOTO, NAME, ABOUT, USERNAME = "photo", "name", "about", "username"
PARTS = (PHOTO, NAME, ABOUT, USERNAME)

Take = Callable[[Tx, Case], Awaitable[Effect]]
Give = Callable[[Tx, Case, dict[str, Any]], Awaitable[None]]


async def take(tx: Tx, case: Case) -> Effect:
    """A part of a profile is gone for everybody. Raises :class:`Refused` where there is none."""
    return await _of(case)[0](tx, case)


async def give_back(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... and is there again."""
    await _of(case)[1](tx, case, undo)


def _of(case: Case) -> tuple[Take, Give]:
    return (_PERSON if case.order.subject > 0 else _CHAT)[case.order.label]


def _neutral(case: Case) -> str:
    """The name of who has none any more."""
    return texts.nameless(options.language(*case.config.languages), case.order.subject)


# ── people ──────────────────────────────────────────────────────────────────────────────────────


async def _person(tx: Tx, case: Case) -> AccountRow:
    row = await accounts.get_in(tx, case.order.subject)
    if row is None:
        raise Refused("no_account")
    return row


async def _write(tx: Tx, row: AccountRow, first: str, last: str, about: str, at: int) -> None:
    await accounts.write_profile(tx, Actor(row.id), first, last, about, at)


async def _take_person_photo(tx: Tx, case: Case) -> Effect:
    taken = await photos.take_down(tx, case.order.subject, at=case.at)
    if not taken:
        raise Refused("no_picture")
    numbers = tuple(media.media_id(row.data) for row in taken)
    return Effect([], {"photos": [[row.list, row.position, row.data] for row in taken]}, numbers)


async def _give_person_photo(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    await photos.put_back(tx, case.order.subject, undo["photos"], at=case.at)


async def _take_person_name(tx: Tx, case: Case) -> Effect:
    row, name = await _person(tx, case), _neutral(case)
    await _write(tx, row, name, "", row.about, case.at)
    return Effect([], {"names": [row.first_name, row.last_name], "neutral": name})


async def _give_person_name(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    row = await _person(tx, case)
    if (row.first_name, row.last_name) == (undo["neutral"], ""):
        first, last = undo["names"]
        await _write(tx, row, first, last, row.about, case.at)


async def _take_person_about(tx: Tx, case: Case) -> Effect:
    row = await _person(tx, case)
    if not row.about:
        raise Refused("no_text")
    await _write(tx, row, row.first_name, row.last_name, "", case.at)
    return Effect([], {"about": row.about})


async def _give_person_about(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    row = await _person(tx, case)
    if not row.about:
        await _write(tx, row, row.first_name, row.last_name, undo["about"], case.at)


async def _take_person_username(tx: Tx, case: Case) -> Effect:
    name = await _take_username(tx, case)
    await accounts.announce_name(tx, case.order.subject, at=case.at)
    return Effect([], {"username": name})


async def _give_person_username(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    if await _give_username(tx, case, undo["username"]):
        await accounts.announce_name(tx, case.order.subject, at=case.at)


async def _take_username(tx: Tx, case: Case) -> str:
    subject = case.order.subject
    name = (await usernames.load_usernames(tx, [subject])).get(subject)
    if name is None:
        raise Refused("no_public_name")
    await usernames.release(tx, subject, case.at)
    return name


async def _give_username(tx: Tx, case: Case, name: str) -> bool:
    """False where they have another by now, or somebody else has this one."""
    subject = case.order.subject
    if (await usernames.load_usernames(tx, [subject])).get(subject) is not None:
        return False
    try:
        await usernames.take(tx, subject, name, case.at)
    except Fault:
        return False
    return True


# ── groups and channels ─────────────────────────────────────────────────────────────────────────


async def _chat(tx: Tx, case: Case) -> ChatRow:
    return await chats.lock(tx, case.order.subject)


async def _take_chat_photo(tx: Tx, case: Case) -> Effect:
    row = await _chat(tx, case)
    if row.photo is None:
        raise Refused("no_picture")
    await appearance.write_photo(tx, HAND, row.id, None, True, case.at)
    return Effect([], {"photo": row.photo}, (media.media_id(row.photo),))


async def _give_chat_photo(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    row = await _chat(tx, case)
    if row.photo is None:
        await appearance.write_photo(tx, HAND, row.id, undo["photo"], True, case.at)


async def _take_chat_name(tx: Tx, case: Case) -> Effect:
    row, name = await _chat(tx, case), _neutral(case)
    await appearance.write_title(tx, HAND, row.id, name, True, case.at)
    return Effect([], {"title": row.title, "neutral": name})


async def _give_chat_name(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    row = await _chat(tx, case)
    if row.title == undo["neutral"]:
        await appearance.write_title(tx, HAND, row.id, undo["title"], True, case.at)


async def _set_about(tx: Tx, case: Case, about: str) -> None:
    value = {"about": about}
    await chat_changes.set_in(
        tx, HAND, case.order.subject, chat_changes.SET_ABOUT, value, "about", case.at
    )


async def _take_chat_about(tx: Tx, case: Case) -> Effect:
    row = await _chat(tx, case)
    if not row.about:
        raise Refused("no_text")
    await _set_about(tx, case, "")
    return Effect([], {"about": row.about})


async def _give_chat_about(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    if not (await _chat(tx, case)).about:
        await _set_about(tx, case, undo["about"])


async def _take_chat_username(tx: Tx, case: Case) -> Effect:
    row = await _chat(tx, case)
    name = await _take_username(tx, case)
    await _say_username(tx, row, name, "", case.at)
    return Effect([], {"username": name})


async def _give_chat_username(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    row = await _chat(tx, case)
    if await _give_username(tx, case, undo["username"]):
        await _say_username(tx, row, "", undo["username"], case.at)


async def _say_username(tx: Tx, row: ChatRow, old: str, new: str, at: int) -> None:
    await chats.bump(tx, row.id)
    await chats.note(tx, row.id, HAND.id, "username", at=at, old=old, new=new)
    await chat_changes.tell_all(tx, HAND, row, chat_changes.CHANGED, {"chat": row.id}, at=at)


_PERSON: dict[str, tuple[Take, Give]] = {
    PHOTO: (_take_person_photo, _give_person_photo),
    NAME: (_take_person_name, _give_person_name),
    ABOUT: (_take_person_about, _give_person_about),
    USERNAME: (_take_person_username, _give_person_username),
}
_CHAT: dict[str, tuple[Take, Give]] = {
    PHOTO: (_take_chat_photo, _give_chat_photo),
    NAME: (_take_chat_name, _give_chat_name),
    ABOUT: (_take_chat_about, _give_chat_about),
    USERNAME: (_take_chat_username, _give_chat_username),
}
