"""``petitbleu dev fill``: much data, to measure or to try with."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from petitbleu.cli.main import fail

if TYPE_CHECKING:
    from petitbleu.bench.stock import Amounts
    from petitbleu.config import Config

_COUNT = click.IntRange(min=0)


@click.command()
@click.argument("data", type=click.Path(file_okay=False, path_type=Path))
@click.option("--database", default="sqlite", metavar="URL", help="PostgreSQL instead of SQLite.")
@click.option("--accounts", type=click.IntRange(min=2), default=1000, show_default=True)
@click.option("--messages", type=_COUNT, default=0, help="Between two people.")
@click.option("--channels", type=_COUNT, default=0)
@click.option("--members", type=_COUNT, default=20, show_default=True, help="Of each channel.")
@click.option("--posts", type=_COUNT, default=10, show_default=True, help="In each channel.")
@click.option("--files", type=_COUNT, default=0, help="Documents of some kilobytes.")
@click.option("--cases", type=_COUNT, default=0, help="Open cases at the desk.")
def fill(data: Path, database: str, **amounts: int) -> None:
    """Make accounts, messages, channels, files and cases in DATA, whose server does not run."""
    from petitbleu.bench.stock import Amounts
    from petitbleu.config import Config
    from petitbleu.errors import StoreUnavailable
    from petitbleu.store.migrate import Refused

    try:
        asyncio.run(_fill(Config(data=data, database=database), Amounts(**amounts)))
    except (Refused, StoreUnavailable) as error:
        fail(str(error))


async def _fill(config: Config, amounts: Amounts) -> None:
    from petitbleu.bench.fill import opened
    from petitbleu.bench.stock import start_once, stock

    await start_once(config)
    async with opened(config) as app:
        await stock(app, amounts, click.echo)
