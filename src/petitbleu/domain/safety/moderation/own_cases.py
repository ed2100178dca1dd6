"""Somebody's own cases: what they sent in, what was decided about them, what they object to.

Cases are kept by whoever registers a hook at import, and what may not be told is left out there.
Reports that only the admins of a group were told of make no case: those are added here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import options, reports

REPORTER = "reporter"
REPORT = "report"
ADMINS = "admins"
"""Where a report stands that only the admins of a group were told of."""


class OwnCase(NamedTuple):
    """A case as the person sees it. Times are Unix seconds."""

    number: str
    role: str
    """``reporter``, ``notifier``, ``concerned`` or ``complainant``."""
    kind: str
    """``report``, ``notice``, ``data``, ``decision`` or ``appeal``."""
    state: str
    """``received``, ``review``, ``decided``, ``contested``, ``undone`` or ``admins``."""
    at: int
    due: int = 0
    """By when something is decided, or (of a decision) until when it can be contested; 0: none."""
    url: str = ""
    """Its page, for a day; empty: it has none."""
    contest: str = ""
    """Where the person can object; empty: they cannot."""
    asked: bool = False
    """It waits for an answer of this person."""


class OwnCases(NamedTuple):
    """All of them, newest first, and the page that lists them (for a day)."""

    cases: list[OwnCase]
    url: str


Asked = Callable[[App, int], Awaitable[OwnCases]]
"""``hook(app, account)``."""
_ASKED: list[Asked] = []


def on_own_cases(hook: Asked) -> Asked:
    """Have ``hook`` asked for the cases of a person. Hooks register at import."""
    _ASKED.append(hook)
    return hook


async def load(app: App, me: Actor) -> OwnCases:
    """My cases."""
    found: list[OwnCase] = []
    url = ""
    for hook in _ASKED:
        more = await hook(app, me.id)
        found += more.cases
        url = more.url or url
    found += await _to_admins(app, me.id)
    return OwnCases(sorted(found, key=lambda one: (-one.at, one.number)), url)


async def _to_admins(app: App, account: int) -> list[OwnCase]:
    cases = []
    for row in await reports.own(app, account):
        leaf = options.leaf(row.reason)
        if leaf is not None and leaf.to == ("admins",):
            number = case_numbers.text(row.number)
            cases.append(OwnCase(number, REPORTER, REPORT, ADMINS, row.at))
    return cases
