"""Neighbours of one street: a group, a link, a supergroup, a channel, an album, a poll, search.

Arguments: HOST PORT public.pem PHONE1 CODE1 PHONE2 CODE2 PHONE3 CODE3
"""

import asyncio
import io
import struct
import sys
import zlib
from datetime import timedelta
from pathlib import Path

from petitbleu_for_telethon import sign_up, trust_only
from telethon import functions, types

host, port, pem, *people = sys.argv[1:]
trust_only(Path(pem).read_text())


def picture(name, red, green, blue, side=320):
    """A PNG file of one colour, in memory."""

    def part(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + bytes((red, green, blue)) * side) * side
    file = io.BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
        + part(b"IDAT", zlib.compress(rows))
        + part(b"IEND", b"")
    )
    file.name = f"{name}.png"
    return file


async def chat(client, title):
    """A chat of the client's list, by its title."""
    found = client.iter_dialogs(ignore_migrated=True)
    return await anext(one.input_entity async for one in found if one.title == title)


async def texts(client, peer, **which):
    """What stands in a chat, oldest first."""
    found = client.iter_messages(peer, reverse=True, **which)
    return " / ".join([one.message async for one in found if one.message])


async def group(ada, bob, eve):
    contact = types.InputPhoneContact(0, people[2], "Bob", "")
    (his,) = (await ada(functions.contacts.ImportContactsRequest([contact]))).users
    made = await ada(functions.messages.CreateChatRequest([his], "Rue des Lilas"))
    (street,) = made.updates.chats
    await ada.send_message(street, "Hello neighbours")
    print("Bob reads:", await texts(bob, await chat(bob, "Rue des Lilas")))

    limits = {"expire_date": timedelta(days=1), "usage_limit": 5}
    link = await ada(functions.messages.ExportChatInviteRequest(street, **limits))
    print("The link:", link.link)
    invite = link.link.rsplit("+", 1)[1]
    seen = await eve(functions.messages.CheckChatInviteRequest(invite))
    print(f"Eve is shown: {seen.title}, {seen.participants_count} members")
    await eve(functions.messages.ImportChatInviteRequest(invite))
    print("Members:", *[one.first_name async for one in ada.iter_participants(street)])
    return street, his


async def supergroup(ada, eve, street, his):
    moved = await ada(functions.messages.MigrateChatRequest(street.id))
    (town,) = [one for one in moved.chats if isinstance(one, types.Channel)]
    await ada.edit_admin(town, his, title="Caretaker", delete_messages=True, ban_users=True)
    inside = await eve.get_participants(await chat(eve, "Rue des Lilas"))
    for one in sorted(inside, key=lambda one: one.first_name):
        made_it = isinstance(one.participant, types.ChannelParticipantCreator)
        title = getattr(one.participant, "rank", None)
        print("Eve sees:", one.first_name, title or ("creator" if made_it else "member"))
    return town


async def channel(ada, bob, town, his):
    made = await ada(functions.channels.CreateChannelRequest("Lilas news", "", broadcast=True))
    (news,) = made.chats
    await ada(functions.channels.SetDiscussionGroupRequest(news, town))
    await ada(functions.channels.InviteToChannelRequest(news, [his]))
    post = await ada.send_message(news, "The bakery opens again on Monday")
    await bob.send_message(await chat(bob, "Lilas news"), "At last!", comment_to=post.id)
    print("Under the post:", await texts(ada, news, reply_to=post.id))
    print("In the group:", await texts(ada, town))


async def album(ada, bob, town):
    views = [picture("morning", 250, 200, 90), picture("noon", 90, 160, 250)]
    await ada.send_file(town, views, caption="The courtyard")
    got = await bob.get_messages(await chat(bob, "Rue des Lilas"), limit=2)
    (one_album,) = {one.grouped_id for one in got}
    print("Bob sees", len([one.photo for one in got if one_album]), "photos in one album")


async def poll(ada, bob, eve, town):
    answers = [
        types.PollAnswer(types.TextWithEntities(text, []), bytes([number]))
        for number, text in enumerate(("Saturday", "Sunday"))
    ]
    question = types.TextWithEntities("When do we meet?", [])
    asked = types.Poll(id=0, question=question, answers=answers, hash=0)
    sent = await ada.send_message(town, file=types.InputMediaPoll(asked))
    for client in (bob, eve):
        here = await chat(client, "Rue des Lilas")
        await client(functions.messages.SendVoteRequest(here, sent.id, [b"\x01"]))
    asked.closed = True
    await ada.edit_message(town, sent.id, file=types.InputMediaPoll(asked))
    over = (await eve.get_messages(await chat(eve, "Rue des Lilas"), ids=sent.id)).media
    for answer, result in zip(over.poll.answers, over.results.results, strict=True):
        print("Votes:", answer.text.text, result.voters)


async def search(bob, eve):
    await bob.send_message(await chat(bob, "Rue des Lilas"), "L'élection du comité est jeudi")
    here = await chat(eve, "Rue des Lilas")
    print("Eve finds:", await texts(eve, here, search="election comite"))


async def main():
    names = zip(("Ada", "Bob", "Eve"), people[::2], people[1::2], strict=True)
    ada, bob, eve = [await sign_up(host, port, *one) for one in names]
    street, his = await group(ada, bob, eve)
    town = await supergroup(ada, eve, street, his)
    await channel(ada, bob, town, his)
    await album(ada, bob, town)
    await poll(ada, bob, eve, town)
    await search(bob, eve)
    for client in (ada, bob, eve):
        await client.disconnect()


asyncio.run(main())
