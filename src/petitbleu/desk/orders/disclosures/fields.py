"""What can be disclosed, field by field, each with its class of data.

Classes: Reg. (EU) 2023/1543 art. 3: subscriber, access ("requested solely to identify the user"),
traffic, content.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.catalogues import Catalogue

SUBSCRIBER, ACCESS, TRAFFIC, CONTENT = "subscriber", "access", "traffic", "content"
JUDGE_NEEDED = frozenset({TRAFFIC, CONTENT})
"""Classes that only a judge or court orders (art. 4(2))."""


class Field(NamedTuple):
    """One thing that can be given: the file it stands in, and its class."""

    file: str
    kind: str


_TEXTS = Catalogue("desk", "fields")
FIELDS = {
    "name": Field("subscriber", SUBSCRIBER),
    "username": Field("subscriber", SUBSCRIBER),
    "phone": Field("subscriber", SUBSCRIBER),
    "email": Field("subscriber", SUBSCRIBER),
    "country": Field("subscriber", SUBSCRIBER),
    "created_at": Field("subscriber", SUBSCRIBER),
    "sign_ins": Field("sign_ins", ACCESS),
    "devices": Field("devices", ACCESS),
    "traffic": Field("traffic", TRAFFIC),
    "messages": Field("messages", CONTENT),
}


def name(field: str, language: str) -> str:
    """What people call a field."""
    return _TEXTS[language][field]


def classes(names: tuple[str, ...]) -> set[str]:
    """The classes of data of some fields."""
    return {FIELDS[name].kind for name in names}
