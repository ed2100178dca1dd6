"""The page of the web client, its assets, and what it is told before anybody is signed in.

The bundle is built from the sources of the client into ``static/`` and is not in the repository.
Without it ``/app`` says how to get it.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from petitbleu import __version__
from petitbleu.app import App
from petitbleu.blobs.api import MAX_PART
from petitbleu.catalogues import Catalogue
from petitbleu.domain.access.passkeys import service as passkeys
from petitbleu.domain.client.push import service as push
from petitbleu.domain.files.media.uploads import PHOTO_BYTES
from petitbleu.domain.messaging.messages.entities import MAX_CAPTION, MAX_LENGTH
from petitbleu.domain.messaging.reactions import emoji
from petitbleu.tl import codec

FOLDER = Path(__file__).resolve().parent / "static"
INDEX = "index.html"
BUILD = "build.txt"
SERVER = "server.txt"
MANIFEST = "manifest.webmanifest"
WORKER = "worker.js"
ALBUM = 10
WAYS = ("number", "email", "name")
"""How somebody may sign in with this client."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
    " media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
    " form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types pb"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "permissions-policy": (
        "microphone=(self), accelerometer=(), autoplay=(self), camera=(), display-capture=(),"
        " encrypted-media=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), midi=(),"
        " payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self),"
        " serial=(), usb=(), xr-spatial-tracking=()"
    ),
    "x-content-type-options": "nosniff",
}
FOREVER = "public, max-age=31536000, immutable"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}")
_NAMED = re.compile(r'(?:src|href)="/app/(a/[^"]+)"')
_PACKED = (("br", ".br"), ("gzip", ".gz"))
_TEXTS = Catalogue("members", "web_client")


class Stored(NamedTuple):
    """A file of the bundle as it was read."""

    changed: int
    data: bytes
    etag: str


class Shell:
    """Answers ``/app`` and all below it that is a file."""

    __slots__ = ("_app", "_files", "_folder")

    def __init__(self, app: App, folder: Path | None = None) -> None:
        self._app = app
        self._folder = folder or FOLDER
        self._files: dict[str, Stored] = {}

    @property
    def server(self) -> str:
        """The version of the server that the bundle was built for; empty: not said, or none."""
        stored = self._read(SERVER)
        return "" if stored is None else stored.data.decode("utf-8", "replace").strip()[:60]

    @property
    def build(self) -> str:
        """The name of the bundle; empty where there is none."""
        stored = self._read(BUILD)
        return "" if stored is None else stored.data.decode("utf-8", "replace").strip()[:60]

    def missing(self) -> list[str]:
        """The files that the page names and that are not there."""
        page = self._read(INDEX)
        names = _NAMED.findall("" if page is None else page.data.decode("utf-8", "replace"))
        return [name for name in names if self._read(name) is None]

    def _read(self, path: str) -> Stored | None:
        """A file of the bundle, read again when it has changed."""
        file = self._folder / path
        try:
            status = file.stat()
            known = self._files.get(path)
            if known is not None and known.changed == status.st_mtime_ns:
                return known
            data = file.read_bytes()
        except OSError:
            return None
        etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        self._files[path] = stored = Stored(status.st_mtime_ns, data, etag)
        return stored

    async def page(self, request: Request) -> Response:
        """The page, whatever stands behind ``/app/``: its script reads the address."""
        return self._answer(request, INDEX, "no-cache") or self._missing(request)

    async def asset(self, request: Request) -> Response:
        """A file whose name carries a hash of what is in it."""
        return self._answer(request, f"a/{request.path_params['path']}", FOREVER) or _gone()

    async def named(self, request: Request) -> Response:
        """A file that keeps its name: the worker, the licences."""
        name = request.url.path.removeprefix("/app/")
        found = self._answer(request, name, "no-cache") or _gone()
        if name == WORKER:
            # Its folder is /app/; the page itself is one step above.
            found.headers["service-worker-allowed"] = "/app"
        return found

    async def manifest(self, request: Request) -> Response:
        """What the page is called once it is installed: as the instance."""
        stored = self._read(MANIFEST)
        if stored is None:
            return _gone()
        name = self._app.config.name
        told = msgspec.json.decode(stored.data) | {"name": name, "short_name": name}
        data = msgspec.json.encode(told)
        etag = f'"{hashlib.sha256(data).hexdigest()[:32]}"'
        headers = HEADERS | {"cache-control": "no-cache", "etag": etag}
        if request.headers.get("if-none-match", "") == etag:
            return Response(status_code=304, headers=headers)
        return Response(data, headers=headers | {"content-type": _TYPES[".webmanifest"]})

    def _answer(self, request: Request, path: str, cache: str) -> Response | None:
        if not _PATH.fullmatch(path):
            return None
        plain = self._read(path)
        if plain is None:
            return None
        headers = HEADERS | {"cache-control": cache, "etag": plain.etag, "vary": "accept-encoding"}
        if request.headers.get("if-none-match", "") == plain.etag:
            return Response(status_code=304, headers=headers)
        accepted = request.headers.get("accept-encoding", "")
        data = plain.data
        for name, ending in _PACKED:
            packed = self._read(path + ending) if name in accepted else None
            if packed is not None:
                data, headers["content-encoding"] = packed.data, name
                break
        kind = _TYPES.get(Path(path).suffix, "application/octet-stream")
        return Response(data, headers=headers | {"content-type": kind})

    def _missing(self, request: Request) -> Response:
        lang = _TEXTS.language(request.headers.get("accept-language", "")[:2])
        text = _TEXTS.say(lang, "missing", name=self._app.config.name)
        return Response(
            text + "\n",
            503,
            HEADERS | {"cache-control": "no-store", "content-language": lang},
            "text/plain; charset=utf-8",
        )

    async def config(self, request: Request) -> Response:
        """``/app/config.json``: nothing in it is personal."""
        return JSONResponse(self.settings(), headers={"cache-control": "max-age=60"})

    def settings(self) -> dict[str, Any]:
        """What the page is told about the instance."""
        config = self._app.config
        return {
            "v": 1,
            "name": config.name,
            "build": self.build,
            "server": __version__,
            "layer": codec.NEWEST_LAYER,
            "languages": list(config.languages),
            "timezone": config.timezone,
            "public_url": config.public_url,
            "ways": list(WAYS),
            "code": {"length": config.codes.length},
            "joining": config.signup_mode,
            "passkeys": passkeys.party_of(self._app) is not None,
            "vapid": push.application_key(self._app),
            "limits": {
                "message": MAX_LENGTH,
                "caption": MAX_CAPTION,
                "part": MAX_PART,
                "big_file": PHOTO_BYTES,
                "file": config.storage.upload_bytes,
                "album": ALBUM,
                "rpc_batch": 16,
            },
            "reactions": list(emoji.ALL),
            "emergency": config.moderation.emergency,
            "appeal_url": config.moderation.appeal_url or config.public_url,
        }


def _gone() -> Response:
    return Response(status_code=404, headers=HEADERS | {"cache-control": "no-store"})
