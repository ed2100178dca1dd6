"""Parts up and files down: rights at each request, ranges, headers, files that lie."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from petitbleu.appdoor import files
from petitbleu.appdoor.requests import Refused
from petitbleu.blobs.api import MAX_PART
from petitbleu.domain.files.media import storage
from petitbleu.tl import api, jsonform
from tests.appdoor.pages import Page, Reply
from tests.domain.files.media import shots
from tests.kit.world import World

pytestmark = pytest.mark.file_places
SELF = api.InputPeerSelf()


def url(photo: Any, label: str, **more: str) -> str:
    """The address of a photo or document as it stands in a message (JSON)."""
    reference = base64.urlsafe_b64encode(base64.b64decode(photo["file_reference"]))
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/app/f/{photo['id']}/{label}?r={reference.decode().rstrip('=')}{query}"


async def send(page: Page, data: bytes, name: str, kind: str, number: int = 77) -> Any:
    """Upload and send a document to oneself; the document in the message."""
    total = (len(data) + MAX_PART - 1) // MAX_PART
    for part in reversed(range(total)):
        piece = data[part * MAX_PART : (part + 1) * MAX_PART]
        reply = await page.request("PUT", f"/app/up/{number}/{part}?total={total}", piece)
        assert reply.status == 200, reply.body
    media = api.InputMediaUploadedDocument(
        file=api.InputFileBig(id=number, parts=total, name=name),
        mime_type=kind,
        attributes=[api.DocumentAttributeFilename(file_name=name)],
        force_file=True,
    )
    answer = await page.call(
        api.messages.SendMedia(peer=SELF, media=media, message="", random_id=number)
    )
    message = next(u["message"] for u in answer["ok"]["updates"] if "message" in u)
    return message["media"]["document"]


@pytest.fixture
async def ada(page: Page) -> Page:
    await page.sign_up()
    return page


async def test_parts_in_any_order_and_again(world: World, ada: Page) -> None:
    data = bytes(range(256)) * 4096 + b"the end"
    missing = await ada.request("GET", "/app/up/5")
    assert missing.json == {"size": 0, "total": -1, "got": ""}
    await ada.request("PUT", "/app/up/5/2?total=3", data[2 * MAX_PART :])
    await ada.request("PUT", "/app/up/5/0?total=3", data[:MAX_PART])
    places = storage._places(world.app, world.app.config.data.absolute())
    world.app.parts[storage.STORAGE].parts = places[1]  # the server was started again
    state = (await ada.request("GET", "/app/up/5")).json
    assert (state["size"], state["total"]) == (MAX_PART, 3)
    assert base64.b64decode(state["got"]) == bytes([0b101])
    document = await send(ada, data, "a.bin", "application/x-thing", 5)
    back = await ada.request("GET", url(document, "-"))
    assert (
        back.status == 200 and hashlib.sha256(back.body).digest() == hashlib.sha256(data).digest()
    )


@pytest.mark.parametrize(
    ("path", "size", "error", "status"),
    [
        ("/app/up/6/0?total=0", 9, "FILE_PARTS_INVALID", 400),
        ("/app/up/6/0?total=x", 9, "FILE_PARTS_INVALID", 400),
        ("/app/up/6/0", 9, "FILE_PARTS_INVALID", 400),
        ("/app/up/6/3?total=3", 9, "FILE_PART_INVALID", 400),
        ("/app/up/6/0?total=3", 9, "FILE_PART_TOO_SMALL", 400),
        ("/app/up/6/0?total=3", 1025, "FILE_PART_SIZE_INVALID", 400),
        ("/app/up/6/0?total=1", 0, "FILE_PART_EMPTY", 400),
        ("/app/up/6/0?total=3", MAX_PART + 1, "TOO_LARGE", 413),
        (f"/app/up/{1 << 63}/0?total=1", 9, "FILE_ID_INVALID", 400),
        ("/app/up/x/0?total=1", 9, "FILE_ID_INVALID", 400),
        ("/app/up/6/-1?total=1", 9, "FILE_PART_INVALID", 400),
    ],
)
async def test_parts_that_do_not_fit(
    ada: Page, path: str, size: int, error: str, status: int
) -> None:
    reply = await ada.request("PUT", path, bytes(size))
    assert (reply.status, reply.json["error"]) == (status, error)


async def test_a_file_that_changed_while_it_went_up(ada: Page) -> None:
    await ada.request("PUT", "/app/up/8/0?total=3", bytes(MAX_PART))
    for path in ("/app/up/8/1?total=4", "/app/up/8/1?total=3"):
        reply = await ada.request("PUT", path, bytes(MAX_PART // 2))
        if reply.status == 400:
            break
    assert reply.json["error"] == "FILE_PART_SIZE_CHANGED"


@pytest.mark.sometimes(2)
async def test_nobody_sends_or_fetches_without_a_login(world: World, ada: Page) -> None:
    document = await send(ada, b"secret", "a.txt", "text/plain")
    stranger = Page(world, ada.door)
    assert (await stranger.request("GET", url(document, "-"))).status == 401
    assert (await stranger.request("PUT", "/app/up/9/0?total=1", b"x")).status == 401
    await stranger.call(api.auth.ExportLoginToken(api_id=1, api_hash="", except_ids=[]))
    assert stranger.cookie, "a browser, but nobody"
    assert (await stranger.request("GET", url(document, "-"))).json["reason"] == "open"
    other = Page(world, ada.door)
    await other.sign_up("Eve")
    assert (await other.request("GET", url(document, "-"))).status == 410, "not hers to see"


async def test_references_are_looked_at_each_time(world: World, ada: Page) -> None:
    document = await send(ada, b"text", "a.txt", "text/plain")
    good = url(document, "-")
    assert (await ada.request("GET", good)).status == 200
    changed = good[:-3] + ("AAA" if not good.endswith("AAA") else "BBB")
    assert (await ada.request("GET", changed)).status == 400
    assert (await ada.request("GET", good.partition("?")[0])).json[
        "error"
    ] == "FILE_REFERENCE_EMPTY"
    assert (await ada.request("GET", good.replace("/-?", "/x?"))).status == 404
    assert (await ada.request("GET", good.replace("/-?", "/..?"))).status == 404
    await ada.call(api.messages.DeleteHistory(peer=SELF, max_id=0, revoke=True))
    assert (await ada.request("GET", good)).json["error"] == "FILE_REFERENCE_EXPIRED"


@pytest.mark.parametrize(
    ("header", "status", "told", "bytes_"),
    [
        ("bytes=0-3", 206, "bytes 0-3/10", b"0123"),
        ("bytes=4-", 206, "bytes 4-9/10", b"456789"),
        ("bytes=-3", 206, "bytes 7-9/10", b"789"),
        ("bytes=-99", 206, "bytes 0-9/10", b"0123456789"),
        ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
        ("bytes=10-", 416, "bytes */10", None),
        ("bytes=-0", 416, "bytes */10", None),
        ("bytes=5-2", 416, "bytes */10", None),
        ("bytes=0-1,4-5", 200, None, b"0123456789"),
        ("lines=0-1", 200, None, b"0123456789"),
        ("bytes=-", 200, None, b"0123456789"),
        ("bytes=" + "9" * 40 + "-", 200, None, b"0123456789"),
    ],
)
async def test_ranges(
    ada: Page, header: str, status: int, told: str | None, bytes_: bytes | None
) -> None:
    document = await send(ada, b"0123456789", "a.txt", "text/plain")
    reply = await ada.request("GET", url(document, "-"), headers={"range": header})
    assert reply.status == status and reply.headers.get("content-range") == told
    if bytes_ is not None:
        assert reply.body == bytes_ and reply.headers["content-length"] == str(len(bytes_))


async def test_what_is_known_is_not_sent_again(ada: Page) -> None:
    document = await send(ada, b"0123456789", "a.txt", "text/plain")
    first = await ada.request("GET", url(document, "-"))
    etag = first.headers["etag"]
    again = await ada.request("GET", url(document, "-"), headers={"if-none-match": etag})
    assert again.status == 304 and again.body == b""
    old = {"range": "bytes=0-1", "if-range": '"other"'}
    assert (await ada.request("GET", url(document, "-"), headers=old)).status == 200
    head = await ada.request("HEAD", url(document, "-"), headers={"origin": ""})
    assert head.headers["content-length"] == "10" and head.body == b""


PNG = shots.picture(8, 8)
HTML = b"<html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("kind", "data", "served"),
    [
        ("image/jpeg", HTML, files.BYTES),
        ("image/svg+xml", SVG, files.BYTES),
        ("text/html", HTML, files.BYTES),
        ("application/xhtml+xml", HTML, files.BYTES),
        ("application/pdf", b"%PDF-1.7", files.BYTES),
        ("text/javascript", b"alert(1)", files.BYTES),
        ("image/png", SVG, files.BYTES),
        ("video/mp4", HTML, files.BYTES),
        ("image/jpeg; charset=x", b"\xff\xd8\xff\xe0" + HTML, "image/jpeg"),
        ("IMAGE/PNG", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("video/webm", b"\x1aE\xdf\xa3....", "video/webm"),
        ("audio/ogg", b"OggS" + bytes(30), "audio/ogg"),
        ("audio/mpeg", b"ID3" + bytes(30), "audio/mpeg"),
        ("video/mp4", bytes(4) + b"ftypisom" + bytes(30), "video/mp4"),
        ("image/gif", b"GIF89a" + HTML, "image/gif"),
        ("application/x-shockwave-flash", b"FWS", files.BYTES),
        ("multipart/x-mixed-replace", HTML, files.BYTES),
        ("", HTML, files.BYTES),
        ("text/xml", SVG, files.BYTES),
        ("message/rfc822", HTML, files.BYTES),
    ],
)
def test_only_pictures_sounds_and_videos_have_a_kind(kind: str, data: bytes, served: str) -> None:
    assert files.kind_of(kind or "x/y", data) == served


async def test_headers_let_nothing_run(ada: Page) -> None:
    document = await send(ada, HTML, "holiday.jpg.html", "text/html")
    reply = await ada.request("GET", url(document, "-", n="holiday%E2%80%AEgpj.html"))
    assert reply.headers["content-type"] == files.BYTES
    assert reply.headers["content-disposition"] == "attachment; filename*=UTF-8''holidaygpj.html"
    assert reply.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("a\u202egpj.exe", "agpj.exe"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie_ x=1"),
        ("", "file"),
        ("...", "file"),
        ("\u200b\u2066\u2069", "file"),
        ("photo.jpg.scr", "photo.jpg.scr"),
    ],
)
def test_names_say_what_they_are(name: str, cleaned: str) -> None:
    assert files.clean_name(name) == cleaned


def test_a_range_of_nothing() -> None:
    with pytest.raises(Refused):
        files.range_of("bytes=0-", 0)


async def test_pictures_of_people(world: World, ada: Page) -> None:
    bob = await world.sign_up("Bob")
    await bob.call(
        api.photos.UploadProfilePhoto(
            file=await shots.upload(bob, shots.picture(200, 200), "b.jpg")
        )
    )
    seen = await ada.call(
        api.contacts.ImportContacts(
            contacts=[
                api.InputPhoneContact(client_id=1, phone=bob.phone, first_name="B", last_name="")
            ]
        )
    )
    (user,) = seen["ok"]["users"]
    photo = user["photo"]["photo_id"]
    sizes = {}
    for size in "ac":
        reply: Reply = await ada.request("GET", f"/app/f/p/u{user['id']}/{photo}/{size}")
        assert reply.status == 200 and reply.headers["content-type"] == "image/jpeg"
        sizes[size] = len(reply.body)
    assert sizes["a"] <= sizes["c"]
    for path in (f"u{user['id']}/{int(photo) + 1}/a", f"g{user['id']}/{photo}/a", f"x1/{photo}/a",
                 f"u{user['id']}/{photo}/b", f"u/{photo}/a"):  # fmt: skip
        assert (await ada.request("GET", f"/app/f/p/{path}")).status == 404


async def test_photos_have_sizes(ada: Page) -> None:
    await ada.request("PUT", "/app/up/31/0?total=1", shots.picture(400, 300))
    media = api.InputMediaUploadedPhoto(
        file=api.InputFile(id=31, parts=1, name="a.jpg", md5_checksum="")
    )
    answer = await ada.call(
        api.messages.SendMedia(peer=SELF, media=media, message="", random_id=31)
    )
    message = next(u["message"] for u in answer["ok"]["updates"] if "message" in u)
    photo = message["media"]["photo"]
    assert jsonform.from_json(photo).id == int(photo["id"])
    for size in photo["sizes"]:
        if size["_"] == "photoSize":
            reply = await ada.request("GET", url(photo, size["type"]))
            assert reply.headers["content-type"] == "image/jpeg"
            assert len(reply.body) == size["size"]
