"""What guests are told by mail."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.typography import one_line

_TEXTS = Catalogue("readers", "comment_mail")


async def mail(app: App, to: str, lang: str, key: str, **values: str) -> None:
    """Send a text; with ``--dev`` and no mail server, print it, as codes are. Raises OSError where
    mail is not set up or not taken.

    ``text`` is somebody's words: each of its lines is marked as quoted. News of answers can be
    ended from the mail program with one click (RFC 8058).
    """
    words = _TEXTS[_TEXTS.language(lang)]
    if "text" in values:
        values["text"] = "\n".join(f"> {line}" for line in values["text"].splitlines())
    body = words[key].format(**values)
    if app.mail is None:
        if not app.config.dev:
            raise OSError("no mail server is set")
        print(f"Mail to {to}:\n{body}", flush=True)
        return
    # The subject is one line, whatever the instance is called.
    subject = one_line(words[f"{key}.subject"].format(**values))
    headers = {}
    if key == "reply":
        headers["List-Unsubscribe"] = f"<{values['link']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    await app.mail.send(to, subject, body, headers=headers)
