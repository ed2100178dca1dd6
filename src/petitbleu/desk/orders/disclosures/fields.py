"""What can be disclosed, field by field, each with its class of data.

Classes: Reg. (EU) 2023/1543 art. 3: subscriber, access ("requested solely to identify the user"),
traffic, content.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.typography import table

SUBSCRIBER, ACCESS, TRAFFIC, CONTENT = "subscriber", "access", "traffic", "content"
JUDGE_NEEDED = frozenset({TRAFFIC, CONTENT})
"""Classes that only a judge or court orders (art. 4(2))."""


class Field(NamedTuple):
    """One thing that can be given: the file it stands in, and its class."""

    file: str
    kind: str
    text: dict[str, str]


_WRITTEN: dict[str, Field] = {
    "name": Field("subscriber", SUBSCRIBER, {"en": "name", "fr": "nom"}),
    "username": Field("subscriber", SUBSCRIBER, {"en": "public name", "fr": "nom public"}),
    "phone": Field("subscriber", SUBSCRIBER, {"en": "telephone number", "fr": "téléphone"}),
    "email": Field(
        "subscriber", SUBSCRIBER, {"en": "e-mail address", "fr": "adresse électronique"}
    ),
    "country": Field("subscriber", SUBSCRIBER, {"en": "country", "fr": "pays"}),
    "created_at": Field(
        "subscriber", SUBSCRIBER, {"en": "date of sign-up", "fr": "date d’inscription"}
    ),
    "sign_ins": Field(
        "sign_ins",
        ACCESS,
        {
            "en": "sign-ins: time, address, port",
            "fr": "connexions : heure, adresse, port",
        },
    ),
    "devices": Field("devices", ACCESS, {"en": "devices in use", "fr": "appareils utilisés"}),
    "traffic": Field(
        "traffic",
        TRAFFIC,
        {
            "en": "messages: time and chat, without text",
            "fr": "messages : heure et discussion, sans texte",
        },
    ),
    "messages": Field(
        "messages",
        CONTENT,
        {
            "en": "text of messages the person wrote",
            "fr": "texte des messages écrits par la personne",
        },
    ),
}
FIELDS = {name: one._replace(text=table(one.text)) for name, one in _WRITTEN.items()}


def classes(names: tuple[str, ...]) -> set[str]:
    """The classes of data of some fields."""
    return {FIELDS[name].kind for name in names}
