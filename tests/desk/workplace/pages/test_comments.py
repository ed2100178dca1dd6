"""Guests' comments at the desk: who may judge, what is shown, one verdict, many, the log."""

from __future__ import annotations

import re

import msgspec

from petitbleu.config import Antispam
from petitbleu.domain.publishing.comments import service
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.safety.antispam import learning
from petitbleu.domain.safety.antispam.classifier import Count
from petitbleu.run.jobs import JobRunner
from tests.domain.publishing.comments.kit import talk
from tests.domain.safety.antispam.kit import BAD, outside, train
from tests.kit.desk import DeskSite, Person
from tests.kit.web import Answer


def ids(page: str) -> list[str]:
    """The comments of a page, in its order."""
    return re.findall(r'id="c([0-9a-f]+)" data-row', page)


async def judge(who: Person, id: str, answer: str, **more: str) -> Answer:
    """Press a button under a comment, as its page was."""
    box = more.setdefault("box", "held")
    page = (await who.get(f"/desk/comments?box={box}")).text
    found = re.search(rf'id="c{id}" data-row.*?name="seen" value="([0-9a-f]+)"', page, re.DOTALL)
    seen = found[1] if found is not None else ""
    return await who.post(f"/desk/comments/{id}", {"answer": answer, "seen": seen} | more)


async def test_who_lacks_the_right_gets_nothing_and_the_refusal_is_logged(desk: DeskSite) -> None:
    here = await talk(desk.world)
    await here.wrote("Un mot pour la voirie.")
    ada = await desk.person("comments")
    (id,) = ids((await ada.get("/desk/comments")).text)
    assert "Comments to judge 1" in (await ada.get("/desk")).words
    for role in ("triage", "director", "tech", "dpo"):
        tim = await desk.person(role)
        page = await tim.get("/desk/comments")
        assert page.status == 403 and "voirie" not in page.words
        assert 'href="/desk/comments"' not in (await tim.get("/desk")).text
        for path, fields in (
            (f"/desk/comments/{id}", {"answer": "ham"}),
            ("/desk/comments/bulk", {"answer": "spam", "score": "0"}),
            ("/desk/comments/bulk", {"answer": "spam", "confirmed": "1", "numbers": id}),
        ):
            assert (await tim.post(path, fields)).status == 403
    assert (await desk.outsider().get("/desk/comments")).status == 303
    assert len(await service.queue(desk.world.app, service.Box("held"))) == 1
    assert (await desk.actions()).count("refused") == 16


async def test_a_verdict_publishes_teaches_and_is_a_line_of_the_log(desk: DeskSite) -> None:
    here = await talk(desk.world)
    await here.wrote("Un mot pour la voirie.")
    await here.wrote("Achetez mes pilules.", "Pills")
    ada = await desk.person("comments")
    page = await ada.get("/desk/comments")
    first, second = ids(page.text)
    assert "Un mot pour la voirie." in page.words and "under post" in page.words
    done = await judge(ada, first, "ham", next=second)
    assert done.headers["location"].endswith(f"#c{second}")
    assert "Published" in (await ada.get(done.headers["location"])).words
    (message,) = await here.said()
    assert message.message.endswith("Un mot pour la voirie.")
    await judge(ada, second, "spam")
    assert await learning.learnt(desk.world.app) == Count(1, 1)
    lines = [one for one in await desk.log() if one.action.startswith("comment.")]
    assert [(one.actor, one.action, one.subject) for one in lines] == [
        ("staff:1", "comment.ham", f"comment:{first}"),
        ("staff:1", "comment.spam", f"comment:{second}"),
    ]
    again = await judge(ada, second, "spam")
    assert "comment_gone" in again.headers["location"]
    assert (await ada.post("/desk/comments/zz", {"answer": "ham"})).status == 404
    assert (await ada.post(f"/desk/comments/{first}", {"answer": "x"})).status == 400


