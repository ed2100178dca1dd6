"""What two people do with two client libraries, written once and walked by every pair.

A step is an ``async def step_NAME(walk)``. It acts through ``walk.me`` (the client under test)
and checks what ``walk.peer`` (another library), and where it matters the second device, were told
about it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PIL import Image

from tests.clients import bots, channels, community, files, groups
from tests.clients.driver import Driver
from tests.clients.walk import Person, Step, Walk, equal, noise, picture, said, same_texts

PASSWORD = "correct horse battery"
RICH = "🦊 bold, slanted, code and a link"
RICH_ENTITIES = [  # offsets in UTF-16 units: the fox takes two
    ["bold", 3, 4, None],
    ["italic", 9, 7, None],
    ["code", 18, 4, None],
    ["textUrl", 29, 4, "https://example.org/"],
]
HISTORY = 310
FILE_BYTES = 20_000_003
"""More than 10 MiB: sent as a big file."""
CHANGES_SENT, CHANGES_EDITED, CHANGES_DELETED = 150, 30, 20


async def sign_up(me: Person) -> None:
    """The account is made by the library's own way (or raw calls where it has none)."""
    await me.main.start()
    equal((await me.main.call("connect", session="main"))["authorized"], False, "authorized")
    made = await me.main.call("sign_up", phone=me.phone, code=me.code, first=me.name)
    equal(made["first"], me.name, "first name")
    me.id = made["id"]


async def step_sign_in(walk: Walk) -> None:
    """A second device of the same library."""
    me = walk.me
    await me.second.start()
    await me.second.call("connect", session="second")
    done = await me.second.call("sign_in", phone=me.phone, code=me.code)
    equal(done, {"id": me.id, "password_asked": False}, "sign-in")


async def step_session_list(walk: Walk) -> None:
    found = await walk.me.main.call("sessions")
    equal(len(found), 2, "sessions")
    equal(sum(one["current"] for one in found), 1, "current sessions")


async def step_two_factor(walk: Walk) -> None:
    """A password set by one device is asked of the next, and a wrong one is refused."""
    me = walk.me
    await me.main.call("set_password", password=PASSWORD)
    await me.second.call("disconnect")
    await me.second.call("connect", session="third")
    done = await me.second.call(
        "sign_in", phone=me.phone, code=me.code, password=PASSWORD, wrong="not it"
    )
    equal(done, {"id": me.id, "password_asked": True}, "sign-in with a password")


async def step_contact(walk: Walk) -> None:
    """Each finds the other by number; without it neither library knows whom to write to."""
    for one, other in ((walk.me, walk.peer), (walk.peer, walk.me)):
        found = await one.main.call("contact", phone=other.phone, first=f"My {other.name}")
        equal(found, {"id": other.id, "first": f"My {other.name}"}, "contact")
    await walk.me.second.call("contact", phone=walk.peer.phone, first="Again")


async def step_text(walk: Walk) -> None:
    me, peer = walk.me, walk.peer
    sent = await me.main.call("send", peer=peer.id, text=RICH, entities=RICH_ENTITIES)
    for driver, out, chat in ((peer.main, False, me.id), (me.second, True, peer.id)):
        got = await driver.expect("message", lambda e: e["kind"] == "new" and e["text"] == RICH)
        equal([got["out"], got["peer"]], [out, chat], f"{driver.label}: direction and chat")
        equal(got["entities"], RICH_ENTITIES, f"{driver.label}: entities")
        if driver is peer.main:
            walk.notes["peer_id"] = got["id"]
        else:
            equal(got["id"], sent["id"], f"{driver.label}: message id")
    walk.notes["id"] = sent["id"]


async def step_reply(walk: Walk) -> None:
    me, peer = walk.me, walk.peer
    await peer.main.call("send", peer=me.id, text="a reply", reply_to=walk.notes["peer_id"])
    got = await me.main.expect("reply", lambda e: e["kind"] == "new" and e["text"] == "a reply")
    equal(got["reply_to"], walk.notes["id"], "reply to")
    walk.notes["reply"] = got["id"]


async def step_edit(walk: Walk) -> None:
    me, peer = walk.me, walk.peer
    await me.main.call("edit", peer=peer.id, id=walk.notes["id"], text="edited")
    got = await peer.main.expect("edit", lambda e: e["kind"] == "edit" and e["text"] == "edited")
    equal([got["id"], got["edited"]], [walk.notes["peer_id"], True], "edited message")


async def step_read(walk: Walk) -> None:
    """The reader's other device and the writer are both told."""
    me, peer = walk.me, walk.peer
    await me.main.call("read", peer=peer.id, max_id=walk.notes["reply"])
    await peer.main.expect("read receipt", lambda e: e["kind"] == "read_out")
    await me.second.expect(
        "own read", lambda e: e["kind"] == "read_in" and e["max"] == walk.notes["reply"]
    )


