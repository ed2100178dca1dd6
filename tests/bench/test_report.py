"""The bench's goals and report, and one short work from the command line to its JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from petitbleu.bench import cluster, report
from petitbleu.bench.report import Goal, Run
from petitbleu.cli import dev_bench
from petitbleu.cli.dev_bench import SIZES


def test_every_goal_belongs_to_a_work_of_the_command() -> None:
    assert {goal.work for goal in report.goals()} <= set(SIZES)


def test_stretch_is_harder_than_must() -> None:
    for goal in report.goals():
        harder = goal.stretch < goal.must if goal.better == "lower" else goal.stretch > goal.must
        lossless = goal.must == goal.stretch == 0  # fewer than none cannot be lost
        assert harder or lossless, goal.id


def test_every_goal_stands_in_the_table_of_figures() -> None:
    page = Path(__file__).resolve().parents[2] / "docs/developers/performance.md"
    rows = page.read_text("utf-8").splitlines()
    for goal in report.goals():
        sign = "≤" if goal.better == "lower" else "≥"
        begins = f"| {goal.id} | `{goal.work}` | {goal.title} | {sign} {goal.must:,g}"
        assert any(row.startswith(begins) for row in rows), begins


@pytest.mark.parametrize(
    ("better", "value", "verdict"),
    [
        ("lower", 5, "stretch"),
        ("lower", 10, "ok"),
        ("lower", 15, "MISSED x1.50"),
        ("higher", 30, "stretch"),
        ("higher", 20, "ok"),
        ("higher", 5, "MISSED x2.00"),
    ],
)
def test_a_figure_is_judged_by_its_goal(better: str, value: float, verdict: str) -> None:
    must, stretch = (10, 5) if better == "lower" else (10, 25)
    goal = Goal("G0", "send", "x", "X", "ms", better, must, stretch)
    assert goal.verdict(value) == verdict


def test_a_goal_of_none_is_missed_by_so_many() -> None:
    goal = Goal("G0", "letters", "x", "X", "", "lower", 0, 0)
    assert [goal.verdict(value) for value in (0, 2)] == ["stretch", "MISSED by 2"]


def test_a_goal_of_one_engine_is_not_put_beside_the_other() -> None:
    runs = [Run("send", engine, {"messages_per_second": 1.0}) for engine in ("sqlite", "postgres")]
    sqlite, postgres = report.document(runs)["runs"]
    assert [goal["id"] for goal in sqlite["goals"]] == ["G2"]
    assert postgres["goals"] == []


def test_parts_of_the_command_are_those_of_the_work() -> None:
    assert dev_bench.CLUSTER_PARTS == cluster.PARTS


def test_a_part_of_another_work_is_refused() -> None:
    done = CliRunner().invoke(dev_bench.bench, ["cluster", "--part", "scroll"])
    assert done.exit_code == 2
    assert "the work 'cluster' has no part 'scroll'" in done.output


@pytest.mark.sometimes(2)
def test_the_command_measures_a_server_and_prints_json() -> None:
    run = "from petitbleu.cli import main; main()"
    words = ["dev", "bench", "resume", "--engine", "sqlite", "--quick", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", run, *words], capture_output=True, text=True, timeout=90, check=True
    )
    (measured,) = json.loads(done.stdout)["runs"]
    assert measured["figures"]["cpu_ms_per_resume"] > 0
    assert [goal["id"] for goal in measured["goals"]] == ["G11"]


@pytest.mark.long
def test_the_command_measures_two_workers_beside_one_process() -> None:
    run = "from petitbleu.cli import main; main()"
    words = ["dev", "bench", "cluster", "--quick", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", run, *words], capture_output=True, text=True, timeout=600, check=True
    )
    (measured,) = json.loads(done.stdout)["runs"]
    assert measured["figures"]["two_nats_us_per_message"] > 0
    assert measured["figures"]["post_frames_per_worker"] > 0
    assert {goal["id"] for goal in measured["goals"]} >= {"G17", "K1", "K3", "K4", "K5", "K6"}
