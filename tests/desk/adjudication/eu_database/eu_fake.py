"""A database of statements on 127.0.0.1 that applies the rules of the data, strictly.

It answers as ``schema/law/statement-of-reasons.json`` describes (``transport``, ``errors``) and can
be told to be busy, to fail, or to lose an answer after it has stored.
"""

from __future__ import annotations

import uuid
from typing import Any

from aiohttp import web

from tests.desk.adjudication.eu_database import statement_checker as checker

TOKEN = "token-of-the-sandbox"


class EuDatabase:
    """The service, and what it was asked."""

    def __init__(self) -> None:
        self.stored: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        """Method and path of each request; batches with their size."""
        self.trouble: list[int | str] = []
        """What happens to the next creations: a status, or ``lost`` (stored, no answer)."""
        self.dislikes: set[str] = set()
        """``puid`` refused whatever the rules say."""
        self.base = ""
        self._data = checker.load()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        site = web.Application()
        site.router.add_post("/api/v1/statement", self._one)
        site.router.add_post("/api/v1/statements", self._many)
        site.router.add_get("/api/v1/statement/existing-puid/{puid}", self._exists)
        self._runner = web.AppRunner(site)
        await self._runner.setup()
        listening = web.TCPSite(self._runner, "127.0.0.1", 0)
        await listening.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()

    # ── requests ────────────────────────────────────────────────────────────────────────────────

    def _refused(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"message": "Unauthenticated."}, status=401)
        if self.trouble and isinstance(self.trouble[0], int):
            status = self.trouble.pop(0)
            assert isinstance(status, int)
            return web.Response(status=status, text="slow down", headers={"Retry-After": "120"})
        return None

    def _faults(self, statement: Any) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for line in checker.faults(self._data, statement):
            field, _, text = line.partition(": ")
            found.setdefault(field, []).append(text)
        if isinstance(statement, dict) and statement.get("puid") in self.dislikes:
            found["decision_facts"] = ["The decision facts field is not liked."]
        return found

    def _store(self, statement: dict[str, Any]) -> dict[str, Any]:
        self.stored[statement["puid"]] = statement
        name = str(uuid.uuid5(uuid.NAMESPACE_URL, statement["puid"]))
        return statement | {
            "uuid": name,
            "permalink": f"{self.base}/statement/{name}",
            "self": f"{self.base}/api/v1/statement/{name}",
            "created_at": "2026-11-25 10:00:00",
        }

    async def _answer(self, body: Any) -> web.Response:
        if self.trouble and self.trouble[0] == "lost":
            self.trouble.pop(0)
            return web.Response(status=504, text="gateway timeout")
        return web.json_response(body, status=201)

    async def _one(self, request: web.Request) -> web.Response:
        self.asked.append("POST one")
        if (refused := self._refused(request)) is not None:
            return refused
        statement = await request.json()
        if faults := self._faults(statement):
            return web.json_response({"message": "invalid", "errors": faults}, status=422)
        if statement["puid"] in self.stored:
            errors = {"puid": ["The identifier given is not unique within this platform."]}
            body = {"message": "invalid", "errors": errors, "existing": {"puid": statement["puid"]}}
            return web.json_response(body, status=422)
        return await self._answer(self._store(statement))

    async def _many(self, request: web.Request) -> web.Response:
        statements = (await request.json()).get("statements")
        self.asked.append(f"POST {len(statements)}")
        if (refused := self._refused(request)) is not None:
            return refused
        if not isinstance(statements, list) or not 1 <= len(statements) <= 100:
            errors = {"statements": ["The statements field must have between 1 and 100 items."]}
            return web.json_response({"message": "invalid", "errors": errors}, status=422)
        faults = {
            f"statement_{at}": found
            for at, one in enumerate(statements)
            if (found := self._faults(one))
        }
        if faults:
            return web.json_response({"errors": faults}, status=422)
        names = [one["puid"] for one in statements]
        known = [one for one in names if one in self.stored or names.count(one) > 1]
        if known:
            errors = {"puid": ["not unique"], "existing_puids": known}
            return web.json_response({"message": "invalid", "errors": errors}, status=422)
        return await self._answer({"statements": [self._store(one) for one in statements]})

    async def _exists(self, request: web.Request) -> web.Response:
        self.asked.append("GET existing-puid")
        if (refused := self._refused(request)) is not None:
            return refused
        there = request.match_info["puid"] in self.stored
        headers = {"Location": f"{self.base}/nowhere"} if there else {}
        return web.json_response({}, status=302 if there else 404, headers=headers)
