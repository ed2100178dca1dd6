"""A decision takes effect, says why to everybody it must, and leaves nothing half done."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from petitbleu.desk.adjudication.decisions import numbers, service, writing
from petitbleu.desk.adjudication.decisions.service import Wrong
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import measures, reports
from petitbleu.store.api import Tx
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, ORDER, OTHER, STAFF, TCO, scene
from tests.desk.adjudication.eu_database import statement_checker as checker
from tests.domain.safety.moderation.place import service_chat
from tests.kit.world import World


async def test_a_notice_ends_in_a_removal_and_everybody_is_told(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    row = await at.decide(case)
    assert numbers.text(row.number).startswith("PB-2027-") and row.number % 1000 == 1
    assert await at.place.history(at.bob) == []

    (said,) = await service_chat(at.ada)
    for words in (
        FORM["law"],
        FORM["why"],
        FORM["facts"],
        "Code pénal",
        "Article 17",
        "/decision/",
    ):
        assert words in said
    assert numbers.text(row.number) in said
    assert at.mails("notifier@people.example") == []  # it may be undone for ten minutes

    await at.pass_time(601)
    (mail,) = at.mails("notifier@people.example")
    assert "Le contenu a été retiré." in mail.text and at.link() not in mail.text
    await at.pass_time(300)
    state = await at.case(case)
    assert (state.state, state.ending) == ("closed", "executed")
    assert {"dsa16.decide", "dsa16.decision_notice"} <= set(state.done)
    (queued,) = await eu_database.of_decision(world.app.store, row.number)
    statement = msgspec.json.decode(queued.payload)
    assert checker.faults(checker.load(), statement) == []
    assert statement["puid"] == numbers.text(row.number).lower()


async def test_a_removal_order_waits_for_nothing(world: World) -> None:
    at = await scene(world)
    case = await at.open(TCO)
    row = await at.decide(case, at.form(source="other"))
    assert (row.undo_until, row.left_out) == (0, "order")
    (mail,) = at.mails("greffe@tribunal.example")
    assert "TCO-1" in mail.subject and mail.message is not None
    names = [part.get_filename() for part in mail.message.walk() if part.get_filename()]
    assert names == [f"{numbers.text(row.number)}-annex2.pdf"]
    (said,) = await service_chat(at.ada)
    assert "2021/784" in said and "48 hours" in said
    await at.pass_time(300)
    state = await at.case(case)
    assert {"tco.remove", "tco.feedback", "tco.user_info"} <= set(state.done)
    held = [one for one in await cases.timeline(world.app.store, case) if one.kind == "hold"]
    assert len(held) == 1
    until = msgspec.msgpack.decode(held[0].data)["until"]
    assert 180 * 86_400 < until - row.at < 186 * 86_400


async def test_a_secrecy_clause_holds_the_letter_and_it_leaves_by_itself(world: World) -> None:
    at = await scene(world)
    case = await at.open(ORDER, facts={"confidentiality": {"until": "2027-02-01"}})
    early = at.form(source="other", delay_until="2027-01-20", delay_clause="Art. 4 de l’ordre")
    with pytest.raises(Wrong) as wrong:
        await at.decide(case, early)
    assert [one.code for one in wrong.value.errors] == ["secrecy"]
    delayed = at.form(source="other", delay_until="2027-02-01", delay_clause="Art. 4 de l’ordre")
    await at.decide(case, delayed)
    assert await at.place.history(at.bob) == []
    assert await service_chat(at.ada) == []
    await at.pass_time(15 * 86_400)
    assert await service_chat(at.ada) == []
    assert (await at.case(case)).state == "decided"
    await at.pass_time(2 * 86_400)
    assert await service_chat(at.ada) == [], "the last day of the clause is not over"
    await at.pass_time(86_400)
    assert len(await service_chat(at.ada)) == 1
    await at.pass_time(300)
    assert (await at.case(case)).state == "closed"


async def test_an_order_of_one_country_binds_there_alone(world: World) -> None:
    at = await scene(world)
    case = await at.open(ORDER, territorial_scope=["DE"])
    with pytest.raises(Wrong) as wrong:
        await at.decide(case, at.form(source="other"))
    assert [one.code for one in wrong.value.errors] == ["outside"]
    only = [{"kind": "country", "item": at.link(), "countries": ["DE"]}]
    row = await at.decide(case, at.form(source="other", measures=only))
    assert await at.place.history(at.bob) == []
    assert await at.place.history(at.eve) == ["Saluons l’attentat"]
    await at.pass_time(601)
    (mail,) = at.mails("greffe@tribunal.example")
    names = [part.get_filename() for part in mail.message.walk() if part.get_filename()]
    assert names == [f"{numbers.text(row.number)}-authority_effect.pdf"]


async def test_a_measure_outside_the_european_area_is_no_statement(world: World) -> None:
    at = await scene(world)
    only = [{"kind": "country", "item": at.link(), "countries": ["CH"]}]
    row = await at.decide(await at.open(NOTICE), at.form(measures=only))
    assert row.left_out == "outside"
    assert len(await service_chat(at.ada)) == 1


@pytest.mark.parametrize(
    ("operator", "left_out"),
    [({"micro_or_small": True}, "micro"), ({"online_platform": False}, "not_platform")],
)
async def test_who_has_not_to_tell_the_database_does_not(
    world: World, operator: dict[str, bool], left_out: str
) -> None:
    await directory.set_operator(world.app, operator, "operator")
    at = await scene(world)
    row = await at.decide(await at.open(NOTICE))
    assert row.left_out == left_out
    assert await eu_database.of_decision(world.app.store, row.number) == []
    assert "Article 17" in (await service_chat(at.ada))[0]  # the reasons are owed all the same


async def test_no_action_is_a_decision_with_reasons_too(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    row = await at.decide(case, at.form(outcome="no_action", measures=[]))
    assert row.left_out == "no_restriction"
    await at.pass_time(601)
    (mail,) = at.mails("notifier@people.example")
    assert "ne pas prendre de mesure" in mail.text and FORM["why"] in mail.text
    await at.pass_time(300)
    assert (await at.case(case)).ending == "no_action"
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]


async def test_an_order_that_cannot_be_carried_out_is_answered_with_annex_3(world: World) -> None:
    at = await scene(world)
    for kind, words in (("tco_removal_order", "annex3"), ("epoc", "eevidence3")):
        case = await at.open(TCO | {"kind": kind, "reference": kind})
        form = at.form(
            outcome="impossible", measures=[], source="other", obstacle="manifest_errors",
            obstacle_detail="L’adresse ne mène à rien.", preserved="yes", facts="", law="", why="",
            tell="release",
        )  # fmt: skip
        await at.decide(case, form)
        mail = at.mails("greffe@tribunal.example")[-1]
        assert mail.message is not None and "L’adresse ne mène à rien." in mail.text
        assert any(words in str(part.get_filename()) for part in mail.message.walk())
    assert await service_chat(at.ada) == []


async def test_after_annex_3_the_case_waits_and_is_decided_when_it_is_cured(world: World) -> None:
    at = await scene(world)
    case = await at.open(TCO)
    form = at.form(
        outcome="impossible", measures=[], source="other", obstacle="insufficient_information",
        obstacle_detail="L’adresse manque.",
    )  # fmt: skip
    await at.decide(case, form)
    await at.pass_time(300)
    state = await at.case(case)
    assert (state.state, state.closed_at, state.pauses[-1][1]) == ("awaiting_authority", None, None)
    assert "tco.impossible" in state.done
    clock = {one.id: one for one in cases.clocks(world.app, state)}["tco.remove"]
    assert (clock.due, clock.done) == (None, None)
    second = await at.decide(case, at.form(source="other"))
    assert second.number % 1000 == 2
    await at.pass_time(700)
    await at.pass_time(300)
    assert (await at.case(case)).ending == "executed"
    refused = at.form(
        outcome="refused", measures=[], source="other", obstacle="service_not_covered",
        obstacle_detail="Ce service n’est pas le nôtre.",
    )  # fmt: skip
    other = await at.open(ORDER)
    await at.decide(other, refused)
    await at.pass_time(700)
    await at.pass_time(300)
    assert (await at.case(other)).ending == "refused"


async def test_the_same_command_decides_once(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    first = await at.decide(case, command="once")
    assert (await at.decide(case, command="once")).number == first.number
    assert len(await measures.listed(world.app)) == 1
    assert len(await service_chat(at.ada)) == 1
    with pytest.raises(Wrong) as wrong:
        await at.decide(case, at.form(why="Autre chose."), command="once")
    assert [one.code for one in wrong.value.errors] == ["command"]


async def test_two_at_the_same_moment_are_two_decisions_or_the_same_one(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    nothing = at.form(outcome="no_action", measures=[])
    rows = await asyncio.gather(
        *(
            service.decide(world.app, STAFF, case, nothing, command=command)
            for command in ("one", "two", "two", "one")
        )
    )
    assert [row.command for row in rows] == ["one", "two", "two", "one"]
    assert {row.number % 1000 for row in rows} == {1, 2}
    assert len((await at.case(case)).decisions) == 2


@pytest.mark.parametrize(
    "step", ["measures", "decision", "everything_said", "strikes", "events", "finish_later"]
)
async def test_whatever_fails_nothing_remains(
    world: World, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)

    async def broken(tx: Tx, *args: object, **more: object) -> None:
        raise RuntimeError("the machine stops here")

    def broken_plainly(*args: object) -> None:
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as patch:
        patch.setattr(writing, step, broken_plainly if step == "events" else broken)
        with pytest.raises(RuntimeError):
            await at.decide(case, command="c")
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    assert await measures.listed(world.app) == []
    assert (await at.case(case)).decisions == []
    assert await service_chat(at.ada) == []
    row = await at.decide(case, command="c")  # and the same command does it all afterwards
    assert row.number % 1000 == 1
    assert await at.place.history(at.bob) == []


async def test_closing_an_account_takes_two_people(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    close = at.form(
        measures=[{"kind": "close", "item": str(at.ada.user_id)}], ground="rule",
        law="Règles, 4.2", content_date="2027-01-15",
    )  # fmt: skip
    with pytest.raises(Wrong) as wrong:
        await at.decide(case, close)
    assert [one.code for one in wrong.value.errors] == ["second"]
    with pytest.raises(Wrong) as wrong:
        await at.decide(case, close, second=STAFF)
    assert [one.code for one in wrong.value.errors] == ["second.same"]
    row = await at.decide(case, close, second=OTHER)
    assert row.second == OTHER
    (queued,) = await eu_database.of_decision(world.app.store, row.number)
    assert "DECISION_ACCOUNT_TERMINATED" in queued.payload


async def test_personal_data_in_the_facts_stops_the_form(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    with pytest.raises(Wrong) as wrong:
        await at.decide(case, at.form(facts="Publié par ada@people.example, tél. 06 12 34 56 78."))
    assert {one.field for one in wrong.value.errors} == {"facts"}
    assert "ada@people.example" in wrong.value.errors[0].say("fr")
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]


async def test_a_preview_says_everything_and_does_nothing(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    letters, row, left_out = await service.preview(world.app, STAFF, case, at.form())
    assert [one.purpose for one in letters.told] == ["statement"]
    assert [one.purpose for one in letters.mails] == ["notifier"]
    assert row is not None and checker.faults(checker.load(), row) == [] and left_out == ""
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    assert (await at.case(case)).decisions == []
    with pytest.raises(Wrong):
        await service.preview(world.app, STAFF, case, at.form(facts=""))


async def test_a_report_of_a_private_message_ends_where_nobody_else_sees(world: World) -> None:
    at = await scene(world)
    to_ada = await at.bob.peer(at.ada)
    await at.bob.call(api.messages.SendMessage(peer=to_ada, message="Menace", random_id=1))
    await at.ada.call(
        api.messages.Report(
            peer=await at.ada.peer(at.bob), id=[1], option=b"illegal/violence!", message="Menace."
        )
    )
    (report,) = await reports.listed(world.app)
    await at.settle()
    number = case_numbers.text(report.number)
    form = at.form(measures=[{"kind": "remove", "item": number}])
    row = await at.decide(report.number, form)
    assert row.left_out == "not_platform"
    assert (
        "Menace" not in (await service_chat(at.bob))[0]
        and number in (await service_chat(at.bob))[0]
    )
    await at.pass_time(601)
    told = (await service_chat(at.ada))[0]
    assert "The content was removed." in told and "Menace" not in told


async def test_bulk_advertising_takes_the_short_path(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    row = await at.decide(case, at.form(short_path="yes"))
    assert row.left_out == "bulk"
    assert await service_chat(at.ada) == []
