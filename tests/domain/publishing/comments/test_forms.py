"""What forms of comments tell, and that nothing of what was typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.domain.publishing.comments import service
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.run.jobs import JobRunner
from petitbleu.store.sqlite import SqliteStore
from petitbleu.web.public.comments import FORM_BYTES
from tests.domain.publishing.comments.kit import TEXT, talk
from tests.kit.world import World
from tests.web.test_public import decide


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    """On one engine: what the database does is tried by test_comments."""
    made = World(sqlite_store, tmp_path)
    await made.start()
    yield made
    await made.settle()
    assert not made.errors, made.errors


async def test_who_comes_too_late_is_told_so_and_keeps_the_new_text(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    world.clock.advance(29 * 60)
    await here.act("confirm")
    world.clock.advance(29 * 60)
    assert "autrement" in await here.act("edit", text="Dit autrement.")
    world.clock.advance(2 * 60)
    late = await here.browser.post(here.link, {"act": "edit", "text": "Encore <autrement>."})
    assert late.status == 409
    assert "too late" in late.words and "Published" in late.words
    assert "Encore &lt;autrement&gt;.</textarea>" in late.text
    (message,) = await here.said()
    assert message.message.endswith("Dit autrement.")


async def test_a_form_sent_twice_is_one_comment_and_one_mail(world: World) -> None:
    here = await talk(world)
    first, again = await here.form(), await here.form()
    assert (first.status, again.status, len(world.mail.sent)) == (200, 200, 1)
    world.clock.advance(service.REMIND_SECONDS)
    await here.form()
    assert len(world.mail.sent) == 2
    assert world.mail.sent[0].text == world.mail.sent[1].text
    await here.act("confirm")
    assert len(await service.waiting(world.app)) == 1
    await here.form(text="Autre chose.")
    assert len(world.mail.sent) == 3


async def test_a_comment_whose_mail_did_not_leave_is_sent_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await talk(world)

    async def broken(*_: object) -> None:
        raise OSError("no route")

    with monkeypatch.context() as patch:
        patch.setattr(service, "ask", broken)
        failed = await here.form()
    assert failed.status == 503 and "&lt;b&gt;les travaux&lt;/b&gt;" in failed.text
    assert (await here.form()).status == 200
    assert len(world.mail.sent) == 1


async def test_an_answer_shows_what_it_answers(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    (first,) = await here.said()
    form = await here.browser.get(f"{here.page}/comment?to={first.id}")
    assert "In answer to Léa" in form.words and "sont finis ?" in form.words
    assert form.values()["parent"] == str(first.id)
    for wrong in ("999999", "-1", "x", "1"):
        form = await here.browser.get(f"{here.page}/comment?to={wrong}")
        assert form.status == 200 and form.values()["parent"] == "", wrong


async def test_what_is_too_long_comes_back_to_be_shortened(world: World) -> None:
    here = await talk(world)
    await here.browser.get(here.page)
    long = await here.form(text="é" * 20_000 + "fin")
    assert long.status == 422 and "éfin</textarea>" in long.text
    for path in (f"{here.page}/comment", "/comment/1.x"):
        huge = await here.browser.post(path, {"text": "x" * FORM_BYTES})
        assert huge.status == (404 if path == "/comment/1.x" else 413)
    assert world.mail.sent == []


async def test_a_door_that_closes_meanwhile_gives_the_text_back(world: World) -> None:
    here = await talk(world)
    await pages.set_switch(world.app, here.channel.peer, "comments", "members")
    shut = await here.browser.post(f"{here.page}/comment", {"text": TEXT})
    assert shut.status == 403 and "&lt;b&gt;les travaux&lt;/b&gt;" in shut.text
    assert f'href="{here.page}"' in shut.text


async def test_a_form_under_what_is_not_there_says_what_its_page_says(world: World) -> None:
    here = await talk(world)
    gone = await here.browser.get(f"/{here.channel.name}/4711/comment")
    assert (gone.status, gone.headers["location"]) == (302, f"/{here.channel.name}/4711")
    await decide(world, here.channel, "withhold", here.post, countries=("FR",))
    held = await here.browser.get(f"{here.page}/comment")
    assert held.status == 451 and "blocked-by" in held.headers["link"]


async def test_the_authors_page_stays_in_the_language_that_was_asked_for(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    done = await here.browser.post(f"{here.link}?lang=fr", {"act": "confirm"})
    assert done.headers["location"] == f"{here.link}?lang=fr"
    await JobRunner(world.app).run_due()
    assert "Publié" in (await here.browser.get(done.headers["location"])).words


@pytest.mark.parametrize("parts", [True, False])
async def test_mail_programs_end_mails_with_one_click(world: World, parts: bool) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    assert "No more e-mail" in (await here.browser.get(here.link)).words
    said = {"List-Unsubscribe": "One-Click"}
    if parts:
        answer = await here.browser.upload(here.link, said, [("x", "a.txt", b"\xff")])
    else:
        answer = await here.browser.post(here.link, said)
    assert answer.status == 204
    assert "No more e-mail" not in (await here.browser.get(here.link)).words


@pytest.mark.turns(2)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\n--a\r\n--b"),
        ("multipart/form-data; boundary=\xe9", b"--" * 5000),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Type: multipart/x\r\n\r\n" * 4000),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data; name=\r\n"),
        (
            "multipart/form-data; boundary=a; charset=undefined",
            b'--a\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n--a--\r\n',
        ),
    ],
)
async def test_broken_parts_of_a_form_are_an_empty_form(
    world: World, kind: str, body: bytes
) -> None:
    here = await talk(world)
    here.browser._kind = kind
    answer = await here.browser.send_form(here.page + "/comment", body)
    assert answer.status == 422 and "The comment is empty" in answer.words


async def test_a_form_of_a_hundred_thousand_fields_is_not_read(world: World) -> None:
    here = await talk(world)
    many = {f"a{n}": "" for n in range(600)}
    assert (await here.browser.post(f"{here.page}/comment", many)).status == 413
