"""Measures, places, times and reasons in the words of letters, in French and English."""

from __future__ import annotations

import datetime
import zoneinfo
from collections.abc import Iterable

import babel.lists
from babel import Locale

from petitbleu import typography
from petitbleu.desk.adjudication.decisions.form import ACTS, Form, Wanted
from petitbleu.desk.adjudication.decisions.resolve import ACCOUNT, CHAT, MESSAGES, Item
from petitbleu.typography import spaced

_EN, _FR = 0, 1

_DONE: dict[str, tuple[str, str]] = {
    "remove": ("The content was removed.", "Le contenu a été retiré."),
    "disable": (
        "Access to the content was disabled.",
        "L’accès au contenu a été bloqué.",
    ),
    "country": (
        "Access to the content was disabled in some countries.",
        "L’accès au contenu a été bloqué dans certains pays.",
    ),
    "age_limit": (
        "The content is covered with a warning until the reader asks to see it.",
        "Le contenu est masqué derrière un avertissement, que le lecteur peut lever.",
    ),
    "mute": (
        "Writing in this group is not allowed.",
        "Il n’est plus possible d’écrire dans ce groupe.",
    ),
    "label": ("A warning stands beside the name.", "Une mention figure à côté du nom."),
    "label_account": ("A warning stands beside the name.", "Une mention figure à côté du nom."),
    "chat_country": (
        "The group or channel cannot be seen in some countries.",
        "Le groupe ou le canal n’est plus visible dans certains pays.",
    ),
    "chat_close": (
        "The group or channel was closed to its readers.",
        "Le groupe ou le canal est fermé à ses lecteurs.",
    ),
    "freeze": (
        "The account may read but not act.",
        "Le compte peut lire mais plus agir.",
    ),
    "suspend": ("The account is suspended.", "Le compte est suspendu."),
    "close": ("The account is closed.", "Le compte est fermé."),
}
_LABELS = {"scam": ("scam", "arnaque"), "fake": ("fake", "faux compte")}
_EVERYWHERE = ("everywhere", "partout")
_FOR_GOOD = ("without an end date", "sans date de fin")
_UNTIL = ("until {day}", "jusqu’au {day}")
_ITEMS = {
    MESSAGES: ("content of {day}", "contenu du {day}"),
    CHAT: ("group or channel", "groupe ou canal"),
    ACCOUNT: ("account", "compte"),
}
_NOT_FOUND = ("Nothing was found there.", "Rien n’a été trouvé à cet endroit.")
_LEFT = ("No measure was taken: {why}", "Aucune mesure n’a été prise : {why}")
_SOURCES = {
    "notice": (
        "We came to know of it by a notice (Article 16).",
        "Nous en avons eu connaissance par un signalement (article 16).",
    ),
    "trusted": (
        "We came to know of it by the notice of a trusted flagger (Article 22).",
        "Nous en avons eu connaissance par un signaleur de confiance (article 22).",
    ),
    "other": (
        "We came to know of it by another communication, such as an order of an authority.",
        "Nous l’avons appris par une autre communication, telle qu’une injonction d’une autorité.",
    ),
    "own": (
        "We found it ourselves.",
        "Nous l’avons constaté de notre propre initiative.",
    ),
}
_IDENTITY = ("Its author had to be named: {who}.", "Son auteur a dû être nommé : {who}.")
_DETECTION = {
    "yes": ("It was found by automated means.", "Il a été détecté par des moyens automatisés."),
    "no": (
        "It was not found by automated means.",
        "Il n’a pas été détecté par des moyens automatisés.",
    ),
}
_AUTOMATION = {
    "no": (
        "The decision was taken by people, without automated means.",
        "La décision a été prise par des personnes, sans moyen automatisé.",
    ),
    "partly": (
        "Automated means helped to take the decision; a person took it.",
        "Des moyens automatisés ont aidé à la décision ; une personne l’a prise.",
    ),
    "fully": (
        "The decision was taken by automated means alone.",
        "La décision a été prise par des moyens automatisés seulement.",
    ),
}
OBSTACLES: dict[str, tuple[str, str]] = {
    "force_majeure": ("Force majeure", "Force majeure"),
    "impossible": (
        "De facto impossibility not attributable to the provider",
        "Impossibilité de fait non imputable au fournisseur",
    ),
    "manifest_errors": (
        "The order contains manifest errors",
        "L’injonction contient des erreurs manifestes",
    ),
    "insufficient_information": (
        "The order does not contain sufficient information",
        "L’injonction ne contient pas assez d’informations",
    ),
    "not_stored": ("The data are not stored", "Les données ne sont pas stockées"),
    "not_valid": (
        "It was not issued or validated by a competent authority",
        "Elle n’a pas été émise ou validée par une autorité compétente",
    ),
    "offence_not_covered": ("The offence is not covered", "L’infraction n’est pas couverte"),
    "service_not_covered": ("The service is not covered", "Le service n’est pas couvert"),
    "immunity": (
        "Immunities or privileges, or the freedom of the press",
        "Immunités ou privilèges, ou liberté de la presse",
    ),
    "third_country_law": (
        "It conflicts with the law of a third country",
        "Elle est contraire au droit d’un pays tiers",
    ),
}
TCO_OBSTACLES = ("force_majeure", "impossible", "manifest_errors", "insufficient_information")
"""The grounds that Article 3(7) and (8) of Regulation (EU) 2021/784 know."""
_MISUSE = {
    "content": ("manifestly illegal content", "contenus manifestement illicites"),
    "notice": ("manifestly unfounded notices", "signalements manifestement infondés"),
    "complaint": ("manifestly unfounded complaints", "réclamations manifestement infondées"),
}
_FORMS = {
    "epoc": ("European Production Order (EPOC)", "certificat d’injonction de production (EPOC)"),
    "epoc_emergency": (
        "European Production Order (EPOC, emergency)",
        "certificat d’injonction de production (EPOC, urgence)",
    ),
    "epoc_pr": (
        "European Preservation Order (EPOC-PR)",
        "certificat d’injonction de conservation (EPOC-PR)",
    ),
}


