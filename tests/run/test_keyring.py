"""Keys and database belong together: a start with keys missing, damaged or foreign is refused."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from petitbleu import keyring
from petitbleu.config import Config
from petitbleu.desk.outside import encryption
from petitbleu.desk.records.audit import heads
from petitbleu.desk.transparency import signing
from petitbleu.errors import LocalFault
from petitbleu.keys import RsaKeys, Secrets
from petitbleu.run import health
from petitbleu.run.instance import Instance, opened
from petitbleu.store.migrate import Refused
from petitbleu.store.query import query
from tests.kit.stores import drop_postgres_database, new_postgres_database
from tests.run.process import Process, command

EACH = ("rsa-0001.pem", "secrets.json", "vapid.pem", "vapid-members.pem",
        "journal-ed25519.pem", "report-ed25519.pem", "desk-age.key")  # fmt: skip


@pytest.fixture(params=["sqlite", "postgres"])
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    """Of an instance that does not exist yet, on each engine."""
    url = "sqlite" if request.param == "sqlite" else new_postgres_database()
    yield Config(data=tmp_path / "data", database=url)
    if url != "sqlite":
        drop_postgres_database(url)


@contextlib.asynccontextmanager
async def start(config: Config):  # type: ignore[no-untyped-def]
    async with opened(config, structlog.get_logger()) as instance:
        yield instance


async def used(config: Config) -> dict[str, bytes]:
    """Start the instance for the first time and use every key; the files of its keys."""
    async with start(config) as instance:
        use_keys(instance)
        await keyring.record(instance.app)
    return contents(config)


def use_keys(instance: Instance) -> None:
    heads.key(instance.app)
    signing.public(instance.app)
    encryption.recipient(instance.app)


def contents(config: Config) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (config.data / "keys").iterdir()}


def put_back(config: Config, files: dict[str, bytes]) -> None:
    folder = config.data / "keys"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


async def refusal(config: Config) -> str:
    """What the start says; it has to refuse, and to change nothing."""
    before = contents(config) if (config.data / "keys").exists() else None
    with pytest.raises(Refused) as raised:
        async with start(config):
            raise AssertionError("it started")
    assert before == (contents(config) if (config.data / "keys").exists() else None)
    return str(raised.value)


def flip(data: bytes) -> bytes:
    """The file with some bytes in its middle changed."""
    middle = len(data) // 2
    return (
        data[: middle - 4]
        + bytes(byte ^ 0x15 for byte in data[middle - 4 : middle])
        + data[middle:]
    )


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda data: None,
    "empty": lambda data: b"",
    "short": lambda data: data[: len(data) // 2],
    "changed": flip,
}


async def test_every_file_missing_damaged_or_foreign_is_refused_by_its_name(
    config: Config, tmp_path: Path
) -> None:
    files = await used(config)
    assert set(files) == set(EACH)
    foreign = await used(Config(data=tmp_path / "other"))
    for name in EACH:
        wrong = {what: damage(files[name]) for what, damage in DAMAGES.items()}
        wrong["foreign"] = foreign[name]
        for what, data in wrong.items():
            rest = {other: whole for other, whole in files.items() if other != name}
            put_back(config, rest if data is None else rest | {name: data})
            said = await refusal(config)
            assert f"keys/{name} is {'missing' if data is None else 'damaged'}" in said, what
            assert "Restore the whole folder" in said and "backup" in said
            assert not any(f"keys/{other} " in said for other in rest), said
    for nothing in ({}, foreign):
        put_back(config, nothing)
        said = await refusal(config)
        assert all(f"keys/{name} is " in said for name in EACH)
    shutil.rmtree(config.data / "keys")
    await refusal(config)
    put_back(config, {name: data.replace(b"\n", b"\r\n") for name, data in files.items()})
    async with start(config) as instance:
        use_keys(instance)


async def test_a_rotation_is_no_damage_and_going_back_behind_it_is(config: Config) -> None:
    files = await used(config)
    folder = config.data / "keys"
    for _ in range(3):  # the first key is not served any more
        RsaKeys.rotate(folder)
        Secrets.rotate(folder)
    async with start(config):
        pass
    newest = contents(config)
    assert "rsa-0001.pem" not in newest
    put_back(config, files)
    said = await refusal(config)
    assert "keys/rsa-0004.pem is missing" in said
    assert "keys/secrets.json is damaged or older than the database" in said
    put_back(config, newest)
    async with start(config):
        pass


async def forget_check_values(config: Config) -> None:
    """As a database of a release that did not have any."""
    async with start(config) as instance:

        async def drop(tx) -> None:  # type: ignore[no-untyped-def]
            await tx.run(query("delete from setting where name = 'keys.check'"))

        await instance.app.store.write(drop)


async def add_sealed(config: Config) -> None:
    from petitbleu.gateway.keys import Keys

    async with start(config) as instance:
        await Keys(instance.app).add(-77, os.urandom(256), salt=1, expires_at=None)


async def test_a_database_without_check_values_takes_those_of_its_keys(
    config: Config, tmp_path: Path
) -> None:
    files = await used(config)
    await add_sealed(config)
    await forget_check_values(config)
    for name in ("rsa-0001.pem", "secrets.json"):
        for damage in DAMAGES.values():
            data = damage(files[name])
            rest = {other: whole for other, whole in files.items() if other != name}
            put_back(config, rest if data is None else rest | {name: data})
            assert "keys/" in await refusal(config)
    put_back(config, {})
    assert "secrets.json is missing" in await refusal(config)
    put_back(config, await used(Config(data=tmp_path / "other")))
    assert "belongs to another instance" in await refusal(config)
    put_back(config, files)
    async with start(config) as instance:
        assert set(await keyring.expected_by(instance.app.store)) == set(
            keyring.digests(config.data / "keys")
        )
    put_back(config, {name: data for name, data in files.items() if name != "vapid.pem"})
    assert "keys/vapid.pem is missing" in await refusal(config)


async def test_a_first_start_cut_before_anything_is_used_begins_again(config: Config) -> None:
    RsaKeys.load_or_create(config.data / "keys")
    async with start(config):
        pass
    assert set(contents(config)) >= {"rsa-0001.pem", "secrets.json", "vapid.pem"}


async def test_a_key_that_goes_while_the_server_runs_is_said_and_not_made_anew(
    config: Config,
) -> None:
    await used(config)
    async with start(config) as instance:
        (config.data / "keys" / "report-ed25519.pem").unlink()
        with pytest.raises(LocalFault):
            signing.public(instance.app)
        report = await health.examine(instance.app)
        assert not report.ok
        assert any("keys/report-ed25519.pem is missing" in line for line in report.lines)


@pytest.mark.sometimes(2)
def test_the_command_line_says_it_and_a_lost_key_can_be_given_up(tmp_path: Path) -> None:
    data = tmp_path / "data"
    server = Process(data)
    (data / "keys" / "vapid.pem").unlink()
    result = command("check", "--data", str(data))
    assert result.returncode == 1 and "keys/vapid.pem is missing" in result.stdout
    server.stop()
    result = command("check", "--data", str(data))
    assert result.returncode == 3 and "keys/vapid.pem is missing" in result.stderr
    for arguments in (("serve", "--listen", "127.0.0.1:0"), ("admin", "user", "list")):
        result = command(*arguments, "--data", str(data))
        assert result.returncode == 1 and "keys/vapid.pem is missing" in result.stderr
        assert "Traceback" not in result.stderr and len(result.stderr.splitlines()) == 1
    assert command("keys", "forget", "secrets.json", "--data", str(data)).returncode == 1
    assert command("keys", "forget", "nothing.pem", "--data", str(data)).returncode == 1
    assert command("keys", "forget", "vapid.pem", "--data", str(data)).returncode == 0
    Process(data).stop()
    assert (data / "keys" / "vapid.pem").exists()


@pytest.mark.sometimes(2)
def test_a_restored_backup_starts(tmp_path: Path) -> None:
    data, saved, other = tmp_path / "data", tmp_path / "saved", tmp_path / "other"
    server = Process(data)
    assert command("backup", str(saved), "--data", str(data)).returncode == 0
    server.stop()
    assert command("restore", str(saved), "--data", str(other)).returncode == 0
    Process(other).stop()
    conn = sqlite3.connect(other / "petitbleu.sqlite")
    (value,) = conn.execute("select value from setting where name = 'keys.check'").fetchone()
    conn.close()
    assert set(json.loads(value)) == set(keyring.digests(other / "keys"))
