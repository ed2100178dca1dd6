"""Speaking with the EU Transparency Database: what its answers mean, nothing else.

201 is the only success. A 422 names what it does not like: in a batch the statements by their
place, a known ``puid`` (then it was stored by an earlier try of ours), or the size. Everything
that may pass by waiting is :class:`Later`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

if TYPE_CHECKING:
    import aiohttp

PATH = "/api/v1"
MAX_BATCH = 100
"""Statements of one batch."""
SECONDS = 60
_ANSWER_BYTES = 4 << 20


class Stored(NamedTuple):
    """It is in the database. Both are empty where an earlier try of ours stored it."""

    uuid: str
    permalink: str
    answer: str


class Refused(Exception):
    """It is not taken as it is: 422, or another answer that waiting does not mend."""

    def __init__(self, answer: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(answer)
        self.answer = answer
        self.known = known
        """``puid`` that the database has already."""


class Later(Exception):
    """No answer, too many requests, or their failure: the same again later."""

    def __init__(self, why: str, seconds: int = 0) -> None:
        super().__init__(why)
        self.seconds = seconds
        """They asked to wait so long."""


class Denied(Exception):
    """401 or 403: the token is not accepted. Nothing can be sent until it is mended."""


class _Answer(NamedTuple):
    status: int
    body: Any
    text: str
    wait: int


class Client:
    """One connection to the database at ``base``."""

    def __init__(self, base: str, token: str) -> None:
        import aiohttp  # 75 ms and 15 MiB that a server without the database does not need

        self._base = base.rstrip("/") + PATH
        self._session = aiohttp.ClientSession(
            headers={"Accept": "application/json", "Authorization": f"Bearer {token}"},
            timeout=aiohttp.ClientTimeout(total=SECONDS),
        )

    async def close(self) -> None:
        """End the connection."""
        await self._session.close()

    async def _ask(self, method: str, path: str, body: Any = None) -> _Answer:
        import aiohttp

        data = None if body is None else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"} if data is not None else {}
        try:
            async with self._session.request(
                method, self._base + path, data=data, headers=headers, allow_redirects=False
            ) as answer:
                raw = await _read(answer.content)
                text = raw.decode("utf-8", "replace")
                wait = answer.headers.get("Retry-After", "")
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Later(f"no answer: {type(error).__name__}") from None
        try:
            found = msgspec.json.decode(raw)
        except msgspec.DecodeError:
            found = None
        made = _Answer(status, found, text[:2000], int(wait) if wait.isdigit() else 0)
        if status in (401, 403):
            raise Denied(f"{status}: {made.text[:200]}")
        if status == 429 or status >= 500:
            raise Later(f"{status}: {made.text[:200]}", made.wait)
        return made

    async def create(self, statement: Any) -> Stored:
        """Store one. Raises Refused, Later, Denied."""
        answer = await self._ask("POST", "/statement", statement)
        if answer.status != 201:
            raise Refused(f"{answer.status}: {answer.text}", _known(answer.body))
        return _stored(answer.body, answer.text)

    async def create_many(self, statements: Sequence[Any]) -> list[Stored]:
        """Store up to :data:`MAX_BATCH`, all or none. Raises Refused, Later, Denied."""
        answer = await self._ask("POST", "/statements", {"statements": list(statements)})
        if answer.status != 201:
            raise Refused(f"{answer.status}: {answer.text}", _known(answer.body))
        rows = answer.body.get("statements") if isinstance(answer.body, dict) else None
        if not isinstance(rows, list) or len(rows) != len(statements):
            raise Later("201 without the statements: asking for each")
        return [_stored(row, msgspec.json.encode(row).decode()) for row in rows]

    async def exists(self, puid: str) -> bool:
        """Whether the database has this ``puid``: 302 (which is not followed) or 404."""
        answer = await self._ask("GET", f"/statement/existing-puid/{puid}")
        if answer.status not in (302, 404):
            raise Later(f"existing-puid: {answer.status}")
        return answer.status == 302


async def _read(content: aiohttp.StreamReader) -> bytes:
    raw = bytearray()
    async for piece in content.iter_chunked(1 << 16):
        raw += piece
        if len(raw) > _ANSWER_BYTES:
            raise Later("the answer is too large")
    return bytes(raw)


def _stored(row: Any, text: str) -> Stored:
    row = row if isinstance(row, dict) else {}
    return Stored(str(row.get("uuid") or ""), str(row.get("permalink") or ""), text[:2000])


def _known(body: Any) -> tuple[str, ...]:
    """The ``puid`` a 422 says are stored already."""
    if not isinstance(body, dict):
        return ()
    existing = body.get("existing")
    if isinstance(existing, dict) and isinstance(existing.get("puid"), str):
        return (existing["puid"],)
    errors = body.get("errors")
    many = errors.get("existing_puids") if isinstance(errors, dict) else None
    return tuple(one for one in many if isinstance(one, str)) if isinstance(many, list) else ()
