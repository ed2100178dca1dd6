"""An OpenID provider as a process of its own on 127.0.0.1 (``oidc-provider-mock``): it signs in
whoever says who they are."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from petitbleu.config import Sso
from tests.kit.nats import _free_port
from tests.kit.postgres import _die_with_parent
from tests.kit.waiting import GUARD


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are what is looked at."""

    def redirect_request(self, *given: object, **more: object) -> None:
        return None


class Provider:
    """A running provider; ``url`` is its issuer."""

    def __init__(self) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def settings(self) -> Sso:
        """What an operator writes into ``[sso]``."""
        return Sso(issuer=self.url, client_id="desk", client_secret="s%cret:", name="Example ID")

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start (again), and wait until it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_die_with_parent,
        )
        until = time.monotonic() + GUARD
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/jwks", timeout=GUARD).close()
                return
            except OSError:
                assert self._process.poll() is None and time.monotonic() < until
                time.sleep(0.05)

    def stop(self) -> None:
        """End the process."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    async def sign_in(self, url: str, subject: str) -> str:
        """Sign in at the page ``url``, as a person would; where the browser is sent then."""
        return await asyncio.to_thread(self._press, url, {"sub": subject})

    async def deny(self, url: str) -> str:
        """Press the button that cancels."""
        return await asyncio.to_thread(self._press, url, {"action": "deny"})

    def _press(self, url: str, fields: dict[str, str]) -> str:
        opener = urllib.request.build_opener(_Stay)
        try:
            opener.open(url, urlencode(fields).encode(), timeout=GUARD)
        except urllib.error.HTTPError as answer:
            assert answer.code == 302, answer.read()
            where = urlsplit(answer.headers["location"])
            return f"{where.path}?{where.query}"
        raise AssertionError("the provider sent the browser nowhere")


@pytest.fixture(scope="module")
def _provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.stop()


@pytest.fixture
def provider(_provider: Provider) -> Provider:
    """A provider, one process for the tests of a module; one that was stopped is started again."""
    if not _provider.is_running:
        _provider.start()
    return _provider
