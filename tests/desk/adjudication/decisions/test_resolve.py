"""What was pasted is found, however it was written."""

from __future__ import annotations

import pytest

from petitbleu.desk.adjudication.decisions import resolve
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import reports
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import scene
from tests.kit.world import World


async def test_a_post_by_every_kind_of_link(world: World) -> None:
    at = await scene(world)
    bare = at.place.id
    for written in (
        f"https://petitbleu.example/c/{bare}/{at.post}",
        f"https://t.me/bassin/{at.post}",
        f"https://t.me/s/bassin/{at.post}?single",
        f"<https://petitbleu.example/Bassin/{at.post}>",
        f"t.me/bassin/{at.post}",
        f"tg://resolve?domain=bassin&post={at.post}",
        f"tg://privatepost?channel={bare}&post={at.post}",
        f"hxxps://petitbleu[.]example/bassin/{at.post}",
        f"https[:]//t[.]me/bassin/{at.post}",
        f"petitbleu(.)example/bassin/{at.post}",
        f"h**ps://petitbleu[dot]example/bassin/{at.post}",
    ):
        item = await resolve.resolve(world.app, written)
        assert item is not None, written
        assert (item.what, item.peer, item.messages) == ("messages", at.place.peer, (at.post,))
        assert item.people == (at.ada.user_id,)


async def test_chats_and_people_by_name_and_number(world: World) -> None:
    at = await scene(world)
    for written in ("@bassin", "bassin", "https://t.me/bassin", str(at.place.peer),
                    str(at.place.id)):  # fmt: skip
        item = await resolve.resolve(world.app, written)
        assert item is not None and (item.what, item.peer) == ("chat", at.place.peer)
    item = await resolve.resolve(world.app, f" {at.bob.user_id} ")
    assert item is not None and (item.what, item.people) == ("account", (at.bob.user_id,))


async def test_a_report_names_what_nobody_else_can(world: World) -> None:
    at = await scene(world)
    to_ada = await at.bob.peer(at.ada)
    await at.bob.call(api.messages.SendMessage(peer=to_ada, message="Menace", random_id=1))
    await at.ada.call(
        api.messages.Report(
            peer=await at.ada.peer(at.bob), id=[1], option=b"illegal/violence!", message="Menace."
        )
    )
    (report,) = await reports.listed(world.app)
    item = await resolve.resolve(world.app, case_numbers.text(report.number))
    assert item is not None and item.what == "messages"
    assert (item.owner, item.peer, item.people) == (at.ada.user_id, 0, (at.bob.user_id,))


@pytest.mark.turns(7)
@pytest.mark.parametrize(
    "written",
    [
        "", "   ", "@nobody_here", "https://petitbleu.example/", "https://t.me/bassin/999999",
        "PB-2027-999999", "9" * 40, "9" * 19, "-" + "9" * 18, "²", f"https://t.me/c/{'9' * 30}/1",
        "tg://privatepost?channel=²&post=1", "-5", "0", "javascript:alert(1)",
        "tg://resolve", "://", "é/é",
        "https://[::1", "/c/x/y", "c/12/34",
    ],
)  # fmt: skip
async def test_what_means_nothing_is_nothing(world: World, written: str) -> None:
    await scene(world)
    assert await resolve.resolve(world.app, written) is None
