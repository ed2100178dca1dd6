"""Pictures in smaller forms, made when somebody asks for the first time, and kept in memory.

Under ``….webp`` a picture is WebP, under ``….avif`` AVIF, or whatever is smaller. Nobody waits for
it: until it is made, and where it cannot be, the JPEG itself is served under the same address.
What it costs and saves: docs/decisions/0033-pictures-as-avif.md.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.domain.files.media import service as media
from petitbleu.domain.publishing.pages.views import File
from petitbleu.sandbox import JobFailed, Sandbox

WEBP, AVIF = ".webp", ".avif"
SOURCE_MAX = 4 << 20
AVIF_FROM = 16 << 10
"""Bytes of a JPEG below which AVIF saves some hundred bytes at best: WebP is made of it."""
_KEPT_BYTES = 32 << 20
_WAITING_MAX = 16
_SECONDS, _MEMORY = 10, 512 << 20
"""The AVIF of the largest picture takes 240 MiB, and address space besides."""


class Form(NamedTuple):
    """The bytes of a picture."""

    mime: str
    body: bytes


class Key(NamedTuple):
    """Whose smaller form it is, and whether it may be AVIF."""

    sha: bytes
    avif: bool


class Forms:
    """The pictures of one process that were asked for last, and the worker that makes them."""

    __slots__ = ("_app", "_kept", "_making", "_size", "_worker")

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: OrderedDict[Key, Form] = OrderedDict()
        self._making: set[Key] = set()
        self._size = 0
        self._worker: Sandbox | None = None

    def ready(self, file: File, suffix: str) -> Form | None:
        """The picture for :data:`WEBP` or :data:`AVIF`, if it was made; None: it is served as it
        lies there, and made meanwhile."""
        size = int(file.row.size)
        key = Key(bytes(file.row.sha), suffix == AVIF and size >= AVIF_FROM)
        form = self._kept.get(key)
        if form is not None:
            self._kept.move_to_end(key)
        elif key not in self._making and len(self._making) < _WAITING_MAX and size <= SOURCE_MAX:
            self._making.add(key)
            self._app.spawn(self._make(file, key))
        return form

    async def _make(self, file: File, key: Key) -> None:
        try:
            data = await media.files.read(self._app, file.row, 0, int(file.row.size))
            form = Form(file.mime, data)
            try:
                images = await self._workers().run({"data": data, "avif": key.avif})
            except JobFailed as why:  # it would fail for the next reader too
                self._app.log.warning("pages.no_smaller_form", why=str(why))
            else:
                if len(images["body"]) < len(data):
                    form = Form(images["mime"], images["body"])
            self._keep(key, form)
        finally:
            self._making.discard(key)

    def _workers(self) -> Sandbox:
        if self._worker is None:
            self._worker = Sandbox("petitbleu.web.public.smaller_worker", workers=1,
                                   seconds=_SECONDS, memory=_MEMORY,
                                   data=self._app.config.data)  # fmt: skip
        return self._worker

    async def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            await self._worker.close()

    def _keep(self, key: Key, made: Form) -> None:
        self._kept[key] = made
        self._size += len(made.body)
        while self._size > _KEPT_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.body)


FORMS: Part[Forms] = Part(Forms, Forms.close)


def suffix(label: str) -> str:
    """Which smaller form the last part of an address asks for; empty: none."""
    return next((form for form in (WEBP, AVIF) if label.endswith(form)), "")
