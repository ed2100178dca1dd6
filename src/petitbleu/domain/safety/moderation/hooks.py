"""What others want to know of in the same transaction: a report that was taken."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from petitbleu.app import App
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import ReportRow
from petitbleu.store.api import Tx

Hook = Callable[[Tx, App, ReportRow, bool], Awaitable[None]]
"""``hook(tx, app, report, again)``; ``again``: it joined one that was made before."""

_HOOKS: list[Hook] = []


def on_report(hook: Hook) -> Hook:
    """Have ``hook`` called in the transaction of each report. Hooks register at import."""
    _HOOKS.append(hook)
    return hook


async def reported(tx: Tx, app: App, number: int, again: bool) -> None:
    """A report was taken."""
    if not _HOOKS:
        return
    row = await tx.row(q.REPORT, number=number)
    assert row is not None
    for hook in _HOOKS:
        await hook(tx, app, row, again)
