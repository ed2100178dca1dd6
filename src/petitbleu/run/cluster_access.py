"""Who else reaches what the workers share: a bus open to others, connections without TLS."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from urllib.parse import urlsplit

import asyncpg

from petitbleu.config import Config
from petitbleu.networks import is_loopback

_SECONDS = 3.0
_NATS_PORT = 4222
_SSL = (
    "select coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as tls,"
    " host(inet_server_addr()) as address"
)


def is_near(host: str) -> bool:
    """Whether ``host`` is this machine, so that nothing goes over a network."""
    return host in ("", "localhost") or is_loopback(host)


async def open_servers(config: Config) -> list[str]:
    """The NATS servers that let anybody publish to this cluster's subjects, as HOST:PORT."""
    from petitbleu.bus.nats import servers

    bare = [(urlsplit(url).scheme, urlsplit(url).netloc.rpartition("@")[2])
            for url in servers(config.cluster.bus)]  # fmt: skip
    return [
        host
        for scheme, host in bare
        if await _takes_from_anybody(f"{scheme}://{host}", config.cluster.name)
    ]


async def _takes_from_anybody(url: str, cluster: str) -> bool:
    """Publish without user and password, to the worker 0 that there never is."""
    from nats.aio.client import Client
    from nats.errors import Error

    refused: list[Exception] = []

    async def note(error: Exception) -> None:
        refused.append(error)

    if not await _answers(url):  # nats-py would try it for ever
        return False
    client = Client()
    try:
        async with asyncio.timeout(_SECONDS):
            await client.connect(url, allow_reconnect=False, connect_timeout=2, error_cb=note)
            await client.publish(f"pb.{cluster}.w.0", b"")
            for _ in range(2):  # the first ping overtakes what was published
                await client.flush(2)
    except (Error, OSError, ValueError, TimeoutError):
        return False
    finally:
        with suppress(Error, OSError, TimeoutError):
            async with asyncio.timeout(_SECONDS):
                await client.close()
    return not refused


async def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        async with asyncio.timeout(_SECONDS):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port or _NATS_PORT)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True


async def describe_bus(config: Config) -> tuple[bool, list[str]]:
    """Whether the bus may stay as it is, and what is to be known of it."""
    hosts = [urlsplit(f"//{one}") for one in _hosts(config.cluster.bus)]
    far = {one.netloc for one in hosts if not is_near(one.hostname or "")}
    lines = []
    if config.cluster.bus.startswith("nats:") and far:
        lines.append(
            f"The bus goes to {', '.join(sorted(far))} without TLS: frames are sealed, its password"
            " is not. Write tls:// in [cluster] bus, or keep it on a network of your own."
        )
    opened = await open_servers(config)
    if opened:
        lines.append(
            f"NATS at {', '.join(opened)} takes frames from anybody: others can read and forge"
            " nothing, but flood it. Give it a user and a password (deploy/nats.conf)."
        )
    return not far.intersection(opened), lines


def _hosts(bus: str) -> list[str]:
    return bus.partition("://")[2].rstrip("/").rpartition("@")[2].split(",")


async def describe_database(conn: asyncpg.Connection) -> list[str]:
    """What is to be known of the way to the database."""
    tls, address = await conn.fetchrow(_SSL)
    if tls or is_near(address or ""):
        return []
    return [
        f"The connection to the database at {address} has no TLS: add sslmode=require to its URL,"
        " or keep it on a network of your own."
    ]


async def describe_bucket(config: Config) -> tuple[bool, list[str]]:
    """Put, read and delete an object in the bucket, where one is set."""
    if not config.cluster.blobs:
        line = "Files are in the data folder: workers of other machines do not see them."
        return True, [line]
    try:
        from petitbleu.blobs.api import FilesUnavailable
        from petitbleu.blobs.bucket import Bucket
    except ModuleNotFoundError as error:
        needs = f"[cluster] blobs needs the package {error.name}: pip install 'petitbleu[cluster]'"
        return False, [f"{needs}."]
    try:
        bucket = Bucket(config.cluster.blobs)
        await bucket.try_out()
    except (FilesUnavailable, ValueError) as error:
        named = "AWS_ACCESS_KEY_ID" in os.environ
        unset = "" if named else " AWS_ACCESS_KEY_ID is not set in the environment."
        return False, [f"Files cannot be put: {error}.{unset}"]
    lines = [f"The bucket {bucket.name} takes, gives back and deletes objects."]
    endpoint = urlsplit(bucket.address.endpoint)
    if endpoint.scheme == "http" and not is_near(endpoint.hostname or ""):
        lines.append(
            f"The bucket at {endpoint.netloc} is spoken to without TLS: files travel readably."
            " Write endpoint=https://…, or keep it on a network of your own."
        )
    return True, lines