def _pick(said: tuple[str, str], language: str) -> str:
    return spaced(language, said[_FR if language == "fr" else _EN])


class Words:
    """The words of one language, for one operator's zone."""

    def __init__(self, language: str, zone: str) -> None:
        self.language = language
        self._locale = Locale.parse("fr_FR" if language == "fr" else "en_GB")
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
            return _pick(_EVERYWHERE, self.language)
        return babel.lists.format_list(names, locale=self._locale)

    def item(self, item: Item, *, named: bool = True) -> str:
        """What a measure is about. ``named``: as it was written, where everybody may know that."""
        what = _pick(_ITEMS[item.what], self.language)
        what = what.format(day=self.date_of(item.since))
        colon = typography.colon(self.language)
        return f"{what}{colon}{item.written}" if named and not item.report else what

    def measure(self, wanted: Wanted, item: Item, *, named: bool = True) -> dict[str, str]:
        """A measure as letters show it: ``{what, item, territory, until}``."""
        what = _pick(_DONE[wanted.kind], self.language)
        if wanted.label in _LABELS and ACTS[wanted.kind].order == "label":
            what = f"{what[:-1]} ({_pick(_LABELS[wanted.label], self.language)})."
        until = _pick(_FOR_GOOD, self.language)
        if wanted.until:
            day = self.day(datetime.date.fromisoformat(wanted.until))
            until = _pick(_UNTIL, self.language).format(day=day)
        return {
            "what": what,
            "item": self.item(item, named=named),
            "territory": self.countries(wanted.countries),
            "until": until,
        }

    def unmet(self, written: str, why: str) -> dict[str, str]:
        """A target without a measure as letters show it: ``{item, what}``."""
        said = _pick(_LEFT if why else _NOT_FOUND, self.language)
        return {"item": written, "what": said.format(why=why)}

    def source(self, form: Form) -> str:
        """How it became known; who said so only where that is necessary (Article 17(3)(b))."""
        said = _pick(_SOURCES[form.source], self.language)
        if form.source_identity and form.source != "own":
            said += " " + _pick(_IDENTITY, self.language).format(who=form.source_identity)
        return said

    def detection(self, form: Form) -> str:
        """Whether a machine found it."""
        return _pick(_DETECTION[form.found_by_machine], self.language)

    def automation(self, form: Form) -> str:
        """Whether a machine decided."""
        return _pick(_AUTOMATION[form.decided_by_machine], self.language)

    def obstacle(self, code: str) -> str:
        """Why an order cannot be carried out."""
        return _pick(OBSTACLES[code], self.language)

    def misuse(self, kind: str) -> str:
        """What counts as misuse."""
        return _pick(_MISUSE[kind], self.language)

    def order_form(self, kind: str) -> str:
        """What an order of the e-Evidence Regulation is called."""
        return _pick(_FORMS.get(kind, ("order", "injonction")), self.language)
