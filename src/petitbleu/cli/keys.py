"""``petitbleu pubkey``, and ``petitbleu keys init``, ``rotate`` and ``forget``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.main import common, fail, show


def _described(key: Any) -> dict[str, Any]:
    from petitbleu.run.start_text import unsigned

    return {"fingerprint": unsigned(key.fingerprint), "pem": key.pem()}


def _folder(data: Path, as_json: bool) -> Path:
    from petitbleu.run.config import ConfigError, load

    try:
        return load(data, {}).keys_folder
    except ConfigError as error:
        fail(str(error), as_json)
    raise click.Abort


@click.command()
@common
def pubkey(data: Path, as_json: bool) -> None:
    """Print the public key (PEM, PKCS#1) and its fingerprint."""
    from petitbleu.keys import RsaKeys

    folder = _folder(data, as_json)
    if not any(folder.glob("rsa-*.pem")):
        fail(f"there is no key in {folder} yet: start the server once", as_json)
    found = RsaKeys.load(folder)
    current = _described(found.current)
    result = {**current, "served": [_described(key)["fingerprint"] for key in found.keys]}
    show(result, f"{current['pem']}fingerprint {current['fingerprint']}", as_json)


@click.group()
def keys() -> None:
    """The server's keys."""


@keys.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make all keys in FOLDER, for the workers of a cluster; what is there stays as it is."""
    from petitbleu.durable import make_folder, write_file
    from petitbleu.keyring import SECRETS
    from petitbleu.keys import RsaKeys, Secrets

    has_rsa, has_secrets = any(folder.glob("rsa-*.pem")), (folder / SECRETS).exists()
    if has_rsa != has_secrets:
        missing = SECRETS if has_rsa else "rsa-….pem"
        fail(
            f"{folder} has keys, but no {missing}: nothing was made. Restore the whole folder from"
            " a backup, or name an empty one for a new cluster"
        )
    before = {path.name for path in folder.glob("*")}
    make_folder(folder)
    RsaKeys.load_or_create(folder)
    Secrets.load_or_create(folder)
    for name, make in _made_at_need().items():
        if not (folder / name).exists():
            write_file(folder / name, make())
    made = sorted({path.name for path in folder.glob("*")} - before)
    click.echo(
        f"Made in {folder}: {', '.join(made)}. Keep a copy elsewhere, apart from the database."
        if made
        else f"{folder} has all keys already: nothing was made."
    )


def _made_at_need() -> dict[str, Callable[[], bytes]]:
    """Keys that a server alone makes when it needs them first."""
    from petitbleu import keys, webpush
    from petitbleu.desk.casework.alerts import service as alerts
    from petitbleu.desk.outside import encryption
    from petitbleu.desk.records.audit import keyed
    from petitbleu.desk.transparency import signing
    from petitbleu.domain.client.push import service as push

    return {
        keyed.KEY: keys.new_signing_key,
        signing.FILE: keys.new_signing_key,
        alerts.KEY_FILE: webpush.Vapid.new_pem,
        push.KEY_FILE: webpush.Vapid.new_pem,
        encryption.FILE: encryption.new_identity,
    }


@keys.command()
@common
def rotate(data: Path, as_json: bool) -> None:
    """Add a new RSA key and new secrets; the RSA key before stays valid beside it.

    Clients that know the old key go on: both are served. Restart the server to use the new ones,
    give the new public key to your users, and rotate again only when they have it.
    """
    from petitbleu.keys import RsaKeys, Secrets

    folder = _folder(data, as_json)
    if not any(folder.glob("rsa-*.pem")):
        fail(f"there is no key in {folder} yet: start the server once", as_json)
    rotated = RsaKeys.rotate(folder)
    version = Secrets.rotate(folder).version
    current = _described(rotated.current)
    result = {
        **current,
        "served": [_described(key)["fingerprint"] for key in rotated.keys],
        "secrets_version": version,
    }
    text = (
        f"{current['pem']}fingerprint {current['fingerprint']}\n"
        f"Secrets are at version {version}. Restart the server to use them."
    )
    show(result, text, as_json)


@keys.command()
@common
@click.argument("name")
def forget(data: Path, as_json: bool, name: str) -> None:
    """Go on without the key file NAME, which is lost for good: the next start makes a new one.

    docs/operate/backup.md says what is lost with each. secrets.json cannot be given up.
    """
    from petitbleu import keyring
    from petitbleu.errors import StoreUnavailable
    from petitbleu.run.config import ConfigError, load
    from petitbleu.store.migrate import Refused
    from petitbleu.store.opening import open_store

    if name == keyring.SECRETS:
        fail(
            "secrets.json opens everything that the database has sealed: without it the instance"
            " cannot go on. Restore it from a backup, or begin with an empty database.",
            as_json,
        )
    if (_folder(data, as_json) / name).exists():
        fail(f"{name} is there; move it away first", as_json)

    async def run() -> bool:
        store = await open_store(load(data, {}))
        try:
            return await keyring.forget(store, name)
        finally:
            await store.close()

    try:
        known = asyncio.run(run())
    except (ConfigError, Refused, StoreUnavailable, OSError) as error:
        fail(str(error), as_json)
        return
    if not known:
        fail(f"the database knows no key of the name {name}", as_json)
    show({"forgotten": name}, f"{name} is forgotten; the next start makes a new one.", as_json)
