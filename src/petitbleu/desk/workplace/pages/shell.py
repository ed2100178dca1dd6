"""What every page of the desk goes through: who is it, may they, is the form theirs, did they sign.

A page is a function with :func:`page` on it (README.md says how to add one). The wrapper

1. finds the session of the cookie, else shows the way in;
2. checks the right, and writes refusals to the log;
3. for a POST, checks that the form comes from our own page (``Origin``, ``Sec-Fetch-Site``, token);
4. where ``signs`` is set, takes the fresh touch bound to the digest of address and fields;
5. calls the function, and writes what was looked at to the log before anything is shown, also
   where the answer to a POST is a page.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from petitbleu.app import App
from petitbleu.desk.casework.cases import queues
from petitbleu.desk.casework.cases.service import Brief
from petitbleu.desk.casework.routing import child_safety
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import standing
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Party, Signed, Staff, StaffSession
from petitbleu.desk.workplace.pages import forms, render
from petitbleu.desk.workplace.pages.forms import Form
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Refusal
from petitbleu.store.api import Tx
from petitbleu.web.pages import Pages

SIGN_IN = "/desk/sign-in"
_NOT_SIGNED = ("csrf", "touch")
"""Fields that are about the form, not in it."""


class Problem(Exception):
    """A page that says what is wrong: ``key`` of the texts, filled with ``words``, among them
    refusals of rooms.
    """

    def __init__(self, key: str, status: int = 422, **words: Any) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.words = words


class Again(Problem):
    """A form of ours that cannot be taken as it came: its reader gets every word back, to send it
    once more.
    """

    def __init__(self, key: str, status: int, form: Form) -> None:
        super().__init__(key, status)
        self.form = form


class Page(NamedTuple):
    """A page as it was declared."""

    path: str
    handler: Handler
    right: str
    methods: tuple[str, ...]
    signs: bool
    action: str
    form_bytes: int
    uploads: int
    rail: str
    by_passkey: bool = False


class Desk:
    """What all pages of one instance share."""

    __slots__ = ("app", "pages", "rails")

    def __init__(self, app: App, pages: Pages) -> None:
        self.app = app
        self.pages = pages
        self.rails: list[Page] = []

    def party(self) -> Party:
        """Raises Problem where the instance has no address for passkeys."""
        try:
            return staff.party(self.app.config)
        except staff.NoParty as no:
            raise Problem("no_party", 503, why=no) from None

    def html(
        self,
        request: Request,
        template: str,
        /,
        *,
        lang: str,
        status: int = 200,
        **values: Any,
    ) -> Response:
        """Render; every answer of the desk is for one person and is kept by nobody."""
        text = render.html(self.app, template, lang, path=request.url.path, **values)
        return Response(text, status, headers=HEADERS | {"content-language": lang})


HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",  # with no-referrer browsers would hide Origin of our forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-robots-tag": "noindex",
}


class PageRequest:
    """One request by somebody who is signed in and has the right.

    ``form`` holds the fields of a POST. ``signed`` is the fresh touch of a page that ``signs``.
    What the log says of a view: set ``subject`` (``PB-…``, ``staff:7``) and ``said``.
    """

    __slots__ = (
        *("desk", "form", "here", "mine", "request", "said", "signed", "subject", "support"),
    )

    def __init__(self, desk: Desk, request: Request, here: StaffSession) -> None:
        self.desk = desk
        self.request = request
        self.here = here
        self.form = Form({})
        self.signed: Signed | None = None
        self.subject = request.url.path
        self.said: dict[str, Any] = {}
        self.mine: Brief | None = None
        """The person's own case whose clock ends first."""
        self.support = ""
        """Whom staff can turn to (``desk operator set``)."""

    @property
    def app(self) -> App:
        return self.desk.app

    @property
    def staff(self) -> Staff:
        return self.here.staff

    @property
    def lang(self) -> str:
        return self.staff.language

    @property
    def t(self) -> Mapping[str, str]:
        """The texts in the person's language."""
        return render.TEXTS[self.lang]

    def touch(self) -> Signed:
        """The fresh touch of this form (``signs`` pages only)."""
        assert self.signed is not None, "the page does not sign"
        return self.signed

    def number(self, name: str, least: int = 0) -> int:
        """A number of the address (path or query), or 404."""
        given = self.request.path_params.get(name, self.request.query_params.get(name, ""))
        text = str(given)
        if not (text.isascii() and text.isdigit() and len(text) < 17 and int(text) >= least):
            raise HTTPException(404)
        return int(text)

    def html(self, template: str, /, *, status: int = 200, **values: Any) -> Response:
        """A page in the frame, with ``me``, ``csrf``, ``rail``, ``may`` besides ``values``."""
        request = self.request
        done = request.query_params.get("done", "")
        return self.desk.html(
            request,
            template,
            lang=self.lang,
            status=status,
            me=self.staff,
            may=self.staff.may,
            csrf=token(self.app, self.here),
            rail=[rail for rail in self.desk.rails if self.staff.may(rail.right)],
            mine=(case_numbers.text(self.mine.number), self.mine.due) if self.mine else None,
            support=self.support,
            done=done if f"done_{done}" in self.t else "",
            **values,
        )

    def to(self, path: str, done: str = "", *, row: str = "", **query: Any) -> Response:
        """See other; ``done`` (texts ``done_…``) is said on top of the next page, which opens at
        ``row`` (id of an element).
        """
        asked = urlencode({**query, **({"done": done} if done else {})})
        whole = path + (f"?{asked}" if asked else "") + (f"#{row}" if row else "")
        return RedirectResponse(whole, 303, HEADERS_OF_REDIRECT)


