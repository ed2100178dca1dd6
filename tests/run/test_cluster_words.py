"""What ``/clusterz`` says of workers and leases."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu import stamps
from petitbleu.bus import numbered
from petitbleu.domain.updates import fanout_remote, fanout_sweep
from petitbleu.run.cluster import Around, describe, describe_around
from petitbleu.store import fence
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


COUNTERS = {
    one.name
    for one in (
        *(numbered.LOST, numbered.UNOPENED, fanout_sweep.FOUND, fanout_remote.DROPPED),
        *(stamps.FOUND, fence.FENCED),
    )
}
"""What several workers count besides."""
WELL = Around("", True, [], "", [], {"frames_lost_total": 0, "fenced_total": 0})


def test_what_is_well_is_not_spoken_of() -> None:
    assert describe_around(WELL) == (True, [])


@pytest.mark.parametrize(
    ("what", "ok", "said"),
    [
        (
            {"unready": "the database has not answered this worker for 7 s"},
            False,
            "This worker takes nobody: the database has not answered this worker for 7 s.",
        ),
        ({"bus": False}, False, "The bus (NATS) does not answer this worker: news of other"),
        ({"unheard": [1, 4]}, False, "The bus (NATS) brings nothing of worker 4: its news come"),
        (
            {"files": "the bucket s3://b does not answer"},
            False,
            "Files cannot be sent or fetched: the bucket s3://b does not answer. Messages go on.",
        ),
        (
            {"gone": [(3, 41.0)]},
            True,
            "Worker 3 was taken off 41 s ago: it had said nothing for 8 s.",
        ),
        ({"counts": {"frames_lost_total": 1200}}, True, "database): 1,200."),
        ({"counts": {"frames_unopened_total": 2}}, True, "no worker): 2."),
        ({"counts": {"sweep_found_total": 5}}, True, "in time): 5."),
        ({"counts": {"stamp_found_total": 5}}, True, "(the bus had not told of them): 5."),
        ({"counts": {"fenced_total": 1}}, True, "had taken over: 1."),
        ({"counts": {"passing_dropped_total": 9}}, True, "(too many waited): 9."),
    ],
)  # fmt: skip
def test_what_is_down_or_went_wrong_is_named(what: dict[str, Any], ok: bool, said: str) -> None:
    found = describe_around(WELL._replace(**what))
    assert found.ok is ok
    assert said in "\n".join(found.lines)
    assert all(name in COUNTERS for name in what.get("counts", {})), "it is counted"
