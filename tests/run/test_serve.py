"""``petitbleu serve`` as a process: start, pages, control socket, commands, drain."""

from __future__ import annotations

import asyncio
import json
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from petitbleu.keys import RsaKeys
from petitbleu.mtproto import wire as tl
from petitbleu.tl import api, codec
from tests.gateway.wire import Tcp, exchange
from tests.kit.waiting import guarded
from tests.run.process import Process, command, with_layer


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance") / "data"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Process]:
    """A developer's server that has been started before."""
    first = Process(data, "--dev")
    code, errors = first.stop()
    assert code == 0, errors
    process = Process(data, "--dev")
    yield process
    code, errors = process.stop()
    assert code == 0 and "[error" not in errors, errors


async def test_second_start_takes_a_key_exchange_and_a_call(server: Process) -> None:
    client = await server.client()
    config = codec.decode(await client.call(with_layer(api.help.GetConfig())))
    assert isinstance(config, api.Config)
    assert server.address[1] in {option.port for option in config.dc_options}
    assert server.ready_after < 10, "the goal is 1.5 s on a quiet machine"


def test_start_says_what_one_needs(server: Process) -> None:
    said = "".join(server.said)
    for word in ("Address", "Public key", "Fingerprint", "/dev", "rsa.add_key(", "set_dc(2"):
        assert word in said


