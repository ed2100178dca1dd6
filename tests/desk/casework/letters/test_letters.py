"""Letters out leave once, after their date, again after a failure, and are kept whole."""

from __future__ import annotations

from email import message_from_bytes
from email.headerregistry import Address
from typing import Any

import pytest

from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.records.vault import service as vault
from petitbleu.run.jobs import JobRunner
from tests.kit.world import World

CASE = 2027_000_000_001


async def _queue(world: World, **more: Any) -> int:
    wanted: dict[str, Any] = {
        "case": CASE,
        "to": "greffe@tj.example",
        "purpose": "receipt",
        "language": "fr",
        "subject": "Re: [PB-2027-000001]\nordonnance",
        "text": "Reçu.\n",
    }
    return await world.app.store.write(letters.queue, world.app, **(wanted | more))


async def test_a_letter_leaves_once_and_is_kept_as_it_left(world: World) -> None:
    one = await _queue(
        world,
        headers={"In-Reply-To": "<a@tj.example>", "Auto-Submitted": "auto-replied"},
        attachments=[("reponse.pdf", "application/pdf", b"%PDF-1.7")],
    )
    assert await _queue(world) == one
    assert await letters.send(world.app, one) is None
    assert await letters.send(world.app, one) is None
    (mail,) = world.mail.sent
    assert (mail.to, mail.subject) == (
        "greffe@tj.example",
        "Re: [PB-2027-000001] ordonnance",
    )
    row = await letters.get(world.app.store, one)
    assert row is not None and (row.state, row.proof) == ("sent", "250 OK")
    kept = message_from_bytes(await vault.get(world.app, row.sha))
    assert kept["Auto-Submitted"] == "auto-replied" and kept["In-Reply-To"] == "<a@tj.example>"
    assert [part.get_filename() for part in kept.walk()][-1] == "reponse.pdf"


async def test_nothing_leaves_before_its_date(world: World) -> None:
    later = int(world.clock.now()) + 86_400
    one = await _queue(world, not_before=later)
    assert await letters.send(world.app, one) == later
    assert world.mail.sent == []
    world.clock.advance(86_400)
    assert await letters.send(world.app, one) is None
    assert len(world.mail.sent) == 1


async def test_a_refused_letter_is_tried_again_and_given_up_after_three_days(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(message: bytes, to: str) -> str:
        raise OSError("the mail server did not take the mail: SMTPConnectError")

    monkeypatch.setattr(world.mail, "post", refused)
    one = await _queue(world)
    tries, again = 0, await letters.send(world.app, one)
    while again is not None:
        tries += 1
        world.clock.advance(again - world.clock.now())
        again = await letters.send(world.app, one)
    row = await letters.get(world.app.store, one)
    assert row is not None and row.state == "failed" and "SMTPConnectError" in row.proof
    assert 10 < tries < 40
    assert [one["event"] for one in world.errors] == ["letter.failed"]
    world.errors.clear()


async def test_a_letter_can_be_taken_back_until_it_has_left(world: World) -> None:
    one = await _queue(world, key="statement", not_before=int(world.clock.now()) + 60)
    assert await world.app.store.write(letters.withdraw, CASE, "statement")
    world.clock.advance(60)
    assert await letters.send(world.app, one) is None
    assert world.mail.sent == []
    assert not await world.app.store.write(letters.withdraw, CASE, "statement")


@pytest.mark.parametrize("to", ["nobody", "a@b@c", "a\r\nBcc: x@y.example", ""])
async def test_no_letter_is_queued_to_what_is_no_address(world: World, to: str) -> None:
    with pytest.raises(letters.Unsendable):
        await _queue(world, to=to)


async def test_the_job_sends_what_a_crash_left_behind(world: World) -> None:
    await _queue(world)
    runner = JobRunner(world.app)
    await runner.start()
    try:
        for _ in range(200):
            await world.settle()
            if world.mail.sent:
                break
    finally:
        await runner.stop()
    assert len(world.mail.sent) == 1


@pytest.mark.parametrize("to", ["a@b.example", "a.b+c-d_e@x-1.b.example", "a@b", "-@-.-"])
def test_plain_addresses_are_written_as_the_library_writes_them(to: str) -> None:
    assert letters._PLAIN.fullmatch(to) and str(Address(addr_spec=to)) == to
