"""Versions of objects: what a bucket with versioning remembers of what was deleted.

The library that reads and writes objects deletes only the newest version of one, so these two calls
are made here, signed as S3 asks (Signature Version 4). Buckets without versioning answer with the
one version that they have.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as Xml

if TYPE_CHECKING:
    from petitbleu.blobs.bucket import Address

_EMPTY = hashlib.sha256(b"").hexdigest()
_SECONDS = 5.0


class Versions:
    """Of the objects below the prefix of one bucket."""

    __slots__ = ("_address",)

    def __init__(self, address: Address) -> None:
        self._address = address

    @property
    def can(self) -> bool:
        """Whether there is a key to sign with (a machine's own role gives none to this module)."""
        return bool(os.environ.get("AWS_ACCESS_KEY_ID") and os.environ.get("AWS_SECRET_ACCESS_KEY"))

    async def delete(self, key: str) -> None:
        """Delete each version of one object. Raises OSError, FilesUnavailable."""
        for name, version in await self._all(self._full(key)):
            if name == self._full(key):
                await self._call("DELETE", f"/{name}", {"versionId": version})

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

    async def _call(self, method: str, path: str, asked: dict[str, str]) -> bytes:
        import aiohttp
        from yarl import URL

        where = f"/{self._address.bucket}{quote(path, safe='/')}"
        query = "&".join(f"{quote(k, safe='')}={quote(asked[k], safe='')}" for k in sorted(asked))
        headers = self._signed(method, where, query)
        address = URL(f"{self._address.endpoint}{where}?{query}", encoded=True)
        limit = aiohttp.ClientTimeout(_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.request(method, address, headers=headers) as answer,
            ):
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise OSError(str(error) or type(error).__name__) from error
        if answer.status >= 300 and answer.status != 404:
            raise OSError(f"{answer.status} {answer.reason}")
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


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _bare(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _fields(element: Any) -> dict[str, str]:
    return {_bare(one): one.text or "" for one in element}
