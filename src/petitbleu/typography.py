"""Setting texts for people as their language does. A leaf.

Texts are written in the sources with plain spaces and set once, where a table of them is made or a
template is loaded: what people wrote, addresses and code are put in afterwards and stay as they
are. French rules are those of the Imprimerie nationale: a narrow no-break space before ``; ! ? »``
and after ``«``, a no-break space before ``:``, between a figure and its unit, after ``n°`` and
``article``; ``21 h 50``, ``4 000``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from babel import Locale

NARROW, WIDE = "\u202f", "\u00a0"
"""The no-break spaces of French."""

_SIGNS = [(f" {sign}", f"{NARROW}{sign}") for sign in ";!?»"]
_SIGNS += [("« ", f"«{NARROW}"), (" :", f"{WIDE}:")]
_NUMBER = re.compile(r"(?:(?<=\b[nN]°)|(?<=\b[aA]rt\.)|(?<=\b[aA]rticle)) (?=[\d{])")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BLANKS = re.compile(rf"\s{{2,}}|[^\S{NARROW}{WIDE}]")
_UNIT = re.compile(
    r"(?<=[\d}]) (?=(?:[%€]|(?:h|min|s|ans?|mois|jours?|heures?|minutes?|secondes?|semaines?"
    r"|caractères|octets|[KMG]i?o|o)(?![\w’])))"
)

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
}
"""The two languages that are written without CLDR's data; all others are written by them."""
_GERMAN = re.compile(r"\b(Art\.|Abs\.|Buchst\.|Nr\.|z\.) (?=\w|\{)|(?<=[\d}]) (?=[%€](?!\w))")

_Words = TypeVar("_Words")
"""A text, or texts in tuples and mappings."""


def spaced(lang: str, text: str) -> str:
    """``text`` with the no-break spaces of its language. French: no line begins with ``?``, ``:``
    or a unit. German: ``Art. 17`` and ``20 %`` stay together.
    """
    if lang == "de":
        return _GERMAN.sub(lambda one: f"{one[1] or ''}{WIDE}", text)
    if lang != "fr" or " " not in text:
        return text
    for plain, kept in _SIGNS:
        text = text.replace(plain, kept)
    return _UNIT.sub(WIDE, _NUMBER.sub(WIDE, _THOUSANDS.sub(NARROW, text)))


def table(texts: Mapping[str, _Words]) -> dict[str, _Words]:
    """language -> words, every text in them :func:`spaced`."""
    return {lang: cast(_Words, _set(lang, words)) for lang, words in texts.items()}


def _set(lang: str, words: object) -> object:
    if isinstance(words, str):
        return spaced(lang, words)
    if isinstance(words, tuple):
        return tuple(_set(lang, word) for word in words)
    if isinstance(words, Mapping):
        return {key: _set(lang, text) for key, text in words.items()}
    raise TypeError(f"no texts: {type(words).__name__}")


def joined(lang: str, day: str, hour: str) -> str:
    """A date and a time: 25 November 2026, 21:50"""
    return f"{day}{' à ' if lang == 'fr' else ', '}{hour}"


def one_line(text: str) -> str:
    """``text`` with its white space folded, for a subject or a line of a list; single no-break
    spaces stay.
    """
    return _BLANKS.sub(" ", text).strip()


