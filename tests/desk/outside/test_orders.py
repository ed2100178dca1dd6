"""Orders uploaded by authorities: stored, filed and receipted; nobody's word is believed."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import pyrage
import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.outside import encryption, pages_orders, shield
from petitbleu.desk.outside.door import TEXTS
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.kit.web import Answer, Browser
from tests.kit.world import World

ORDER = (
    "Tribunal judiciaire de Paris. Ordonnance : retrait d’un contenu illicite, article 9 du"
    " règlement (UE) 2022/2065. Lien : https://chat.example.org/canal/12"
).encode()
FIELDS = {
    "authority": "Tribunal judiciaire de Paris, France",
    "authority_email": "greffe@justice.example",
    "reference": "TJ 26/0412",
    "links": "https://chat.example.org/canal/12",
    "message": "",
}
EDGE = b"----edge"


def body(fields: dict[str, str], files: list[tuple[str, bytes]]) -> bytes:
    """multipart/form-data."""
    parts = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (EDGE, name.encode(), value.encode())
        for name, value in fields.items()
    ]
    parts += [
        b'--%s\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n%s\r\n" % (EDGE, name.encode(), data)
        for name, data in files
    ]
    return b"".join(parts) + b"--%s--\r\n" % EDGE


async def post(browser: Browser, content: bytes) -> Answer:
    """A form with files, as a browser sends it."""
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": "/autorites",
        "raw_path": b"/autorites",
        "root_path": "",
        "query_string": b"",
        "headers": [
            (b"host", b"chat.example.org"),
            (b"accept-language", browser.language.encode()),
            (b"content-type", b"multipart/form-data; boundary=" + EDGE),
        ],
        "client": (browser.ip, 40000),
        "server": ("127.0.0.1", 8080),
    }
    await browser.app(scope, receive, send)
    headers = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
    return Answer(sent[0]["status"], headers, b"".join(m.get("body", b"") for m in sent[1:]))


async def uploaded(
    world: World, browser: Browser, *files: tuple[str, bytes], **more: str
) -> Answer:
    form = await browser.get("/autorites")
    hidden = {name: form.values()[name] for name in (shield.TRAP, shield.TIME)}
    world.clock.advance(20)
    return await post(browser, body(hidden | FIELDS | more, list(files)))


async def case_of(world: World, page: Answer) -> CaseState:
    found = re.search(r"PB-\d{4}-\d{6}", page.words)
    assert found is not None, page.words
    state = await cases.get(world.app.store, case_numbers.parse(found[0]) or 0)
    assert state is not None
    return state


async def test_an_upload_is_receipted_with_number_time_and_hashes(
    world: World, browser: Browser
) -> None:
    page = await uploaded(world, browser, ("../ordre.txt", ORDER), ("b.txt", b"two"))
    assert page.status == 200, page.words
    assert hashlib.sha256(ORDER).hexdigest() in page.words
    assert hashlib.sha256(b"two").hexdigest() in page.words
    assert "ordre.txt" in page.words and "../" not in page.words
    state = await case_of(world, page)
    assert state.channel == "portal"
    assert state.sender == "greffe@justice.example"
    assert state.received_at == int(world.clock.now())
    link = re.search(r'href="(/suivi/[^"]+)"', page.text)
    assert link is not None
    assert (await browser.get(link[1].replace("&amp;", "&"))).status == 200


async def test_an_address_that_was_typed_proves_nothing(world: World, browser: Browser) -> None:
    court = {"name": "Tribunal judiciaire", "country": "FR", "domain": "justice.example"}
    await directory.add(world.app, [court], "operator")
    state = await case_of(world, await uploaded(world, browser, ("ordre.txt", ORDER)))
    assert state.authority is None or state.authority.trust != "verified-directory"


async def test_an_encrypted_order_is_kept_as_it_came_and_opened_beside_it(
    world: World, browser: Browser
) -> None:
    key = encryption.recipient(world.app)
    assert key in (await browser.get("/autorites")).words
    sealed = pyrage.encrypt(ORDER, [pyrage.x25519.Recipient.from_str(key)])
    page = await uploaded(world, browser, ("ordre.txt.age", sealed))
    assert hashlib.sha256(sealed).hexdigest() in page.words, "the receipt names what was sent"
    state = await case_of(world, page)
    names = [one["name"] for one in state.facts["attachments"]]
    assert names == ["ordre.txt.age", "ordre.txt"]
    other = pyrage.x25519.Identity.generate().to_public()
    page = await uploaded(world, browser, ("x.age", pyrage.encrypt(ORDER, [other])))
    assert page.status == 200, "what we cannot open is kept all the same"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("authority", " ", "authority.missing"),
        ("authority_email", "greffe@", "authority_email.invalid"),
        ("message", "", "files.missing"),
    ],
)
async def test_a_refused_upload_keeps_every_word(
    world: World, browser: Browser, field: str, value: str, reason: str
) -> None:
    files = [] if field == "message" else [("ordre.txt", ORDER)]
    page = await uploaded(world, browser, *files, **{field: value})
    assert page.status == 422
    words = TEXTS["en"][reason].format(least=20)
    assert page.words.count(words) == 2
    assert page.values()["reference"] == "TJ 26/0412"


async def test_a_message_without_a_file_will_do(world: World, browser: Browser) -> None:
    page = await uploaded(world, browser, message="Please call us back about case 12, urgent.")
    assert page.status == 200


async def test_more_than_ten_megabytes_are_not_read(
    world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_orders, "_FORM_BYTES", 50_000)
    page = await uploaded(world, browser, ("big.bin", b"x" * 60_000))
    assert page.status == 413
    assert "larger than 10 MB" in page.words
    many = [(f"{n}.txt", b"x") for n in range(11)]
    assert "At most 10 files" in (await uploaded(world, browser, *many)).words


async def test_a_broken_body_gets_a_clear_answer(browser: Browser) -> None:
    assert (await post(browser, b"--nonsense")).status in (400, 422)
