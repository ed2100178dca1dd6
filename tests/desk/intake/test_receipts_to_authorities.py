"""Receipts to a verified authority: for every order, however many; never in a loop of machines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from petitbleu.desk.intake import receipts
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.intake.mails import mail
from tests.desk.intake.test_filing import LEGAL, OPERATOR, deliver, office, post
from tests.kit.world import World

__all__ = ["OPERATOR", "office"]

UNIT = "Referat IRU <iru@lka.example>"


@pytest.fixture
async def unit(office: World) -> World:
    entry = {"domain": "lka.example", "name": "LKA", "country": "DE"}
    await directory.add(office.app, [entry], "operator")
    return office


def removal(n: int) -> tuple[str, str]:
    """The same form each time; nothing but what it is about differs."""
    return f"Removal order IRU-{n:04d}/2027", (
        "Removal order pursuant to Article 3 of Regulation (EU) 2021/784.\n"
        f"Please remove within one hour: https://petitbleu.example/nordkurs/{n}\n"
    )


def one_file(n: int) -> tuple[str, str]:
    """All of one investigation: its file number stands in each."""
    return "Anordnung in der Sache 77 Js 401/27", (
        "In dem Ermittlungsverfahren 77 Js 401/27 wird gemäß Artikel 10 der Verordnung (EU) 2022/2065"
        f" Auskunft über die Person mit der Rufnummer +49 151 20{n:06d} angeordnet.\n"
    )


def cover(_: int) -> tuple[str, str]:
    """The order itself is the paper attached."""
    return (
        "Anordnung",
        "Guten Tag, bitte beachten Sie die beigefügte Anordnung. Mit freundlichen Grüßen",
    )


@pytest.mark.sometimes(2)
@pytest.mark.turns(3)
@pytest.mark.parametrize("writes", [removal, one_file, cover])
async def test_two_hundred_orders_in_an_hour_get_two_hundred_receipts(
    unit: World, writes: Callable[[int], tuple[str, str]]
) -> None:
    numbers = []
    for n in range(200):
        subject, text = writes(n)
        paper = [("anordnung.bin", "application/octet-stream", b"\0scan %d" % n)]
        letter = mail(
            UNIT,
            LEGAL,
            subject,
            text,
            message_id=f"o{n}",
            attached=paper if writes is cover else [],
        )
        numbers.append((await deliver(unit, letter))[0])
        unit.clock.advance(17)
    assert len(await post(unit, *dict.fromkeys(numbers))) == 200


async def test_an_order_that_follows_on_an_earlier_one_gets_its_receipt(unit: World) -> None:
    first, _ = await deliver(unit, mail(UNIT, LEGAL, *removal(0), message_id="first"))
    (ours,) = await post(unit, first)
    numbers = [first]
    for n in range(1, 30):
        letter = mail(
            UNIT,
            LEGAL,
            f"Re: [{case_numbers.text(first)}] {removal(n)[0]}",
            f"Further to {case_numbers.text(first)}:\n{removal(n)[1]}",
            message_id=f"f{n}",
            headers={"In-Reply-To": ours["Message-ID"], "References": ours["Message-ID"]},
        )
        numbers.append((await deliver(unit, letter))[0])
    assert len(await post(unit, *dict.fromkeys(numbers))) == 30


def says_the_same(n: int, ours: str, subject: str, text: str) -> bytes:
    body = f"Ihre Nachricht ist am 12.{n % 12 + 1:02d}.2027 unter Vorgang {n * 7919} eingegangen."
    return mail(UNIT, LEGAL, "Eingang Ihrer Nachricht", body, message_id=f"a{n}")


def repeats_the_subject(n: int, ours: str, subject: str, text: str) -> bytes:
    body = f"We registered your message “{subject}”. A colleague will answer."
    return mail(UNIT, LEGAL, f"Registered: {subject}", body, message_id=f"a{n}")


def quotes_all(n: int, ours: str, subject: str, text: str) -> bytes:
    body = f"Danke für Ihre Nachricht Nr. {n}.\n\nSie schrieben:\n{text}"
    return mail(
        UNIT, LEGAL, f"AW: {subject}", body, message_id=f"a{n}", headers={"In-Reply-To": ours}
    )


def sends_it_back(n: int, ours: str, subject: str, text: str) -> bytes:
    back = f"Subject: {subject}\nFrom: legal@petitbleu.example\n\n{text}".encode()
    return mail(
        UNIT,
        LEGAL,
        f"Received {'.' * n}",
        f"Thank you {'again ' * n}",
        message_id=f"a{n}",
        attached=[
            ("yours.eml", "text/plain", back),
            ("privacy.pdf", "application/pdf", b"%PDF-1.4 notice"),
        ],
        headers={"References": ours},
    )


@pytest.mark.parametrize("machine", [says_the_same, repeats_the_subject, quotes_all, sends_it_back])
async def test_a_machine_that_answers_receipts_and_does_not_say_so_ends_soon(
    unit: World, machine: Callable[[int, str, str, str], bytes]
) -> None:
    number, _ = await deliver(unit, mail(UNIT, LEGAL, *removal(1), message_id="order"))
    (ours,) = await post(unit, number)
    rounds = 0
    for n in range(40):
        text = ours.get_body(("plain",)).get_content()
        number, _ = await deliver(unit, machine(n, ours["Message-ID"], ours["Subject"], text))
        unit.mail.sent.clear()
        sent = await post(unit, number)
        if not sent:
            break
        rounds += 1
        ours = sent[-1]
        unit.clock.advance(20)
    assert rounds <= receipts.FREE + 2


async def test_a_machine_that_says_so_gets_none_whoever_it_is(unit: World) -> None:
    number, _ = await deliver(
        unit, mail(UNIT, LEGAL, *removal(1), headers={"Auto-Submitted": "auto-generated"})
    )
    assert await post(unit, number) == []


async def test_who_stands_in_no_directory_is_counted_like_everybody(unit: World) -> None:
    numbers = []
    for n in range(8):
        letter = mail("IRU <iru@lka-copy.example>", LEGAL, *removal(n), message_id=f"x{n}")
        numbers.append((await deliver(unit, letter))[0])
    assert len(await post(unit, *dict.fromkeys(numbers))) == receipts.FREE
