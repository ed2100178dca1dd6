"""The pages of comments: the form, what its link leads to. Never cached: tokens must be fresh."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from petitbleu.domain.antispam.service import tokens
from petitbleu.domain.comments import service
from petitbleu.domain.comments.service import Invalid, NotThere, Stale, Typed
from petitbleu.domain.pages import service as pages
from petitbleu.domain.pages.service import Page, Where
from petitbleu.domain.references import service as references
from petitbleu.errors import Fault
from petitbleu.web import forms
from petitbleu.web.public.comment_texts import TEXTS
from petitbleu.web.public.door import Door
from petitbleu.web.public.look import Look

FORM_BYTES = 64 * 1024
EMPTY = {"name": "", "email": "", "text": "", "parent": "", "notify": ""}


class Under(NamedTuple):
    """What is commented. ``title``: its first sentence, else the name of its channel."""

    page: Page
    post: int
    title: str


class CommentPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: Door) -> None:
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
        found = await self._door.channel(request)
        if isinstance(found, Response):
            return found
        page, at = found
        post = int(request.path_params["id"])
        if at.withheld(post) is not None or post >= 1 << 31:
            return self._closed(request, page)
        try:
            await service.open_to_guests(self._door.app, page, post)
            under = await self._under(request, page, at, post)
            if request.method != "POST":
                asked = request.query_params.get("to", "")
                return self._form(request, under, EMPTY | {"parent": asked})
            return await self._take(request, under)
        except NotThere:
            return self._closed(request, page)

    async def _under(self, request: Request, page: Page, at: Where, post: int) -> Under:
        """The post that is commented, with what it is called."""
        group = await pages.with_album(self._door.app, at, post)
        title = ""
        if group:
            shown = Look(self._door, page, self._door.writer(request), set())
            (view,) = await shown.views(at, [group])
            title = view.title
        return Under(page, post, title or page.chat.title)

    def _closed(self, request: Request, page: Page) -> Response:
        return self._html(request, "comment_closed.html", 403, channel=page)

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

    async def _take(self, request: Request, under: Under) -> Response:
        app, (page, post, _) = self._door.app, under
        try:
            typed = EMPTY | await forms.fields(request, FORM_BYTES)
        except forms.TooLong:
            return self._form(request, under, EMPTY, 413, problem="too_long")
        except ClientDisconnect:
            return Response(status_code=400)
        token, parent = typed.get("token", ""), typed["parent"]
        given = Typed(
            typed["name"],
            typed["email"],
            typed["text"],
            token,
            parent=int(parent) if parent.isascii() and parent.isdigit() and len(parent) < 10 else 0,
            notify=bool(typed["notify"]),
            trap=bool(typed.get(tokens.TRAP)),
        )
        lang = self._door.pages.language(request)
        ip = request.client.host if request.client is not None else ""
        agent = request.headers.get("user-agent", "")
        try:
            email = await service.submit(app, page, post, given, ip=ip, agent=agent, lang=lang)
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
        return self._html(request, "comment_sent.html", channel=page, post=post, email=email)

    # ── the author's link ───────────────────────────────────────────────────────────────────────

    async def mine(self, request: Request) -> Response:
        """``/comment/<token>``: its state; buttons confirm, change, delete, end mail."""
        app, signed = self._door.app, str(request.path_params["token"])
        wrong: dict[str, str] = {}
        typed: dict[str, str] = {}
        wait = 0
        try:
            if request.method == "POST":
                typed = await forms.fields(request, FORM_BYTES)
                ip = request.client.host if request.client is not None else ""
                await service.admit(app, signed, ip=ip)
                if typed.get("List-Unsubscribe") == "One-Click":  # a mail program (RFC 8058)
                    await service.hush(app, signed)
                    return Response(status_code=204)
                await self._act(signed, typed)
                return RedirectResponse(request.url.path, 303)
            seen = await service.see(app, signed)
        except (forms.TooLong, ClientDisconnect):
            return Response(status_code=413)
        except Invalid as invalid:
            wrong = invalid.fields
            seen = await service.see(app, signed)
        except Fault as fault:
            wrong, wait = {"text": "too_often"}, fault.value or 60
            seen = await service.see(app, signed)
        except NotThere:
            return self._html(request, "comment_gone.html", 404)
        page = await pages.of(app, seen.row.channel)
        answer = self._html(
            request,
            "comment_mine.html",
            429 if wait else 422 if wrong else 200,
            seen=seen,
            channel=page,
            number=references.text(seen.removal.number) if seen.removal is not None else "",
            wrong=wrong,
            text=typed.get("text", seen.text) if wrong else seen.text,
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
            await service.hush(app, signed)
