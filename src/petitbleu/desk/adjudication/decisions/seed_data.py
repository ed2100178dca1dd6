"""The invented contents of a practice desk: names, posts, letters and reasons. Nobody exists."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

import msgspec

from petitbleu import resources
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.eu_database import rules
from petitbleu.desk.reference.law import kinds

_FIRST = [
    "Ama",
    "Bela",
    "Cyriac",
    "Dilan",
    "Enora",
    "Fulgence",
    "Goran",
    "Hanae",
    "Isaut",
    "Joumana",
    "Kimo",
    "Lubin",
]
_LAST = [
    "Arvoisin",
    "Belgarde",
    "Corvalais",
    "Dromelin",
    "Estrevel",
    "Fontaury",
    "Grivolet",
    "Hautecombe",
]
_PLACES = ["Brumeville", "Clairlac", "Hautval", "Sablonnet", "Ventremer", "Noirmont", "Valdor"]
_TITLES = ("Nouvelles de {place}", "Marché de {place}", "{place} Daily", "Friends of {place}")
_POSTS = (
    "Offre unique à {place} : doublez vos jetons avant ce soir, sans aucun risque.",
    "Moi, je ne sers plus les gens de l’autre rive dans ma boulangerie de {place}.",
    "Watch the whole season here, free, no account, straight from {place}.",
    "These pills cure everything, says nobody in {place}. Order in private.",
    "Photos prises sans leur accord aux bains de {place}, en privé.",
    "Vote twice in {place}: nobody checks the lists.",
)
COUNTRIES = ["AT", "BE", "DE", "ES", "FR", "IE", "IT", "NL", "PL", "SE"]


class Practice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``schema/desk/practice.json``: the kinds of made-up cases."""

    about: str
    waiting: tuple[str, ...]
    """Kinds of the cases that wait, in turn."""
    decided: tuple[tuple[str, str], ...]
    """(kind, source of the decision), in turn."""
    others: tuple[tuple[str, str], ...]
    """(kind, outcome) of cases without a measure of ours, or by an order, in turn."""
    presets: dict[str, tuple[str, ...]]
    queues: dict[str, tuple[str, ...]]
    hundred: dict[str, int]
    """Of a hundred cases of a public service, how many are of a kind."""


PRACTICE = msgspec.json.decode(resources.schema_text("desk/practice.json"), type=Practice)
_LAWS = (
    "Penal Code of the practice country, art. 421-2-5",
    "Code de la propriété intellectuelle (exercice), art. L. 335-2",
    "Consumer Act (practice), section 12(3)",
    "Loi d’exercice n° 81-18, art. 24",
)
_CLAUSES = ("Rules, clause 4.2 (scams)", "Règles, clause 3.1 (respect)", "Rules, clause 6 (adults)")
_WHY = (
    "The words promise a gain that cannot be had, to make readers pay.",
    "Les termes visent un groupe de personnes en raison de son origine et appellent à le chasser.",
    "The work is offered without the consent of its rights holder.",
    "La publication montre une personne sans son accord, pour l’humilier.",
)
_FACTS = (
    "Publication d’un canal public, lue par deux personnes du service au regard de la règle.",
    "A public post was reported, read by two members of staff and compared with the ground named.",
    "The account sent the same offer to many groups within one hour; samples were read by staff.",
    "Le groupe affiche l’offre en tête et la répète chaque jour ; des exemples ont été lus.",
)
_TEXTS = Catalogue("desk", "practice")
_ROLES = ("juge", "parquet", "autorite", "office")


def name(random: Random) -> tuple[str, str]:
    """First and last name of somebody who does not exist."""
    return random.choice(_FIRST), random.choice(_LAST)


def title(random: Random) -> str:
    """A channel's."""
    return random.choice(_TITLES).format(place=random.choice(_PLACES))


def post(random: Random) -> str:
    """What a channel says."""
    return random.choice(_POSTS).format(place=random.choice(_PLACES))


