"""``petitbleu pubkey`` and ``petitbleu keys rotate``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from petitbleu.cli.main import common, fail, show


def _described(key: Any) -> dict[str, Any]:
    from petitbleu.run.start_text import unsigned

    return {"fingerprint": unsigned(key.fingerprint), "pem": key.pem()}


@click.command()
@common
def pubkey(data: Path, as_json: bool) -> None:
    """Print the public key (PEM, PKCS#1) and its fingerprint."""
    from petitbleu.keys import RsaKeys

    folder = data / "keys"
    if not any(folder.glob("rsa-*.pem")):
        fail(f"there is no key in {folder} yet: start the server once", as_json)
    found = RsaKeys.load_or_create(folder)
    current = _described(found.current)
    result = {**current, "served": [_described(key)["fingerprint"] for key in found.keys]}
    show(result, f"{current['pem']}fingerprint {current['fingerprint']}", as_json)


@click.group()
def keys() -> None:
    """The server's keys."""


@keys.command()
@common
def rotate(data: Path, as_json: bool) -> None:
    """Add a new RSA key and new secrets; the RSA key before stays valid beside it.

    Clients that know the old key go on: both are served. Restart the server to use the new ones,
    give the new public key to your users, and rotate again only when they have it.
    """
    from petitbleu.keys import RsaKeys, Secrets

    folder = data / "keys"
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
