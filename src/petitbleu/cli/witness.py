"""``petitbleu witness``: cosign the heads of others' logs."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import click

from petitbleu.cli.main import fail, show


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("witness"),
    show_default=True,
    help="Folder of the witness's key and of what it has signed; not that of an instance.",
)
@click.option(
    "--listen", default="127.0.0.1:8071", show_default=True, metavar="HOST:PORT", help="Address."
)
@click.option("--name", required=True, help="Name of its key, e.g. witness.example.org/w1.")
@click.option(
    "--log",
    "logs",
    multiple=True,
    required=True,
    metavar="KEY",
    help="A log that is signed, by its key as `petitbleu desk audit head` prints it; may be given"
    " several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the address and key as JSON.")
def witness(data: Path, listen: str, name: str, logs: tuple[str, ...], as_json: bool) -> None:
    """Sign the heads of logs as a witness (c2sp.org/tlog-witness), in a process of its own."""
    from petitbleu.desk.records.witnesses import serving
    from petitbleu.desk.records.witnesses.cosignatures import BadKey, read_log_key
    from petitbleu.desk.records.witnesses.keeping import Unusable, Witness
    from petitbleu.gateway.listener import parse_address

    try:
        host, port = parse_address(listen)
        made = Witness(data, name, [read_log_key(one) for one in logs], time.time)
    except (BadKey, Unusable, ValueError) as error:
        fail(str(error), as_json)
        return

    def ready(address: str) -> None:
        said = {"address": address, "key": made.key, "setting": f"{address} {made.key}"}
        show(said, f"The witness {name} listens at {address}.\nkey {made.key}", as_json)

    try:
        asyncio.run(serving.serve(made, host, port, ready))
    except OSError as error:
        fail(f"{listen}: {error.strerror or error}", as_json)
    finally:
        made.close()
