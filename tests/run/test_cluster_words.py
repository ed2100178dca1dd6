"""What ``/clusterz`` says of workers and leases."""

from __future__ import annotations

from typing import Any

from petitbleu.run.cluster import describe
from petitbleu.store.workers import Held, Member

NOW = 10_000_000


def member(number: int, silent: float = 1.0, **more: Any) -> Member:
    made = Member(number, f"h/{number}", "a:1", "web,jobs", "9", NOW - 600_000, 0, 0, NOW)
    return made._replace(seen=int(NOW - silent * 1000), **more)


def test_all_is_well() -> None:
    found = describe([member(1), member(2)], [Held("jobs", 2, 5, 9000)], "9")
    assert found.ok
    assert found.lines == [
        "Worker 1 (h/1, a:1) works as web, jobs, for 10 min.",
        "Worker 2 (h/2, a:1) works as web, jobs, for 10 min.",
        "Worker 2 leads deferred work (term 5).",
    ]


def test_who_is_silent_drains_or_is_of_another_version_is_named() -> None:
    held = [Held("jobs", 3, 5, 9000), Held("index", 1, 5, -3)]
    shown = [member(1, 30), member(2, 5, draining=1), member(4, version="8")]
    found = describe(shown, held, "9")
    assert not found.ok
    said = "\n".join(found.lines)
    assert "Worker 1 (h/1, a:1) has been silent for 30 s" in said
    assert "Worker 2 (h/2, a:1) was last heard of 5 s ago" in said
    assert "Worker 4 (h/4, a:1, version 8) works" in said
    assert "Nobody leads deferred work now" in said, "its holder is not there"
    assert "Nobody leads the search index now" in said, "its time is over"