async def test_reasons_are_read_in_the_language_of_the_reader(desk: DeskSite) -> None:
    here = await talk(desk.world, "direct")
    await train(desk.world.app)
    await here.wrote(BAD.format(99), "Best Pills")
    for language, words in (
        ("en", ("mostly in spam", "Why the filter thinks so", "% spam")),
        ("fr", ("surtout dans du spam", "Pourquoi le filtre le pense", "spam à")),
    ):
        ada = await desk.person("comments", language=language)
        page = await ada.get("/desk/comments?box=spam")
        for said in words:
            assert said in page.words, (language, said)
        assert page.text.count("<li dir=") == 5


async def test_what_was_discarded_by_mistake_is_confirmed_first_and_keeps_its_date(
    desk: DeskSite,
) -> None:
    here = await talk(desk.world)
    await train(desk.world.app)
    sent = len(desk.world.mail.sent)
    await here.form(
        text=BAD.format(5), name="Best Pills", website="https://x.example", email="a@example.org"
    )
    written = int(desk.world.clock.now())
    assert len(desk.world.mail.sent) == sent, "what is surely spam gets no mail"
    desk.world.clock.advance(3 * 86_400)
    ada = await desk.person("comments")
    page = await ada.get("/desk/comments?box=discarded")
    (id,) = ids(page.text)
    done = await judge(ada, id, "ham", box="discarded")
    assert "comment_asked" in done.headers["location"]
    await JobRunner(desk.world.app).run_due()
    assert "Published" in await here.act("confirm")
    page = await pages.find(desk.world.app, here.channel.name)
    assert isinstance(page, pages.Page)
    shown = await service.of_post(desk.world.app, page, here.post, "FR")
    assert shown is not None and [one.at for one in shown.list] == [written]


async def test_discarded_comments_are_forgotten_after_fifteen_days(desk: DeskSite) -> None:
    here = await talk(desk.world)
    await train(desk.world.app)
    await here.form(text=BAD.format(5), name="Best Pills", website="https://x.example")
    desk.world.clock.advance(15 * 86_400 - 60)
    await service.tidy(desk.world.app)
    ada = await desk.person("comments")
    assert len(ids((await ada.get("/desk/comments?box=discarded")).text)) == 1
    desk.world.clock.advance(120)
    await service.tidy(desk.world.app)
    assert ids((await ada.get("/desk/comments?box=discarded")).text) == []


async def test_many_are_judged_by_score_after_a_look(desk: DeskSite) -> None:
    here = await talk(desk.world)
    await train(desk.world.app)
    for n in range(4):
        await here.wrote(BAD.format(60 + n), "Best Pills")
    await here.wrote("Merci pour le compte rendu du conseil de la rue des Lilas.")
    ada = await desk.person("comments")
    fields = {"box": "spam", "answer": "spam", "score": "90"}
    look = await ada.post("/desk/comments/bulk", fields)
    assert "To be judged spam, with 90 % and more: 4" in look.words
    await here.wrote(BAD.format(99), "Late")
    numbers = look.values()["numbers"]
    done = await ada.post("/desk/comments/bulk", fields | {"numbers": numbers, "confirmed": "1"})
    assert done.status == 303
    left = await ada.get("/desk/comments?box=spam")
    assert len(ids(left.text)) == 1 and "Late" in left.words, "what was not looked at is not judged"
    assert (await desk.actions()).count("comment.spam") == 4
    assert await learning.learnt(desk.world.app) == Count(12, 16)
    held = {"box": "held", "answer": "ham", "score": "50"}
    look = await ada.post("/desk/comments/bulk", held)
    assert "with 50 % and less: 1" in look.words
    await ada.post(
        "/desk/comments/bulk", held | {"numbers": look.values()["numbers"], "confirmed": "1"}
    )
    assert len(await here.said()) == 1
    assert (await ada.post("/desk/comments/bulk", held | {"score": "x"})).status == 422


async def test_comments_are_found_by_channel_and_words(desk: DeskSite) -> None:
    here = await talk(desk.world)
    await here.wrote("La fontaine de la place fuit.")
    await here.wrote("Le marché du samedi déborde.")
    ada = await desk.person("comments")
    page = await ada.get("/desk/comments?box=held&words=FONTAINE")
    assert len(ids(page.text)) == 1 and "fuit" in page.words
    page = await ada.get(f"/desk/comments?box=held&channel={here.channel.peer}")
    assert (
        len(ids(page.text)) == 2 and 'value="' + str(here.channel.peer) + '" selected' in page.text
    )
    page = await ada.get("/desk/comments?box=held&channel=-5")
    assert "Nothing here fits" in page.words
    last = (await desk.log())[-1]
    assert (last.action, last.subject) == ("view", "comments:held")
    for odd in ("box=x", "after=zz", "channel=x&words=%00", "after=" + "f" * 17):
        assert (await ada.get(f"/desk/comments?{odd}")).status in (200, 404)


