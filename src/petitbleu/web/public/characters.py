"""Which characters of people's texts pages and feeds carry.

Left out: control characters, halves of surrogate pairs and what XML cannot hold (XML 1.0 §2.2);
characters that turn the direction of what surrounds them (Unicode UAX #9: pages say directions with
markup); and marks piled upon a letter beyond what any language writes.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED = re.compile(f"({_MARK}{{3}}){_MARK}+")
_ODD = re.compile(
    f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]|{_MARK}{{4}}"
)
"""Finds out whether there is anything to do, which is seldom."""


def clean(text: str) -> str:
    """The text without them."""
    if _ODD.search(text) is None:
        return text
    return _PILED.sub(r"\1", _CONTROLS.sub("", text.translate(_OVERRIDES)))


def clean_output(value: Any) -> Any:
    """What a template prints: texts are cleaned, made markup and other values left alone."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