HEADERS_OF_REDIRECT = {name: value for name, value in HEADERS.items() if name != "content-type"}

HOLD_PAGE = "/desk/log/hold"
"""The page that is open while the desk stands still."""
Handler = Callable[[PageRequest], Awaitable[Response]]
PAGES: list[Page] = []
"""Filled at import of the modules that ``routes.py`` lists."""


def page(
    path: str,
    *,
    right: str,
    methods: Sequence[str] = ("GET",),
    signs: bool = False,
    action: str = "view",
    form_bytes: int = 65_536,
    uploads: int = 0,
    rail: str = "",
    by_passkey: bool = False,
) -> Callable[[Handler], Handler]:
    """Declare a page of the desk.

    ``right``: of ``staff/roles.py``. ``signs``: a POST needs a fresh touch. ``action``: what the
    log calls a GET ('' where it shows nothing of anybody). ``form_bytes``: largest form;
    ``uploads``: bytes of files it may bring (multipart; such a form cannot sign). ``rail``: texts
    key of the link in the left rail. ``by_passkey``: only for sessions that began with a passkey.
    """

    def register(function: Handler) -> Handler:
        if signs and uploads:
            raise RuntimeError(f"{path}: files are not part of what a touch signs")
        PAGES.append(
            Page(
                path,
                function,
                right,
                tuple(methods),
                signs,
                action,
                form_bytes,
                uploads,
                rail,
                by_passkey,
            )
        )
        return function

    return register


def route(desk: Desk, one: Page) -> BaseRoute:
    """The page as a route."""

    async def endpoint(request: Request) -> Response:
        return await guarded(desk, request, lambda: _serve(desk, one, request))

    return Route(one.path, endpoint, methods=list(one.methods))


async def guarded(
    desk: Desk, request: Request, serve: Callable[[], Awaitable[Response]]
) -> Response:
    """Turn what a page raises into a page that says so."""
    try:
        return await serve()
    except Problem as problem:
        key, status, words = problem.key, problem.status, problem.words
    except forms.TooLong:
        key, status, words = "too_long", 413, {}
    except forms.Broken:
        key, status, words = "status_other", 400, {}
    except HTTPException as error:
        key, status, words = f"status_{error.status_code}", error.status_code, {}
    except ClientDisconnect:
        return Response(status_code=400)
    lang = desk.pages.language(request)
    text = filled(render.TEXTS[lang].get(key, render.TEXTS[lang]["status_other"]), words, lang)
    return desk.html(request, "problem.html", lang=lang, status=status, text=text)


def filled(text: str, words: Mapping[str, Any], lang: str) -> str:
    """A text with its words; refusals among them are said in its language."""
    said = {
        name: word.say(lang) if isinstance(word, Refusal) else word for name, word in words.items()
    }
    return text.format(**said)


async def _serve(desk: Desk, one: Page, request: Request) -> Response:
    here = await who(desk, request)
    if here is None:
        return await _outside(desk, one, request)
    visit = PageRequest(desk, request, here)
    visit.support = (await directory.operator(desk.app.store, desk.app)).support
    if not here.staff.may(one.right):
        said = {"path": request.url.path, "right": one.right}
        await desk.app.store.write(
            audit_line, desk.app, here.staff.actor, "refused", request.url.path, said
        )
        return visit.html("problem.html", status=403, text=visit.t["no_right"])
    if standing.held(desk.app) is not None and not one.path.startswith(HOLD_PAGE):
        if request.method == "GET":
            return visit.to(HOLD_PAGE)
        raise Problem("log_hold", 409)
    if one.by_passkey and not here.by_passkey:
        return visit.html("problem.html", status=403, text=visit.t["needs_passkey"])
    if not _is_preparing(one) and not await child_safety.is_open(desk.app):
        return visit.html("problem.html", status=409, text=visit.t["not_open"])
    if here.staff.may("take"):
        visit.mine = await queues.next_due(desk.app, here.staff.id)
    try:
        if request.method == "POST":
            await _take_form(visit, one)
        answer = await one.handler(visit)
    except Again as again:
        fields = again.form.fields
        return visit.html(
            "again_form.html",
            status=again.status,
            text=visit.t[again.key],
            fields=fields,
            signs=one.signs,
        )
    except Problem as problem:
        text = filled(visit.t[problem.key], problem.words, visit.lang)
        return visit.html("problem.html", status=problem.status, text=text)
    if one.action and (request.method != "POST" or answer.status_code != 303):
        # A form that comes back, or a copy that was asked for, shows as much as the page does.
        await desk.app.store.write(
            audit_line, desk.app, here.staff.actor, one.action, visit.subject, visit.said
        )
    return answer


