"""``petitbleu move``."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.main import common, fail, show


@click.command()
@common
@click.option("--database", metavar="URL", help="Where the instance is, if not as configured.")
@click.option(
    "--to", required=True, metavar="URL", help="An empty PostgreSQL database, or `sqlite`."
)
def move(data: Path, as_json: bool, database: str | None, to: str) -> None:
    """Move a stopped instance from SQLite to PostgreSQL, or back.

    Every row is copied, read again and compared; keys, settings and files stay in the data folder.
    Devices and browsers notice nothing. A move that was stopped goes on where it was when the same
    command is given again. Afterwards the old database is not served any more.
    """
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError, load
    from petitbleu.store import move as engine
    from petitbleu.store.migrate import Refused

    try:
        config = load(data, {"database": database} if database else {})
    except ConfigError as error:
        fail(str(error), as_json, code=2)
        return

    def say(line: str) -> None:
        if not as_json:
            click.echo(line)

    try:
        report = asyncio.run(engine.move(data, config.database, to, say))
    except (Refused, StoreUnavailable) as error:
        fail(str(error), as_json)
        return
    except OSError as error:
        fail(f"{error.filename or data}: {error.strerror or error}", as_json)
        return
    result: dict[str, Any] = {
        "rows": report.rows,
        "copied": report.copied,
        "seconds": round(report.seconds, 3),
        "tables": {name: table._asdict() for name, table in report.tables.items()},
    }
    where = "sqlite" if to == "sqlite" else engine.without_password(to)
    rate = f", {report.copied / report.seconds:.0f} a second" if report.seconds else ""
    show(
        result,
        f"Moved {report.rows} rows in {len(report.tables)} tables to {where}{rate}; all of them are"
        f' equal at both ends. Set `database = "{where}"` in {data / "petitbleu.toml"} (with the'
        " password), or start with --database.",
        as_json,
    )
