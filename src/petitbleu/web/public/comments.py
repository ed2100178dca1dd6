"""The pages of comments: the form, what its link leads to. Never cached: tokens must be fresh."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from petitbleu.domain.publishing.comments import service
from petitbleu.domain.publishing.comments.service import (
    Comment,
    Invalid,
    NotThere,
    Stale,
    TooLate,
    Typed,
)
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.domain.safety.antispam.service import tokens
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.errors import Fault
from petitbleu.web import forms
from petitbleu.web.public import richtext
from petitbleu.web.public.channels import blocked
from petitbleu.web.public.comment_texts import TEXTS
from petitbleu.web.public.door import PublicPages, number
from petitbleu.web.public.presenter import Look

FORM_BYTES = 256 * 1024
"""Far more than a comment can have: who pasted too much gets it back to shorten it."""
QUOTED = 200
"""Characters of the comment that is answered."""
EMPTY = {"name": "", "email": "", "text": "", "parent": "", "notify": ""}


class Under(NamedTuple):
    """What is commented. ``title``: its first sentence, else the name of its channel; ``answered``:
    the comment that is answered, None: the post itself.
    """

    page: Page
    post: int
    title: str
    answered: Comment | None = None


class CommentPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    def _html(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        c = TEXTS[self._door.pages.language(request)]
        page = self._door.html(request, template, status=status, c=c, **values)
        page.headers["cache-control"] = "no-store"
        page.headers["referrer-policy"] = "no-referrer"
        page.headers["x-robots-tag"] = "noindex"
        return page

    # ── the form ────────────────────────────────────────────────────────────────────────────────

    async def form(self, request: Request) -> Response:
        """``/<name>/<id>/comment``"""
        opened = await self._door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        post = number(str(request.path_params["id"]))
        if not post:
            return self._door.missing(request, page)
        typed, whole = EMPTY | {"parent": request.query_params.get("to", "")}, True
        if request.method == "POST":
            try:
                typed = EMPTY | await forms.fields(request, FORM_BYTES)
            except forms.TooLong:
                whole = False
            except ClientDisconnect:
                return Response(status_code=400)
        held = at.withheld(post)
        if held is not None:
            return await blocked(self._door, request, page, held)
        try:
            await service.open_to_guests(self._door.app, page, post)
            under = await self._under(request, page, at, post, typed["parent"])
            if not whole:
                return self._form(request, under, typed, 413, problem="too_long")
            if request.method != "POST":
                return self._form(request, under, typed)
            return await self._take(request, under, typed)
        except NotThere:
            return await self._closed(request, page, at, post, typed["text"])

    async def _under(
        self, request: Request, page: Page, at: Where, post: int, parent: str
    ) -> Under:
        """The post that is commented, with what it is called, and what of its talk is answered."""
        title = ""
        group = await pages.with_album(self._door.app, at, post)
        if group:
            shown = Look(self._door, page, self._door.writer(request), set())
            (view,) = await shown.views(at, [group])
            title = view.title
        known = number(parent) or 0
        answered = await service.one(self._door.app, page, post, known, at.country)
        return Under(page, post, title or page.chat.title, answered)

    async def _closed(
        self, request: Request, page: Page, at: Where, post: int, text: str
    ) -> Response:
        """403, with what was typed meanwhile; where there is no such post, what its page says."""
        there = await pages.with_album(self._door.app, at, post)
        if not there and not text:
            return RedirectResponse(f"/{page.name}/{post}", 302)
        return self._html(
            request, "comment_closed.html", 403, channel=page, post=post if there else 0, text=text
        )

    def _form(
        self,
        request: Request,
        under: Under,
        typed: dict[str, str],
        status: int = 200,
        *,
        token: str = "",
        wrong: dict[str, str] | None = None,
        problem: str = "",
        minutes: int = 0,
    ) -> Response:
        """The form with every word that was typed; ``wrong``: field -> reason."""
        settings = self._door.app.config.antispam
        return self._html(
            request,
            "comment_form.html",
            status,
            channel=under.page,
            post=under.post,
            about=under.title,
            answered=under.answered,
            quoted=richtext.cut(richtext.plain(under.answered.text), QUOTED)
            if under.answered is not None
            else "",
            typed=typed,
            token=token or service.token(self._door.app, under.page.chat.id, under.post),
            trap=tokens.TRAP,
            wrong=wrong or {},
            problem=problem,
            minutes=minutes,
            outside=urlsplit(settings.outside_url).hostname if settings.outside_key else "",
            outside_ip=settings.outside_ip,
            outside_mail=settings.outside_email,
        )

    async def _take(self, request: Request, under: Under, typed: dict[str, str]) -> Response:
        app, page, post = self._door.app, under.page, under.post
        token = typed.get("token", "")
        given = Typed(
            typed["name"],
            typed["email"],
            typed["text"],
            token,
            parent=under.answered.id if under.answered is not None else 0,
            notify=bool(typed["notify"]),
            trap=bool(typed.get(tokens.TRAP)),
        )
        lang = self._door.pages.language(request)
        ip = request.client.host if request.client is not None else ""
        agent = request.headers.get("user-agent", "")
        try:
            taken = await service.submit(app, page, post, given, ip=ip, agent=agent, lang=lang)
        except Invalid as invalid:
            # Its time goes on: who corrects a word within two seconds is no machine.
            return self._form(request, under, typed, 422, token=token, wrong=invalid.fields)
        except Stale:
            return self._form(request, under, typed, 422, problem="stale")
        except Fault as fault:
            seconds = fault.value or 60
            answer = self._form(
                request, under, typed, 429, token=token, problem="too_many",
                minutes=(seconds + 59) // 60,
            )  # fmt: skip
            answer.headers["retry-after"] = str(seconds)
            return answer
        except OSError as error:
            app.log.warning("comments.mail_failed", problem=str(error))
            return self._form(request, under, typed, 503, token=token, problem="mail_failed")
        return self._html(request, "comment_sent.html", channel=page, post=post, taken=taken)

    # ── the author's link ───────────────────────────────────────────────────────────────────────

    async def mine(self, request: Request) -> Response:
        """``/comment/<token>``: its state; buttons confirm, change, delete, end mail."""
        app, signed = self._door.app, str(request.path_params["token"])
        wrong: dict[str, str] = {}
        typed: dict[str, str] = {}
        status, wait = 200, 0
        try:
            if request.method == "POST":
                typed = await forms.fields(request, FORM_BYTES)
                ip = request.client.host if request.client is not None else ""
                await service.admit(app, signed, ip=ip)
                if typed.get("List-Unsubscribe") == "One-Click":  # a mail program (RFC 8058)
                    await service.unsubscribe(app, signed)
                    return Response(status_code=204)
                await self._act(signed, typed)
                asked = f"?{request.url.query}" if request.url.query else ""
                return RedirectResponse(request.url.path + asked, 303)
        except ClientDisconnect:
            return Response(status_code=400)
        except forms.TooLong:
            wrong, status = {"text": "too_long"}, 413
        except TooLate:
            wrong, status = {"text": "too_late"}, 409
        except Invalid as invalid:
            wrong, status = invalid.fields, 422
        except Fault as fault:
            wrong, status, wait = {"text": "too_often"}, 429, fault.value or 60
        except NotThere:
            return self._html(request, "comment_gone.html", 404)
        try:
            seen = await service.see(app, signed)
        except NotThere:
            return self._html(request, "comment_gone.html", 404)
        page = await pages.load_page(app, seen.row.channel)
        answer = self._html(
            request,
            "comment_mine.html",
            status,
            seen=seen,
            channel=page,
            number=case_numbers.text(seen.removal.number) if seen.removal is not None else "",
            wrong=wrong,
            minutes=(wait + 59) // 60,
            text=typed.get("text", seen.text) if wrong else seen.text,
            lost=typed.get("text", "") or typed.get("why", ""),
            why=typed.get("why", ""),
        )
        if wait:
            answer.headers["retry-after"] = str(wait)
        return answer

    async def _act(self, signed: str, typed: dict[str, str]) -> None:
        app = self._door.app
        act = typed.get("act", "")
        if act == "confirm":
            await service.confirm(app, signed)
        elif act == "edit":
            await service.edit(app, signed, typed.get("text", ""))
        elif act == "delete":
            await service.withdraw(app, signed)
        elif act == "contest":
            await service.contest(app, signed, typed.get("why", ""))
        elif act == "hush":
            await service.unsubscribe(app, signed)
