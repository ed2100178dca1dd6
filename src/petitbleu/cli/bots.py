"""``petitbleu admin bot``."""

from __future__ import annotations

from pathlib import Path

import click

from petitbleu.cli.admin import day
from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show


@click.group()
def bot() -> None:
    """Accounts for programs."""


@bot.command("create")
@common
@click.argument("name")
@click.argument("username")
def bot_create(data: Path, as_json: bool, name: str, username: str) -> None:
    """Make a bot called NAME with USERNAME (it ends in “bot”), and print its token."""
    result = ask_instance(data, "bot.create", {"name": name, "username": username}, as_json)
    show(result, str(result["token"]), as_json)


@bot.command("list")
@common
def bot_list(data: Path, as_json: bool) -> None:
    """List the bots."""
    result = ask_instance(data, "bot.list", {}, as_json)
    lines = [
        f"{one['id']:>10}  @{one['username'] or '-':<32} {one['name']:<24}"
        f" {one['sessions']} sessions, made {day(one['created_at'])}"
        f"{', hears all' if one['hears_all'] else ''}"
        for one in result["bots"]
    ]
    show(result, "\n".join(lines) or "There is no bot.", as_json)


@bot.command("token")
@common
@click.argument("bot")
@click.option("--new", is_flag=True, help="Make a new one; the old one and its logins end.")
def bot_token(data: Path, as_json: bool, bot: str, new: bool) -> None:
    """Print the token of BOT (@username or id)."""
    result = ask_instance(data, "bot.token", {"bot": bot, "new": new}, as_json)
    show(result, str(result["token"]), as_json)


@bot.command("privacy")
@common
@click.argument("bot")
@click.argument("mode", type=click.Choice(["on", "off"]))
def bot_privacy(data: Path, as_json: bool, bot: str, mode: str) -> None:
    """Whether BOT hears in groups only commands, answers to it and mentions of it (on), or all."""
    result = ask_instance(data, "bot.privacy", {"bot": bot, "on": mode == "on"}, as_json)
    heard = "only what concerns it" if result["on"] else "all that is said"
    show(result, f"In groups it hears {heard}.", as_json)


@bot.command("remove")
@common
@click.argument("bot")
@click.option("--yes", is_flag=True, help="Do not ask.")
def bot_remove(data: Path, as_json: bool, bot: str, yes: bool) -> None:
    """Delete BOT (@username or id)."""
    if not yes:
        click.confirm(f"Delete {bot} for good?", abort=True)
    result = ask_instance(data, "bot.remove", {"bot": bot}, as_json)
    show(result, "Deleted.", as_json)
