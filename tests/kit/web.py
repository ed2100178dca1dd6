"""A browser without a browser: calls an ASGI application in memory, keeps no cookies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit


class Answer:
    """One HTTP answer. Header names are lower case."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def words(self) -> str:
        """What a reader sees, white space folded."""
        return " ".join(" ".join(_Words(self.text).seen).split())

    @property
    def pieces(self) -> list[str]:
        """What a reader sees or is told, each piece with its own spaces; no script or style."""
        text = re.sub(r"<(script|style)\b.*?</\1>", "", self.text, flags=re.DOTALL)
        told = re.findall(r' (?:aria-label|alt|placeholder|title)="([^"]*)"', text)
        return _Words(text).seen + [unescape(one) for one in told]

    def values(self) -> dict[str, str]:
        """The names and values of the page's form fields."""
        return _Words(self.text).fields


class _Words(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.fields: dict[str, str] = {}
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("name"):
            self.fields[given["name"] or ""] = given.get("value") or ""


class Browser:
    """Reads pages of ``app`` in ``language`` from the address ``ip``."""

    def __init__(self, app: Any, *, language: str = "en", ip: str = "192.0.2.7") -> None:
        self.app = app
        self.language = language
        self.ip = ip

        self.headers: dict[str, str] = {}
        """Sent with each request besides the usual ones; lower case."""
        self._kind = "application/x-www-form-urlencoded"

    async def get(self, url: str) -> Answer:
        """GET; ``url`` may be absolute."""
        return await self._send("GET", url, b"")

    async def post(self, url: str, fields: Mapping[str, str | list[str]] | None = None) -> Answer:
        """POST a form; a field with several values has a list."""
        return await self._send("POST", url, urlencode(fields or {}, doseq=True).encode())

    async def send_form(self, url: str, body: bytes) -> Answer:
        """POST a form as these very bytes."""
        return await self._send("POST", url, body)

    async def upload(
        self, url: str, fields: Mapping[str, str], files: Sequence[tuple[str, str, bytes]]
    ) -> Answer:
        """POST a form with files: (field, name, bytes)."""
        parts = [
            b'--edge\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
            % (name.encode(), value.encode())
            for name, value in fields.items()
        ]
        parts += [
            b'--edge\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\n%b\r\n'
            % (field.encode(), name.encode(), data)
            for field, name, data in files
        ]
        usual, self._kind = self._kind, "multipart/form-data; boundary=edge"
        try:
            return await self._send("POST", url, b"".join(parts) + b"--edge--\r\n")
        finally:
            self._kind = usual

    async def _send(self, method: str, url: str, body: bytes) -> Answer:
        parts = urlsplit(url)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": method,
            "scheme": parts.scheme or "http",
            "path": unquote(parts.path, errors="replace"),
            "raw_path": parts.path.encode(),
            "root_path": "",
            "query_string": parts.query.encode(),
            "headers": [
                (b"host", (parts.netloc or "chat.example.org").encode()),
                (b"accept-language", self.language.encode()),
                (b"content-type", self._kind.encode()),
                (b"content-length", str(len(body)).encode()),
                *((name.encode(), value.encode()) for name, value in self.headers.items()),
            ],
            "client": (self.ip, 40000),
            "server": ("127.0.0.1", 8080),
        }
        sent: list[dict[str, Any]] = []
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = sent[0]
        headers = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        content = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(start["status"], headers, content)
