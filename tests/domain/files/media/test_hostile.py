"""Hostile files cost one job and give an answer; the server goes on. See docs/operate/media.md."""

from __future__ import annotations

import io
import os
import stat
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from petitbleu.domain.files.media import storage
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location, picture, upload
from tests.kit.waiting import guarded
from tests.kit.world import Client, RpcFault, World, running

SELF = api.InputPeerSelf()


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    """One engine is enough here: no statement differs by what a file holds."""
    async with running(World(sqlite_store, tmp_path)) as made:
        yield made


async def as_photo(client: Client, data: bytes) -> str:
    """What sending ``data`` as a photo is answered; '' where it works."""
    file = await upload(client, data, "photo.jpg", part=524_288)
    media = api.InputMediaUploadedPhoto(file=file)
    try:
        await client.call(api.messages.UploadMedia(peer=SELF, media=media))
    except RpcFault as refused:
        return refused.message
    return ""


async def as_file(client: Client, data: bytes, mime: str, *attributes: Any) -> Any:
    """The document that ``data`` becomes."""
    file = await upload(client, data, "file", part=524_288)
    media = document_input(file, mime, *attributes)
    return (await client.call(api.messages.UploadMedia(peer=SELF, media=media))).document


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG file with this head and these (packed) pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """50,000 x 50,000 black pixels in a few kilobytes."""
    packer = zlib.compressobj(9)
    rows = packer.compress(bytes(1 << 24))
    return png(50_000, 50_000, rows + packer.flush())


def text_bomb() -> bytes:
    """A small picture with a text chunk of 200 MB, packed."""
    small = picture(8, 8, "PNG")
    packed = zlib.compress(bytes(200 << 20), 9)
    body = b"zTXtComment\0\0" + packed
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return small[:33] + chunk + small[33:]


