"""A bucket that speaks S3: objects by name, each call tried three times in five seconds.

Its address is ``s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME``; credentials come from the
environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what the machine's own role gives).
Only this module and ``versions.py`` speak to a bucket, and nothing imports them where none is set.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore import exceptions
from obstore.store import S3Store

from petitbleu.blobs.api import BlobMissing, FilesUnavailable
from petitbleu.blobs.versions import Versions
from petitbleu.eager import within
from petitbleu.metrics import histogram

TRIES = 3
SECONDS = 5.0
"""After so long, with :data:`TRIES` tries, a call is given up."""
FAILING_SECONDS = 1.0
"""So long after a call was given up others are tried once: nobody queues for what is away."""
LARGE_SECONDS = 120.0
"""A piece of a large file may take so long."""
PIECE = 8 << 20
"""Bytes of a large file that are sent at once."""
_PAUSES = (0.3, 1.0)
_KEYS_AT_ONCE = 1000
_FOLDER_SECONDS = 60.0
"""Longest time for the versions of a folder: a large upload has thousands."""

S3_SECONDS = histogram("s3_seconds", "Time of one call to the bucket that holds files")

_BEYOND = "status code: 416"
_ANSWER = re.compile(r"<Error>\s*<Code>([^<]+)</Code>\s*<Message>([^<]+)</Message>")
"""What a bucket says that refuses."""

R = TypeVar("R")


class _Beyond(Exception):
    """A range that begins where the object has ended."""


class Address(NamedTuple):
    """Where a bucket is. ``prefix`` is empty, or words with slashes between them."""

    bucket: str
    prefix: str
    endpoint: str
    region: str


class Listed(NamedTuple):
    """An object of the bucket: its key without the prefix, its bytes."""

    key: str
    size: int


def read_address(url: str) -> Address:
    """The parts of ``s3://…``. Raises ValueError with a sentence."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    wrong = set(asked) - {"endpoint", "region"}
    if parts.scheme != "s3" or not parts.netloc or wrong or parts.username:
        raise ValueError(
            "A bucket is s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME; credentials stand in"
            " the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)."
        )
    region = asked.get("region", ["us-east-1"])[0]
    endpoint = asked.get("endpoint", [""])[0] or f"https://s3.{region}.amazonaws.com"
    return Address(parts.netloc, parts.path.strip("/"), endpoint.rstrip("/"), region)


