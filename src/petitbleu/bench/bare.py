"""The bare framework beside the server: Starlette under uvicorn, one route, the same bytes.

``python -m petitbleu.bench.bare PORT FILE``; the file is a :class:`Given` in msgpack.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec


class Given(msgspec.Struct):
    """The answer that is sent, as another server sent it."""

    path: str
    headers: dict[str, str]
    body: bytes


def main(port: int, given: Given) -> None:
    """Serve until killed."""
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def page(request: Request) -> Response:
        return Response(given.body, headers=given.headers)

    app = Starlette(routes=[Route(given.path, page)])
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        http="httptools",
        loop="uvloop",
        lifespan="off",
        access_log=False,
        server_header=False,
        date_header=False,
        log_level="error",
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), msgspec.msgpack.decode(Path(sys.argv[2]).read_bytes(), type=Given))
