"""What keeps people from the web client, in words: for ``petitbleu check``."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from petitbleu import __version__
from petitbleu.app import App
from petitbleu.appdoor import guards
from petitbleu.appdoor.shell import Shell
from petitbleu.config import Config
from petitbleu.metrics import counter

NO_UPGRADE = counter(
    "app_handshakes_without_upgrade_total",
    "Handshakes of browsers that came without the Upgrade header: a proxy dropped it",
)
_LOCAL = re.compile(r"localhost|127(?:\.\d+){3}|::1|.*\.localhost")


def find(app: App) -> list[str]:
    """One sentence for each obstacle, with the way out; nothing where the client is off."""
    if not app.config.web.app:
        return []
    found = [*_of_address(app.config), *_of_bundle(Shell(app))]
    missed = sum(NO_UPGRADE.values.values())
    if missed:
        found.append(
            f"The web client: {missed} handshakes came to /app/ws without the Upgrade header. The"
            " proxy in front drops it, so browsers go on by long polls: pass it on, as"
            " docs/operate/web-client.md shows."
        )
    return found


def address(config: Config) -> tuple[str, str] | None:
    """Where people open the client, and what their browsers call it as an origin; None: nobody
    has said, or the client is off.
    """
    url = config.web.app_url or config.public_url
    if not config.web.app or not url:
        return None
    return url.rstrip("/"), next(iter(guards.page_origins(config)))


def _of_address(config: Config) -> list[str]:
    if config.dev:
        return []
    name = "app_url" if config.web.app_url else "public_url"
    url = config.web.app_url or config.public_url
    if not url:
        return [
            "The web client: public_url is not set, so it works on this machine only. Set the"
            " address that people type, with https://."
        ]
    parts = urlsplit(url)
    if parts.scheme != "https" and not _LOCAL.fullmatch(parts.hostname or ""):
        return [
            f"The web client: {name} has no HTTPS ({url}). Browsers refuse encryption, the"
            " microphone and installing to such pages: put a certificate in front and write"
            f" https:// into {name}."
        ]
    return []


def _of_bundle(shell: Shell) -> list[str]:
    if not shell.build:
        return [
            "The web client: its bundle is missing, so /app only says how to get it. Install a"
            " released package, or run `petitbleu dev client build` in a checkout."
        ]
    if shell.server != __version__:
        return [
            f"The web client: its bundle was built for petitbleu {shell.server or 'unknown'}, the"
            f" server is {__version__}. Install both from one release, or build it anew."
        ]
    lost = shell.missing()
    if lost:
        return [
            f"The web client: {len(lost)} files of its bundle are missing ({lost[0]}). Install or"
            " build it anew."
        ]
    return []
