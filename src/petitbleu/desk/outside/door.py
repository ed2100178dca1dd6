"""What all public pages of the desk share: texts, templates, limits, the reader's address."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from petitbleu import rates
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.outside import shield
from petitbleu.errors import Fault
from petitbleu.web.pages import Pages
from petitbleu.web.texts import TEXTS as SITE

_TEMPLATES = Path(__file__).resolve().parent / "templates"


TEXTS = Catalogue("notifiers", "about", "notice", "cases")


def spoken() -> dict[str, str]:
    """Languages of letters to the public, each by its own name."""
    return {code: name for code, name in SITE.names("language_name").items() if code in TEXTS}


class TooMany(Exception):
    """A limit was reached; try again in ``seconds``."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(str(seconds))


class OutsidePages:
    """Renders the pages of this room for one instance."""

    __slots__ = ("app", "pages")

    def __init__(self, app: App) -> None:
        self.app = app
        self.pages = Pages(app, _TEMPLATES)

    def texts(self, request: Request) -> dict[str, str]:
        """The words in the reader's language."""
        return TEXTS[self.pages.language(request)]

    def page(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        private: bool = False,
        **values: Any,
    ) -> Response:
        """A page. ``private``: about somebody's case; kept by no cache and no search engine."""
        page = self.pages.html(
            request, template, status=status, fresh=private, o=self.texts(request), **values
        )
        if private:
            page.headers["x-robots-tag"] = "noindex, nofollow"
        return page

    def message(
        self,
        request: Request,
        heading: str,
        text: str,
        *,
        status: int = 200,
        button: str = "",
        onward: tuple[tuple[str, str], ...] = (),
    ) -> Response:
        """A page that says one thing."""
        return self.page(
            request,
            "message.html",
            status=status,
            private=True,
            heading=heading,
            text=text,
            button=button,
            onward=onward,
        )

    def too_many(self, request: Request, busy: TooMany) -> Response:
        """A limit was reached and there is no form to keep."""
        o = self.texts(request)
        text = o["limit_text"].format(minutes=minutes(busy.seconds))
        page = self.message(request, o["limit_title"], text, status=429)
        page.headers["retry-after"] = str(busy.seconds)
        return page

    async def limit(self, request: Request, rule: str, *more: rates.Claim) -> None:
        """Count one event of the reader's network by ``rule``, and what ``more`` says with it.
        Raises TooMany; then nothing is counted.
        """
        ip = address(request)
        try:
            await rates.charge(self.app, [*rates.at_address(rule, ip), *more], ip=ip)
        except Fault as fault:
            raise TooMany(fault.value or 60) from None

    async def busy(self, request: Request, rule: str) -> Response | None:
        """:meth:`limit` where there is no form to keep: None, or the answer."""
        try:
            await self.limit(request, rule)
        except TooMany as busy:
            return self.too_many(request, busy)
        return None

    def form(
        self,
        name: str,
        typed: Mapping[str, str],
        sizes: Mapping[str, object],
        *,
        wrong: Mapping[str, str] | None = None,
        problem: str = "",
        fresh: bool = False,
    ) -> dict[str, Any]:
        """What the macros of ``fields.html`` need to show a form with every word typed in it."""
        app = self.app
        return {
            "typed": typed,
            "wrong": wrong or {},
            "problem": problem,
            "sizes": sizes,
            "shown": shield.mark(app, name) if fresh else shield.redisplayed_time(app, name, typed),
        }


def address(request: Request) -> str:
    """The reader's network address."""
    return request.client.host if request.client is not None else ""


def minutes(seconds: int) -> int:
    """Whole minutes, rounded up."""
    return (seconds + 59) // 60
