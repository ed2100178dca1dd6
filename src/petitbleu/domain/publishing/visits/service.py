"""Visits of public pages as others use them: the pages, which count, and the page that shows."""

from __future__ import annotations

from petitbleu.domain.publishing.visits.counting import VISITS, WRITTEN_EVERY, Visits
from petitbleu.domain.publishing.visits.keeping import tidy
from petitbleu.domain.publishing.visits.reading import (
    NAMED_FROM,
    Figures,
    NotYours,
    Opened,
    figures,
    lately,
    link,
    may_see,
    open_link,
)
from petitbleu.domain.publishing.visits.sources import (
    DIRECT,
    FEED,
    INSIDE,
    MAIL,
    OTHER,
    SIGNS,
    source,
)

__all__ = [
    "DIRECT",
    "FEED",
    "INSIDE",
    "MAIL",
    "NAMED_FROM",
    "OTHER",
    "SIGNS",
    "VISITS",
    "WRITTEN_EVERY",
    "Figures",
    "NotYours",
    "Opened",
    "Visits",
    "figures",
    "lately",
    "link",
    "may_see",
    "open_link",
    "source",
    "tidy",
]
