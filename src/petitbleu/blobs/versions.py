"""Versions of objects: what a bucket with versioning remembers of what was deleted.

The library that reads and writes objects deletes only the newest version of one, so these two calls
are made here, signed as S3 asks (Signature Version 4). Buckets without versioning answer with the
one version that they have.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

if TYPE_CHECKING:
    from petitbleu.blobs.bucket import Address

_EMPTY = hashlib.sha256(b"").hexdigest()
_SECONDS = 5.0
_AT_ONCE = 8
"""Versions of a folder that are deleted at the same time."""
_KNOWN_SECONDS = 600.0
"""How long it is believed that a bucket keeps versions, or keeps none."""
_FORBIDDEN = 403
_NO_SUCH_CALL = (404, 405, 501)


class Unanswered(OSError):
    """The bucket answered with an error: its status."""

    def __init__(self, status: int, reason: str | None) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status


class Versions:
    """Of the objects below the prefix of one bucket."""

    __slots__ = ("_address", "_kept", "_looked")

    def __init__(self, address: Address) -> None:
        self._address = address
        self._kept = False
        self._looked = 0.0

    @property
    def can(self) -> bool:
        """Whether there is a key to sign with (a machine's own role gives none to this module)."""
        return bool(os.environ.get("AWS_ACCESS_KEY_ID") and os.environ.get("AWS_SECRET_ACCESS_KEY"))

    async def delete(self, key: str) -> None:
        """Delete each version of one object. Raises OSError, FilesUnavailable."""
        for name, version in await self._all(self._full(key)):
            if name == self._full(key):
                await self._call("DELETE", f"/{name}", {"versionId": version})

    async def are_kept(self) -> bool:
        """Whether the bucket keeps versions (or did), as it said in the last minutes; where it does
        not let itself be asked: yes. Raises OSError.
        """
        now = time.monotonic()
        if not self._looked or now - self._looked > _KNOWN_SECONDS:
            self._kept = await self._asked_whether()
            self._looked = now
        return self._kept

    async def _asked_whether(self) -> bool:
        try:
            said = await self._call("GET", "", {"versioning": ""})
        except Unanswered as error:
            if error.status in _NO_SUCH_CALL:
                return False
            if error.status == _FORBIDDEN:
                return True
            raise
        return b"<Status>" in said

    async def delete_below(self, folder: str) -> None:
        """Delete each version of each object whose key begins with ``folder`` and a slash. Raises
        OSError.
        """
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(name: str, version: str) -> None:
            async with gate:
                await self._call("DELETE", f"/{name}", {"versionId": version}, session)

        async with _session() as session:
            found = await self._all(self._full(f"{folder}/"))
            await asyncio.gather(*(one(*each) for each in found))

    async def keys(self, folder: str) -> list[str]:
        """Keys of which there is any version, deletions included."""
        prefix = self._full("")
        found = await self._all(self._full(folder))
        return sorted({name.removeprefix(prefix) for name, _ in found})

    def _full(self, key: str) -> str:
        return f"{self._address.prefix}/{key}" if self._address.prefix else key

    async def _all(self, prefix: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        asked = {"versions": "", "prefix": prefix}
        while True:
            page = Xml.fromstring(await self._call("GET", "", asked))  # noqa: S314 - our own bucket
            rows = [_fields(one) for one in page if _bare(one) in ("Version", "DeleteMarker")]
            found.extend((row["Key"], row.get("VersionId", "null")) for row in rows)
            fields = _fields(page)
            if fields.get("IsTruncated") != "true":
                return found
            asked["key-marker"] = fields["NextKeyMarker"]
            asked["version-id-marker"] = fields.get("NextVersionIdMarker", "")

    async def _call(
        self, method: str, path: str, asked: dict[str, str], session: Any = None
    ) -> bytes:
        import aiohttp
        from yarl import URL

        where = f"/{self._address.bucket}{quote(path, safe='/')}"
        query = "&".join(f"{quote(k, safe='')}={quote(asked[k], safe='')}" for k in sorted(asked))
        headers = self._signed(method, where, query)
        address = URL(f"{self._address.endpoint}{where}?{query}", encoded=True)
        try:
            async with (
                _session(session) as using,
                using.request(method, address, headers=headers) as answer,
            ):
                body: bytes = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OSError(str(error) or type(error).__name__) from error
        if answer.status >= 300 and answer.status != 404:
            raise Unanswered(answer.status, answer.reason)
        return body

    def _signed(self, method: str, path: str, query: str) -> dict[str, str]:
        key, secret = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
        now = datetime.now(UTC)
        stamp, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
        headers = {
            "host": self._address.endpoint.partition("://")[2],
            "x-amz-content-sha256": _EMPTY,
            "x-amz-date": stamp,
        }
        if token := os.environ.get("AWS_SESSION_TOKEN"):
            headers["x-amz-security-token"] = token
        names = ";".join(headers)
        lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
        request = f"{method}\n{path}\n{query}\n{lines}\n{names}\n{_EMPTY}"
        scope = f"{day}/{self._address.region}/s3/aws4_request"
        digest = hashlib.sha256(request.encode()).hexdigest()
        signing = f"AWS4{secret}".encode()
        for word in (day, self._address.region, "s3", "aws4_request"):
            signing = _hmac(signing, word)
        signature = _hmac(signing, f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}").hex()
        headers["authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders={names},"
            f" Signature={signature}"
        )
        return headers


@asynccontextmanager
async def _session(given: Any = None) -> AsyncIterator[Any]:
    """The given connections, or new ones as long as the block."""
    import aiohttp

    if given is not None:
        yield given
        return
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(_SECONDS)) as made:
        yield made


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _bare(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _fields(element: Any) -> dict[str, str]:
    return {_bare(one): one.text or "" for one in element}
