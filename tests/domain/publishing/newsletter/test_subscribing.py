"""Subscribing to a newsletter: the form, its mail, the link; and what the form does not tell."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.publishing.newsletter import addresses
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter.subscribing import CONFIRM_SECONDS, KNOWN_SECONDS
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.store.query import query
from tests.domain.publishing.newsletter.kit import (
    fill_in,
    link_in,
    paper,
    rows,
    run,
    subscribe,
)
from tests.kit.world import World
from tests.web.public import channel, reader

ZOE = "zoe@example.net"


async def test_pages_offer_it_where_the_owner_switched_it_on(world: World) -> None:
    made = await channel(world, "gazette")
    post = await made.say("Bonjour. #école")
    browser = reader(world)
    paths = ("/s/gazette", f"/gazette/{post}", "/s/gazette/tag/%C3%A9cole")
    for path in paths:
        assert "/gazette/newsletter" not in (await browser.get(path)).text
    assert (await browser.get("/gazette/newsletter")).status == 404
    await pages.set_switch(world.app, made.peer, "newsletter", "on")
    for path in paths:
        page = await browser.get(path)
        assert 'action="/gazette/newsletter"' in page.text, path
    form = await browser.post(
        "/gazette/newsletter", page.values() | {"email": ZOE, "tags": "école"}
    )
    assert form.status == 200 and form.headers["cache-control"] == "no-store"
    assert "script-src 'self'" in form.headers["content-security-policy"]
    assert "<script" not in form.text
    assert form.values()["email"] == ZOE and form.values()["tags"] == "école"
    assert await rows(world) == [], "nothing happens before the form itself is sent"


async def test_it_begins_when_the_link_was_confirmed_and_not_by_looking_at_it(world: World) -> None:
    made = await paper(world)
    browser = reader(world, language="fr")
    sent = await fill_in(browser, "Zoe@Example.net", tags="#École", **{"from": "12"})
    assert sent.status == 200 and "boîte de réception" in sent.words
    await run(world)
    (mail,) = world.mail.sent
    assert mail.to == ZOE and "La Gazette" in mail.subject
    link = link_in(mail.text)
    for _ in range(2):
        page = await browser.get(link)
        assert page.status == 200 and "Oui, je m’abonne" in page.words
    (row,) = await rows(world)
    assert (row.state, row.confirmed_at) == ("new", 0)
    for _ in range(2):  # said twice it is said once
        assert (await browser.post(link, {"act": "confirm"})).status == 303
        assert "La lettre part à z…@example.net" in (await browser.get(link)).words
    (row,) = await rows(world)
    assert (row.state, row.frequency, row.tags, row.language) == ("active", "post", "ecole", "fr")
    assert row.page == "/gazette/12" and "j’accepte" in row.consent and row.confirmed_at
    assert addresses.opened(world.app, row) == ZOE and ZOE.encode() not in row.sealed
    figures = await world.app.store.rows(q.COUNTS, channel=made.peer, after=0)
    assert [tuple(one) for one in figures] == [("confirmed", 1)]


async def test_the_page_never_says_whether_an_address_is_known(world: World) -> None:
    await paper(world)
    await subscribe(world, ZOE)
    world.clock.advance(KNOWN_SECONDS)
    answers = []
    for n, email in enumerate((ZOE, "new@example.net", ZOE)):
        page = await fill_in(reader(world, ip=f"198.51.{n}.9"), email)
        answers.append((page.status, page.text.replace(email, "…"), sorted(page.headers)))
    assert answers[0] == answers[1] == answers[2]
    world.mail.sent.clear()
    await run(world)
    assert {mail.to for mail in world.mail.sent} == {ZOE, "new@example.net"}
    known = next(mail for mail in world.mail.sent if mail.to == ZOE)
    assert "It is sent here already" in known.text and len(world.mail.sent) == 2
    assert len(await rows(world)) == 2


async def test_an_address_gets_few_mails_however_many_ask(world: World) -> None:
    await paper(world)
    for n in range(9):
        world.clock.advance(61)
        answer = await fill_in(reader(world, ip=f"198.51.{n}.9"), f"zoe+{n}@example.net")
        assert answer.status == 200
        await run(world)
    assert len(world.mail.sent) == 4


async def test_a_network_is_told_to_wait(world: World) -> None:
    await paper(world)
    browser = reader(world)
    answers = [(await fill_in(browser, f"a{n}@example.net")) for n in range(31)]
    assert [one.status for one in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    assert answers[-1].values()["email"] == "a30@example.net"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"email": "zoe"}, "no e-mail address"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "no e-mail address"),
        ({"email": "a@b.example, c@d.example"}, "no e-mail address"),
        ({"zone": "Europe/Atlantis"}, "time zone from the list"),
        ({"zone": "../../etc/passwd"}, "time zone from the list"),
        ({"frequency": "hourly"}, "Choose how often"),
        ({"tags": " ".join(f"#t{n}" for n in range(11))}, "At most ten"),
        ({"tags": "#" + "x" * 101}, "At most ten"),
    ],
)
async def test_what_cannot_be_is_shown_again(
    world: World, fields: dict[str, Any], problem: str
) -> None:
    await paper(world)
    page = await fill_in(reader(world), **({"email": ZOE} | fields))
    assert page.status == 422 and problem in page.words
    await run(world)
    assert world.mail.sent == [] and await rows(world) == []


async def test_a_title_brings_no_header_into_a_mail(world: World) -> None:
    await paper(world, title="Gazette\r\nBcc: all@example.net\r\n\r\nBuy")
    await fill_in(reader(world), ZOE)
    await run(world)
    (mail,) = world.mail.sent
    assert "\n" not in mail.subject and "\r" not in mail.subject


async def test_a_filled_trap_and_an_old_form_send_nothing(world: World) -> None:
    await paper(world)
    browser = reader(world)
    assert (await fill_in(browser, ZOE, website="x")).status == 200
    form = (await browser.get("/gazette/newsletter")).values()
    world.clock.advance(13 * 3600)
    typed = form | {"email": ZOE, "frequency": "day", "zone": "UTC"}
    page = await browser.post("/gazette/newsletter", typed)
    assert page.status == 422 and "lay open" in page.words
    forged = await browser.post("/gazette/newsletter", typed | {"token": "1.x"})
    assert forged.status == 422
    await run(world)
    assert world.mail.sent == []


async def test_links_that_are_old_cut_or_of_nobody(world: World) -> None:
    await paper(world)
    browser = reader(world)
    await fill_in(browser, ZOE)
    await run(world)
    link = link_in(world.mail.sent[-1].text)
    for cut in (link[:-1], link.replace(".", "0.", 1)[:-1], f"{link}0"):
        for act in ("confirm", "leave", "change"):
            assert (await browser.post(cut, {"act": act})).status == 404
        assert (await browser.get(cut)).status == 404
        assert (await browser.post(cut, {"List-Unsubscribe": "One-Click"})).status == 404
    world.clock.advance(CONFIRM_SECONDS)
    for answer in (await browser.get(link), await browser.post(link, {"act": "confirm"})):
        assert answer.status == 410 and "not confirmed within two days" in answer.words
    world.clock.advance(3600)
    await run(world)
    assert await rows(world) == []


async def test_a_link_acts_on_its_own_subscription_alone(world: World) -> None:
    await paper(world)
    await paper(world, "other", "Other")
    one = await subscribe(world, ZOE)
    other = await subscribe(world, ZOE, name="other")
    assert one != other
    number = one.rpartition("/")[2].partition(".")[0]
    mixed = one.replace(number, other.rpartition("/")[2].partition(".")[0])
    browser = reader(world)
    assert (await browser.post(mixed, {"act": "leave"})).status == 404
    assert len(await rows(world)) == 2
    hashes = {row.address for row in await rows(world)}
    assert len(hashes) == 2, "lists of two channels cannot be compared"


async def test_choices_can_be_changed_and_one_click_ends_it(world: World) -> None:
    made = await paper(world)
    link = await subscribe(world, ZOE)
    browser = reader(world)
    chosen = {"act": "change", "frequency": "week", "zone": "Asia/Tokyo", "tags": "#a, #b"}
    saved = await browser.post(link, chosen)
    assert saved.status == 303 and "saved" in (await browser.get(saved.headers["location"])).words
    (row,) = await rows(world)
    assert (row.frequency, row.zone, row.tags) == ("week", "Asia/Tokyo", "a b") and row.digest_at
    wrong = await browser.post(link, chosen | {"zone": "Nowhere"})
    assert wrong.status == 422 and (await rows(world))[0] == row
    for _ in range(2):  # mail programs may say it twice
        answer = await browser.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status == 204
    assert await rows(world) == []
    assert (await browser.get(link)).status == 410
    left = await world.app.store.rows(query("select * from newsletter_ended"))
    assert len(left) == 1 and ZOE not in repr(left) and "zoe" not in repr(left)
    figures = await world.app.store.rows(q.COUNTS, channel=made.peer, after=0)
    assert ("left", 1) in [tuple(one) for one in figures]


async def test_one_click_ends_it_in_parts_too(world: World) -> None:
    await paper(world)
    link = await subscribe(world, ZOE)
    answer = await reader(world).upload(link, {"List-Unsubscribe": "One-Click"}, [])
    assert answer.status == 204 and await rows(world) == []
