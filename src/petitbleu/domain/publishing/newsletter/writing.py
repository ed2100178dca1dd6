"""What a letter is made of, and who writes it: the public site, which knows how posts look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.pages.service import Page, Where


class Order(NamedTuple):
    """A letter that is to be written. ``at``: the channel as mails show it, without whatever is
    withheld anywhere; ``posts``: newest first; ``withdrawn``: posts that were sent before and may
    not be shown any more: (id, Unix seconds); ``mark``: what stands for the subscriber's link.
    """

    page: Page
    at: Where
    kind: str
    posts: Sequence[Sequence[MessageRow]]
    more: int
    """Posts that have no place in it."""
    withdrawn: Sequence[tuple[int, int]]
    language: str
    zone: str
    when: int
    mark: str


class Letter(NamedTuple):
    """A letter as all readers get it who chose alike."""

    subject: str
    html: str
    text: str
    title: str
    """Of the channel: the sender's name."""


Written = Callable[[Order], Awaitable[Letter]]
WRITTEN: Part[Written | None] = Part(lambda _: None)


def write_with(app: App, written: Written) -> None:
    """Set who writes letters: the public site."""
    app.parts[WRITTEN] = written
