"""Letters leave: each post, digests, and nothing that is withheld, deleted or was sent before."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter import queries_sending as qs
from petitbleu.domain.publishing.newsletter import sending
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.errors import MailRefused
from tests.domain.publishing.newsletter.kit import paper, rows, run, subscribe
from tests.kit.world import SentMail, World
from tests.web.public import reader
from tests.web.test_public import decide

ZOE, YAN = "zoe@example.net", "yan@example.com"
DELAY = 300


def html_of(mail: SentMail) -> str:
    """The HTML of a letter."""
    assert mail.message is not None
    body = mail.message.get_body(("html",))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


async def later(world: World, seconds: int = DELAY + 1) -> list[SentMail]:
    """The letters that leave within a time."""
    world.mail.sent.clear()
    world.clock.advance(seconds)
    await run(world)
    return list(world.mail.sent)


async def test_each_post_is_mailed_once_after_its_time_to_be_corrected(world: World) -> None:
    made = await paper(world)
    link = await subscribe(world, ZOE)
    post = await made.say("Der Rat tagt am Dienstag. Alle sind eingeladen.")
    assert await later(world, DELAY - 10) == []
    (mail,) = await later(world, 20)
    message = mail.message
    assert message is not None and mail.to == ZOE
    assert mail.sender.startswith("back+") and mail.sender.endswith("@example.org")
    assert message["From"].addresses[0].addr_spec == "news@example.org"
    assert message["From"].addresses[0].display_name == "La Gazette"
    assert message["Subject"] == "La Gazette: new post"
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<gazette.newsletter.chat.example.org>"
    assert message.get_content_type() == "multipart/alternative"
    for text in (mail.text, html_of(mail)):
        assert "Der Rat tagt am Dienstag" in text and link in text
        assert f"https://chat.example.org/gazette/{post}" in text
    assert "<script" not in html_of(mail) and "http://" not in html_of(mail)
    assert await later(world, 3600) == []


async def test_what_is_deleted_withheld_or_edited_before_is_left_out_or_new(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE)
    gone, held, edited = [await made.say(f"Nummer {n} wort{n}.") for n in range(3)]
    abroad = await made.say("Nummer 4 wort4.")
    await made.delete(gone)
    await decide(world, made, "withhold", held)
    await decide(world, made, "withhold", abroad, countries=("DE",))
    await made.edit(edited, "Ganz anders.")
    (mail,) = await later(world)
    assert "Ganz anders." in mail.text and "wort" not in mail.text + html_of(mail)


async def test_what_changes_while_letters_leave_changes_the_rest(world: World) -> None:
    made = await paper(world)
    for n in range(4):
        await subscribe(world, f"r{n}@example{n}.net")
    post = await made.say("Erste Fassung.")
    real, taken = world.mail.post, 0

    async def slow(message: bytes, to: str, **more: Any) -> str:
        nonlocal taken
        taken += 1
        answer = await real(message, to, **more)
        if taken == 1:
            await made.edit(post, "Zweite Fassung.")
        elif taken == 2:
            await decide(world, made, "withhold", post)
        return answer

    world.mail.post = slow  # type: ignore[method-assign]
    letters = await later(world)
    assert ["Erste" in one.text for one in letters] == [True, False]
    assert "Zweite Fassung" in letters[1].text
    assert await later(world, 7200) == []


async def test_a_channel_that_is_withheld_or_switched_off_sends_nothing(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE)
    await made.say("Nicht zu lesen.")
    await decide(world, made, "withhold")
    assert await later(world) == []
    other = await paper(world, "other", "Other")
    await subscribe(world, ZOE, name="other")
    await other.say("Auch nicht.")
    await pages.set_switch(world.app, other.peer, "newsletter", "off")
    assert await later(world) == []
    await pages.set_switch(world.app, other.peer, "newsletter", "on")
    await other.say("Das schon.")
    (mail,) = await later(world)
    assert "Das schon." in mail.text and "Auch nicht" not in mail.text


async def test_hashtags_choose_the_posts(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE, tags="#École")
    await subscribe(world, YAN)
    await made.say("Rien de tel.")
    await made.say("Des travaux. #ecole")
    letters = await later(world)
    assert sorted(one.to for one in letters) == [YAN, YAN, ZOE]


async def test_digests_come_at_seven_where_the_reader_is(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE, frequency="day", zone="Europe/Paris")
    await subscribe(world, YAN, frequency="day", zone="America/New_York")
    # It is 15 January 2027, 08:00 UTC: 9 in Paris, 3 in New York.
    await made.say("Am Freitag gesagt.")
    (mail,) = await later(world, 4 * 3600 + 1)
    assert mail.to == YAN and "Am Freitag gesagt" in mail.text
    assert mail.subject == "La Gazette, 15 January 2027"
    second = await made.say("Am Abend gesagt.")
    letters = await later(world, 18 * 3600)
    assert [one.to for one in letters] == [ZOE]
    assert all(words in letters[0].text for words in ("Am Freitag", "Am Abend"))
    letters = await later(world, 6 * 3600)
    assert [one.to for one in letters] == [YAN]
    assert "Am Abend" in letters[0].text and "Am Freitag" not in letters[0].text
    await made.edit(second, "Am Abend anders gesagt.")
    assert await later(world, 3 * 86_400) == [], "no letter without news, none twice"


async def test_weeks_end_on_mondays(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE, frequency="week", zone="UTC")
    await made.say("In der Woche.")
    assert await later(world, 2 * 86_400) == []
    (mail,) = await later(world, 86_400)
    assert "18 January 2027" in mail.subject and "In der Woche" in mail.text


async def test_the_next_digest_says_what_was_withdrawn_where_it_may(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE, frequency="day", zone="UTC")
    first = await made.say("Zurückgenommen wort1.")
    held = await made.say("Zurückgehalten wort2.")
    abroad = await made.say("In einem Land wort3.")
    (mail,) = await later(world, 86_400)
    assert all(f"wort{n}" in mail.text for n in (1, 2, 3))
    await made.delete(first)
    await decide(world, made, "withhold", held)
    await decide(world, made, "withhold", abroad, countries=("DE",))
    (mail,) = await later(world, 86_400)
    assert mail.text.count("Withdrawn: a post sent on 16 January 2027") == 2
    assert "wort" not in mail.text + html_of(mail)
    assert f"/gazette/{abroad}" not in mail.text
    assert await later(world, 86_400) == [], "it is said once"


async def test_a_mail_under_way_is_repeated_alone_and_with_its_number(world: World) -> None:
    made = await paper(world)
    for n in range(3):
        await subscribe(world, f"r{n}@example{n}.net")
    await made.say("Einmal.")
    real, taken = world.mail.post, 0

    async def dies(message: bytes, to: str, **more: Any) -> str:
        nonlocal taken
        taken += 1
        answer = await real(message, to, **more)
        if taken == 2:
            raise BaseExceptionGroup("killed", [KeyboardInterrupt()])
        return answer

    world.mail.post = dies  # type: ignore[method-assign]
    world.mail.sent.clear()
    world.clock.advance(DELAY + 1)
    with pytest.raises(BaseException):  # noqa: B017 - whatever a kill looks like
        await run(world)
    world.mail.post = real  # type: ignore[method-assign]
    world.app.parts.pop(sending.DESK)
    world.clock.advance(60)
    await run(world)
    letters = [one for one in world.mail.sent if one.message is not None]
    to = sorted(one.to for one in letters)
    assert len(to) == 4 and len(set(to)) == 3
    twice = [str(one.message["Message-ID"]) for one in letters if one.message is not None]
    assert len(set(twice)) == 3


async def test_one_domain_gets_so_many_a_minute(world: World) -> None:
    made = await paper(world)
    step = 60 / world.app.config.newsletter.per_minute
    for n in range(12):
        await subscribe(world, f"r{n}@big.example")
    await subscribe(world, "one@small.example")
    await made.say("An alle.")
    letters = await later(world)
    assert "one@small.example" in [one.to for one in letters]
    assert len(letters) - 1 == int(1 / step), "as many as fit into one second"
    rest = await later(world, 5)
    assert len(letters) + len(rest) == 13


async def test_an_address_that_is_none_ends_and_a_busy_server_is_tried_again(world: World) -> None:
    made = await paper(world)
    await subscribe(world, ZOE)
    await subscribe(world, YAN)
    await made.say("An alle.")
    real = world.mail.post

    async def refuses(message: bytes, to: str, **more: Any) -> str:
        if to == ZOE:
            raise MailRefused(550, "5.1.1 no such user", recipient=True)
        raise MailRefused(452, "4.2.2 mailbox full", recipient=True)

    world.mail.post = refuses  # type: ignore[method-assign]
    assert await later(world) == []
    assert [row.domain for row in await rows(world)] != [] and len(await rows(world)) == 1
    figures = dict(await world.app.store.rows(q.COUNTS, channel=made.peer, after=0))
    assert figures["bounced"] == 1
    world.mail.post = real  # type: ignore[method-assign]
    (mail,) = await later(world, sending.PAUSES[0])
    assert mail.to == YAN
    assert await world.app.store.rows(qs.DUE, now=1 << 40, limit=9) == []


async def test_a_server_that_refuses_everybody_ends_nobody(world: World) -> None:
    made = await paper(world)
    for n in range(15):
        await subscribe(world, f"r{n}@example{n}.net")

    async def refuses(message: bytes, to: str, **more: Any) -> str:
        raise MailRefused(554, "5.7.1 relaying denied", recipient=True)

    world.mail.post = refuses  # type: ignore[method-assign]
    await made.say("An alle.")
    await later(world)
    assert len(await rows(world)) == 15
    assert (await reader(world).get("/gazette")).status == 200