async def test_spam_can_be_contested_once_and_the_answer_is_mailed(desk: DeskSite) -> None:
    here = await talk(desk.world)
    ada = await desk.person("comments")
    for spam in (False, True):
        await here.wrote("Un mot pour la voirie, avec mon numéro.")
        (id,) = ids((await ada.get("/desk/comments?box=held")).text)
        await judge(ada, id, "spam")
        assert "taken for spam" in (await here.browser.get(here.link)).words
        assert (
            "Say in a few words"
            in (await here.browser.post(here.link, {"act": "contest", "why": " "})).words
        )
        assert "you contest that" in await here.act("contest", why="<i>J’habite</i> ici.")
        twice = await here.browser.post(here.link, {"act": "contest", "why": "encore"})
        assert (twice.status, "encore" in twice.words) == (409, True), "and nothing typed is lost"
        page = await ada.get("/desk/comments")
        assert ids(page.text) == [id], "contested ones come first"
        assert "&lt;i&gt;J’habite&lt;/i&gt; ici." in page.text
        answer = "spam" if spam else "ham"
        link = here.link
        await judge(ada, id, answer, box="contested")
        await JobRunner(desk.world.app).run_due()
        said = desk.world.mail.sent[-1].text
        assert ("stays unpublished" if spam else "you were right") in said
        state = (await here.browser.get(link)).words
        assert ("stays unpublished" if spam else "Published") in state
        assert ids((await ada.get("/desk/comments?box=contested")).text) == []


async def test_the_outside_service_hears_of_a_verdict(desk: DeskSite) -> None:
    here = await talk(desk.world)
    async with outside() as there:
        desk.world.app.config = msgspec.structs.replace(
            desk.world.app.config,
            antispam=Antispam(outside_url=there.url, outside_key="a1b2c3d4e5f6"),
        )
        await here.wrote("Un mot pour la voirie.")
        ada = await desk.person("comments")
        (id,) = ids((await ada.get("/desk/comments?box=held")).text)
        await judge(ada, id, "spam")
        await JobRunner(desk.world.app).run_due()
        _, path, _, fields = there.asked[-1]
        assert path.endswith("/1.1/submit-spam")
        assert fields["comment_content"] == "Un mot pour la voirie."


async def test_a_comment_refused_by_the_channel_is_not_overruled(desk: DeskSite) -> None:
    here = await talk(desk.world)
    await here.wrote("Un mot pour la voirie.")
    await here.decide("no")
    ada: Person = await desk.person("comments")
    assert ids((await ada.get("/desk/comments?box=refused")).text) == []
    assert "those who run the channel" in (await here.browser.get(here.link)).words


async def test_a_verdict_is_on_the_text_that_was_read(desk: DeskSite) -> None:
    here = await talk(desk.world)
    await here.wrote("Un mot pour la voirie.")
    ada = await desk.person("comments")
    page = await ada.get("/desk/comments?box=held")
    (id,) = ids(page.text)
    fields = {"box": "held", "answer": "ham", "score": "99"}
    numbers = (await ada.post("/desk/comments/bulk", fields)).values()["numbers"]
    await here.browser.post(here.mine, {"act": "edit", "text": "Tout autre chose."})
    late = await ada.post(
        f"/desk/comments/{id}", {"answer": "ham", "seen": page.values()["seen"], "box": "held"}
    )
    assert "changed it" in (await ada.get(late.headers["location"])).words
    await ada.post("/desk/comments/bulk", fields | {"numbers": numbers, "confirmed": "1"})
    assert await here.said() == []
    await judge(ada, id, "ham")
    (message,) = await here.said()
    assert message.message.endswith("Tout autre chose.")
