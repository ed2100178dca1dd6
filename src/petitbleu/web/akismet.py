"""``/akismet/1.1/…`` and ``/akismet/1.2/…``: the Akismet protocol for the operator's other sites.

As documented at akismet.com/developers/detailed-docs. The key comes as ``api_key`` (of verify-key:
``key``) or as the first label of the host, ``<key>.rest.example.org``: the operator's proxy maps
that name to these addresses. Wrong keys are counted by address, calls by key.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from petitbleu import rates
from petitbleu.app import App
from petitbleu.domain.safety.antispam import service, sites
from petitbleu.domain.safety.antispam.relevance import ARTICLE_MAX
from petitbleu.domain.safety.antispam.service import Submission, Verdict
from petitbleu.domain.safety.antispam.sites import KeyRow
from petitbleu.errors import Fault
from petitbleu.networks import network
from petitbleu.web import forms

FORM_BYTES = 256 * 1024
MAX_FIELDS = 300
"""A client may send its whole server environment along."""
_CHARSETS = """
utf-8 utf8 us-ascii ascii latin1 iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15
windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256
windows-1257 windows-1258 koi8-r gb2312 gbk gb18030 big5 shift-jis euc-jp euc-kr
"""
CHARSETS = frozenset(_CHARSETS.split())
THANKS = "Thanks for making the web a better place."
_KEY = re.compile(r"[0-9a-f]{12}")
_CONTEXT = re.compile(r"comment_context(?:\[\w*\])?")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUOTES = str.maketrans("“”’…", '""\'.')
_COLUMNS = (
    "Site", "Total API Calls", "Spam", "Ham", "Missed Spam", "False Positives", "Is Revoked",
)  # fmt: skip
_ORDERS = {
    "total": "api_calls",
    "spam": "spam",
    "ham": "ham",
    "missed_spam": "missed_spam",
    "false_positives": "false_positives",
}

Call = Callable[[KeyRow, dict[str, str]], Awaitable[Response]]


class _Refused(Exception):
    """The answer to a call that is not served; ``help``: the debug header."""

    def __init__(self, text: str, why: str, status: int = 200, seconds: int = 0) -> None:
        super().__init__(why)
        self.text = text
        self.why = why
        self.status = status
        self.seconds = seconds

    def response(self) -> Response:
        headers = {"x-akismet-debug-help": self.why}
        if self.seconds:
            headers["retry-after"] = str(self.seconds)
        return PlainTextResponse(self.text, self.status, headers)


def routes(app: App) -> Iterable[BaseRoute]:
    """The routes, for ``web/app.py``."""
    api = Akismet(app)
    posts: dict[str, Call] = {
        "comment-check": api.comment_check,
        "submit-spam": api.submit_spam,
        "submit-ham": api.submit_ham,
    }
    return [
        Route("/akismet/1.1/verify-key", api.verify_key, methods=["POST"]),
        *(
            Route(f"/akismet/1.1/{name}", api.served(call), methods=["POST"])
            for name, call in posts.items()
        ),
        Route("/akismet/1.2/key-sites", api.key_sites, methods=["GET"]),
        Route("/akismet/1.2/usage-limit", api.usage_limit, methods=["GET"]),
    ]


class Akismet:
    """The handlers, for one instance."""

    __slots__ = ("_app",)

    def __init__(self, app: App) -> None:
        self._app = app

    # ── 1.1 ─────────────────────────────────────────────────────────────────────────────────────

    async def verify_key(self, request: Request) -> Response:
        """``valid`` or ``invalid``"""
        try:
            typed = await _typed(request)
            await self._key(request, typed.get("key") or typed.get("api_key", ""))
            if not _blog(typed):
                raise _Refused("invalid", 'Empty "blog" value')
        except _Refused as refused:
            return refused.response()
        return PlainTextResponse("valid")

    def served(self, call: Call) -> Callable[[Request], Awaitable[Response]]:
        """An endpoint of ``call``: with a valid key, within its limits."""

        async def endpoint(request: Request) -> Response:
            try:
                typed = await _typed(request)
                key = await self._key(request, typed.get("api_key", ""))
                if not _blog(typed):
                    raise _missing("blog")
                await self._within(request, key, typed)
                return await call(key, typed)
            except _Refused as refused:
                return refused.response()

        return endpoint

    async def comment_check(self, key: KeyRow, typed: dict[str, str]) -> Response:
        """``true`` (spam) or ``false``"""
        what = _submission(typed)
        if not what.ip:
            raise _missing("user_ip")
        verdict = await sites.check(self._app, key, typed["blog"], what)
        headers = {"x-akismet-debug-help": _explained(verdict)}
        if verdict.verdict == "discard" or (what.test and typed.get("test_discard")):
            headers["x-akismet-pro-tip"] = "discard"
        return PlainTextResponse("false" if verdict.public else "true", headers=headers)

    async def submit_spam(self, key: KeyRow, typed: dict[str, str]) -> Response:
        """Missed spam."""
        await sites.submit(self._app, key, typed["blog"], _submission(typed), spam=True)
        return PlainTextResponse(THANKS)

    async def submit_ham(self, key: KeyRow, typed: dict[str, str]) -> Response:
        """A false positive."""
        await sites.submit(self._app, key, typed["blog"], _submission(typed), spam=False)
        return PlainTextResponse(THANKS)

    # ── 1.2 ─────────────────────────────────────────────────────────────────────────────────────

    async def usage_limit(self, request: Request) -> Response:
        """``{limit, usage, percentage, throttled}``; limit ``none`` where there is none."""
        try:
            key = await self._key(request, _asked(request))
        except _Refused as refused:
            return refused.response()
        used = await sites.usage(self._app, key)
        share = 100 * used.calls / used.limit if used.limit else 0.0
        return JSONResponse(
            {
                "limit": used.limit or "none",
                "usage": used.calls,
                "percentage": f"{share:.2f}",
                "throttled": used.over,
            }
        )

    async def key_sites(self, request: Request) -> Response:
        """What each site asked in a month: JSON by the month's name, or CSV.

        Without any key (the PyPI client sends none here) nothing is listed.
        """
        asked = request.query_params
        given = _asked(request) or _label(request)
        month = _MONTH.fullmatch(asked.get("month", ""))
        number = int(month[1]) * 100 + int(month[2]) if month else sites.month_of(self._app)
        lines: list[dict[str, Any]] = []
        if given:
            try:
                key = await self._key(request, given)
            except _Refused as refused:
                return refused.response()
            lines = [_line(key, row) for row in await sites.sites(self._app, key, number)]
        only = asked.get("filter", "").casefold()
        lines = [line for line in lines if only in line["site"].casefold()]
        if asked.get("order") in _ORDERS:
            column = _ORDERS[asked["order"]]
            lines.sort(key=lambda line: -int(line[column]))
        limit, offset = _number(asked, "limit", sites.MAX_SITES), _number(asked, "offset", 0)
        page = lines[offset : offset + limit]
        name = f"{number // 100}-{number % 100:02}"
        if asked.get("format") == "csv":
            return PlainTextResponse(_csv(page, given, name, limit, offset), media_type="text/csv")
        return JSONResponse({name: page, "limit": limit, "offset": offset, "total": len(lines)})

    # ── keys ────────────────────────────────────────────────────────────────────────────────────

    async def _key(self, request: Request, given: str) -> KeyRow:
        """The valid key of a call."""
        given = given.strip() or _label(request)
        ip = _ip(request)
        row = await sites.find(self._app, given)
        if row is None:
            await self._count(request, "akismet_wrong", network(ip))
            raise _Refused("invalid", "The key is missing, unknown or revoked")
        return row

    async def _within(self, request: Request, key: KeyRow, typed: Mapping[str, str]) -> None:
        """Count a call; 429 beyond the key's limits."""
        await self._count(request, "akismet_key", str(key.id))
        if not _is_test(typed) and (await sites.usage(self._app, key)).over:
            raise _Refused("invalid", "The key has no calls left this month", 429, 86_400)

    async def _count(self, request: Request, rule: str, key: str) -> None:
        try:
            await rates.durable(self._app, rule, key, ip=_ip(request))
        except Fault as fault:
            seconds = fault.value or 60
            why = f"Too many calls: again in {seconds} s"
            raise _Refused("invalid", why, 429, seconds) from None


