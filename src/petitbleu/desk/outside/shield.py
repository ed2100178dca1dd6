"""What keeps machines from filling forms, without a script, a picture puzzle or a third party.

Each form carries a field that people do not see and the signed time at which it was shown. A form
that fails is shown again with every word: a person in a hurry loses nothing.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from petitbleu.app import App

TRAP = "website"
"""The field that must stay empty."""
TIME = "shown"
MIN_FORM_SECONDS = 2
"""Seconds that reading and filling a form takes at the least."""
MAX_FORM_SECONDS = 86_400


def mark(app: App, form: str, at: int | None = None) -> str:
    """The value of the time field of a form that is shown now."""
    shown = int(app.clock.now()) if at is None else at
    return f"{shown}.{_mac(app, form, shown)[0]}"


def problem(app: App, form: str, typed: Mapping[str, str]) -> str:
    """Why the form is not taken as it is: trap, quick, stale; empty where it is."""
    if typed.get(TRAP):
        return "trap"
    shown, _, mac = typed.get(TIME, "").partition(".")
    if not (shown.isascii() and shown.isdigit() and len(shown) < 12):
        return "stale"
    if not any(
        hmac.compare_digest(mac.encode(), good.encode()) for good in _mac(app, form, int(shown))
    ):
        return "stale"
    age = app.clock.now() - int(shown)
    if age < MIN_FORM_SECONDS:
        return "quick"
    return "" if age <= MAX_FORM_SECONDS else "stale"


def redisplayed_time(app: App, form: str, typed: Mapping[str, str]) -> str:
    """The time field of a form that is shown again: who was too quick has waited by now."""
    old = typed.get(TIME, "")
    if problem(app, form, {TIME: old}) in ("", "quick"):
        return old
    return mark(app, form)


def _mac(app: App, form: str, shown: int) -> list[str]:
    return [
        mac.hex()[:24] for mac in app.secrets.hmacs("outside.form", form.encode(), b"%d" % shown)
    ]
