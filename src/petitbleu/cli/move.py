"""``petitbleu move``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from petitbleu.cli.main import common, fail, show

if TYPE_CHECKING:
    from petitbleu.config import Config
    from petitbleu.store.move import Report
    from petitbleu.store.move_files import Files


class Asked(NamedTuple):
    """What is to be moved, each empty where it stays."""

    to: str
    blobs: str
    keys: Path | None
    beforehand: bool


class Done(NamedTuple):
    """What was moved, each None where it stayed."""

    rows: Report | None = None
    files: Files | None = None
    keys: int | None = None


@click.command()
@common
@click.option("--database", metavar="URL", help="Where the instance is, if not as configured.")
@click.option("--to", default="", metavar="URL", help="An empty PostgreSQL database, or `sqlite`.")
@click.option("--blobs", default="", metavar="URL", help="An empty bucket, s3://…, or `local`.")
@click.option(
    "--keys",
    type=click.Path(file_okay=False, path_type=Path),
    help="An empty folder for the keys, which all workers will share.",
)
@click.option(
    "--beforehand", is_flag=True, help="Only copy files, while the server runs; nothing is changed."
)
def move(
    data: Path,
    as_json: bool,
    database: str | None,
    to: str,
    blobs: str,
    keys: Path | None,
    beforehand: bool,
) -> None:
    """Move a stopped instance from SQLite to PostgreSQL, its files into a bucket, or back.

    Every row and every file is copied, read again and compared; what is not named stays where it
    is. Devices and browsers notice nothing. A move that was stopped goes on where it was when the
    same command is given again. Afterwards the old database is not served any more.
    """
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError, load
    from petitbleu.store.migrate import Refused

    asked = Asked(to, blobs, keys, beforehand)
    try:
        config = load(data, {"database": database} if database else {})
    except ConfigError as error:
        fail(str(error), as_json, code=2)
        return

    def say(line: str) -> None:
        if not as_json:
            click.echo(line)

    try:
        done = asyncio.run(_move(config, asked, say))
    except (Refused, StoreUnavailable) as error:
        fail(str(error), as_json)
        return
    except OSError as error:
        fail(f"{error.filename or data}: {error.strerror or error}", as_json)
        return
    show(*_told(config, asked, done), as_json)


async def _move(config: Config, asked: Asked, say: Callable[[str], None]) -> Done:
    from petitbleu.run import moving_files
    from petitbleu.store import move as engine
    from petitbleu.store import move_files
    from petitbleu.store.migrate import Refused

    to, blobs, keys, beforehand = asked
    if not (to or blobs or keys):
        raise Refused("Say where to: --to a database, --blobs a bucket, or --keys a folder.")
    if beforehand:
        if not blobs or to or keys:
            raise Refused("Only files can be copied beforehand: --blobs alone.")
        return Done(files=await moving_files.beforehand(config, blobs, say))
    if to == "sqlite" and config.cluster.blobs and blobs != move_files.LOCAL:
        raise Refused("With SQLite files are in the data folder: add --blobs local.")
    files, rows, count, more = None, None, None, {}
    if blobs:
        files = await moving_files.copy(config, blobs, say)
        more = {move_files.PLACE: move_files.place_of(blobs).encode()}
    if keys is not None:
        count = move_files.copy_keys(config.keys_folder, keys)
    if to:
        rows = await engine.move(config.data, config.database, to, say, more=more)
    if files is not None:
        await moving_files.arrive(config, to, blobs, files, alone=not to)
    return Done(rows, files, count)


def _told(config: Config, asked: Asked, done: Done) -> tuple[dict[str, Any], str]:
    """The result as data, and in words."""
    from petitbleu.store import move as engine

    result: dict[str, Any] = {}
    words, lines = [], []
    if done.rows is not None:
        report = done.rows
        result |= {
            "rows": report.rows,
            "copied": report.copied,
            "seconds": round(report.seconds, 3),
            "tables": {name: table._asdict() for name, table in report.tables.items()},
        }
        where = "sqlite" if asked.to == "sqlite" else engine.without_password(asked.to)
        rate = f", {report.copied / report.seconds:.0f} a second" if report.seconds else ""
        words.append(
            f"Moved {report.rows} rows in {len(report.tables)} tables to {where}{rate}; all of them"
            " are equal at both ends."
        )
        lines.append(f'`database = "{where}"` (with the password)')
    if done.files is not None:
        result["files"] = done.files._asdict()
        verb = "Copied" if asked.beforehand else "Moved"
        words.append(
            f"{verb} {done.files.contents} files ({done.files.bytes} bytes, {done.files.copied} of"
            f" them now) to {asked.blobs}; all of them are equal at both ends."
        )
        if not asked.beforehand:
            blobs = "" if asked.blobs == "local" else asked.blobs
            lines.append(f'`blobs = "{blobs}"` in [cluster]')
    if done.keys is not None:
        result["keys"] = done.keys
        words.append(f"Copied {done.keys} keys to {asked.keys}.")
        lines.append(f'`keys = "{asked.keys}"` in [cluster]')
    if lines:
        toml = config.data / "petitbleu.toml"
        words.append(
            f"Set {', '.join(lines)} in {toml}"
            + (", or start with --database." if done.rows is not None and len(lines) == 1 else ".")
        )
    return result, " ".join(words)
