"""Measures, places, times and reasons in the words of letters."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable

import babel.lists

from petitbleu import typography
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions.form import ACTS, Form, Wanted
from petitbleu.desk.adjudication.decisions.resolve import Item
from petitbleu.desk.reference.law import kinds

_TEXTS = Catalogue("letters", "words")

OBSTACLES = (
    *("force_majeure", "impossible", "manifest_errors", "insufficient_information", "not_stored"),
    *("not_valid", "offence_not_covered", "service_not_covered", "immunity"),
    "third_country_law",
)
TCO_OBSTACLES = ("force_majeure", "impossible", "manifest_errors", "insufficient_information")
"""The grounds that Article 3(7) and (8) of Regulation (EU) 2021/784 know."""


class Words:
    """The words of one language, for one operator's zone."""

    def __init__(self, language: str, zone: str) -> None:
        self.language = language
        self._texts = _TEXTS[language]
        self._locale = typography.locale(language)
        self._zone = zoneinfo.ZoneInfo(zone)

    def date(self, at: int) -> datetime.date:
        """The date an instant falls on."""
        return datetime.datetime.fromtimestamp(at, self._zone).date()

    def moment(self, at: int) -> str:
        """Date and time with the zone: legal letters name both."""
        return typography.moment(self.language, datetime.datetime.fromtimestamp(at, self._zone))

    def day(self, day: datetime.date) -> str:
        """A date."""
        return typography.day(self.language, day)

    def date_of(self, at: int) -> str:
        """The date an instant falls on, in words."""
        return self.day(self.date(at))

    def countries(self, codes: Iterable[str]) -> str:
        """Names of countries; everywhere where there are none."""
        names = [self._locale.territories.get(code, code) for code in codes]
        if not names:
            return self._texts["everywhere"]
        return babel.lists.format_list(names, locale=self._locale)

    def item(self, item: Item, *, named: bool = True) -> str:
        """What a measure is about. ``named``: as it was written, where everybody may know that."""
        what = self._texts[f"item.{item.what}"]
        what = what.format(day=self.date_of(item.since))
        colon = typography.colon(self.language)
        return f"{what}{colon}{item.written}" if named and not item.report else what

    def measure(self, wanted: Wanted, item: Item, *, named: bool = True) -> dict[str, str]:
        """A measure as letters show it: ``{what, item, territory, until}``."""
        what = self._texts[f"done.{wanted.kind}"]
        if f"label.{wanted.label}" in self._texts and ACTS[wanted.kind].order == "label":
            label = self._texts[f"label.{wanted.label}"]
            what = f"{what[:-1]} ({label})."
        until = self._texts["for_good"]
        if wanted.until:
            day = self.day(datetime.date.fromisoformat(wanted.until))
            until = self._texts["until"].format(day=day)
        return {
            "what": what,
            "item": self.item(item, named=named),
            "territory": self.countries(wanted.countries),
            "until": until,
        }

    def unmet(self, written: str, why: str) -> dict[str, str]:
        """A target without a measure as letters show it: ``{item, what}``."""
        said = self._texts["left" if why else "not_found"]
        return {"item": written, "what": said.format(why=why)}

    def source(self, form: Form) -> str:
        """How it became known; who said so only where that is necessary (Article 17(3)(b))."""
        said = self._texts[f"source.{form.source}"]
        if form.source_identity and form.source != "own":
            said += " " + self._texts["identity"].format(who=form.source_identity)
        return said

    def detection(self, form: Form) -> str:
        """Whether a machine found it."""
        return self._texts[f"detection.{form.found_by_machine}"]

    def automation(self, form: Form) -> str:
        """Whether a machine decided."""
        return self._texts[f"automation.{form.decided_by_machine}"]

    def obstacle(self, code: str) -> str:
        """Why an order cannot be carried out."""
        return self._texts[f"obstacle.{code}"]

    def misuse(self, kind: str) -> str:
        """What counts as misuse."""
        return self._texts[f"misuse.{kind}"]

    def order_form(self, kind: str) -> str:
        """What an order of the e-Evidence Regulation is called."""
        form = kinds.record(kind).form_name
        return self._texts[f"order.{form}" if form else "order.other"]

    def office(self, number: str) -> str:
        """Who signs: the legal desk, with the number of a person of it where there is one."""
        key = "legal_desk_no" if number else "legal_desk"
        return self._texts[key].format(number=number)
