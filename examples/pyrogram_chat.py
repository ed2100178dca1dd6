"""Two people chat with Pyrogram 2.0.106.

Arguments: HOST PORT public.pem PHONE1 CODE1 PHONE2 CODE2
"""

import asyncio
import sys
from pathlib import Path

from petitbleu_for_pyrogram import point_at
from pyrogram import Client, filters, types
from pyrogram.handlers import MessageHandler

host, port, pem, *people = sys.argv[1:]
point_at(host, int(port), Path(pem).read_text())


async def sign_up(name, phone, code):
    client = Client(f"example-{phone}", api_id=1, api_hash="any", workdir=".")
    await client.connect()
    sent = await client.send_code(phone)
    if not isinstance(await client.sign_in(phone, sent.phone_code_hash, code), types.User):
        await client.sign_up(phone, sent.phone_code_hash, name)
    await client.disconnect()
    return await client.start()


async def main():
    ada, bob = await sign_up("Ada", *people[:2]), await sign_up("Bob", *people[2:])
    found = await ada.import_contacts([types.InputPhoneContact(people[2], "Bob")])
    chat, heard = found.users[0].id, asyncio.Event()

    async def answer(client, message):
        await message.reply("Hello Ada")

    async def hear(client, message):
        heard.set()

    bob.add_handler(MessageHandler(answer, filters.incoming & filters.regex("Hello Bob")))
    ada.add_handler(MessageHandler(hear, filters.incoming & filters.regex("Hello Ada")))
    await ada.send_message(chat, "Hello Bob")
    await asyncio.wait_for(heard.wait(), 20)
    for message in reversed([m async for m in ada.get_chat_history(chat)]):
        print("Ada:" if message.outgoing else "Bob:", message.text)
    await ada.stop()
    await bob.stop()


asyncio.get_event_loop().run_until_complete(main())
