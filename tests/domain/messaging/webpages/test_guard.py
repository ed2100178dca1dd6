"""Where the fetcher does not go. Each case is a line of docs/operate/link-previews.md."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import zlib

import pytest

from petitbleu.domain.messaging.webpages.fetch import Limits, fetch
from petitbleu.domain.messaging.webpages.guard import Network, Refused, is_public, target
from tests.domain.messaging.webpages.inside import PUBLIC, answer, serving
from tests.kit.waiting import GUARD, guarded, until

LIMITS = Limits(2.0, 100_000, (80, 443), "test", "fr", ("text/html", "image/"))
PAGE = answer(b"<title>fine</title>")

INSIDE = (
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.7",
    "198.18.0.1", "198.51.100.9", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.216.34",
    "::7f00:1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1",
    "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "nonsense", "",
)  # fmt: skip
OUTSIDE = ("93.184.216.34", "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111",
           "2a00:1450:4007::200e")  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_of_the_inside_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_outside_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    (
        "file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "javascript:alert(1)",
        "http://example.org:22/", "http://example.org:6379/", "https://example.org:8443/",
        "http://user@example.org/", "http://user:word@example.org/", "http://exa mple.org/",
        "http://example.org/\r\nHost: inside", "http:///path", "http://[::1%25eth0]/",
        "http://example.org:99999/", "http://[::1/", "http://" + "a" * 3000,
    ),
)  # fmt: skip
def test_a_url_that_is_no_plain_web_address_is_not_even_resolved(url: str) -> None:
    with pytest.raises(Refused):
        target(url, (80, 443))


@pytest.mark.parametrize(
    "url",
    (
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0/",
        "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1./",
        "http://①②⑦.0.0.1/",
    ),
)  # fmt: skip
async def test_an_inside_address_in_any_spelling_is_not_connected_to(url: str) -> None:
    async with serving(lambda host, path: PAGE) as internet:
        with pytest.raises(Refused):
            await fetch(internet, url, LIMITS)
        assert internet.connected == []


async def test_a_public_name_with_an_inside_address_is_not_connected_to() -> None:
    async with serving(lambda host, path: PAGE) as internet:
        internet.names["evil.example"] = ["10.0.0.5"]
        internet.names["mixed.example"] = [PUBLIC, "127.0.0.1"]
        for host in ("evil.example", "mixed.example"):
            with pytest.raises(Refused):
                await fetch(internet, f"http://{host}/", LIMITS)
        assert internet.connected == []


async def test_a_name_that_changes_its_address_is_asked_once_and_dialled_as_it_was() -> None:
    async with serving(lambda host, path: PAGE) as internet:
        found = await fetch(internet, "http://rebind.example/", LIMITS)
        assert found.body == b"<title>fine</title>"
        assert internet.resolved == ["rebind.example"]
        assert internet.connected == [(PUBLIC, 80)]


async def test_a_redirect_is_looked_at_like_a_link() -> None:
    targets = {
        "/literal": "http://127.0.0.1/", "/name": "http://inside.example/",
        "/scheme": "file:///etc/passwd", "/port": "http://example.org:22/",
        "/meta": "http://169.254.169.254/", "/login": "http://a@example.org/",
    }  # fmt: skip

    def moved(host: str, path: str) -> bytes:
        return answer(b"", "text/html", "302 Found", f"Location: {targets[path]}")

    async with serving(moved) as internet:
        internet.names["inside.example"] = ["192.168.0.10"]
        for path in targets:
            internet.connected.clear()
            with pytest.raises(Refused):
                await fetch(internet, f"http://example.org{path}", LIMITS)
            assert internet.connected == [(PUBLIC, 80)]


async def test_redirects_end() -> None:
    def onward(host: str, path: str) -> bytes:
        number = int(path[1:] or 0)
        if number == 5:
            return PAGE
        return answer(b"", "text/html", "301 Moved", f"Location: /{number + 1}")

    async with serving(onward) as internet:
        assert (await fetch(internet, "http://example.org/0", LIMITS)).url.endswith("/5")
        with pytest.raises(Refused, match="too many redirects"):
            await fetch(internet, "http://example.org/-1", LIMITS)


async def test_a_server_that_drips_is_left() -> None:
    def slowly(host: str, path: str) -> list[bytes | float]:
        return [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", *[0.2, b"x"] * 50]

    async with serving(slowly) as internet:
        with guarded("a page that drips, given 0.5 s"), pytest.raises(TimeoutError):
            await fetch(internet, "http://example.org/", LIMITS._replace(seconds=0.5))


async def test_headers_and_body_without_end_are_cut_off() -> None:
    def endless(host: str, path: str) -> list[bytes | float]:
        if path == "/head":
            return [b"HTTP/1.1 200 OK\r\n", *[b"X-A: " + b"a" * 8000 + b"\r\n"] * 100]
        return [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", *[b"y" * 65_536] * 64]

    async with serving(endless) as internet:
        with pytest.raises(Refused, match=r"headers too large|not HTTP"):
            await fetch(internet, "http://example.org/head", LIMITS)
        found = await fetch(internet, "http://example.org/body", LIMITS)
        assert (len(found.body), found.whole) == (LIMITS.size, False)


@pytest.mark.parametrize("packed", ("gzip", "deflate"))
async def test_a_decompression_bomb_is_cut_off(packed: str) -> None:
    zeros = bytes(50 << 20)
    bomb = gzip.compress(zeros) if packed == "gzip" else zlib.compress(zeros)

    def blow(host: str, path: str) -> bytes:
        return answer(bomb, "text/html", "200 OK", f"Content-Encoding: {packed}")

    async with serving(blow) as internet:
        found = await fetch(internet, "http://example.org/", LIMITS)
        assert (len(found.body), found.whole) == (LIMITS.size, False)


@pytest.mark.parametrize(
    "given",
    (
        answer(b"x", "application/octet-stream"), answer(b"x", "application/zip"),
        answer(b"x", "text/html", "404 Not Found"), answer(b"x", "text/html", "500 Oops"),
        answer(b"\0\0", "text/html", "200 OK", "Content-Encoding: br"),
        answer(b"not gzip", "text/html", "200 OK", "Content-Encoding: gzip"),
        b"SSH-2.0-OpenSSH_9.6\r\n", b"", b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\nzz\r\n",
    ),
)  # fmt: skip
async def test_what_is_no_page_gives_nothing(given: bytes) -> None:
    async with serving(lambda host, path: given) as internet:
        with pytest.raises(Refused):
            await fetch(internet, "http://example.org/", LIMITS)


async def test_nothing_is_sent_but_a_plain_request() -> None:
    seen: list[tuple[str, str]] = []

    def look(host: str, path: str) -> bytes:
        seen.append((host, path))
        return PAGE

    async with serving(look) as internet:
        await fetch(internet, "http://Bücher.example/a b?q=é#part".replace(" ", "%20"), LIMITS)
    assert seen == [("xn--bcher-kva.example", "/a%20b?q=%C3%A9")]


async def test_name_servers_of_strangers_hold_up_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered, asked, real = threading.Event(), [], socket.getaddrinfo

    def slow(host: str, *args: object, **more: object) -> object:
        if not str(host).endswith(".slow.example"):
            return real(host, *args, **more)  # type: ignore[arg-type]
        asked.append(host)
        answered.wait(GUARD)
        raise socket.gaierror("nobody answers")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    network = Network()
    waiting = [asyncio.create_task(network.resolve(f"{n}.slow.example", 80)) for n in range(40)]
    try:
        await until(lambda: asked)
        async with asyncio.timeout(GUARD / 2):
            await asyncio.get_running_loop().getaddrinfo("localhost", 25)
        assert not any(one.done() for one in waiting)
    finally:
        for one in waiting:
            one.cancel()
        answered.set()
    await asyncio.gather(*waiting, return_exceptions=True)
