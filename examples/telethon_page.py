"""A channel gets a page on the web: a post with a headline and hashtags, and a comment under it.

Arguments: HOST PORT public.pem PHONE CODE. Words after them are only written to the server's own
account, by the same person: ``ok 1``, ``page @gazette_du_port off``.
"""

import asyncio
import sys
from pathlib import Path

from petitbleu_for_telethon import sign_up, trust_only
from telethon import functions

host, port, pem, phone, code, *words = sys.argv[1:]
trust_only(Path(pem).read_text())

NAME = "gazette_du_port"
POST = """**Halle aux poissons : réouverture samedi**

Après six mois de travaux, les étals rouvrent samedi à 8 h. « Enfin ! », dit une poissonnière.

#Marché #Sète"""


async def ask(client, text):
    """Write to the server's own account; what it answers."""
    async with client.conversation("petitbleu", timeout=20) as talk:
        await talk.send_message(text)
        return (await talk.get_response()).message


async def publish(ada):
    made = await ada(functions.channels.CreateChannelRequest("La Gazette du port", "", True))
    (gazette,) = made.chats
    await ada(functions.channels.UpdateUsernameRequest(gazette, NAME))
    made = await ada(functions.channels.CreateChannelRequest("Le comptoir", "", megagroup=True))
    await ada(functions.channels.SetDiscussionGroupRequest(gazette, made.chats[0]))

    print(await ask(ada, f"page @{NAME} on"))
    print(await ask(ada, f"page @{NAME} press=on language=fr"))
    post = await ada.send_message(NAME, POST)
    await ada.send_message(NAME, "Qui vient ?", comment_to=post.id)
    print(f"Post: http://{host}:{port}/{NAME}/{post.id}")


async def main():
    ada = await sign_up(host, port, "Ada", phone, code)
    if words:
        print(await ask(ada, " ".join(words)))
    else:
        await publish(ada)
    await ada.disconnect()


asyncio.run(main())
