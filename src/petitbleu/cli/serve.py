"""``petitbleu serve``."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.main import common, fail

_REFUSED = 4
"""As ``run/supervisor.py`` knows it: the next start would be refused too."""


def _words(data: Path, as_json: bool, roles: str | None, options: dict[str, Any]) -> list[str]:
    """What the workers are told of what their supervisor was told, but for where to listen."""
    words = ["--data", str(data), *(["--json"] if as_json else [])]
    for name, value in {**options, "roles": roles}.items():
        if name == "listen" or not value:
            continue
        flag = f"--{name.replace('_', '-')}"
        if value is True:
            words.append(flag)
        else:
            for one in value if isinstance(value, tuple) else (value,):
                words += [flag, str(one)]
    return words


def _supervise(config: Any, workers: int, words: list[str]) -> None:
    from petitbleu.run import logs
    from petitbleu.run.supervisor import supervise

    try:
        code = supervise(config, workers, words, logs.setup(config.log_format, config.log_level))
    except OSError as error:
        fail(f"the server cannot start: {error.strerror or error}")
        return
    sys.exit(code)


@click.command()
@common
@click.option("--listen", multiple=True, metavar="HOST:PORT", help="Where to listen (repeatable).")
@click.option("--dev", is_flag=True, help="Developer mode: codes on the console, open sign-up.")
@click.option("--database", metavar="URL", help="sqlite, or postgresql://user:password@host/name")
@click.option(
    "--public-address",
    multiple=True,
    metavar="HOST[:PORT]",
    help="What apps are told to dial (repeatable).",
)
@click.option("--public-url", metavar="URL", help="Base of links, e.g. https://chat.example.org")
@click.option("--tls-cert", metavar="FILE", help="Certificate chain for HTTPS and WSS.")
@click.option("--tls-key", metavar="FILE", help="Its private key.")
@click.option(
    "--i-know",
    is_flag=True,
    help="Serve a database that was moved elsewhere, once, if the new one was never served.",
)
@click.option("--log-level", metavar="LEVEL", help="debug, info, warning or error")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Serve with N processes on one port (PostgreSQL and a bus: docs/operate/cluster.md).",
)
@click.option(
    "--roles", metavar="LIST", help="What the workers do: gateway, web, desk, jobs (default: all)."
)
@click.option("--worker", hidden=True, metavar="I/N/FD")  # the supervisor says so
def serve(
    data: Path,
    as_json: bool,
    i_know: bool,
    workers: int | None,
    roles: str | None,
    worker: str | None,
    **options: Any,
) -> None:
    """Run the server until it is told to stop."""
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError, check_workers, load
    from petitbleu.store.migrate import Overtaken, Refused

    flags = {name: list(v) if isinstance(v, tuple) else v for name, v in options.items() if v}
    if as_json:
        flags["log_format"] = "json"
    try:
        config = load(data, flags, roles=roles)
        if workers is not None or worker is not None:
            check_workers(config)
    except ConfigError as error:
        fail(str(error), code=2)
        return
    if workers is not None:
        _supervise(config, workers, _words(data, as_json, roles, options))
        return
    # What a start makes stays: looking for garbage in it is a tenth of the work. The collector runs
    # again once the server is ready.
    gc.disable()
    # Many images set PYTHONDONTWRITEBYTECODE, and some installers write no bytecode: each start
    # would then compile some 800 modules. A folder that cannot be written is passed over.
    sys.dont_write_bytecode = False
    # After the configuration: a wrong setting is told at once, without loading the server.
    from petitbleu.run.main import run

    place = None
    if worker is not None:
        from petitbleu.run.main import Place

        place = Place(*map(int, worker.split("/")))
    try:
        run(config, return_to=i_know, place=place)
    except (Overtaken, StoreUnavailable) as error:
        fail(str(error))
    except Refused as error:
        fail(str(error), code=_REFUSED if worker is not None else 1)
    except OSError as error:
        fail(f"the server cannot start: {error.strerror or error}")
