"""Which host a request came by: the instance's own, or the domain of one channel.

On a channel's domain that channel answers, with its media and forms, and copies of the legal pages;
everything else that this server has is 404 there, and no cookie is set. A host that nobody claimed
is no site: :mod:`petitbleu.web.hosts` says what such a one gets.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from starlette.types import Scope

from petitbleu.app import App
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.restrictions import readers
from petitbleu.web import hosts

SITE = "petitbleu.site"
"""Key of a request's scope: the :class:`OwnDomain`; absent on the instance's own hosts."""
COPIES = (
    *("/contact", "/signaler", "/regles", "/transparence", "/confidentialite", "/accessibilite"),
    "/mentions-legales",
)
"""Legal pages that stand on each domain; those where people find their cases are the instance's
alone, and links lead there."""
_ALIKE = frozenset(
    {*COPIES, "/", "/robots.txt", "/sitemap.xml", "/news-sitemap.xml", "/favicon.ico", "/oembed"}
)
_BELOW = re.compile(
    r"/(?:static/.+|signaler/adresse/[^/]+|transparence/\d+/\d+/\d+/[^/]+"
    r"|\.well-known/petitbleu-[0-9a-f]{32})"
)
_NAMED = re.compile(r"/(?:(?:s|m|share/mastodon)/)?([A-Za-z]\w{2,31})(?:/.*)?")
_OTHERS = frozenset(
    {"desk", "app", "dev", "admin", "control", "join", "joinchat", "api", "apiw", "healthz",
     "metrics", "akismet", "hub", "comment", "newsletter", "tag", "share", "static", "signaler",
     "transparence", "decision", "suivi", "autorites"}
)  # fmt: skip
"""First parts of addresses that are never a channel's on its domain."""
_HOSTS_KNOWN = 2000


class OwnDomain(NamedTuple):
    """The domain of a channel."""

    host: str
    channel: int
    page: Page | None = None
    """What its header shows; None: nobody can read it now."""


@lru_cache(_HOSTS_KNOWN)
def _host(given: bytes) -> str:
    """The host of a Host header; empty where it is none that anybody could claim."""
    host = hosts.host_of([given.decode("latin-1")])
    if host is None:  # with a dot behind it, a browser shows the same page
        host = hosts.host_of([re.sub(r"\.(?=$|:)", "", given.decode("latin-1"), count=1)])
    return "" if host is None or "." not in host or service.is_address(host) else host


class Sites:
    """Finds the site of each request of one instance."""

    __slots__ = ("_app", "_own")

    def __init__(self, app: App) -> None:
        self._app = app
        self._own = service.own_hosts(app)

    def known(self, scope: Scope) -> OwnDomain | bool | None:
        """The site of a request from memory; None: it has none, False: it has to be looked up."""
        host = self._named(scope)
        if not host or host in self._own:
            return None
        channel = service.known_channel(self._app, host)
        if channel is None:
            return False
        return OwnDomain(host, channel) if channel else None

    async def look_up(self, scope: Scope) -> OwnDomain | None:
        """The site of a request; None: it has none."""
        host = self._named(scope)
        channel = await service.channel_on(self._app, host)
        return OwnDomain(host, channel) if channel else None

    async def opened(self, site: OwnDomain, scope: Scope) -> OwnDomain:
        """The site with what its header shows to this reader."""
        page = await service.load_page(self._app, site.channel)
        if page is not None:
            client, told = scope.get("client"), str(scope.get("petitbleu.country") or "")
            country = readers.country(self._app, client[0] if client else "", told)
            if service.held_back(await service.where(self._app, page.chat, country)) is not None:
                page = None
        return site._replace(page=page)

    async def serves(self, site: OwnDomain, path: str) -> bool:
        """Whether an address means anything on the domain."""
        if path in _ALIKE or _BELOW.fullmatch(path):
            return True
        match = _NAMED.fullmatch(path)
        if match is None or path.split("/", 2)[1].lower() in _OTHERS - {"share"}:
            return False
        return await self._is_of(site, match[1])

    async def _is_of(self, site: OwnDomain, name: str) -> bool:
        peer = await usernames.resolve(self._app.store, name)
        if peer is None:
            peer = await usernames.former(self._app, name)
        return peer == site.channel

    @staticmethod
    def _named(scope: Scope) -> str:
        return next((_host(value) for name, value in scope["headers"] if name == b"host"), "")


def site_of(scope: Scope) -> OwnDomain | None:
    """The site of a request."""
    site: OwnDomain | None = scope.get(SITE)
    return site


def key(scope: Scope) -> str:
    """What tells answers apart that differ by host alone."""
    site: OwnDomain | None = scope.get(SITE)
    return site.host if site is not None else ""


def icon(scope: Scope) -> str:
    """The path of the logo on a channel's domain; empty: there is none."""
    site = site_of(scope)
    logo = views.logo(site.page.identity) if site is not None and site.page is not None else None
    return f"/m/{site.page.name}/logo/{logo[0]}" if site and site.page and logo else ""
