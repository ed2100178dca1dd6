"""Words of the public pages, by language; how dates, numbers and sizes are written."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu import typography
from petitbleu.catalogues import Catalogue
from petitbleu.typography import spaced

TEXTS = Catalogue("readers", "public")


class Writer:
    """Dates and figures as a language writes them, in one time zone."""

    __slots__ = ("_full", "lang", "t", "zone")

    def __init__(self, lang: str, zone: str) -> None:
        self.lang = lang
        self.zone = ZoneInfo(zone)
        self.t = TEXTS[lang]
        self._full: dict[int, str] = {}
        """Times of the page so far: each is said several times."""

    def at(self, when: int) -> datetime:
        """Unix seconds as a local time."""
        return datetime.fromtimestamp(when, self.zone)

    def iso(self, when: int) -> str:
        """For ``datetime=`` and machines."""
        return self.at(when).isoformat()

    def month(self, year: int, month: int) -> str:
        """November 2026"""
        return typography.month(self.lang, year, month)

    def date(self, when: int) -> str:
        """25 November 2026"""
        return typography.day(self.lang, self.at(when))

    def day(self, when: int) -> str:
        """Wednesday 25 November 2026"""
        return typography.weekday(self.lang, self.at(when))

    def time(self, when: int) -> str:
        """18:41 CET"""
        return typography.zoned(self.lang, self.at(when))

    def full(self, when: int) -> str:
        """25 November 2026, 18:41 CET"""
        text = self._full.get(when)
        if text is None:
            text = typography.joined(self.lang, self.date(when), self.time(when))
            self._full[when] = text
        return text

    def number(self, value: int) -> str:
        """12,345"""
        return typography.number(self.lang, value)

    def locale(self, lang: str) -> str:
        """``fr_FR``, as Open Graph names a language of posts; empty where pages do not speak it."""
        return TEXTS[lang]["locale"] if lang in TEXTS else ""

    def percent(self, value: int) -> str:
        """42 %"""
        return spaced(self.lang, f"{value} %")

    def count(self, value: int, key: str) -> str:
        """The form of a text that goes with a figure, with the figure in it."""
        return TEXTS.plural(self.lang, key, value).format(self.number(value))

    def size(self, value: int) -> str:
        """1.4 MB"""
        amount, unit = float(value), 0
        while amount >= 1000 and unit < 3:
            amount, unit = amount / 1000, unit + 1
        shown = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
        shown = shown.replace(".", typography.decimal_sign(self.lang))
        return f"{shown}\u00a0{self.t[f'unit.{unit}']}"

    def seconds(self, value: int) -> str:
        """3:07"""
        hours, rest = divmod(value, 3600)
        minutes, seconds = divmod(rest, 60)
        if hours:
            return f"{hours}:{minutes:02}:{seconds:02}"
        return f"{minutes}:{seconds:02}"
