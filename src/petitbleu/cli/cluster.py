"""``petitbleu migrate`` and ``petitbleu cluster``: several workers on one database."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from petitbleu.cli.main import common, fail, show


@click.command()
@common
def migrate(data: Path, as_json: bool) -> None:
    """Bring the tables of the PostgreSQL database up to this version, before workers start."""
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError, load
    from petitbleu.store.migrate import Refused

    try:
        config = load(data, {})
        if config.database == "sqlite":
            fail("a SQLite database is brought up to date when its server starts", as_json)
        from petitbleu.store.postgres import migrate_database

        applied, version = asyncio.run(migrate_database(config.database))
    except (ConfigError, Refused, StoreUnavailable, OSError) as error:
        fail(str(error), as_json)
        return
    what = "1 migration was" if applied == 1 else f"{applied} migrations were"
    text = f"{what} applied." if applied else "Nothing was to be done."
    show(
        {"applied": applied, "version": version},
        f"{text} The tables are of version {version}.",
        as_json,
    )


@click.group()
def cluster() -> None:
    """Several workers on one database."""


@cluster.command()
@common
def status(data: Path, as_json: bool) -> None:
    """Say which workers are there, who leads what, and what lags. Exit code 1: not all is well."""
    from petitbleu.cli.asking import ask_instance

    result = ask_instance(data, "cluster.status", {}, as_json)
    show(result, "\n".join(result["lines"]), as_json)
    if not result["ok"]:
        raise SystemExit(1)
