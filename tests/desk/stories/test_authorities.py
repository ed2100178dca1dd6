"""Stories of authorities: an order limited to a country, data that two people hand over."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pyrage
import pytest

from tests.desk.stories.conftest import Town
from tests.desk.stories.office import LEAD, LEGAL, WRONG, downloaded, see
from tests.desk.stories.people import CHANNEL, OLGA, PHONES, RENE, RITA
from tests.desk.stories.place import KEY, language_of, link_in, text_of
from tests.kit.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

COURT = "Tribunal judiciaire de Lyon <greffe@tj-lyon.justice.example>"
BAMBERG = "Amtsgericht Bamberg <post@bamberg.justiz.example>"
ZCB = "Generalstaatsanwaltschaft Bamberg <e-evidence@zcb.justiz.example>"
UNDO = 601


def archive(data: bytes) -> dict[str, bytes]:
    """What the authority reads with its key; the manifest's hashes are checked."""
    files = zipfile.ZipFile(io.BytesIO(pyrage.decrypt(data, [KEY])))
    found = {name: files.read(name) for name in files.namelist()}
    for one in json.loads(found["manifest.json"])["files"]:
        assert hashlib.sha256(found[one["name"]]).hexdigest() == one["sha256"]
    return found


async def fetched(town: Town, letter_to: str, number: str) -> dict[str, bytes]:
    """The authority opens the link of the letter and takes the archive, once."""
    letter = await town.place.letter(letter_to, number, "/divulgation/")
    link = link_in(text_of(letter), "/divulgation/")
    page = await town.office.public()
    await page.goto(link)
    await page.goto(link)
    await see(page, "portal")
    data = await downloaded(page, "main form button")
    await page.goto(link)
    assert await page.locator("main form").count() == 0, "once"
    return archive(data)


async def test_an_order_of_one_country_binds_its_readers_alone(town: Town) -> None:
    place, people, lea = town.place, town.people, town.office[LEGAL]
    before = place.figures()
    made = await people.do("say", OLGA, to=CHANNEL, text="Die Lüge von Auschwitz")
    link = f"{place.base}/{CHANNEL}/{made}"
    number = await place.arrives(
        BAMBERG,
        "Anordnung nach Artikel 9 DSA, 12 O 34/27",
        "Das Amtsgericht Bamberg ordnet nach Artikel 9 der Verordnung (EU) 2022/2065 an, gegen den"
        f" rechtswidrigen Inhalt {link} vorzugehen. Räumlicher Geltungsbereich: Deutschland."
        " Aktenzeichen: 12 O 34/27. Begründung: § 130 StGB. Rechtsbehelf: Beschwerde.",
    )
    case = place.case(number)
    assert (case["kind"], case["territorial_scope"]) == ("dsa_art9_order", ["DE"])
    assert case["language"] == "de" and case["receipt"]["language"] == "de"
    await lea.go("/desk/orders")
    await lea.see("orders")
    await lea.open(number)
    await lea.see("art9-case")
    await lea.write_decision(number, "remove")
    await lea.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await lea.fill(**{"measures.0.countries": ""})
    async with lea.page.expect_navigation():
        await lea.keys("t")
    assert await lea.page.query_selector(WRONG), "no wider than the order"
    await lea.see("art9-wider")
    await lea.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await lea.fill(**{"measures.0.kind": "country", "measures.0.countries": "DE"})
    await lea.fill(law="§ 130 StGB")
    await lea.finish(number)
    await people.gone(RITA, made)
    assert "Die Lüge von Auschwitz" not in await people.texts(RITA), "Rita lives in Germany"
    assert "Die Lüge von Auschwitz" in await people.texts(RENE), "René lives in France"
    await people.told(OLGA, number, "§ 130 StGB")
    await place.later(UNDO)
    answer = await place.letter("post@bamberg.justiz.example", number, "ausgeführt")
    assert language_of(answer) == "de" and answer["In-Reply-To"]
    assert "12 O 34/27" in answer["Subject"]
    await place.looked_at_again(lambda: place.case(number)["state"] == "closed")
    clocks = place.clocks(number)
    assert [one for one in clocks.values() if one["due"] and not one["done"]] == []
    assert place.rows_of(number) == [], "an order is no decision of ours for the EU's database"
    assert place.figures()["orders_to_act"] == before["orders_to_act"] + 1
    place.sound()
    await lea.open(number)
    await lea.see("art9-done")


