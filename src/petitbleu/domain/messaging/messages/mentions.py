"""Whom a message in a group mentions: @names, names without one, and who is answered to."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import MEMBER, role
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.entity_kinds import MENTION, MENTION_NAME
from petitbleu.domain.messaging.messages.flags import MEDIA_UNREAD, MENTIONED, POST
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.store.hot.send import Copy

MAX_MENTIONS = 50
"""Names that one message is searched for."""


async def found(
    app: App,
    sender: int,
    chat: ChatRow | None,
    text: str,
    marked: Sequence[Entity],
    answered: MessageRow | None,
) -> tuple[int, ...]:
    """Members of the group ``chat`` that the message concerns, ascending, without its sender.

    Nobody in private chats (everything concerns the other side) and in channels.
    """
    if chat is None or chat.kind == CHANNEL or (not marked and answered is None):
        return ()
    people: set[int] = set()
    units = b""
    for entity in [entity for entity in marked if entity.kind in (MENTION, MENTION_NAME)][
        :MAX_MENTIONS
    ]:
        if entity.kind == MENTION_NAME:
            people.add(entity.arg)
            continue
        units = units or text.encode("utf-16-le")
        name = units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        named = await usernames.resolve(app.store, name)
        if named is not None and named > 0:
            people.add(named)
    if answered is not None and not answered.flags & POST:
        people.add(answered.sender)
    people.discard(sender)
    if not people:
        return ()
    now = app.clock.now()
    rows = await members.of_accounts(app, chat.id, people)
    return tuple(sorted(account for account, row in rows.items() if role(row, now) >= MEMBER))


def marked(copies: tuple[Copy, ...], people: tuple[int, ...]) -> tuple[Copy, ...]:
    """``copies`` that say whom they mention: in a basic group those of ``people``, in a supergroup
    the one of all (who it is stands in the attention room)."""
    if not people:
        return copies
    return tuple(
        copy._replace(flags=copy.flags | (MENTIONED if copy.owner < 0 else _UNREAD))
        if copy.owner < 0 or copy.owner in people
        else copy
        for copy in copies
    )


_UNREAD = MENTIONED | MEDIA_UNREAD
