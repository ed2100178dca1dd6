"""What becomes of a letter: stored first, in one case, with a receipt, and never twice."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.intake import canary, delivering, filing, reading, service
from petitbleu.desk.intake import jobs as intake_jobs
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake.pending import WorkLetter
from petitbleu.desk.outside import canaries
from petitbleu.desk.records.vault import service as vault
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.sandbox import JobFailed, Sandbox
from petitbleu.store.api import Tx
from petitbleu.store.sqlite import SqliteTx
from tests.desk.intake.mails import MX, RECEIVED_AT, mail, stamp
from tests.desk.intake.test_reading import HOSTILE
from tests.kit.world import World

COURT = "Tribunal judiciaire de Lyon <greffe@tj-lyon.justice.example>"
LEGAL = "legal@petitbleu.example"
ORDER = "Le tribunal judiciaire de Lyon ordonne le retrait de https://petitbleu.example/a/1 sous 48 heures."
OPERATOR = {"country": "FR", "authserv_id": MX, "declared_languages": ["fr", "en"]}


@pytest.fixture
async def office(world: World) -> World:
    await perform(world.app, "desk.operator.set", {"operator": OPERATOR})
    return world


async def deliver(office: World, raw: bytes, channel: str = "smtp") -> tuple[int, bool]:
    done = await service.deliver(office.app, raw, channel=channel)
    return done.case, done.joined


async def state(office: World, number: int) -> cases.CaseState:
    found = await cases.get(office.app.store, number)
    assert found is not None
    return found


async def post(office: World, *numbers: int) -> list[Any]:
    """Send what is queued in these cases, as the runner of jobs would; the messages that left."""
    for number in numbers:
        for row in await letters.of_case(office.app.store, number):
            await letters.send(office.app, row.id)
    return [one.message for one in office.mail.sent if one.message is not None]


LIMITS = {"sqlite": (4, 22, 11), "postgres": (5, 14, 10)}
"""Statements (PostgreSQL: round trips) to take a letter, to file it, to send its receipt."""


async def test_a_letter_takes_few_statements(
    office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Messages wait while they are made: a letter that needs more should say why."""
    made: list[object] = []
    if office.app.store.dialect == "postgres":
        for name in ("fetch", "fetchrow", "execute", "executemany"):
            _count(monkeypatch, asyncpg.Connection, name, made)
    else:
        _count(monkeypatch, SqliteTx, "_execute", made)
    take, work, send = LIMITS[office.app.store.dialect]
    stored = await service.store(office.app, mail(COURT, LEGAL, "Notice", ORDER), channel="smtp")
    assert 0 < len(made) <= take, made
    made.clear()
    done = await service.work(office.app, stored.id)
    assert 0 < len(made) <= work, made
    (letter,) = await letters.of_case(office.app.store, done.case)
    made.clear()
    await letters.send(office.app, letter.id)
    assert 0 < len(made) <= send, made


def _count(monkeypatch: pytest.MonkeyPatch, where: type, name: str, made: list[object]) -> None:
    original = getattr(where, name)

    def counted(self: Any, statement: Any, *values: Any, **more: Any) -> Any:
        made.append(statement)
        return original(self, statement, *values, **more)

    monkeypatch.setattr(where, name, counted)


# ── the one path ────────────────────────────────────────────────────────────────────────────────


async def test_bytes_are_kept_as_they_came_before_anything_reads_them(office: World) -> None:
    raw = mail(COURT, LEGAL, "Ordonnance RG 26/1", ORDER)
    stored = await service.store(office.app, raw, channel="smtp")
    row = await service.inbound(office.app.store, stored.id)
    assert row is not None
    assert row.state == "stored"
    assert await vault.get(office.app, row.sha) == raw


async def test_a_process_that_ends_after_storing_leaves_the_work_to_the_next(office: World) -> None:
    raw = mail(COURT, LEGAL, "Ordonnance RG 26/1", ORDER)
    stored = await service.store(office.app, raw, channel="smtp")
    await delivering.resume(office.app)
    await intake_jobs.work(office.app, WorkLetter(id=stored.id))
    row = await service.inbound(office.app.store, stored.id)
    assert row is not None
    assert row.state == "worked"
    assert (await state(office, row.number)).kind == "dsa_art9_order"