async def test_an_order_for_information_is_answered_by_two(town: Town) -> None:
    place, people = town.place, town.people
    lea, lou = town.office[LEGAL], town.office[LEAD]
    before, account = place.figures(), people.ids[RENE]
    number = await place.arrives(
        COURT,
        "Injonction de fournir des informations RG 27/00412",
        "En application de l'article 10 du règlement (UE) 2022/2065, le tribunal judiciaire de Lyon"
        f" enjoint de fournir des informations sur le compte {account} : nom et connexions du"
        " mois. Référence : RG 27/00412. Motifs : enquête sur une escroquerie.",
    )
    case = place.case(number)
    assert case["kind"] == "dsa_art10_order", case["reasons"]
    await lea.order(number, "Tribunal judiciaire de Lyon", judge=False)
    await lea.see("disclose")
    await lea.propose(account, key=str(KEY.to_public()))
    assert "aucun n’est choisi d’office" in await lea.wrong()
    await lea.propose(account, "messages", key=str(KEY.to_public()))
    assert "d’un juge ou d’une juridiction" in await lea.wrong()
    await lea.see("disclose-wrong")
    await lea.page.uncheck("input[name=field][value=messages]")
    await lea.check_key(str(KEY.to_public()))
    await lea.propose(account, "name", "sign_ins", key=str(KEY.to_public()))
    await lea.said()
    await lea.make(number)
    await lea.see("disclosure-proposed")
    assert "Une seconde personne la lit d’abord" in await lea.main()
    assert await lea.page.query_selector("form[action$='/make']") is None
    await lou.agree(number)
    await lea.make(number)
    await lea.press("/make")
    await lea.said()
    await lea.see("disclosure-made")
    files = await fetched(town, "greffe@tj-lyon.justice.example", number)
    assert json.loads(files["subscriber.json"]) == [{"account": account, "name": "René"}]
    assert set(files) == {
        *("manifest.json", "subscriber.json", "subscriber.csv"),
        *("sign_ins.json", "sign_ins.csv"),
    }
    await people.told(RENE, number)
    await until(lambda: all(one["done"] for one in place.case(number)["clocks"]))
    await lea.take(number)
    await lea.see("art10-done")
    await lea.close("executed", "Les données ont été retirées.")
    assert place.case(number)["ending"] == "executed"
    assert place.figures()["orders_to_inform"] == before["orders_to_inform"] + 1
    place.sound()


async def test_a_production_order_of_a_court_may_name_content(town: Town) -> None:
    place, people = town.place, town.people
    lea, lou = town.office[LEGAL], town.office[LEAD]
    account = people.ids[RENE]
    await people.do("say", RENE, to=people.ids[RITA], text="the plan")
    number = await place.arrives(
        ZCB,
        "European Production Order Certificate (EPOC) - 210 UJs 8841/27",
        "EUROPEAN PRODUCTION ORDER CERTIFICATE pursuant to Regulation (EU) 2023/1543\n"
        "SECTION A Issuing State: Germany. File number: 210 UJs 8841/27\n"
        "SECTION B Addressee: Petitbleu SAS\nSECTION C Deadline: within 10 days\n"
        f"SECTION E Account: {account}\nSECTION F Content data\nSECTION G Offence: murder\n",
    )
    case = place.case(number)
    assert (case["kind"], case["urgency"]) == ("epoc", "high")
    due = {one["clock"]: one["due"] for one in case["clocks"]}
    assert due["epoc.produce"][:10] == place.today(10)
    await lea.open(number)
    await lea.hold()
    await lea.order(number, "Amtsgericht Bamberg", judge=True)
    await lea.check_key(str(KEY.to_public()))
    await lea.propose(account, "messages", key=str(KEY.to_public()))
    assert "notez qui l’a donné" in await lea.wrong(), "yes, with the authority’s permission alone"
    await lea.propose(account, "messages", key=str(KEY.to_public()), tell="release")
    await lea.said()
    await lou.agree(number)
    await lea.make(number)
    await lea.press("/make")
    await lea.said()
    files = await fetched(town, "e-evidence@zcb.justiz.example", number)
    assert [one["text"] for one in json.loads(files["messages.json"])] == ["the plan"]
    clocks = place.clocks(number)
    assert clocks["epoc.preserve"]["done"] and clocks["epoc.produce"]["done"]
    logged = place.logged(number)
    assert logged.index("second.use") < logged.index("content.messages")
    heard = (one.get("text", "") for one in people.seen if one["who"] == RENE)
    told = [text for text in heard if number in text]
    assert told == [], "the issuing authority informs the person"
    place.sound()


async def test_an_emergency_is_called_back_before_anything_is_given(town: Town) -> None:
    place, people = town.place, town.people
    lea, lou = town.office[LEGAL], town.office[LEAD]
    account = people.ids[RENE]
    number = await place.arrives(
        ZCB,
        "URGENT - European Production Order Certificate (EPOC) - emergency case",
        "Under Article 10(4) of Regulation (EU) 2023/1543 the transmission of subscriber data of"
        f" the account {account} is ordered within 8 hours: kidnapping, danger to life."
        " Addressee: Petitbleu SAS. Issuing State: Germany. File number: 210 UJs 9000/27",
    )
    case = place.case(number)
    assert (case["kind"], case["urgency"]) == ("epoc_emergency", "critical")
    await until(lambda: [one for one in place.alarms if one[1]["case"] == number])
    await place.letter("oncall@petitbleu.example", number)
    await lea.open(number)
    await lea.see("emergency-case")
    await lea.hold()
    async with lea.page.expect_navigation():
        await lea.keys("d")
    given = {"key": str(KEY.to_public()), "tell": "release"}
    await lea.page.check("input[name=emergency]")
    await lea.propose(account, "name", "phone", **given)
    assert "Rappelez d’abord" in await lea.wrong()
    assert "+49 951 0000" in await lea.main(), "the directory's number, not the letter's"
    await lea.fill(**{"with": "K. Hofer, permanence"})
    await lea.press("/callback")
    await lea.said()
    await lea.page.check("input[name=emergency]")
    await lea.propose(account, "name", "phone", **given)
    await lea.said()
    await lea.see("emergency-proposed")
    await lea.press("/make")
    await lea.said()
    files = await fetched(town, "e-evidence@zcb.justiz.example", number)
    (person,) = json.loads(files["subscriber.json"])
    assert (person["name"], person["phone"]) == (RENE, PHONES[RENE])
    clock = place.clocks(number)["epoc_emergency.produce"]
    assert clock["done"] < clock["due"]
    await lou.agree(number)  # within 24 hours
    logged = place.logged(number)
    assert "second.agree" in logged and "content.messages" not in logged
    await lea.open(number)
    await lea.see("emergency-done")
    place.sound()
