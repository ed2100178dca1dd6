"""A target as somebody wrote it (a link, a @name, a number), taken apart; nothing is looked up.

What it means here is said by ``decisions/resolve.py``.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from petitbleu import ids

_NAME = re.compile(r"@?([A-Za-z]\w{2,31})")
_NUMBER = re.compile(r"-?[0-9]{1,18}")
_DEFANGED = re.compile(r"\[([.:/])\]|\((\.)\)|[\[(]dot[\])]", re.I)
_SCHEME = re.compile(r"hxxp(?=s?:)|h\*\*p(?=s?:)", re.I)


class Target(NamedTuple):
    """A name or a number of a peer, and what of it is meant; 0 and empty: not said."""

    name: str = ""
    number: int = 0
    post: int = 0
    comment: int = 0


def _link(text: str) -> Target | None:
    """A link taken apart; None where it is none."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:
        return None
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.scheme == "tg":
        number = _int(asked.get("post", asked.get("msg_id", "")))
        if "channel" in asked and _NUMBER.fullmatch(asked["channel"]):
            return Target(number=ids.peer_of_channel(int(asked["channel"])), post=number)
        return Target(asked.get("domain", ""), 0, number, _int(asked.get("comment", "")))
    path = [part for part in parts.path.split("/") if part]
    path = path[1:] if path[:1] == ["s"] else path
    if len(path) >= 2 and path[0] == "c" and _NUMBER.fullmatch(path[1]):
        post = _int(path[-1]) if len(path) > 2 else 0
        return Target(number=ids.peer_of_channel(int(path[1])), post=post)
    if not path or not _NAME.fullmatch(path[0]):
        return None
    name = path[0].removeprefix("@")
    if len(path) == 1:
        return Target(name)
    written = next((part for part in reversed(path[1:]) if _int(part)), "")
    comment = asked.get("comment") or parts.fragment.removeprefix("c")
    return Target(name, post=_int(written), comment=_int(comment))


def _int(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def bare(written: str) -> str:
    """A link that was made harmless (``hxxps://chat[.]example/name/7``) as it was before; those who
    fight terrorism and fraud write them so."""
    text = _SCHEME.sub("http", written, count=1)
    return _DEFANGED.sub(lambda match: match[1] or match[2] or ".", text)


def parse(written: str) -> Target | None:
    """A target taken apart, without looking anything up."""
    text = bare(written.strip().strip("<>"))
    if _NUMBER.fullmatch(text):
        return Target(number=int(text))
    match = _NAME.fullmatch(text)
    if match is not None:
        return Target(match[1])
    return _link(text) if "/" in text or text.startswith("tg:") else None
