"""Finding chats by title and username, beside the people that the contacts room finds."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu import folding
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.people.usernames import service as usernames

BOT = 1
"""``account.kind``"""


async def with_chats(
    app: App,
    me: Actor,
    text: str,
    limit: int,
    mine: Sequence[int],
    others: Sequence[int],
    *,
    channels_only: bool = False,
    bots_only: bool = False,
) -> tuple[list[int], list[int]]:
    """``mine`` and ``others`` (people) with my groups and channels, and with public ones.

    Every part of ``text`` begins a word of the title, or the username. ``others`` may hold public
    groups and channels already.
    """
    size = max(1, min(limit or contacts.SEARCH_MAX, contacts.SEARCH_MAX))
    wanted = folding.fold(text.strip().removeprefix("@")).split()
    joined = await chats.get_many(app, await members.chats_of(app.store, me.id))
    names = await usernames.load_usernames(app.store, joined)
    hits = [
        chat
        for chat, row in joined.items()
        if not chats.dead(row)
        and all(
            any(word.startswith(part) for word in _words(row.title, names.get(chat, "")))
            for part in wanted
        )
    ]
    peers = [*mine, *hits]
    strangers = [other for other in others if other not in joined]
    rows = await chats.get_many(app, [stranger for stranger in strangers if stranger < 0])
    strangers = [
        stranger
        for stranger in strangers
        if stranger > 0 or (stranger in rows and not chats.dead(rows[stranger]))
    ]
    if channels_only:
        kinds = joined | rows
        peers = [hit for hit in peers if hit < 0 and kinds[hit].kind == chats.CHANNEL]
        strangers = [
            stranger
            for stranger in strangers
            if stranger < 0 and kinds[stranger].kind == chats.CHANNEL
        ]
    if bots_only:
        people = await accounts.get_many(
            app, [person for person in [*peers, *strangers] if person > 0]
        )
        peers = [hit for hit in peers if hit in people and people[hit].kind == BOT]
        strangers = [
            stranger
            for stranger in strangers
            if stranger in people and people[stranger].kind == BOT
        ]
    return peers[:size], strangers[:size]


def _words(title: str, username: str) -> list[str]:
    return [*folding.fold(title).split(), username.lower()]
