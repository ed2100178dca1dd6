"""Requests that HTTP does not allow, or this server does not: each is answered at once."""

from __future__ import annotations

import asyncio

import pytest

from tests.gateway.conftest import Serve
from tests.kit.waiting import guarded

HOST = b"Host: chat.example.org\r\n"


async def answered(server: tuple[str, int], request: bytes) -> bytes:
    """The status line of the answer."""
    reader, writer = await asyncio.open_connection(*server)
    writer.write(request)
    try:
        with guarded("an answer"):
            return await reader.readline()
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n", b"400"),
        (b"GET / HTTP/1.1\r\n" + HOST + b"host: other.example.org\r\n\r\n", b"400"),
        (b"GET / HTTP/1.0\r\n" + HOST + HOST + b"\r\n", b"400"),
        (b"POST /api HTTP/1.1\r\nContent-Length: 0\r\n\r\n", b"400"),
        (b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n", b"400"),
        (b"CONNECT / HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"get / HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
        (b"post /api HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\n\r\n", b"400"),
        (b"trace / HTTP/1.1\r\n" + HOST + b"\r\n", b"400"),
    ],
)
async def test_a_request_that_is_none_is_answered(
    serve: Serve, request_: bytes, status: bytes
) -> None:
    async with serve() as server:
        assert (await answered(server.address, request_)).split()[1] == status


async def test_good_requests_are_answered_as_before(serve: Serve) -> None:
    async with serve() as server:
        for request in (b"GET / HTTP/1.0\r\n\r\n", b"GET / HTTP/1.1\r\n" + HOST + b"\r\n"):
            assert (await answered(server.address, request)).split()[1] != b"400"
        traced = await answered(server.address, b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n")
        assert traced.startswith(b"HTTP/1.1 ")