async def step_typing(walk: Walk) -> None:
    await walk.me.main.call("typing", peer=walk.peer.id)
    await walk.peer.main.expect(
        "typing", lambda e: e["kind"] == "typing" and e["user"] == walk.me.id
    )


async def step_forward(walk: Walk) -> None:
    me, peer = walk.me, walk.peer
    await me.main.call("forward", to=peer.id, source=peer.id, ids=[walk.notes["reply"]])
    got = await peer.main.expect(
        "forward", lambda e: e["kind"] == "new" and e["text"] == "a reply" and not e["out"]
    )
    equal(got["forward"], peer.id, "forwarded from")
    await me.main.call("forward", to=me.id, source=peer.id, ids=[walk.notes["reply"]])
    saved = await me.main.call("history", peer=me.id, limit=5)
    equal([one["text"] for one in saved], ["a reply"], "Saved Messages")


async def step_file(walk: Walk) -> None:
    """A big file arrives as it was sent."""
    me, peer = walk.me, walk.peer
    got = peer.main.folder / f"from-{me.client}.bin"
    sent = noise(me.main.folder / "sent.bin", FILE_BYTES, me.phone)
    await me.main.call("send_file", peer=peer.id, path=str(sent), caption="a file", photo=False)
    event = await peer.main.expect(
        "file", lambda e: e["kind"] == "new" and e["text"] == "a file" and not e["out"]
    )
    await peer.main.call("download", peer=me.id, id=event["id"], path=str(got))
    assert got.read_bytes() == sent.read_bytes(), "the file came back changed"


async def step_photo(walk: Walk) -> None:
    """A photo arrives as a photo, in a size that clients know."""
    me, peer = walk.me, walk.peer
    sent = picture(me.main.folder / "sent.jpg")
    got = peer.main.folder / f"from-{me.client}.jpg"
    await me.main.call("send_file", peer=peer.id, path=str(sent), caption="a photo", photo=True)
    event = await peer.main.expect(
        "photo", lambda e: e["kind"] == "new" and e["text"] == "a photo" and not e["out"]
    )
    await peer.main.call("download", peer=me.id, id=event["id"], path=str(got))
    with Image.open(got) as shown:
        equal((shown.format, shown.size), ("JPEG", (1600, 1000)), "photo")


async def step_pin(walk: Walk) -> None:
    me, peer = walk.me, walk.peer
    await me.main.call("pin", peer=peer.id, id=walk.notes["id"])
    got = await peer.main.expect("pin", lambda e: e["kind"] == "pin" and e["on"])
    equal(got["ids"], [walk.notes["peer_id"]], "pinned messages")


async def step_draft(walk: Walk) -> None:
    await walk.me.main.call("draft", peer=walk.peer.id, text="half a thought")
    await walk.me.second.expect(
        "draft", lambda e: e["kind"] == "draft" and e["text"] == "half a thought"
    )


async def step_delete(walk: Walk) -> None:
    me, peer = walk.me, walk.peer
    await me.main.call("delete", peer=peer.id, ids=[walk.notes["id"]])
    await peer.main.expect(
        "deletion", lambda e: e["kind"] == "delete" and walk.notes["peer_id"] in e["ids"]
    )
    left = await me.main.call("history", peer=peer.id, limit=50)
    assert walk.notes["id"] not in [one["id"] for one in left], "the message is still there"


async def step_dialogs(walk: Walk) -> None:
    found = await walk.me.main.call("dialogs")
    assert {walk.peer.id, walk.me.id} <= set(found), f"dialogs: {found}"


async def step_history(walk: Walk) -> None:
    """More than three pages of a hundred, in order, nothing twice; both sides see the same."""
    me, peer = walk.me, walk.peer
    texts = [f"line {n}" for n in range(HISTORY)]
    await me.main.call("bulk", peer=peer.id, texts=texts, timeout=120)
    mine = await me.main.call("history", peer=peer.id, limit=HISTORY, timeout=60)
    same_texts([one["text"] for one in mine], texts[::-1], "own history")
    ids = [one["id"] for one in mine]
    assert ids == sorted(set(ids), reverse=True), "ids are not in order"
    # TDLib answers with what it knows already, so the last message has to have reached it.
    await peer.main.expect("last line", said(texts[-1], me.id))
    theirs = await peer.main.call("history", peer=me.id, limit=HISTORY, timeout=60)
    same_texts([one["text"] for one in theirs], texts[::-1], "the peer's history")


