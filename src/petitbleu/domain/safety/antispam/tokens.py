"""The token of a form: when it was shown, for what, signed. The form's page is never cached."""

from __future__ import annotations

import hmac

from petitbleu.app import App

MAX_FORM_SECONDS = 12 * 3600
"""Seconds a form may lie open."""
TRAP = "website"
"""The field that people do not see: it must stay empty."""


def issue(app: App, form: str) -> str:
    """A token for ``form`` (its address), shown now."""
    shown = int(app.clock.now())
    return f"{shown}.{_macs(app, form, shown)[0]}"


def age(app: App, form: str, token: str) -> int | None:
    """Seconds since the form was shown; None where the token is not ours, or is for another form.

    More than :data:`OLDEST`: show the form again, with every word and a new token.
    """
    shown, _, mac = token.partition(".")
    if not (shown.isascii() and shown.isdigit() and len(shown) < 12):
        return None
    good = _macs(app, form, int(shown))
    if not any(hmac.compare_digest(mac.encode(), one.encode()) for one in good):
        return None
    return max(0, int(app.clock.now()) - int(shown))


def _macs(app: App, form: str, shown: int) -> list[str]:
    macs = app.secrets.hmacs("antispam.form", form.encode(), b"%d" % shown)
    return [mac.hex()[:32] for mac in macs]
