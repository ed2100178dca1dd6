"""Pyrogram 2.0.106 (layer 158) and Kurigram (layer 229): unmodified but for the server's key
and address.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from pathlib import Path
from typing import Any

from lines import entity, serve
from pyrogram import Client, enums, errors, raw, types
from pyrogram.connection import connection
from pyrogram.crypto import rsa
from pyrogram.handlers import RawUpdateHandler

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


class Pyrogram:
    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.events_seen: list[dict[str, Any]] = []
        self.client: Any = None
        self.state: Any = None
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
        event = _event(update)
        if event is not None:
            self.events_seen.append(event)


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


def _message(message: Any) -> dict[str, Any]:
    reply, forward = message.reply_to, message.fwd_from
    return {
        "id": message.id,
        "peer": message.peer_id.user_id,
        "out": bool(message.out),
        "text": message.message,
        "entities": [entity(type(e).__name__, e) for e in message.entities or []],
        "reply_to": getattr(reply, "reply_to_msg_id", None),
        "forward": forward.from_id.user_id if forward and forward.from_id else None,
        "edited": message.edit_date is not None,
        "pinned": bool(message.pinned),
    }


def _event(update: Any) -> dict[str, Any] | None:
    api = raw.types
    if isinstance(update, api.UpdateNewMessage) and isinstance(update.message, api.Message):
        return {"kind": "new", **_message(update.message)}
    if isinstance(update, api.UpdateEditMessage):
        return {"kind": "edit", **_message(update.message)}
    if isinstance(update, api.UpdateDeleteMessages):
        return {"kind": "delete", "ids": list(update.messages)}
    if isinstance(update, api.UpdateReadHistoryInbox):
        return {"kind": "read_in", "max": update.max_id}
    if isinstance(update, api.UpdateReadHistoryOutbox):
        return {"kind": "read_out", "max": update.max_id}
    if isinstance(update, api.UpdateUserTyping):
        return {"kind": "typing", "user": update.user_id}
    if isinstance(update, api.UpdatePinnedMessages):
        return {"kind": "pin", "ids": list(update.messages), "on": bool(update.pinned)}
    if isinstance(update, api.UpdateDraftMessage):
        return {"kind": "draft", "text": getattr(update.draft, "message", "")}
    return None


asyncio.run(serve(Pyrogram))
