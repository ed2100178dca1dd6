"""The life of a group: made, peopled, run, closed to some for a while, grown into a supergroup.

``walk.me`` makes it, ``walk.peer`` and ``walk.third`` are in it. What is refused is checked as the
refused library shows it.
"""

from __future__ import annotations

import asyncio
import time

from tests.clients.walk import (
    SHOWS_WHAT_IT_WAS_TOLD,
    Person,
    Step,
    Walk,
    equal,
    said,
    service,
    shows,
)

RESTRICTED_SECONDS = 32
"""A little more than the 30 below which, as on Telegram, an end date means for ever."""
SILENCES_BY_KIND = ("tdlib", "tdlib_new")
"""Clients that forbid each kind of message and not messages as such."""
SLOW_SECONDS = 30
"""Up to 10 mtcute waits by itself."""


async def step_group(walk: Walk) -> None:
    """Made with one, joined by another; all hear of it, and hear one another."""
    me, peer, third = walk.me, walk.peer, walk.third
    await me.main.call("contact", phone=third.phone, first=third.name)
    chat = await me.main.call("create_group", title=f"Choir of {me.client}", users=[peer.id])
    walk.notes["group"] = chat
    await peer.main.expect("creation", service("chatCreate", chat))
    equal(await me.main.call("add", chat=chat, user=third.id), [], "not added")
    for driver in (third.main, peer.main):
        await driver.expect("addition", service("chatAddUser", chat))
    roles = {str(me.id): "creator", str(peer.id): "member", str(third.id): "member"}
    await shows(peer.main, roles, "members", "members", chat=chat)
    await peer.main.call("send", peer=chat, text="la")
    for driver in (me.main, third.main, me.second):
        got = await driver.expect("message", said("la", chat))
        equal([got["sender"], got["out"]], [peer.id, False], f"{driver.label}: who said it")


async def step_group_members(walk: Walk) -> None:
    """One is removed and added again; another leaves and is added again."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["group"]
    await me.main.call("remove", chat=chat, user=third.id)
    for driver in (peer.main, third.main):
        await driver.expect("removal", service("chatDeleteUser", chat))
    await third.main.refused("CHAT_WRITE_FORBIDDEN", "send", peer=chat, text="still here?")
    equal(await me.main.call("add", chat=chat, user=third.id), [], "not added")
    await third.main.expect("addition", service("chatAddUser", chat))
    await peer.main.call("leave", chat=chat)
    await me.main.expect(
        "departure",
        lambda e: e["kind"] == "service" and e["action"] == "chatDeleteUser" and e["peer"] == chat,
    )
    left = {str(me.id): "creator", str(third.id): "member"}
    await shows(third.main, left, "members", "members", chat=chat)
    equal(await me.main.call("add", chat=chat, user=peer.id), [], "not added")
    await peer.main.expect("addition", service("chatAddUser", chat))


async def step_group_title(walk: Walk) -> None:
    """Title and description, by whom the creator lets; an administrator may in any case."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["group"]
    await me.main.call("rename", chat=chat, title="Chorale")
    await peer.main.expect("new title", service("chatEditTitle", chat))
    await me.main.call("describe", chat=chat, about="We sing")
    reader = third if peer.client in SHOWS_WHAT_IT_WAS_TOLD else peer  # nobody is told of it
    seen = await reader.main.call("info", chat=chat)
    equal([seen["title"], seen["about"]], ["Chorale", "We sing"], "title and description")
    await me.main.call("forbid", chat=chat, what=["change_info"])
    await third.main.refused("CHAT_ADMIN_REQUIRED", "rename", chat=chat, title="Mine")
    await me.main.call("promote", chat=chat, user=third.id, title=None)
    for driver in (peer.main, third.main):  # TDLib asks nobody: it knows whether it may
        await shows(driver, "admin", "role", "members", str(third.id), chat=chat)
    await third.main.call("rename", chat=chat, title=f"Chorale de {me.client}")
    await me.main.expect("new title", service("chatEditTitle", chat))