async def test_work_done_twice_is_done_once(office: World) -> None:
    stored = await service.store(office.app, mail(COURT, LEGAL, "x", ORDER), channel="smtp")
    first = await service.work(office.app, stored.id)
    before = await cases.timeline(office.app.store, first.case)
    again = await service.work(office.app, stored.id)
    assert again == first
    assert await cases.timeline(office.app.store, first.case) == before


async def test_a_mail_server_that_says_it_again_says_it_once(office: World) -> None:
    raw = mail(COURT, LEGAL, "Ordonnance RG 26/1", ORDER)
    first = await service.store(office.app, raw, channel="smtp")
    second = await service.store(office.app, raw, channel="smtp")
    assert (second.id, second.again) == (first.id, True)


@pytest.mark.turns(4)
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_letter_is_a_case_too(office: World, name: str) -> None:
    raw, _ = HOSTILE[name]
    if not raw:
        return
    number, _ = await deliver(office, stamp(raw, "a@b.example"))
    assert (await state(office, number)).channel == "smtp"


async def test_a_letter_that_kills_its_reader_is_a_case_with_a_warning(
    office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object) -> dict[str, Any]:
        raise JobFailed("killed")

    monkeypatch.setattr(Sandbox, "run", killed)
    number, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance RG 26/1", ORDER))
    found = await state(office, number)
    assert "not_read_in_full" in found.warnings
    assert found.kind == "dsa_art9_order"


async def test_a_received_time_that_is_given_counts(office: World) -> None:
    done = await service.deliver(
        office.app, mail(COURT, LEGAL, "x", ORDER), channel="cli", received=RECEIVED_AT - 3600
    )
    assert (await state(office, done.case)).received_at == RECEIVED_AT - 3600


async def test_a_letter_without_our_servers_header_is_received_now(office: World) -> None:
    number, _ = await deliver(office, b"From: a@b.example\nSubject: Hi\n\nHi")
    assert (await state(office, number)).received_at == int(office.clock.now())


# ── joining ─────────────────────────────────────────────────────────────────────────────────────


async def test_the_same_letter_again_joins_and_resets_no_clock(office: World) -> None:
    first, _ = await deliver(office, mail(COURT, LEGAL, "RG 26/1", ORDER, message_id="a"))
    before = (await state(office, first)).moments
    later = "Wed, 25 Nov 2026 10:00:00 +0100"
    number, joined = await deliver(
        office, mail(COURT, LEGAL, "RG 26/1", ORDER, message_id="a", received=later)
    )
    assert (number, joined) == (first, True)
    assert (await state(office, first)).moments == before


async def test_the_same_reference_of_the_same_court_joins(office: World) -> None:
    first, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance RG 26/1234", ORDER))
    number, joined = await deliver(
        office, mail(COURT, LEGAL, "Rappel : ordonnance R.G. 26/1234", "Merci d'exécuter.")
    )
    assert (number, joined) == (first, True)


async def test_a_clerk_of_the_court_who_cites_its_number_joins(office: World) -> None:
    first, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance RG 26/1234", ORDER))
    clerk = "Mme Durand <c.durand@tj-lyon.justice.example>"
    again = mail(clerk, LEGAL, "RG 26/1234", "Avez-vous reçu notre envoi ?")
    assert await deliver(office, again) == (first, True)


def _notice(sender: str, place: str, subject: str = "Meldung, Az. 14 Js 2201/26") -> bytes:
    text = f"Ich melde eine Verleumdung: https://petitbleu.example/ruf/{place}"
    return mail(f"{sender} <{sender}@home.example>", "notices@petitbleu.example", subject, text)


async def test_two_people_who_cite_one_file_of_the_police_have_two_cases(office: World) -> None:
    first, _ = await deliver(office, _notice("ada", "7"))
    number, joined = await deliver(office, _notice("eve", "7"))
    assert not joined
    assert (await state(office, first)).reference == (await state(office, number)).reference


