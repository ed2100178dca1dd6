"""A witness as a server of its own: ``petitbleu witness``.

``POST /add-checkpoint`` as C2SP ``tlog-witness`` says, ``GET /checkpoint/SHA256`` the newest head
of a log (SHA-256 of its origin in hex), ``GET /`` the witness's key.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable

from aiohttp import web

from petitbleu.desk.records.witnesses.keeping import TEXT, Witness
from petitbleu.desk.records.witnesses.requests import MOST_BYTES
from petitbleu.eager import within

SECONDS = 10.0
"""Time a request has to arrive whole."""
_AT_ONCE = 64
"""Requests that are read at once; others wait."""


def application(witness: Witness) -> web.Application:
    """What answers."""
    turn = asyncio.Semaphore(_AT_ONCE)

    async def add(request: web.Request) -> web.Response:
        try:
            async with within(SECONDS), turn:
                body = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        answer = await witness.add(body)
        return web.Response(
            status=answer.status,
            body=answer.body.encode(),
            headers={"Content-Type": answer.kind},
        )

    async def newest(request: web.Request) -> web.Response:
        note = witness.newest(request.match_info["name"])
        if note is None:
            raise web.HTTPNotFound
        return web.Response(body=note.encode(), headers={"Content-Type": TEXT})

    async def key(request: web.Request) -> web.Response:
        return web.Response(body=f"{witness.key}\n".encode(), headers={"Content-Type": TEXT})

    web_app = web.Application(client_max_size=MOST_BYTES)
    web_app.router.add_post("/add-checkpoint", add)
    web_app.router.add_get("/checkpoint/{name:[0-9a-f]{64}}", newest)
    web_app.router.add_get("/", key)
    return web_app


async def serve(witness: Witness, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Answer until SIGINT or SIGTERM. ``ready`` gets the address."""
    runner = web.AppRunner(application(witness), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        over = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, over.set)
        bound = runner.addresses[0]
        ready(f"http://{f'[{bound[0]}]' if ':' in bound[0] else bound[0]}:{bound[1]}")
        await over.wait()
    finally:
        await runner.cleanup()
