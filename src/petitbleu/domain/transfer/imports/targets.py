"""Chats of an export -> chats here, and messages into the form in which they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.domain.administration.membership import changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, SUPERGROUP
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import CREATOR
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import Entity, Forward
from petitbleu.domain.transfer.imports import actions, telegram
from petitbleu.domain.transfer.imports.telegram import Said
from petitbleu.store.api import Tx

SAVED, PRIVATE = "saved", "private"
GROUP, SHARED, POSTS = "group", "shared", "posts"
KINDS = {
    "saved_messages": SAVED,
    "personal_chat": PRIVATE,
    "bot_chat": PRIVATE,
    "private_group": GROUP,
    "private_supergroup": SHARED,
    "public_supergroup": SHARED,
    "private_channel": POSTS,
    "public_channel": POSTS,
}
"""Types of chats in the format -> how they are held here."""
_CHAT_KIND = {GROUP: BASIC, SHARED: SUPERGROUP, POSTS: CHANNEL}
_PREFIX = {GROUP: "chat", SHARED: "channel", POSTS: "channel", PRIVATE: "user"}


class Target(NamedTuple):
    """A chat on its way in."""

    kind: str
    peer: int
    """As ``me`` sees it."""
    me: int
    """Whoever exported: the creator of groups and channels."""
    source: str
    """What the export calls it: user1, chat1, channel1; '' for Saved Messages."""

    @property
    def shared(self) -> bool:
        """A supergroup or channel."""
        return self.kind in (SHARED, POSTS)


def source_of(facts: Mapping[str, Any]) -> str:
    """What messages call the chat."""
    kind = KINDS.get(str(facts.get("type")), "")
    return f"{_PREFIX[kind]}{facts.get('id')}" if kind in _PREFIX else ""


async def make_chat(tx: Tx, kind: str, title: str, me: int, at: int) -> int:
    """A new group or channel with me as its creator; its peer number."""
    clean = " ".join(title.split())[: chats.TITLE_MAX].strip() or "Group"
    chat = await chats.insert(tx, _CHAT_KIND[kind], clean, me, at=at)
    await members.put(tx, members.new(chat, me, at=at, inviter=me, role=CREATOR))
    await chats.bump(tx, chat, 1)
    if ids.is_channel(chat):
        await changes.listen(tx, me, chat)
    return chat


async def let_in(tx: Tx, target: Target, people: list[int], at: int) -> None:
    """Make members of those who speak and are none yet (the chat's row is locked first)."""
    for person in people:
        if await members.of_in(tx, target.peer, person) is None:
            await members.put(tx, members.new(target.peer, person, at=at, inviter=target.me))
            await chats.bump(tx, target.peer, 1)
            if target.shared:
                await changes.listen(tx, person, target.peer)


class Shaped(NamedTuple):
    """A message ready to be written, but for what it answers."""

    past: messages.backfill.Past
    reply: int | None


def speaker(target: Target, said: Said, people: Mapping[str, int]) -> int:
    """The account that said it. Whoever spoke as a group or channel is taken to be the exporter."""
    person = people.get(said.source, target.me)
    return person if person > 0 else target.me


def shape(
    target: Target,
    said: Said,
    people: Mapping[str, int],
    media: bytes | None,
    inside: list[int],
) -> Shaped:
    """``said`` as it is written. ``inside``: the members of a basic group so far."""
    extra = _extra(target, said, people)
    kind = 0
    if said.action is not None:
        kind = 1
        action, kept = actions.stored(said.action, people, target.me)
        extra["action"] = action
        if kept:
            extra["kept"] = kept
    author, sender, peer, copies = _copies(target, speaker(target, said, people), extra, inside)
    past = messages.backfill.Past(
        author=author,
        peer=peer,
        date=said.date,
        edit_date=said.edit_date,
        kind=kind,
        text="" if kind else said.text,
        entities=messages.encode_entities(_entities(said, people)) if not kind else None,
        extra=messages.encode_extra(extra),
        media=media,
        sender=sender,
        copies=copies,
        id=said.id if target.shared and said.id > 0 else 0,
    )
    return Shaped(past, said.reply)


def _copies(
    target: Target, said_by: int, extra: dict[str, Any], inside: list[int]
) -> tuple[int, int | None, int, tuple[messages.backfill.PastCopy, ...]]:
    """(author, sender, chat as the author sees it, copies)."""
    copy = messages.backfill.PastCopy
    me, peer = target.me, target.peer
    if target.kind == SAVED:
        forward = extra.get("forward")
        top = messages.saved_from(Forward(*forward) if forward else None, me)
        return me, None, me, (copy(me, me, 0, top),)
    if target.kind == PRIVATE:
        author, other = (peer, me) if said_by == peer else (me, peer)
        return author, None, other, (copy(author, other), copy(other, author))
    if target.kind == GROUP:
        others = [one for one in inside if one != said_by]
        return said_by, None, peer, (copy(said_by, peer), *(copy(other, peer) for other in others))
    flags = messages.POST if target.kind == POSTS else 0
    return peer, said_by, peer, (copy(peer, peer, flags),)


def _extra(target: Target, said: Said, people: Mapping[str, int]) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if said.forward is not None:
        name, source = said.forward
        author = people.get(source, 0)
        saved = people.get(f"name:{said.saved_from}", 0) if said.saved_from else 0
        extra["forward"] = list(
            Forward(author, "" if author else name or "Deleted Account", said.date, saved)
        )
    if said.sign:
        extra["sign"] = said.sign
    if target.kind in (GROUP, SHARED):
        if said.source == target.source:
            extra["as"] = target.peer
        elif people.get(said.source, 0) < 0:
            extra["as"] = people[said.source]
    kept = dict(said.kept)
    if said.saved_from:
        kept["saved_from"] = said.saved_from
    if kept:
        extra["kept"] = kept
    return extra


def _entities(said: Said, people: Mapping[str, int]) -> list[Entity]:
    entities = []
    for entity in said.entities:
        if entity.kind != telegram.MENTION_NAME:
            entities.append(entity)
        elif f"user{entity.arg}" in people:
            entities.append(entity._replace(arg=people[f"user{entity.arg}"]))
    return entities
