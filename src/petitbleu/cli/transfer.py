"""``petitbleu import`` and ``petitbleu export``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.main import common, fail, show

Ask = Callable[[str, dict[str, Any]], dict[str, Any]]
_PATH = click.Path(path_type=Path, resolve_path=True)


@contextmanager
def instance(data: Path, as_json: bool) -> Iterator[Ask]:
    """Commands to one instance: the running server, or the data folder opened for all of them."""
    from petitbleu.control import CommandRefused, perform
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run import logs
    from petitbleu.run.config import ConfigError, load
    from petitbleu.run.control_socket import ask, serving
    from petitbleu.run.instance import opened
    from petitbleu.store.migrate import Refused

    try:
        if serving(data):
            yield lambda name, params: ask(data, name, params)
            return
        if not data.is_dir():
            raise CommandRefused(f"there is no data folder {data}; name it with --data")
        config = load(data, {})
        log = logs.setup(config.log_format, "error")
        with asyncio.Runner() as runner:
            here = opened(config, log)
            app = runner.run(here.__aenter__()).app

            def of_folder(name: str, params: dict[str, Any]) -> dict[str, Any]:
                return runner.run(perform(app, name, {**params, "offline": True}))

            try:
                yield of_folder
            finally:
                runner.run(here.__aexit__(None, None, None))
    except (CommandRefused, ConfigError, Refused, StoreUnavailable) as error:
        fail(str(error), as_json)
    except OSError as error:
        fail(f"{error.filename or ''} {error.strerror or error}".strip(), as_json)


def _steps(
    ask: Ask, name: str, token: str, line: Callable[[dict[str, Any]], str]
) -> dict[str, Any]:
    """Ask for step after step, with a line about how far it is where somebody looks."""
    watched = sys.stderr.isatty()
    while True:
        done = ask(name, {"token": token})
        if watched:
            click.echo(f"\r{line(done)}\x1b[K", nl=bool(done["finished"]), err=True)
        if done["finished"]:
            return done


# ── import ──────────────────────────────────────────────────────────────────────────────────────


@click.group("import")
def import_() -> None:
    """Import chats."""


@import_.command("telegram")
@common
@click.argument("path", type=_PATH)
@click.option("--for", "who", metavar="WHO", help="Whose export it is: number, @name or id here.")
@click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="user123=WHO",
    help="Somebody of the export who has an account here (may be given several times).",
)
@click.option("--chat", "only", multiple=True, metavar="NAME|ID", help="Only this chat (several).")
@click.option("--dry-run", is_flag=True, help="Read everything, write nothing, tell the result.")
def telegram(
    data: Path,
    as_json: bool,
    path: Path,
    who: str | None,
    mapping: tuple[str, ...],
    only: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Import Telegram Desktop's export PATH (a folder with result.json, or that file).

    Interrupted, the same command goes on where it stopped. Nothing comes in twice.
    """
    params: dict[str, Any] = {
        "path": str(path),
        "who": who,
        "only": list(only),
        "map": dict(_pair(one) for one in mapping),
        "dry_run": dry_run,
    }
    with instance(data, as_json) as ask:
        begun = ask("import.begin", params)
        if begun["again"] and not as_json:
            click.echo("Going on where it stopped.", err=True)
        done = _steps(ask, "import.step", begun["token"], _how_far)
        show(done, _report(done, dry_run), as_json)


def _pair(given: str) -> tuple[str, str]:
    source, equals, who = given.partition("=")
    if not equals or not source or not who:
        raise click.BadParameter(f"“{given}”: write user123=WHO", param_hint="--map")
    return source, who


def _how_far(done: dict[str, Any]) -> str:
    return f"{done['chats']} chats, {done['messages']:,} messages, {done['files']:,} files"


def _report(done: dict[str, Any], dry_run: bool) -> str:
    lines = [f"{'Would import' if dry_run else 'Imported'} {_how_far(done)}."]
    if dry_run:
        lines.append(f"{done['people']} people speak in it.")
    if done["left_out"]:
        lines.append("Left out, or not as it was:")
        lines += [f"  {count:>7,}  {reason}" for reason, count in done["left_out"].items()]
    return "\n".join(lines)


@import_.command("people")
@common
def people(data: Path, as_json: bool) -> None:
    """List placeholders: people of imported chats who have no account yet."""
    with instance(data, as_json) as ask:
        result = ask("import.people", {})
        lines = [
            f"{row['source']:<18} {row['name']:<32} {'+' + row['phone'] if row['phone'] else '-'}"
            for row in result["people"]
        ]
        show(result, "\n".join(lines) or "Nobody.", as_json)


@import_.command("claim")
@common
@click.argument("source", metavar="user123")
@click.argument("phone")
def claim(data: Path, as_json: bool, source: str, phone: str) -> None:
    """Give a placeholder to whoever signs up with PHONE, who is admitted with that."""
    with instance(data, as_json) as ask:
        result = ask("import.claim", {"source": source, "phone": phone})
        show(result, f"Waits for {result['shown']} to sign up.", as_json)


# ── export ──────────────────────────────────────────────────────────────────────────────────────


@click.group("export")
def export() -> None:
    """Export a person's data."""


@export.command("user")
@common
@click.argument("who")
@click.option("--to", required=True, type=_PATH, metavar="DIR", help="A new folder.")
def export_user(data: Path, as_json: bool, who: str, to: Path) -> None:
    """Write everything of WHO (number, @name, id) to the folder DIR, as Telegram Desktop does."""
    with instance(data, as_json) as ask:
        begun = ask("export.begin", {"who": who, "to": str(to)})
        done = _steps(ask, "export.step", begun["token"], _how_far)
        show(done, f"Exported {_how_far(done)} to {to}.", as_json)
