"""Pages that say who we are: never empty, in both languages, for people and machines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from petitbleu import desk
from petitbleu.catalogues import Catalogue
from petitbleu.config import Desk
from petitbleu.desk.outside.door import TEXTS
from petitbleu.desk.reference.law import categories, template
from petitbleu.store.sqlite import SqliteStore
from tests.desk.outside import conftest
from tests.kit.web import Browser
from tests.kit.world import World
from tests.web import rules

PAGES = (
    "/contact",
    "/signaler",
    "/suivi",
    "/mes-dossiers",
    "/autorites",
    "/transparence",
    "/regles",
    "/confidentialite",
    "/accessibilite",
    "/mentions-legales",
)


async def test_the_contact_page_names_the_points_of_contact(browser: Browser) -> None:
    page = await browser.get("/contact")
    assert page.status == 200
    for words in (
        "Chez nous SAS (France)",
        "legal@chez-nous.example",
        "tco@chez-nous.example",
        "French, English",
        "bonjour@chez-nous.example",
        "1 rue du Tube, 75001 Paris",
        "Arcom",
    ):
        assert words in page.words


async def test_machines_read_the_same(browser: Browser, world: World) -> None:
    found = json.loads((await browser.get("/.well-known/petitbleu-contact.json")).text)
    assert found["authorities"]["email"] == ["legal@chez-nous.example", "tco@chez-nous.example"]
    assert found["authorities"]["upload"] == "https://chat.example.org/autorites"
    assert found["authorities"]["age_recipient"].startswith("age1")
    assert found["users"]["notice_form"] == "https://chat.example.org/signaler"
    text = (await browser.get("/.well-known/security.txt")).text
    assert "Contact: https://chat.example.org/contact\n" in text
    assert re.search(r"^Expires: 20\d\d-\d\d-\d\dT00:00:00Z$", text, re.MULTILINE)
    assert "Preferred-Languages: fr, en\n" in text
    address = "https://chat.example.org/.well-known/security.txt"
    assert rules.security_txt_problems(text, address, world.clock.now()) == []


async def test_what_the_contact_page_lacks_is_a_health_warning(
    sqlite_store: SqliteStore, tmp_path: Path
) -> None:
    bare = await conftest.made(sqlite_store, tmp_path, desk=Desk(), public_url="")
    said = " ".join(await desk.advice(bare.app))
    assert "no address for authorities" in said
    assert "postal_address" in said
    assert "public_url" in said
    page = await Browser(conftest.site(bare)).get("/contact")
    assert page.status == 200
    assert "Use the upload page" in page.words, "not empty even so"
    assert (await Browser(conftest.site(bare)).get("/.well-known/security.txt")).status == 200


async def test_nothing_is_lacking_where_all_is_set(world: World) -> None:
    assert await desk.advice(world.app) == []


@pytest.mark.turns(3)
@pytest.mark.parametrize("path", PAGES)
async def test_pages_speak_both_languages_and_need_nothing_else(lite: Browser, path: str) -> None:
    browser = lite
    for asked, lang in (("", "en"), ("?lang=fr", "fr"), ("?lang=xx", "en")):
        page = await browser.get(path + asked)
        assert page.status == 200
        assert f'<html lang="{lang}">' in page.text
        assert "set-cookie" not in page.headers
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text), "nothing from elsewhere"
        assert len(re.findall(r"<h1[ >]", page.text)) == 1
        for target in ("/contact", "/signaler", "/mentions-legales"):
            assert f'href="{target}' in page.text, "legal links are on every page"
    french = await browser.get(path + "?lang=fr")
    assert 'href="/regles?lang=fr"' in french.text, "a language asked for by hand stays"
    assert f'href="{path}?lang=en"' in french.text


async def test_rules_have_a_version(world: World, browser: Browser) -> None:
    world.app.config = msgspec.structs.replace(
        world.app.config, terms_version="2026-09", terms_text="Be kind.\n\nDo not <script>."
    )
    page = await browser.get("/regles")
    assert "Version 2026-09" in page.words
    assert "Be kind." in page.words
    assert "&lt;script&gt;" in page.text


def test_no_words_hide_others() -> None:
    tables = (Catalogue("notifiers", one) for one in ("about", "notice", "cases"))
    keys = [key for table in tables for key in table["en"]]
    assert len(keys) == len(set(keys))


def test_every_language_says_everything() -> None:
    assert set(TEXTS) >= {"en", "fr", "de"}
    for lang in TEXTS:
        assert TEXTS["en"].keys() == TEXTS[lang].keys()


def test_every_category_of_the_law_has_plain_words() -> None:
    listed = {one.key for one in template.shipped().categories}
    offered = {part for value in categories.values() for part in value.split("/")}
    assert listed - offered == {"TOTAL", "STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER"}
    english, french = ({g.words for g in categories.groups(lang)} for lang in ("en", "fr"))
    assert english & french == {"Violence"}
