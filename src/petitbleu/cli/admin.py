"""``petitbleu admin``: people, invitations and login codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import LazyGroup, common, show

_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


class Duration(click.ParamType[int]):
    """``30m``, ``12h``, ``7d``, ``2w``: a time from now, in seconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        match = re.fullmatch(r"([1-9]\d{0,4})\s*([mhdw])", str(value).strip())
        if match is None:
            self.fail("say how long from now: 30m, 12h, 7d or 2w", param, ctx)
        return int(match[1]) * _UNITS[match[2]]


def day(at: int | None) -> str:
    """A time as the operator reads it."""
    return "never" if not at else f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"


@click.group(
    cls=LazyGroup,
    lazy={
        "akismet-key": "petitbleu.cli.spam:akismet_key",
        "bot": "petitbleu.cli.bots:bot",
        "channel": "petitbleu.cli.channels:channel",
        "comment": "petitbleu.cli.comments:comment",
        "measure": "petitbleu.cli.moderation:measure",
        "report": "petitbleu.cli.moderation:report",
        "skip-ahead": "petitbleu.cli.cluster:skip_ahead",
        "spam": "petitbleu.cli.spam:spam",
        "staff": "petitbleu.cli.staff:staff",
        "surface": "petitbleu.cli.moderation:surface",
    },
)
def admin() -> None:
    """People, invitations, login codes; bots; public pages; reports and measures; spam; staff."""


@admin.command("login-code")
@common
@click.argument("phone")
def login_code(data: Path, as_json: bool, phone: str) -> None:
    """Print the newest valid login code of PHONE, alone on one line.

    The use is logged, and the person's devices are told.
    """
    result = ask_instance(data, "login-code", {"phone": phone}, as_json)
    show(result, str(result["code"]), as_json)


# ── people ──────────────────────────────────────────────────────────────────────────────────────


@admin.group()
def user() -> None:
    """People: those who have an account, and those who may make one."""


@user.command("add")
@common
@click.argument("phone", required=False)
@click.option("--email", metavar="E", help="Where login codes go.")
@click.option("--name", metavar="N", help="What to call the person until they say so themselves.")
def user_add(
    data: Path, as_json: bool, phone: str | None, email: str | None, name: str | None
) -> None:
    """Let somebody sign up with PHONE; without PHONE a number of the +888 range is made."""
    params = {"phone": phone, "email": email, "name": name}
    result = ask_instance(data, "user.add", params, as_json)
    text = f"{result['shown']} may sign up."
    if not email:
        text += f" Read the code with: petitbleu admin login-code {result['phone']}"
    show(result, text, as_json)


@user.command("list")
@common
@click.option("--search", metavar="TEXT", help="Only whose name, number or address has TEXT in it.")
@click.option("--limit", default=100, show_default=True, help="How many at most.")
def user_list(data: Path, as_json: bool, search: str | None, limit: int) -> None:
    """List people, and numbers that may sign up."""
    result = ask_instance(data, "user.list", {"search": search, "limit": limit}, as_json)
    lines = [
        f"{who['id'] or '-':>10}  {who['shown'] or '-':<20} {who['name'] or '-':<24}"
        f" {'last seen ' + day(who['last_seen']) if who['id'] else 'not signed up yet'}"
        for who in result["users"]
    ]
    show(result, "\n".join(lines) or "Nobody.", as_json)


@user.command("show")
@common
@click.argument("who")
def user_show(data: Path, as_json: bool, who: str) -> None:
    """Show one person. WHO is a number, @name, e-mail address or account id."""
    result = ask_instance(data, "user.show", {"who": who}, as_json)
    labels = {"id": "account", "shown": "number", "name": "name", "email": "e-mail"}
    lines = [f"{label}: {result[field] or '-'}" for field, label in labels.items()]
    since = "signed up" if result["id"] else "admitted"
    lines += [f"{since}: {day(result['created_at'])}", f"seen: {day(result['last_seen'])}"]
    lines += [
        f"device: {device['device']}, {device['app']}, active {day(device['active_at'])}"
        for device in result["devices"]
    ]
    show(result, "\n".join(lines), as_json)


@user.command("end-sessions")
@common
@click.argument("who")
def user_end_sessions(data: Path, as_json: bool, who: str) -> None:
    """Sign all devices of WHO out."""
    result = ask_instance(data, "user.end-sessions", {"who": who}, as_json)
    show(result, f"{result['ended']} devices signed out.", as_json)


@user.command("country")
@common
@click.argument("who")
@click.argument("country")
def user_country(data: Path, as_json: bool, who: str, country: str) -> None:
    """Say in which COUNTRY (two letters) WHO is, where the number does not tell.

    Measures that are limited to countries go by it.
    """
    result = ask_instance(data, "user.country", {"who": who, "country": country}, as_json)
    show(result, f"{result['name']} is taken to be in {result['country']}.", as_json)


@user.command("remove")
@common
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
def user_remove(data: Path, as_json: bool, who: str, yes: bool) -> None:
    """Delete the account of WHO, or take the permission to sign up back."""
    if not yes:
        click.confirm(f"Delete the account of {who} for good?", abort=True)
    result = ask_instance(data, "user.remove", {"who": who}, as_json)
    show(result, "Deleted." if result["account"] else "May not sign up any more.", as_json)


# ── invitations ─────────────────────────────────────────────────────────────────────────────────


@admin.group()
def invite() -> None:
    """Links with which people join by themselves."""


@invite.command("create")
@common
@click.option(
    "--uses", type=click.IntRange(1), metavar="N", help="For how many people (default: any)."
)
@click.option("--expires", type=Duration(), metavar="T", help="Time from now: 30m, 12h, 7d, 2w.")
def invite_create(data: Path, as_json: bool, uses: int | None, expires: int | None) -> None:
    """Make a link and print it."""
    result = ask_instance(data, "invite.create", {"uses": uses, "seconds": expires}, as_json)
    show(result, result["link"], as_json)


@invite.command("list")
@common
def invite_list(data: Path, as_json: bool) -> None:
    """List the links, oldest first."""
    result = ask_instance(data, "invite.list", {}, as_json)
    lines = [
        f"{one['link']}  {'open' if one['open'] else 'over'}, used {one['used']} times,"
        f" {'any number' if one['uses_left'] is None else one['uses_left']} left,"
        f" expires {day(one['expires_at'])}"
        for one in result["invites"]
    ]
    show(result, "\n".join(lines) or "There is no invitation.", as_json)


@invite.command("revoke")
@common
@click.argument("link")
def invite_revoke(data: Path, as_json: bool, link: str) -> None:
    """End a LINK (or token): nobody joins with it any more."""
    ask_instance(data, "invite.revoke", {"token": link}, as_json)
    show({}, "The link does not work any more.", as_json)
