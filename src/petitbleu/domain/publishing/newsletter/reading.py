"""Which posts a letter shows. A mail goes wherever its reader is and stays there: whatever a
measure withholds in any country is left out of all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.folding import fold

_HASHTAG = 2
"""``messages/entity_kinds.py``."""


async def open_page(app: App, channel: int) -> Page | None:
    """The page of a channel whose newsletter is on and may be read everywhere; else None."""
    page = await pages.load_page(app, channel)
    return page if page is not None and page.switches.newsletter else None


async def everywhere(app: App, page: Page) -> Where:
    """The channel with each measure that is in force in any country."""
    at = await pages.where(app, page.chat, app.config.country)
    marks = (await restrictions.load_marks(app, (page.chat.id,))).get(page.chat.id, ())
    return at._replace(marks=tuple(marks), classes="", divided=False)


def tags_of(post: Sequence[MessageRow]) -> set[str]:
    """The hashtags of a post, folded."""
    found = set()
    for row in post:
        if row.entities is None:
            continue
        data = row.text.encode("utf-16-le", "surrogatepass")
        for entity in messages.decode_entities(row.entities):
            if entity.kind == _HASHTAG:
                piece = data[2 * entity.offset : 2 * (entity.offset + entity.length)]
                tag = piece.decode("utf-16-le", "replace").lstrip("#＃").partition("@")[0]
                found.add(fold(tag))
    return found


def is_wanted(tags: str, post: Sequence[MessageRow]) -> bool:
    """Whether a post is for a subscriber with these hashtags."""
    return not tags or not tags_of(post).isdisjoint(tags.split())


async def may_tell(app: App, at: Where, post: int) -> bool:
    """Whether a post that was mailed is gone everywhere, and readers may be told that it is: its
    author took it back, or a measure did about which no secrecy stands.
    """
    group = await pages.with_album(app, at, post)
    held = at.held(group) if group else at.withheld(post)
    if held is not None:
        if held.countries:
            return False  # it is still there for others
        return not (await moderation.reason(app, held.measure)).secret
    if group:
        return False
    gone = await pages.gone(app, at, post)
    if isinstance(gone, bool):
        return gone
    return not (await moderation.reason(app, gone.number)).secret