def animation() -> bytes:
    """A GIF of many frames: only the first counts."""
    out = io.BytesIO()
    frames = [Image.new("P", (600, 600), n) for n in range(64)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"
 xmlns:xlink="http://www.w3.org/1999/xlink"><script>alert(1)</script>
 <image xlink:href="http://127.0.0.1:1/"/></svg>"""


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (bomb, "PHOTO_INVALID_DIMENSIONS"),
        (png(9000, 9000, b""), "PHOTO_INVALID_DIMENSIONS"),
        (png(3000, 100, zlib.compress(b"x")), "PHOTO_INVALID_DIMENSIONS"),
        (png(4000, 4000, zlib.compress(b"x")), "IMAGE_PROCESS_FAILED"),
        (text_bomb, "IMAGE_PROCESS_FAILED"),
        (picture(500, 500)[:2000], "IMAGE_PROCESS_FAILED"),
        (picture(64, 64, "PNG")[:90], "IMAGE_PROCESS_FAILED"),
        (SVG, "PHOTO_EXT_INVALID"),
        (b"%PDF-1.7 ...", "PHOTO_EXT_INVALID"),
        (picture(64, 64, "TIFF"), "PHOTO_EXT_INVALID"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PHOTO_EXT_INVALID"),
        (os.urandom(5000), "PHOTO_EXT_INVALID"),
        (bytes(11 << 20), "PHOTO_SAVE_FILE_INVALID"),
        (picture(64, 64) + b"<script>alert(1)</script>", ""),
        (animation, ""),
    ],
    ids=[
        "decompression-bomb", "too-many-pixels", "too-long-and-thin", "pixels-missing",
        "text-bomb", "cut-jpeg", "cut-png", "svg", "pdf", "tiff", "postscript", "noise",
        "too-large", "polyglot", "animation",
    ],
)  # fmt: skip
async def test_pictures_meant_to_harm(
    world: World, data: bytes | Callable[[], bytes], expected: str
) -> None:
    data = data() if callable(data) else data
    ada = await world.sign_up()
    with guarded("a hostile picture"):
        assert await as_photo(ada, data) == expected
    # The next job is served.
    assert await as_photo(ada, picture(40, 40)) == ""


@pytest.mark.turns(2)
@pytest.mark.parametrize("data", [bomb, SVG, b"\xff\xd8\xff broken", text_bomb])
async def test_the_same_sent_as_files_are_kept_as_they_came(
    world: World, data: bytes | Callable[[], bytes]
) -> None:
    data = data() if callable(data) else data
    ada = await world.sign_up()
    for mime in ("image/png", "image/svg+xml"):
        document = await as_file(ada, data, mime)
        assert await download(ada, location(document)) == data
        # Nothing is made of what cannot be decoded within the limits.
        assert document.thumbs is None


@pytest.mark.sometimes(2)
async def test_a_worker_that_hangs_is_ended_and_costs_one_answer(world: World) -> None:
    """A decoder in an endless loop, played by a fake ``ffprobe`` that sleeps."""
    limits = msgspec.structs.replace(
        world.app.config.storage, ffprobe=fake(world, "sleep 600"), worker_seconds=4
    )
    world.app.config = msgspec.structs.replace(world.app.config, storage=limits)
    ada = await world.sign_up()
    video = b"\0\0\0\x18ftypisom" + bytes(100)
    with guarded("a decoder that sleeps for ten minutes, given four seconds"):
        document = await as_file(ada, video, "video/mp4")
    assert document.size == len(video)
    assert storage.JOBS_FAILED.values.get("", 0) > 0
    assert await as_photo(ada, picture(40, 40)) == ""


def fake(world: World, script: str) -> str:
    """A program that answers as ffprobe would."""
    path = Path(world.app.config.data) / "fake-ffprobe"
    path.write_text("#!/bin/sh\n" + script, "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


MEASURED = (
    '{"format":{"duration":"12.5","tags":{"title":"T","artist":"A"}},"streams":'
    '[{"codec_type":"video","codec_name":"h264","width":640,"height":360,'
    '"side_data_list":[{"rotation":90}]}]}'
)


def probing(world: World, script: str) -> None:
    limits = msgspec.structs.replace(world.app.config.storage, ffprobe=fake(world, script))
    world.app.config = msgspec.structs.replace(world.app.config, storage=limits)


async def test_a_video_is_measured_where_its_sender_said_nothing(world: World) -> None:
    probing(world, f"cat <<'END'\n{MEASURED}\nEND\n")
    ada = await world.sign_up()
    document = await as_file(ada, b"\0\0\0\x18ftypisom" + bytes(50), "video/mp4")
    (video,) = [a for a in document.attributes if type(a) is api.DocumentAttributeVideo]
    assert (video.duration, video.w, video.h) == (12.5, 360, 640)
    assert (video.video_codec, video.nosound) == ("h264", True)
    said = api.DocumentAttributeVideo(duration=3.0, w=11, h=12, nosound=True, video_codec="av1")
    document = await as_file(ada, b"\0\0\0\x18ftypmp42" + bytes(50), "video/mp4", said)
    assert said in document.attributes


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "echo 'not json'",
        'echo \'{"streams":[{"codec_type":"video","width":"wide"}]}\'',
        "echo '[]'",
        "yes | head -c 50000000",
    ],
)
async def test_what_a_measurement_says_is_not_believed_blindly(world: World, script: str) -> None:
    probing(world, script)
    ada = await world.sign_up()
    document = await as_file(ada, b"\0\0\0\x18ftypisom" + bytes(50), "video/mp4")
    assert [type(one) for one in document.attributes] == [api.DocumentAttributeFilename]


async def test_only_containers_are_measured_never_lists_that_name_other_files(
    world: World,
) -> None:
    """An HLS or concat list would make ffprobe open what it names: it is never handed one."""
    called = Path(world.app.config.data) / "called"
    probing(world, f"touch {called}")
    ada = await world.sign_up()
    for data in (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", b"ffconcat version 1.0\nfile /x"):
        await as_file(ada, data, "video/mp4")
    assert not called.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.exe", "a.exe"),
        ("a\0b\nc\u202ed.txt", "abcd.txt"),
        ("..", None),
        ("x" * 400 + ".txt", "x" * 251 + ".txt"),
    ],
)
async def test_file_names_are_names(world: World, name: str, kept: str | None) -> None:
    ada = await world.sign_up()
    file = await upload(ada, b"content", name)
    answer = await ada.call(api.messages.UploadMedia(peer=SELF, media=document_input(file)))
    names = [one.file_name for one in answer.document.attributes]
    assert names == ([] if kept is None else [kept])


async def test_a_content_type_is_a_content_type(world: World) -> None:
    ada = await world.sign_up()
    for mime in ("text/html\r\nX: y", "nonsense", "", "a/" + "b" * 300):
        document = await as_file(ada, b"x", mime)
        assert document.mime_type == "application/octet-stream"
    assert (await as_file(ada, b"x", "Text/HTML")).mime_type == "text/html"
