"""The desk and the public pages of several workers in Chromium: HAProxy gives each request to the
next worker, and says which one that was.

Fixtures make one with :func:`proxied_desk`; people come in by ``await desk.invited("lead")``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Response

from petitbleu.bench import haproxy
from petitbleu.bench.server import free_port
from tests.kit.chromium import Window, browsing
from tests.kit.proxied import ProxiedCluster
from tests.kit.waiting import GUARD

SETTINGS = 'public_url = "http://localhost:{port}"\nname = "Chez nous"\n'


class ProxiedDesk:
    """The workers, and browsers that come by HAProxy."""

    def __init__(self, cluster: ProxiedCluster, base: str, browser: Any) -> None:
        self.cluster = cluster
        self.base = base
        self.browser = browser
        self.asked: list[tuple[str, str, int]] = []
        """Path, worker and status of each answer, in order."""

    async def window(self, *, passkeys: bool = True, **settings: Any) -> Window:
        """A fresh profile; ``passkeys``: with a device of its own."""
        context = await self.browser.new_context(**{"locale": "en", **settings})
        context.set_default_timeout(GUARD * 1000)
        window = Window(self.base, context, await context.new_page())
        if passkeys:
            await window.device()
        window.page.on("response", self._note)
        return window

    def _note(self, response: Response) -> None:
        worker = response.headers.get(haproxy.WORKER_HEADER)
        if worker is not None:
            self.asked.append((urlsplit(response.url).path, worker, response.status))

    async def invited(self, *roles: str) -> Window:
        """Somebody of the staff, signed in with a passkey that they have just made; the desk is
        open once somebody works on child-safety cases.
        """
        given = [word for role in (*roles, "child_safety") for word in ("--role", role)]
        who = ("--name", "Ada", "--email", "ada@example.org", "--language", "en")
        words = ("admin", "staff", "invite", *who, *given)
        made = json.loads(await asyncio.to_thread(self.cluster.run, *words, "--json"))
        window = await self.window()
        await window.page.goto(made["link"])
        await window.page.click("form[data-passkey=create] button")
        await window.page.wait_for_url("**/desk/sign-in**")
        await self.by_passkey(window)
        return window

    async def by_passkey(self, window: Window) -> None:
        """Press the button of the sign-in page."""
        await window.page.click("form[data-passkey=get] button")
        await window.page.wait_for_url(self.base + "/desk")


@asynccontextmanager
async def proxied_desk(workers: int, settings: str = "") -> AsyncIterator[ProxiedDesk]:
    """So many workers with a site of their own; ``settings``: more lines, after the first."""
    port = free_port()
    cluster = ProxiedCluster(workers, settings=SETTINGS.format(port=port) + settings)
    await asyncio.to_thread(cluster.start)
    try:
        await asyncio.to_thread(cluster.local.add_proxy, port)
        async with browsing() as browser:
            yield ProxiedDesk(cluster, f"http://localhost:{port}", browser)
    finally:
        await asyncio.to_thread(cluster.stop)
