"""What a reporter is told right after a report: its number, what happens next and by when.

The service chat says the number too; a client of ours shows this at once. Whoever takes reports up
says where they stand and how a notice is finished, by a hook registered at import.
"""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import options, reports, texts
from petitbleu.domain.safety.moderation.queries import OwnReport
from petitbleu.errors import Fault
from petitbleu.typography import day


class Following(NamedTuple):
    """What follows a report. Addresses are empty where there is none; ``due``: Unix seconds, 0:
    nothing is promised.
    """

    status: str = ""
    """Where its reporter sees how it stands."""
    notice: str = ""
    """Where its reporter makes a notice of it, under the same number."""
    due: int = 0


class Receipt(NamedTuple):
    """The number as people read it, what happens next in words, and :class:`Following`."""

    number: str
    text: str
    again: bool
    following: Following


Asked = Callable[[App, OwnReport, str], Awaitable[Following | None]]
"""``hook(app, report, lang)``; None for a report that it did not take up."""
_ASKED: list[Asked] = []


def on_receipt(hook: Asked) -> Asked:
    """Have ``hook`` asked what follows a report. Hooks register at import."""
    _ASKED.append(hook)
    return hook


async def load(
    app: App, me: Actor, subject: int, messages: list[int], reason: str, lang: str
) -> Receipt:
    """Of my newest report of these messages (none: of the chat or person as a whole), for this
    reason where it is named. Raises MESSAGE_ID_INVALID where I made none.
    """
    for row in await reports.own(app, me.id):
        if row.subject == subject and _is_about(row, messages) and reason in ("", row.reason):
            return await _receipt(app, row, lang)
    raise Fault("MESSAGE_ID_INVALID")


def _is_about(row: OwnReport, messages: list[int]) -> bool:
    """What could not be seen was passed over when the report was taken."""
    taken = set(reports.message_ids(row.messages))
    return taken <= set(messages) and bool(taken) == bool(messages)


async def _receipt(app: App, row: OwnReport, lang: str) -> Receipt:
    following = Following()
    for hook in _ASKED:
        following = await hook(app, row, lang) or following
    leaf = options.leaf(row.reason)
    number, again = case_numbers.text(row.number), row.times > 1
    due = _day(app, lang, following.due) if following.due else ""
    only_admins = leaf is not None and leaf.to == ("admins",)
    text = texts.receipt(lang, app.config, number, again=again, admins_only=only_admins, due=due)
    return Receipt(number, text, again, following)


def _day(app: App, lang: str, at: int) -> str:
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    return day(lang, datetime.datetime.fromtimestamp(at, zone).date())