async def test_a_notice_of_another_place_under_the_same_number_has_its_own_clock(
    office: World,
) -> None:
    first, _ = await deliver(office, _notice("ada", "7"))
    assert await deliver(office, _notice("ada", "7", "Noch einmal: Az. 14 Js 2201/26")) == (
        first,
        True,
    )
    number, joined = await deliver(office, _notice("ada", "8"))
    assert not joined
    assert "related_case" in (await state(office, number)).warnings
    assert (await state(office, first)).targets == ["https://petitbleu.example/ruf/7"]


async def test_a_danger_in_a_letter_that_cites_our_number_is_heard(office: World) -> None:
    first, _ = await deliver(office, _notice("ada", "7"))
    text = "Er schreibt jetzt, dass er mich heute Abend umbringen wird. Bitte helfen Sie."
    sender = "ada <ada@home.example>"
    again = mail(sender, LEGAL, f"AW: [{case_numbers.text(first)}] Meldung", text)
    assert await deliver(office, again) == (first, True)
    assert (await state(office, first)).urgency == 0


async def test_the_same_reference_of_another_court_does_not(office: World) -> None:
    await deliver(office, mail(COURT, LEGAL, "Ordonnance RG 26/1234", ORDER))
    other = "Tribunal judiciaire de Pau <greffe@tj-pau.justice.example>"
    _, joined = await deliver(office, mail(other, LEGAL, "Ordonnance RG 26/1234", ORDER))
    assert not joined


async def test_a_false_letter_cannot_take_the_name_of_a_true_one(office: World) -> None:
    false = mail(COURT, LEGAL, "Ordonnance RG 26/9999", ORDER, message_id="x", auth="fail")
    first, _ = await deliver(office, false)
    number, joined = await deliver(
        office, mail(COURT, LEGAL, "Ordonnance RG 26/9999", ORDER, message_id="x")
    )
    assert not joined
    assert number != first
    assert (await state(office, number)).kind == "dsa_art9_order"


async def test_a_production_order_after_a_preservation_order_has_its_own_clocks(
    office: World,
) -> None:
    sender = "Staatsanwaltschaft Bonn <ee@sta-bonn.example>"
    first, _ = await deliver(
        office, mail(sender, LEGAL, "EPOC-PR Az. 112 Js 1/26", "Verordnung (EU) 2023/1543, @kunde")
    )
    number, joined = await deliver(
        office, mail(sender, LEGAL, "EPOC Az. 112 Js 1/26", "Verordnung (EU) 2023/1543, @kunde")
    )
    assert not joined
    assert ((await state(office, first)).kind, (await state(office, number)).kind) == (
        "epoc_pr",
        "epoc",
    )
    assert "related_case" in (await state(office, number)).warnings


async def test_the_sender_who_cites_our_number_joins(office: World) -> None:
    first, _ = await deliver(
        office, mail(subject="Question", text="How do I do this? Please help.")
    )
    number, joined = await deliver(
        office, mail(subject=f"Re: [{case_numbers.text(first)}] Question", text="Any news?")
    )
    assert (number, joined) == (first, True)


async def test_a_number_typed_by_hand_joins_where_it_is_right_and_is_said_where_it_is_not(
    office: World,
) -> None:
    first, _ = await deliver(
        office, mail(subject="Question", text="How do I do this? Please help.")
    )
    typed = case_numbers.text(first).replace("-", " ")
    assert await deliver(office, mail(subject="", text=f"Any news of {typed}?")) == (first, True)
    number, joined = await deliver(
        office, mail(subject="", text=f"Your sign {typed[:-6]}98711, any news?")
    )
    assert not joined
    found = await state(office, number)
    assert found.warnings == ["unknown_reference"]
    assert found.reference == ""


async def test_a_stranger_who_cites_it_does_not(office: World) -> None:
    first, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance RG 26/1", ORDER))
    number, joined = await deliver(
        office,
        mail(
            "Eve <eve@evil.example>", LEGAL, f"Re: [{case_numbers.text(first)}]", "Order withdrawn."
        ),
    )
    assert not joined
    assert "foreign_reference" in (await state(office, number)).warnings
    assert len((await state(office, first)).inbound) == 1


