"""``petitbleu admin report``, ``measure`` and ``surface``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from petitbleu.cli.admin import Duration, day
from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show


class Numbers(click.ParamType[list[int]]):
    """``12,15,20``: message ids."""

    name = "ids"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[int]:
        if isinstance(value, list):
            return value
        try:
            return [int(part) for part in str(value).split(",") if part.strip()]
        except ValueError:
            self.fail("say which messages: 12,15,20", param, ctx)


# ── reports ─────────────────────────────────────────────────────────────────────────────────────


@click.group()
def report() -> None:
    """What members reported."""


@report.command("list")
@common
@click.option("--about", metavar="WHO", help="Only those about a person, group or channel.")
@click.option("--limit", default=50, show_default=True, help="How many at most.")
def report_list(data: Path, as_json: bool, about: str | None, limit: int) -> None:
    """List reports, newest first."""
    result = ask_instance(data, "report.list", {"about": about, "limit": limit}, as_json)
    lines = [
        f"{one['number']}  {day(one['at'])}{'  URGENT' if one['urgent'] else ''}"
        f"  {one['reason_text']}  ({one['subject_name'] or one['subject']})"
        for one in result["reports"]
    ]
    show(result, "\n".join(lines) or "No report.", as_json)


@report.command("show")
@common
@click.argument("number")
def report_show(data: Path, as_json: bool, number: str) -> None:
    """Show one report with the copy of what it is about. That it was opened is logged."""
    one = ask_instance(data, "report.show", {"number": number}, as_json)
    lines = [
        f"report: {one['number']}, {day(one['at'])}, made {one['times']} times",
        f"reason: {one['reason_text']}{' (urgent)' if one['urgent'] else ''}",
        f"category: {one['category'] or '-'}",
        f"about: {one['subject_name'] or '-'} ({one['subject']})",
        f"author: {one['author_name'] or '-'} ({one['author'] or '-'})",
        f"reporter: {one['reporter']}",
        f"comment: {one['comment'] or '-'}",
        *_copy(one),
    ]
    show(one, "\n".join(lines), as_json)


def _copy(one: dict[str, Any]) -> list[str]:
    lines = [f"copy of {day(one['copied_at'])}, SHA-256 {one['sha256']}"]
    for message in one["copy"]:
        who = one["people"].get(str(message["sender"]), message["sender"])
        mark = " " if message["context"] else ">"
        media = " [media]" if message["media"] else ""
        lines.append(
            f"{mark} {message['id']} {day(message['date'])} {who}: {message['text']}{media}"
        )
    return lines


# ── measures ────────────────────────────────────────────────────────────────────────────────────


@click.group()
def measure() -> None:
    """Decisions about content, people and chats."""


@measure.command("apply")
@common
@click.argument("kind", type=click.Choice(["remove", "withhold", "restrict", "suspend", "label"]))
@click.option("--account", metavar="WHO", help="A person: number, @name, e-mail address or id.")
@click.option("--chat", metavar="CHAT", help="A group or channel: @name, link or id.")
@click.option("--report", metavar="PB-…", help="The messages that a report names.")
@click.option("--messages", type=Numbers(), metavar="IDS", help="Messages of the channel: 12,15.")
@click.option("--member", metavar="WHO", help="restrict: whom in the chat.")
@click.option("--country", "countries", multiple=True, metavar="CC", help="withhold: only there.")
@click.option("--label", type=click.Choice(["scam", "fake", "sensitive"]), help="label: which.")
@click.option(
    "--part",
    type=click.Choice(["photo", "name", "about", "username"]),
    help="remove: what of the profile of an account or chat.",
)
@click.option("--for", "seconds", type=Duration(), metavar="T", help="Ends after 12h, 7d, 2w.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; the person is told.")
@click.option("--shown", metavar="TEXT", help="What clients show in the place of the content.")
@click.option("--by", "actor", metavar="NAME", help="Who decides (default: operator).")
@click.option("--command", metavar="ID", help="Of this decision: the same ID decides once only.")
@click.option("--quiet", is_flag=True, help="Do not tell whom it concerns.")
def measure_apply(data: Path, as_json: bool, **params: Any) -> None:
    """Take a measure: remove or withhold messages, remove a part of a profile, restrict or suspend
    an account, label.
    """
    params["countries"] = list(params["countries"])
    one = ask_instance(data, "measure.apply", params, as_json)
    show(one, f"{one['number']}: {_said(one)}", as_json)


@measure.command("lift")
@common
@click.argument("number")
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@click.option("--by", "actor", metavar="NAME", help="Who decides (default: operator).")
@click.option("--command", metavar="ID", help="Of this decision: the same ID decides once only.")
def measure_lift(data: Path, as_json: bool, number: str, **params: Any) -> None:
    """End a measure: what was removed comes back, who was suspended is restored."""
    one = ask_instance(data, "measure.lift", {"number": number, **params}, as_json)
    show(one, f"{one['number']} ended.", as_json)


@measure.command("list")
@common
@click.option("--about", metavar="WHO", help="Only those about a person, group or channel.")
@click.option("--limit", default=50, show_default=True, help="How many at most.")
def measure_list(data: Path, as_json: bool, about: str | None, limit: int) -> None:
    """List measures, newest first."""
    result = ask_instance(data, "measure.list", {"about": about, "limit": limit}, as_json)
    lines = [
        f"{one['number']}  {day(one['at'])}  {_said(one)}"
        f"{'' if one['ended_at'] is None else ', ended ' + day(one['ended_at'])}"
        for one in result["measures"]
    ]
    show(result, "\n".join(lines) or "No measure.", as_json)


@measure.command("show")
@common
@click.argument("number")
def measure_show(data: Path, as_json: bool, number: str) -> None:
    """Show one measure with the copy of what it touched. That it was opened is logged."""
    one = ask_instance(data, "measure.show", {"number": number}, as_json)
    lines = [
        f"measure: {one['number']}, {day(one['at'])}, by {one['actor']}",
        f"what: {_said(one)}",
        f"reason: {one['reason']}",
        f"report: {one['report'] or '-'}",
    ]
    if one["ended_at"] is not None:
        lines.append(
            f"ended: {day(one['ended_at'])} by {one['ended_by']}: {one['ended_why'] or '-'}"
        )
    show(one, "\n".join([*lines, *_copy(one)]), as_json)


def _said(one: dict[str, Any]) -> str:
    """A measure in one line."""
    what = one["kind"]
    if one["label"]:
        what += f" {one['label']}"
    if one["messages"]:
        what += f" messages {', '.join(map(str, one['messages']))}"
    if one["member"]:
        what += f" {one['member_name'] or one['member']}"
    if one["subject"]:
        what += f" in {one['subject_name'] or one['subject']}"
    if one["countries"]:
        what += f" for {', '.join(one['countries'])}"
    return f"{what}, until {day(one['until'])}" if one["until"] else what


# ── surfaces ────────────────────────────────────────────────────────────────────────────────────


@click.group()
def surface() -> None:
    """How public a group or channel is in law."""


@surface.command("show")
@common
@click.argument("chat")
def surface_show(data: Path, as_json: bool, chat: str) -> None:
    """Show the class of CHAT (@name, link or id), who says so, and earlier decisions."""
    _surface(ask_instance(data, "surface.show", {"chat": chat}, as_json), as_json)


@surface.command("set")
@common
@click.argument("chat")
@click.argument(
    "level", metavar="CLASS", type=click.Choice(["private", "semi-public", "public", "rule"])
)
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@click.option("--by", "actor", metavar="NAME", help="Who decides (default: operator).")
def surface_set(data: Path, as_json: bool, chat: str, level: str, **params: Any) -> None:
    """Decide the class of CHAT; “rule” gives the decision back to the rule."""
    asked = {"chat": chat, "class": level, **params}
    _surface(ask_instance(data, "surface.set", asked, as_json), as_json)


def _surface(one: dict[str, Any], as_json: bool) -> None:
    lines = [f"{one['title']}: {one['class']}, by {one['by']}: {one['reason']}"]
    lines += [
        f"{day(row['at'])}  {row['class']}, by {row['by']}: {row['reason']}"
        for row in one["decisions"]
    ]
    show(one, "\n".join(lines), as_json)
