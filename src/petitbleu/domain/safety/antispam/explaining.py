"""The filter's reasons as sentences, for whoever judges a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from petitbleu.catalogues import Catalogue
from petitbleu.domain.safety.antispam.features import CUT
from petitbleu.domain.safety.antispam.rules import Finding

TEXTS = Catalogue("members", "antispam")
_PIECES = {
    **dict.fromkeys(("door", "phone", "onsite", "alone", "called"), "says"),
    **dict.fromkeys(("link-like", "site-like"), "like"),
}
_FIGURE = re.compile(r"\d+")


def sentence(one: Finding, lang: str) -> str:
    """A reason in words. One that no word is known for (of a later version) stands as it is."""
    t = TEXTS[lang]
    if one.name in ("learnt", "seed"):
        return _thought(t, one)
    if one.name == "outside":
        answer = next((a for a in ("discard", "spam") if one.words.endswith(a)), "down")
        return t[f"outside.{answer}"]
    if one.name not in t:
        return one.words
    figure = _FIGURE.search(one.words) if one.name in ("haste", "links") else None
    return t[one.name].format(figure[0] if figure is not None else one.words)


def _thought(t: Mapping[str, str], one: Finding) -> str:
    said = _mark(t, one.words)
    said = said[:1].upper() + said[1:]
    spam = one.weight >= 0.5
    if one.name == "seed":
        return t["seed.spam" if spam else "seed.good"].format(said)
    share = one.weight if spam else 1 - one.weight
    return t["spam" if spam else "good"].format(said, round(share * 100))


def _mark(t: Mapping[str, str], mark: str) -> str:
    """A mark in words; one that no word is known for (of an earlier version) as it is."""
    kind, _, value = mark.partition(":")
    if f"mark.{kind}.{value}" in t:
        return t[f"mark.{kind}.{value}"]
    if f"mark.{kind}" not in t:
        return mark
    return t[f"mark.{kind}"].format(_value(t, kind, value))


def _value(t: Mapping[str, str], kind: str, value: str) -> str:
    if kind == "length" and value.isdigit():
        return str(1 << int(value) >> 1)
    if kind == "about":
        return _piece(t, ("about",), value.partition("/")[0])
    if kind in ("word", "pair", "in-name", "in-host"):
        return " ".join(f"{word}…" if len(word) == CUT else word for word in value.split())
    if kind == "links":
        return "4+" if value == "4" else value
    if kind in ("fits", "praise"):
        whose, _, like = value.partition("/")
        return f"{t.get(f'of.{whose}', whose)} ({t.get(f'like.{like}', like)})"
    if kind == "leads":
        return ", ".join(_piece(t, ("reach", "like", "about"), part) for part in value.split("/"))
    if kind == "speed":
        return t["speed.less" if value[0] == "<" else "speed.more"].format(value.lstrip("<>="))
    if kind == "own" and f"of.{value}" in t:
        return t[f"of.{value}"]
    if kind == "reach":
        value = value.removeprefix("bare-")
    return _piece(t, (_PIECES.get(kind, kind),), value)


def _piece(t: Mapping[str, str], kinds: Sequence[str], value: str) -> str:
    return next((t[f"{kind}.{value}"] for kind in kinds if f"{kind}.{value}" in t), value)
