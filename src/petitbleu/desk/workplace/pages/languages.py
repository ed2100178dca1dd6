"""Languages as choices: in words of the reader's language, those of the Union first."""

from __future__ import annotations

from functools import cache

from petitbleu.desk.adjudication.eu_database import rules

_UNION = (
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it"),
    *("lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
)
"""The official languages of the European Union."""
UNKNOWN = ("", "und")
"""What is written where nobody has said which language it is."""


@cache
def groups(lang: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """(code, words), sorted by words: the languages of the Union, then the others that the EU
    database knows.
    """
    known = {code.lower() for code in rules.rules().values["languages"]}
    parts = (sorted(known & set(_UNION)), sorted(known - set(_UNION)))
    return tuple(
        tuple(
            sorted(
                ((code, words) for code in part if (words := name(code, lang)) != code),
                key=lambda one: one[1].lower(),
            )
        )
        for part in parts
    )


@cache
def name(code: str, lang: str) -> str:
    """``de`` -> German; the code where it has no name, a dash where there is no language."""
    from babel import Locale  # 50 ms that a server without pages does not need

    if code in UNKNOWN:
        return "–"
    return str(Locale(lang).languages.get(code.lower()) or code)
