"""Two people chat with Telethon.

Arguments: HOST PORT public.pem PHONE1 CODE1 PHONE2 CODE2
"""

import asyncio
import sys
from pathlib import Path

from telethon import TelegramClient, events, functions, types
from telethon.crypto import rsa

host, port, pem, *people = sys.argv[1:]
rsa._server_keys.clear()
rsa.add_key(Path(pem).read_text(), old=False)


async def sign_up(name, phone, code):
    client = TelegramClient(f"example-{phone}", 1, "any")
    client.session.set_dc(2, host, int(port))
    await client.connect()
    sent = await client.send_code_request(phone)
    request = functions.auth.SignInRequest(phone, sent.phone_code_hash, code)
    done = await client(request)
    if isinstance(done, types.auth.AuthorizationSignUpRequired):
        request = functions.auth.SignUpRequest(phone, sent.phone_code_hash, name, "")
        done = await client(request)
    await client._on_login(done.user)
    return client


async def main():
    ada, bob = await sign_up("Ada", *people[:2]), await sign_up("Bob", *people[2:])
    contact = types.InputPhoneContact(0, people[2], "Bob", "")
    found = await ada(functions.contacts.ImportContactsRequest([contact]))
    heard = asyncio.Event()
    bob.on(events.NewMessage(incoming=True))(lambda event: event.reply("Hello Ada"))

    @ada.on(events.NewMessage(incoming=True, pattern="Hello"))
    async def hear(event):
        heard.set()

    await ada.send_message(found.users[0], "Hello Bob")
    await asyncio.wait_for(heard.wait(), 20)
    async for message in ada.iter_messages(found.users[0], reverse=True):
        print("Ada:" if message.out else "Bob:", message.text)
    await ada.disconnect()
    await bob.disconnect()


asyncio.run(main())
