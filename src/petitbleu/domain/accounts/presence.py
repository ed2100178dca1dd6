"""Who is online. Kept in memory; the last time is written to the account, at most once a minute."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App

ONLINE_FOR = 300
"""Seconds a client counts as online after saying so (it says it again every 210, see help.getConfig)."""


class Presence(NamedTuple):
    """Until when somebody is online (0: is not) and when they last were; Unix seconds."""

    online_until: float
    last_seen: int


class Watch:
    """What this process heard since its start."""

    __slots__ = ("known", "saved")

    def __init__(self) -> None:
        self.known: dict[int, Presence] = {}
        self.saved: dict[int, int] = {}
        """When last_seen of an account was last written."""


def watch(app: App) -> Watch:
    """The instance's memory of presence."""
    found = app.caches.get("presence")
    if found is None:
        found = app.caches["presence"] = Watch()
    assert isinstance(found, Watch)
    return found


def of(app: App, account: int, last_seen: int) -> Presence:
    """The presence of an account whose row says ``last_seen``."""
    return watch(app).known.get(account) or Presence(0.0, last_seen)
