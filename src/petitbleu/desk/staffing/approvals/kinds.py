"""What needs two people: kind -> who may ask, who may be the second, how long it stands."""

from __future__ import annotations

from typing import NamedTuple

DAY = 86_400


class Kind(NamedTuple):
    """``ask``: right of the first; ``second``: rights the second needs, all of them.

    ``seconds``: how long a second may answer, and how long an agreement may be used.
    ``emergency``: may be done before the second signs, who then has ``seconds`` to do so.
    """

    ask: str
    second: tuple[str, ...] = ("second",)
    seconds: int = 3 * DAY
    emergency: bool = False


KINDS: dict[str, Kind] = {
    "disclosure": Kind("disclose"),
    "disclosure.emergency": Kind("disclose", seconds=DAY, emergency=True),
    "close": Kind("decide", ("second", "cases")),
    "private": Kind("private", ("second", "cases")),
    "erase": Kind("hold", ("second", "cases")),
    "hold.end": Kind("hold"),
    "staff": Kind("team.change", ("second", "team.change")),
    "template": Kind("templates"),
    "log.export": Kind("log.export"),
    "canary.pause": Kind("channels"),
    "tell": Kind("decide"),
    "command": Kind("settings"),
}
"""Disclosure to an authority and its emergency form; closing an account or a large chat; a look
at private context; erasing evidence; ending preservation; staff and roles; templates with legal
effect; export of the log; pausing canaries; telling people of an order that may be secret;
a command of the command line.
"""
