"""The loop of the Python drivers: a JSON command a line on stdin, its answer on stdout.

Runs inside a client's own environment, so it knows only the standard library.
"""

from __future__ import annotations

import asyncio
import json
import sys
import traceback
from collections.abc import Callable
from typing import Any


def _failure(error: Exception) -> dict[str, Any]:
    """What the library raised; ``refusal`` names the server's error as far as the library says
    it.
    """
    told = {"error": f"{type(error).__name__}: {error}"}
    name = type(error).__name__.removesuffix("Error")
    # Of an error that has no class of its own Telethon keeps the name in the instance.
    name = vars(error).get("message") or name
    told["refusal"] = getattr(error, "ID", None) or name
    seconds = getattr(error, "seconds", None) or getattr(error, "value", None)
    if isinstance(seconds, int):
        told["seconds"] = seconds
    return told


async def serve(make: Callable[[dict[str, Any]], Any]) -> None:
    """Answer commands with the methods of ``make(settings)`` until stdin ends."""
    driver = make(json.loads(sys.argv[1]))
    reader = asyncio.StreamReader(limit=1 << 24)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    out = sys.stdout
    sys.stdout = sys.stderr  # a library that prints must not break the protocol
    while line := await reader.readline():
        arguments = json.loads(line)
        try:
            answer = {"ok": await getattr(driver, arguments.pop("do"))(**arguments)}
        except Exception as error:
            traceback.print_exc()
            answer = _failure(error)
        out.write(json.dumps(answer) + "\n")
        out.flush()
    await driver.disconnect()