async def test_whoever_pretends_to_be_the_sender_does_not(office: World) -> None:
    first, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance RG 26/1", ORDER))
    false = mail(COURT, LEGAL, f"Re: [{case_numbers.text(first)}]", "Order withdrawn.", auth="fail")
    number, joined = await deliver(office, false)
    assert not joined
    assert (await state(office, number)).kind == "suspected_fraud"


async def test_a_letter_to_a_closed_case_opens_it_again(office: World) -> None:
    first, _ = await deliver(
        office, mail(subject="Question", text="How do I do this? Please help.")
    )

    async def close(tx: Tx) -> None:
        closed = cases.CaseEvent("closed", {"end": "no_action", "reason": "answered"})
        await cases.append(tx, office.app, first, "staff:1", closed)

    await office.app.store.write(close)
    await deliver(office, mail(subject=f"Re: {case_numbers.text(first)}", text="It does not work."))
    assert (await state(office, first)).closed_at is None


async def test_an_answer_in_the_thread_joins_and_a_danger_in_it_is_heard(office: World) -> None:
    first, _ = await deliver(office, mail(subject="Question", text="How is this?", message_id="q"))
    number, joined = await deliver(
        office,
        mail(text="My brother wants to kill himself tonight, please help.",
             headers={"In-Reply-To": "<q@home.example>"}),
    )  # fmt: skip
    assert (number, joined) == (first, True)
    assert (await state(office, first)).urgency == 0


@pytest.mark.parametrize("told", [False, True])
async def test_a_first_removal_order_without_prior_information_is_remarked_on(
    office: World, told: bool
) -> None:
    sender = "BKA <tco@bka.bund.example>"
    if told:
        await deliver(
            office,
            mail(sender, "tco@petitbleu.example", "Prior information, Regulation (EU) 2021/784",
                 "Before issuing a first removal order we tell you our procedures and deadlines."),
        )  # fmt: skip
    order = "Removal order under Regulation (EU) 2021/784: https://petitbleu.example/a/1"
    number, _ = await deliver(office, mail(sender, "tco@petitbleu.example", "Removal order", order))
    found = await state(office, number)
    assert found.kind == "tco_removal_order"
    assert ("no_prior_information" in found.warnings) is not told


# ── canaries ────────────────────────────────────────────────────────────────────────────────────


async def test_a_canary_that_comes_back_is_no_case(office: World) -> None:
    token = "t." + str(int(office.clock.now()))
    token = f"{token}.{canary._sign(office.app, token)}"
    await office.app.store.write(canary._sent, office.app, token, LEGAL)
    message = canary.letter(office.app, LEGAL, token)
    message["From"] = "us@petitbleu.example"
    done = await service.deliver(office.app, message.as_bytes(), channel="smtp")
    assert done == filing.Delivered(0, False)
    row = await office.app.store.row(q.CANARY_GET, token=token)
    assert row is not None
    assert row.seen_at is not None


async def test_a_letter_that_only_says_it_is_a_canary_is_a_case(office: World) -> None:
    number, _ = await deliver(office, mail(text="hi", headers={"X-Petitbleu-Canary": "a.b.c"}))
    assert number


async def test_a_canary_that_does_not_come_back_raises_the_alarm_once(office: World) -> None:
    flights = await canaries.run(office.app)
    assert [(one.door, one.fault) for one in flights] == [("form", "")]
    token = "lost.1"
    await office.app.store.write(canary._sent, office.app, token, LEGAL)
    office.clock.advance(canary.SILENCE + 1)
    await intake_jobs.check(office.app, canary.CheckCanary(token=token))
    await intake_jobs.check(office.app, canary.CheckCanary(token=token))
    shown = await perform(office.app, "desk.alarms", {})
    assert str(shown).count(f"Canary missed: {LEGAL}") == 1


async def test_reading_takes_the_directory_of_the_moment(office: World) -> None:
    listed = [{"name": "TJ Lyon", "country": "FR", "domain": "justice.example"}]
    await perform(office.app, "desk.authorities.import", {"authorities": listed})
    done = await reading.read(
        office.app, mail(COURT, LEGAL, "x", "Bonjour"), now=RECEIVED_AT, received=None
    )
    assert done.sorted.who.trust == "verified-directory"
    assert (done.sorted.kind, done.sorted.urgent) == ("unsorted", "high")
