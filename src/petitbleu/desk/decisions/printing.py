"""Forms as PDF, printed in a process of its own.

Without WeasyPrint or Pango the server runs all the same: a letter then leaves as text with the
same contents, and :func:`trouble` says what is missing (shown by ``petitbleu check`` and logged).
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.sandbox import JobFailed, Sandbox

ROOM = "desk.printing"
SECONDS = 30
MEMORY = 1 << 30


class Printing:
    """The process that prints, and why it cannot."""

    __slots__ = ("sandbox", "trouble")

    def __init__(self) -> None:
        self.sandbox = Sandbox(
            "petitbleu.desk.decisions.printer", workers=1, seconds=SECONDS, memory=MEMORY
        )
        self.trouble = ""


def _of(app: App) -> Printing:
    found: Printing | None = app.caches.get(ROOM)
    if found is None:
        found = app.caches[ROOM] = Printing()
    return found


async def pdf(app: App, html: str) -> bytes | None:
    """The page as PDF; None where it cannot be printed (then :func:`trouble` says why)."""
    printing = _of(app)
    try:
        answer = await printing.sandbox.run({"html": html})
    except JobFailed as error:
        answer = {"error": f"the printing process failed: {error}"}
    if "pdf" in answer:
        printing.trouble = ""
        made: bytes = answer["pdf"]
        return made
    if printing.trouble != answer["error"]:
        app.log.warning("desk.no_pdf", why=answer["error"])
    printing.trouble = answer["error"]
    return None


def trouble(app: App) -> str:
    """Why forms leave as text only; empty: they leave as PDF."""
    return _of(app).trouble


async def close(app: App) -> None:
    """End the printing process."""
    await _of(app).sandbox.close()
