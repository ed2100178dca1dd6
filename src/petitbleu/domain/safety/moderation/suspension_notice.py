"""What a suspended person is told where they come: why, and where they can contest it.

They read no service chat any more. Whoever decided the measure says it, by a hook registered at
import; of a measure that was taken without the desk we say it ourselves. What may not be told is
not told: a quiet measure of which no hook says anything is not spoken of.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import measures, options, texts
from petitbleu.domain.safety.moderation.queries import MeasureRow


class SuspensionNotice(NamedTuple):
    """Why an account is suspended."""

    text: str = ""
    """The reasons, in the person's language; empty: nothing may be said."""
    language: str = ""
    """Of the text."""
    contest: str = ""
    """Address at which the person can contest it; empty: none of their own."""


Asked = Callable[[App, MeasureRow, int], Awaitable[SuspensionNotice | None]]
"""``hook(app, measure, account)``; None for what it did not decide or may not speak of."""
_ASKED: list[Asked] = []


def on_suspended(hook: Asked) -> Asked:
    """Have ``hook`` asked what to tell whom a suspension concerns. Hooks register at import."""
    _ASKED.append(hook)
    return hook


async def suspension_notice(app: App, account: int) -> SuspensionNotice:
    """What the account may be told of why it is suspended now: of the newest measure that may be
    spoken of.
    """
    now = app.clock.now()
    for row in await measures.listed(app, subject=account):
        if row.kind != "suspend" or row.ended_at is not None or 0 < row.until <= now:
            continue
        found = await _of_measure(app, row, account)
        if found is not None:
            return found
    return SuspensionNotice()


async def _of_measure(app: App, row: MeasureRow, account: int) -> SuspensionNotice | None:
    for hook in _ASKED:
        found = await hook(app, row, account)
        if found is not None:
            return found
    if msgspec.msgpack.decode(row.undo)["quiet"]:
        return None
    person = await accounts.get(app, account)
    lang = options.language(person.lang if person is not None else "", *app.config.languages)
    written = case_numbers.text(row.number)
    text = texts.suspended(lang, app.config, number=written, reason=row.reason, until=row.until)
    return SuspensionNotice(text, lang, app.config.moderation.appeal_url)
