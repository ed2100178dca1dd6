"""Telethon (any 1.x): unmodified but for the server's key and address."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from lines import entity, serve
from telethon import TelegramClient, errors, events, functions, types, utils
from telethon.crypto import rsa

logging.basicConfig(level=logging.INFO)


class Telethon:
    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.events_seen: list[dict[str, Any]] = []
        self.client: TelegramClient | None = None
        rsa._server_keys.clear()
        rsa.add_key(settings["key"], old=False)

    async def connect(self, session: str, catch_up: bool = False) -> dict[str, Any]:
        path = Path(self.settings["folder"]) / session
        client = TelegramClient(
            str(path), 1, "0" * 32, catch_up=catch_up, receive_updates=True, request_retries=2
        )
        if client.session.server_address != self.settings["host"]:
            client.session.set_dc(2, self.settings["host"], self.settings["port"])
        client.flood_sleep_threshold = 0
        client.add_event_handler(self._on_update, events.Raw())
        await client.connect()
        self.client = client
        return {"authorized": await client.is_user_authorized()}

    async def disconnect(self) -> None:
        if self.client is not None:
            await self.client.disconnect()
            self.client = None

    # ── login ──
    async def _code(self, phone: str) -> str:
        sent = await self.client(
            functions.auth.SendCodeRequest(phone, 1, "0" * 32, types.CodeSettings())
        )
        return sent.phone_code_hash

    async def sign_up(self, phone: str, code: str, first: str) -> dict[str, Any]:
        code_hash = await self._code(phone)
        first_try = await self.client(functions.auth.SignInRequest(phone, code_hash, code))
        assert isinstance(first_try, types.auth.AuthorizationSignUpRequired), first_try
        done = await self.client(functions.auth.SignUpRequest(phone, code_hash, first, ""))
        await self.client._on_login(done.user)
        return {"id": done.user.id, "first": done.user.first_name}

    async def sign_in(
        self, phone: str, code: str, password: str | None = None, wrong: str | None = None
    ) -> dict[str, Any]:
        await self.client.send_code_request(phone)
        asked = False
        try:
            user = await self.client.sign_in(phone, code)
        except errors.SessionPasswordNeededError:
            asked = True
            if wrong is not None:
                try:
                    await self.client.sign_in(password=wrong)
                    raise AssertionError("a wrong password was taken")
                except errors.PasswordHashInvalidError:
                    pass
            user = await self.client.sign_in(password=password)
        return {"id": user.id, "password_asked": asked}

    async def set_password(self, password: str) -> None:
        await self.client.edit_2fa(new_password=password, hint="hint")

    async def sessions(self) -> list[dict[str, Any]]:
        found = await self.client(functions.account.GetAuthorizationsRequest())
        return [{"current": bool(a.current), "hash": a.hash} for a in found.authorizations]

    async def contact(self, phone: str, first: str) -> dict[str, Any]:
        found = await self.client(
            functions.contacts.ImportContactsRequest(
                [types.InputPhoneContact(client_id=1, phone=phone, first_name=first, last_name="")]
            )
        )
        return {"id": found.users[0].id, "first": found.users[0].first_name}

    # ── chatting ──
    async def send(
        self, peer: int, text: str, entities: Any = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        sent = await self.client.send_message(
            peer, text, formatting_entities=_entities(entities), reply_to=reply_to, parse_mode=None
        )
        return {"id": sent.id}

    async def edit(self, peer: int, id: int, text: str) -> None:
        await self.client.edit_message(peer, id, text, parse_mode=None)

    async def delete(self, peer: int, ids: list[int]) -> None:
        await self.client.delete_messages(peer, ids, revoke=True)

    async def read(self, peer: int, max_id: int) -> None:
        await self.client.send_read_acknowledge(peer, max_id=max_id)

    async def typing(self, peer: int) -> None:
        await self.client(
            functions.messages.SetTypingRequest(
                await self.client.get_input_entity(peer), types.SendMessageTypingAction()
            )
        )

    async def forward(self, to: int, source: int, ids: list[int]) -> list[int]:
        done = await self.client.forward_messages(to, ids, source)
        return [message.id for message in done]

    async def send_file(self, peer: int, path: str, caption: str, photo: bool) -> dict[str, Any]:
        sent = await self.client.send_file(
            peer, path, caption=caption, force_document=not photo, parse_mode=None
        )
        return {"id": sent.id}

    async def download(self, peer: int, id: int, path: str) -> None:
        message = await self.client.get_messages(peer, ids=id)
        await self.client.download_media(message, path)

    async def pin(self, peer: int, id: int) -> None:
        await self.client.pin_message(peer, id, pm_oneside=False)

    async def draft(self, peer: int, text: str) -> None:
        await self.client(
            functions.messages.SaveDraftRequest(
                peer=await self.client.get_input_entity(peer), message=text
            )
        )

    async def dialogs(self) -> list[int]:
        return [dialog.id async for dialog in self.client.iter_dialogs()]

    async def history(self, peer: int, limit: int) -> list[dict[str, Any]]:
        return [
            _message(message)
            async for message in self.client.iter_messages(peer, limit=limit)
            if isinstance(message, types.Message)
        ]

    async def bulk(self, peer: int, texts: list[str]) -> list[int]:
        return [(await self.client.send_message(peer, text, parse_mode=None)).id for text in texts]

    async def catch_up(self, session: str) -> dict[str, Any]:
        return await self.connect(session, catch_up=True)

    async def events(self) -> list[dict[str, Any]]:
        taken, self.events_seen = self.events_seen, []
        return taken

    async def _on_update(self, update: Any) -> None:
        event = _event(update)
        if event is not None:
            self.events_seen.append(event)


def _entities(wanted: Any) -> list[Any] | None:
    made = []
    for kind, offset, length, url in wanted or []:
        make = getattr(types, "MessageEntity" + kind[:1].upper() + kind[1:])
        made.append(make(offset, length, url) if url else make(offset, length))
    return made or None


def _message(message: Any) -> dict[str, Any]:
    reply, forward = message.reply_to, message.fwd_from
    return {
        "id": message.id,
        "peer": utils.get_peer_id(message.peer_id),
        "out": bool(message.out),
        "text": message.message,
        "entities": [entity(type(e).__name__, e) for e in message.entities or []],
        "reply_to": getattr(reply, "reply_to_msg_id", None),
        "forward": utils.get_peer_id(forward.from_id) if forward and forward.from_id else None,
        "edited": message.edit_date is not None,
        "pinned": bool(message.pinned),
    }


def _event(update: Any) -> dict[str, Any] | None:
    match update:
        case types.UpdateNewMessage(message=types.Message() as message):
            return {"kind": "new", **_message(message)}
        case types.UpdateEditMessage(message=types.Message() as message):
            return {"kind": "edit", **_message(message)}
        case types.UpdateDeleteMessages():
            return {"kind": "delete", "ids": update.messages}
        case types.UpdateReadHistoryInbox():
            return {"kind": "read_in", "max": update.max_id}
        case types.UpdateReadHistoryOutbox():
            return {"kind": "read_out", "max": update.max_id}
        case types.UpdateUserTyping():
            return {"kind": "typing", "user": update.user_id}
        case types.UpdatePinnedMessages():
            return {"kind": "pin", "ids": update.messages, "on": bool(update.pinned)}
        case types.UpdateDraftMessage():
            return {"kind": "draft", "text": getattr(update.draft, "message", "")}
    return None


asyncio.run(serve(Telethon))
