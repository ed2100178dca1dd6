"""A bot of the operator's making, run with the library under test; a person talks to it."""

from __future__ import annotations

import json

from tests.clients.walk import Person, Step, Walk, equal, said, service


async def step_bot_sign_in(walk: Walk) -> None:
    """With the token that the operator's command prints."""
    me = walk.me
    name = f"{me.client}_helper_bot"
    made = walk.operator("admin", "bot", "create", f"Helper of {me.client}", name, "--json")
    await me.bot.start()
    await me.bot.call("connect", session="bot")
    done = await me.bot.call("sign_in_bot", token=json.loads(made)["token"])
    equal(done["bot"], True, "is a bot")
    walk.notes["bot"] = done["id"]
    equal(await walk.peer.main.call("resolve", name=name), done["id"], "found by name")


async def step_bot_private(walk: Walk) -> None:
    """Asked in private, it answers."""
    peer, bot = walk.peer, walk.me.bot
    await peer.main.call("send", peer=walk.notes["bot"], text="/start")
    heard = await bot.expect("question", said("/start", peer.id))
    await bot.call("send", peer=peer.id, text="At your service", reply_to=heard["id"])
    got = await peer.main.expect("answer", said("At your service", walk.notes["bot"]))
    equal([got["out"], got["sender"]], [False, walk.notes["bot"]], "who answered")


async def step_bot_group(walk: Walk) -> None:
    """Added to a supergroup, and in a group made with it, it hears what is said and answers."""
    me, peer, third, bot = walk.me, walk.peer, walk.third, walk.notes["bot"]
    circle = walk.notes["circle"]
    equal(await peer.main.call("add", chat=circle, user=bot), [], "not added")
    await me.main.expect("arrival", service("chatAddUser", circle))
    await _asked(walk, third, circle)
    small = await peer.main.call("create_group", title="With a bot", users=[bot])
    await me.bot.expect("creation", service("chatCreate", small))
    await _asked(walk, peer, small)


async def _asked(walk: Walk, person: Person, chat: int) -> None:
    bot, question = walk.me.bot, f"/help {person.name}"
    sent = await person.main.call("send", peer=chat, text=question)
    heard = await bot.expect("question", said(question, chat))
    equal(heard["sender"], person.id, "who asked")
    await bot.call("send", peer=chat, text=f"With pleasure, {person.name}", reply_to=heard["id"])
    got = await person.main.expect("answer", said(f"With pleasure, {person.name}", chat))
    equal([got["sender"], got["reply_to"]], [walk.notes["bot"], sent["id"]], "answer")


STEPS: dict[str, Step] = {
    "bot: token": step_bot_sign_in,
    "bot: private chat": step_bot_private,
    "bot: group": step_bot_group,
}
