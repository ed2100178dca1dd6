"""Putting a command to an instance: through the control socket of a running server, else directly.

Without a server the store is opened under the exclusive lock of the data folder, so that no second
process ever writes.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.main import fail

PATIENCE = 10.0
"""Seconds that a server is waited for which has taken its folder and does not listen yet, or not
any more; so is another command.
"""
_LOOK_SECONDS = 0.1
_FOLLOWED = ("desk.deliver",)
"""Commands whose alarms and receipts do not wait for a server to start."""


def ask_instance(
    data: Path, name: str, params: dict[str, Any], as_json: bool, *, timeout: float = 120.0
) -> dict[str, Any]:
    """The command's result; ends the program with one sentence where it is refused. ``timeout``:
    seconds that a running server may take.
    """
    from petitbleu.control import CommandRefused
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError
    from petitbleu.run.control_socket import NoServer, ask
    from petitbleu.store.lock import InUse
    from petitbleu.store.migrate import Refused

    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return ask(data, name, params, timeout)
            except NoServer:
                pass
            try:
                return _perform_here(data, name, params)
            except InUse:
                if time.monotonic() > until:
                    raise
            time.sleep(_LOOK_SECONDS)
    except (CommandRefused, ConfigError, Refused, StoreUnavailable) as error:
        fail(str(error), as_json)
    except OSError as error:
        fail(f"{error.strerror or error}", as_json)
    raise click.Abort


def _perform_here(data: Path, name: str, params: dict[str, Any]) -> dict[str, Any]:
    from petitbleu.control import CommandRefused, perform
    from petitbleu.run import logs
    from petitbleu.run.config import load
    from petitbleu.run.instance import opened
    from petitbleu.run.jobs import JobRunner

    if not data.is_dir():
        raise CommandRefused(f"there is no data folder {data}; name it with --data")
    config = load(data, {})
    log = logs.setup(config.log_format, "error")

    async def run() -> dict[str, Any]:
        async with opened(config, log) as instance:
            # Some commands care that nobody is served meanwhile.
            result = await perform(instance.app, name, {**params, "offline": True})
            if name in _FOLLOWED:
                for _ in range(3):  # an alarm is raised, then sent
                    await JobRunner(instance.app).run_due()
            return result

    return asyncio.run(run())
