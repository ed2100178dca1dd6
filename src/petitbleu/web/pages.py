"""Rendering pages: Jinja2 with autoescape, the reader's language, one layout.

The language is that of ``?lang=``, else the first the browser asks for that pages are offered in,
else the instance's.
``client`` is the address of the web client. Links made by ``link`` in a template keep a language
that was asked for by hand: pages set no cookie that could remember it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from petitbleu import __version__
from petitbleu.app import App
from petitbleu.domain.access.joining import service as joining
from petitbleu.turns import Slices
from petitbleu.web.texts import TEXTS

_TEMPLATES = Path(__file__).resolve().parent / "templates"

_CASES = re.compile(r"/(?:suivi|mes-dossiers|autorites|decision)(?:/|$)")
"""Where people find their cases: on the instance's own host, never on a channel's domain."""


@cache
def _environment(folders: tuple[Path, ...], shown: Callable[[Any], Any] | None) -> Any:
    # Imported at the first page: a server that only chats never needs the template engine.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader([*folders, _TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Pages:
    """Renders templates for one instance: those of this folder and of ``folders``.

    ``shown`` is applied to every value that a template prints, before it is escaped.
    """

    __slots__ = ("_app", "_folders", "_shown")

    def __init__(self, app: App, *folders: Path, shown: Callable[[Any], Any] | None = None) -> None:
        self._app = app
        self._folders = folders
        self._shown = shown

    def language(self, request: Request) -> str:
        """The language that was asked for by hand, else the first of the reader's browser that
        pages are offered in, else the instance's.
        """
        asked = request.query_params.get("lang", "")
        if asked in TEXTS:
            return asked
        return self.accepted(request.headers.get("accept-language", ""))

    def accepted(self, header: str) -> str:
        """:meth:`language` of a browser that sends this Accept-Language."""
        weighed: list[tuple[float, str]] = []
        for part in header[:200].split(","):
            tag, _, weight = part.partition(";q=")
            try:
                weighed.append((-float(weight or 1), tag.strip().lower()[:2]))
            except ValueError:
                continue
        for _, tag in sorted(weighed, key=lambda pair: pair[0]):
            if tag in TEXTS:
                return tag
        return TEXTS.language(*self._app.config.languages)

    def html(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        fresh: bool = False,
        **values: Any,
    ) -> HTMLResponse:
        """A page; ``t`` is the table of texts in the reader's language. ``fresh``: never cached."""
        text = "".join(self._pieces(request, template, status, values))
        return self._answer(request, text, status, fresh)

    async def html_in_slices(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """The same page, written without holding up the event loop."""
        slices = Slices(lambda: self._app.store.writing)
        written = []
        for piece in self._pieces(request, template, status, values):
            written.append(piece)
            await slices.rest()
        return self._answer(request, "".join(written), status, fresh=False)

    def document(self, template: str, **values: Any) -> str:
        """A document that answers no request: a mail."""
        loaded = _environment(self._folders, self._shown).get_template(template)
        return str(loaded.render(instance=self._app.config.name, **values))

    def _pieces(
        self, request: Request, template: str, status: int, values: dict[str, Any]
    ) -> Iterator[str]:
        lang = self.language(request)
        asked = {"lang": lang} if request.query_params.get("lang") == lang else {}

        always = f"?{urlencode(asked)}" if asked else ""

        elsewhere = self._elsewhere(request)

        def link(path: str, **query: str) -> str:
            """``path`` in the language that was asked for by hand; of what stands on the
            instance's own host alone, with its origin."""
            if elsewhere and _CASES.match(path):
                path = elsewhere + path
            if not query:
                return path + always
            return f"{path}?{urlencode(asked | query)}"

        loaded = _environment(self._folders, self._shown).get_template(template)
        always_there = {
            "lang": lang,
            "t": TEXTS[lang],
            "page_languages": TEXTS.names("language_name"),
            "here": request.url.path,
            "link": link,
            "switch": _switch(request),
            "instance": self._app.config.name,
            "client": self.client,
            "version": __version__,
            "status": status,
            "site": request.scope.get("petitbleu.site"),
            "elsewhere": elsewhere,
        }
        pieces: Iterator[str] = loaded.generate(**(always_there | values))
        return pieces

    def _elsewhere(self, request: Request) -> str:
        """The origin of the instance, before what a channel's domain has no copy of."""
        return joining.base_url(self._app) if "petitbleu.site" in request.scope else ""

    @property
    def client(self) -> str:
        """Where people chat in a browser; empty where that is switched off."""
        web = self._app.config.web
        return f"{web.app_url.rstrip('/')}/app" if web.app else ""

    def _answer(self, request: Request, text: str, status: int, fresh: bool) -> HTMLResponse:
        return HTMLResponse(
            text,
            status,
            headers={
                "cache-control": "no-store" if fresh or status >= 400 else "no-cache",
                "content-language": self.language(request),
                "vary": "accept-language",
            },
        )


def _switch(request: Request) -> Callable[[str], str]:
    """A function that makes the address of this page in another language."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]

    def switch(lang: str) -> str:
        return f"{request.url.path}?{urlencode([*query, ('lang', lang)])}"

    return switch
