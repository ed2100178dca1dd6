"""The pages of a newsletter: the form, and what the link in its mails leads to. Never cached."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from petitbleu.catalogues import Catalogue
from petitbleu.domain.publishing.newsletter import service
from petitbleu.domain.publishing.newsletter.service import Invalid, NotThere, Over, Stale, Typed
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.safety.antispam.service import tokens
from petitbleu.errors import Fault
from petitbleu.web import forms
from petitbleu.web.public.channels import TAG_MAX, blocked, tag_path
from petitbleu.web.public.door import PublicPages, number

TEXTS = Catalogue("readers", "newsletter_pages")
FORM_BYTES = 16 * 1024
_FIELDS = ("email", "frequency", "zone", "tags", "from", "token", tokens.TRAP)


class NewsletterPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    def _html(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        n = TEXTS[self._door.pages.language(request)]
        page = self._door.html(request, template, status=status, n=n, **values)
        page.headers["cache-control"] = "no-store"
        page.headers["referrer-policy"] = "no-referrer"
        page.headers["x-robots-tag"] = "noindex"
        return page

    # ── subscribing ─────────────────────────────────────────────────────────────────────────────

    async def form(self, request: Request) -> Response:
        """``/<name>/newsletter``: the form; ``tags`` and ``from`` as the page says that leads here.

        A form on a page that is kept has no token: it brings the address, and this one is shown.
        """
        opened = await self._door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        held = pages.held_back(at)
        if held is not None:
            return await blocked(self._door, request, page, held)
        if not service.offered(self._door.app, page):
            return self._html(request, "newsletter_over.html", 404, key="closed")
        given = {name: request.query_params.get(name, "")[:200] for name in ("tags", "from")}
        try:
            if request.method == "POST":
                given |= await forms.fields(request, FORM_BYTES)
        except forms.TooLong:
            return self._form(request, page, self._typed(given), 413, problem="too_long")
        except ClientDisconnect:
            return Response(status_code=400)
        typed = self._typed(given)
        if request.method != "POST" or not typed["token"]:
            return self._form(request, page, typed)
        return await self._take(request, page, typed)

    def _typed(self, given: dict[str, str]) -> dict[str, str]:
        """The fields, and what is chosen where nothing was."""
        typed = {name: given.get(name, "") for name in _FIELDS}
        typed["frequency"] = typed["frequency"] or service.DAY
        typed["zone"] = typed["zone"] or self._door.app.config.timezone
        return typed

    def _form(
        self,
        request: Request,
        page: Page,
        typed: dict[str, str],
        status: int = 200,
        *,
        token: str = "",
        wrong: dict[str, str] | None = None,
        problem: str = "",
        minutes: int = 0,
    ) -> Response:
        return self._html(
            request,
            "newsletter_form.html",
            status,
            channel=page,
            typed=typed,
            token=token or service.token(self._door.app, page.chat.id),
            trap=tokens.TRAP,
            wrong=wrong or {},
            problem=problem,
            minutes=minutes,
            zones=_zones(),
            consent=self._consent(request, page),
        )

    def _consent(self, request: Request, page: Page) -> str:
        words = TEXTS[self._door.pages.language(request)]["consent"]
        return words.format(page.title, self._door.app.config.name)

    async def _take(self, request: Request, page: Page, typed: dict[str, str]) -> Response:
        app = self._door.app
        given = Typed(
            typed["email"],
            typed["frequency"],
            typed["zone"],
            typed["tags"],
            typed["token"],
            _page(page, typed),
            self._consent(request, page),
            trap=bool(typed[tokens.TRAP]),
        )
        ip = request.client.host if request.client is not None else ""
        lang = self._door.pages.language(request)
        try:
            await service.ask(app, page, given, ip=ip, lang=lang)
        except Invalid as invalid:
            return self._form(request, page, typed, 422, token=given.token, wrong=invalid.fields)
        except Stale:
            return self._form(request, page, typed, 422, problem="stale")
        except Fault as fault:
            seconds = fault.value or 60
            answer = self._form(
                request, page, typed, 429, token=given.token, problem="too_many",
                minutes=(seconds + 59) // 60,
            )  # fmt: skip
            answer.headers["retry-after"] = str(seconds)
            return answer
        return self._html(
            request, "newsletter_sent.html", channel=page, email=typed["email"].strip()
        )

    # ── the subscriber's link ───────────────────────────────────────────────────────────────────

    async def mine(self, request: Request) -> Response:
        """``/newsletter/<token>``: how it stands; buttons confirm, change, end. A GET changes
        nothing: programs follow links in mails.
        """
        app, signed = self._door.app, str(request.path_params["token"])
        wrong: dict[str, str] = {}
        typed: dict[str, str] = {}
        status, wait = 200, 0
        try:
            if request.method == "POST":
                typed = await forms.fields(request, FORM_BYTES)
                if typed.get("List-Unsubscribe") == "One-Click":  # a mail program (RFC 8058)
                    await service.leave(app, signed)
                    return Response(status_code=204, headers={"cache-control": "no-store"})
                done = await self._act(request, signed, typed)
                if done is not None:
                    return done
        except ClientDisconnect:
            return Response(status_code=400)
        except forms.TooLong:
            wrong, status = {"tags": "too_long"}, 413
        except Invalid as invalid:
            wrong, status = invalid.fields, 422
        except Fault as fault:
            wrong, status, wait = {"wait": "too_often"}, 429, fault.value or 60
        except NotThere:
            return self._html(request, "newsletter_over.html", 404, key="unknown")
        except Over:
            return self._html(request, "newsletter_over.html", 410, key="over")
        try:
            seen = await service.see(app, signed)
        except NotThere:
            return self._html(request, "newsletter_over.html", 404, key="unknown")
        except Over:
            return self._html(request, "newsletter_over.html", 410, key="over")
        row = seen.row
        stored = {
            "frequency": row.frequency,
            "zone": row.zone,
            "tags": " ".join(f"#{tag}" for tag in row.tags.split()),
        }
        answer = self._html(
            request,
            "newsletter_mine.html",
            status,
            seen=seen,
            wrong=wrong,
            minutes=(wait + 59) // 60,
            typed=stored | (typed if wrong else {}),
            zones=_zones(),
            saved="saved" in request.query_params,
        )
        if wait:
            answer.headers["retry-after"] = str(wait)
        return answer

    async def _act(self, request: Request, signed: str, typed: dict[str, str]) -> Response | None:
        app, act = self._door.app, typed.get("act", "")
        if act == "leave":  # whoever wants to go is never told to wait
            await service.leave(app, signed)
            return self._html(request, "newsletter_over.html", key="left")
        ip = request.client.host if request.client is not None else ""
        await service.admit(app, signed, ip=ip)
        if act == "confirm":
            await service.confirm(app, signed)
        elif act == "change":
            wish = (typed.get("frequency", ""), typed.get("zone", ""), typed.get("tags", ""))
            await service.change(app, signed, *wish)
        lang = request.query_params.get("lang", "")
        asked = f"&lang={lang}" if lang in TEXTS else ""
        saved = f"?saved=1{asked}" if act == "change" else asked.replace("&", "?")
        return RedirectResponse(request.url.path + saved, 303)


def _page(page: Page, typed: dict[str, str]) -> str:
    """Where the reader was."""
    post = number(typed["from"])
    tag = typed["tags"].strip().lstrip("#＃")
    if post:
        return f"/{page.name}/{post}"
    return (
        tag_path(page, tag) if tag and " " not in tag and len(tag) <= TAG_MAX else f"/s/{page.name}"
    )


def _zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones by region, with what is shown of each."""
    return [
        (
            region,
            [(name, name.partition("/")[2].replace("_", " ") or name) for name in names],
        )
        for region, names in groupby(service.zones(), lambda name: name.split("/")[0])
    ]
