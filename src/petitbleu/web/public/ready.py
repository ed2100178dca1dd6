"""Kept pages answered before routing: from memory, without a look at the database.

Only what was checked at this very moment (``cache.py``) and is the same for every reader of a
language: a page that depends on the country, carries a token or is counted against its reader goes
the long way (``door.py:kept_as``), as does the first request after a commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.types import Scope

from petitbleu.app import App
from petitbleu.web.pages import Pages
from petitbleu.web.public import audience, cache, coding, sites
from petitbleu.web.public.cache import Checked, Sent
from petitbleu.web.public.door import answer
from petitbleu.web.texts import TEXTS

EVERYBODY = ""
"""The scope of pages that are the same in every country."""
_HEADER_MAX = 200
"""Longer headers are read anew each time."""
_HEADERS_KNOWN = 1000


class Ready:
    """The pages of one instance. ``headers``: those that every answer has, unless it says so
    itself."""

    __slots__ = ("_accepted", "_app", "_cache", "_headers", "_wanted")

    def __init__(self, app: App, pages: Pages, headers: Mapping[str, str]) -> None:
        self._app = app
        self._cache = app.parts[cache.PAGE_CACHE]
        self._headers = headers
        self._accepted = lru_cache(_HEADERS_KNOWN)(pages.accepted)
        self._wanted = lru_cache(_HEADERS_KNOWN)(coding.wanted)

    def find(self, scope: Scope) -> Sent | None:
        """The answer to a request; None: it has to be made or looked at. Its scope has the moment
        at which it came from then on."""
        at = scope[cache.MOMENT] = cache.moment(self._app)
        method = scope["method"]
        if method not in ("GET", "HEAD") or self._developer(scope):
            return None
        given: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            given.setdefault(name, value)
        query = scope["query_string"]
        where = (sites.key(scope), scope["path"])
        key = (*where, query, self._language(query, _text(given, b"accept-language")))
        found = self._cache.checked((*key, EVERYBODY), at, self._app.clock.now())
        if found is None:
            return None
        sent = self._sent(found, given)
        if found.looked is not None and method == "GET" and sent.status in (200, 304):
            who = audience.visitor(scope, given)
            if who is not None:
                found.looked(who)
        return sent

    def _developer(self, scope: Scope) -> bool:
        """Whether the front page may be another one for who asks."""
        return (
            scope["path"] == "/"
            and self._app.config.dev
            and bool(scope.get("petitbleu.loopback"))
            and sites.SITE not in scope
        )

    def _language(self, query: bytes, accepted: str) -> str:
        if b"lang=" in query:
            asked = dict(parse_qsl(query.decode("latin-1"))).get("lang", "")
            if asked in TEXTS:
                return asked
        # No more of it counts.
        return self._accepted(accepted[:_HEADER_MAX])

    def _sent(self, found: Checked, given: Mapping[bytes, bytes]) -> Sent:
        accepted = _text(given, b"accept-encoding")
        short = len(accepted) <= _HEADER_MAX
        form = self._wanted(accepted) if short else coding.wanted(accepted)
        known = found.sent.get(form)
        if known is not None and b"if-none-match" not in given:
            return known
        asked = {"accept-encoding": accepted, "if-none-match": _text(given, b"if-none-match")}
        made = answer(asked, found.page, self._cache)
        headers = list(made.raw_headers)
        said = {name for name, _ in headers}
        for name, value in self._headers.items():
            if name.encode() not in said:
                headers.append((name.encode(), value.encode("latin-1")))
        sent = Sent(made.status_code, headers, bytes(made.body))
        if b"if-none-match" not in given:
            found.sent[form] = sent
        return sent


def _text(given: Mapping[bytes, bytes], name: bytes) -> str:
    return given.get(name, b"").decode("latin-1")
