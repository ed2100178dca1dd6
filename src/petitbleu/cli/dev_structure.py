"""``petitbleu dev structure``: areas, their arrows, circles of rooms, owners of tables."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from petitbleu.cli import structure as tree
from petitbleu.cli.main import common, show

DOCUMENT = Path("docs/developers/architecture.md")


def renewed(page: str) -> str:
    """The page with the drawing as the tree is now."""
    before, _, rest = page.partition(tree.BEGIN)
    _, _, after = rest.partition(tree.END)
    return before + tree.drawing() + after


@click.command()
@click.option("--write", is_flag=True, help=f"Renew the drawing in {DOCUMENT}.")
@common
def structure(write: bool, data: Path, as_json: bool) -> None:
    """Say which area uses which, and which imports point up (exit code)."""
    if write:
        DOCUMENT.write_text(renewed(DOCUMENT.read_text("utf-8")), "utf-8")
    facts: dict[str, object] = {}
    lines: list[str] = []
    upward: list[str] = []
    for package in tree.ORDER:
        used, circles = tree.area_arrows(package), tree.room_circles(package)
        upward += [f"{arrow.importer} imports {arrow.imported}" for arrow in tree.upward(package)]
        facts[package] = {
            "areas": {area: sorted(used[area]) for area in tree.levels(package)},
            "rooms": tree.rooms(package),
            "circles": [rooms for _, rooms in circles],
        }
        lines += [f"{package}:"]
        for area in reversed(tree.levels(package)):
            rooms = tree.rooms(package).get(area, ["rpc, views, updates"])
            below = [level for level in reversed(tree.levels(package)) if level in used[area]]
            lines.append(f"  {area:<15}{' '.join(rooms)}")
            lines.append(f"  {'':<15}uses {' '.join(below) or 'nothing'}")
        lines += [f"  circle of rooms in {area}: {' '.join(rooms)}" for area, rooms in circles]
    lines += [f"upward: {arrow}" for arrow in upward] or ["no import points up"]
    show(facts | {"upward": upward}, "\n".join(lines), as_json)
    if upward:
        sys.exit(1)
