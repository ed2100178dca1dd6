"""``petitbleu desk deliver`` and ``petitbleu desk canary``."""

from __future__ import annotations

import base64
from pathlib import Path

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, fail, show


@click.command()
@common
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--received", metavar="ISO-TIME", help="When it arrived, if not as its headers say.")
def deliver(data: Path, as_json: bool, file: Path, received: str | None) -> None:
    """Deliver a letter (an .eml file) as if it had come by mail."""
    raw = file.read_bytes()
    if not raw:
        fail(f"{file} is empty", as_json)
    asked = {"letter": base64.b64encode(raw).decode("ascii"), "received": received}
    result = ask_instance(data, "desk.deliver", asked, as_json)
    words = "joined" if result["joined"] else "opened"
    show(result, f"{words} {result['case']}" if result["case"] else "a canary came back", as_json)


@click.group()
def canary() -> None:
    """Test messages for the published addresses."""


@canary.command("run")
@common
def canary_run(data: Path, as_json: bool) -> None:
    """Send one through every published address and the notice form."""
    result = ask_instance(data, "desk.canary.run", {}, as_json)
    lines = [
        f"{one['door']}: {'sent' if one['sent'] else one['fault']}" for one in result["canaries"]
    ]
    lines.append(f"One that is not back in {result['minutes']} minutes raises the alarm.")
    show(result, "\n".join(lines), as_json)
