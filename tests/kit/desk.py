"""The desk's pages over a world in memory, and people who are signed in with a software passkey.

Fixture ``desk`` (SQLite) is a :class:`DeskSite`::

    ada = await desk.person("lead")             # invited, passkey made, signed in: by the pages
    page = await ada.get("/desk/team")
    page = await ada.post("/desk/settings/own", {"language": "fr"})     # with the form's token
    page = await ada.sign("/desk/team/invite", {"name": "Bo", ...})     # and with a fresh touch
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from petitbleu import desk as package
from petitbleu.desk.casework.routing import child_safety
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit.queries import Entry
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.store.api import Tx
from petitbleu.store.sqlite import SqliteStore
from petitbleu.web import app as web
from tests.kit.authenticator import Authenticator
from tests.kit.web import Answer, Browser
from tests.kit.world import World, running

URL = "https://desk.example.org"
Fields = Mapping[str, str | list[str]]


async def _no_mtproto(scope: Any, receive: Any, send: Any) -> None:
    raise AssertionError("these pages are not MTProto")


async def _healthy() -> web.Report:
    return web.Report(True, [])


async def _no_metrics() -> bytes:
    return b""


async def _no_codes() -> list[dict[str, str]]:
    return []


async def add_staff(tx: Tx, app: Any, *roles: str, **more: Any) -> tuple[int, str]:
    """A new member of staff by the services alone: (number, link of the invitation)."""
    number = len(await staff.everybody(app, tx)) + 1
    words: dict[str, Any] = {
        "name": f"Person {number}",
        "email": f"p{number}@example.org",
        "language": "en",
        "queues": [],
        "measures": [],
        "on_call": False,
        "until": 0,
    }
    what = staff.terms(**{**words, **more}, roles=list(roles), now=app.clock.now())
    id = await staff.add(tx, app, what, "operator")
    return id, staff.invite_link(app, await staff.invite(tx, app, id, "operator"))


class DeskSite:
    """The web application of a world, with the desk's routes."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.app.parts[child_safety.OPEN] = True  # somebody works on child-safety cases
        self.site = web.create(
            web.Site(
                world.app,
                mtproto=_no_mtproto,
                health=_healthy,
                metrics=_no_metrics,
                start_info=dict,
                codes=_no_codes,
                more=package.routes,
            )
        )

    def outsider(self) -> Person:
        """A browser nobody is signed in with."""
        return Person(self, Authenticator(URL))

    async def person(self, *roles: str, **more: Any) -> Person:
        """Somebody with these roles, who came in through invitation and sign-in pages."""
        id, link = await self.world.app.store.write(add_staff, self.world.app, *roles, **more)
        person = self.outsider()
        person.id = id
        page = await person.accept(link)
        assert page.status == 303, page.words
        page = await person.sign_in()
        assert page.status == 303, page.words
        return person

    async def log(self) -> list[Entry]:
        """All lines of the audit log."""
        return await audit.entries(self.world.app.store)

    async def actions(self) -> list[str]:
        """What the lines of the log say was done, in order."""
        return [one.action for one in await self.log()]


class Person(Browser):
    """A browser of one person: keeps the session cookie, sends what browsers send, has a device."""

    def __init__(self, desk: DeskSite, device: Authenticator) -> None:
        super().__init__(desk.site)
        self.device = device
        self.id = 0
        self.cookie = ""
        self.sso_cookie = ""
        """Of a sign-in that is under way at a provider."""
        self.csrf = ""
        self.headers = {"sec-fetch-site": "same-origin", "origin": URL}

    async def _send(self, method: str, url: str, body: bytes) -> Answer:
        kept = {"__Host-desk": self.cookie, "__Host-desk-sso": self.sso_cookie}
        self.headers.pop("cookie", None)
        if any(kept.values()):
            self.headers["cookie"] = "; ".join(f"{k}={v}" for k, v in kept.items() if v)
        answer = await super()._send(method, url if "://" in url else URL + url, body)
        if cookie := answer.headers.get("set-cookie"):
            found = re.match(r'__Host-desk(-sso)?=("?)([\w-]*)\2;', cookie)
            assert found is not None, cookie
            if found[1]:
                self.sso_cookie = found[3]
            else:
                self.cookie = found[3]
        token = re.search(r'name="csrf" value="(\w+)"', answer.body.decode("utf-8", "replace"))
        if token is not None:
            self.csrf = token[1]
        return answer

    async def accept(self, link: str, label: str = "test") -> Answer:
        """Make the first passkey of an invitation."""
        path = urlsplit(link).path
        options = json.loads((await super().post(f"{path}/options")).text)
        return await super().post(path, {"answer": self.device.create(options), "label": label})

    async def sign_in(self, following: str = "/desk") -> Answer:
        """Come in with the device; the redirect."""
        options = json.loads((await super().post("/desk/sign-in/options")).text)
        answer = await super().post(
            f"/desk/sign-in?next={following}", {"answer": self.device.get(options)}
        )
        if answer.status == 303:
            await self.get("/desk/keys")  # any page has the token
        return answer

    async def post(self, url: str, fields: Fields | None = None) -> Answer:
        """POST a form with the session's token."""
        return await super().post(url, {"csrf": self.csrf, **(fields or {})})

    async def upload(
        self, url: str, fields: Mapping[str, str], files: Sequence[tuple[str, str, bytes]] = ()
    ) -> Answer:
        """POST a form that may bring files, with the session's token."""
        return await super().upload(url, {"csrf": self.csrf, **fields}, files)

    async def touch(self, path: str, fields: Fields | None = None) -> str:
        """A fresh touch for the form that would go to ``path``."""
        asked = await self.post(f"/desk/touch?path={path}", fields)
        assert asked.status == 200, asked.words
        return self.device.get(json.loads(asked.text))

    async def sign(self, path: str, fields: Fields | None = None) -> Answer:
        """POST a form with the token and a fresh touch for it."""
        fields = fields or {}
        return await self.post(path, {**fields, "touch": await self.touch(path, fields)})


@pytest.fixture
async def desk(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[DeskSite]:
    """An instance whose desk is at ``https://desk.example.org``."""
    async with running(
        World(sqlite_store, tmp_path, public_url=URL, languages=("en", "fr"), name="Chez nous")
    ) as made:
        yield DeskSite(made)


async def holder_on_duty(desk: DeskSite) -> Person:
    """Somebody works on child-safety cases: leads do not stand in for them."""
    one = await desk.person("child_safety")
    assert (await one.post("/desk/settings/duty", {"on": "1"})).status == 303
    return one
