"""Why something is reported: the tree of ``schema/report-options.json``.

A client walks it with messages.report: the empty option gives the first question, a branch the next
one, a leaf a field for words or the end. Options are paths, ``illegal/hate``. The reasons of older
clients and of account.reportPeer are names of their own, ``spam``.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import msgspec

from petitbleu.catalogues import Catalogue
from petitbleu.config import Config
from petitbleu.resources import schema_text
from petitbleu.typography import colon

_TEXTS = Catalogue("members", "report_options")
"""``illegal/hate.text`` and ``illegal.title`` for each path; ``title`` for the first question."""
SAID = "!"
"""Ends the option of a leaf whose field for words was shown: what comes now is the report."""


class Leaf(NamedTuple):
    """Where the questions end."""

    reason: str
    """The path, as it is stored."""
    to: tuple[str, ...]
    """Who looks: ``admins`` of the chat, ``desk``; empty: nobody, the reporter wants help."""
    comment: str
    """``none``, ``optional`` or ``required`` words."""
    category: str
    """Of the EU database of statements of reasons; empty: not about the law."""
    keyword: str
    urgent: bool


class Question(NamedTuple):
    """One question: its title, and (option, text) to choose from."""

    title: str
    options: list[tuple[bytes, str]]


@functools.cache
def _tree() -> dict[str, Any]:
    tree: dict[str, Any] = msgspec.json.decode(schema_text("report-options.json"))
    return tree


def _leaf(reason: str, node: dict[str, Any]) -> Leaf:
    return Leaf(
        reason,
        tuple(node.get("to", ("desk",))),
        node.get("comment", "none"),
        node.get("category", ""),
        node.get("keyword", ""),
        node.get("urgent", False),
    )


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) the texts of this room are written in."""
    return _TEXTS.language(*wishes)


def _node(path: str) -> dict[str, Any] | None:
    node = _tree()
    for step in path.split("/") if path else ():
        options = [option for option in node.get("options", ()) if option["id"] == step]
        if not options:
            return None
        node = options[0]
    return node


def question(option: str, lang: str, config: Config, *, group: bool) -> Question | None:
    """What is asked at ``option`` (a path; empty: the beginning); None where nothing is.

    ``group``: the chat has admins one can turn to.
    """
    node = _node(option)
    if node is None or "options" not in node:
        return None
    before = f"{option}/" if option else ""
    texts = _TEXTS[lang]
    words = {"name": config.name, "emergency": config.moderation.emergency}
    return Question(
        texts[f"{option}.title" if option else "title"].format(**words),
        [
            ((before + one["id"]).encode(), texts[f"{before}{one['id']}.text"].format(**words))
            for one in node["options"]
            if group or one.get("where") != "chat"
        ],
    )


def leaf(option: str) -> Leaf | None:
    """The end of the questions that ``option`` (a path or the name of a reason) stands for."""
    reason = _tree()["reasons"].get(option)
    if reason is not None:
        return _leaf(option, reason)
    node = _node(option)
    return None if node is None or "options" in node else _leaf(option, node)


def text(reason: str, lang: str, config: Config) -> str:
    """A stored reason in words: every step of its path."""
    texts = _TEXTS[lang]
    if reason in _tree()["reasons"]:
        return texts[f"{reason}.text"]
    steps = reason.split("/")
    paths = ["/".join(steps[: n + 1]) for n in range(len(steps))]
    words = {"name": config.name, "emergency": config.moderation.emergency}
    said = [texts[f"{path}.text"].format(**words) for path in paths if _node(path) is not None]
    return colon(lang).join(said)
