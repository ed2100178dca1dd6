"""No look at content without a line in the ledger first."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.adjudication.evidence import access
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import NOTICE, scene
from tests.desk.kit import agree, opened, signer
from tests.domain.safety.moderation.place import make
from tests.kit import talk
from tests.kit.world import World


async def reported(world: World) -> tuple[int, int]:
    """A report of a private message, and the case it is merged into."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    for text in ("hello", "I know where you live", "sorry"):
        await talk.say(ada, to_bob, text)
    peer = await bob.peer(ada)
    (threat,) = [
        one.id for one in await talk.history(bob, peer) if one.message == "I know where you live"
    ]
    await bob.call(api.messages.Report(peer=peer, id=[threat], option=b"violence", message=""))
    (row,) = await reports.listed(world.app)
    case = await cases.find(world.app.store, f"report:{row.number}")
    if case is None:
        known = await cases.get(world.app.store, row.number)
        case = row.number if known is not None else await opened(world, "art16_notice")
    state = await cases.get(world.app.store, case)
    assert state is not None
    if row.number not in state.reports:
        merged = CaseEvent("report", {"number": row.number})
        await world.app.store.write(cases.append, world.app, case, "system", merged)
    return case, row.number


async def ledger(world: World, case: int) -> list[str]:
    entries = await audit.about(world.app.store, case_numbers.text(case))
    return [one.action for one in entries if one.action.startswith("content.")]


async def test_a_copy_is_opened_under_its_case_with_a_reason_and_a_line(world: World) -> None:
    case, report = await reported(world)
    other = await opened(world, "art16_notice")
    with pytest.raises(access.NotOfThisCase):
        await access.opened(world.app, Why("staff:1", other, "curious"), report)
    with pytest.raises(ValueError, match="reason"):
        await access.opened(world.app, Why("staff:1", case, " "), report)
    assert await ledger(world, case) == []
    shown = await access.opened(world.app, Why("staff:1", case, "triage"), report)
    assert shown.hidden and shown.now is None, "private: the desk sees the copy and nothing else"
    assert [one["text"] for one in shown.copy["messages"]] == ["I know where you live"]
    assert await ledger(world, case) == ["content.report"]


async def test_nothing_is_opened_where_the_line_cannot_be_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, report = await reported(world)
    opened_copies: list[Any] = []

    async def broken(*_: Any, **__: Any) -> int:
        raise RuntimeError("no room in the log")

    monkeypatch.setattr(audit, "append", broken)
    monkeypatch.setattr(access.copies, "open_sealed", lambda *a: opened_copies.append(a))
    with pytest.raises(RuntimeError, match="no room"):
        await access.opened(world.app, Why("staff:1", case, "triage"), report)
    assert opened_copies == []


async def test_private_context_needs_two_people_each_time(world: World) -> None:
    case, report = await reported(world)
    why = Why("staff:1", case, "is it a threat or a joke?")
    with pytest.raises(approvals.NotAgreed):
        await access.private_context(world.app, why, report)
    first, second = await signer(world, "legal"), await signer(world, "legal")
    request = await world.app.store.write(
        approvals.ask,
        app=world.app,
        kind=access.PRIVATE,
        subject=case_numbers.text(case),
        digest=access.context_digest(case, report, why.reason),
        by=first,
        shown={},
    )
    with pytest.raises(approvals.NotYou):
        await agree(world, request, first)
    await agree(world, request, second)
    with pytest.raises(approvals.NotAgreed):
        await access.private_context(world.app, why._replace(reason="another reason"), report)
    rows = await access.private_context(world.app, why, report)
    assert {row.text for row in rows} >= {"hello", "sorry"}
    assert await ledger(world, case) == ["content.context"]
    with pytest.raises(approvals.NotAgreed):
        await access.private_context(world.app, why, report)


async def test_only_what_is_public_is_shown_as_it_is_now(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    why = Why("staff:1", case, "what is it about?")
    shown = await access.public_posts(world.app, why, at.place.peer, [at.post])
    assert [one["text"] for one in shown["messages"] if not one["context"]] == [
        "Saluons l’attentat"
    ]
    line = (await audit.entries(world.app.store))[-1]
    assert (line.actor, line.action) == ("staff:1", "content.public")
    private = await make(world, at.ada, at.bob, broadcast=False)
    said = await private.post(at.ada, "among us")
    with pytest.raises(access.NotPublic):
        await access.public_posts(world.app, why, private.peer, [said])
    with pytest.raises(access.NotPublic):
        await access.public_posts(world.app, why, at.ada.user_id, [1])
