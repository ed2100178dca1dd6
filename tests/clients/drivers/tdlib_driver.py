"""TDLib 1.8.67 (layer 229) and 1.8.69 (layer 232), as PyPI's ``tdjson`` carries them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from lines import serve
from reading import CHANNELS_FROM
from tdlib_account import Account
from tdlib_chats import Chats
from tdlib_link import Json, Link, Proxy, TdError, binary, copy_with_key
from tdlib_reading import server_id

API_ID = 1
READY = "authorizationStateReady"
CONNECTED = "connectionStateReady"
STAYS_SECONDS = 0.8
"""How long it has been ready when it has fetched what it missed."""


class Tdlib(Chats, Account):
    """Signing up and in; what is said and heard is in the classes below."""

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()
        self.settings = settings
        self.folder = Path(settings["folder"])
        self.proxy = Proxy(settings["host"], settings["port"])
        self.proxy_port = 0
        self.tdlib: Link | None = None
        self.state = ""
        self.state_changed = asyncio.Event()
        self.connection = ""
        """As apps show it: connecting, updating, ready."""
        self.connection_changed = asyncio.Event()

    async def connect(self, session: str) -> dict[str, Any]:
        if self.tdlib is None:
            self.proxy_port = await self.proxy.start()
            copy = copy_with_key(binary(), self.settings["key"], self.folder.parent)
            self.tdlib = Link(copy, self.folder / "tdlib.log")
        self.forget_all()
        self.state = ""
        self.connection = ""
        self.client = self.tdlib.open(self.on_update)
        proxy = {"@type": "proxy", "server": "127.0.0.1", "port": self.proxy_port}
        proxy["type"] = {"@type": "proxyTypeSocks5", "username": "", "password": ""}
        # Asked first: no connection is made before the proxy is known.
        asked = asyncio.create_task(self.ask("addProxy", proxy=proxy, enable=True, comment=""))
        await self.ask(
            "setTdlibParameters",
            use_test_dc=False,
            database_directory=str(self.folder / session),
            files_directory=str(self.folder / session / "files"),
            use_file_database=True,
            use_chat_info_database=True,
            use_message_database=True,
            use_secret_chats=False,
            api_id=API_ID,
            api_hash="0" * 32,
            system_language_code="en",
            device_model="test",
            system_version="1",
            application_version="1",
        )
        await asked
        await self._until("authorizationStateWaitPhoneNumber", READY)
        if self.state == READY:
            await self._begin()
        return {"authorized": self.state == READY}

    async def disconnect(self) -> None:
        if self.client:
            await self.ask("close")
            await self._until("authorizationStateClosed")
            self.client = 0

    async def catch_up(self, session: str) -> dict[str, Any]:
        """TDLib asks for what it missed by itself."""
        return await self.connect(session)

    # ── login ──
    async def sign_up(self, phone: str, code: str, first: str) -> dict[str, Any]:
        await self._give_code(phone, code)
        await self._until("authorizationStateWaitRegistration")
        await self.ask("registerUser", first_name=first, last_name="", disable_notification=True)
        me = await self._signed_in()
        return {"id": me["id"], "first": me["first_name"]}

    async def sign_in(
        self, phone: str, code: str, password: str | None = None, wrong: str | None = None
    ) -> dict[str, Any]:
        await self._give_code(phone, code)
        await self._until("authorizationStateWaitPassword", READY)
        asked = self.state != READY
        if asked:
            if wrong is not None:
                try:
                    await self.ask("checkAuthenticationPassword", password=wrong)
                    raise AssertionError("a wrong password was taken")
                except TdError as error:
                    assert error.ID == "PASSWORD_HASH_INVALID", error
            await self.ask("checkAuthenticationPassword", password=password)
        return {"id": (await self._signed_in())["id"], "password_asked": asked}

    async def sign_in_bot(self, token: str) -> dict[str, Any]:
        await self.ask("checkAuthenticationBotToken", token=token)
        bot = await self._signed_in()
        return {"id": bot["id"], "bot": bot["type"]["@type"] == "userTypeBot"}

    async def _give_code(self, phone: str, code: str) -> None:
        await self.ask("setAuthenticationPhoneNumber", phone_number=phone)
        await self._until("authorizationStateWaitCode")
        await self.ask("checkAuthenticationCode", code=code)

    async def _signed_in(self) -> Json:
        await self._until(READY)
        return await self._begin()

    async def _begin(self) -> Json:
        """What an app does when it is shown; the account. Returns when TDLib has its first state: a
        message sent before that is part of the state, and TDLib does not tell of it.
        """
        await self._synchronized()
        me = await self.ask("getMe")
        self.me = int(me["id"])
        if me["type"]["@type"] != "userTypeBot":
            online = {"@type": "optionValueBoolean", "value": True}
            await self.ask("setOption", name="online", value=online)
        return me

    async def _until(self, *states: str) -> None:
        while self.state not in states:
            self.state_changed.clear()
            await self.state_changed.wait()

    def on_state(self, state: Json) -> None:
        self.state = state["@type"]
        self.state_changed.set()

    async def _synchronized(self) -> None:
        """Wait until TDLib has its first state: it is ready, and stays so. While it fetches the
        state it says that it updates, but only where that takes longer than 0.3 s.
        """
        while True:
            self.connection_changed.clear()
            ready = self.connection == CONNECTED
            try:
                async with asyncio.timeout(STAYS_SECONDS if ready else None):
                    await self.connection_changed.wait()
            except TimeoutError:
                return

    def _update_connection_state(self, update: Json) -> None:
        self.connection = update["state"]["@type"]
        self.connection_changed.set()

    async def set_password(self, password: str) -> None:
        await self.ask(
            "setPassword",
            old_password="",
            new_password=password,
            new_hint="hint",
            set_recovery_email_address=False,
        )

    async def sessions(self) -> list[dict[str, Any]]:
        found = await self.ask("getActiveSessions")
        return [{"current": one["is_current"], "hash": one["id"]} for one in found["sessions"]]

    # ── the account ──
    async def contact(self, phone: str, first: str) -> dict[str, Any]:
        one = {"@type": "importedContact", "phone_number": phone, "first_name": first}
        found = await self.ask("importContacts", contacts=[one])
        user = await self.ask("getUser", user_id=found["user_ids"][0])
        return {"id": user["id"], "first": user["first_name"]}

    async def resolve(self, name: str) -> int:
        return int((await self.ask("searchPublicChat", username=name))["id"])

    async def publish(self, chat: int, name: str) -> None:
        await self.ask("setSupergroupUsername", supergroup_id=CHANNELS_FROM - chat, username=name)

    # ── a big file ──
    async def upload(self, path: str, journal: str, file_id: int, die_after: int) -> list[int]:
        """Upload until done, or die at so many pieces; the bytes that TDLib sent in this run."""
        return [await self.uploaded(path, die_after)]

    async def keep(self, name: str, file_id: int, size: int, random_id: int) -> int:
        """The message of Saved Messages that :meth:`upload` sent; there is one only."""
        (message,) = await self.history(self.me, 1)
        assert message["media"] == "document", message
        assert [server_id(one["id"]) for one in self.succeeded] == [message["id"]]
        return int(message["id"])

    async def fetch(self, id: int, path: str, journal: str, die_after: int) -> list[int]:
        """Download until done, or die at so many pieces; the bytes that came in this run."""
        return [await self.downloaded(id, path, die_after)]


asyncio.run(serve(Tdlib))
