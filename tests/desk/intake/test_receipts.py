"""The automatic receipt: in the letter's language, never to machines, never too often."""

from __future__ import annotations

import msgspec
import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.intake import queries as q
from petitbleu.desk.outside import jobs as outside_jobs
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.jobs import NoData
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.desk.intake.mails import mail
from tests.desk.intake.test_filing import (
    COURT,
    LEGAL,
    OPERATOR,
    ORDER,
    deliver,
    office,
    post,
    state,
)
from tests.kit.world import World

__all__ = ["office"]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Bonjour, je vous écris pour une question sur le canal de ma ville.", "fr", "reçu"),
        ("Guten Tag, ich habe eine Frage zu der Gruppe und bitte um Hilfe.", "de", "erhalten"),
        ("Buenos días, tengo una pregunta sobre el canal de la ciudad.", "es", "recibido"),
        ("Buongiorno, ho una domanda sul canale della mia città.", "it", "ricevuto"),
        ("Goedendag, ik heb een vraag over het kanaal van mijn stad.", "nl", "ontvangen"),
        ("Dzień dobry, mam pytanie na temat kanału w moim mieście, proszę o pomoc.", "pl", "otrzymaliśmy"),
        ("здравствуйте", "fr+en", "We received"),
    ],
)  # fmt: skip
async def test_a_receipt_goes_out_in_the_letters_language(
    office: World, text: str, language: str, words: str
) -> None:
    number, _ = await deliver(
        office,
        mail(subject="Hi", text=text, message_id="m1", received="Fri, 15 Jan 2027 08:59:58 +0100"),
    )
    found = await state(office, number)
    assert found.receipt["language"] == language
    (message,) = await post(office, number)
    assert words in message.get_body(("plain",)).get_content()
    assert message["To"] == "ada@home.example"
    assert message["Subject"] == f"Re: [{case_numbers.text(number)}] Hi"
    assert message["In-Reply-To"] == "<m1@home.example>"
    assert message["Auto-Submitted"] == "auto-replied"
    assert found.receipt_at is not None
    assert found.receipt_at - found.received_at < 60


@pytest.mark.parametrize("auth", ["none", ""])
async def test_who_is_not_proved_to_have_written_gets_no_word_of_it(
    office: World, auth: str
) -> None:
    bait = mail(
        "Somebody <somebody@people.example>",
        subject="WIN at https://casino.example",
        text="WIN at https://casino.example",
        auth=auth,
    )
    number, _ = await deliver(office, bait)
    (message,) = await post(office, number)
    assert message["To"] == "somebody@people.example"
    assert message["Subject"] == f"Re: [{case_numbers.text(number)}]"
    assert "casino" not in message.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("headers", "sender"),
    [
        ({"Auto-Submitted": "auto-replied"}, "Ada <ada@home.example>"),
        ({"Precedence": "bulk"}, "Ada <ada@home.example>"),
        ({"List-Id": "<l.example>"}, "Ada <ada@home.example>"),
        ({"X-Auto-Response-Suppress": "All"}, "Ada <ada@home.example>"),
        ({"Subject": "Automatic reply: receipt"}, "Ada <ada@home.example>"),
        ({}, "Mail <mailer-daemon@home.example>"),
        ({}, "No <no-reply@home.example>"),
        ({}, "Us <legal@petitbleu.example>"),
        ({}, "Us <Legal+forms@petitbleu.example>"),
    ],
)
async def test_no_receipt_goes_to_machines_lists_and_ourselves(
    world: World, headers: dict[str, str], sender: str
) -> None:
    config = world.app.config
    desk = msgspec.structs.replace(config.desk, addresses=(LEGAL,))
    world.app.config = msgspec.structs.replace(config, desk=desk)
    await perform(world.app, "desk.operator.set", {"operator": OPERATOR})
    others = {key: value for key, value in headers.items() if key != "Subject"}
    subject = headers.get("Subject", "")
    letter = mail(sender, subject=subject, text="Hello, please help", headers=others)
    number, _ = await deliver(world, letter)
    assert (await state(world, number)).receipt_at is None
    assert await post(world, number) == []


async def test_no_receipt_goes_to_nobody_or_to_whom_was_pretended_to_be(office: World) -> None:
    bounce = mail(text="Undelivered").replace(
        b"Return-Path: <ada@home.example>", b"Return-Path: <>"
    )
    number, _ = await deliver(office, bounce)
    assert (await state(office, number)).receipt_at is None
    number, _ = await deliver(office, mail(text="Hello, this is not me", auth="fail"))
    assert (await state(office, number)).receipt_at is None
    assert await post(office, number) == []