def _ip(request: Request) -> str:
    return request.client.host if request.client else ""


async def _typed(request: Request) -> dict[str, str]:
    try:
        return await forms.fields_of_program(
            request, FORM_BYTES, most=MAX_FIELDS, charset="blog_charset", known=CHARSETS
        )
    except forms.Unreadable as problem:
        raise _Refused("invalid", str(problem), 400) from None
    except forms.TooLong:
        raise _Refused("invalid", "The form is too long", 413) from None
    except ClientDisconnect:
        raise _Refused("invalid", "The form ended early", 400) from None


def _asked(request: Request) -> str:
    return request.query_params.get("api_key") or request.query_params.get("key", "")


def _label(request: Request) -> str:
    """The first label of the host, where it looks like a key."""
    label = request.headers.get("host", "").partition(".")[0].lower()
    return label if _KEY.fullmatch(label) else ""


def _blog(typed: Mapping[str, str]) -> str:
    """Every call names the site."""
    return typed.get("blog", "").strip()


def _missing(field: str) -> _Refused:
    return _Refused(f"Missing required field: {field}.", f'Empty "{field}" value', 400)


def _submission(typed: Mapping[str, str]) -> Submission:
    trap = typed.get("honeypot_field_name", "")
    return Submission(
        text=typed.get("comment_content", ""),
        author=typed.get("comment_author", ""),
        email=typed.get("comment_author_email", ""),
        site=typed.get("comment_author_url", ""),
        ip=typed.get("user_ip", ""),
        agent=typed.get("user_agent", ""),
        referrer=typed.get("referrer", ""),
        link=typed.get("permalink", ""),
        kind=typed.get("comment_type", "comment"),
        role=typed.get("user_role", ""),
        trap=bool(trap and typed.get(trap)),
        test=_is_test(typed),
        article=_context(typed),
    )


