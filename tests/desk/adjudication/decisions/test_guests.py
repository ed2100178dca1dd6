"""A guest's comment: a notice about it, the decision, what its author is told and can do."""

from __future__ import annotations

import re

import pytest

from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.decisions import resolve, service
from petitbleu.desk.adjudication.decisions.form import Wrong
from petitbleu.desk.adjudication.decisions.queries import DecisionRow
from petitbleu.desk.casework.cases import service as cases
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.ids import peer_of_channel
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import FORM, STAFF
from tests.desk.outside.test_mine import filled
from tests.desk.outside.test_notice import number_and_key
from tests.desk.outside.test_notice import sent as file_notice
from tests.domain.publishing.comments.kit import Talk, talk
from tests.kit import chats
from tests.kit.desk import DeskSite
from tests.kit.web import Browser

OTHER, GUEST = "staff:9", "g1@example.org"


async def reported(desk: DeskSite) -> tuple[Talk, int]:
    """A comment stands on the page, and somebody follows its link to the notice form."""
    here = await talk(desk.world, "direct")
    await here.wrote("Saluons l’attentat, et imitons-le.")
    page = await here.browser.get(here.page)
    asked = re.search(r'href="(/signaler\?link=[^"]*comment[^"]*)"', page.text)
    assert asked is not None
    reader = Browser(desk.site)
    form = await reader.get(asked[1])
    filled_in = re.search(r'<textarea[^>]*name="links"[^>]*>\s*(\S+)</textarea>', form.text)
    assert filled_in is not None, form.text
    done = await file_notice(desk.world, reader, links=filled_in[1].replace("&amp;", "&"))
    number = case_numbers.parse(number_and_key(done)[0])
    assert number is not None
    return here, number


async def removed(desk: DeskSite, case: int) -> DecisionRow:
    """The desk decides by the very link that the notice brought."""
    state = await cases.get(desk.world.app.store, case)
    assert state is not None
    (target,) = state.targets
    form = service.read(FORM | {"measures": [{"kind": "remove", "item": target}]})
    row = await service.decide(desk.world.app, STAFF, case, form, command="d")
    await JobRunner(desk.world.app).run_due()
    await desk.world.settle()
    return row


async def test_a_notice_leads_to_the_comment_and_a_decision_removes_it_everywhere(
    desk: DeskSite,
) -> None:
    here, case = await reported(desk)
    (message,) = await here.said()
    state = await cases.get(desk.world.app.store, case)
    assert state is not None
    item = await resolve.resolve(desk.world.app, state.targets[0])
    assert item is not None and item.what == resolve.MESSAGES
    assert (item.peer, item.messages) == (peer_of_channel(here.group), (message.id,))
    row = await removed(desk, case)
    assert await here.said() == []
    for path in (here.page, f"{here.page}/comments", f"{here.page}/comments.atom"):
        assert "attentat" not in (await here.browser.get(path)).text
    gone = await here.browser.get(f"{here.page}?comment={message.id}")
    assert gone.status == 410
    mine = await here.browser.get(here.mine)
    assert "sent to you by e-mail" in mine.words
    number = int(here.mine.rpartition("/")[2].partition(".")[0], 16)
    assert service.people_of(row) == [-number]


async def test_its_author_gets_the_reasons_by_mail_and_can_contest_by_that_link(
    desk: DeskSite,
) -> None:
    here, case = await reported(desk)
    row = await removed(desk, case)
    world = desk.world
    (letter,) = [one for one in world.mail.sent if one.to == GUEST and "/decision/" in one.text]
    assert "La publication fait l’apologie" in letter.text
    link = re.search(r"https://\S+(/decision/\S+)", letter.text)
    assert link is not None
    reader = Browser(desk.site)
    page = await reader.get(link[1])
    assert page.status == 200 and "La publication fait l’apologie" in page.words
    assert "Grace" not in page.words, "who gave notice is not named"
    contest = re.search(r'href="(/decision/[^"]+/contester[^"]+)"', page.text)
    assert contest is not None
    typed = await filled(reader, contest[1])
    world.clock.advance(10)
    done = await reader.post(contest[1], typed)
    assert "We have your complaint" in done.words
    (lodged,) = await appeals.of_decision(world.app.store, row.number)
    assert (lodged.who, lodged.email) == ("author", GUEST)
    world.clock.advance(700)
    await appeals.decide(world.app, OTHER, lodged.number, "reverse", "Not so.", command="r")
    await JobRunner(world.app).run_due()
    await world.settle()
    assert "Saluons" in (await here.browser.get(here.page)).text
    assert "Not so." in [one for one in world.mail.sent if one.to == GUEST][-1].text


