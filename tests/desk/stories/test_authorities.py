"""Stories of authorities: an order limited to a country, data by two people, keeping."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pyrage
import pytest

from petitbleu.desk.cases import service as cases
from petitbleu.desk.holds import service as holds
from petitbleu.domain.references import service as references
from petitbleu.tl import api
from tests.desk.decisions.deciding import scene
from tests.desk.holds.test_holds import bodies, erase
from tests.desk.stories.walk import DAY, Walk, link_in
from tests.domain.moderation.place import service_chat
from tests.kit import talk
from tests.kit.desk import DeskSite, Person
from tests.kit.world import Client

COURT = "Tribunal judiciaire de Lyon <greffe@tj-lyon.justice.example>"
BAMBERG = "Amtsgericht Bamberg <post@bamberg.justiz.example>"
ZCB = "Generalstaatsanwaltschaft Bamberg <e-evidence@zcb.justiz.example>"
KEY = pyrage.x25519.Identity.generate()


@pytest.fixture
async def walk(desk: DeskSite) -> Walk:
    made = Walk(desk)
    await made.begin()
    return made


async def people(walk: Walk) -> tuple[Client, Client]:
    """Ada, whose data are asked for, wrote to Bob."""
    ada, bob = await walk.world.sign_up("Ada"), await walk.world.sign_up("Bob")
    await talk.say(ada, await ada.peer(bob), "the plan")
    return ada, bob


def plan(walk: Walk, account: int, *fields: str, **more: str) -> dict[str, Any]:
    """A disclosure as the form sends it: what the order names, and no more."""
    return {
        "account": str(account),
        "field": list(fields),
        "since": "2027-01-01",
        "until": "2027-01-31",
        "key": str(KEY.to_public()),
        "minimised": "the order names these fields and this month",
        **more,
    }


def archive(data: bytes) -> dict[str, bytes]:
    """What the authority reads with its key."""
    files = zipfile.ZipFile(io.BytesIO(pyrage.decrypt(data, [KEY])))
    return {name: files.read(name) for name in files.namelist()}


async def handed_over(walk: Walk, by: Person, disclosure: int, to: str) -> dict[str, bytes]:
    """The archive is made, the link mailed, and fetched from the portal once."""
    made = await by.sign(f"/desk/disclosures/{disclosure}/make")
    assert made.status == 200, made.words
    await walk.settle()
    link = link_in(walk.mails(to)[-1].text, "/divulgation/")
    reader = walk.reader()
    assert (await reader.get(link)).status == 200, "a look alone hands nothing over"
    fetched = await reader.post(link)
    assert (await reader.post(link)).status == 404, "once"
    return archive(fetched.body)


async def test_an_order_of_one_country_binds_its_readers_alone(walk: Walk) -> None:
    at = await scene(walk.world)
    number = await walk.arrives(
        BAMBERG,
        "Anordnung nach Artikel 9 DSA, 12 O 34/27",
        "Das Amtsgericht Bamberg ordnet nach Artikel 9 der Verordnung (EU) 2022/2065 an, gegen den"
        f" rechtswidrigen Inhalt {at.link()} vorzugehen. Räumlicher Geltungsbereich: Deutschland."
        " Aktenzeichen: 12 O 34/27. Begründung: § 130 StGB. Rechtsbehelf: Beschwerde.",
    )
    state = await walk.state(number)
    assert (state.kind, state.territorial_scope) == ("dsa_art9_order", ["DE"])
    ada = await walk.desk.person("legal")
    assert number in (await ada.get("/desk/orders")).text
    everywhere = {"measures.0.kind": "remove", "measures.0.item": at.link(), "outcome": "measures"}
    wider = await ada.post(f"/desk/cases/{number}/decide/preview", everywhere)
    assert wider.status == 422
    only = [{"kind": "country", "item": at.link(), "countries": "DE"}]
    await walk.decide(ada, number, measures=only, source="other")
    assert await at.place.history(at.bob) == [], "Bob lives in Germany"
    assert await at.place.history(at.eve) == ["Saluons l’attentat"], "Eve lives in France"
    await walk.settle(601)
    assert any(number in one.text for one in walk.mails("post@bamberg.justiz.example"))
    await walk.sound()


async def test_an_order_for_information_is_answered_by_two(walk: Walk) -> None:
    ada, _ = await people(walk)
    number = await walk.arrives(
        COURT,
        "Injonction de fournir des informations RG 27/00412",
        "En application de l'article 10 du règlement (UE) 2022/2065, le tribunal judiciaire de Lyon"
        f" enjoint de fournir des informations sur le compte {ada.user_id} : nom et connexions de"
        " janvier 2027. Référence : RG 27/00412. Motifs : enquête sur une escroquerie.",
    )
    state = await walk.state(number)
    assert state.kind == "dsa_art10_order", state.reasons
    legal, lead = await walk.desk.person("legal"), await walk.desk.person("lead")
    base = f"/desk/cases/{number}"
    nothing = await legal.sign(f"{base}/disclose", plan(walk, ada.user_id))
    assert nothing.status == 422 and "none is chosen by itself" in nothing.words
    content = await legal.sign(f"{base}/disclose", plan(walk, ada.user_id, "messages"))
    assert content.status == 422 and "judge or court" in content.words
    given = plan(walk, ada.user_id, "name", "sign_ins")
    assert (await legal.sign(f"{base}/disclose", given)).status == 303
    early = await legal.sign("/desk/disclosures/1/make")
    assert early.status == 409, "the second person has not signed"
    await walk.agree(lead, 1)
    files = await handed_over(walk, legal, 1, "greffe@tj-lyon.justice.example")
    assert json.loads(files["subscriber.json"]) == [{"account": ada.user_id, "name": "Ada"}]
    assert b"the plan" not in b"".join(files.values())
    await walk.settle()
    assert number in (await service_chat(ada))[0], "Article 10(5): the person is told"
    assert "dsa10.user_info" in (await walk.state(number)).done
    await walk.sound()


async def test_a_secrecy_clause_that_a_person_read_delays_the_telling(walk: Walk) -> None:
    ada, _ = await people(walk)
    number = await walk.arrives(
        COURT,
        "Injonction de fournir des informations RG 27/00413",
        "En application de l'article 10 du règlement (UE) 2022/2065, le tribunal judiciaire de Lyon"
        f" enjoint de communiquer les données d'identification du compte {ada.user_id}.",
    )
    legal, lead = await walk.desk.person("legal"), await walk.desk.person("lead")
    base = f"/desk/cases/{number}"
    order = {"issuer": "TJ Lyon", "judge": "1", "secret": "2027-02-15"}
    wrong = await legal.sign(f"{base}/order", order | {"secret": "15/02"})
    assert wrong.status == 422 and "is no date" in wrong.words
    assert (await legal.sign(f"{base}/order", order)).status == 303
    await legal.sign(f"{base}/disclose", plan(walk, ada.user_id, "name"))
    await walk.agree(lead, 1)
    await handed_over(walk, legal, 1, "greffe@tj-lyon.justice.example")
    await walk.settle(20 * DAY)
    assert not any(number in words for words in await service_chat(ada))
    await walk.settle(12 * DAY)
    assert any(number in words for words in await service_chat(ada))


async def test_a_production_order_of_a_court_may_name_content(walk: Walk) -> None:
    ada, _ = await people(walk)
    number = await walk.arrives(
        ZCB,
        "European Production Order Certificate (EPOC) - 210 UJs 8841/27",
        "EUROPEAN PRODUCTION ORDER CERTIFICATE pursuant to Regulation (EU) 2023/1543\n"
        "SECTION A Issuing State: Germany. File number: 210 UJs 8841/27\n"
        "SECTION B Addressee: Chez nous\nSECTION C Deadline: within 10 days\n"
        f"SECTION E Account: {ada.user_id}\nSECTION F Content data\nSECTION G Offence: murder\n",
    )
    state = await walk.state(number)
    assert (state.kind, state.urgency) == ("epoc", 1)
    legal, lead = await walk.desk.person("legal"), await walk.desk.person("lead")
    base = f"/desk/cases/{number}"
    order = {"issuer": "Amtsgericht Bamberg", "judge": "1"}
    assert (await legal.sign(f"{base}/order", order)).status == 303
    given = plan(walk, ada.user_id, "messages")
    assert (await legal.sign(f"{base}/disclose", given)).status == 303
    await walk.agree(lead, 1)
    files = await handed_over(walk, legal, 1, "e-evidence@zcb.justiz.example")
    assert [one["text"] for one in json.loads(files["messages.json"])] == ["the plan"]
    told = [words for words in await service_chat(ada) if number in words]
    assert told == [], "the issuing authority informs the person"
    actions = await walk.desk.actions()
    assert actions.index("second.use") < actions.index("content.messages")
    await walk.sound()


async def test_an_emergency_is_called_back_before_anything_is_given(walk: Walk) -> None:
    ada, _ = await people(walk)
    number = await walk.arrives(
        ZCB,
        "URGENT - European Production Order Certificate (EPOC) - emergency case",
        "Under Article 10(4) of Regulation (EU) 2023/1543 the transmission of subscriber data of"
        f" the account {ada.user_id} is ordered within 8 hours: kidnapping, danger to life."
        " Addressee: Chez nous. Issuing State: Germany. File number: 210 UJs 9000/27",
    )
    state = await walk.state(number)
    assert (state.kind, state.urgency) == ("epoc_emergency", 0)
    due = {one.id: one.due for one in cases.clocks(walk.app, state)}
    assert due["epoc_emergency.produce"] == state.received_at + 8 * 3600
    legal, lead = await walk.desk.person("legal"), await walk.desk.person("lead")
    base = f"/desk/cases/{number}"
    given = plan(walk, ada.user_id, "name", "sign_ins", emergency="1")
    locked = await legal.sign(f"{base}/disclose", given)
    assert locked.status == 422 and "call the directory" in locked.words
    assert "+49 951 0000" in (await legal.get(f"{base}/disclose")).words
    assert (await legal.sign(f"{base}/callback", {"with": "K. Hofer"})).status == 303
    assert (await legal.sign(f"{base}/disclose", given)).status == 303
    files = await handed_over(walk, legal, 1, "e-evidence@zcb.justiz.example")
    assert "subscriber.json" in files, "before the second person, who has 24 hours"
    page = await lead.get("/desk/seconds/1")
    assert page.status == 200
    await walk.agree(lead, 1)
    assert "done" in {key for one in await walk.desk.log() for key in json.loads(one.data)}
    await walk.sound()


async def test_what_is_preserved_outlives_deletion_and_an_extension(walk: Walk) -> None:
    ada, bob = await people(walk)
    number = await walk.arrives(
        ZCB,
        "European Preservation Order Certificate (EPOC-PR) 210 UJs 8841/27",
        "EUROPEAN PRESERVATION ORDER CERTIFICATE (EPOC-PR), Regulation (EU) 2023/1543, Annex II."
        f" Addressee: Chez nous. Account: {ada.user_id}. Data to be preserved for 60 days."
        " Issuing State: Germany. File number: 210 UJs 8841/27.",
        message_id="pr1",
    )
    assert (await walk.state(number)).kind == "epoc_pr"
    legal = await walk.desk.person("legal")
    base = f"/desk/cases/{number}"
    keep = {"target": str(ada.user_id), "days": "60", "reason": "EPOC-PR 210 UJs 8841/27"}
    placed = await legal.post(f"{base}/hold", keep)
    assert placed.status == 303, placed.words
    history = await talk.history(ada, await ada.peer(bob))
    await ada.call(api.messages.DeleteMessages(revoke=True, id=[one.id for one in history]))
    await erase(walk.world, 40)
    assert await bodies(walk.world, ada.user_id) == ["the plan"]
    joined = await walk.arrives(
        ZCB,
        f"Extension of the preservation (Annex VI), {number}",
        f"Your number {number}: the preservation of EPOC-PR 210 UJs 8841/27 is extended under"
        " Article 11(1) of Regulation (EU) 2023/1543 by 30 days. Annex VI.",
        headers={"References": "<pr1@zcb.justiz.example>"},
    )
    assert joined == number, "no second case"
    state = await walk.state(number)
    due = {one.id: one.due for one in cases.clocks(walk.app, state)}
    longer = (due["epoc_pr.extension"] or 0) - (due["epoc_pr.expiry"] or 0)
    assert round(longer / DAY) == 30, "an hour less where summer time begins"
    parsed = references.parse(number)
    assert parsed is not None
    (row,) = await holds.of_case(walk.app.store, parsed)
    legal = await walk.desk.person("legal")
    page = await legal.post(f"/desk/holds/{row.id}/renew", {"days": "30", "reason": "Annex VI"})
    assert page.status == 303
    await erase(walk.world, 40)
    assert await bodies(walk.world, ada.user_id) == ["the plan"], "day 80"
    await erase(walk.world, 45)
    assert await bodies(walk.world, ada.user_id) == []
    await walk.sound()
