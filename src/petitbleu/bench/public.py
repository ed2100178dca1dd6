"""The work about public pages: how many a second, kept ones and ones that are written anew, what
they weigh, and what messages feel of a post that everybody reads.

With nginx on the machine, the same behind ``deploy/nginx.conf``, which keeps pages itself.
"""

from __future__ import annotations

import asyncio
import gzip
import http.client
import multiprocessing
import re
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import msgspec
import psutil

from petitbleu.bench import bare, nginx, people, readers
from petitbleu.bench.interference import Beside
from petitbleu.bench.messages import Pairs
from petitbleu.bench.readers import Read
from petitbleu.bench.rig import Figures, Harness
from petitbleu.bench.search import Speech
from petitbleu.bench.server import HOST, Server, cpu_seconds, free_port
from petitbleu.bench.wire_client import Connection
from petitbleu.tl import api, codec

NAME = "gazette"
CONNECTIONS = 32
AT_ONCE = 25
"""Posts under way while the channel is filled."""
ROUNDS = 2
Reading = Callable[[list[str], float, int], asyncio.Future[Read]]
"""Of messages alone and beside readers, in turn."""
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_SCRIPT = re.compile(r'<script src="([^"]+)"')


async def public(rig: Harness, *, posts: int = 2500, seconds: float = 8.0) -> Figures:
    """A channel of ``posts``; each measurement takes ``seconds``."""
    newest = await _fill(rig, posts)
    front = f"/s/{NAME}"
    older = [f"{front}?before={n}&lang={lang}" for lang in ("fr", "en") for n in range(22, posts)]
    pair = await Pairs.of(rig, 1)
    beside = {"viral": Beside(pair), "crawl": Beside(pair)}
    figures = weights(rig.server.port, front)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        # Readers elsewhere: their work must not delay the messages.
        loop = asyncio.get_running_loop()

        def reading(paths: list[str], seconds: float, port: int = 0) -> asyncio.Future[Read]:
            at = port or rig.server.port
            return loop.run_in_executor(other, readers.read, HOST, at, paths, seconds, CONNECTIONS)

        await reading([front], 1.0)
        for name, paths in (("cached", [front]), ("uncached", older)):
            meter = rig.meter()
            found = await reading(paths, seconds)
            meter.stop()
            figures |= _rates(name, found)
            figures[f"{name}_cpu_us_per_page"] = meter.cpu / max(found.pages, 1) * 1e6
        figures |= await _beside_bare(rig, reading, front, seconds)
        if nginx.program() is not None:
            figures |= await _behind(rig, reading, front, seconds)
        for _ in range(ROUNDS):
            for kind, paths in (("viral", [f"/{NAME}/{newest}"]), ("crawl", older)):
                await beside[kind].without(seconds / ROUNDS)
                work = reading(paths, seconds / ROUNDS)
                await beside[kind].during(kind, work)
                figures[f"{kind}_pages_per_second"] = work.result().pages / work.result().seconds
    pair.close()
    for kind, measured in beside.items():
        figures |= {f"{kind}_{name}": value for name, value in measured.figures().items()}
    return figures


async def _beside_bare(rig: Harness, reading: Reading, path: str, seconds: float) -> Figures:
    """The same page, and the bare framework that sends the same bytes, in turn."""
    body, headers = _answer(rig.server.port, path)
    port, file = free_port(), rig.server.data.with_name("bare")
    file.write_bytes(msgspec.msgpack.encode(bare.Given(path, headers, body)))
    words = (sys.executable, "-m", bare.__name__, str(port), str(file))
    process = await asyncio.create_subprocess_exec(*words)
    kept: list[float] = []
    beside: list[float] = []
    try:
        await asyncio.sleep(2.0)
        for _ in range(ROUNDS):
            for at, rates in ((0, kept), (port, beside)):
                found = await reading([path], seconds / ROUNDS, at)
                rates.append(found.pages / found.seconds)
    finally:
        process.terminate()
        await process.wait()
    return {
        "bare_pages_per_second": sum(beside) / ROUNDS,
        "kept_to_bare": sum(kept) / sum(beside),
    }


