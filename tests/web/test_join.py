"""The pages of an invited person, as a browser without scripts and cookies sees them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from petitbleu.domain.access.joining import service
from petitbleu.domain.access.joining.queries import Invite
from petitbleu.keys import RsaKeys
from petitbleu.store.sqlite import SqliteStore
from petitbleu.web import app as web
from petitbleu.web.join_texts import TEXTS
from tests.kit.web import Answer, Browser
from tests.kit.world import World, running

ADA = {"name": "Ada <b>", "email": "Ada@example.org", "phone": ""}


async def _no_mtproto(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("these pages are not MTProto")


async def _healthy() -> web.Report:
    return web.Report(True, [])


async def _no_metrics() -> bytes:
    return b""


async def _no_codes() -> list[dict[str, str]]:
    return []


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    """An instance as an operator runs it, with keys."""
    made = World(
        sqlite_store,
        tmp_path,
        dev=False,
        name="Chez nous",
        public_url="https://chat.example.org",
        public_address=("chat.example.org:443",),
        languages=("en", "fr"),
    )
    RsaKeys.load_or_create(tmp_path / "keys")
    async with running(made):
        yield made


@pytest.fixture
def browser(world: World) -> Browser:
    site = web.Site(
        world.app,
        mtproto=_no_mtproto,
        health=_healthy,
        metrics=_no_metrics,
        start_info=dict,
        codes=_no_codes,
    )
    return Browser(web.create(site))


@pytest.fixture
async def invite(world: World) -> Invite:
    return await service.create_invite(world.app, uses=None, expires_at=None)


def mailed_link(world: World) -> str:
    found = re.search(r"https://\S+/confirm/\S+", world.mail.sent[-1].text)
    assert found is not None
    return found[0]


async def test_from_the_link_to_the_number(world: World, browser: Browser, invite: Invite) -> None:
    url = service.invite_link(world.app, invite.token)
    form = await browser.get(url)
    assert form.status == 200
    assert "Join Chez nous" in form.words
    assert form.values() == {"name": "", "email": "", "phone": ""}

    sent = await browser.post(url, ADA)
    assert sent.status == 200
    assert "mail to ada@example.org" in sent.words

    link = mailed_link(world)
    opened = await browser.get(link)
    assert "Yes, this is my address" in opened.words
    again = await browser.get(link)
    assert "Yes, this is my address" in again.words, "opening a link alone confirms nothing"

    done = await browser.post(link)
    number = re.search(r"\+888 \d{4} \d{4}", done.words)
    assert number is not None
    assert number[0] in (await browser.get(link)).words, "the page shows it again"
    await world.settle()
    assert number[0] in world.mail.sent[-1].text
    assert await service.may_sign_up(world.app, number[0].replace(" ", "").lstrip("+"))


async def test_a_refused_form_keeps_every_word(browser: Browser, invite: Invite) -> None:
    typed = {"name": 'Ada "&<', "email": "ada@", "phone": "nonsense"}
    page = await browser.post(f"/join/{invite.token}", typed)
    assert page.status == 422
    assert page.values() == typed
    for reason in ("email.invalid", "phone.invalid"):
        assert page.words.count(TEXTS["en"][reason]) == 2, "at the top, and at its field"
    assert 'aria-invalid="true"' in page.text
    assert 'href="#email"' in page.text


async def test_pages_speak_the_readers_language(browser: Browser, invite: Invite) -> None:
    browser.language = "de-AT, fr;q=0.8"
    page = await browser.get(f"/join/{invite.token}")
    assert '<html lang="de">' in page.text
    assert "Bei Chez nous mitmachen" in page.words
    browser.language = "ja, fr-CA;q=0.8, en;q=0.5"
    page = await browser.get(f"/join/{invite.token}")
    assert '<html lang="fr">' in page.text
    assert "Rejoindre Chez nous" in page.words
    browser.language = "ja"
    assert "Join Chez nous" in (await browser.get(f"/join/{invite.token}")).words


@pytest.mark.parametrize("path", ["/join/nonsense", "/join/confirm/nonsense"])
async def test_a_link_that_does_not_work_says_what_to_do(browser: Browser, path: str) -> None:
    for page in (await browser.get(path), await browser.post(path, ADA)):
        assert page.status == 410
        assert "ask the person who invited you for a new one" in page.words


async def test_a_used_up_invitation_says_so(world: World, browser: Browser) -> None:
    invite = await service.create_invite(world.app, uses=1, expires_at=None)
    await browser.post(f"/join/{invite.token}", ADA)
    first = mailed_link(world)
    await browser.post(f"/join/{invite.token}", ADA | {"email": "bob@example.org"})
    second = mailed_link(world)
    assert "+888" in (await browser.post(first)).words
    assert (await browser.post(second)).status == 410
    assert (await browser.get(f"/join/{invite.token}")).status == 410


async def test_a_known_address_is_answered_like_a_new_one(
    world: World, browser: Browser, invite: Invite
) -> None:
    new = await browser.post(f"/join/{invite.token}", ADA)
    await browser.post(mailed_link(world))
    known = await browser.post(f"/join/{invite.token}", ADA)
    assert (known.status, known.headers, known.text) == (new.status, new.headers, new.text)


async def test_tries_are_limited_and_keep_the_words(
    world: World, browser: Browser, invite: Invite
) -> None:
    for _ in range(5):
        assert (await browser.post(f"/join/{invite.token}", ADA)).status == 200
    page = await browser.post(f"/join/{invite.token}", ADA)
    assert page.status == 429
    assert int(page.headers["retry-after"]) > 0
    assert "Too many tries" in page.words
    assert page.values() == ADA
    assert len(world.mail.sent) == 5, "one mailbox gets five mails an hour"
    for n in range(40):
        page = await browser.post(f"/join/{invite.token}", ADA | {"email": f"a{n}@example.org"})
    assert page.status == 429, "one address on the net is limited too"
    browser.ip = "192.0.2.8"
    page = await browser.post(f"/join/{invite.token}", ADA | {"email": "b@example.org"})
    assert page.status == 200


async def test_a_mail_that_cannot_go_keeps_the_words(
    world: World, browser: Browser, invite: Invite, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise OSError("down")

    monkeypatch.setattr(world.mail, "send", refuse)
    page = await browser.post(f"/join/{invite.token}", ADA)
    assert page.status == 503
    assert page.values() == ADA
    assert "try again in a few minutes" in page.words


async def test_without_mail_the_page_says_so(
    world: World, browser: Browser, invite: Invite
) -> None:
    world.app.mail = None
    page = await browser.get(f"/join/{invite.token}")
    assert page.status == 503
    assert "cannot send mail yet" in page.words


async def test_an_endless_form_is_not_read(browser: Browser, invite: Invite) -> None:
    page = await browser.post(f"/join/{invite.token}", {"name": "x" * 20_000})
    assert page.status == 413
    assert page.values() == {"name": "", "email": "", "phone": ""}


async def test_undecodable_bytes_are_words_that_cannot_be_taken(
    browser: Browser, invite: Invite
) -> None:
    page = await browser._send("POST", f"/join/{invite.token}", b"name=%ff%00&email=\xff&=&&x")
    assert page.status == 422


async def test_the_apps_page_names_address_and_key(world: World, browser: Browser) -> None:
    page = await browser.get("/join/apps")
    key = RsaKeys.load_or_create(world.app.config.data / "keys").current
    assert "chat.example.org:443" in page.words
    assert key.pem().splitlines()[1] in page.text
    assert "PRIVATE" not in page.text


async def test_no_page_sets_a_cookie_or_runs_a_script(
    world: World, browser: Browser, invite: Invite
) -> None:
    url = f"/join/{invite.token}"
    pages: list[Answer] = [await browser.get(url), await browser.post(url, ADA)]
    link = mailed_link(world)
    pages += [await browser.get(link), await browser.post(link), await browser.get("/join/apps")]
    for page in pages:
        assert "set-cookie" not in page.headers
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["x-robots-tag"] == "noindex"
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text), "nothing from elsewhere"


def test_both_languages_say_everything() -> None:
    assert TEXTS["en"].keys() == TEXTS["fr"].keys()
    for key, text in TEXTS["en"].items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", TEXTS["fr"][key])), key


async def test_developer_mode_prints_the_mail(
    world: World, browser: Browser, invite: Invite, capsys: pytest.CaptureFixture[str]
) -> None:
    world.app.mail = None
    world.app.config = msgspec.structs.replace(world.app.config, dev=True)
    page = await browser.post(f"/join/{invite.token}", ADA)
    assert page.status == 200
    assert "/join/confirm/" in capsys.readouterr().out
