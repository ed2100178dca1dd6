"""``petitbleu serve``."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.main import common, fail


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
def serve(data: Path, as_json: bool, i_know: bool, **options: Any) -> None:
    """Run the server until it is told to stop."""
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError, load
    from petitbleu.store.migrate import Refused

    flags = {name: list(v) if isinstance(v, tuple) else v for name, v in options.items() if v}
    if as_json:
        flags["log_format"] = "json"
    try:
        config = load(data, flags)
    except ConfigError as error:
        fail(str(error), code=2)
        return
    # What a start makes stays: looking for garbage in it is a tenth of the work. The collector runs
    # again once the server is ready.
    gc.disable()
    # Many images set PYTHONDONTWRITEBYTECODE, and some installers write no bytecode: each start
    # would then compile some 800 modules. A folder that cannot be written is passed over.
    sys.dont_write_bytecode = False
    # After the configuration: a wrong setting is told at once, without loading the server.
    from petitbleu.run.main import run

    try:
        run(config, return_to=i_know)
    except (Refused, StoreUnavailable) as error:
        fail(str(error))
    except OSError as error:
        fail(f"the server cannot start: {error.strerror or error}")
