"""Who is answered on /dev, /metrics and /healthz: only callers that name this machine itself.

Against DNS rebinding: a name of somebody else's that points to 127.0.0.1 comes as the Host header.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.run.config import ConfigError, load
from petitbleu.web.hosts import host_of
from tests.run.process import Process

PATHS = ("/dev", "/metrics", "/healthz")

TAKEN = [
    "localhost", "localhost:{port}", "LocalHost:{port}", "127.0.0.1", "127.0.0.1:{port}",
    "127.0.0.1:1", "[::1]", "[::1]:{port}",
]  # fmt: skip
REFUSED = [
    "evil.example", "evil.example:{port}", "localhost.evil.example", "localhost.",
    "localhost.:{port}",
    "127.0.0.1.evil.example", "127.0.0.1.", "127.0.0.2", "127.1", "0x7f000001", "2130706433",
    "0.0.0.0", "0177.0.0.1", "::1", "::1:{port}", "[::1", "[::1%25lo]", "[::1%lo]", "[::]",
    "[::ffff:127.0.0.1]", "[::2]", "user@localhost", "evil.example@127.0.0.1", "user:x@localhost",
    "localhost@evil.example", "localhost:", "localhost:x", "localhost:{port}:{port}", "localhost/",
    "localhost, evil.example", "evil.example, localhost", "http://localhost", "local host", "",
    "localhost#", "localhost?", "*", "xn--localhost", "ip6-localhost", "localhost\\evil.example",
    "127.0.0.1\tevil.example", "local\u017fhost", "\u24db\u24de\u24d2alhost",
]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("hosts")
    (folder / "petitbleu.toml").write_text(
        'metrics_listen = "127.0.0.1:0"\ndomains_listen = "127.0.0.1:0"\n'
        'metrics_hosts = ["chat.internal", "10.0.0.5", "[fd00::5]"]\n'
    )
    process = Process(folder, "--dev")
    yield process
    code, errors = process.stop()
    assert code == 0 and "[error" not in errors, errors


def status(port: int, target: str, *headers: str, version: str = "1.1") -> int:
    """The status of a request as it stands here; 400 where the connection just ends."""
    lines = [f"GET {target} HTTP/{version}", *headers, "Connection: close", "", ""]
    with socket.create_connection(("127.0.0.1", port), 10) as sock:
        sock.sendall("\r\n".join(lines).encode("utf-8"))
        answer = b""
        while b"\r\n" not in answer and (data := sock.recv(4096)):
            answer += data
    return int(answer.split(b" ", 2)[1]) if answer else 400


@pytest.mark.parametrize("path", PATHS)
def test_only_names_of_this_machine_are_answered(server: Process, path: str) -> None:
    port = server.address[1]
    for host in TAKEN:
        assert status(port, path, f"Host: {host.format(port=port)}") == 200, host
    for host in REFUSED:
        got = status(port, path, f"Host: {host.format(port=port)}")
        assert got in (400, 404), (host, got)


@pytest.mark.parametrize("path", PATHS)
def test_requests_of_other_forms_are_refused(server: Process, path: str) -> None:
    port = server.address[1]
    local, evil = "Host: 127.0.0.1", "Host: evil.example"
    for headers in (
        (), (evil, local), (local, evil), (local, local), (evil, "X-Forwarded-Host: localhost"),
        (local, "X-Forwarded-Host: evil.example"), (local, "X-Forwarded-For: 127.0.0.1"),
        (local, "Forwarded: host=localhost"), (local, "Via: 1.1 proxy"), (local, "X-Real-IP: ::1"),
        (evil, "X-Forwarded-For: 127.0.0.1"), (evil, "X-Forwarded-For: 127.0.0.1", local),
    ):  # fmt: skip
        assert status(port, path, *headers) in (400, 404), headers
        assert status(port, path, *headers, version="1.0") in (400, 404), headers
    for target in (
        f"http://evil.example{path}",
        f"http://localhost{path}",
        f"https://127.0.0.1{path}",
    ):
        for headers in ((local,), (evil,), ()):
            assert status(port, target, *headers) in (400, 404), target


def test_pages_for_everybody_are_under_every_name(server: Process) -> None:
    for host in ("evil.example", "localhost"):
        assert status(server.address[1], "/", f"Host: {host}") == 200


def test_the_front_page_shows_the_way_to_developers_to_this_machine_only(server: Process) -> None:
    assert 'href="/dev"' in server.get("/", Host="localhost", Accept_Language="en")[1]
    assert 'href="/dev"' not in server.get("/", Host="evil.example", Accept_Language="en")[1]


def test_metrics_listen_takes_its_own_address_and_the_names_of_the_setting(server: Process) -> None:
    line = next(line for line in server.said if "Metrics" in line)
    port = int(line.rpartition(":")[2])
    for path in ("/metrics", "/healthz"):
        for host in (*TAKEN, "chat.internal", "Chat.Internal:{port}", "10.0.0.5:9", "[fd00::5]"):
            assert status(port, path, f"Host: {host.format(port=port)}") == 200, host
        for host in (*REFUSED, "chat.internal.", "chat.internal.evil.example", "10.0.0.6"):
            assert status(port, path, f"Host: {host.format(port=port)}") in (400, 421), host
        for headers in ((), ("Host: evil.example", "Host: chat.internal")):
            assert status(port, path, *headers) in (400, 421), headers
    assert status(port, "/dev", "Host: localhost") == 404


def test_domains_listen_answers_its_one_question(server: Process) -> None:
    line = next(line for line in server.said if "Domains" in line)
    port = int(line.partition("(")[0].rpartition(":")[2])
    ask = "/domains/ask?domain=gazette.example"
    for host in TAKEN:
        assert status(port, ask, f"Host: {host.format(port=port)}") == 404, "it is nobody's"
    for host in REFUSED:
        assert status(port, ask, f"Host: {host.format(port=port)}") in (400, 421), host
    for path in ("/", "/metrics", "/healthz", "/dev", "/s/news"):
        assert status(port, path, "Host: localhost") == 404, path


def test_a_host_of_plain_form_is_read() -> None:
    for header, host in (
        ("Chat.Example.org:8080", "chat.example.org"), ("10.0.0.5", "10.0.0.5"),
        ("[FD00::5]:1", "fd00::5"), ("a_b-c.local", "a_b-c.local"),
    ):  # fmt: skip
        assert host_of([header]) == host
    for headers in ([], ["a", "a"], ["a."], ["-a"], ["[::1"], ["a:"], ["a b"], ["é"]):
        assert host_of(headers) is None, headers


@pytest.mark.parametrize("name", ["a:9100", "http://a", "a b", "", "[::1", "::1", "a."])
def test_a_name_with_more_than_a_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="metrics_hosts"):
        load(tmp_path, {"metrics_hosts": [name]})
