"""``Door``: the parts of this folder put together. One per process."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.appdoor import agents, browsers, cookies, frames, guards, sessions
from petitbleu.appdoor.browsers import BrowserRow
from petitbleu.appdoor.sessions import Entered, WebSessions
from petitbleu.appdoor.shell import Shell
from petitbleu.domain.access.devices.views import WEB_CLIENT
from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.wheel import TimerWheel
from petitbleu.gateway.ws_text import TextWires
from petitbleu.rpc.dispatch import Dispatcher
from petitbleu.rpc.links import Links
from petitbleu.rpc.logins import Device

API_ID = 1
"""What the web client calls itself where Telegram's apps name the number they were given."""


class Door:
    """What all requests and sockets of pages share."""

    __slots__ = ("app", "sessions", "shell", "wires")

    def __init__(self, app: App, dispatcher: Dispatcher, links: Links, wheel: TimerWheel) -> None:
        self.app = app
        self.sessions = WebSessions(app, dispatcher, links, wheel)
        self.shell = Shell(app)
        self.wires = TextWires()

    def cookie_of(self, headers: list[str], scheme: str) -> bytes | None:
        """The cookie that Cookie headers carry (see :func:`cookies.find`)."""
        return cookies.find(headers, guards.is_secure(self.app.config, scheme))

    def device(self, agent: str, build: str, lang: str) -> Device:
        """What a page is in the list of devices."""
        return Device(
            API_ID,
            agents.browser(agent) or "Browser",
            agents.system(agent),
            build[:60],
            lang[:20],
            WEB_CLIENT,
        )

    async def enter(
        self, browser: BrowserRow, event: frames.Open, origin: Origin, agent: str
    ) -> Entered:
        """The session that a page wants to go on with, if it can, else a new one."""
        found = self.sessions.find(event.session, browser.auth) if event.session else None
        if found is not None and found.resume(event.got) is not None:
            sessions.RESUMES.add("resumed")
            return Entered(browser, found, True)
        if found is not None:
            found.end("", sessions.REPLACED)
        if event.session:
            sessions.RESUMES.add("lost")
        said = self.device(agent, event.build, event.lang)
        return Entered(browser, await self.sessions.create(browser, origin, said), False)

    def opened(self, entered: Entered) -> bytes:
        """The first frame that a carrier brings."""
        browser = entered.browser
        fields: dict[str, Any] = {
            "session": entered.session.name,
            "resumed": entered.resumed,
            "now": int(self.app.clock.now() * 1000),
            "build": self.shell.build,
            "rotate": browsers.is_rotation_due(self.app, browser),
        }
        if browser.account is not None:
            fields["user"] = str(browser.account)
        if browsers.is_suspended(self.app, browser.account):
            fields["suspended"] = True
        return frames.opened(**fields)