async def step_catch_up(walk: Walk) -> None:
    """Away for 200 changes: every message that is left arrives once, in its last form."""
    me, peer = walk.me, walk.peer
    await me.main.settle()
    await me.main.call("disconnect")
    me.main.seen.clear()
    try:
        kept = await _change_while_away(walk)
    finally:
        back = await me.main.call("catch_up", session="main")
    equal(back["authorized"], True, "still signed in")
    await me.main.expect(
        "last message", lambda e: e["kind"] == "new" and e["text"] == kept[-1], timeout=30
    )
    await me.main.settle(1.0)
    # Kurigram counts its own sends as missed too: what others said is what counts.
    news = [e for e in me.main.seen if e["kind"] == "new" and not e["out"]]
    arrived = [e["text"] for e in news if e["peer"] == peer.id]
    same_texts(sorted(arrived), sorted(kept), "messages that arrived")
    mine = await me.main.call("history", peer=peer.id, limit=len(kept), timeout=60)
    same_texts([one["text"] for one in mine], kept[::-1], "history after catching up")


async def _change_while_away(walk: Walk) -> list[str]:
    """150 messages, 30 edits, 20 deletions by the peer; the texts that are left, oldest first."""
    me, peer = walk.me, walk.peer
    texts = [f"away {n}" for n in range(CHANGES_SENT)]
    ids = await peer.main.call("bulk", peer=me.id, texts=texts, timeout=120)
    wanted = dict(zip(ids, texts, strict=True))
    for at in ids[:CHANGES_EDITED]:
        wanted[at] = f"{wanted[at]}, edited"
        await peer.main.call("edit", peer=me.id, id=at, text=wanted[at])
    for at in ids[-CHANGES_DELETED - 1 : -1]:
        del wanted[at]
        await peer.main.call("delete", peer=me.id, ids=[at])
    return list(wanted.values())


CHAT: dict[str, Step] = {
    "sign in": step_sign_in,
    "session list": step_session_list,
    "2FA": step_two_factor,
    "contact": step_contact,
    "text, entities": step_text,
    "reply": step_reply,
    "edit": step_edit,
    "read receipts": step_read,
    "typing": step_typing,
    "forward": step_forward,
    "file": step_file,
    "photo": step_photo,
    "pin": step_pin,
    "draft": step_draft,
    "delete": step_delete,
    "dialogs": step_dialogs,
}
LONG: dict[str, Step] = {"history > 300": step_history, "away 200 changes": step_catch_up}
STEPS: dict[str, Step] = {
    **CHAT,
    "privacy": community.step_privacy,
    **groups.STEPS,
    **channels.STEPS,
    **community.STEPS,
    **bots.STEPS,
    **files.STEPS,
    **LONG,
}
"""What every client walks, in this order: later steps use what earlier ones made."""


async def gather_round(
    people: dict[str, Person], make: Callable[[str, str], Driver]
) -> dict[str, Awaitable[None]]:
    """Alice with a device of every library, Bob writing to her; what each device has yet to do."""
    alice = Person("alice", 9, lambda _, label: make("telethon", label))
    bob = next(iter(people.values()))
    devices: dict[str, Driver] = {"telethon": alice.main}
    await sign_up(alice)
    for client in people:
        if client not in devices:
            devices[client] = device = make(client, f"alice-{client}")
            await device.start()
            await device.call("connect", session="alice")
            await device.call("sign_in", phone=alice.phone, code=alice.code)
    await bob.main.call("contact", phone=alice.phone, first="Alice")
    for device in devices.values():
        await device.call("contact", phone=bob.phone, first="Bob")
        await device.forget()
    return {client: _talk(client, devices, alice, bob) for client in devices}


async def _talk(client: str, devices: dict[str, Driver], alice: Person, bob: Person) -> None:
    """One device speaks and is answered; all the others hear both, and then an edit and a
    deletion.
    """
    told, answered = f"from {client}", f"to {client}"
    await devices[client].call("send", peer=bob.id, text=told)
    heard = await bob.main.expect("message", lambda e: e["kind"] == "new" and e["text"] == told)
    equal([heard["out"], heard["peer"]], [False, alice.id], "what Bob heard")
    answer = await bob.main.call("send", peer=alice.id, text=answered, reply_to=heard["id"])
    ids = {}
    for name, device in devices.items():
        got = await device.expect("answer", lambda e: e["kind"] == "new" and e["text"] == answered)
        ids[name] = got["id"]
        if name != client:
            own = await device.expect("own", lambda e: e["kind"] == "new" and e["text"] == told)
            equal([own["out"], own["id"]], [True, got["reply_to"]], f"{name}: what Alice said")
    assert len(set(ids.values())) == 1, f"one message, several ids: {ids}"
    await bob.main.call("edit", peer=alice.id, id=answer["id"], text=f"{answered}!")
    for device in devices.values():
        await device.expect("edit", lambda e: e["kind"] == "edit" and e["text"] == f"{answered}!")
    # Not before all have heard of the edit: nobody is told of one whose message is gone.
    await bob.main.call("delete", peer=alice.id, ids=[answer["id"]])
    for device in devices.values():
        await device.expect("deletion", lambda e: e["kind"] == "delete" and ids[client] in e["ids"])
