"""What holds the workers in that read files of strangers, in words: for the log and ``check``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.sandbox import JobFailed, Sandbox, Walls

_SECONDS = 30
_MEMORY = 256 << 20
_SIGNALS = 6
"""The version of Landlock from which on no signal reaches the server."""


class Protection(NamedTuple):
    """How it is on this machine."""

    works: bool
    whole: bool
    line: str


PROTECTION: Part[Protection | None] = Part(lambda _: None)


async def examine(app: App) -> Protection:
    """Start a worker and ask what holds it; a machine does not change while the server runs."""
    protection = app.parts[PROTECTION]
    if protection is None:
        pool = Sandbox(
            "petitbleu.sandbox",
            workers=1,
            seconds=_SECONDS,
            memory=_MEMORY,
            data=app.config.data,
        )
        try:
            walls = await pool.walls()
        except (JobFailed, OSError) as failure:
            line = f"The processes that read files of strangers do not work: {failure}."
            return Protection(False, False, line)
        finally:
            await pool.close()
        whole = bool(walls.landlock and walls.seccomp)
        protection = app.parts[PROTECTION] = Protection(True, whole, in_words(walls))
    return protection


async def log(app: App) -> None:
    """Say in the log what is missing."""
    protection = await examine(app)
    if not protection.works:
        app.log.error("sandbox.broken", reason=protection.line)
    elif not protection.whole:
        app.log.warning("sandbox.partial", reason=protection.line)


def in_words(walls: Walls) -> str:
    """What it means for the operator."""
    more = " See docs/operate/media.md."
    if walls.landlock and walls.seccomp:
        return (
            "Files and letters of strangers are read by processes that reach nothing else"
            f" (Landlock {walls.landlock}, seccomp)."
        )
    if walls.seccomp:
        return (
            "This system has no Landlock: processes that read files of strangers open no file at"
            " all, videos and sounds are not measured, and only the process that prints letters"
            " could read the data folder." + more
        )
    if walls.landlock:
        signals = "" if walls.landlock >= _SIGNALS else ", send signals to the server"
        return (
            "This system does not filter system calls (seccomp): whoever finds a fault in a decoder"
            " of pictures or letters reads neither keys nor database, but could reach the control"
            f" socket and other local services{signals}, and change the rights of files." + more
        )
    return (
        "This system has neither Landlock nor seccomp: whoever finds a fault in a decoder of"
        " pictures or letters could read the keys and the database as the server does, and connect"
        " anywhere. Videos and sounds are not measured." + more
    )
