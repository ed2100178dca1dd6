"""Rendering pages: Jinja2 with autoescape, the reader's language, one layout."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from petitbleu import __version__
from petitbleu.app import App
from petitbleu.web.texts import TEXTS

_TEMPLATES = Path(__file__).resolve().parent / "templates"


@cache
def _environment() -> Any:
    # Imported at the first page: a server that only chats never needs the template engine.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )


class Pages:
    """Renders templates for one instance."""

    __slots__ = ("_app",)

    def __init__(self, app: App) -> None:
        self._app = app

    def language(self, request: Request) -> str:
        """The first language the reader's browser asks for that the instance speaks."""
        spoken = self._app.config.languages
        weighed: list[tuple[float, str]] = []
        for part in request.headers.get("accept-language", "")[:200].split(","):
            tag, _, weight = part.partition(";q=")
            try:
                weighed.append((-float(weight or 1), tag.strip().lower()[:2]))
            except ValueError:
                continue
        for _, tag in sorted(weighed, key=lambda pair: pair[0]):
            if tag in spoken and tag in TEXTS:
                return tag
        return spoken[0] if spoken and spoken[0] in TEXTS else "en"

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
        lang = self.language(request)
        text = (
            _environment()
            .get_template(template)
            .render(
                lang=lang,
                t=TEXTS[lang],
                instance=self._app.config.name,
                version=__version__,
                status=status,
                **values,
            )
        )
        return HTMLResponse(
            text,
            status,
            headers={
                "cache-control": "no-store" if fresh or status >= 400 else "no-cache",
                "content-language": lang,
                "vary": "accept-language",
            },
        )
