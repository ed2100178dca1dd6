"""The six stored letters: each gives the case that a good legal desk would make of it."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.intake import service
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from tests.desk.intake.mails import MX, sample
from tests.kit.world import World

OPERATOR = {
    "name": "Petitbleu SAS",
    "country": "FR",
    "coordinator": "Arcom",
    "declared_languages": ["fr", "en"],
    "authserv_id": MX,
    "online_platform": True,
}
AUTHORITIES = [
    {"name": "Tribunal judiciaire de Lyon", "country": "FR", "domain": "tj-lyon.justice.example"},
    {"name": "DSN", "country": "AT", "domain": "dsn.bmi.example"},
    {"name": "ZCB Bamberg", "country": "DE", "domain": "zcb.justiz.bayern.example"},
    {"name": "Guardia Civil", "country": "ES", "domain": "guardiacivil.interior.example"},
    {"name": "Stop Contrefaçon", "country": "FR", "domain": "stop-contrefacon.example",
     "trusted_flagger": True},
]  # fmt: skip


@pytest.fixture
async def office(world: World) -> World:
    """The operator of the samples."""
    await perform(world.app, "desk.operator.set", {"operator": OPERATOR})
    return world


async def delivered(world: World, raw: bytes) -> tuple[dict[str, Any], bool]:
    done = await service.deliver(world.app, raw, channel="smtp")
    shown = await perform(world.app, "desk.case", {"number": case_numbers.text(done.case)})
    return shown, done.joined


def due(case: dict[str, Any], clock: str) -> str | None:
    found: str | None = next(one["due"] for one in case["clocks"] if one["clock"] == clock)
    return found


@pytest.mark.parametrize("listed", [False, True])
async def test_a_court_order_runs_72_hours_from_its_receipt(office: World, listed: bool) -> None:
    if listed:
        await perform(office.app, "desk.authorities.import", {"authorities": AUTHORITIES})
    case, joined = await delivered(office, sample("s1"))
    assert not joined
    assert (case["kind"], case["urgency"], case["language"]) == ("dsa_art9_order", "high", "fr")
    assert case["reference"] == "RG 26/02841"
    assert case["targets"] == ["https://petitbleu.example/rumeurs_lyon/77"]
    assert len(case["territorial_scope"]) == 27
    assert due(case, "dsa9.order_deadline") == "2026-11-26T15:00:12+01:00"
    assert due(case, "dsa9.user_info") is None
    assert case["formal_defects"] == []
    assert case["authority"]["trust"] == ("verified-directory" if listed else "unknown")
    assert case["authority"]["country"] == "FR"
    assert case["receipt"]["language"] == "fr"


async def test_a_removal_order_is_critical_and_due_in_an_hour(office: World) -> None:
    case, _ = await delivered(office, sample("s2"))
    assert (case["kind"], case["urgency"]) == ("tco_removal_order", "critical")
    assert due(case, "tco.remove") == "2026-11-24T07:30:20+01:00"
    assert case["reference"] == "AT-2026-0093"
    assert case["authority"]["country"] == "AT"


async def test_an_extension_joins_its_preservation_order_and_moves_the_hold(office: World) -> None:
    number = case_numbers.parse("PB-2026-000071")
    assert number is not None

    async def opened(tx: Tx) -> None:
        await cases.open_case(
            tx, office.app, actor="operator", number=number, kind="epoc_pr", urgency=1,
            received_at=1_790_852_400, channel="cli",
            authority={"name": "ZCB", "domain": "zcb.justiz.bayern.example", "trust": "unknown"},
        )  # fmt: skip

    await office.app.store.write(opened)
    case, joined = await delivered(office, sample("s3"))
    assert joined
    assert (case["number"], case["kind"]) == ("PB-2026-000071", "epoc_pr")
    assert due(case, "epoc_pr.expiry") == "2026-11-30T23:59:59+01:00"
    assert due(case, "epoc_pr.extension") == "2026-12-30T23:59:59+01:00"


async def test_an_extension_of_a_case_we_do_not_have_is_a_case_with_a_warning(
    office: World,
) -> None:
    case, joined = await delivered(office, sample("s3"))
    assert not joined
    assert case["kind"] == "epoc_pr"
    assert "unknown_reference" in case["warnings"]


@pytest.mark.parametrize("listed", [False, True])
async def test_a_trusted_flagger_is_read_first(office: World, listed: bool) -> None:
    if listed:
        await perform(office.app, "desk.authorities.import", {"authorities": AUTHORITIES})
    case, _ = await delivered(office, sample("s4"))
    assert (case["kind"], case["urgency"]) == ("trusted_flagger_notice", "high")
    assert len(case["targets"]) == 3
    assert case["authority"]["trust"] == ("trusted-flagger-list" if listed else "unknown")


async def test_child_abuse_told_without_a_name_is_critical(office: World) -> None:
    case, _ = await delivered(office, sample("s5"))
    assert (case["kind"], case["urgency"], case["language"]) == ("csam_notice", "critical", "it")
    assert case["targets"] == ["https://petitbleu.example/gruppo_foto_x"]
    assert case["formal_defects"] == []


@pytest.mark.parametrize("kind", ["dsa_art9_order", "tco_removal_order", "unsorted"])
async def test_an_authority_that_asks_again_joins_its_order(office: World, kind: str) -> None:
    number = case_numbers.parse("PB-2026-000102")
    assert number is not None

    async def opened(tx: Tx) -> None:
        await cases.open_case(
            tx, office.app, actor="operator", number=number, kind=kind, urgency=1, channel="smtp",
            sender="ciber@guardiacivil.interior.example", reference="771/26",
        )  # fmt: skip
        await cases.append(tx, office.app, number, "staff:1", CaseEvent("note", {"text": "seen"}))

    await office.app.store.write(opened)
    before = await cases.get(office.app.store, number)
    case, joined = await delivered(office, sample("s6"))
    after = await cases.get(office.app.store, number)
    assert joined
    assert (case["number"], case["kind"]) == ("PB-2026-000102", kind)
    assert before is not None and after is not None
    assert before.moments == after.moments


async def test_an_authority_that_asks_about_what_we_do_not_have_is_a_case(office: World) -> None:
    case, joined = await delivered(office, sample("s6"))
    assert not joined
    assert case["urgency"] == "high"
    assert "unknown_reference" in case["warnings"]
