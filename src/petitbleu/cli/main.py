"""``petitbleu``: the command line. Commands are imported when they are called, not before."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from petitbleu import __version__

F = TypeVar("F", bound=Callable[..., Any])

CLONE = Path(__file__).resolve().parents[3]
"""The folder of the repository; something else where the package is installed."""


class LazyGroup(click.Group):
    """A group whose commands live in other modules, ``name -> "module:attribute"``."""

    def __init__(self, *args: Any, lazy: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._lazy})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self._lazy.get(cmd_name)
        if place is None:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


def common(function: F) -> F:
    """The options every command has: ``--data DIR`` and ``--json``."""
    function = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(
        function
    )
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("data"),
        envvar="PETITBLEU_DATA",
        show_default=True,
        help="Folder of the database, keys and files.",
    )(function)


def show(result: dict[str, Any], text: str, as_json: bool) -> None:
    """Print ``result`` as JSON or ``text`` for people."""
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else text)


def fail(message: str, as_json: bool = False, code: int = 1) -> None:
    """End with one sentence on standard error."""
    if as_json:
        click.echo(json.dumps({"error": message}, ensure_ascii=False))
    click.echo(f"petitbleu: {message}", err=True)
    sys.exit(code)


@click.group(
    cls=LazyGroup,
    lazy={
        "serve": "petitbleu.cli.serve:serve",
        "check": "petitbleu.cli.check:check",
        "pubkey": "petitbleu.cli.keys:pubkey",
        "migrate": "petitbleu.cli.cluster:migrate",
        "cluster": "petitbleu.cli.cluster:cluster",
        "keys": "petitbleu.cli.keys:keys",
        "admin": "petitbleu.cli.admin:admin",
        "desk": "petitbleu.cli.desk:desk",
        "backup": "petitbleu.cli.backup:backup",
        "restore": "petitbleu.cli.backup:restore",
        "move": "petitbleu.cli.move:move",
        "import": "petitbleu.cli.transfer:import_",
        "export": "petitbleu.cli.transfer:export",
        "witness": "petitbleu.cli.witness:witness",
        "dev": "petitbleu.cli.main:dev",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="petitbleu")
def cli() -> None:
    """A self-hosted messaging platform that speaks MTProto."""


@click.group(
    cls=LazyGroup,
    lazy={
        "schema": "petitbleu.cli.dev_schema:schema",
        "client": "petitbleu.cli.dev_client:client",
        "coverage": "petitbleu.cli.dev_schema:coverage",
        "where": "petitbleu.cli.dev_schema:where",
        "structure": "petitbleu.cli.dev_structure:structure",
        "bench": "petitbleu.cli.dev_bench:bench",
        "fill": "petitbleu.cli.dev_fill:fill",
        "cluster": "petitbleu.cli.dev_cluster:cluster",
        "train": "petitbleu.cli.dev_train:train",
        "texts": "petitbleu.cli.dev_texts:texts",
        "config-table": "petitbleu.cli.dev_config:config_table",
        "limits": "petitbleu.cli.dev_config:limits",
        "commands": "petitbleu.cli.dev_config:commands",
    },
)
def dev() -> None:
    """Tools for those who work on petitbleu itself (in a clone of the repository)."""
    if not (CLONE / "pyproject.toml").is_file():
        fail("`petitbleu dev` works in a clone of the repository only: its tools are not installed")
