"""What others want to know of in the same transaction: a report that was taken; and which address
its acknowledgement carries.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from petitbleu.app import App
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import ReportRow
from petitbleu.store.api import Tx

Hook = Callable[[Tx, App, ReportRow, bool], Awaitable[bool]]
"""``hook(tx, app, report, again)``; ``again``: it joined one that was made before. True: admins who
were asked too are not told yet; whoever says so plans that later (``reports.plan_admins``).
"""

Follow = Callable[[App, ReportRow], Awaitable[str]]
"""``hook(app, report)`` -> the address at which its reporter sees where it stands; "" for none."""

Typed = Callable[[App, str], Awaitable[None]]
"""``hook(app, text)``: words that are about to be stored; outside any transaction."""

_HOOKS: list[Hook] = []
_FOLLOW: list[Follow] = []
_TYPED: list[Typed] = []


def on_report(hook: Hook) -> Hook:
    """Have ``hook`` called in the transaction of each report. Hooks register at import."""
    _HOOKS.append(hook)
    return hook


def on_confirm(hook: Follow) -> Follow:
    """Have ``hook`` asked for the address that an acknowledgement carries."""
    _FOLLOW.append(hook)
    return hook


def on_typed(hook: Typed) -> Typed:
    """Have ``hook`` called with the words of each report before its transaction."""
    _TYPED.append(hook)
    return hook


async def typed(app: App, text: str) -> None:
    """Somebody typed words with a report that is about to be stored."""
    for hook in _TYPED if text else ():
        await hook(app, text)


async def address(app: App, report: ReportRow) -> str:
    """Where the reporter sees how a report stands; "" where nobody shows it."""
    for hook in _FOLLOW:
        if answer := await hook(app, report):
            return answer
    return ""


async def reported(tx: Tx, app: App, number: int, again: bool) -> bool:
    """A report was taken; whether its admins are not to be told yet."""
    if not _HOOKS:
        return False
    row = await tx.row(q.REPORT, number=number)
    assert row is not None
    return any([await hook(tx, app, row, again) for hook in _HOOKS])
