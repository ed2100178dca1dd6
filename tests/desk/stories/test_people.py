"""Stories of people: who gives notice, who flags, who reports from the app, who contests."""

from __future__ import annotations

import re
from typing import Any

import pytest

from petitbleu.desk.decisions import service as decisions
from petitbleu.domain.references import service as references
from petitbleu.tl import api
from tests.desk.decisions.deciding import Scene, scene
from tests.desk.outside.test_notice import HATE, hidden, number_and_key
from tests.desk.stories.walk import Walk, link_in
from tests.domain.moderation.place import service_chat
from tests.kit import talk
from tests.kit.desk import DeskSite
from tests.kit.web import Browser
from tests.kit.world import Client

POST = "Saluons l’attentat"


@pytest.fixture
async def walk(desk: DeskSite) -> Walk:
    made = Walk(desk)
    await made.begin()
    return made


async def notified(walk: Walk, at: Scene, reader: Browser) -> tuple[str, str]:
    """Somebody without an account fills the form in; number and key."""
    form = await reader.get("/signaler")
    walk.world.clock.advance(30)
    said = {
        "links": at.link(),
        "category": HATE,
        "explanation": "The post salutes an attack and calls for more.",
        "name": "Grace Hopper",
        "email": "grace@people.example",
        "language": "en",
        "faith": "1",
    }
    page = await reader.post("/signaler", hidden(form) | said)
    assert page.status == 200, page.words
    await walk.settle()
    return number_and_key(page)


def removal(at: Scene, **more: Any) -> dict[str, Any]:
    return {"measures": [{"kind": "remove", "item": at.link()}], **more}


async def test_a_notice_without_an_account_is_decided_and_followed(walk: Walk) -> None:
    at, reader = await scene(walk.world), walk.reader()
    number, key = await notified(walk, at, reader)
    assert number in walk.mails("grace@people.example")[0].text, "the receipt names the case"
    ada = await walk.desk.person("moderator")
    assert number in (await ada.get("/desk/mail")).text
    await walk.decide(ada, number, **removal(at))
    assert await at.place.history(at.bob) == []
    assert "Code pénal, art. 421-2-5" in (await service_chat(at.ada))[0]
    assert len(walk.mails("grace@people.example")) == 1, "ten minutes in which it can be taken back"
    await walk.settle(601)
    await walk.settle(61)
    answer = walk.mails("grace@people.example")[-1]
    assert "Code pénal, art. 421-2-5" in answer.text
    page = await reader.get(f"/suivi/{number}?secret={key}")
    assert page.status == 200 and "Code pénal, art. 421-2-5" in page.words, page.words
    redress = await reader.get(link_in(answer.text, "/decision/"))
    assert redress.status == 200
    assert "staff" not in answer.text and "Person 1" not in answer.text
    await walk.settle(3600)
    assert (await walk.state(number)).state == "closed"
    await walk.sound()


async def test_who_reports_from_a_client_hears_of_the_outcome(walk: Walk) -> None:
    at = await scene(walk.world)
    peer = await at.place.named(at.bob)
    await at.bob.call(
        api.messages.Report(peer=peer, id=[at.post], option=b"illegal/hate", message="look")
    )
    await walk.settle()
    told = (await service_chat(at.bob))[0]
    number = re.search(r"PB-\d{4}-\d{6}", told)
    assert number is not None, told
    ada = await walk.desk.person("moderator")
    base = f"/desk/cases/{number[0]}"
    hidden_page = await ada.get(base)
    assert POST not in hidden_page.words, "what was reported is shown on request only"
    shown = await ada.post(f"{base}/copy", {"report": number[0], "why": "is it hate?"})
    assert POST in shown.words
    await walk.decide(ada, number[0], **removal(at))
    await walk.settle(601)
    assert await at.place.history(at.eve) == []
    assert "Code pénal" in (await service_chat(at.bob))[0]
    assert "content.report" in await walk.desk.actions()
    await walk.sound()


async def test_a_trusted_flagger_goes_first_and_is_answered(walk: Walk) -> None:
    at = await scene(walk.world)
    await notified(walk, at, walk.reader())
    number = await walk.arrives(
        "Point de contact <alerte@pointdecontact.example>",
        "Signalement de contenu illicite PDC-2027-77",
        f"En qualité de signaleur de confiance, nous vous signalons {at.link()} : apologie d'actes"
        " de terrorisme, article 421-2-5 du code pénal. Nous déclarons de bonne foi que ces"
        " informations sont exactes et complètes.",
    )
    state = await walk.state(number)
    assert (state.kind, state.urgency) == ("trusted_flagger_notice", 1)
    ada = await walk.desk.person("moderator")
    following = await ada.get("/desk/next")
    assert following.headers["location"] == f"/desk/cases/{number}"
    await walk.decide(ada, number, **removal(at, source="trusted"))
    await walk.settle(601)
    await walk.settle(61)
    answer = walk.mails("alerte@pointdecontact.example")[-1]
    assert number in answer.text and "Code pénal" in answer.text
    (row,) = await decisions.of_case(walk.app.store, state.number)
    assert row.source == "SOURCE_TRUSTED_FLAGGER"
    await walk.sound()