class Bucket:
    """The objects below the prefix of one bucket."""

    __slots__ = ("_failing", "_large", "_store", "_versions", "address", "name", "wrong")

    def __init__(self, url: str) -> None:
        self.address = read_address(url)
        self.name = f"s3://{self.address.bucket}/{self.address.prefix}".rstrip("/")
        self._store = _store(self.address, SECONDS)
        self._large = _store(self.address, LARGE_SECONDS)
        self._versions = Versions(self.address)
        self._failing = 0.0
        self.wrong = ""
        """Why the last call was given up; empty once one has been answered."""

    async def put(self, key: str, data: bytes) -> None:
        """Keep ``data`` under ``key``. Raises FilesUnavailable."""
        await self._tried(lambda: obstore.put_async(self._store, key, data, use_multipart=False))

    async def put_file(self, key: str, path: Path) -> None:
        """Keep a local file of any size, whole or not at all. Raises FilesUnavailable."""
        await self._tried(
            lambda: obstore.put_async(self._large, key, path, chunk_size=PIECE, max_concurrency=2),
            seconds=86_400.0,
        )

    async def get(self, key: str) -> bytes:
        """The whole object. Raises BlobMissing, FilesUnavailable."""
        return await self._tried(lambda: self._got(key))

    async def _got(self, key: str) -> bytes:
        answer = await obstore.get_async(self._store, key)
        return bytes(await answer.bytes_async())

    async def get_range(self, key: str, offset: int, end: int) -> bytes:
        """Its bytes from ``offset``, fewer where it ends before ``end``, none beyond it."""
        try:
            got = await self._tried(
                lambda: obstore.get_range_async(self._store, key, start=offset, end=end)
            )
        except _Beyond:
            return b""
        return bytes(got)

    async def size(self, key: str) -> int:
        """Bytes of an object; -1: there is none. Raises FilesUnavailable."""
        try:
            head = await self._tried(lambda: obstore.head_async(self._store, key))
        except BlobMissing:
            return -1
        return int(head["size"])

    async def objects(self, folder: str) -> AsyncIterator[Listed]:
        """All objects whose key begins with ``folder`` and a slash (all: an empty one)."""
        listing = obstore.list(self._store, prefix=folder or None)
        while chunk := await self._tried(lambda: anext(listing, None)):
            for one in chunk:
                yield Listed(one["path"], one["size"])

    async def delete(self, keys: Sequence[str], *, versions: bool = False) -> None:
        """Forget objects; ``versions``: with all that the bucket remembers of them. Nothing happens
        where there is none. Raises FilesUnavailable.
        """
        if not keys:
            return
        await self._tried(lambda: obstore.delete_async(self._store, list(keys)))
        if versions and await self._keeps_versions():
            for key in keys:
                await self._tried(lambda key=key: self._versions.delete(key))  # type: ignore[misc]

    async def delete_folder(self, folder: str) -> None:
        """Forget all objects below ``folder``, with all that the bucket remembers of them. Raises
        FilesUnavailable.
        """
        if await self._keeps_versions():
            await self._tried(lambda: self._versions.delete_below(folder), seconds=_FOLDER_SECONDS)
            return
        keys = [one.key async for one in self.objects(folder)]
        for at in range(0, len(keys), _KEYS_AT_ONCE):
            await self.delete(keys[at : at + _KEYS_AT_ONCE])

    async def _keeps_versions(self) -> bool:
        return self._versions.can and await self._tried(self._versions.are_kept)

    async def remembers(self, folder: str) -> list[str]:
        """Keys of which the bucket has any version, also of those that were deleted."""
        return await self._tried(lambda: self._versions.keys(folder))

    async def try_out(self) -> None:
        """Put, read and delete an object. Raises FilesUnavailable."""
        key = f"check/{time.time_ns()}"
        await self.put(key, b"petitbleu")
        if await self.get(key) != b"petitbleu":
            raise FilesUnavailable(f"the bucket {self.name} does not give back what it was given")
        await self.delete([key], versions=True)

    async def _tried(self, call: Callable[[], Awaitable[R]], seconds: float = SECONDS) -> R:
        began = time.perf_counter()
        tries = 1 if self.wrong and time.monotonic() - self._failing < FAILING_SECONDS else TRIES
        try:
            async with within(seconds):
                return await self._several(call, tries)
        except TimeoutError as error:
            raise self._failed(f"no answer in {seconds:.0f} seconds") from error
        finally:
            S3_SECONDS.observe(time.perf_counter() - began)

    async def _several(self, call: Callable[[], Awaitable[R]], tries: int) -> R:
        for attempt in range(tries):
            try:
                answer = await call()
            except FileNotFoundError as error:
                if "NoSuchBucket" in str(error):
                    raise self._failed("there is no such bucket") from error
                self.wrong = ""
                raise BlobMissing(str(error).partition(":")[0]) from None
            except (exceptions.BaseError, OSError) as error:
                if _BEYOND in str(error):
                    raise _Beyond from None
                if attempt == tries - 1:
                    raise self._failed(_reason(error)) from error
                await asyncio.sleep(_PAUSES[attempt])
            else:
                self.wrong = ""
                return answer
        raise AssertionError("unreachable")

    def _failed(self, reason: str) -> FilesUnavailable:
        self.wrong, self._failing = reason, time.monotonic()
        return FilesUnavailable(f"the bucket {self.name} does not answer: {reason}")


def _store(address: Address, seconds: float) -> S3Store:
    return S3Store(
        address.bucket,
        prefix=address.prefix or None,
        endpoint=address.endpoint,
        region=address.region,
        virtual_hosted_style_request=False,
        unsigned_payload=_is_safe(address.endpoint),
        client_options={
            "allow_http": True,
            "timeout": timedelta(seconds=seconds),
            "connect_timeout": timedelta(seconds=1.5),
        },
        retry_config={"max_retries": 0},
    )


def _is_safe(endpoint: str) -> bool:
    """Whether nobody can change bytes on the way: then their digest need not be signed, which the
    bucket would compute again. Parts bear digests of their own (``shared_parts.py``).
    """
    parts = urlsplit(endpoint)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


def _reason(error: BaseException) -> str:
    """One line of what the bucket or the library says, without its own notes."""
    if told := _ANSWER.search(str(error)):
        return f"{told[1]}: {told[2]}"
    text = str(error).partition("\n")[0]
    return text.rpartition(" - ")[2] if " - " in text else text.removeprefix("Generic S3 error: ")
