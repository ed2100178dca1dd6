"""What the service chat answers by itself."""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.catalogues import Catalogue

TEXTS = Catalogue("members", "servicechat")


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) that answers are written in, else English."""
    return TEXTS.language(*wishes)


def say(lang: str, key: str) -> str:
    """One of the texts."""
    return TEXTS[lang][key]


def help(lang: str, commands: Iterable[str]) -> str:
    """The list of all commands; ``commands``: one line or a few each."""
    return TEXTS[lang]["help"].format(commands="\n".join([*commands, TEXTS[lang]["help.help"]]))
