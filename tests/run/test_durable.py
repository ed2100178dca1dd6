"""What a start makes is on the disk, with its name, before anybody relies on it.

The calls of the process are recorded in their order: a file is synced, then renamed, then its
folder is synced; a folder is made, then the one that holds it is synced.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import structlog

from petitbleu.blobs.local import LocalBlobs
from petitbleu.config import Config
from petitbleu.desk.outside import encryption
from petitbleu.desk.records.audit import heads
from petitbleu.desk.transparency import signing
from petitbleu.keys import RsaKeys, Secrets
from petitbleu.run.instance import opened

Call = tuple[str, str]


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """``("sync", path)``, ``("made", folder)`` and ``("renamed", to)``, as they happen."""
    calls: list[Call] = []
    fsync, mkdir, replace, rename = os.fsync, os.mkdir, os.replace, os.rename

    def recorded_fsync(fd: Any) -> None:
        fsync(fd)
        calls.append(("sync", str(Path(f"/proc/self/fd/{fd}").readlink())))

    def recorded_mkdir(path: Any, *more: Any, **options: Any) -> None:
        mkdir(path, *more, **options)
        calls.append(("made", os.path.realpath(path)))

    def recorded_replace(source: Any, to: Any, **options: Any) -> None:
        replace(source, to, **options)
        calls.append(("moved", os.path.realpath(source)))
        calls.append(("renamed", os.path.realpath(to)))

    def recorded_rename(source: Any, to: Any, **options: Any) -> None:
        rename(source, to, **options)
        calls.append(("moved", os.path.realpath(source)))
        calls.append(("renamed", os.path.realpath(to)))

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "mkdir", recorded_mkdir)
    monkeypatch.setattr(os, "replace", recorded_replace)
    monkeypatch.setattr(os, "rename", recorded_rename)
    return calls


def assert_durable(calls: list[Call], path: Path) -> None:
    """A file's contents were synced under the name it had before, then its name was."""
    at = max(n for n, call in enumerate(calls) if call == ("renamed", str(path)))
    what, source = calls[at - 1]
    assert what == "moved"
    assert ("sync", source) in calls[: at - 1], f"{path} was renamed before it was synced"
    assert ("sync", str(path.parent)) in calls[at:], f"the name of {path} was not synced"


def assert_folder_durable(calls: list[Call], folder: Path) -> None:
    """Its name was synced, before anything in it was relied on."""
    made = calls.index(("made", str(folder)))
    synced = calls.index(("sync", str(folder.parent)), made)
    inside = [n for n, (what, path) in enumerate(calls) if what == "renamed"
              and Path(path).parent == folder]  # fmt: skip
    assert all(synced < n for n in inside), f"{folder} was used before its name was synced"


async def test_all_that_a_first_start_makes_is_synced(tmp_path: Path, recorded: list[Call]) -> None:
    config = Config(data=tmp_path / "deep" / "er" / "data")
    async with opened(config, structlog.get_logger()) as instance:
        heads.key(instance.app)
        signing.public(instance.app)
        encryption.recipient(instance.app)
    files = [path for path in (config.data / "keys").iterdir() if path.suffix != ".new"]
    assert len(files) >= 6
    for path in [*files, config.data / "public.pem"]:
        assert_durable(recorded, path)
    for folder in (config.data / "keys", config.data, *list(config.data.parents)[:2]):
        assert_folder_durable(recorded, folder)


def test_rotated_keys_are_synced(tmp_path: Path, recorded: list[Call]) -> None:
    RsaKeys.load_or_create(tmp_path)
    Secrets.load_or_create(tmp_path)
    recorded.clear()
    RsaKeys.rotate(tmp_path)
    Secrets.rotate(tmp_path)
    for name in ("rsa-0002.pem", "secrets.json"):
        assert_durable(recorded, tmp_path / name)


@pytest.mark.parametrize("how", ["put", "adopt", "free first"])
async def test_folders_of_blobs_are_synced_before_a_blob_is(
    tmp_path: Path, recorded: list[Call], how: str
) -> None:
    blobs, sha = LocalBlobs(tmp_path / "data" / "blobs"), os.urandom(32)
    if how == "free first":
        await blobs.free()
    if how == "adopt":
        (tmp_path / "upload").write_bytes(b"content")
        await blobs.adopt(sha, 0, tmp_path / "upload")
    else:
        await blobs.put(sha, 0, b"content")
    path = blobs.path(sha)
    assert_durable(recorded, path)
    for folder in (path.parent, tmp_path / "data" / "blobs", tmp_path / "data"):
        assert_folder_durable(recorded, folder)


async def test_folders_that_an_earlier_start_made_are_synced_again(
    tmp_path: Path, recorded: list[Call]
) -> None:
    """It may have been cut between making them and syncing their names."""
    (tmp_path / "data" / "keys").mkdir(parents=True)
    (tmp_path / "data" / "blobs").mkdir()
    recorded.clear()
    async with opened(Config(data=tmp_path / "data"), structlog.get_logger()):
        pass
    await LocalBlobs(tmp_path / "data" / "blobs").put(os.urandom(32), 0, b"content")
    first = recorded.index(("sync", str(tmp_path / "data")))
    assert first < recorded.index(("renamed", str(tmp_path / "data" / "keys" / "rsa-0001.pem")))
    assert recorded.count(("sync", str(tmp_path / "data"))) >= 2
    assert ("sync", str(tmp_path)) in recorded
