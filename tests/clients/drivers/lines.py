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


def entity(name: str, value: Any) -> list[Any]:
    """A MessageEntity as ``[kind, offset, length, url]``; kind as in the schema, without its
    prefix.
    """
    kind = name.removeprefix("MessageEntity")
    return [kind[:1].lower() + kind[1:], value.offset, value.length, getattr(value, "url", None)]


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
            answer = {"error": f"{type(error).__name__}: {error}"}
        out.write(json.dumps(answer) + "\n")
        out.flush()
    await driver.disconnect()