def locale(lang: str) -> Locale:
    """CLDR's data of a language; of one that it does not know, those of English."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse({"en": "en_GB", "fr": "fr_FR"}.get(lang, lang))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def colon(lang: str) -> str:
    """What stands between a name and what is said of it."""
    return f"{WIDE}: " if lang == "fr" else ": "


def number(lang: str, value: int) -> str:
    """12,345"""
    if lang not in _MONTHS:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=locale(lang))
    shown = f"{value:,}"
    return shown.replace(",", NARROW) if lang == "fr" else shown


def decimal_sign(lang: str) -> str:
    """What stands before the decimals of a figure."""
    if lang in _MONTHS:
        return "," if lang == "fr" else "."
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(locale(lang))


def month_name(lang: str, month: int) -> str:
    """November"""
    if lang in _MONTHS:
        return _MONTHS[lang].split()[month - 1]
    return str(locale(lang).months["stand-alone"]["wide"][month])


def month(lang: str, year: int, month: int) -> str:
    """November 2026"""
    return f"{month_name(lang, month)} {year}"


def day(lang: str, on: date) -> str:
    """25 November 2026"""
    if lang not in _MONTHS:
        return _formatted(lang, on, "long")
    first = "1er" if lang == "fr" and on.day == 1 else str(on.day)
    return f"{first} {month(lang, on.year, on.month)}"


def day_of_year(lang: str, month: int, day: int) -> str:
    """25 November"""
    if lang not in _MONTHS:
        from babel.dates import format_skeleton

        return format_skeleton("MMMMd", datetime(2000, month, day), locale=locale(lang))
    return f"{'1er' if lang == 'fr' and day == 1 else day} {month_name(lang, month)}"


def weekday(lang: str, on: date) -> str:
    """Wednesday 25 November 2026"""
    if lang not in _MONTHS:
        return _formatted(lang, on, "full")
    return f"{_DAYS[lang].split()[on.weekday()]} {day(lang, on)}"


def short_day(lang: str, on: date) -> str:
    """2026-11-25; French: 25/11/2026."""
    if lang not in _MONTHS:
        return _formatted(lang, on, "medium")
    return f"{on:%d/%m/%Y}" if lang == "fr" else f"{on:%Y-%m-%d}"


def _formatted(lang: str, on: date, form: str) -> str:
    return _formatted_day(lang, date(on.year, on.month, on.day), form)


@lru_cache(maxsize=256)
def _formatted_day(lang: str, on: date, form: str) -> str:
    """Kept: the receipts of a day all name it."""
    from babel.dates import format_date

    return format_date(on, form, locale=locale(lang))


def short_moment(lang: str, at: datetime) -> str:
    """2026-11-25 21:50 CET; French: 25/11/2026 à 21 h 50 CET."""
    between = " à " if lang == "fr" else " "
    return f"{short_day(lang, at)}{between}{zoned(lang, at)}"


def hour(lang: str, at: datetime, *, seconds: bool = False) -> str:
    """21:50, or 21:50:07; French: 21 h 50, or 21 h 50 min 7 s."""
    if lang != "fr":
        return f"{at:%H:%M:%S}" if seconds else f"{at:%H:%M}"
    shown = f"{at.hour}{WIDE}h{WIDE}{at.minute:02}"
    return f"{shown}{WIDE}min{WIDE}{at.second}{WIDE}s" if seconds else shown


def zoned(lang: str, at: datetime) -> str:
    """21:50 CET"""
    return f"{hour(lang, at)}{WIDE if lang == 'fr' else ' '}{at.tzname()}"


def moment(lang: str, at: datetime, *, seconds: bool = False) -> str:
    """25 November 2026, 21:50 (CET), with the name of its zone; French: 25 novembre 2026 à 21 h 50
    (CET).
    """
    return f"{joined(lang, day(lang, at), hour(lang, at, seconds=seconds))} ({at.tzname()})"


def span(lang: str, seconds: int) -> str:
    """Hours and minutes, ``1 h 30 min``; from a day on ``2 d 3 h``. Rounded down: what is left is
    never overstated, and never looks like a time of the day. French: ``1 h 30``, ``2 j 3 h``.
    """
    minutes = max(seconds, 0) // 60
    days, rest = divmod(minutes, 24 * 60)
    if lang not in _MONTHS:
        return _measured(lang, days, rest)
    if lang != "fr":
        if days:
            return f"{days} d {rest // 60} h"
        whole = f"{rest // 60} h" if rest > 59 else ""
        return f"{whole} {rest % 60} min".strip() if rest % 60 or not whole else whole
    if days:
        return f"{days}{WIDE}j {rest // 60}{WIDE}h"
    if rest < 60:
        return f"{rest}{WIDE}min"
    return f"{rest // 60}{WIDE}h{WIDE}{rest % 60:02}"


def _measured(lang: str, days: int, rest: int) -> str:
    from babel.units import format_unit

    parts = [(days, "day"), (rest // 60, "hour"), (rest % 60 if not days else 0, "minute")]
    said = [
        format_unit(value, f"duration-{unit}", length="short", locale=locale(lang))
        for value, unit in parts
        if value or (unit == "minute" and not days and rest < 60)
    ]
    return " ".join(said)
