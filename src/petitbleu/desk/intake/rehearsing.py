"""What a text would become if it arrived as a letter: read and sorted like one, kept nowhere."""

from __future__ import annotations

import re
from email.message import EmailMessage

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.intake import filing, reading
from petitbleu.desk.reference.law import service as law

_HEADER = re.compile(r"[A-Za-z][A-Za-z-]*:\s")


async def rehearse(app: App, text: str) -> CaseState:
    """The case a letter would open. ``text``: a whole mail with its headers, or words, of which
    the first line is the subject.
    """
    await law.ready(app)
    now = int(app.clock.now())
    done = await reading.read(app, _mail(text), now=now, received=now)
    return cases.would_be(now, filing.opening(done.letter, done.sorted, "smtp", now))


def _mail(text: str) -> bytes:
    text = text.replace("\r\n", "\n").strip()
    if _HEADER.match(text):
        return text.encode(errors="replace")
    message = EmailMessage()
    message["Subject"] = " ".join(text.partition("\n")[0].split())[:300]
    message.set_content(text + "\n")
    return message.as_bytes()
