"""What others want to know of guests' comments: one that was written or changed, and whether the
people of its channel see it yet.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.publishing.comments.queries import GuestRow
from petitbleu.store.api import Tx


class Advice(NamedTuple):
    """What whoever wrote a comment is told beside what becomes of it: a language, a heading,
    paragraphs.
    """

    language: str
    heading: str
    paragraphs: list[str]


class Words(NamedTuple):
    """A comment as its author typed it, whatever the filter made of it."""

    row: GuestRow
    email: str
    text: str


Written = Callable[[Tx, App, Words], Awaitable[Advice | None]]
"""Called in the transaction that keeps a comment, or another text of it."""
Typed = Callable[[App, str], Awaitable[None]]
"""Called with the text of a comment that is about to be kept; outside any transaction."""
KeptBack = Callable[[App, Sequence[int]], Awaitable[set[int]]]
"""Which of these comments the people of their channel are not asked about yet."""

_WRITTEN: list[Written] = []
_KEPT_BACK: list[KeptBack] = []
_TYPED: list[Typed] = []


def on_written(hook: Written) -> Written:
    """Have ``hook`` called for each text of a comment. Hooks register at import."""
    _WRITTEN.append(hook)
    return hook


def on_calling(hook: KeptBack) -> KeptBack:
    """Have ``hook`` asked before people of a channel are asked about comments."""
    _KEPT_BACK.append(hook)
    return hook


def on_typed(hook: Typed) -> Typed:
    """Have ``hook`` called before the transaction that keeps a comment."""
    _TYPED.append(hook)
    return hook


async def typed(app: App, text: str) -> None:
    """Somebody typed a comment that is about to be kept."""
    for hook in _TYPED:
        await hook(app, text)


async def written(tx: Tx, app: App, words: Words) -> Advice | None:
    """A comment was written or changed; what its author is told, if anything."""
    results = [await hook(tx, app, words) for hook in _WRITTEN]
    return next((answer for answer in results if answer is not None), None)


async def without_kept_back(app: App, comments: Sequence[int]) -> list[int]:
    """The comments that the people of their channel may be asked about."""
    left = list(comments)
    for hook in _KEPT_BACK if left else ():
        kept = await hook(app, left)
        left = [comment for comment in left if comment not in kept]
    return left