async def test_one_sender_gets_five_receipts_then_one_an_hour(office: World) -> None:
    async def ask(*names: str) -> int:
        office.mail.sent.clear()
        done = [
            await deliver(office, mail(subject=name, text="Hello", message_id=name))
            for name in names
        ]
        return len(await post(office, *(number for number, _ in done)))

    assert await ask(*"abcdefgh") == 5
    office.clock.advance(3601)
    assert await ask("later", "even later") == 1


async def test_names_of_one_mailbox_are_one_sender(office: World) -> None:
    numbers = []
    for n in range(8):
        letter = mail(
            f"Eve <eve+{n}@home.example>",
            text="Hello",
            message_id=f"m{n}",
            auth="none",
        ).replace(b"Return-Path: <eve+%d@" % n, b"Return-Path: <eve+x%d@" % n)
        numbers.append((await deliver(office, letter))[0])
    assert len(await post(office, *numbers)) == 5


async def test_the_receipt_stops_the_clock_that_asks_for_it_once_it_has_left(
    office: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: object) -> str:
        raise OSError("no route to host")

    with monkeypatch.context() as patch:
        patch.setattr(office.app.mail, "post", down)
        number, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance RG 26/1", ORDER))
        (letter,) = await letters.of_case(office.app.store, number)
        assert await letters.send(office.app, letter.id)
        assert (await state(office, number)).receipt_at
        assert "dsa9.acknowledge" not in (await state(office, number)).done
    office.clock.advance(700)
    assert await letters.send(office.app, letter.id) is None
    done = (await state(office, number)).done
    assert done["dsa9.acknowledge"] == int(office.clock.now())


async def test_a_receipt_to_another_mailbox_does_not_open_somebodys_case(office: World) -> None:
    office.app.config = msgspec.structs.replace(
        office.app.config, public_url="https://petitbleu.example"
    )
    number, _ = await deliver(office, mail(text="Hello, please help me"))
    (own,) = await post(office, number)
    assert "secret=" in own.get_content()
    office.mail.sent.clear()
    cited = mail(subject=case_numbers.text(number), text="What became of it?", message_id="two")
    elsewhere = cited.replace(
        b"Return-Path: <ada@home.example>", b"Return-Path: <eve@home.example>"
    )
    assert await deliver(office, elsewhere) == (number, True)
    (told,) = await post(office, number)
    assert told["To"] == "eve@home.example"
    assert case_numbers.text(number) in told.get_content()
    assert "secret=" not in told.get_content()
    office.mail.sent.clear()
    again = mail(subject=case_numbers.text(number), text="Anything new?", message_id="three")
    assert await deliver(office, again) == (number, True)
    (answer,) = await post(office, number)
    assert "secret=" in answer.get_content(), "its sender gets the link again"


async def test_receipts_are_counted_by_sender_and_by_where_they_go(office: World) -> None:
    async def ask(sender: str, back: str, name: str) -> int:
        office.mail.sent.clear()
        raw = mail(f"X <{sender}>", subject=name, text="Hello", message_id=name)
        place = raw.index(b"\n")
        done = await deliver(office, b"Return-Path: <%s>" % back.encode() + raw[place:])
        return len(await post(office, done[0]))

    home = "home.example"
    one = [await ask(f"ada@{home}", f"bounce-{n}@{home}", f"a{n}") for n in range(7)]
    assert sum(one) == 5, "one sender, another bounce address each time"
    other = [await ask(f"user{n}@{home}", f"victim@{home}", f"b{n}") for n in range(7)]
    assert sum(other) == 5, "many senders, one mailbox that is flooded"


async def test_the_receipt_of_a_word_of_thanks_is_in_the_language_of_its_case(
    office: World,
) -> None:
    first, _ = await deliver(
        office, mail(subject="", text="Dzień dobry, mam pytanie na temat kanału w moim mieście.")
    )
    await post(office, first)
    office.mail.sent.clear()
    await deliver(office, mail(subject=f"Re: [{case_numbers.text(first)}]", text="Dziękuję!"))
    (message,) = await post(office, first)
    assert "otrzymaliśmy" in message.get_body(("plain",)).get_content()


async def test_receipts_of_days_past_are_forgotten_however_many(world: World) -> None:
    now = int(world.clock.now())

    async def fill(tx: Tx) -> None:
        old = ({"sender": "a@b.example", "at": now - 3 * 86_400, "inbound": n} for n in range(1001))
        await tx.many(q.RECEIPT, old)
        await tx.run(q.RECEIPT, sender="a@b.example", at=now - 86_400, inbound=2000)

    await world.app.store.write(fill)
    await outside_jobs.send_canaries(world.app, NoData())
    left = await world.app.store.rows(query("select inbound from desk_receipt"))
    assert left == [(2000,)]
