"""A disclosure that was agreed to and not made waits, is withdrawn, and its case closes then."""

from __future__ import annotations

from petitbleu.desk.orders.disclosures import service as disclosures
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.kit import agree, opened, signer
from tests.desk.orders.disclosures.test_disclosures import ada_and_case, plan
from tests.kit.desk import DeskSite


async def test_a_waiting_disclosure_is_shown_withdrawn_and_lets_the_case_close(
    desk: DeskSite,
) -> None:
    world = desk.world
    ada, case = await ada_and_case(world)
    first, second = await signer(world, "legal"), await signer(world, "lead")
    lea = await desk.person("legal")
    row = await disclosures.propose(world.app, plan(world, ada, case), first)
    base, own = f"/desk/cases/{case_numbers.text(case)}", f"/desk/disclosures/{row.id}"
    end = {"end": "withdrawn", "why": "they took it back"}
    asked = await lea.post(f"{base}/close", end)
    assert asked.status == 422 and "waits to be signed or made" in asked.words
    early = await lea.post(f"{own}/withdraw", {"why": "no"})
    assert early.status == 422 and "A second person is asked" in early.words
    waits = await lea.get(own)
    assert "A second person reads it first" in waits.words
    assert "/make" not in waits.text and "/withdraw" not in waits.text, "what would be refused"
    await agree(world, row.request, second)
    assert f"{own}/make" in (await lea.get(own)).text
    assert "Disclosures to be made 1" in (await lea.get("/desk")).words
    listed = await lea.get("/desk/disclosures")
    assert "agreed" in listed.words and "3 d 0 h left" in listed.words
    page = await lea.get(own)
    assert "make it, or withdraw it." in page.words and "3 d 0 h left" in page.words
    assert (await lea.post(f"{base}/close", end)).status == 422
    world.clock.advance(3 * 86_400)
    await lea.sign_in()
    lapsed = await lea.get(own)
    assert "ran out before it was used" in lapsed.words and "/make" not in lapsed.text
    assert (await lea.post(f"{own}/withdraw", {"why": ""})).status == 422
    assert (await lea.post(f"{own}/withdraw", {"why": "they took it back"})).status == 303
    assert "withdrawn, No. 1, they took it back" in (await lea.get(base)).words
    assert "Disclosures to be made 1" not in (await lea.get("/desk")).words
    assert (await lea.post(f"{base}/close", end)).status == 303


async def test_whose_data_are_asked_for_is_no_link_to_a_post(desk: DeskSite) -> None:
    lea = await desk.person("legal")
    for targets, account in (
        (["https://chat.example.org/c/1/2", "@ada"], "@ada"),
        (["https://chat.example.org/c/1/2"], ""),
    ):
        number = await opened(desk.world, "fr_requisition", targets=targets)
        page = await lea.get(f"/desk/cases/{case_numbers.text(number)}/disclose")
        assert page.values()["account"] == account
