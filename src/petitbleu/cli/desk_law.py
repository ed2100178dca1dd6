"""``petitbleu desk law``: the dated data behind the clocks."""

from __future__ import annotations

from pathlib import Path

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show


@click.command("law")
@common
def law(data: Path, as_json: bool) -> None:
    """Check the files of DATA/law, take them over, and list all clocks with source and status."""
    result = ask_instance(data, "desk.law", {}, as_json)
    lines = []
    for kind in result["kinds"]:
        lines.append(f"{kind['kind']}: {kind['title']}")
        for clock in kind["clocks"]:
            span = " ".join(
                f"{word} {clock[key]}"
                for word, key in (("from", "valid_from"), ("until", "valid_until"))
                if clock[key]
            )
            lines.append(f"  {clock['id']}: {clock['source']} [{clock['status']}] {span}".rstrip())
    show(result, "\n".join(lines), as_json)
