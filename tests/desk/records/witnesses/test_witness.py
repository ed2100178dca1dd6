"""``petitbleu witness`` in a process of its own answers as c2sp.org/tlog-witness says."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from petitbleu.desk.records.audit import merkle
from petitbleu.desk.records.witnesses import cosignatures, requests
from petitbleu.desk.records.witnesses.cosignatures import BadCosignature, BadKey
from petitbleu.desk.records.witnesses.keeping import file_name
from tests.desk.records.witnesses.kit import NAME, Log, begin, refused, running

TEXT = "text/plain; charset=utf-8"


def verified(line: str, key: str, note: str) -> int:
    """The time of a cosignature, checked by the letter of c2sp.org/tlog-cosignature."""
    name, number, coded = key.split("+", 2)
    public = base64.b64decode(coded)
    assert public[:1] == b"\x04"
    mark = hashlib.sha256(name.encode() + b"\n\x04" + public[1:]).digest()[:4]
    assert mark.hex() == number
    assert line.startswith(f"— {name} ") and line.endswith("\n")
    raw = base64.b64decode(line.split(" ")[2])
    assert raw[:4] == mark
    at = int.from_bytes(raw[4:12], "big")
    said = f"cosignature/v1\ntime {at}\n".encode() + note.split("\n\n")[0].encode() + b"\n"
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(raw[12:], said)
    return at


async def test_it_cosigns_what_goes_on_and_refuses_what_does_not(tmp_path: Path) -> None:
    log, other = Log(), Log("other.example.org/journal")
    fork = log.forked()
    async with running(tmp_path / "w", log.vkey()) as one:
        assert (await one.newest(""))[1] == one.key + "\n"
        status, line, kind = await one.post(log.body(0, 6))
        assert (status, kind) == (200, TEXT)
        assert verified(line, one.key, log.note(6)) > 1_700_000_000
        assert (await one.post(log.body(6, 6)))[0] == 200  # the same again, at another time
        status, line, _ = await one.post(log.body(6, 13))
        assert status == 200
        verified(line, one.key, log.note(13))
        # of before, ahead of what was signed, and the old size of nothing
        for old, size in ((6, 13), (0, 13), (0, 20), (7, 20)):
            status, said, kind = await one.post(log.body(old, size))
            assert (status, said, kind) == (409, "13\n", "text/x.tlog.size")
        assert (await one.post(log.body(13, 9)))[0] == 400  # an older head
        assert (await one.post(log.body(9, 9)))[:2] == (409, "13\n")
        # a fork: other lines with the same size, and later
        assert (await one.post(fork.body(13, 13)))[:2] == (409, "13\n")
        assert (await one.post(fork.body(13, 20)))[0] == 422
        # a proof that is none
        good = log.body(13, 20)
        lines = good.split(b"\n")
        for bad in (
            b"\n".join([lines[0], *lines[2:]]),
            b"\n".join([lines[0], base64.b64encode(bytes(32)), *lines[2:]]),
            b"\n".join([lines[0], lines[1], *lines[1:]]),
        ):
            assert (await one.post(bad))[0] == 422
        # a foreign log, a forged head, another key under the name of the log
        assert (await one.post(other.body(0, 3)))[0] == 404
        assert (await one.post(Log().body(13, 20)))[0] == 403
        assert (await one.post(good.replace(b"\n20\n", b"\n21\n")))[0] == 403
        assert (await one.post(good))[0] == 200
    kept = {path.read_text() for path in (tmp_path / "w" / "refused").iterdir()}
    assert {fork.note(13), fork.note(20)} <= kept, "what proves a fork is kept"


@pytest.mark.sometimes(2)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0",
        b"old -1\n\nx\n",
        b"old 00\n\nx\n",
        b"old 0\nxx\n\na\n1\nAA==\n\n",
        b"\xff\xfe",
        b"old 0\n" + b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" * 64 + b"\n",
        b"old 99999999999999999999999\n\nx\n",
    ],
)
async def test_what_is_no_request_is_400(tmp_path: Path, body: bytes) -> None:
    log = Log()
    async with running(tmp_path / "w", log.vkey()) as one:
        assert (await one.post(body))[0] == 400
        tail = log.note(3).encode()
        assert (await one.post(b"old 0\n\n" + tail.replace(b"\n3\n", b"\n+3\n")))[0] == 400
        assert (await one.post(b"old 0\n\n" + tail[:-1]))[0] == 400
        assert (await one.post(b"old 0\n" * 20_000))[0] == 413
        assert (await one.post(log.body(0, 3)))[0] == 200


async def test_a_proof_from_nothing_is_empty(tmp_path: Path) -> None:
    log = Log()
    async with running(tmp_path / "w", log.vkey()) as one:
        assert (await one.post(requests.write(0, [bytes(32)], log.note(3))))[0] == 422
        assert (await one.post(log.body(0, 0)))[0] == 200
        assert (await one.post(log.body(0, 3)))[0] == 200


async def test_what_it_has_signed_outlives_a_kill(tmp_path: Path) -> None:
    log, folder = Log(), tmp_path / "w"
    one = await begin(folder, log.vkey())
    assert (await one.post(log.body(0, 9)))[0] == 200
    assert "another witness" in await refused(folder, log.vkey())
    one.process.kill()
    await one.process.wait()
    async with running(folder, log.vkey()) as again:
        assert again.key == one.key
        assert (await again.post(log.forked().body(0, 9)))[:2] == (409, "9\n")
        status, note = await again.newest(f"checkpoint/{file_name(log.origin)}")
        assert status == 200
        text = log.note(9)
        assert note.startswith(text)
        verified(note.removeprefix(text), one.key, text)
        assert (await again.newest(f"checkpoint/{file_name('x')}"))[0] == 404


@pytest.mark.sometimes(2)
async def test_it_does_not_start_anew_where_its_heads_are_gone(tmp_path: Path) -> None:
    log, folder = Log(), tmp_path / "w"
    async with running(folder, log.vkey()) as one:
        assert (await one.post(log.body(0, 9)))[0] == 200
    path = folder / "heads" / file_name(log.origin)
    note = path.read_text()
    path.write_text(note.replace("\n9\n", "\n4\n"))
    assert "damaged" in await refused(folder, log.vkey())
    path.write_text(note)
    (folder / "witness-ed25519.pem").rename(folder / "away.pem")
    assert "missing" in await refused(folder, log.vkey())
    (folder / "away.pem").rename(folder / "witness-ed25519.pem")
    (folder / "heads").rename(folder / "away")
    assert "not known any more" in await refused(folder, log.vkey())


async def test_of_two_forks_at_once_one_is_signed(tmp_path: Path) -> None:
    log = Log()
    fork = log.forked()
    async with running(tmp_path / "w", log.vkey()) as one:
        bodies = [log.body(0, 9), fork.body(0, 9)] * 10
        found = await asyncio.gather(*(one.post(body) for body in bodies))
        assert sorted(status for status, _, _ in found) == [200] + [409] * 19


async def test_foreign_signatures_of_a_note_are_not_repeated(tmp_path: Path) -> None:
    log = Log()
    body = log.body(0, 9) + "— x.example/w AAAA\n".encode()
    async with running(tmp_path / "w", log.vkey()) as one:
        assert (await one.post(body))[0] == 200
        assert "x.example" not in (await one.newest(f"checkpoint/{file_name(log.origin)}"))[1]


def test_a_cosignature_is_of_one_key_and_one_head() -> None:
    log, key = Log(), Ed25519PrivateKey.generate()
    vkey = cosignatures.written(NAME, key.public_key())
    known, now = cosignatures.read_key(vkey), 1_790_000_000
    note = log.note(7)
    line = cosignatures.sign(note, NAME, key, now)
    assert verified(line, vkey, note) == now
    found = cosignatures.find(f"— other.example AAAA\n{line}", known, note, now)
    assert found == (now, line)
    stranger = cosignatures.sign(note, NAME, Ed25519PrivateKey.generate(), now)
    for bad in ("", "rubbish", stranger, line.replace(NAME, "other"), line[:-10] + "\n"):
        with pytest.raises(BadCosignature):
            cosignatures.find(bad, known, note, now)
    with pytest.raises(BadCosignature, match="verify"):
        cosignatures.find(line, known, log.forked().note(7), now)
    with pytest.raises(BadCosignature, match="future"):
        cosignatures.find(cosignatures.sign(note, NAME, key, now + 7200), known, note, now)
    for bad in ("", "x", vkey[:-4], vkey.replace(NAME, "z"), log.vkey(), "a b" + vkey):
        with pytest.raises(BadKey):
            cosignatures.read_key(bad)
    assert cosignatures.read_log_key(log.vkey()).name == log.origin
    assert merkle.EMPTY