async def test_an_appeal_that_reverses_brings_the_content_back(walk: Walk) -> None:
    at, reader = await scene(walk.world), walk.reader()
    number, _ = await notified(walk, at, reader)
    ada, bea = await walk.desk.person("moderator"), await walk.desk.person("moderator")
    await walk.decide(ada, number, **removal(at))
    await walk.settle(601)
    link = link_in((await service_chat(at.ada))[0], "/decision/")
    page = await reader.get(link)
    form = re.search(r'href="(/decision/[^"]+/contester[^"]*)"', page.text)
    assert form is not None, page.words
    to = form[1].replace("&amp;", "&")
    opened = await reader.get(to)
    walk.world.clock.advance(30)
    why = {"text": "The post quotes a newspaper and condemns it.", "contest_email": ""}
    sent = await reader.post(to, hidden(opened) | why)
    assert sent.status in (200, 303), sent.words
    await walk.settle()
    listed = await bea.get("/desk/appeals")
    complaint = re.search(r"/desk/cases/(PB-\d{4}-\d{6})", listed.text)
    assert complaint is not None
    base = f"/desk/cases/{complaint[1]}"
    assert (await ada.get(f"{base}/appeal")).status == 403, "who decided does not decide again"
    assert why["text"] in (await bea.get(f"{base}/appeal")).words
    done = await bea.sign(f"{base}/appeal", {"outcome": "reverse", "text": "You are right."})
    assert done.status == 303, done.words
    await walk.settle()
    assert await at.place.history(at.bob) == [POST]
    assert "You are right." in (await service_chat(at.ada))[0]
    assert "You are right." in walk.mails("grace@people.example")[-1].text
    assert (await walk.state(complaint[1])).ending == "executed"
    about = await ada.get(f"/desk/cases/{number}")
    assert about.status == 200 and "an earlier decision is reversed" in about.words
    assert "/correct" not in about.text, "neither decision stands"
    await walk.sound()


async def private_chat(walk: Walk) -> tuple[Client, Client, str]:
    """Bob reports one message of Ada's out of a private chat; the case."""
    ada, bob = await walk.world.sign_up("Ada"), await walk.world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    for text in ("see you at six", "I know where you live", "sorry"):
        await talk.say(ada, to_bob, text)
    peer = await bob.peer(ada)
    (threat,) = [
        one.id for one in await talk.history(bob, peer) if one.message == "I know where you live"
    ]
    await bob.call(api.messages.Report(peer=peer, id=[threat], option=b"violence", message="help"))
    await walk.settle()
    number = re.search(r"PB-\d{4}-\d{6}", (await service_chat(bob))[0])
    assert number is not None
    return ada, bob, number[0]


async def test_around_a_private_message_nobody_looks_alone(walk: Walk) -> None:
    _, _, number = await private_chat(walk)
    tim = await walk.desk.person("triage")
    ada, bea = await walk.desk.person("moderator"), await walk.desk.person("lead")
    base = f"/desk/cases/{number}"
    shown = await ada.post(f"{base}/copy", {"report": number, "why": "is it a threat?"})
    assert "I know where you live" in shown.words and "see you at six" not in shown.words
    asked = {"report": number, "why": "a threat, or a joke?"}
    assert (await tim.sign(f"{base}/context", asked)).status == 403
    waits = await ada.sign(f"{base}/context", asked)
    assert waits.status == 303
    assert "see you at six" not in (await ada.get(base)).words
    again = await ada.sign(f"{base}/context", asked)
    assert again.status == 303, "asking twice opens nothing"
    alone = await ada.sign("/desk/seconds/1/answer", {"answer": "agree", "reason": ""})
    assert alone.status == 403, "a moderator signs nothing as a second"
    await walk.agree(bea, 1)
    opened = await ada.sign(f"{base}/context", asked)
    assert opened.status == 200
    assert "see you at six" in opened.words and "sorry" in opened.words
    once = await ada.sign(f"{base}/context", asked)
    assert "see you at six" not in once.words, "each look needs two people anew"
    lines = [one for one in await walk.desk.log() if one.action == "content.context"]
    assert len(lines) == 1 and lines[0].subject == number
    await walk.sound()


async def test_a_reported_private_message_is_removed_for_both(walk: Walk) -> None:
    ada, bob, number = await private_chat(walk)
    mod = await walk.desk.person("moderator")
    await walk.decide(mod, number, measures=[{"kind": "remove", "item": number}])
    for who, other in ((ada, bob), (bob, ada)):
        left = [one.message for one in await talk.history(who, await who.peer(other))]
        assert sorted(left) == ["see you at six", "sorry"]
    assert references.parse(number) is not None
