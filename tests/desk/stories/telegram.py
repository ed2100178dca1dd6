"""Run in Telethon's environment: the people of the stories, each with a client of their own.

Reads one JSON object a line, ``{id, do, who, …}``; answers ``{id, is}`` or ``{id, wrong}``, and
says by itself what somebody's client was told: ``{event, who, …, at}``. Ends at the end of input.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telethon import TelegramClient, errors, events, functions, types
from telethon.crypto import rsa
from telethon.password import compute_check
from telethon.sessions import MemorySession

HOST, PORT, KEY = sys.argv[1], int(sys.argv[2]), sys.argv[3]
DEVELOPER = [int(port) for port in sys.argv[4:]] or [PORT]
"""Where the page with login codes is: at each worker, and one of them may be away."""
SERVICE = 777000
TRIES = 10
AHEAD = [0.0]
_real_time = time.time
time.time = lambda: _real_time() + AHEAD[0]


def put(**said: Any) -> None:
    print(json.dumps(said), flush=True)


def code_of(phone: str) -> str:
    """The newest code for a number, from the page that a developer looks at."""
    text = ""
    for port in DEVELOPER:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/dev") as page:
                text = re.sub(r"<[^>]+>", " ", page.read().decode())
        except OSError:
            if port == DEVELOPER[-1]:
                raise
            continue
        found = re.findall(rf"{phone}\s+(\d{{5,6}})\b", text)
        if found:
            return str(found[0])
    raise AssertionError(text)


def _span(entity: Any) -> list[Any]:
    """Kind, place and value of an entity."""
    name = type(entity).__name__.removeprefix("MessageEntity")
    values = [getattr(entity, one, None) for one in ("url", "user_id", "language")]
    return [name, entity.offset, entity.length, *(str(one) for one in values if one)]


async def _connect(client: TelegramClient) -> None:
    """Agree on a key. Telethon gives up where the worker is gone that it does so with: an app's
    person tries again.
    """
    for _ in range(TRIES if len(DEVELOPER) > 1 else 0):
        try:
            await client.connect()
            return
        except (OSError, EOFError):
            await asyncio.sleep(0.3)
    await client.connect()


class People:
    """What they can do, each a method named by ``do``."""

    def __init__(self) -> None:
        self.clients: dict[str, TelegramClient] = {}
        self.ids: dict[str, int] = {}

    async def sign_up(self, who: str, phone: str, lang: str) -> int:
        """Join with a telephone number, or come back with it; the account's number."""
        session = MemorySession()
        session.set_dc(2, HOST, PORT)
        client = TelegramClient(session, 1, "0" * 32, lang_code=lang, system_lang_code=lang)
        await _connect(client)
        sent = await client.send_code_request("+" + phone)
        code = await asyncio.to_thread(code_of, phone)
        done = await client(functions.auth.SignInRequest(phone, sent.phone_code_hash, code))
        if isinstance(done, types.auth.AuthorizationSignUpRequired):
            done = await client(functions.auth.SignUpRequest(phone, sent.phone_code_hash, who, ""))
        await client._on_login(done.user)

        @client.on(events.MessageDeleted())
        async def deleted(event: Any) -> None:
            put(event="deleted", who=who, ids=event.deleted_ids, at=_real_time())

        @client.on(events.NewMessage(incoming=True))
        async def told(event: Any) -> None:
            said = "told" if event.chat_id == SERVICE else "new"
            text = event.message.message
            put(event=said, who=who, id=event.message.id, text=text, at=_real_time())

        self.clients[who], self.ids[who] = client, done.user.id
        return int(done.user.id)

    async def channel(self, who: str, title: str, name: str) -> int:
        """Make a public channel."""
        client = self.clients[who]
        made = await client(functions.channels.CreateChannelRequest(title, "", broadcast=True))
        await client(functions.channels.UpdateUsernameRequest(made.chats[0], name))
        return int(made.chats[0].id)

    async def discussion(self, who: str, channel: str, title: str) -> dict[str, Any]:
        """Make the group in which a channel's posts are commented; its number and a way in."""
        client = self.clients[who]
        made = await client(functions.channels.CreateChannelRequest(title, "", megagroup=True))
        group = made.chats[0]
        await client(functions.channels.SetDiscussionGroupRequest(channel, group))
        invite = await client(functions.messages.ExportChatInviteRequest(group))
        return {"id": int(f"-100{group.id}"), "way": invite.link.rpartition("/")[2].lstrip("+")}

    async def enter(self, who: str, way: str) -> None:
        """Come in by an invite link."""
        await self.clients[who](functions.messages.ImportChatInviteRequest(way))

    async def group(self, who: str, title: str, people: Sequence[int] = ()) -> dict[str, Any]:
        """Make a supergroup with these people in it; its number and a way in."""
        client = self.clients[who]
        made = await client(functions.channels.CreateChannelRequest(title, "", megagroup=True))
        group = made.chats[0]
        if people:
            await client(functions.channels.InviteToChannelRequest(group, list(people)))
        invite = await client(functions.messages.ExportChatInviteRequest(group))
        return {"id": int(f"-100{group.id}"), "way": invite.link.rpartition("/")[2].lstrip("+")}

    async def small_group(self, who: str, title: str, other: int) -> int:
        """Make a group of the old kind with somebody else."""
        client = self.clients[who]
        made = await client(functions.messages.CreateChatRequest([other], title))
        return -int(made.updates.chats[0].id)

    async def be_added(self, who: str, anybody: bool) -> None:
        """Let anybody bring one into groups, or nobody."""
        rule = types.InputPrivacyValueAllowAll if anybody else types.InputPrivacyValueDisallowAll
        key = types.InputPrivacyKeyChatInvite()
        await self.clients[who](functions.account.SetPrivacyRequest(key, [rule()]))

    async def name(self, who: str, name: str) -> None:
        """Take a public name."""
        await self.clients[who](functions.account.UpdateUsernameRequest(name))

    async def chats(self, who: str) -> list[str]:
        """What the chats of somebody are called."""
        return [one.name for one in await self.clients[who].get_dialogs()]

    async def about(self, who: str, of: Any) -> dict[str, Any]:
        """What a group or channel is, and what somebody may do in it."""
        client = self.clients[who]
        found = await client(functions.channels.GetFullChannelRequest(of))
        full, chat = found.full_chat, next(c for c in found.chats if c.id == found.full_chat.id)

        def on(rights: Any) -> list[str]:
            return sorted(name for name, value in rights.to_dict().items() if value is True)

        return {
            "title": chat.title,
            "about": full.about,
            "name": chat.username or "",
            "photo": isinstance(chat.photo, types.ChatPhoto),
            "rights": on(chat.admin_rights) if chat.admin_rights else [],
            "banned": on(chat.banned_rights) if chat.banned_rights else [],
            "nobody": on(chat.default_banned_rights) if chat.default_banned_rights else [],
            "slow": full.slowmode_seconds or 0,
            "hidden": full.hidden_prehistory,
            "protected": chat.noforwards,
            "signed": chat.signatures,
            "linked": full.linked_chat_id or 0,
            "timer": full.ttl_period or 0,
            "count": full.participants_count,
        }

    async def standing(self, who: str, of: Any, person: int) -> dict[str, Any]:
        """How somebody stands to a chat: the kind of member, their title, until when."""
        client = self.clients[who]
        await client.get_participants(of)  # who they are
        asked = functions.channels.GetParticipantRequest(of, person)
        try:
            one = (await client(asked)).participant
        except errors.UserNotParticipantError:
            return {"is": "nobody"}
        banned = getattr(one, "banned_rights", None)
        until = banned.until_date.timestamp() if banned and banned.until_date else 0
        kind = type(one).__name__.removeprefix("ChannelParticipant")
        return {"is": kind, "rank": getattr(one, "rank", None) or "", "until": until}

    async def promote(self, who: str, of: Any, person: int, rights: list[str]) -> None:
        """Give somebody these rights of an admin, or none any more."""
        await self.clients[who].get_participants(of)  # who they are
        given = types.ChatAdminRights(**dict.fromkeys(rights, True))
        await self.clients[who](functions.channels.EditAdminRequest(of, person, given, ""))

    async def request(self, who: str, way: str) -> None:
        """Ask to be let in by an invite link."""
        try:
            await self.clients[who](functions.messages.ImportChatInviteRequest(way))
        except errors.InviteRequestSentError:
            return
        raise AssertionError("nobody had to be asked")

    async def go(self, who: str, of: Any) -> None:
        """Leave a group or channel."""
        await self.clients[who](functions.channels.LeaveChannelRequest(of))

    async def rename(self, who: str, of: Any, title: str) -> None:
        """Change the name of a group or channel."""
        await self.clients[who](functions.channels.EditTitleRequest(of, title))

    async def join(self, who: str, name: str) -> None:
        """Subscribe to a public channel."""
        await self.clients[who](functions.channels.JoinChannelRequest(name))

    async def contact(self, who: str, phone: str, name: str) -> None:
        """Add somebody by telephone number."""
        card = types.InputPhoneContact(client_id=1, phone=phone, first_name=name, last_name="")
        await self.clients[who](functions.contacts.ImportContactsRequest([card]))

    async def person(self, who: str, of: Any) -> dict[str, Any]:
        """What somebody sees of a person (a number or public name)."""
        client = self.clients[who]
        found = await client(functions.users.GetFullUserRequest(await client.get_input_entity(of)))
        user, full = found.users[0], found.full_user
        day = full.birthday and [full.birthday.day, full.birthday.month, full.birthday.year]
        return {
            "name": [user.first_name, user.last_name],
            "username": user.username,
            "phone": user.phone,
            "photo": bool(user.photo and getattr(user.photo, "photo_id", 0)),
            "about": full.about,
            "birthday": day,
        }

    async def proves(self, who: str, password: str) -> bool:
        """Whether this is the second password of somebody (who has one)."""
        client = self.clients[who]
        asked = await client(functions.account.GetPasswordRequest())
        proof = compute_check(asked, password)
        try:
            await client(functions.account.GetPasswordSettingsRequest(proof))
        except errors.PasswordHashInvalidError:
            return False
        return True

    async def say(self, who: str, to: Any, text: str, answers: int | None = None) -> int:
        """Write to a channel (its name), group or person (their number), or answer a message."""
        return int((await self.clients[who].send_message(to, text, reply_to=answers)).id)

    async def later(self, who: str, to: Any, text: str, minutes: int = 60) -> int:
        """Write something that is to be sent later; its number among what waits."""
        after = timedelta(minutes=minutes)
        return int((await self.clients[who].send_message(to, text, schedule=after)).id)

    async def picture(self, who: str, to: str, file: str, html: str) -> int:
        """Send a picture with words under it, bold and links as HTML says them."""
        client = self.clients[who]
        return int((await client.send_file(to, file, caption=html, parse_mode="html")).id)

    async def read(self, who: str, of: Any) -> list[dict[str, Any]]:
        """The newest messages of a chat, oldest first."""
        found = await self.clients[who].get_messages(of, limit=40)
        return [{"id": one.id, "text": one.message} for one in reversed(found) if one.message]

    async def seen(self, who: str, of: Any) -> None:
        """Mark a chat as read."""
        await self.clients[who].get_dialogs()
        await self.clients[who].send_read_acknowledge(of)

    async def edit(self, who: str, of: Any, message: int, text: str) -> None:
        """Change the text of a message."""
        await self.clients[who].edit_message(of, message, text)

    async def react(self, who: str, of: Any, message: int, emoji: str) -> None:
        """Give a reaction."""
        peer = await self.clients[who].get_input_entity(of)
        given = [types.ReactionEmoji(emoji)]
        await self.clients[who](
            functions.messages.SendReactionRequest(peer, message, reaction=given)
        )

    async def poll(self, who: str, to: Any, question: str, answers: list[str]) -> int:
        """Ask a question with answers to choose from."""
        plain = [types.TextWithEntities(one, []) for one in [question, *answers]]
        options = [types.PollAnswer(one, str(n).encode()) for n, one in enumerate(plain[1:])]
        asked = types.InputMediaPoll(types.Poll(0, plain[0], options, 0))
        return int((await self.clients[who].send_message(to, file=asked)).id)

    async def polls(self, who: str, of: Any) -> list[dict[str, Any]]:
        """The newest polls of a chat, the newest first."""
        found = await self.clients[who].get_messages(of, limit=40)
        return [
            {
                "id": one.id,
                "question": one.poll.poll.question.text,
                "answers": [answer.text.text for answer in one.poll.poll.answers],
                "closed": bool(one.poll.poll.closed),
            }
            for one in found
            if one.poll
        ]

    async def vote(self, who: str, of: Any, message: int, option: int) -> None:
        """Vote for one of the answers."""
        client = self.clients[who]
        one = await client.get_messages(of, ids=message)
        chosen = [one.poll.poll.answers[option].option]
        peer = await client.get_input_entity(of)
        await client(functions.messages.SendVoteRequest(peer, message, chosen))

    async def mention(self, who: str, to: Any, person: int, text: str) -> int:
        """Write a text whose first word names somebody."""
        client = self.clients[who]
        user = await client.get_input_entity(person)
        size = len(text.split()[0].rstrip(","))
        marks = [types.InputMessageEntityMentionName(0, size, user)]
        return int((await client.send_message(to, text, formatting_entities=marks)).id)

    async def seen_by(self, who: str, of: Any, message: int) -> dict[str, Any]:
        """What a message looks like to somebody."""
        one = await self.clients[who].get_messages(of, ids=message)
        if one is None:
            return {}
        votes = getattr(getattr(one.media, "results", None), "total_voters", 0)
        given = one.reactions.results if one.reactions else []
        return {
            "text": one.message,
            "answers": one.reply_to.reply_to_msg_id if one.reply_to else None,
            "edited": one.edit_date is not None,
            "votes": votes,
            "reactions": {r.reaction.emoticon: r.count for r in given},
            "marks": [type(e).__name__ for e in one.entities or []],
            "spans": [_span(e) for e in one.entities or []],
            "file": one.file.name if one.file else None,
            "photo": one.photo is not None,
        }

    async def unread(self, who: str, of: Any) -> dict[str, int]:
        """How many messages of a chat somebody has not read, and up to which the others have."""
        asked = [types.InputDialogPeer(await self.clients[who].get_input_entity(of))]
        found = await self.clients[who](functions.messages.GetPeerDialogsRequest(asked))
        dialog = found.dialogs[0]
        return {"unread": dialog.unread_count, "read_by_others": dialog.read_outbox_max_id}

    async def end_others(self, who: str) -> int:
        """Sign out all other devices; how many there were."""
        client = self.clients[who]
        found = await client(functions.account.GetAuthorizationsRequest())
        others = [one for one in found.authorizations if not one.current]
        for one in others:
            await client(functions.account.ResetAuthorizationRequest(one.hash))
        return len(others)

    async def delete_account(self, who: str) -> None:
        """Leave for good."""
        await self.clients[who](functions.account.DeleteAccountRequest("no need"))

    async def accept(self, who: str, token: str) -> str:
        """Let the device in that shows a token (base64, safe for addresses); what it is called."""
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return str((await self.clients[who](functions.auth.AcceptLoginTokenRequest(data))).app_name)

    async def timer(self, who: str, of: Any) -> int:
        """After how many seconds the messages with somebody are deleted."""
        found = await self.clients[who](functions.users.GetFullUserRequest(of))
        return int(found.full_user.ttl_period or 0)

    async def folder(self, who: str, title: str) -> None:
        """Make a folder of all groups."""
        named = types.TextWithEntities(title, [])
        made = types.DialogFilter(2, named, [], [], [], groups=True)
        await self.clients[who](functions.messages.UpdateDialogFilterRequest(2, made))

    async def password(self, who: str, password: str) -> None:
        """Set a second password."""
        await self.clients[who].edit_2fa(new_password=password, hint="hint")

    async def file(self, who: str, to: Any, file: str, text: str = "", plain: bool = False) -> int:
        """Send a file; ``plain``: not as a photo."""
        # What Telethon finds out about a sound by itself differs from time to time.
        sound = [types.DocumentAttributeAudio(30)] if file.endswith(".wav") else None
        sent = await self.clients[who].send_file(
            to, file, caption=text, force_document=plain, attributes=sound
        )
        return int(sent.id)

    async def files(self, who: str, of: Any) -> list[dict[str, Any]]:
        """The newest messages of a chat that hold a file."""
        found = await self.clients[who].get_messages(of, limit=40)
        return [
            {
                "id": one.id,
                "name": one.file.name,
                "photo": one.photo is not None,
                "album": one.grouped_id,
                "voice": one.voice is not None and one.file.duration,
            }
            for one in reversed(found)
            if one.file
        ]

    async def fetch(self, who: str, of: Any, message: int) -> str:
        """The SHA-256 of the file in a message."""
        one = await self.clients[who].get_messages(of, ids=message)
        data = await self.clients[who].download_media(one, bytes)
        return hashlib.sha256(data).hexdigest()

    async def delete(self, who: str, of: Any, ids: list[int]) -> None:
        """Delete messages for everybody."""
        await self.clients[who].delete_messages(of, ids, revoke=True)

    async def report(self, who: str, of: Any, ids: list[int], steps: list[str], text: str) -> str:
        """Report messages as the app does: choose until nothing is left to choose, then say why."""
        client, option = self.clients[who], b""
        peer = await client.get_input_entity(of)
        for step in steps:
            asked = await client(functions.messages.ReportRequest(peer, ids, option, ""))
            options = {one.text: one.option for one in asked.options}
            assert step in options, list(options)
            option = options[step]
        asked = await client(functions.messages.ReportRequest(peer, ids, option, ""))
        if isinstance(asked, types.ReportResultAddComment):
            asked = await client(functions.messages.ReportRequest(peer, ids, asked.option, text))
        return type(asked).__name__

    async def report_peer(self, who: str, of: Any, text: str) -> bool:
        """Report an account or a chat as a whole."""
        client = self.clients[who]
        peer = await client.get_input_entity(of)
        why = types.InputReportReasonViolence()
        return bool(await client(functions.account.ReportPeerRequest(peer, why, text)))

    async def ahead(self, seconds: float) -> None:
        """Live in the time of the server."""
        AHEAD[0] = seconds

    async def leave(self) -> None:
        """Disconnect."""
        for client in self.clients.values():
            await client.disconnect()


async def main() -> None:
    rsa._server_keys.clear()
    rsa.add_key(KEY, old=False)
    people = People()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        asked = json.loads(line)
        id, do = asked.pop("id"), asked.pop("do")
        try:
            put(id=id, **{"is": await getattr(people, do)(**asked)})
        except Exception as error:
            put(id=id, wrong=f"{type(error).__name__}: {error}")
    await people.leave()


asyncio.run(main())
