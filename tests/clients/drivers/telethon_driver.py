"""Telethon (any 1.x): unmodified but for the server's key and address."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

from community import Community, fill
from lines import serve
from reading import CHANNELS_FROM, event, lower, marked, message
from telethon import TelegramClient, errors, events, functions, types
from telethon.crypto import rsa
from telethon.network import MTProtoSender
from telethon.tl.alltlobjects import LAYER
from transfer import Send, Transfer

logging.basicConfig(level=logging.INFO)


class Telethon(Community, Transfer):
    layer = LAYER

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.events_seen: list[dict[str, Any]] = []
        self.client: TelegramClient | None = None
        self.lent: list[MTProtoSender] = []
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
        for sender in self.lent:
            await sender.disconnect()
        self.lent.clear()
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

    async def sign_in_bot(self, token: str) -> dict[str, Any]:
        bot = await self.client.sign_in(bot_token=token)
        return {"id": bot.id, "bot": bool(bot.bot)}

    # ── the schema ──
    def request(self, name: str, **fields: Any) -> Any:
        space, method = name.split(".")
        method = method[:1].upper() + method[1:] + "Request"
        return fill(getattr(getattr(functions, space), method), fields)

    async def ask(self, name: str, **fields: Any) -> Any:
        return await self.client(self.request(name, **fields))

    def make(self, constructor: str, /, **fields: Any) -> Any:
        return fill(getattr(types, constructor), fields)

    async def peer_of(self, number: int) -> Any:
        return await self.client.get_input_entity(number)

    async def connections(self, count: int) -> list[Send]:
        return [await self._connection() for _ in range(count)]

    async def _connection(self) -> Send:
        client = self.client
        sender = MTProtoSender(client.session.auth_key, loggers=client._log)
        address = (self.settings["host"], self.settings["port"], client.session.dc_id)
        await sender.connect(
            client._connection(*address, loggers=client._log, proxy=None, local_addr=None)
        )
        client._init_request.query = functions.help.GetConfigRequest()
        await sender.send(functions.InvokeWithLayerRequest(LAYER, client._init_request))
        self.lent.append(sender)
        return sender.send

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
        return [sent.id for sent in done]

    async def send_file(self, peer: int, path: str, caption: str, photo: bool) -> dict[str, Any]:
        sent = await self.client.send_file(
            peer, path, caption=caption, force_document=not photo, parse_mode=None
        )
        return {"id": sent.id}

    async def download(self, peer: int, id: int, path: str) -> None:
        found = await self.client.get_messages(peer, ids=id)
        await self.client.download_media(found, path)

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
            message(found)
            async for found in self.client.iter_messages(peer, limit=limit)
            if isinstance(found, types.Message)
        ]

    async def bulk(self, peer: int, texts: list[str]) -> list[int]:
        return [(await self.client.send_message(peer, text, parse_mode=None)).id for text in texts]

    # ── communities ──
    async def remove(self, chat: int, user: int) -> None:
        await self.client.kick_participant(chat, user)

    async def leave(self, chat: int) -> None:
        await self.client.delete_dialog(chat)

    async def promote(self, chat: int, user: int, title: str | None) -> None:
        if chat > CHANNELS_FROM:
            await self.client.edit_admin(chat, user, is_admin=True)
            return
        rights = ("change_info", "delete_messages", "ban_users", "invite_users", "pin_messages")
        await self.client.edit_admin(chat, user, title=title, **dict.fromkeys(rights, True))

    async def forbid(self, chat: int, what: list[str]) -> None:
        """The default rights: all but these. Telethon's own word is for supergroups only."""
        rights = types.ChatBannedRights(until_date=None, **dict.fromkeys(what, True))
        await self.ask(
            "messages.editChatDefaultBannedRights",
            peer=await self.peer_of(chat),
            banned_rights=rights,
        )

    async def restrict(self, chat: int, user: int, until: int) -> None:
        await self.client.edit_permissions(chat, user, until, send_messages=False)

    async def members(self, chat: int) -> dict[str, str]:
        found = await self.client.get_participants(chat)
        names = {one.id: type(one.participant).__name__ for one in found}
        roles = ("creator", "admin")
        return {
            str(user): next((role for role in roles if role in lower(name).lower()), "member")
            for user, name in names.items()
        }

    async def slow_mode(self, chat: int, seconds: int) -> None:
        await self.ask(
            "channels.toggleSlowMode", channel=await self.channel_of(chat), seconds=seconds
        )

    async def comment(self, channel: int, post: int, text: str) -> int:
        return (await self.client.send_message(channel, text, comment_to=post)).id

    async def comments(self, channel: int, post: int) -> list[str]:
        return [m.message async for m in self.client.iter_messages(channel, reply_to=post)]

    async def album(self, peer: int, paths: list[str], caption: str) -> list[int]:
        sent = await self.client.send_file(peer, paths, caption=caption, parse_mode=None)
        return [one.id for one in sent]

    async def poll(self, peer: int, question: str, answers: list[str]) -> int:
        sent = await self.client.send_message(peer, file=self._poll(question, answers))
        return sent.id

    async def close_poll(self, peer: int, id: int) -> None:
        found = (await self.client.get_messages(peer, ids=id)).media.poll
        answers = [one.text for one in found.answers]
        closed = self._poll(found.question, answers, id=found.id, closed=True)
        await self.client.edit_message(peer, id, file=closed)

    def _poll(self, question: Any, answers: list[Any], **more: Any) -> Any:
        def words(text: Any) -> Any:
            return types.TextWithEntities(text, []) if isinstance(text, str) else text

        options = [
            types.PollAnswer(words(text), bytes([number])) for number, text in enumerate(answers)
        ]
        fields = {"id": 0, "hash": 0, "question": words(question), "answers": options, **more}
        return types.InputMediaPoll(self.make("Poll", **fields))

    async def schedule(self, peer: int, text: str, at: int) -> int:
        return (await self.client.send_message(peer, text, schedule=at, parse_mode=None)).id

    async def scheduled(self, peer: int) -> list[list[Any]]:
        return [
            [one.id, one.message, int(one.date.timestamp())]
            async for one in self.client.iter_messages(peer, scheduled=True)
        ]

    async def search(self, query: str, peer: int | None = None) -> list[list[Any]]:
        """``[[chat, text]]`` in one chat or in all."""
        found = self.client.iter_messages(peer, search=query, limit=50)
        return [[marked(one.peer_id), one.message] async for one in found]

    async def catch_up(self, session: str) -> dict[str, Any]:
        return await self.connect(session, catch_up=True)

    async def events(self) -> list[dict[str, Any]]:
        taken, self.events_seen = self.events_seen, []
        return taken

    async def _on_update(self, update: Any) -> None:
        seen = event(update)
        if seen is not None:
            self.events_seen.append(seen)


def _entities(wanted: Any) -> list[Any] | None:
    made = []
    for kind, offset, length, url in wanted or []:
        make = getattr(types, "MessageEntity" + kind[:1].upper() + kind[1:])
        made.append(make(offset, length, url) if url else make(offset, length))
    return made or None


asyncio.run(serve(Telethon))
