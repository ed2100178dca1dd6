"""What is forgotten of sessions and links, and what is not."""

from __future__ import annotations

from petitbleu.jobs import KINDS, NoData
from petitbleu.store.query import query
from tests.kit.desk import DeskSite

_COUNTS = query(
    "select (select count(*) from staff_session), (select count(*) from staff_invite),"
    " (select count(*) from staff_touch)"
)


async def test_old_sessions_are_forgotten_and_signatures_are_kept(desk: DeskSite) -> None:
    ada = await desk.person("director")
    await desk.person("triage")
    await ada.sign("/desk/team/2/revoke", {"why": "left"})
    app = desk.world.app
    assert list(await app.store.rows(_COUNTS)) == [(2, 2, 5)]
    desk.world.clock.advance(20 * 86_400)
    await ada.sign_in()
    await KINDS["staff.prune"].handler(app, NoData())
    assert list(await app.store.rows(_COUNTS)) == [(3, 2, 6)]
    desk.world.clock.advance(20 * 86_400)
    await KINDS["staff.prune"].handler(app, NoData())
    assert list(await app.store.rows(_COUNTS)) == [(1, 0, 2)], "the signature and the newer sign-in"
