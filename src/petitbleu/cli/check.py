"""``petitbleu check``: is the running server healthy? In words, and as an exit code."""

from __future__ import annotations

from pathlib import Path

import click

from petitbleu.cli.main import common, fail, show


@click.command()
@common
def check(data: Path, as_json: bool) -> None:
    """Ask the running server how it is. Exit code 0: healthy; 1: not; 3: no server runs here."""
    from petitbleu.control import CommandRefused
    from petitbleu.run.control_socket import NoServer, ask

    try:
        result = ask(data, "server.check", {}, timeout=15.0)
    except NoServer:
        fail(f"no server runs on {data}", as_json, code=3)
        return
    except (CommandRefused, OSError) as error:
        fail(str(error), as_json)
        return
    show(
        result,
        "\n".join([*result["lines"], "Healthy." if result["ok"] else "Not healthy."]),
        as_json,
    )
    if not result["ok"]:
        raise SystemExit(1)
