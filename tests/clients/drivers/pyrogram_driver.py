"""Pyrogram 2.0.106 (layer 158) and Kurigram (layer 229): unmodified but for the server's key
and address.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import inspect
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from community import Community, fill
from lines import serve
from pyrogram import Client, enums, errors, raw, types
from pyrogram.connection import connection
from pyrogram.crypto import rsa
from pyrogram.handlers import RawUpdateHandler
from pyrogram.raw import all as schema
from pyrogram.session import Session
from reading import CHANNELS_FROM, entity, event
from transfer import Send, Transfer

logging.basicConfig(level=logging.INFO)

HAS_GAP_RECOVERY = hasattr(Client, "recover_gaps")
"""Kurigram has it; Pyrogram never asks for what it missed, so its driver does by raw calls."""


def _integers(der: bytes) -> tuple[int, int]:
    """Modulus and exponent of a PKCS#1 public key: SEQUENCE of two INTEGERs."""
    numbers, at = [], 2 + (der[1] & 0x7F if der[1] & 0x80 else 0)
    while at < len(der):
        length, at = der[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(der[at : at + size], "big"), at + size
        numbers.append(int.from_bytes(der[at : at + length], "big"))
        at += length
    return numbers[0], numbers[1]


def _trust_only(pem: str) -> None:
    n, e = _integers(base64.b64decode("".join(pem.strip().splitlines()[1:-1])))

    def tl(number: int) -> bytes:
        data = number.to_bytes((number.bit_length() + 7) // 8, "big")
        head = bytes([len(data)]) if len(data) < 254 else b"\xfe" + len(data).to_bytes(3, "little")
        return head + data + bytes(-(len(head) + len(data)) % 4)

    fingerprint = int.from_bytes(hashlib.sha1(tl(n) + tl(e)).digest()[-8:], "little", signed=True)
    rsa.server_public_keys.clear()
    rsa.server_public_keys[fingerprint] = rsa.PublicKey(n, e)


class Pyrogram(Community, Transfer):
    layer = schema.layer

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.events_seen: list[dict[str, Any]] = []
        self.client: Any = None
        self.state: Any = None
        self.lent: list[Session] = []
        _trust_only(settings["key"])
        address = (settings["host"], settings["port"])
        self.more: dict[str, Any] = {}
        if HAS_GAP_RECOVERY:

            class Here(connection.Connection):
                def __init__(self, **given: Any) -> None:
                    super().__init__(**{**given, "server_address": address[0], "port": address[1]})

            self.more = {"connection_factory": Here}
        else:
            connection.DataCenter = lambda *_: address

    async def connect(self, session: str, catch_up: bool = False) -> dict[str, Any]:
        if HAS_GAP_RECOVERY:
            self.more["skip_updates"] = not catch_up
        self.client = Client(
            session,
            api_id=1,
            api_hash="0" * 32,
            workdir=self.settings["folder"],
            sleep_threshold=0,
            workers=1,
            **self.more,
        )
        self.client.add_handler(RawUpdateHandler(self._on_update))
        if not (Path(self.settings["folder"]) / f"{session}.session").exists():
            await self.client.connect()
            return {"authorized": False}
        await self.client.start()
        return {"authorized": True}

    async def disconnect(self) -> None:
        for session in self.lent:
            await session.stop()
        self.lent.clear()
        if self.client is None:
            return
        if self.client.is_initialized:
            self.state = await self.client.invoke(raw.functions.updates.GetState())
            await self.client.stop()
        elif self.client.is_connected:
            await self.client.disconnect()
        self.client = None

    # ── login ──
    async def _logged_in(self) -> None:
        await self.client.invoke(raw.functions.updates.GetState())
        self.client.me = await self.client.get_me()
        await self.client.initialize()

    async def sign_up(self, phone: str, code: str, first: str) -> dict[str, Any]:
        sent = await self.client.send_code(phone)
        first_try = await self.client.sign_in(phone, sent.phone_code_hash, code)
        assert not isinstance(first_try, types.User), "the number was known already"
        user = await self.client.sign_up(phone, sent.phone_code_hash, first)
        await self._logged_in()
        return {"id": user.id, "first": user.first_name}

    async def sign_in(
        self, phone: str, code: str, password: str | None = None, wrong: str | None = None
    ) -> dict[str, Any]:
        sent = await self.client.send_code(phone)
        asked = False
        try:
            user = await self.client.sign_in(phone, sent.phone_code_hash, code)
        except errors.SessionPasswordNeeded:
            asked = True
            if wrong is not None:
                try:
                    await self.client.check_password(wrong)
                    raise AssertionError("a wrong password was taken")
                except errors.PasswordHashInvalid:
                    pass
            user = await self.client.check_password(password)
        await self._logged_in()
        return {"id": user.id, "password_asked": asked}

    async def set_password(self, password: str) -> None:
        assert await self.client.enable_cloud_password(password, hint="hint")

    async def sessions(self) -> list[dict[str, Any]]:
        found = await self.client.invoke(raw.functions.account.GetAuthorizations())
        return [{"current": bool(a.current), "hash": a.hash} for a in found.authorizations]

    async def contact(self, phone: str, first: str) -> dict[str, Any]:
        found = await self.client.import_contacts([types.InputPhoneContact(phone, first)])
        return {"id": found.users[0].id, "first": found.users[0].first_name}

    async def sign_in_bot(self, token: str) -> dict[str, Any]:
        bot = await self.client.sign_in_bot(token)
        await self._logged_in()
        return {"id": bot.id, "bot": bool(bot.is_bot)}

    # ── the schema ──
    def request(self, name: str, **fields: Any) -> Any:
        space, method = name.split(".")
        method = method[:1].upper() + method[1:]
        return fill(getattr(getattr(raw.functions, space), method), fields)

    async def ask(self, name: str, **fields: Any) -> Any:
        return await self.client.invoke(self.request(name, **fields))

    def make(self, constructor: str, /, **fields: Any) -> Any:
        return fill(getattr(raw.types, constructor), fields)

    async def peer_of(self, number: int) -> Any:
        return await self.client.resolve_peer(number)

    async def connections(self, count: int) -> list[Send]:
        return [await self._connection() for _ in range(count)]

    async def _connection(self) -> Send:
        storage = self.client.storage
        known = {
            "client": self.client,
            "dc_id": await storage.dc_id(),
            "server_address": self.settings["host"],
            "port": self.settings["port"],
            "auth_key": await storage.auth_key(),
            "test_mode": await storage.test_mode(),
            "is_media": True,
        }
        session = fill(Session, known)
        await session.start()
        self.lent.append(session)
        return session.invoke

    # ── chatting ──
    async def send(
        self, peer: int, text: str, entities: Any = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        sent = await self.client.send_message(
            peer,
            text,
            parse_mode=enums.ParseMode.DISABLED,
            entities=_entities(entities),
            reply_to_message_id=reply_to,
        )
        return {"id": sent.id}

    async def edit(self, peer: int, id: int, text: str) -> None:
        await self.client.edit_message_text(peer, id, text, parse_mode=enums.ParseMode.DISABLED)

    async def delete(self, peer: int, ids: list[int]) -> None:
        await self.client.delete_messages(peer, ids, revoke=True)

    async def read(self, peer: int, max_id: int) -> None:
        await self.client.read_chat_history(peer, max_id)

    async def typing(self, peer: int) -> None:
        await self.client.send_chat_action(peer, enums.ChatAction.TYPING)

    async def forward(self, to: int, source: int, ids: list[int]) -> list[int]:
        return [message.id for message in await self.client.forward_messages(to, source, ids)]

    async def send_file(self, peer: int, path: str, caption: str, photo: bool) -> dict[str, Any]:
        send = self.client.send_photo if photo else self.client.send_document
        sent = await send(peer, path, caption=caption)
        return {"id": sent.id}

    async def download(self, peer: int, id: int, path: str) -> None:
        message = await self.client.get_messages(peer, id)
        await self.client.download_media(message, path)

    async def pin(self, peer: int, id: int) -> None:
        await self.client.pin_chat_message(peer, id, both_sides=True)

    async def draft(self, peer: int, text: str) -> None:
        await self.client.invoke(
            raw.functions.messages.SaveDraft(
                peer=await self.client.resolve_peer(peer), message=text
            )
        )

    async def dialogs(self) -> list[int]:
        return [dialog.chat.id async for dialog in self.client.get_dialogs()]

    async def history(self, peer: int, limit: int) -> list[dict[str, Any]]:
        return [
            _parsed(message)
            async for message in self.client.get_chat_history(peer, limit=limit)
            if message.service is None
        ]

    async def bulk(self, peer: int, texts: list[str]) -> list[int]:
        return [
            (await self.client.send_message(peer, text, parse_mode=enums.ParseMode.DISABLED)).id
            for text in texts
        ]

    # ── communities ──
    async def create_group(self, title: str, users: list[int]) -> int:
        return (await self.client.create_group(title, users)).id

    async def create_channel(self, title: str, group: bool) -> int:
        create = self.client.create_supergroup if group else self.client.create_channel
        return (await create(title)).id

    async def remove(self, chat: int, user: int) -> None:
        await self.client.ban_chat_member(chat, user)
        if chat < CHANNELS_FROM:
            await self.client.unban_chat_member(chat, user)

    async def leave(self, chat: int) -> None:
        await self.client.leave_chat(chat)

    async def rename(self, chat: int, title: str) -> None:
        await self.client.set_chat_title(chat, title)

    async def describe(self, chat: int, about: str) -> None:
        assert await self.client.set_chat_description(chat, about)

    async def promote(self, chat: int, user: int, title: str | None) -> None:
        """By the library in channels; it knows no administrators of groups."""
        if chat > CHANNELS_FROM:
            who = await self.user_of(user)
            await self.ask("messages.editChatAdmin", chat_id=-chat, user_id=who, is_admin=True)
            return
        make = getattr(types, "ChatAdministratorRights", None) or types.ChatPrivileges
        rights = ("change_info", "delete_messages", "restrict_members", "invite_users")
        given = make(**{f"can_{right}": True for right in rights})
        await self.client.promote_chat_member(chat, user, given)
        if title is not None:
            assert await self.client.set_administrator_title(chat, user, title)

    async def forbid(self, chat: int, what: list[str]) -> None:
        """The default rights: all but these."""
        known = list(inspect.signature(types.ChatPermissions.__init__).parameters)[1:]
        allowed = {name: name.removeprefix("can_") not in what for name in known}
        await self.client.set_chat_permissions(chat, types.ChatPermissions(**allowed))

    async def restrict(self, chat: int, user: int, until: int) -> None:
        await self.client.restrict_chat_member(
            chat, user, types.ChatPermissions(), datetime.fromtimestamp(until, UTC)
        )

    async def members(self, chat: int) -> dict[str, str]:
        roles = {"owner": "creator", "administrator": "admin"}
        found = {}
        async for one in self.client.get_chat_members(chat):
            role = one.status.name.lower()
            found[str(one.user.id)] = roles.get(role, role)
        return found

    async def slow_mode(self, chat: int, seconds: int) -> None:
        await self.client.set_slow_mode(chat, seconds or None)

    async def link(self, chat: int, limit: int, until: int, approve: bool) -> str:
        made = await self.client.create_chat_invite_link(
            chat,
            expire_date=datetime.fromtimestamp(until, UTC) if until else None,
            member_limit=limit or None,
            creates_join_request=approve or None,
        )
        return made.invite_link

    async def preview(self, link: str) -> dict[str, Any]:
        found = await self.client.get_chat(_as_theirs(link))
        return {"title": found.title, "members": found.members_count}

    async def join(self, link: str) -> int:
        joined = await self.client.join_chat(_as_theirs(link))
        if type(joined).__name__ == "ChatJoinResultRequestSent":  # Kurigram's word for the error
            raise errors.InviteRequestSent
        # Kurigram does not look into what joining answers for the chat's key.
        async for _ in self.client.get_dialogs(limit=100):
            pass
        return getattr(joined, "chat", joined).id

    async def joined_by(self, chat: int, link: str) -> list[int]:
        return [one.user.id async for one in self.client.get_chat_invite_link_joiners(chat, link)]

    async def requests(self, chat: int) -> list[int]:
        return [one.user.id async for one in self.client.get_chat_join_requests(chat)]

    async def approve(self, chat: int, user: int) -> None:
        assert await self.client.approve_chat_join_request(chat, user)

    async def comment(self, channel: int, post: int, text: str) -> int:
        top = await self.client.get_discussion_message(channel, post)
        return (await self.send(top.chat.id, text, reply_to=top.id))["id"]

    async def comments(self, channel: int, post: int) -> list[str]:
        return [str(one.text) async for one in self.client.get_discussion_replies(channel, post)]

    async def album(self, peer: int, paths: list[str], caption: str) -> list[int]:
        photos = [types.InputMediaPhoto(path) for path in paths]
        photos[0].caption = caption
        return [one.id for one in await self.client.send_media_group(peer, photos)]

    async def poll(self, peer: int, question: str, answers: list[str]) -> int:
        return (await self.client.send_poll(peer, question, answers)).id

    async def vote(self, peer: int, id: int, answer: int) -> None:
        await self.client.vote_poll(peer, id, answer)

    async def close_poll(self, peer: int, id: int) -> None:
        await self.client.stop_poll(peer, id)

    async def react(self, peer: int, id: int, emoji: str) -> None:
        assert await self.client.send_reaction(peer, id, emoji)

    async def schedule(self, peer: int, text: str, at: int) -> int:
        when = datetime.fromtimestamp(at, UTC)
        return (await self.client.send_message(peer, text, schedule_date=when)).id

    async def search(self, query: str, peer: int | None = None) -> list[list[Any]]:
        """``[[chat, text]]`` in one chat or in all."""
        if peer is None:
            found = self.client.search_global(query, limit=50)
        else:
            found = self.client.search_messages(peer, query, limit=50)
        return [[one.chat.id, one.text and str(one.text)] async for one in found]

    async def catch_up(self, session: str) -> dict[str, Any]:
        connected = await self.connect(session, catch_up=True)
        if not HAS_GAP_RECOVERY:
            await self._walk_difference()
        return connected

    async def _walk_difference(self) -> None:
        state = self.state
        while True:
            found = await self.client.invoke(
                raw.functions.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts)
            )
            if isinstance(found, raw.types.updates.DifferenceEmpty):
                return
            for message in found.new_messages:
                await self._on_update(
                    self.client,
                    raw.types.UpdateNewMessage(message=message, pts=0, pts_count=0),
                    {},
                    {},
                )
            for update in found.other_updates:
                await self._on_update(self.client, update, {}, {})
            if isinstance(found, raw.types.updates.Difference):
                return
            state = found.intermediate_state

    async def events(self) -> list[dict[str, Any]]:
        taken, self.events_seen = self.events_seen, []
        return taken

    async def _on_update(self, _: Any, update: Any, users: Any, chats: Any) -> None:
        seen = event(update)
        if seen is not None:
            self.events_seen.append(seen)


def _as_theirs(link: str) -> str:
    """A link as Pyrogram and Kurigram know one: by Telegram's host name, and by no other."""
    return "https://t.me/" + link.rsplit("/", 1)[1]


KINDS = {
    "bold": enums.MessageEntityType.BOLD,
    "italic": enums.MessageEntityType.ITALIC,
    "code": enums.MessageEntityType.CODE,
    "textUrl": enums.MessageEntityType.TEXT_LINK,
}


def _entities(wanted: Any) -> list[Any] | None:
    made = [
        types.MessageEntity(type=KINDS[kind], offset=offset, length=length, url=url)
        for kind, offset, length, url in wanted or []
    ]
    return made or None


def _parsed(message: Any) -> dict[str, Any]:
    """A message as the library's own type shows it."""
    forward = getattr(message, "forward_from", None) or getattr(
        getattr(message, "forward_origin", None), "sender_user", None
    )
    return {
        "id": message.id,
        "peer": message.chat.id,
        "out": bool(message.outgoing),
        "text": message.text and str(message.text),
        "entities": [entity(e.type.value.__name__, e) for e in message.entities or []],
        "reply_to": message.reply_to_message_id,
        "forward": forward.id if forward else None,
        "edited": message.edit_date is not None,
    }


asyncio.run(serve(Pyrogram))
