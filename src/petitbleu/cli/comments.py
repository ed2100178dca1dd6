"""``petitbleu admin comment``: comments of guests that wait for somebody."""

from __future__ import annotations

from pathlib import Path

import click

from petitbleu.cli.admin import day
from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show


@click.group()
def comment() -> None:
    """Comments of guests under public posts."""


@comment.command("waiting")
@common
@click.option("--limit", default=50, show_default=True, help="How many at most.")
def waiting(data: Path, as_json: bool, limit: int) -> None:
    """List held comments, the oldest first, with what the spam filter found."""
    result = ask_instance(data, "comment.waiting", {"limit": limit}, as_json)
    lines = [
        f"{one['id']}  {day(one['at'])}  {one['name']}  ({one['verdict']} {one['score']:.2f}:"
        f" {', '.join(one['reasons']) or 'nothing against it'})\n"
        f"    {' '.join(one['text'].split())}"
        for one in result["comments"]
    ]
    show(result, "\n".join(lines) or "Nothing waits.", as_json)


@comment.command("decide")
@common
@click.argument("number")
@click.argument("answer", type=click.Choice(["ok", "no", "spam"]))
def decide(data: Path, as_json: bool, number: str, answer: str) -> None:
    """Publish comment NUMBER (ok), refuse it (no), or refuse it as spam."""
    result = ask_instance(data, "comment.decide", {"id": number, "answer": answer}, as_json)
    show(result, "Published." if answer == "ok" else "Refused.", as_json)


@comment.command("rule")
@common
@click.argument("channel")
@click.argument("post", type=int)
@click.argument(
    "wanted",
    required=False,
    metavar="[RULE]",
    type=click.Choice(["usual", "open", "closed", "members", "held", "direct"]),
)
def rule(data: Path, as_json: bool, channel: str, post: int, wanted: str | None) -> None:
    """Show or set who may comment on the post number POST of CHANNEL.

    RULE: usual (as the channel's switches say), open (so, however old the post is), closed,
    members, held or direct.
    """
    params = {"channel": channel, "post": post, "rule": wanted}
    result = ask_instance(data, "comment.rule", params, as_json)
    text = f"{result['channel']}/{result['post']}: {result['rule']}, {result['mode']} now"
    if result["closed_at"]:
        text += f" (closed to guests since {day(result['closed_at'])})"
    show(result, text, as_json)
