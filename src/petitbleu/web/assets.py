"""``/static``: style sheets, scripts and pictures of pages, in few bytes and not for long.

What is worth it is sent in Brotli or gzip, as pages are (``public/coding.py``): each form is made
when a browser first wants it, and kept with a validator of its own until the file changes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from petitbleu.web.public import coding

CONTROL = "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400"
"""Without a word on it, browsers keep a sheet for days, beside pages that are newer."""


class Assets(StaticFiles):
    """The files of a folder."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self._forms: dict[tuple[str, str], tuple[str, bytes]] = {}

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Any, status_code: int = 200
    ) -> Response:
        """A file, in the form that whoever asks takes."""
        asked = Headers(scope=scope)
        plain = FileResponse(full_path, status_code, stat_result=stat_result)
        plain.headers["cache-control"] = CONTROL
        if not coding.is_coded(plain.headers["content-type"], stat_result.st_size):
            return self._unless_known(plain, asked)
        plain.headers["vary"] = "accept-encoding"
        form = coding.wanted(asked.get("accept-encoding", ""))
        # A part is one of the plain form: what is resumed would fit no other.
        if not form or "range" in asked:
            return self._unless_known(plain, asked)
        headers = coding.headers(plain.headers, form)
        for name in ("content-length", "accept-ranges"):
            del headers[name]
        body = self._coded(Path(full_path), plain.headers["etag"], form)
        return self._unless_known(Response(body, status_code, headers), asked)

    def _unless_known(self, answer: Response, asked: Headers) -> Response:
        if self.is_not_modified(answer.headers, asked):
            return NotModifiedResponse(answer.headers)
        return answer

    def _coded(self, file: Path, tag: str, form: str) -> bytes:
        made, body = self._forms.get((str(file), form), ("", b""))
        if made != tag:
            body = coding.coded(file.read_bytes(), form)
            self._forms[str(file), form] = tag, body
        return body