_PREPARING = frozenset({"own", "team", "team.change", "second", "settings", "channels", "log"})


def _is_preparing(one: Page) -> bool:
    """Pages that are there before somebody works on child-safety cases: team, signatures, own."""
    return one.right in _PREPARING or one.path.startswith(("/desk/seconds", HOLD_PAGE))


async def audit_line(
    tx: Tx, app: App, actor: str, action: str, subject: str, said: dict[str, Any]
) -> None:
    """One entry of the log by itself."""
    await audit.append(tx, app, actor, action, subject, said)


async def who(desk: Desk, request: Request) -> StaffSession | None:
    """The session of the request's cookie."""
    cookie = request.cookies.get(desk.party().cookie, "")
    session = await staff.find(desk.app, cookie) if cookie else None
    if session is not None and await child_safety.covers(desk.app, session.staff):
        return session._replace(staff=session.staff._replace(covers_child=True))
    return session


async def _outside(desk: Desk, one: Page, request: Request) -> Response:
    """Nobody is signed in: to the way in, and back here. What a form said is not lost."""
    lang = desk.pages.language(request)
    if request.method == "POST":
        check_origin(desk, request)
        if one.uploads:
            raise Problem("signed_out", 401)
        form = await forms.read(request, one.form_bytes)
        text = render.TEXTS[lang]["signed_out"]
        return desk.html(
            request,
            "again_form.html",
            lang=lang,
            status=401,
            text=text,
            fields=form.fields,
            signs=False,
            csrf="",
        )
    if request.headers.get("sec-fetch-site") == "cross-site":
        # A strict cookie does not come along from another site (a link in a mail program): this
        # page of ours opens the address once more.
        answer = desk.html(request, "again.html", lang=lang)
        answer.headers["refresh"] = f"0; url={_local(request)}"
        return answer
    return RedirectResponse(
        f"{SIGN_IN}?next={quote(_local(request), safe='')}", 303, HEADERS_OF_REDIRECT
    )


def _local(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return quote(request.url.path, safe="/-_.~") + query


# ── forms ───────────────────────────────────────────────────────────────────────────────────────


def token(app: App, here: StaffSession) -> str:
    """The token of the forms of one session."""
    return app.secrets.hmac("desk form", b"%d" % here.session.id)[:20].hex()


def check_origin(desk: Desk, request: Request) -> None:
    """Raises Problem unless the browser says that the request comes from a page of ours."""
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site not in (None, "same-origin") or (site is None and origin is None):
        raise Problem("forged", 403)
    if origin is not None and origin != desk.party().origin:
        raise Problem("wrong_origin", 403, origin=desk.party().origin)


def right_token(app: App, here: StaffSession, given: str) -> bool:
    """Whether a form was made for this session."""
    old = app.secrets.hmacs("desk form", b"%d" % here.session.id)
    said = given.encode(errors="replace")  # compare_digest takes no text beyond ASCII
    return any(hmac.compare_digest(one[:20].hex().encode(), said) for one in old)


async def _take_form(visit: PageRequest, one: Page) -> None:
    check_origin(visit.desk, visit.request)
    visit.form = await forms.read(visit.request, one.form_bytes, one.uploads)
    if not right_token(visit.app, visit.here, visit.form.get("csrf")):
        # The browser says that it is a form of ours: of an earlier session in another tab.
        raise Problem("forged", 403) if one.uploads else Again("forged", 403, visit.form)
    if not one.signs:
        return
    digest = digest_of(visit.request.url.path, visit.form)
    try:
        visit.signed = await staff.sign(visit.app, visit.here, digest, visit.form.get("touch"))
    except staff.Refused as refused:
        said = {"path": visit.request.url.path, "reason": refused.reason}
        await visit.app.store.write(
            audit_line, visit.app, visit.staff.actor, "sign.refused", visit.subject, said
        )
        raise Again(f"touch_{refused.reason}", 403, visit.form) from None


def digest_of(path: str, form: Form) -> bytes:
    """SHA-256 of what a form says, as a fresh touch signs it."""
    said = {name: values for name, values in form.fields.items() if name not in _NOT_SIGNED}
    return staff.form_digest(path, said)