async def step_group_restriction(walk: Walk) -> None:
    """Nobody but administrators may write; then everybody again."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["group"]
    await me.main.call("forbid", chat=chat, what=["send_messages"])
    silenced = _silenced(me, "CHAT_WRITE_FORBIDDEN")
    await peer.main.refused(silenced, "send", peer=chat, text="may I?")
    await third.main.call("send", peer=chat, text="an administrator may")
    await peer.main.expect("message", said("an administrator may", chat))
    await me.main.call("forbid", chat=chat, what=[])
    if peer.client in SHOWS_WHAT_IT_WAS_TOLD:
        await peer.main.expect("news", lambda e: e["kind"] == "rights" and e["write"])
    await peer.main.call("send", peer=chat, text="thanks")
    await me.main.expect("message", said("thanks", chat))


def _silenced(by: Person, error: str) -> str:
    """What somebody is told whom ``by`` forbade to write; ``error`` where all messages are."""
    return "CHAT_SEND_PLAIN_FORBIDDEN" if by.client in SILENCES_BY_KIND else error


async def step_migration(walk: Walk) -> None:
    """Both service messages; members and roles come along, the old history stays readable."""
    me, peer, third, old = walk.me, walk.peer, walk.third, walk.notes["group"]
    new = walk.notes["chat"] = await me.main.call("migrate", chat=old)
    for driver in (peer.main, third.main):
        await driver.expect("farewell", service("chatMigrateTo", old))
        await driver.expect("welcome", service("channelMigrateFrom", new))
    roles = {str(me.id): "creator", str(peer.id): "member", str(third.id): "admin"}
    equal(await me.main.call("members", chat=new), roles, "members")
    await peer.main.call("send", peer=new, text="here we are")
    for driver in (me.main, third.main, me.second):
        await driver.expect("message", said("here we are", new))
    await peer.main.refused("CHAT_WRITE_FORBIDDEN", "send", peer=old, text="anybody left?")
    texts = [one["text"] for one in await peer.main.call("history", peer=old, limit=50)]
    equal([text for text in texts if text], ["thanks", "an administrator may", "la"], "history")


async def step_admin_title(walk: Walk) -> None:
    """An administrator with a title of their own, as another member sees it."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["chat"]
    await me.main.call("promote", chat=chat, user=third.id, title="Conductor")
    seen = await peer.main.call("standing", chat=chat, user=third.id)
    equal([seen["role"], seen["title"]], ["admin", "Conductor"], "standing")


async def step_slow_mode(walk: Walk) -> None:
    """A member waits his turn and is told how long; an administrator does not."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["chat"]
    await me.main.call("slow_mode", chat=chat, seconds=SLOW_SECONDS)
    await shows(peer.main, SLOW_SECONDS, "slow mode", "info", "slow", chat=chat)
    await peer.main.call("send", peer=chat, text="one")
    wait = await peer.main.refused("SLOWMODE_WAIT_X", "send", peer=chat, text="two")
    assert 0 < wait <= SLOW_SECONDS, f"told to wait {wait} s"
    for text in ("three", "four"):
        await third.main.call("send", peer=chat, text=text)
        await me.main.expect("message", said(text, chat))
    await me.main.call("slow_mode", chat=chat, seconds=0)
    await shows(peer.main, 0, "slow mode", "info", "slow", chat=chat)
    await peer.main.call("send", peer=chat, text="five")
    await me.main.expect("message", said("five", chat))


async def step_restriction(walk: Walk) -> None:
    """Silenced until a date, which the silenced client is told."""
    me, peer, chat = walk.me, walk.peer, walk.notes["chat"]
    until = walk.notes["until"] = int(time.time()) + RESTRICTED_SECONDS
    await me.main.call("restrict", chat=chat, user=peer.id, until=until)
    await peer.main.expect("news", lambda e: e["kind"] == "channel" and e["peer"] == chat)
    seen = await peer.main.call("standing", chat=chat, user=peer.id)
    equal([seen["role"], seen["until"]], ["banned", until], "standing")
    await peer.main.refused(_silenced(me, "USER_BANNED_IN_CHANNEL"), "send", peer=chat, text="but")


async def restriction_ends(walk: Walk) -> None:
    """It lifts itself: nobody does anything, and the member may write again."""
    me, peer, chat = walk.me, walk.peer, walk.notes["chat"]
    await asyncio.sleep(max(0.0, walk.notes["until"] + 1 - time.time()))
    await peer.main.call("send", peer=chat, text="at last")
    await me.main.expect("message", said("at last", chat))


STEPS: dict[str, Step] = {
    "group, members": step_group,
    "remove, leave": step_group_members,
    "title, admin": step_group_title,
    "group restriction": step_group_restriction,
    "migration": step_migration,
    "admin's title": step_admin_title,
    "slow mode": step_slow_mode,
    "restrict until": step_restriction,
}