def _context(typed: Mapping[str, str]) -> str:
    """What is said of the page: ``comment_context[]``, key words or more, a line each."""
    told = [value for name, value in typed.items() if _CONTEXT.fullmatch(name)]
    return "\n".join(told)[:ARTICLE_MAX]


def _is_test(typed: Mapping[str, str]) -> bool:
    """Whether a call says that it is for a test."""
    return typed.get("is_test", "").strip().lower() not in ("", "0", "false")


def _explained(verdict: Verdict) -> str:
    """The reasons in one line of printable ASCII, as a header must be."""
    why = " ".join(service.sentence(reason, "en") for reason in verdict.reasons)
    said = f"{verdict.verdict} {verdict.score:.4f}: {why}".translate(_QUOTES)
    return " ".join(said.encode("ascii", "replace").decode().split())[:600]


def _line(key: KeyRow, row: Any) -> dict[str, Any]:
    return {
        "site": row.site,
        "api_calls": str(row.calls),
        "spam": str(row.spam),
        "ham": str(row.ham),
        "missed_spam": str(row.missed),
        "false_positives": str(row.wrong),
        "is_revoked": key.revoked_at is not None,
    }


def _csv(page: list[dict[str, Any]], key: str, month: str, limit: int, offset: int) -> str:
    text = io.StringIO()
    text.write(f"Active sites for {key or 'no key'} during {month} ")
    text.write(f"(limit:{limit}, offset: {offset}, total: {len(page)})\n")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(_COLUMNS)
    lines.writerows([*[*line.values()][:-1], str(line["is_revoked"]).lower()] for line in page)
    return text.getvalue()


def _number(asked: Mapping[str, str], name: str, default: int) -> int:
    text = asked.get(name, "")
    known = text.isascii() and text.isdecimal() and len(text) < 10
    return min(int(text), 10**6) if known else default
