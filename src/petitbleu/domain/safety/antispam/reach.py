"""Where a text sends its reader: links, bare host names, addresses, numbers, names in messengers.

Pure. Only top-level names that exist are taken for one (``fini.Merci`` is no host); ``.example`` is
among them (RFC 2606), as this project's texts use no other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'\]\[)]+", re.IGNORECASE)
_ENDINGS = (
    "com|net|org|info|biz|shop|store|online|site|top|xyz|club|vip|click|link|live|life|pro|app|dev"
    "|icu|fun|win|bet|casino|loan|space|website|tech|agency|media|news|blog|world|today|bid|buzz"
    "|cam|chat|date|dating|review|trade|work|guru|email|finance|money|cash|health|services|example"
    "|fr|be|ch|ca|uk|de|es|it|nl|pl|pt|ru|cn|us|eu|io|co|me|tv|cc|in|ua|ro|cz|se|no|fi|dk|at|gr|tr"
    "|br|ar|mx|jp|kr|au|nz|za|bj|ci|sn|cm|tg|ma|tn|dz|ng|gh|ke|tk|ml|ga|cf|gq|ws|su|ly|gg|to|sh|ai"
)
_BARE = re.compile(
    rf"(?<![\w@./:-])(?:[a-z0-9](?:[a-z0-9-]{{0,62}})\.)+(?:{_ENDINGS})(?![\w-]|\.\w)"
    r"(?:/[^\s<>\"'\]\[)]*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\(?\d(?:[ .()\-\u00a0\u202f]{0,2}\d){6,14}(?![\w/-])")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d{2}\D+(?:19|20)\d{2}")
_AMOUNT = re.compile(
    r"(?<![\d+(])(?<!\d[ .])[1-9]\d{0,2}(?:[ .\u00a0\u202f]\d{3})+(?![ .\u00a0\u202f]?\d)"
)
_HANDLE = re.compile(r"(?<![\w@./])@[a-zA-Z][\w]{3,31}")
_REPLY = re.compile(r"^\s*@\w+")
"""A text that begins so answers somebody: no way to reach anybody."""
_PARTNER = re.compile(
    r"[?&](?:ref|aff|affid|partner|promo|code|coupon|utm_\w+|r|sponsor)=|/(?:r|ref|aff|go|out)/"
)
_CODE = re.compile(r"/(?=\w*\d)(?=\w*[a-zA-Z])\w{3,9}/?")
_PAGE = re.compile(
    r"\.(?:pdf|csv|ods|xlsx?|docx?|html?|aspx|php|jpe?g)$|/\w+(?:[-/]\w+){2,}", re.IGNORECASE
)


class Link(NamedTuple):
    """A link of a text. ``bare``: without scheme."""

    host: str
    path: str
    bare: bool

    @property
    def shape(self) -> str:
        """``partner`` (somebody is paid for the visit), ``code``, ``page``, ``home``, ``other``."""
        if _PARTNER.search(self.path):
            return "partner"
        if self.path in ("", "/"):
            return "home"
        if _CODE.fullmatch(self.path):
            return "code"
        return "page" if _PAGE.search(self.path) else "other"


class Reach(NamedTuple):
    """All ways a text names, each in its order."""

    links: tuple[Link, ...]
    mails: tuple[str, ...]
    phones: int
    handles: int

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return bool(self.links or self.mails or self.phones or self.handles)


@lru_cache(maxsize=16)
def find_contacts(text: str) -> Reach:
    """The ways to reach somebody that ``text`` names."""
    links = [_link(address, bare=False) for address in _LINK.findall(text)]
    rest = _LINK.sub(" ", text)
    mails = tuple(mail.casefold() for mail in _MAIL.findall(rest))
    rest = _MAIL.sub(" ", rest)
    links += [_link(address, bare=True) for address in _BARE.findall(rest)]
    rest = _AMOUNT.sub(" ", _DATE.sub(" ", _BARE.sub(" ", rest)))
    return Reach(
        links=tuple(link for link in links if link is not None),
        mails=mails,
        phones=len(_PHONE.findall(rest)),
        handles=len(_HANDLE.findall(_REPLY.sub(" ", rest))),
    )


def without(text: str) -> str:
    """``text`` without its links and addresses."""
    return _BARE.sub(" ", _MAIL.sub(" ", _LINK.sub(" ", text)))


def host_of(address: str) -> str:
    """The host name of a web address, lower case, without ``www.``; '' where it has none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")[:80]


def _link(address: str, *, bare: bool) -> Link | None:
    host = host_of(address)
    if not host:
        return None
    _, _, rest = address.partition("://")
    _, slash, path = (rest or address).partition("/")
    return Link(host, (slash + path).rstrip(".,;:!?")[:200], bare)
