"""What strangers may try at the public pages, wherever they come from."""

from __future__ import annotations

import pytest

from petitbleu.desk.outside import shield
from petitbleu.desk.reference.law import categories
from tests.kit.web import Browser
from tests.kit.world import World


async def test_who_changes_the_address_within_a_network_is_one_reader(
    world: World, browser: Browser
) -> None:
    found = []
    for host in range(61):
        browser.ip = f"2001:db8:1:2:{host:x}::1"
        found.append((await browser.get("/suivi/PB-2026-000001?secret=wrong")).status)
    assert found == [404] * 60 + [429]
    browser.ip = "2001:db8:1:3::1"
    assert (await browser.get("/suivi/PB-2026-000001?secret=wrong")).status == 404


@pytest.mark.turns(3)
@pytest.mark.parametrize("path", ["/signaler", "/mes-dossiers", "/autorites"])
async def test_forms_are_counted_by_network_too(world: World, browser: Browser, path: str) -> None:
    form = (await browser.get(path)).values()
    world.clock.advance(60)
    typed = {
        **{name: form[name] for name in (shield.TRAP, shield.TIME) if name in form},
        "links": "https://chat.example.org/news/1",
        "category": categories.UNSURE,
        "explanation": "This post is not lawful, for the reasons that I give here.",
        "name": "Ada",
        "faith": "1",
        "authority": "Tribunal",
        "authority_email": "greffe@justice.example",
        "message": "An order that is long enough to be read.",
    }
    found = []
    for host in range(31):
        browser.ip = f"2001:db8:1:2:{host:x}::1"
        email = {"email": f"somebody{host}@people.example"}
        found.append((await browser.post(path, typed | email)).status)
    assert 429 in found and found[0] in (200, 303)


async def test_nobody_is_buried_in_receipts_under_other_names_of_their_mailbox(
    world: World, browser: Browser
) -> None:
    form = (await browser.get("/signaler")).values()
    world.clock.advance(60)
    found = []
    for n in range(11):
        browser.ip = f"198.51.100.{n}"
        typed = {
            **{name: form[name] for name in (shield.TRAP, shield.TIME)},
            "links": f"https://chat.example.org/news/{n}",
            "category": categories.UNSURE,
            "explanation": "This post is not lawful, for the reasons that I give here.",
            "name": "Ada",
            "email": f"somebody+{n}@people.example",
            "faith": "1",
        }
        found.append((await browser.post("/signaler", typed)).status)
    assert found == [200] * 10 + [429]
