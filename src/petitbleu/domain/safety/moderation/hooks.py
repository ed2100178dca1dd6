"""What others want to know of in the same transaction: a report that was taken."""

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

_HOOKS: list[Hook] = []


def on_report(hook: Hook) -> Hook:
    """Have ``hook`` called in the transaction of each report. Hooks register at import."""
    _HOOKS.append(hook)
    return hook


async def reported(tx: Tx, app: App, number: int, again: bool) -> bool:
    """A report was taken; whether its admins are not to be told yet."""
    if not _HOOKS:
        return False
    row = await tx.row(q.REPORT, number=number)
    assert row is not None
    return any([await hook(tx, app, row, again) for hook in _HOOKS])
