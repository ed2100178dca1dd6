"""Whose names guests may not use: who reads a comment must not take it for a word of the channel.

The names are compared as readers see them (:func:`petitbleu.folding.skeleton`). That of the channel
and the @names of its people are refused. What only resembles them, and the names of people who may
share them with anybody, wait for somebody who knows.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.folding import skeleton

FREE, HELD, REFUSED = "", "held", "refused"
_LEAST = 4
"""Letters of a name that is looked for inside longer ones."""
_TITLES = (
    "officiel officielle official offiziell rédaction redaktion équipe team admin admins"
    " administrateur administration administrator modérateur modération moderator moderation site"
    " web compte account konto staff support journal newsroom"
)
_OFFICIAL = frozenset(skeleton(word) for word in _TITLES.split())
_ARTICLES = ("", *(skeleton(word) for word in ("la", "le", "les", "l", "the", "die", "das", "der")))


async def admins(app: App, *places: int) -> set[int]:
    """The accounts of creators and admins of these chats."""
    return {row.account for place in places if place for row in await members.admins(app, place)}


async def standing(app: App, page: Page, post: int, name: str) -> str:
    """Whether a guest may sign with a name under a post: FREE, HELD, REFUSED."""
    looks = skeleton(name.strip().lstrip("@＠"))  # before a name it is no letter
    if not looks:
        return FREE
    own = [page.chat.title, page.chat.username or ""]
    group = await chats.get(app, page.chat.linked) if page.chat.linked else None
    if group is not None:
        own += [group.title, group.username or ""]
    numbers = await admins(app, page.chat.id, page.chat.linked or 0)
    people = await accounts.get_many(app, numbers)
    names = [f"{one.first_name} {one.last_name or ''}" for one in people.values()]
    handles = (await usernames.load_usernames(app.store, numbers)).values()
    taken = [form for one in own if (form := skeleton(one))]
    if looks in {*taken, *map(skeleton, handles)} or any(_official(looks, one) for one in taken):
        return REFUSED
    known = {*map(skeleton, [*names, *await _signatures(app, page, post)])}
    if looks in known - {""} or any(len(one) >= _LEAST and one in looks for one in taken):
        return HELD
    return FREE


def _official(looks: str, name: str) -> bool:
    """Whether it is the name with a word that claims to speak for it."""
    before, found, behind = looks.partition(name)
    if not found:
        return False
    rest = before + behind
    return any(rest.removeprefix(article) in _OFFICIAL for article in _ARTICLES)


async def _signatures(app: App, page: Page, post: int) -> list[str]:
    """With what the post is signed."""
    rows = await pages.with_album(app, await pages.where(app, page.chat, ""), post)
    extras = [messages.decode_extra(row.extra) for row in rows if row.extra]
    return [str(extra["sign"]) for extra in extras if extra.get("sign")]
