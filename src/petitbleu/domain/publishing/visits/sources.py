"""Where a reader came from, as it is counted: the host of the page that led there, or a sign.

No host is a sign: each has a dot in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

DIRECT, INSIDE, MAIL, OTHER, FEED = "", "=", "@", "*", "~"
"""Nothing was said; another page of the same site; a mail program on the web; a site that is not
named; no reader, but a program that fetched a feed."""
SIGNS = (DIRECT, INSIDE, MAIL, OTHER, FEED)
_MAX = 300
_HOST = re.compile(r"(?=.{4,100}\Z)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\.[a-z][a-z0-9-]*[a-z0-9]")
_MAIL_LABELS = frozenset({"imp", "mail", "mailbox", "outlook", "roundcube", "webmail", "zimbra"})
_MAIL_HOSTS = (
    "mail.yahoo.com",
    "com.google.android.gm",
    "navigator.gmx.net",
    "messagerie.orange.fr",
)
_HOME = ("local", "localdomain", "lan", "home", "internal", "intranet", "corp", "private", "arpa")
"""Ends of names that only a network of its own knows: they would tell who reads."""


@lru_cache(2000)
def source(referrer: str, own: str) -> str:
    """How a visit with this Referer is counted on the site ``own`` (a Host header).

    An address of a machine, and a name that means something in one network alone, are not named:
    they can belong to the reader.
    """
    if not referrer:
        return DIRECT
    try:
        host = (urlsplit(referrer[:_MAX]).hostname or "").rstrip(".")
    except ValueError:
        return OTHER
    if host and host == _plain(own):
        return INSIDE
    labels = host.split(".")
    if host.endswith(_MAIL_HOSTS) or labels[0] in _MAIL_LABELS:
        return MAIL
    if not _HOST.fullmatch(host) or labels[-1] in _HOME:
        return OTHER
    return host.removeprefix("www.")


def _plain(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""