async def _behind(rig: Harness, reading: Reading, path: str, seconds: float) -> Figures:
    """The same page from nginx, which keeps it: CPU is that of nginx and of the server."""
    port = free_port()
    folder = rig.server.data.with_name("nginx")
    folder.mkdir()
    words = nginx.command(folder, port, rig.server.port)
    process = await asyncio.create_subprocess_exec(*words)
    try:
        await asyncio.sleep(1.0)
        front = psutil.Process(process.pid)
        await reading([path], 0.5, port)
        meter, before = rig.meter(), cpu_seconds(front)
        found = await reading([path], seconds, port)
        meter.stop()
        used = meter.cpu + cpu_seconds(front) - before
    finally:
        process.terminate()
        await process.wait()
    return _rates("nginx", found) | {"nginx_cpu_us_per_page": used / max(found.pages, 1) * 1e6}


def _rates(name: str, found: Read) -> Figures:
    return {
        f"{name}_pages_per_second": found.pages / found.seconds,
        f"{name}_p50_ms": found.p50_ms,
        f"{name}_p99_ms": found.p99_ms,
        f"{name}_not_200": float(found.others),
        f"{name}_kib_per_page": found.size / max(found.pages, 1) / 1024,
    }


async def _fill(rig: Harness, posts: int) -> int:
    """The channel; the id of its newest post."""
    rig.server.stop()
    address = f'public_url = "http://{HOST}:{rig.server.port}"\n'
    (rig.server.data / "petitbleu.toml").write_text(address, "utf-8")
    rig.server.start()
    (owner,) = await rig.crowd(1)
    connection = await people.online(rig.at, owner)
    peer = await channel(connection, rig.server)
    speech = Speech(7)
    for first in range(0, posts, AT_ONCE):
        saying = [
            api.messages.SendMessage(peer=peer, message=_text(speech), random_id=first + n + 1)
            for n in range(AT_ONCE)
        ]
        await asyncio.gather(*(connection.call(people.request(one)) for one in saying))
    answer = codec.decode(await connection.call(people.request(
        api.messages.GetHistory(peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=1,
                                max_id=0, min_id=0, hash=0)
    )))  # fmt: skip
    connection.close()
    return int(answer.messages[0].id)


async def channel(connection: Connection, server: Server) -> api.InputPeerChannel:
    """A new channel of the connection's account, with a public page under :data:`NAME`."""
    made = codec.decode(await connection.call(people.request(
        api.channels.CreateChannel(broadcast=True, title="La Gazette", about="Nouvelles")
    )))  # fmt: skip
    found = made.chats[0]
    input_channel = api.InputChannel(channel_id=found.id, access_hash=found.access_hash)
    naming = api.channels.UpdateUsername(channel=input_channel, username=NAME)
    await connection.call(people.request(naming))
    await asyncio.to_thread(server.run, "admin", "channel", "public", NAME, "on")
    return api.InputPeerChannel(channel_id=found.id, access_hash=found.access_hash)


def _text(speech: Speech) -> str:
    """A post as a newsroom writes it: some sentences, a link, a hashtag."""
    said = ". ".join(speech.text(old=False) for _ in range(5))
    return f"{said}. https://www.example.org/{speech.words[7]} #{speech.words[3]}"


def weights(port: int, path: str) -> Figures:
    """KiB of a page of twenty posts with its style sheets, and bytes of its scripts, as gzip."""
    html = _get(port, path)
    sheets = [_get(port, sheet) for sheet in _SHEET.findall(html.decode())]
    scripts = [_get(port, script) for script in _SCRIPT.findall(html.decode())]
    packed = [len(gzip.compress(source)) for source in (html, *sheets)]
    return {
        "html_css_kib": sum(packed) / 1024,
        "script_bytes": float(sum(len(gzip.compress(script)) for script in scripts)),
        "posts_on_page": float(html.count(b"<article ")),
    }


def _get(port: int, path: str) -> bytes:
    return _answer(port, path)[0]


def _answer(port: int, path: str) -> tuple[bytes, dict[str, str]]:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.read(), {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()
