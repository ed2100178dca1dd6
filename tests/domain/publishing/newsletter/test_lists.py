"""The list of subscribers: numbers without tracking, out for the owner alone, in by asking."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import AsyncIterator

import pytest

from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.publishing.newsletter import lists
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter.lists import Opened
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.tl import api
from tests.domain.access.password import client_srp
from tests.domain.publishing.newsletter.kit import link_in, paper, rows, run, subscribe
from tests.domain.publishing.newsletter.test_sending import later
from tests.kit import servicechat
from tests.kit.world import World
from tests.web.public import Channel, reader

ZOE, YAN = "zoe@example.net", "yan@example.com"
SECRET = "correct horse"


async def _protected(made: Channel) -> None:
    """The owner has a two-step password."""
    told = await made.owner.call(api.account.GetPassword())
    algo, digest = client_srp.new_password(SECRET, told.new_algo)
    settings = api.account.PasswordInputSettings(
        new_algo=algo, new_password_hash=digest, hint="", email=None
    )
    await made.owner.call(
        api.account.UpdatePasswordSettings(
            password=api.InputCheckPasswordEmpty(), new_settings=settings
        )
    )


async def _page_of(made: Channel) -> str:
    said = await servicechat.ask(made.owner, f"newsletter @{made.name} list")
    found = re.search(r"https://\S+/newsletter/list/\S+", said)
    assert found is not None, said
    return found[0]


async def test_owners_see_numbers_and_nobody_else_sees_any(world: World) -> None:
    made = await paper(world)
    link = await subscribe(world, ZOE)
    await subscribe(world, YAN, frequency="day")
    await made.say("Guten Tag.")
    await later(world)
    await reader(world).post(link, {"act": "leave"})
    said = await servicechat.ask(made.owner, "newsletter @gazette")
    for line in ("Subscribers: 1", "once a day: 1", "mails sent: 1", "new: 2", "unsubscribed: 1"):
        assert line in said
    assert "example" not in said.replace("chat.example.org", "")
    other = await world.sign_up("Bob")
    for text in ("newsletter @gazette", "newsletter @gazette list"):
        assert "no public page @gazette that you own" in await servicechat.ask(other, text)
    assert "numbers" in await servicechat.ask(other, "newsletter")


async def test_the_list_leaves_with_the_password_and_is_told(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE, tags="#a #b", language="de")
    await subscribe(world, "=cmd@example.net", frequency="week")
    url = await _page_of(made)
    browser = reader(world)
    assert "no two-step password" in (await browser.post(url, {"password": "x"})).words
    await _protected(made)
    assert (await browser.get(url)).status == 200
    wrong = await browser.post(url, {"password": "wrong"})
    assert wrong.status == 403 and "not the password" in wrong.words
    before = len(await servicechat.heard(made.owner))
    answer = await browser.post(url, {"password": SECRET})
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/csv")
    assert f'"{ZOE}","post","Europe/Paris","a b","de"' in answer.text
    assert '"\'=cmd@example.net"' in answer.text and "einverstanden" in answer.text
    said = await servicechat.heard(made.owner)
    assert len(said) == before + 1 and "taken out: 2 addresses" in said[-1].message
    log = await made.owner.call(
        api.channels.GetAdminLog(channel=made.input, q="", max_id=0, min_id=0, limit=10)
    )
    assert "newsletter: export (2)" in repr(log)
    lines = [one for one in await audit.entries(world.app.store) if one.action == "chat.newsletter"]
    assert len(lines) == 1 and ZOE not in repr(lines)


async def test_the_page_is_the_owners_for_a_quarter_of_an_hour(world: World) -> None:
    made = await paper(world)
    await _protected(made)
    url = await _page_of(made)
    browser = reader(world)
    for bad in (url[:-1], url.replace("/list/", "/list/1"), url.rpartition("/")[0] + "/x-1-2-3"):
        assert (await browser.get(bad)).status == 404
    for _ in range(12):
        answer = await browser.post(url, {"password": "guess"})
    assert answer.status == 429
    world.clock.advance(lists.LINK_SECONDS)
    assert (await browser.get(url)).status == 404
    assert (await browser.post(url, {"password": SECRET})).status == 404


async def test_an_imported_list_gets_one_mail_that_asks(world: World) -> None:
    made = await paper(world)
    await _protected(made)
    await subscribe(world, ZOE)
    left = await subscribe(world, YAN)
    await reader(world).post(left, {"act": "leave"})
    world.mail.sent.clear()
    text = f"email;name\n{ZOE};Zoe\n{YAN}\nAda <ada@example.net>\nBOB@Example.net,Bob\nnobody\n\n"
    browser = reader(world, language="de")
    url = await _page_of(made)
    file = [("file", "list.csv", text.encode())]
    refused = await browser.upload(url, {"password": "x"}, file)
    assert refused.status == 403 and len(await rows(world)) == 1
    done = await browser.upload(url, {"password": SECRET}, file)
    assert done.status == 200 and "Neue Adressen: 1" in done.words, done.words
    assert "abbestellt: 2" in done.words and "ohne Adresse: 3" in done.words
    again = await browser.upload(url, {"password": SECRET}, file)
    assert "Neue Adressen: 0" in again.words
    await run(world)
    (mail,) = world.mail.sent
    assert mail.to == "bob@example.net" and "Möchten Sie" in mail.subject
    assert mail.message is not None and mail.message.get_content_type() == "text/plain"
    await made.say("Noch nicht für Bob.")
    assert [one.to for one in await later(world, 86_400)] == [ZOE]
    assert (await browser.post(link_in(mail.text), {"act": "confirm"})).status == 303
    assert [row.state for row in await rows(world)] == ["active", "active"]


async def test_who_does_not_answer_is_never_asked_again(world: World) -> None:
    made = await paper(world)
    opened = await _opened(world, made)
    for _ in range(3):
        await lists.bring_in(world.app, opened, _given([b"ada@example.net"]), lang="en")
        await run(world)
        world.clock.advance(3 * 86_400)
        await run(world)
    assert [one.to for one in world.mail.sent] == ["ada@example.net"] and await rows(world) == []


async def test_the_operator_may_trust_a_list(world: World) -> None:
    made = await paper(world)
    opened = (await _opened(world, made))._replace(trusted=True)
    await lists.bring_in(world.app, opened, _given([b"ada@example.net"]), lang="en")
    await made.say("Für alle.")
    (mail,) = await later(world, 86_400)
    assert mail.to == "ada@example.net" and "Für alle" in mail.text


@pytest.mark.parametrize("many", [20_000, pytest.param(1_000_000, marks=pytest.mark.long)])
async def test_a_list_of_a_million_lines_is_bounded(world: World, many: int) -> None:
    made = await paper(world)
    opened = await _opened(world, made)
    good = 200

    async def lines() -> AsyncIterator[bytes]:
        for n in range(many):
            yield b"r%d@example.net" % n if n < good else b"no address %d" % n

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    brought = await lists.bring_in(world.app, opened, lines(), lang="en")
    took = time.perf_counter() - began
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"\n{many} lines: {took:.1f} s, peak of memory {more} KiB higher")
    assert (brought.new, brought.wrong) == (good, many - good)


async def test_more_than_a_days_addresses_wait_for_another_day(world: World) -> None:
    made = await paper(world)
    opened = await _opened(world, made)
    most = world.app.config.newsletter.imports_per_day
    given = [b"r%d@example.net" % n for n in range(most + 700)]
    first = await lists.bring_in(world.app, opened, _given(given), lang="en")
    assert (first.new, first.over) == (most, 700)
    world.clock.advance(86_400)
    second = await lists.bring_in(world.app, opened, _given(given), lang="en")
    assert (second.new, second.known, second.over) == (most, most, 700 - most)
    figures = dict(await world.app.store.rows(q.SUBSCRIBERS, channel=made.peer))
    assert figures == {"new": 2 * most}


async def _given(lines: list[bytes]) -> AsyncIterator[bytes]:
    for line in lines:
        yield line


async def _opened(world: World, made: Channel) -> Opened:
    page = await pages.load_page(world.app, made.peer)
    assert page is not None
    return Opened(made.owner.user_id, page, False)
