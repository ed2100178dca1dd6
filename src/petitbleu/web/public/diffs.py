"""What changed between two texts, word by word, with marks that are heard as well as seen."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup

from petitbleu.web.public.characters import clean
from petitbleu.web.public.texts import Writer

_SIGN = "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_PIECE = re.compile(rf"\n|{_SIGN}|[^\s]+?(?={_SIGN}|\s|$)[^\S\n]*|[^\S\n]+")
_KEPT = 40
"""Words that are shown before and behind a change; of more that stayed, the rest is left out."""


def html(before: str, after: str, w: Writer) -> Markup:
    """The text ``after`` with what was taken out of ``before`` and what came in."""
    old, new = _PIECE.findall(clean(before)), _PIECE.findall(clean(after))
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            parts.append(_kept(new[c:d], first=c == 0, last=d == len(new)))
            continue
        if b > a:
            parts.append(_marked("del", old[a:b], w))
        if d > c:
            parts.append(_marked("ins", new[c:d], w))
    return Markup("").join(parts)


def _kept(pieces: list[str], *, first: bool, last: bool) -> Markup:
    if len(pieces) <= 2 * _KEPT:
        return _lines(pieces)
    before = Markup("") if first else _lines(pieces[:_KEPT])
    behind = Markup("") if last else _lines(pieces[-_KEPT:])
    return before + Markup(" […] ") + behind


def _lines(pieces: list[str]) -> Markup:
    return Markup("<br>").join("".join(pieces).split("\n"))


def _marked(name: str, pieces: list[str], w: Writer) -> Markup:
    text = "".join(pieces)
    behind = text[len(text.rstrip()) :]
    inner = Markup("<br>").join(text.rstrip().split("\n"))
    if not text.strip():
        return _lines(pieces) if name == "ins" else Markup("")
    begin = Markup('<{}><span class="beside">[{}{}</span>').format(name, w.t[name], w.t["colon"])
    end = Markup('<span class="beside">]</span></{}>').format(name)
    return begin + inner + end + _lines([behind])
