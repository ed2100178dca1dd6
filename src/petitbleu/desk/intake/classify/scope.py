"""Where an order is to have effect, as ISO country codes, and which State sent it.

A removal order for terrorist content binds in all Member States (2021/784 Art 3(3)). Any other
order says its scope (DSA Art 9(2)(b)); one that says nothing is national.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

import babel

from petitbleu.desk.intake.classify import words
from petitbleu.desk.intake.classify.facts import MATCHES, Facts
from petitbleu.desk.intake.classify.language import READ
from petitbleu.desk.reference.law import kinds

EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
EEA = tuple(sorted((*EU, "IS", "LI", "NO")))

_ADJECTIVES = {
    "FR": "francais\\w*|french|franzosisch\\w*|frances\\w*|frans\\w*|francusk\\w*",
    "DE": "allemand\\w*|german|deutsch\\w*|aleman\\w*|tedesc\\w*|duits\\w*|niemieck\\w*"
    "|bundesgebiet\\w*",
    "AT": "autrichien\\w*|austrian|osterreichisch\\w*|austriac\\w*|oostenrijks\\w*|austriack\\w*",
    "ES": "espagnol\\w*|spanish|spanisch\\w*|espanol\\w*|spagnol\\w*|spaans\\w*|hiszpansk\\w*",
    "IT": "italien\\w*|italian\\w*|italienisch\\w*|italiaans\\w*|wlosk\\w*",
    "NL": "neerlandais\\w*|dutch|niederlandisch\\w*|neerlandes\\w*|olandes\\w*|nederlands\\w*"
    "|holendersk\\w*",
    "PL": "polonais\\w*|polish|polnisch\\w*|polac\\w*|polacc\\w*|pools\\w*|polsk\\w*",
    "BE": "belge|belgian|belgisch\\w*|belga|belgijsk\\w*",
    "IE": "irlandais\\w*|irish|irisch\\w*|irlandes\\w*|iers\\w*|irlandzk\\w*",
}
_MORE = {"NL": ("pays-bas", "hollande", "holland", "the netherlands", "nederland", "niderlandy"),
         "CZ": ("czech republic", "republique tcheque", "tschechische republik"),
         "DE": ("bundesrepublik deutschland", "niemczech", "niemiec"),
         "PL": ("polsce", "polski", "rzeczypospolitej polskiej"), "FR": ("francji",),
         "AT": ("osterreichs",), "BE": ("belgii",), "ES": ("hiszpanii",),
         "IT": ("wloszech",)}  # fmt: skip
_WIDE = re.compile(
    r"wide|weit|(?<!\w)(?:tou[ts]\w*|all\w*|every|throughout|across|within|dans|ensemble"
    r"|tod[ao]\w*|tutt\w*|gesamt\w*|gehele|hele"
    r"|wszystk\w*|cal\w*)(?!\w)"
)
_ISSUER = re.compile(
    r"(?:member state|issuing state|etat membre|etat d'emission|etat emetteur|mitgliedstaat"
    r"|ausstellungsstaat"
    r"|anordnungsstaat|estado miembro|estado (?:emisor|de emision)|stato membro"
    r"|stato (?:di emissione|emittente)"
    r"|lidstaat|uitvaardigende (?:lid)?staat|panstwo (?:czlonkowskie"
    r"|wydajace))[^\n:]{0,30}[:\s]\s*([^\n.;]{2,40})"
)


_SECTION_A = re.compile(
    r"(?:section|rubrique|partie|abschnitt|teil|seccion|sezione|rubriek|deel|afdeling|sekcja|czesc)"
    r"\s+a(?![a-z])([^\x00]{2,200}?)(?=(?:section|rubrique|partie|abschnitt|teil|seccion|sezione"
    r"|rubriek|deel|afdeling|sekcja|czesc)\s+b(?![a-z])|$)"
)


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern of all States' names in seven languages, and their codes."""
    codes: dict[str, str] = {}
    for language in READ:
        territories = babel.Locale(language).territories
        for code in EEA:
            codes[words.fold(str(territories[code]))] = code
    for code, more in _MORE.items():
        codes |= {words.fold(name): code for name in more}
    names = sorted(codes, key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(map(re.escape, names)) + r")(?!\w)"), codes


def states(folded: str) -> list[str]:
    """Codes of the States that a folded text names, by name or adjective, in order."""
    pattern, codes = _names()
    places = [(match.start(), codes[match[1]]) for match in pattern.finditer(folded)]
    for code, adjective in _ADJECTIVES.items():
        match = re.search(rf"(?<!\w)(?:{adjective})(?!\w)", folded)
        if match:
            places.append((match.start(), code))
    return list(dict.fromkeys(code for _, code in sorted(places)))


def territorial_scope(kind: str, facts: Facts, issuing: str) -> tuple[list[str], bool]:
    """(country codes, whether the letter itself says so)."""
    where = kinds.record(kind).territory
    if where == "union":
        return list(EU), True
    if where != "written":
        return [], False
    said = _said(facts.folded)
    if said:
        return said, True
    # “disable access, in Ireland, to …”: so small a word is believed of the own State alone.
    return ([issuing] if issuing else []), bool(issuing) and issuing in _beside(facts.folded)


def _beside(folded: str) -> list[str]:
    """States named with no more than “in” within a few words of what is to be removed."""
    area = []
    for match in islice(words.group("remove").finditer(folded), MATCHES):
        near = folded[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        for place in _IN.finditer(near):
            area += states(near[place.end() :].partition("\n")[0][:_NAME])[:1]
    return area


_IN = re.compile(r"(?<!\w)(?:in|en|au|aux|nel|nei|nella|w|we)(?= )")
_NEAR = 60
_NAME = 30


def _said(folded: str) -> list[str]:
    for match in words.group("scope_label").finditer(folded):
        line = re.split(r"\n\s*\n|\n[a-z ]{3,40}:", folded[match.end() : match.end() + 200])[0]
        area = _area(line)
        if area:
            return area
    for match in words.group("territory").finditer(folded):
        line = folded[match.end() : match.end() + 60].partition("\n")[0]
        area = _area(re.split(r"[.;,]", line)[0])
        if area:
            return area
    for match in words.group("eu_wide").finditer(folded):
        if _WIDE.search(folded[max(0, match.start() - 30) : match.end()]):
            return list(EU)
    return []


def _area(text: str) -> list[str]:
    if words.group("eea_wide").search(text):
        return list(EEA)
    named = states(text)
    if words.group("eu_wide").search(text) and not named:
        return list(EU)
    return named


def issuing_state(facts: Facts) -> str:
    """The State whose authority writes: of the directory, as the form says, by its courts, by its
    top-level domain."""
    if facts.who.country:
        return facts.who.country
    if match := _ISSUER.search(facts.folded):
        named = states(match[1])
        if named:
            return named[0]
    if facts.sections >= 3 and (form := _SECTION_A.search(facts.folded)):
        named = states(form[1])
        if named:  # the State that issues it stands first in the form
            return named[0]
    name = words.fold(facts.letter.sender_name + " \n" + facts.signed)
    for text in (name, facts.folded[:3000]):
        courts = [
            (len(match[0]), country)
            for country, pattern in words.courts().items()
            for match in islice(pattern.finditer(text), MATCHES)
        ]
        if courts:  # the longest name says the most: a court with its town
            most = max(length for length, _ in courts)
            return next(country for length, country in courts if length == most)
    ending = facts.who.domain.rpartition(".")[2].upper()
    return ending if ending in EEA else ""
