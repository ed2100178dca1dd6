"""``petitbleu admin channel``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from petitbleu.cli.admin import day
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
    charter=LINE (above the form for comments), members=on|off, press=on|off,
    language=CODE|auto.
    """
    wanted = {}
    for switch in switches:
        key, equals, value = switch.partition("=")
        if not equals:
            raise click.BadParameter(f"“{switch}” is not SWITCH=VALUE")
        wanted[key] = value
    params: dict[str, Any] = {"channel": name, "set": wanted}
    if state is not None:
        params["shown"] = state == "on"
    result = ask_instance(data, "channel.public", params, as_json)
    state = "on" if result["shown"] else "waiting for approval" if result["waiting"] else "off"
    lines = [f"{result['title']}: {state}, {result['address']}"]
    for key, value in result["switches"].items():
        told = ", ".join(value) or "none" if isinstance(value, list) else value
        lines.append(f"  {key}: {('off', 'on')[told] if isinstance(told, bool) else told}")
    show(result, "\n".join(lines), as_json)


@channel.command("waiting")
@common
def waiting(data: Path, as_json: bool) -> None:
    """List channels whose owner asks for a public page (with `web.approval` set)."""
    result = ask_instance(data, "channel.waiting", {}, as_json)
    lines = [
        f"@{one['channel'] or '-'}  {one['title']}  asked {day(one['since'])},"
        f" {one['members']} subscribers, owner {one['owner']}\n    {' '.join(one['about'].split())}"
        for one in result["channels"]
    ]
    lines = [
        f"{line.rstrip()}\n    {one['preview']}"
        for line, one in zip(lines, result["channels"], strict=True)
    ]
    none = "No page waits." + ("" if result["approval"] else " (web.approval is off.)")
    show(result, "\n".join(lines) or none, as_json)


@channel.command("approve")
@common
@click.argument("name")
def approve(data: Path, as_json: bool, name: str) -> None:
    """Agree to the public page of the channel NAME; its owner is told."""
    result = ask_instance(data, "channel.answer", {"channel": name, "agreed": True}, as_json)
    show(result, f"{result['title']}: on, {result['address']}", as_json)


@channel.command("refuse")
@common
@click.argument("name")
@click.option("--reason", default="", help="One sentence for the owner.")
def refuse(data: Path, as_json: bool, name: str, reason: str) -> None:
    """Refuse the public page of the channel NAME; its owner is told."""
    params = {"channel": name, "agreed": False, "reason": reason}
    result = ask_instance(data, "channel.answer", params, as_json)
    show(result, f"{result['title']}: off. The channel itself stays as it is.", as_json)


@channel.command("official")
@common
@click.argument("name")
@click.argument("who")
def official(data: Path, as_json: bool, name: str, who: str) -> None:
    """Mark the channel NAME as official: WHO vouches for it (``off``: nobody any more)."""
    params = {"channel": name, "who": "" if who == "off" else who}
    result = ask_instance(data, "channel.official", params, as_json)
    told = f"vouched for by {result['official']}" if result["official"] else "not marked"
    show(result, f"{result['title']}: {told}.", as_json)
