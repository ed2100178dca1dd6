"""A big file over four connections, cut off in the middle both ways and taken up again."""

from __future__ import annotations

import signal

from tests.clients.driver import ClientFailed, Driver
from tests.clients.walk import Step, Walk, equal, noise
from tests.kit.sizes import FULL

PIECE = 512 * 1024
CONNECTIONS = 4
BIG = 24 * 1024 * 1024 + 4321
HUGE = 200 * 1024 * 1024 + 4321
"""For one library, in the long run."""
RESUMES_ITSELF = ("tdlib", "tdlib_new")
"""Goes on by itself after a restart, over connections of its own; the answers of its commands are
the bytes that went over them.
"""
UNDER_WAY = 8
"""Pieces that TDLib may have had under way when it was killed."""


def size_for(client: str) -> int:
    """Bytes of the file that the client carries."""
    return HUGE if FULL and client == "telethon" else BIG


async def step_resumed(walk: Walk) -> None:
    """The process is killed with half of the parts acknowledged; a new one sends the rest, and
    the same again for the way back. What comes back is what was sent.
    """
    driver = walk.me.second
    size = size_for(walk.me.client)
    pieces = -(-size // PIECE)
    sent = noise(driver.folder / "big.bin", size, walk.me.phone)
    got = driver.folder / "back.bin"
    upload = {"path": str(sent), "journal": f"{sent}.journal", "file_id": size + walk.me.id}
    await _cut_and_resume(driver, "upload", upload, pieces)
    message = await driver.call(
        "keep", name="big.bin", file_id=size + walk.me.id, size=size, random_id=walk.me.id
    )
    fetch = {"id": message, "path": str(got), "journal": f"{got}.journal"}
    await _cut_and_resume(driver, "fetch", fetch, pieces)
    assert got.read_bytes() == sent.read_bytes(), "the file came back changed"
    for path in (sent, got):
        path.unlink()


async def _cut_and_resume(
    driver: Driver, do: str, arguments: dict[str, object], pieces: int
) -> None:
    half = pieces // 2
    try:
        await driver.call(do, **arguments, die_after=half)
    except ClientFailed as failure:
        if failure.refusal:
            raise
        equal(await driver.ended(), -signal.SIGKILL, f"{do}: end of the process")
    else:
        raise ClientFailed(f"{driver.label}: {do} was not cut off")
    await driver.start()
    await driver.call("connect", session="third")
    moved = await driver.call(do, **arguments, die_after=0, timeout=120)
    if driver.name in RESUMES_ITSELF:
        if do == "fetch":  # an upload starts anew
            most = (pieces - half + UNDER_WAY) * PIECE
            assert sum(moved) < most, f"{do}: {sum(moved)} bytes in the second run"
        return
    equal(len(moved), CONNECTIONS, f"{do}: connections")
    assert all(moved), f"{do}: idle connections: {moved}"
    # A piece that was under way when the process died may have to go again, no other.
    equal(sum(moved), pieces - half, f"{do}: pieces of the second run")


STEPS: dict[str, Step] = {"big file, resumed": step_resumed}
