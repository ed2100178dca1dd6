"""What the public is told of a measure: whoever decided it says so, by a hook registered at import.

The measure itself knows what is withheld, where and since when; it does not know by whose order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import MeasureRow


class Reason(NamedTuple):
    """Why something is not shown."""

    number: str = ""
    """Of the decision, as people read it."""
    path: str = ""
    """Its public page; empty: it has none."""
    authority: str = ""
    """Who ordered it; empty: nobody did, or their name is not given."""
    country: str = ""
    """The country of that authority (ISO 3166)."""
    ground: str = ""
    """The provision or rule."""
    decider: str = ""
    """Who decided it where no authority ordered it: the operator; empty: not known."""
    secret: bool = False
    """A secrecy clause applies: nothing may be said of it. All else is empty then."""


Asked = Callable[[App, MeasureRow], Awaitable[Reason | None]]
_ASKED: list[Asked] = []


def on_asked(hook: Asked) -> Asked:
    """Have ``hook`` asked for the reasons of measures; it gives None for what it did not decide."""
    _ASKED.append(hook)
    return hook


async def reason(app: App, number: int) -> Reason:
    """What may be said of a measure."""
    row = await app.store.row(q.MEASURE, number=number)
    if row is not None:
        for hook in _ASKED:
            answer = await hook(app, row)
            if answer is not None:
                return answer
    return Reason()
