"""``petitbleu dev cluster``: PostgreSQL, NATS, workers and HAProxy on this machine."""

from __future__ import annotations

import signal
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from petitbleu.cli.main import fail

if TYPE_CHECKING:
    from petitbleu.bench.local_cluster import LocalCluster


@click.group()
def cluster() -> None:
    """Several workers on this machine, with all they need."""


@cluster.command()
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--port", type=int, default=0, help="Where people come in (default: a free one).")
@click.option("--s3", is_flag=True, help="Files in a bucket (moto: in memory) instead of a folder.")
def up(workers: int, port: int, s3: bool) -> None:
    """Start a cluster, print where everything is, and end it at Ctrl-C.

    What dies is started again: kill each thing once and see. Nothing stays afterwards.
    """
    from petitbleu.bench.local_cluster import Failed, LocalCluster

    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    # Not below a home: PostgreSQL does not run as root, and its user is to reach the folder.
    with tempfile.TemporaryDirectory(
        prefix="petitbleu-cluster-", ignore_cleanup_errors=True
    ) as name:
        folder = Path(name)
        folder.chmod(0o711)
        made = LocalCluster(folder, workers, port=port, s3=s3, say=click.echo)
        try:
            made.start()
            _show(made)
            while not ended.wait(0.5):
                for place in made.start_ended():
                    click.echo(f"{place.name} had ended; started again as {place.pid}.")
        except (Failed, OSError) as error:
            fail(str(error))
        finally:
            made.stop()


def _show(made: LocalCluster) -> None:
    for place in made.places():
        click.echo(f"{place.name:<12} {place.pid:>8}  {place.address}")
    if not made.is_proxied:
        click.echo("HAProxy is not installed (apt-get install haproxy): the workers share a port.")
    click.echo(f"People come in at 127.0.0.1:{made.port}; apps need {made.data}/public.pem.")
    click.echo(f"petitbleu cluster status --data {made.data}")
    keys = "".join(f"{name}={value} " for name, value in made.environment.items())
    click.echo(f"{keys}petitbleu check --cluster --data {made.data}")
    click.echo("Ctrl-C ends everything.")
