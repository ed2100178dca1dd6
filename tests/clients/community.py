"""What people do in the chats they have: albums, polls, reactions, folders, plans, search.

The chat is the supergroup that ``groups.py`` left: ``walk.me`` made it, ``walk.third`` helps to
run it, ``walk.peer`` is silenced there by then, so the second chat of ``channels.py`` serves where
``peer`` must speak.
"""

from __future__ import annotations

import asyncio
import time

from tests.clients.walk import Person, Step, Walk, equal, picture, said, shows

HOUR = 3600
FOLDER = 7
CANNOT_NAME_MISSING = ("pyrogram",)
"""Clients whose layer has no list of those who could not be added."""
GIVES_LISTED_REACTIONS = ("tdlib", "tdlib_new")
"""Clients that give no reaction but those of the server's list, which is empty while there are no
drawings; they see what others give."""
EXACT = ("online", "offline")
"""Statuses that say when somebody was there."""


async def step_album(walk: Walk) -> None:
    """Three photos that arrive as one, the caption on the first."""
    me, chat = walk.me, walk.notes["circle"]
    paths = [str(picture(me.main.folder / f"album-{n}.jpg")) for n in range(3)]
    ids = await me.main.call("album", peer=chat, paths=paths, caption="three views")
    equal(len(set(ids)), 3, "messages")
    for driver in (walk.peer.main, walk.third.main):
        await driver.expect("last photo", lambda e: e["kind"] == "new" and e["id"] == max(ids))
        got = [e for e in driver.seen if e["kind"] == "new" and e["id"] in ids]
        equal([e["media"] for e in got], ["photo"] * 3, f"{driver.label}: media")
        equal([e["text"] for e in got], ["three views", "", ""], f"{driver.label}: captions")
        assert len({e["group"] for e in got}) == 1 and got[0]["group"], "not one album"


async def step_poll(walk: Walk) -> None:
    """Two vote and see how it stands; closed, it takes no more votes."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["circle"]
    answers = ["Monday", "Tuesday"]
    poll = await me.main.call("poll", peer=chat, question="When?", answers=answers)
    for driver in (peer.main, third.main):
        await driver.expect("poll", lambda e: e["kind"] == "new" and e["media"] == "poll")
    await peer.main.call("vote", peer=chat, id=poll, answer=1)
    await me.main.expect("news of a vote", lambda e: e["kind"] == "poll" and not e["closed"])
    await third.main.call("vote", peer=chat, id=poll, answer=1)
    await shows(peer.main, [0, 2], "votes", "message", "votes", peer=chat, id=poll)
    await me.main.call("close_poll", peer=chat, id=poll)
    await peer.main.expect("end", lambda e: e.get("closed"))
    await me.main.refused("MESSAGE_POLL_CLOSED", "vote", peer=chat, id=poll, answer=0)


async def step_reactions(walk: Walk) -> None:
    """Sent by two, seen by the writer, who can ask who it was."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["circle"]
    sent = await me.main.call("send", peer=chat, text="Good news")
    for driver in (peer.main, third.main):
        await driver.expect("message", said("Good news", chat))
    givers = [me if one.client in GIVES_LISTED_REACTIONS else one for one in (peer, third)]
    # The writer first, who is told of what others give.
    order = sorted(zip(givers, ("👍", "🔥"), strict=True), key=lambda pair: pair[0] is not me)
    for giver, emoji in order:
        await giver.main.call("react", peer=chat, id=sent["id"], emoji=emoji)
    both = {"👍": 1, "🔥": 1}
    await me.main.expect("reactions", lambda e: e.get("counts", e.get("reactions")) == both)
    seen = await me.main.call("reactors", peer=chat, id=sent["id"])
    wanted = [[givers[0].id, "👍"], [givers[1].id, "🔥"]]
    equal(sorted(seen), sorted(wanted), "who reacted")
    await shows(peer.main, both, "reactions", "message", "reactions", peer=chat, id=sent["id"])


