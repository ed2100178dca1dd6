"""The first page of a newspaper: a lead story, headlines with their pictures, and short news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.domain.publishing.pages.identity import Section
from petitbleu.folding import fold
from petitbleu.web.public.presenter import View

LEAD_AMONG = 3
"""The newest article with a picture leads, if it is one of so many; else the newest of all."""
PICTURED_MIN = 2
"""So many stories with pictures make a column of their own."""
STORIES_MIN = 2
"""A channel that publishes fewer articles than this on a page keeps its posts one below another."""


class Front(NamedTuple):
    """The posts of a first page, each in one place."""

    lead: View
    stories: list[View]
    """Other articles, the newest first."""
    plain: list[View]
    """Those that have no picture, where enough others have one: they stand beside them."""
    briefs: list[View]
    """What is no article, or is withheld: shown whole."""


def arranged(posts: Sequence[View], pinned: View | None) -> Front | None:
    """The first page of a newspaper with these posts (the newest first); None where there are not
    articles enough. An article that is pinned leads."""
    articles = [view for view in posts if view.is_article]
    if pinned is not None and pinned.is_article:
        articles = [pinned, *(view for view in articles if view.post.id != pinned.post.id)]
        lead = pinned
    elif articles:
        lead = next((view for view in articles[:LEAD_AMONG] if view.picture), articles[0])
    if len(articles) < STORIES_MIN:
        return None
    taken = {view.post.id for view in articles}
    stories = [view for view in articles if view is not lead]
    pictured = [view for view in stories if view.picture]
    apart = len(pictured) >= PICTURED_MIN
    return Front(
        lead,
        pictured if apart else stories,
        [view for view in stories if not view.picture] if apart else [],
        [view for view in posts if view.post.id not in taken],
    )


def section_of(view: View, sections: Sequence[Section]) -> Section | None:
    """The section a post stands in: the first one whose hashtag it carries."""
    if not sections or view.withheld is not None:
        return None
    tags = {fold(shown[1:]) for shown, _ in view.tags}
    return next((one for one in sections if fold(one.tag) in tags), None)
