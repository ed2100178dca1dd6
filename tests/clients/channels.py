"""How people come into a chat by links, and a channel whose posts are commented on."""

from __future__ import annotations

import time

from tests.clients.walk import Step, Walk, equal, said, service, shows

HOUR = 3600


async def step_invite_link(walk: Walk) -> None:
    """A link for one: seen before joining, used once, refused then; who came by it is known."""
    me, peer, third = walk.me, walk.peer, walk.third
    title = f"Circle of {me.client}"
    chat = walk.notes["circle"] = await me.main.call("create_channel", title=title, group=True)
    until = int(time.time()) + HOUR
    link = await me.main.call("link", chat=chat, limit=1, until=until, approve=False)
    seen = await peer.main.call("preview", link=link)
    equal(seen, {"title": title, "members": 1}, "preview")
    equal(await peer.main.call("join", link=link), chat, "joined")
    await me.main.expect("arrival", service("chatJoinedByLink", chat))
    await third.main.refused("INVITE_HASH_EXPIRED", "join", link=link)
    equal(await me.main.call("joined_by", chat=chat, link=link), [peer.id], "who came by it")
    await peer.main.call("send", peer=chat, text="it works")
    await me.main.expect("message", said("it works", chat))


async def step_join_request(walk: Walk) -> None:
    """A link that asks: nothing is open before an administrator says yes."""
    me, third, chat = walk.me, walk.third, walk.notes["circle"]
    link = await me.main.call("link", chat=chat, limit=0, until=0, approve=True)
    await third.main.refused("INVITE_REQUEST_SENT", "join", link=link)
    await me.main.expect("request", lambda e: e["kind"] == "requests" and e["count"] == 1)
    equal(await me.main.call("requests", chat=chat), [third.id], "who asks")
    await me.main.call("approve", chat=chat, user=third.id)
    await third.main.expect("yes", lambda e: e["kind"] == "channel" and e["peer"] == chat)
    await me.main.expect("arrival", service("chatJoinedByRequest", chat))
    equal(await me.main.call("requests", chat=chat), [], "who asks still")
    await third.main.call("send", peer=chat, text="thank you")
    await me.main.expect("message", said("thank you", chat))


async def step_channel(walk: Walk) -> None:
    """A post reaches the subscriber, and the linked group as the channel's own."""
    me, peer, third, group = walk.me, walk.peer, walk.third, walk.notes["circle"]
    title = f"Gazette of {me.client}"
    channel = await me.main.call("create_channel", title=title, group=False)
    walk.notes["channel"] = channel
    await me.main.call("link_discussion", channel=channel, group=group)
    equal((await me.main.call("info", chat=channel))["linked"], group, "linked group")
    link = await me.main.call("link", chat=channel, limit=0, until=0, approve=False)
    equal(await peer.main.call("join", link=link), channel, "joined")
    post = await me.main.call("send", peer=channel, text="First issue")
    walk.notes["post"] = post["id"]
    got = await peer.main.expect("post", said("First issue", channel))
    equal(got["sender"], channel, "who posted")
    copy = await third.main.expect("copy in the group", said("First issue", group))
    equal(copy["forward"], channel, "forwarded from")
    await peer.main.refused("CHAT_ADMIN_REQUIRED", "send", peer=channel, text="My issue")


async def step_comments(walk: Walk) -> None:
    """A comment is a message of the group, under the post and counted there."""
    me, peer, third = walk.me, walk.peer, walk.third
    channel, group, post = walk.notes["channel"], walk.notes["circle"], walk.notes["post"]
    await peer.main.call("comment", channel=channel, post=post, text="Bravo")
    for driver in (me.main, third.main):
        got = await driver.expect("comment", said("Bravo", group))
        equal(got["sender"], peer.id, "who commented")
    await me.main.call("comment", channel=channel, post=post, text="Thanks")
    await peer.main.expect("answer", said("Thanks", group))
    shown = await peer.main.call("comments", channel=channel, post=post)
    equal(shown, ["Thanks", "Bravo"], "comments")
    await shows(me.main, 2, "comments at the post", "message", "replies", peer=channel, id=post)


STEPS: dict[str, Step] = {
    "invite link": step_invite_link,
    "join request": step_join_request,
    "channel": step_channel,
    "comments": step_comments,
}