async def step_folders(walk: Walk) -> None:
    """Made on one device, there on the other; and gone again."""
    me, chat = walk.me, walk.notes["chat"]
    made = await me.main.call("set_folder", id=FOLDER, title="Music", peers=[chat, walk.peer.id])
    folder = made or FOLDER  # TDLib chooses the number
    await me.second.expect("folder", lambda e: e["kind"] == "folder" and e["title"] == "Music")
    wanted = [{"id": folder, "title": "Music", "peers": [chat, walk.peer.id]}]
    equal(await me.second.call("folders"), wanted, "folders")
    await me.main.call("drop_folder", id=folder)
    await me.second.expect("end", lambda e: e["kind"] == "folder" and e["title"] is None)
    equal(await me.second.call("folders"), [], "folders")


async def step_scheduled(walk: Walk) -> None:
    """Nobody hears it before its time; the writer's devices see it, and it can be sent now."""
    me, peer, chat = walk.me, walk.peer, walk.notes["circle"]
    at = int(time.time()) + HOUR
    await me.main.call("schedule", peer=chat, text="later", at=at)
    await me.second.expect("plan", lambda e: e["kind"] == "scheduled" and e["text"] == "later")
    ((number, text, date),) = await me.second.call("scheduled", peer=chat)
    equal([text, date], ["later", at], "planned")
    await peer.main.settle(0.1)
    assert not any(e.get("text") == "later" for e in peer.main.seen), "heard too soon"
    await me.main.call("send_scheduled", peer=chat, id=number)
    await peer.main.expect("message", said("later", chat))
    equal(await me.main.call("scheduled", peer=chat), [], "planned still")


async def step_privacy(walk: Walk) -> None:
    """Everybody is shut out but one: of being seen online and of adding me to groups.

    Walked before ``third`` has heard from me: TDLib takes who writes to be online for half a
    minute, and would be asked for that long before it says what the server told it.
    """
    me, peer, third = walk.me, walk.peer, walk.third
    await me.main.call("contact", phone=third.phone, first=third.name)
    await third.main.call("contact", phone=me.phone, first=me.name)
    for key in ("StatusTimestamp", "ChatInvite"):
        rules = await me.main.call("privacy", key=key, allow=[third.id])
        equal(rules, ["allowUsers", "disallowAll"], f"rules of {key}")
        await me.second.expect("change of privacy", lambda e: e["kind"] == "privacy")
        await me.second.forget()
    seen = await peer.main.call("status", user=me.id)
    assert seen not in EXACT, f"peer sees when: {seen}"
    assert (await _status(third, me)) in EXACT, "third does not see when"
    chat = await third.main.call("create_channel", title="Of mine", group=True)
    equal(await third.main.call("add", chat=chat, user=me.id), [], "not added")
    chat = await peer.main.call("create_channel", title="Of mine", group=True)
    if peer.client in CANNOT_NAME_MISSING:
        await peer.main.refused("USER_PRIVACY_RESTRICTED", "add", chat=chat, user=me.id)
    else:
        equal(await peer.main.call("add", chat=chat, user=me.id), [me.id], "not added")
    for key in ("StatusTimestamp", "ChatInvite"):
        await me.main.call("privacy", key=key, allow=None)
    assert (await _status(peer, me)) in EXACT, "still hidden"


async def _status(viewer: Person, of: Person) -> str:
    """As the server tells it: TDLib supposes for some seconds that who writes is online."""
    while True:
        seen = str(await viewer.main.call("status", user=of.id))
        if seen != "guessed":
            return seen
        await asyncio.sleep(0.5)


async def step_search(walk: Walk) -> None:
    """Accents and case do not matter, in one chat or in all."""
    me, peer, third, chat = walk.me, walk.peer, walk.third, walk.notes["circle"]
    text = f"L'élection du comité de {me.client} est à Orléans"
    await me.main.call("send", peer=chat, text=text)
    for driver in (peer.main, third.main):
        await driver.expect("message", said(text, chat))
    for driver, query in ((me.main, "Election"), (peer.main, "ORLEANS"), (third.main, "comite")):
        found = await driver.call("search", query=query, peer=chat)
        equal(found, [[chat, text]], f"{driver.label}: found in the chat")
        everywhere = await driver.call("search", query=query)
        assert [chat, text] in everywhere, f"{driver.label}: not found in all chats"


STEPS: dict[str, Step] = {
    "album": step_album,
    "poll": step_poll,
    "reactions": step_reactions,
    "folders": step_folders,
    "scheduled posts": step_scheduled,
    "search, accents": step_search,
}
