"""Files that lie about what they are: in a real browser each is a download with a plain name,
whether it is clicked or its address is opened, and none is ever shown as a page.
"""

from __future__ import annotations

import asyncio
import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.appdoor.browser.patient import fetch, text
from tests.appdoor.browser.site import Member, Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.asyncio(loop_scope="package"),
]

RUN = b"<script>document.title='ran';fetch('/app/session',{method:'DELETE'})</script>"
HTML = b"<!doctype html><html><body>" + RUN
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'ran\'"/>'
GIF = b"GIF89a/*\x00\x00\x00\x00\x00;*/=1;document.title='ran'//"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + HTML
PNG = b"\x89PNG\r\n\x1a\n" + HTML
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"
MP4 = bytes(3) + b"\x20ftypisom" + HTML
LIES: tuple[tuple[str, str, bytes], ...] = (
    ("holiday.jpg", "image/jpeg", HTML),
    ("page.html", "text/html", HTML),
    ("page.htm", "image/png", HTML),
    ("drawing.svg", "image/svg+xml", SVG),
    ("drawing.png", "image/png", SVG),
    ("page.xhtml", "application/xhtml+xml", HTML),
    ("feed.xml", "text/xml", b"<?xml version='1.0'?><?xml-stylesheet href='#'?>" + SVG),
    ("script.js", "text/javascript", b"document.title='ran'"),
    ("script.mjs", "image/gif", b"document.title='ran'"),
    ("dance.gif", "image/gif", GIF),
    ("photo.jpeg", "image/jpeg", JPEG),
    ("shot.png", "image/png", PNG),
    ("paper.pdf", "application/pdf", PDF),
    ("paper.pdf.html", "application/pdf", HTML),
    ("old.mht", "message/rfc822", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML),
    ("film.mp4", "video/mp4", MP4),
    ("song.ogg", "audio/ogg", b"OggS" + HTML),
    ("pic.webp", "image/webp", b"RIFF\x00\x00\x00\x00WEBP" + HTML),
    ("flash.swf", "application/x-shockwave-flash", b"FWS" + HTML),
    ("photo\u202egpj.exe", "image/jpeg", b"MZ" + bytes(60)),
    ("invoice.pdf                              .exe", "application/pdf", b"MZ" + bytes(60)),
    ("../../.bashrc", "text/plain", b"echo ran"),
    ("a\r\nContent-Type: text/html\r\n\r\n<b>", "text/plain", HTML),
    ("shortcut.url", "application/internet-shortcut", b"[InternetShortcut]\r\nURL=javascript:1"),
    ("app.hta", "application/hta", HTML),
    ("style.css", "text/css", b"*{display:none}"),
    ("part", "multipart/x-mixed-replace; boundary=x", b"--x\r\nContent-Type: text/html\r\n\r\n"),
    ("none", "", HTML),
)  # fmt: skip


def _send(base: str, cookie: str, number: int, lie: tuple[str, str, bytes]) -> None:
    """One of them to oneself, over the door."""
    name, kind, data = lie
    usual = {"Cookie": cookie, "Origin": base, "X-Petitbleu-App": "1"}
    headers = {**usual, "Content-Type": "application/octet-stream"}
    address = f"{base}/app/up/{number}/0?total=1"
    fetch(urllib.request.Request(address, data, headers, method="PUT"), text)
    media = {
        "_": "inputMediaUploadedDocument", "mime_type": kind, "force_file": True,
        "file": {"_": "inputFileBig", "id": str(number), "parts": 1, "name": name},
        "attributes": [{"_": "documentAttributeFilename", "file_name": name}],
    }  # fmt: skip
    query = {"_": "messages.sendMedia", "peer": {"_": "inputPeerSelf"}, "media": media,
             "message": "", "random_id": str(number)}  # fmt: skip
    body = json.dumps({"i": 1, "q": query}).encode()
    asked = urllib.request.Request(
        f"{base}/app/rpc", body, {**usual, "Content-Type": "application/json"}
    )
    said = fetch(asked, text)
    assert b'"ok"' in said, (name, said)


async def _download(member: Member, act: Any) -> tuple[str, bytes]:
    """What an act downloads: under which name, and its bytes."""
    async with member.page.expect_download() as waiting:
        await act()
    found = await waiting.value
    data = await asyncio.to_thread(Path(await found.path()).read_bytes)
    return found.suggested_filename, data


async def test_lying_files_are_downloads(site: Site) -> None:
    member = await site.join("Lila")
    page = member.page
    (kept,) = [one for one in await member.context.cookies() if one["name"].endswith("pb")]
    cookie = f"{kept['name']}={kept['value']}"
    for number, lie in enumerate(LIES, 1000):
        await asyncio.to_thread(_send, site.base, cookie, number, lie)
    await member.page.click(f'.rows a[href="/app/c/u{member.id}"]')
    await page.focus(".messages")
    await page.keyboard.press("End")
    await page.wait_for_selector(f".message >> nth={len(LIES) - 1}")
    files = page.locator(".message a.file")
    hrefs = [str(await one.get_attribute("href")) for one in await files.all()]
    assert len(hrefs) == len(LIES), "each is a row with a name, none is a picture or a player"
    names = []
    for number, (href, (told, _, data)) in enumerate(zip(hrefs, LIES, strict=True)):

        async def clicked(number: int = number) -> None:
            await files.nth(number).click()

        async def opened(href: str = href) -> None:
            await page.evaluate("(href) => location.assign(href)", href)

        for act in (clicked, opened):
            name, got = await _download(member, act)
            assert got == data, told
            assert not set(name) & set("\u202e\r\n/\\") and not name.startswith("."), name
            assert page.url.startswith(f"{site.base}/app/c/"), told
        names.append(name)
        kind = await page.evaluate(
            "(href) => fetch(href).then((one) => one.headers.get('content-type'))", href
        )
        assert kind.split("/")[0] in ("image", "video", "audio", "application"), (told, kind)
        assert "svg" not in kind and "html" not in kind and "xml" not in kind, (told, kind)
    # From elsewhere, as by a link in a mail, an address gives nothing at all.
    stranger = await member.context.new_page()
    for href in hrefs:
        answer = await stranger.goto(site.base + href)
        assert answer is not None and answer.status == 403
        assert answer.headers["content-type"].startswith("application/json")
    assert await page.title() != "ran"
    assert await member.me() == member.id, "still signed in"
    print(f"\n{len(LIES)} files, each clicked and opened: {names}")
    await member.close()
