"""Forums: refused until topics exist; those made before become ordinary groups."""

from __future__ import annotations

from petitbleu import ids
from petitbleu.domain.communities.chats import service
from petitbleu.store import migrate
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.store.sqlite import SqliteStore
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.chats import refused
from tests.kit.world import World

FORUM = service.FORUM | service.FORUM_TABS
SET = query("update chat set flags = flags + :bits where id = :id")


async def test_a_forum_is_refused(world: World) -> None:
    ada = await world.sign_up("Ada")
    for kind in ({"megagroup": True}, {"broadcast": True}, {"for_import": True}, {}):
        q = api.channels.CreateChannel(title="Town", about="", forum=True, **kind)
        assert await refused(ada, q) == "CHAT_INVALID"
    found = await ada.call(api.messages.GetDialogs(
        offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=100, hash=0
    ))  # fmt: skip
    assert found.chats == []


async def _migrate(world: World) -> None:
    """Apply the migration anew."""
    (wanted,) = [one for one in migrate.load() if one.name.endswith("_forums_become_groups")]
    engine = "sqlite" if isinstance(world.app.store, SqliteStore) else "postgres"

    async def change(tx: Tx) -> None:
        for statement in migrate.statements(migrate.translate(wanted.sql, engine)):
            await tx.run(query(statement))

    await world.app.store.write(change)


async def test_forums_of_before_become_groups_and_their_admins_read_so(world: World) -> None:
    ada = await world.sign_up("Ada")
    town, other = await chats.supergroup(ada), await chats.supergroup(ada, title="Other")
    await ada.call(api.channels.EditTitle(channel=chats.input_channel(ada, town), title="Forum"))

    async def as_before(tx: Tx) -> None:
        await tx.run(SET, id=ids.peer_of_channel(town), bits=FORUM)

    await world.app.store.write(as_before)
    await _migrate(world)
    await _migrate(world)  # what is a group already stays as it is
    for number in (town, other):
        row = await service.get(world.app, ids.peer_of_channel(number))
        assert row is not None
        assert row.flags & FORUM == 0
    log = await ada.call(
        api.channels.GetAdminLog(
            channel=chats.input_channel(ada, town), q="", max_id=0, min_id=0, limit=10
        )
    )
    told = [type(one.action).NAME.removeprefix("channelAdminLogEventAction") for one in log.events]
    assert told == ["ToggleForum", "ChangeTitle"]
    assert log.events[0].action.new_value is False
    quiet = await ada.call(
        api.channels.GetAdminLog(
            channel=chats.input_channel(ada, other), q="", max_id=0, min_id=0, limit=10
        )
    )
    assert quiet.events == []
