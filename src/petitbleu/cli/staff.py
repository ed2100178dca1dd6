"""``petitbleu admin staff``: who works at the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from petitbleu.catalogues import Catalogue
from petitbleu.cli.admin import Duration, day
from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show

ROLES = (
    *("triage", "moderator", "child_safety", "legal", "lead", "dpo", "director", "auditor"),
    *("tech", "comments"),
)


@click.group()
def staff() -> None:
    """Who works at the desk."""


@staff.command("invite")
@common
@click.option("--name", metavar="N", help="The person’s name; colleagues see it, nobody else.")
@click.option("--email", metavar="E", help="Where invitations and alarms go.")
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="Several allowed.")
@click.option(
    "--language", type=click.Choice(tuple(Catalogue("desk"))), help="Default: the instance’s."
)
@click.option("--queue", "queues", multiple=True, metavar="KIND", help="Only these kinds of cases.")
@click.option("--measure", "measures", multiple=True, metavar="M", help="Only these measures.")
@click.option("--on-call", is_flag=True, help="Alarms go to this person.")
@click.option("--for", "seconds", type=Duration(), metavar="T", help="Access ends after 7d, 12w.")
@click.option("--again", type=int, metavar="NUMBER", help="A new link for somebody who is there.")
def invite(data: Path, as_json: bool, **params: Any) -> None:
    """Make somebody a member of staff and print a one-time link to their first passkey.

    Once two directors or leads have passkeys, one of them must agree at the desk first.
    """
    asked = {**params, **{n: list(params[n]) for n in ("roles", "queues", "measures")}}
    answer = ask_instance(data, "staff.invite", asked, as_json)
    if answer["request"]:
        text = (
            f"request {answer['request']}: a director or lead has to agree at the desk;"
            " then the person gets the link."
        )
    else:
        text = (
            f"staff {answer['staff']}, one-time link for {answer['hours']} hours:\n{answer['link']}"
        )
    show(answer, text, as_json)


@staff.command("list")
@common
def staff_list(data: Path, as_json: bool) -> None:
    """List everybody who works or worked at the desk."""
    result = ask_instance(data, "staff.list", {}, as_json)
    lines = [
        f"{person['number']}  {person['name']}  {', '.join(person['roles'])}"
        f"  {person['passkeys']} passkeys{', invited' if person['invited'] else ''}"
        f"{', on call' if person['on_call'] else ''}"
        f"{', until ' + day(person['until']) if person['until'] else ''}"
        f"{'  ENDED' if person['state'] == 'ended' else ''}"
        for person in result["staff"]
    ]
    show(result, "\n".join(lines) or "Nobody works at the desk yet.", as_json)


@staff.command("revoke")
@common
@click.argument("number", type=int)
@click.option("--reason", metavar="TEXT", help="Why; it stands in the log.")
def revoke(data: Path, as_json: bool, number: int, reason: str | None) -> None:
    """End the access of member NUMBER at once: sessions, passkeys, open links."""
    revoked = ask_instance(data, "staff.revoke", {"number": number, "reason": reason}, as_json)
    show(revoked, f"staff {number}: access ended.", as_json)