def test_secrets_are_for_their_owner_only(server: Process) -> None:
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((server.data / "keys").stat().st_mode) == 0o700
    for path in (server.data / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert stat.S_IMODE((server.data / "control.sock").stat().st_mode) == 0o600


def test_memory_of_an_empty_server_is_within_its_goal(server: Process) -> None:
    text = Path(f"/proc/{server.process.pid}/status").read_text()
    kib = int(next(line for line in text.splitlines() if line.startswith("VmRSS")).split()[1])
    assert kib < 110 * 1024


def test_pages(server: Process) -> None:
    status, front = server.get("/", Accept_Language="en")
    assert status == 200 and "<script" not in front and 'lang="en"' in front
    assert 'lang="fr"' in server.get("/", Accept_Language="fr-BE, en;q=0.5")[1]
    assert server.get("/nothing", Accept_Language="en")[0] == 404
    assert "nothing at this address" in server.get("/nothing", Accept_Language="en")[1]
    assert server.get("/static/page.css")[0] == 200
    assert server.get("/static/../app.py")[0] == 404
    status, page = server.get("/dev", Accept_Language="en")
    assert status == 200 and "BEGIN RSA PUBLIC KEY" in page and "<script" not in page


def test_observing_is_for_this_machine(server: Process) -> None:
    assert "database answers" in server.get("/healthz")[1]
    assert json.loads(server.get("/healthz", Accept="application/json")[1])["ok"] is True
    assert "petitbleu_connections" in server.get("/metrics")[1]
    for path in ("/healthz", "/metrics", "/dev"):
        assert server.get(path, X_Forwarded_For="192.0.2.1")[0] == 404


async def test_dev_page_shows_the_newest_code(server: Process) -> None:
    client = await server.client()
    sent = api.auth.SendCode(
        phone_number="+33612345678",
        api_id=1,
        api_hash="x",
        settings=api.CodeSettings(),
    )
    answer = codec.decode(await client.call(with_layer(sent)))
    assert isinstance(answer, api.auth.SentCode)
    page = await asyncio.to_thread(server.get, "/dev")
    assert "33612345678" in page[1]


def test_check_and_pubkey(server: Process) -> None:
    result = command("check", "--data", str(server.data), "--json")
    assert result.returncode == 0 and json.loads(result.stdout)["ok"] is True
    result = command("pubkey", "--data", str(server.data))
    assert result.stdout.startswith("-----BEGIN RSA PUBLIC KEY-----")
    fingerprint = result.stdout.split()[-1]
    assert fingerprint in "".join(server.said)


def test_a_second_server_on_the_folder_is_refused(server: Process) -> None:
    result = command("serve", "--data", str(server.data), "--listen", "127.0.0.1:0")
    assert result.returncode == 1
    assert "in use" in result.stderr and "Traceback" not in result.stderr


def test_control_socket_refuses_nonsense_in_words(server: Process) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(10)
        sock.connect(str(server.data / "control.sock"))
        stream = sock.makefile("rwb")
        for line in (b"nonsense", b"[]", b'{"command": 3}', b'{"command": "no.such"}'):
            stream.write(line + b"\n")
            stream.flush()
            answer = json.loads(stream.readline())
            assert answer["ok"] is False and answer["error"]


def test_check_without_a_server(tmp_path: Path) -> None:
    result = command("check", "--data", str(tmp_path))
    assert result.returncode == 3 and "no server runs" in result.stderr


async def test_two_keys_after_a_rotation(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = Process(data, "--dev")
    old = RsaKeys.load_or_create(data / "keys")
    client = await first.client()
    await client.call(with_layer(api.help.GetConfig()))
    first.stop()
    result = command("keys", "rotate", "--data", str(data), "--json")
    assert len(json.loads(result.stdout)["served"]) == 2
    second = Process(data, "--dev")
    carrier = await Tcp.open(second.address)
    await exchange(carrier, old)
    await second.client()
    client.carrier = await Tcp.open(second.address)
    assert await client.call(with_layer(api.help.GetConfig())), "a key sealed before still opens"
    second.stop()


async def test_sigterm_drains_and_ends_in_time(tmp_path: Path) -> None:
    server = Process(tmp_path / "data", "--dev")
    client = await server.client()
    await client.call(with_layer(api.help.GetConfig()))
    client.session.tell(tl.with_long(0x7ABE77EC, 1), time.time())
    with guarded("draining"):
        code, errors = await asyncio.to_thread(server.stop)
    assert code == 0
    assert "serve.stopped" in errors
    assert not (tmp_path / "data" / "control.sock").exists()


async def test_whoever_deletes_the_account_gets_an_answer(tmp_path: Path) -> None:
    server = Process(tmp_path / "data", "--dev")
    client = await server.client()

    async def ask(query: Any, first: bool = False) -> Any:
        body = with_layer(query) if first else codec.encode(query, 229)
        return codec.decode(await client.call(body))

    sent = await ask(
        api.auth.SendCode(
            phone_number="9996621111", api_id=1, api_hash="x", settings=api.CodeSettings()
        ),
        first=True,
    )
    proof = {"phone_number": "9996621111", "phone_code_hash": sent.phone_code_hash}
    await ask(api.auth.SignIn(phone_code="22222", **proof))
    await ask(api.auth.SignUp(first_name="Ada", last_name="", **proof))
    deleted = await client.call(codec.encode(api.account.DeleteAccount(reason=""), 229))
    assert codec.decode_result("account.deleteAccount", deleted, 229) is True
    assert isinstance(client.carrier, Tcp)
    assert await client.carrier.closed()
    server.stop()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_a_recorded_call_makes_no_second_group_after_a_start(
    tmp_path: Path, how: signal.Signals
) -> None:
    server = Process(tmp_path / "data", "--dev")
    client = await server.client()

    async def ask(query: Any, first: bool = False) -> Any:
        body = with_layer(query) if first else codec.encode(query, 229)
        return codec.decode(await client.call(body))

    sent = await ask(
        api.auth.SendCode(
            phone_number="9996621112", api_id=1, api_hash="x", settings=api.CodeSettings()
        ),
        first=True,
    )
    proof = {"phone_number": "9996621112", "phone_code_hash": sent.phone_code_hash}
    await ask(api.auth.SignIn(phone_code="22222", **proof))
    await ask(api.auth.SignUp(first_name="Ada", last_name="", **proof))
    await client.take_salt()
    make = api.channels.CreateChannel(megagroup=True, title="Town", about="")
    call = client.session.call(codec.encode(make, 229), time.time())
    (recorded,) = client.session.data_to_send(time.time())
    await client.carrier.send(recorded)
    await client.result(call)
    server.process.send_signal(how)
    server.process.wait()
    server = Process(tmp_path / "data", "--dev")
    attacker = await Tcp.open(server.address)
    await attacker.send(recorded)
    await attacker.receive()  # the refusal; a call that runs takes some more
    await asyncio.sleep(1.0)
    client.carrier = await Tcp.open(server.address)
    dialogs = await ask(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
        ),
        first=True,
    )
    assert [chat.title for chat in dialogs.chats] == ["Town"]
    server.stop()


def test_without_dev_the_start_says_what_is_missing(tmp_path: Path) -> None:
    server = Process(tmp_path / "data")
    said = "".join(server.said)
    assert "Login codes have no way to reach people" in said and "[smtp]" in said
    assert server.get("/dev")[0] == 404
    server.stop(signal.SIGINT)


def test_a_taken_port_is_said_in_words(server: Process, tmp_path: Path) -> None:
    address = f"127.0.0.1:{server.address[1]}"
    result = command("serve", "--data", str(tmp_path / "data"), "--listen", address)
    assert result.returncode == 1
    assert "cannot start" in result.stderr and "Traceback" not in result.stderr


def test_metrics_listen_serves_the_two_paths_to_anybody(tmp_path: Path) -> None:
    (tmp_path / "petitbleu.toml").write_text('metrics_listen = "127.0.0.1:0"\n')
    server = Process(tmp_path, "--dev")
    line = next(line for line in server.said if "Metrics" in line)
    url = f"http://{line.split()[-1]}/metrics"
    with urlopen(Request(url, headers={"X-Forwarded-For": "192.0.2.1"}), timeout=10) as response:
        assert b"petitbleu_sessions" in response.read()
    server.stop()


async def test_what_people_do_leaves_no_trace_in_the_log(tmp_path: Path) -> None:
    server = Process(tmp_path / "data", "--dev", "--log-level", "debug")
    client = await server.client()

    async def ask(query: Any, first: bool = False) -> Any:
        body = with_layer(query) if first else codec.encode(query, 229)
        return codec.decode(await client.call(body))

    phone, text = "9996627351", "the password of the cellar is sesame"
    sent = await ask(
        api.auth.SendCode(phone_number=phone, api_id=1, api_hash="x", settings=api.CodeSettings()),
        first=True,
    )
    proof = {"phone_number": phone, "phone_code_hash": sent.phone_code_hash}
    await ask(api.auth.SignIn(phone_code="22222", **proof))
    signed = await ask(api.auth.SignUp(first_name="Aurelie", last_name="Dupin", **proof))
    assert isinstance(signed, api.auth.Authorization)
    message = api.messages.SendMessage(peer=api.InputPeerSelf(), message=text, random_id=1)
    assert "pdate" in type(await ask(message)).__name__
    refused = api.messages.SendMessage(peer=api.InputPeerEmpty(), message=text, random_id=2)
    assert b"PEER_ID_INVALID" in await client.call(codec.encode(refused, 229))
    carrier = await Tcp.open(server.address)
    carrier.writer.write(bytes(4))  # a frame of no length
    assert await carrier.closed()
    code, errors = await asyncio.to_thread(server.stop)
    assert code == 0 and "serve.ready" in errors and "gateway.fault" in errors
    for secret in (phone, "7351", "22222", "sesame", "Aurelie", "Dupin", sent.phone_code_hash):
        assert secret not in errors, secret
