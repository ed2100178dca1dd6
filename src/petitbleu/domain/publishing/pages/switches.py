"""What the owner of a public page decides, as it is kept (``channel_page.switches``)."""

from __future__ import annotations

import re
from typing import Any

import msgspec

SHARES = ("copy", "facebook", "x", "linkedin", "pinterest", "mastodon", "mail", "app")
"""What a share row may hold, in its order where the owner gives none."""
ROBOTS = ("index", "noarchive", "noindex")
"""Search engines: may list it; may list it but keep no copy; may not."""
COMMENTS = ("closed", "members", "held", "direct")
"""Nobody comments; members of the discussion group; guests after approval; guests at once."""
CHARTER_MAX, DAYS_MAX = 300, 3650
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_ORIGIN = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")


class Switches(msgspec.Struct, frozen=True, kw_only=True):
    """Each with what holds where the owner said nothing."""

    robots: str = "index"
    ai: bool = False
    """Whether programs that gather texts for language models may read it."""
    frames: tuple[str, ...] = ("*",)
    """Origins that may show posts in a frame; ``*``: any, empty: none."""
    share: tuple[str, ...] = SHARES
    comments: str = "held"
    comments_days: int = 0
    """Days after which guests may not comment on a post any more; 0: they always may."""
    charter: str = ""
    """What the owner says above the form for comments; one line."""
    pictures: bool = False
    """Whether pictures in comments are shown, each after an editor agreed."""
    members: bool = True
    """Whether the number of subscribers is shown."""
    press: bool = False
    """A news publisher: posts are articles, and new ones stand in the news sitemap."""
    newsletter: bool = False
    """Whether readers may have the posts sent to them by e-mail."""
    history: bool = False
    """Whether readers may see what articles said before they were edited."""
    language: str = ""
    """Of the posts (ISO 639); empty: the first that the instance speaks."""
    official: str = ""
    """Who vouches that the channel is whose it says; set by the operator alone (no switch)."""

    alts: int = 0
    """How often descriptions of pictures, and which of them are shown in comments, were changed (no
    switch)."""


class Invalid(Exception):
    """A switch that does not exist or a value it cannot have; the text is one sentence."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Switches).decode


def encode(switches: Switches) -> bytes:
    """The stored form."""
    return _encode(switches)


def decode(stored: bytes) -> Switches:
    """What :func:`encode` made."""
    return _decode(stored)


def counted(switches: Switches) -> Switches:
    """The same after one more change of :attr:`Switches.alts`."""
    return msgspec.structs.replace(switches, alts=switches.alts + 1)


def written(value: Any) -> str:
    """A switch as people type it."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ",".join(value) or "none"
    return str(value) or "off"


def changed(switches: Switches, name: str, value: str) -> Switches:
    """The switches with one of them set as somebody typed it. Raises Invalid."""
    read = _READ.get(name)
    if read is None:
        raise Invalid(f"there is no switch “{name}”; there are {', '.join(sorted(_READ))}")
    return msgspec.structs.replace(switches, **{name: read(value.strip())})


def _yes(value: str) -> bool:
    if value in ("on", "yes", "oui", "an", "ja"):
        return True
    if value in ("off", "no", "non", "aus", "nein"):
        return False
    raise Invalid(f"“{value}” is neither on nor off")


def _one_of(*words: str) -> Any:
    def read(value: str) -> str:
        if value not in words:
            raise Invalid(f"“{value}” is none of {', '.join(words)}")
        return value

    return read


def _language(value: str) -> str:
    code = value.lower()
    if code in ("auto", "off", ""):
        return ""
    if not _LANGUAGE.fullmatch(code):
        raise Invalid(f"“{value}” is no code of a language, like fr or en")
    return code


def _share(value: str) -> tuple[str, ...]:
    if value in ("off", "none", ""):
        return ()
    if value in ("on", "all"):
        return SHARES
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    for name in names:
        _one_of(*SHARES)(name)
    return names


def _frames(value: str) -> tuple[str, ...]:
    if value in ("off", "none", ""):
        return ()
    if value in ("on", "any", "*"):
        return ("*",)
    origins = tuple(dict.fromkeys(part.strip().rstrip("/").lower() for part in value.split(",")))
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise Invalid(f"“{origin}” is no origin like https://www.example.org")
    return origins


def _days(value: str) -> int:
    if value in ("off", "never", "jamais", "nie", ""):
        return 0
    if not (value.isascii() and value.isdigit() and len(value) < 6 and int(value) <= DAYS_MAX):
        raise Invalid(f"“{value}” is no number of days up to {DAYS_MAX}")
    return int(value)


def _line(value: str) -> str:
    line = " ".join(value.split())
    if len(line) > CHARTER_MAX:
        raise Invalid(f"the charter has {len(line)} characters; at most {CHARTER_MAX} are shown")
    return line


_READ: dict[str, Any] = {
    "robots": _one_of(*ROBOTS),
    "ai": _yes,
    "frames": _frames,
    "share": _share,
    "comments": _one_of(*COMMENTS),
    "comments_days": _days,
    "charter": _line,
    "pictures": _yes,
    "members": _yes,
    "press": _yes,
    "newsletter": _yes,
    "history": _yes,
    "language": _language,
}
NAMES = tuple(_READ)
"""The switches, in the order in which they are shown."""
WORDS: dict[str, tuple[str, ...]] = {
    "robots": ROBOTS,
    "comments": COMMENTS,
    "share": SHARES,
    **{name: ("on", "off") for name, read in _READ.items() if read is _yes},
}
"""The values of a switch where they are known words; of ``share`` several may stand together."""
