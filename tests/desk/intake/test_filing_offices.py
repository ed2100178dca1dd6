"""Which case an order of the same number belongs to: courts that share a domain count their files
each from one, and an authority names its own number in many ways.
"""

from __future__ import annotations

import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.intake import service
from tests.desk.intake.mails import MX, mail
from tests.kit.world import World

LEGAL = "legal@petitbleu.example"
LYON = "Tribunal judiciaire de Lyon <greffe.lyon@justice.example>"
NICE = "Tribunal judiciaire de Nice <greffe.nice@justice.example>"
OPERATOR = {"country": "FR", "authserv_id": MX, "declared_languages": ["fr", "en"]}


@pytest.fixture
async def office(world: World) -> World:
    await perform(world.app, "desk.operator.set", {"operator": OPERATOR})
    return world


async def deliver(office: World, raw: bytes) -> tuple[int, bool]:
    done = await service.deliver(office.app, raw, channel="smtp")
    return done.case, done.joined


def order(
    sender: str, what: str, message_id: str, subject: str = "Ordonnance RG 26/00042"
) -> bytes:
    town = sender.split(" <")[0]
    text = f"Le {town} ordonne le retrait de https://petitbleu.example/{what} sous 48 heures."
    return mail(sender, LEGAL, subject, text, message_id=message_id)


async def test_an_order_of_another_court_of_the_same_domain_has_its_own_clocks(
    office: World,
) -> None:
    lyon, _ = await deliver(office, order(LYON, "lyon/1", "l1"))
    nice, joined = await deliver(office, order(NICE, "nice/7", "n1"))
    assert nice != lyon and not joined
    state = await cases.get(office.app.store, nice)
    assert state is not None and "related_case" in state.warnings
    assert state.targets == ["https://petitbleu.example/nice/7"]
    again = await deliver(office, order(NICE, "nice/7", "n2", "Ordonnance RG 26/00042 (rappel)"))
    assert again == (nice, True)
    assert await deliver(office, order(LYON, "lyon/1", "l2")) == (lyon, True)


async def test_a_colleague_s_reminder_and_the_same_order_from_another_address_join(
    office: World,
) -> None:
    lyon, _ = await deliver(office, order(LYON, "lyon/1", "l1"))
    colleague = LYON.replace("greffe.", "accueil.")
    reminder = mail(
        colleague, LEGAL, "Relance RG n° 26/00042",
        "Merci de nous indiquer la suite donnée à l'ordonnance RG 26/00042.", message_id="l2",
    )  # fmt: skip
    assert await deliver(office, reminder) == (lyon, True)
    assert await deliver(office, order(colleague, "lyon/1", "l3")) == (lyon, True)


async def test_the_end_of_a_preservation_joins_by_the_number_of_its_form(office: World) -> None:
    parquet = "Parquet de Luxembourg <eev@parquet-lu.example>"
    box = "e-evidence@petitbleu.example"
    first, _ = await deliver(office, mail(
        parquet, box, "Injonction européenne de conservation (EPOC-PR) 12/26/LU",
        "Section A : Luxembourg ; dossier n° 12/26/LU\nSection B : Petitbleu\nSection C : compte @lux_fonds\n"
        "Section D : données de trafic", message_id="p1",
    ))  # fmt: skip
    ended = mail(
        parquet, box, "Fin de la conservation",
        "L'obligation de conserver les données au titre de l'EPOC-PR n° 12/26/LU prend fin ce jour.",
        message_id="p2",
    )  # fmt: skip
    assert await deliver(office, ended) == (first, True)
