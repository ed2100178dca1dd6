"""The number of a report right after it, and the list of one's own reports."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.safety.moderation import reports
from petitbleu.tl import api
from tests.domain.safety.moderation import place as places
from tests.domain.safety.moderation.deciding import three
from tests.kit.chats import refused
from tests.kit.world import Client, World


async def report(client: Client, peer: Any, ids: list[int], option: str, words: str = "") -> None:
    asked = api.messages.Report(peer=peer, id=ids, option=option.encode(), message=words)
    assert type(await client.call(asked)) is api.ReportResultReported


async def receipt(client: Client, peer: Any, ids: list[int], reason: str | None = None) -> Any:
    return await client.call(api.petitbleu.GetReceipt(peer=peer, id=ids, reason=reason))


async def test_a_report_of_several_messages_has_a_number_at_once(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await places.make(world, ada, bob, eve)
    ids = [await place.post(ada, text) for text in ("Un", "Deux", "Trois")]
    peer = await place.named(bob)
    await report(bob, peer, ids[:2], "rules/both!", "Words")
    [row] = await reports.listed(world.app)
    found = await receipt(bob, peer, ids[:2])
    assert found.number == places.written(row.number)
    assert "The people who run" in found.text and not found.again
    assert found.url is None, "it is not said to be against the law"
    # What one could not see was passed over when it was taken.
    assert (await receipt(bob, peer, [*ids[:2], 4711])).number == found.number
    for viewer, asked in ((bob, ids[2:]), (bob, []), (eve, ids[:2])):
        named = await place.named(viewer)
        asking = api.petitbleu.GetReceipt(peer=named, id=asked)
        assert await refused(viewer, asking) == "MESSAGE_ID_INVALID"


async def test_the_same_again_joins_and_says_so_for_its_reason(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await places.make(world, ada, bob, eve)
    post = await place.post(ada, "Un")
    peer = await place.named(bob)
    await report(bob, peer, [post], "rules/desk!", "First")
    await report(bob, peer, [post], "danger/life!", "Second")
    first, second = reversed(await reports.listed(world.app))
    await report(bob, peer, [post], "rules/desk!", "First again")
    again = await receipt(bob, peer, [post], "rules/desk")
    assert again.again and again.number == places.written(first.number)
    assert places.written(first.number) in again.text and "already" in again.text
    other = await receipt(bob, peer, [post], "danger/life")
    assert not other.again and other.number == places.written(second.number)
    assert (await receipt(bob, peer, [post])).number == places.written(second.number)


async def test_admins_alone_make_no_case_but_are_among_ones_cases(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await places.make(world, ada, bob, eve)
    post = await place.post(ada, "Un")
    peer = await place.named(bob)
    await report(bob, peer, [post], "rules/admins!")
    found = await receipt(bob, peer, [post])
    assert "admins of the group or channel were told" in found.text and found.due is None
    listed = await bob.call(api.petitbleu.GetCases())
    [mine] = listed.cases
    assert (mine.number, mine.role, mine.kind, mine.state) == (
        found.number, "reporter", "report", "admins"
    )  # fmt: skip
    assert mine.reason == ("It breaks the rules of this place: The admins of this group or channel")
    assert mine.about == "Bassin"
    assert (await eve.call(api.petitbleu.GetCases())).cases == []


async def test_a_person_as_a_whole(world: World) -> None:
    ada, bob, _ = await three(world)
    peer = await bob.peer(ada)
    asked = api.account.ReportPeer(peer=peer, reason=api.InputReportReasonFake(), message="He lies")
    assert await bob.call(asked)
    found = await receipt(bob, peer, [], "fake")
    [row] = await reports.listed(world.app)
    assert found.number == places.written(row.number)
    [mine] = (await bob.call(api.petitbleu.GetCases())).cases
    assert (mine.reason, mine.about) == ("Impersonation", "Peer"), "as the kit saves contacts"
    nobody = api.InputPeerUser(user_id=5, access_hash=5)
    asking = api.petitbleu.GetReceipt(peer=nobody, id=[])
    assert await refused(bob, asking) == "PEER_ID_INVALID"
