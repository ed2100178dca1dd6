"""``petitbleu admin channel``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show


@click.group()
def channel() -> None:
    """Channels as the web sees them."""


@channel.command("public")
@common
@click.argument("name")
@click.argument("state", required=False, type=click.Choice(["on", "off"]))
@click.argument("switches", nargs=-1, metavar="[SWITCH=VALUE]…")
def public(
    data: Path, as_json: bool, name: str, state: str | None, switches: tuple[str, ...]
) -> None:
    """Switch the public page of the channel NAME on or off, and set its switches.

    Without STATE: show how it stands. Switches: robots=index|noarchive|noindex, ai=on|off,
    frames=any|none|ORIGIN,…, share=all|none|NAME,…, comments=closed|members|held|direct,
    comments_days=NUMBER|never (of days after which guests may not comment on a post any more),
    charter=LINE (above the form for comments), members=on|off, press=on|off.
    """
    wanted = {}
    for one in switches:
        key, found, value = one.partition("=")
        if not found:
            raise click.BadParameter(f"“{one}” is not SWITCH=VALUE")
        wanted[key] = value
    params: dict[str, Any] = {"channel": name, "set": wanted}
    if state is not None:
        params["shown"] = state == "on"
    result = ask_instance(data, "channel.public", params, as_json)
    lines = [f"{result['title']}: {'on' if result['shown'] else 'off'}, {result['address']}"]
    for key, value in result["switches"].items():
        told = ", ".join(value) or "none" if isinstance(value, list) else value
        lines.append(f"  {key}: {('off', 'on')[told] if isinstance(told, bool) else told}")
    show(result, "\n".join(lines), as_json)