def end(random: Random, today: datetime.date) -> str:
    """The last day of a measure."""
    return str(today + datetime.timedelta(days=random.choice((7, 14, 30, 90, 365))))


def case(random: Random, kind: str, nth: int) -> dict[str, Any]:
    """What opening a case of this kind says."""
    place = random.choice(_PLACES)
    domain = f"{place.lower()}.invalid"
    official = kind in kinds.FROM_AUTHORITIES
    language = random.choice(("fr", "en"))
    fields: dict[str, Any] = {
        "kind": kind,
        "urgency": 0 if kind == "tco_removal_order" else (1 if official else 2),
        "channel": "smtp" if official else "form",
        "language": language,
        "title": f"{_TEXTS[language]['exercise']} {nth}, {place}",
    }
    if official:
        fields["sender"] = f"{random.choice(_ROLES)}@{domain}"
        fields["reference"] = f"EX {nth:05}"
        fields["authority"] = {
            "name": f"Tribunal de {place}",
            "country": random.choice(COUNTRIES),
            "domain": domain,
            "trust": "verified-directory",
        }
    elif kind != "moderation_decision":
        fields["sender"] = f"lecteur{nth}@{domain}"
    return fields


def _classes(random: Random, nth: int) -> dict[str, Any]:
    known = rules.rules()
    categories = [one for one in sorted(known.tree) if not one.endswith("NOT_SPECIFIED_ORDER")]
    category = categories[nth % len(categories)]
    keywords = sorted(known.tree[category])
    fields: dict[str, Any] = {"category": category}
    if keywords:
        fields["keywords"] = sorted(random.sample(keywords, min(len(keywords), 1 + nth % 2)))
        if "KEYWORD_OTHER" in fields["keywords"]:
            fields["keyword_other"] = "Another thing of this practice"
    if nth % 5 == 0:
        fields["further"] = [categories[(nth + 3) % len(categories)]]
    types = sorted(known.values["enums.content_type"])
    fields["content_types"] = sorted(random.sample(types, 1 + nth % 2))
    if "CONTENT_TYPE_OTHER" in fields["content_types"]:
        fields["content_type_other"] = "Sticker"
    return fields


def form(
    random: Random, nth: int, today: datetime.date, wanted: dict[str, Any], source: str
) -> dict[str, Any]:
    """A whole form about one measure."""
    illegal = nth % 3 != 1
    fields = _classes(random, nth) | {
        "outcome": "measures",
        "measures": [wanted],
        "ground": "illegal" if illegal else "rule",
        "law": random.choice(_LAWS if illegal else _CLAUSES),
        "why": random.choice(_WHY),
        "ground_url": "https://petitbleu.example/rules" if nth % 4 == 0 else "",
        "facts": random.choice(_FACTS),
        "content_language": random.choice(("fr", "en", "")),
        "content_date": str(today - datetime.timedelta(days=random.randrange(60))),
        "source": source,
        "source_identity": "A consumers' association" if source == "trusted" else "",
        "found_by_machine": random.choice(("yes", "no", "no")),
        "decided_by_machine": random.choice(("no", "no", "partly")),
        "threat_to_life": "no",
        "tell": "yes",
        "tell_permission": "practice: agreed on the telephone",
        "manifest": random.choice(("yes", "")),
    }
    if not illegal:
        fields["also_illegal"] = random.choice(("yes", "no", ""))
    return fields


def other(
    random: Random,
    nth: int,
    today: datetime.date,
    outcome: str,
    measures: list[dict[str, Any]],
) -> dict[str, Any]:
    """A form about an order, or a notice that leads to nothing."""
    wanted = measures[0] if measures else {}
    fields = form(random, nth, today, wanted, "other") | {"outcome": outcome, "measures": measures}
    fields["manifest"] = ""
    if outcome in ("impossible", "refused"):
        fields["obstacle"] = "insufficient_information" if outcome == "impossible" else "not_valid"
        fields["obstacle_detail"] = (
            "The address in the order leads to nothing of this practice desk."
        )
        fields["preserved"] = "yes"
    return fields
