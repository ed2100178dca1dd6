"""Whether a text may hold personal data: what must never reach a public database (Art. 24(5) DSA).

A statement with a finding is not queued; the person who decides rewords it. So a finding says what
was seen and where. We look for what can be recognised with certainty enough: e-mail addresses,
telephone numbers, @names, links, network addresses, and the names of the accounts concerned.
"""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from petitbleu.resources import schema_text

TEXTS = (
    "decision_visibility_other",
    "decision_monetary_other",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "incompatible_content_ground",
    "incompatible_content_explanation",
    "content_type_other",
    "category_specification_other",
    "decision_facts",
    "source_identity",
)
"""Fields of a statement that people write."""

EMAIL, PHONE, HANDLE, LINK, ADDRESS, NAME = "email", "phone", "handle", "link", "ip", "name"
_WORDS = {
    EMAIL: "an e-mail address",
    PHONE: "a telephone number",
    HANDLE: "an @name",
    LINK: "a link",
    ADDRESS: "a network address",
    NAME: "the name of an account concerned",
}
_PHONE_DIGITS = range(9, 16)

_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@])@\w{3,}")
_SCHEME = re.compile(r"\b[a-z][a-z0-9+.-]{1,12}://\S+|\bwww\.\S+|\btg:\S+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<![\w.@-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,})\b", re.I)
_IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])", re.IGNORECASE)
_HARMLESS = re.compile(r"\bPB-\d{4}-\d{6,9}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{2}/\d{2}/\d{4}\b")
"""Our own numbers, and dates: digits that are nobody's telephone."""
_DIGITS = re.compile(r"(?<![\w])\+?\(?\d[\d\s().\-/\u00a0\u202f]{6,24}\d(?!\w)")


class Finding(NamedTuple):
    """Something that looks like personal data."""

    field: str
    kind: str
    seen: str

    def __str__(self) -> str:
        return f"{self.field} seems to hold {_WORDS[self.kind]}: “{self.seen}”"


@functools.cache
def _endings() -> frozenset[str]:
    lines = schema_text("link-endings.txt").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.lower().split())


def find(text: str, names: Iterable[str] = ()) -> list[tuple[str, str]]:
    """``(kind, what was seen)`` for everything in ``text``. ``names``: of accounts concerned."""
    findings = [(EMAIL, seen) for seen in _EMAIL.findall(text)]
    rest = _EMAIL.sub(" ", text)
    findings += [(LINK, seen) for seen in _SCHEME.findall(rest)]
    rest = _SCHEME.sub(" ", rest)
    findings += [(HANDLE, seen) for seen in _HANDLE.findall(rest)]
    findings += [
        (LINK, match[0]) for match in _DOMAIN.finditer(rest) if match[1].lower() in _endings()
    ]
    addresses = [
        address for address in (*_IPV4.findall(rest), *_IPV6.findall(rest)) if _is_address(address)
    ]
    findings += [(ADDRESS, seen) for seen in addresses]
    for seen in addresses:
        rest = rest.replace(seen, " ")
    findings += [(PHONE, seen) for seen in _phones(_HARMLESS.sub(" ; ", rest))]
    return findings + [(NAME, name) for name in dict.fromkeys(names) if _named(text, name)]


def _is_address(written: str) -> bool:
    try:
        ipaddress.ip_address(written)
    except ValueError:
        return False
    return written != "::"


def _phones(text: str) -> Iterable[str]:
    for seen in _DIGITS.findall(text):
        digits = sum(letter.isdigit() for letter in seen)
        if digits in _PHONE_DIGITS or (seen[0] == "+" and digits >= 8):
            yield seen.strip()


def _named(text: str, name: str) -> bool:
    """Whether a name stands in a text. One word alone counts only as it is written: many first
    names are also words.
    """
    name = name.strip()
    if len(name) < 3:
        return False
    flags = re.IGNORECASE if " " in name or name.startswith("@") else 0
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags) is not None


def check(statement: Mapping[str, Any], names: Iterable[str] = ()) -> list[Finding]:
    """Findings in the texts of a statement."""
    known = list(names)
    return [
        Finding(field, kind, seen[:80])
        for field in TEXTS
        if isinstance(text := statement.get(field), str)
        for kind, seen in find(text, known)
    ]
