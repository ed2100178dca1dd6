"""A form of a comment as it came, what became of it, and why it can be refused."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.domain.publishing.comments.hooks import Advice
from petitbleu.domain.publishing.comments.queries import GuestRow
from petitbleu.domain.safety.moderation.service import Removal


class Invalid(Exception):
    """Something has to be typed otherwise: ``fields``: field -> key of the reason."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(str(fields))
        self.fields = fields


class Stale(Exception):
    """The form lay open too long: show it again, with every word."""


class NotThere(Exception):
    """Guests cannot comment there, or the link leads to nothing."""


class TooLate(NotThere):
    """The comment is there, but what is asked cannot be done with it any more."""


class Typed(NamedTuple):
    """A form as it came."""

    name: str
    email: str
    text: str
    token: str
    parent: int = 0
    notify: bool = False
    trap: bool = False


class Taken(NamedTuple):
    """What became of a form. ``email``: where the link goes that confirms the comment;
    ``review``: where the filter discarded it, the link by which its author asks for a person;
    ``advice``: what else whoever wrote it is told.
    """

    email: str
    review: str = ""
    advice: Advice | None = None


class Seen(NamedTuple):
    """A comment as its author sees it. ``state``: new, held, approved, published, refused,
    discarded, spam, contested, asked, kept, withdrawn, removed. ``removal``: the measure that
    removed it; ``editable``: until when (Unix seconds), 0: not any more.
    """

    row: GuestRow
    state: str
    text: str
    editable: int
    removal: Removal | None = None
