"""``/contact``, ``/regles``, ``/confidentialite``, ``/accessibilite``, ``/mentions-legales``, and
the files for machines.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from petitbleu.desk.outside import contact, encryption
from petitbleu.desk.outside.contact import Contact
from petitbleu.desk.outside.door import OutsidePages
from petitbleu.desk.transparency import signing

_HOUR = {"cache-control": "public, max-age=3600"}


class About:
    """The handlers."""

    __slots__ = ("_door",)

    def __init__(self, door: OutsidePages) -> None:
        self._door = door

    async def _show(self, request: Request, template: str, **values: Any) -> Response:
        contacts = await contact.contact(self._door.app)
        lang = self._door.pages.language(request)
        return self._door.page(
            request,
            template,
            contact=contacts,
            country=territory(contacts.country, lang),
            languages=", ".join(language(one, lang) for one in contacts.languages),
            **values,
        )

    async def contact(self, request: Request) -> Response:
        """Points of contact."""
        return await self._show(request, "contact.html")

    async def machine(self, request: Request) -> Response:
        """``/.well-known/petitbleu-contact.json``."""
        app = self._door.app
        said = contact.machine(
            await self._contact(), age=encryption.recipient(app), reports=signing.public(app)
        )
        return JSONResponse(said, headers=_HOUR)

    async def security(self, request: Request) -> Response:
        """``/.well-known/security.txt``."""
        text = contact.security_text(await self._contact(), self._door.app.clock.now())
        return PlainTextResponse(text, headers=_HOUR)

    async def rules(self, request: Request) -> Response:
        """The terms, with their version."""
        config = self._door.app.config
        paragraphs = [part.strip() for part in config.terms_text.split("\n\n") if part.strip()]
        return await self._show(
            request, "rules.html", version_of_rules=config.terms_version, paragraphs=paragraphs
        )

    async def privacy(self, request: Request) -> Response:
        """What is kept about people."""
        config = self._door.app.config
        filter_ = config.antispam
        return await self._show(
            request,
            "privacy.html",
            antispam=urlsplit(filter_.outside_url).hostname if filter_.outside_key else "",
            days=config.signin_log_days,
            kept=config.moderation.evidence_days,
        )

    async def accessibility(self, request: Request) -> Response:
        """Who can use the pages, and whom to tell where they cannot."""
        return await self._show(request, "accessibility.html")

    async def legal(self, request: Request) -> Response:
        """Who runs this."""
        return await self._show(request, "legal.html")

    async def _contact(self) -> Contact:
        return await contact.contact(self._door.app)


def territory(code: str, lang: str) -> str:
    """A country's name."""
    from babel import Locale  # 50 ms that a server without pages does not need

    return str(Locale(lang).territories.get(code, code))


def language(code: str, lang: str) -> str:
    """A language's name."""
    from babel import Locale

    return str(Locale(lang).languages.get(code, code))
