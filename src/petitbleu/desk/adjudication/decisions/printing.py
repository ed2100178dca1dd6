"""Forms as PDF, printed in a process of its own.

Without WeasyPrint or Pango the server runs all the same: a letter then leaves as text with the
same contents, and :func:`trouble` says what is missing (shown by ``petitbleu check`` and logged).
"""

from __future__ import annotations

import ctypes
import functools
import sys
from pathlib import Path

from petitbleu.app import App, Part
from petitbleu.sandbox import JobFailed, Sandbox

ROOM = "desk.printing"
LIBRARIES = (
    {
        "libpango-1.0.so.0": "libpango-1.0-0",
        "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
        "libharfbuzz.so.0": "libharfbuzz0b",
        "libfontconfig.so.1": "libfontconfig1",
    }
    if sys.platform == "linux"
    else {}
)
"""What WeasyPrint loads -> its package."""
SECONDS = 30
MEMORY = 1 << 30
RESTS = 1800
"""Seconds without work after which the process ends: as long as a form may take to be filled in."""


class Printing:
    """The process that prints, and why it cannot."""

    __slots__ = ("sandbox", "trouble")

    def __init__(self, data: Path) -> None:
        self.sandbox = Sandbox(
            "petitbleu.desk.adjudication.decisions.printer",
            workers=1,
            seconds=SECONDS,
            memory=MEMORY,
            data=data,
            rests=RESTS,
            nice=0,  # a measure with an hour to act waits for its page
        )
        self.trouble = ""

    async def close(self) -> None:
        """End the printing process."""
        await self.sandbox.close()


PRINTING: Part[Printing] = Part(lambda app: Printing(app.config.data), Printing.close)


async def pdf(app: App, html: str) -> bytes | None:
    """The page as PDF; None where it cannot be printed (then :func:`trouble` says why)."""
    printing = app.parts[PRINTING]
    try:
        answer = await printing.sandbox.run({"html": html})
    except JobFailed as error:
        answer = {"error": f"the printing process failed: {error}"}
    if "pdf" in answer:
        printing.trouble = ""
        document: bytes = answer["pdf"]
        return document
    if printing.trouble != answer["error"]:
        app.log.warning("desk.no_pdf", why=answer["error"])
    printing.trouble = answer["error"]
    return None


async def start_pdf_renderer(app: App) -> None:
    """Start the process and let it load what it needs, so that the first page takes no longer."""
    await pdf(app, "<title>-</title>")


def trouble(app: App) -> str:
    """Why forms leave as text only; empty: they leave as PDF."""
    return app.parts[PRINTING].trouble or missing()


@functools.cache
def missing() -> str:
    """Which library of the system is not there, in words for the operator; empty: none."""
    for name, package in LIBRARIES.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            return f"{name} is missing (Debian and Ubuntu: apt install {package})"
    return ""


def advice(app: App) -> list[str]:
    """For the health page."""
    why = trouble(app)
    return [f"Forms for authorities leave as text, not as PDF: {why}."] if why else []
