"""Figures beside their goals: as a table for people, as JSON for machines."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any, NamedTuple

from petitbleu.bench.rig import Figures


class Goal(NamedTuple):
    """One line of ``goals.toml``."""

    id: str
    work: str
    figure: str
    title: str
    unit: str
    better: str
    must: float
    stretch: float
    engine: str = ""
    """Only for this engine; '' for both."""
    peers: str = ""
    """What comparable clients need, as they were measured once; '' where that is not known."""

    def verdict(self, value: float) -> str:
        """``stretch``, ``ok`` or by how much it misses."""
        lower = self.better == "lower"
        if value <= self.stretch if lower else value >= self.stretch:
            return "stretch"
        if value <= self.must if lower else value >= self.must:
            return "ok"
        if self.must == 0:
            return f"MISSED by {value:g}"
        ratio = value / self.must if lower else self.must / max(value, 1e-9)
        return f"MISSED x{ratio:.2f}"


class Run(NamedTuple):
    """One work on one engine."""

    work: str
    engine: str
    figures: Figures


def goals() -> list[Goal]:
    """All goals, in the order of the file."""
    text = files("petitbleu.bench").joinpath("goals.toml").read_text("utf-8")
    return [Goal(**goal) for goal in tomllib.loads(text)["goal"]]


def table(runs: Iterable[Run]) -> str:
    """Every figure of every run; where there is a goal, it stands beside it."""
    known = goals()
    lines = []
    for run in runs:
        lines.append(f"\n{run.work} on {run.engine}")
        for name, value in run.figures.items():
            goal = next((g for g in known if _fits(g, run, name)), None)
            line = f"  {goal.title if goal else name:<62}{_number(value):>12}"
            if goal is not None:
                line += f" {goal.unit:<6} {goal.id:<4} goal {goal.must:g}, {goal.verdict(value)}"
                line += f"; {goal.peers}" if goal.peers else ""
            lines.append(line)
    return "\n".join(lines)


def document(runs: Iterable[Run]) -> dict[str, Any]:
    """The same for machines."""
    known = goals()
    return {
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "runs": [
            {
                "work": run.work,
                "engine": run.engine,
                "figures": {name: round(value, 4) for name, value in run.figures.items()},
                "goals": [
                    {"id": g.id, "figure": g.figure, "must": g.must, "stretch": g.stretch}
                    | {"verdict": g.verdict(run.figures[g.figure])}
                    | ({"peers": g.peers} if g.peers else {})
                    for g in known
                    if g.figure in run.figures and _fits(g, run, g.figure)
                ],
            }
            for run in runs
        ],
    }


def _fits(goal: Goal, run: Run, figure: str) -> bool:
    return (goal.work, goal.figure) == (run.work, figure) and goal.engine in ("", run.engine)


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.3f}"
