"""``petitbleu migrate``, ``cluster`` and ``admin skip-ahead``: a database of several workers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
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


@click.command("skip-ahead")
@common
@click.option(
    "--outside",
    multiple=True,
    type=click.Path(exists=True, path_type=Path, resolve_path=True),
    metavar="PATH",
    help="What left since (letters, heads, exports): numbers in it stay taken.",
)
def skip_ahead(data: Path, as_json: bool, outside: tuple[Path, ...]) -> None:
    """After PostgreSQL was restored to an earlier moment: move every counter ahead, once, before
    the first worker starts. No number that was given out since is given out again.
    """
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError, load
    from petitbleu.store.migrate import Refused

    try:
        config = load(data, {})
        if config.database == "sqlite":
            fail("this is for PostgreSQL; `petitbleu restore` does it for its own backups", as_json)
        from petitbleu.store.skipping import skip_restored

        at = asyncio.run(skip_restored(config.database, outside))
    except (ConfigError, Refused, StoreUnavailable, OSError) as error:
        fail(str(error), as_json)
        return
    text = "All counters have skipped ahead."
    if at:
        when = datetime.fromtimestamp(at, UTC)
        text += f" The database is as it was on {when:%Y-%m-%d at %H:%M:%S} UTC."
    show({"at": at}, f"{text} Start the workers.", as_json)


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
