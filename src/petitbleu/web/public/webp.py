"""Pictures as WebP, made when somebody asks for the first time, and kept in memory.

Nobody waits for it: until it is made, or where it cannot be made or would be larger, the JPEG
itself is served under the same address.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.media import service as media
from petitbleu.domain.pages.views import File
from petitbleu.sandbox import JobFailed, Sandbox

SUFFIX = ".webp"
MIME = "image/webp"
SOURCE_MAX = 4 << 20
_KEPT_BYTES = 32 << 20
_WAITING_MAX = 16
_SECONDS, _MEMORY = 10, 256 << 20


class Form(NamedTuple):
    """The bytes of a picture."""

    mime: str
    body: bytes


class Forms:
    """The pictures of one process that were asked for last, and the worker that makes them."""

    __slots__ = ("_app", "_kept", "_making", "_size", "_worker")

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: OrderedDict[bytes, Form] = OrderedDict()
        self._making: set[bytes] = set()
        self._size = 0
        self._worker: Sandbox | None = None

    def ready(self, file: File) -> Form | None:
        """The picture, if it was made; None: it is served as it lies there, and made meanwhile."""
        key = bytes(file.row.sha)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        elif (
            key not in self._making
            and len(self._making) < _WAITING_MAX
            and file.row.size <= SOURCE_MAX
        ):
            self._making.add(key)
            self._app.spawn(self._make(file, key))
        return found

    async def _make(self, file: File, key: bytes) -> None:
        try:
            data = await media.files.read(self._app, file.row, 0, int(file.row.size))
            small = (await self._workers().run({"data": data}))["webp"]
        except JobFailed as why:
            self._app.log.warning("pages.no_webp", why=str(why))
        else:
            smaller = len(small) < len(data)
            self._keep(key, Form(MIME, small) if smaller else Form(file.mime, data))
        finally:
            self._making.discard(key)

    def _workers(self) -> Sandbox:
        if self._worker is None:
            self._worker = Sandbox("petitbleu.web.public.webp_worker", workers=1,
                                   seconds=_SECONDS, memory=_MEMORY)  # fmt: skip
        return self._worker

    def _keep(self, key: bytes, made: Form) -> None:
        self._kept[key] = made
        self._size += len(made.body)
        while self._size > _KEPT_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.body)


def of(app: App) -> Forms:
    """The process's."""
    found = app.caches.get("web.webp")
    if found is None:
        found = app.caches["web.webp"] = Forms(app)
    assert isinstance(found, Forms)
    return found