async def test_links_to_comments_are_understood_in_every_form(desk: DeskSite) -> None:
    here = await talk(desk.world, "direct")
    await here.wrote("Un mot.")
    (message,) = await here.said()
    app, name = desk.world.app, here.channel.name
    for link in (
        f"https://chat.example.org/{name}/{here.post}?comment={message.id}",
        f"https://chat.example.org/{name}/{here.post}?comment={message.id}#c{message.id}",
        f"https://chat.example.org/{name}/{here.post}#c{message.id}",
        f"https://chat.example.org/{name}/{here.post}/comments?after=3#c{message.id}",
        f"tg://resolve?domain={name}&post={here.post}&comment={message.id}",
    ):
        item = await resolve.resolve(app, link)
        assert item is not None and item.messages == (message.id,), link
    post = await resolve.resolve(app, f"https://chat.example.org/{name}/{here.post}#comments")
    assert post is not None and (post.peer, post.messages) == (here.channel.peer, (here.post,))
    for wrong in (f"?comment={message.id + 50}", "?comment=1"):
        assert await resolve.resolve(app, f"https://x/{name}/{here.post}{wrong}") is None


async def test_staff_see_the_comment_and_whom_the_case_concerns(desk: DeskSite) -> None:
    here, case = await reported(desk)
    ada = await desk.person("lead")
    number = case_numbers.text(case)
    page = await ada.get(f"/desk/cases/{number}")
    assert page.status == 200 and f"comment={(await here.said())[0].id}" in page.text
    state = await cases.get(desk.world.app.store, case)
    assert state is not None
    look = {"target": state.targets[0], "why": "to judge the notice"}
    seen = await ada.post(f"/desk/cases/{number}/target", look)
    assert "Saluons l’attentat" in seen.words
    assert (await ada.get(f"/desk/cases/{number}/people")).status == 200
    await removed(desk, case)
    people = await ada.get(f"/desk/cases/{number}/people")
    assert people.status == 200 and people.text.count("<h2") >= 2
    assert GUEST in people.text
    judge = await desk.person("moderator")
    seen = await judge.get(f"/desk/cases/{number}/people")
    assert seen.status == 200 and seen.text.count("<h2") >= 2
    assert "example.org" not in seen.words


async def test_a_guest_among_my_cases_objects_as_its_author_and_never_as_who_gave_notice(
    desk: DeskSite,
) -> None:
    _, case = await reported(desk)
    row = await removed(desk, case)
    reader, world = Browser(desk.site), desk.world
    await reader.post("/mes-dossiers", {"email": GUEST})
    await world.settle()
    code = re.search(r"\b\d{6}\b", world.mail.sent[-1].text)
    assert world.mail.sent[-1].to == GUEST and code is not None
    opened = await reader.post("/mes-dossiers/code", {"email": GUEST, "code": code[0]})
    page = await reader.get(f"{opened.headers['location']}/{case_numbers.text(case)}")
    assert service.key(world.app, row.number, 0) not in page.text
    assert service.key(world.app, row.number, service.people_of(row)[0]) in page.text
    assert "La publication fait l’apologie" in page.words


NINES = "9" * 18
HOSTILE = (
    f"tg://privatepost?channel={NINES}9&post=1",
    "tg://privatepost?channel=abc&post=1",
    f"tg://privatepost?channel={'9' * 5000}&post=1",
    f"tg://resolve?domain=x&post={NINES}9",
    f"https://chat.example.org/c/{NINES}9/{NINES}9",
    f"https://chat.example.org/mairie/{NINES}99?comment={NINES}99",
    "https://[::1/x",
    "https://chat.example.org:99999999/mairie/2",
    f"{NINES}9",
    f"-{NINES}9",
    "9" * 5000,
    "PB-9999-999999999999999999",
    "²",
    "@" + "x" * 5000,
    "tg://resolve?domain=mairie&post=²",
)


async def test_hostile_links_of_notices_mean_nothing_and_break_nothing(desk: DeskSite) -> None:
    found = [await resolve.resolve(desk.world.app, link) for link in HOSTILE]
    assert found == [None] * len(HOSTILE)


async def test_the_comment_a_notice_names_is_kept_as_it_was(desk: DeskSite) -> None:
    here, case = await reported(desk)
    await JobRunner(desk.world.app).run_due()
    state = await cases.get(desk.world.app.store, case)
    assert state is not None
    (copy,) = state.sealed.values()
    (message,) = await here.said()
    ada = await desk.person("moderator")
    asked = {"report": case_numbers.text(copy), "why": "to decide"}
    page = await ada.post(f"/desk/cases/{case_numbers.text(case)}/copy", asked)
    assert "et imitons-le." in page.words and "Unchanged since." in page.words
    assert "777002" not in page.words, "that account is the server's"
    owner, group = here.channel.owner, chats.input_channel(here.channel.owner, here.group)
    await owner.call(api.channels.DeleteMessages(channel=group, id=[message.id]))
    page = await ada.post(f"/desk/cases/{case_numbers.text(case)}/copy", asked)
    assert "et imitons-le." in page.words and "Deleted since." in page.words
    form = service.read(FORM | {"measures": [{"kind": "remove", "item": state.targets[0]}]})
    with pytest.raises(Wrong) as wrong:
        await service.decide(desk.world.app, STAFF, case, form, command="d")
    assert [one.code for one in wrong.value.errors] == ["gone"], "a guest has no account"
