"""Mails about a subscription itself."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.typography import one_line

TEXTS = Catalogue("readers", "newsletter_mail")
OWNERS = Catalogue("members", "newsletter")
"""What owners are told in the service chat."""


async def mail(app: App, to: str, lang: str, key: str, **values: str) -> None:
    """Send the text ``key``; with ``--dev`` and no mail server, print it. Raises OSError."""
    words = TEXTS[TEXTS.language(lang)]
    body = words[key].format(**values)
    if app.mail is None:
        if not app.config.dev:
            raise OSError("no mail server is set")
        print(f"Mail to {to}:\n{body}", flush=True)
        return
    subject = one_line(words[f"{key}.subject"].format(**values))
    await app.mail.send(to, subject, body)
