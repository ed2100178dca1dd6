"""``petitbleu backup`` and ``petitbleu restore``."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, fail, show

_FOLDER = click.Path(path_type=Path, resolve_path=True)


@click.command()
@common
@click.argument("to", type=_FOLDER)
def backup(data: Path, as_json: bool, to: Path) -> None:
    """Save the database, keys, settings and files to the new folder TO.

    A running server goes on serving meanwhile, and what it acknowledges before is in the backup.
    """
    result = ask_instance(data, "backup", {"to": str(to)}, as_json)
    size = result["bytes"] / (1 << 20)
    text = f"Saved to {to}: {result['files']} files, {size:.1f} MiB."
    show(result, f"{text} {result.get('outside', '')}".rstrip(), as_json)


@click.command()
@common
@click.argument("source", metavar="FROM", type=_FOLDER)
@click.option(
    "--database",
    default="sqlite",
    metavar="URL",
    help="An empty PostgreSQL database to restore to.",
)
@click.option(
    "--outside",
    multiple=True,
    type=click.Path(exists=True, path_type=Path, resolve_path=True),
    metavar="PATH",
    help="What left after the backup (letters, heads, exports): numbers in it stay taken. An"
    " erased.log: what it names since is not brought back.",
)
def restore(
    data: Path, as_json: bool, source: Path, database: str, outside: tuple[Path, ...]
) -> None:
    """Bring the backup FROM back into the empty folder --data.

    The backup is checked file by file first. Nothing that exists is overwritten. All counters skip
    ahead: no number that was given out since is given out again.
    """
    from petitbleu.errors import StoreUnavailable
    from petitbleu.store import backup as engine
    from petitbleu.store.migrate import Refused

    try:
        manifest = asyncio.run(engine.restore(source, data, database, outside=outside))
    except (Refused, StoreUnavailable) as error:
        fail(str(error), as_json)
        return
    except OSError as error:
        fail(f"{error.filename or source}: {error.strerror or error}", as_json)
        return
    when = datetime.fromtimestamp(manifest.at, UTC)
    result: dict[str, Any] = {"at": manifest.at, "engine": manifest.engine, "live": manifest.live}
    text = f"Restored to {data} as it was on {when:%Y-%m-%d at %H:%M:%S} UTC."
    if database != "sqlite":
        text += " Start the server with the same --database."
    show(result, text, as_json)
