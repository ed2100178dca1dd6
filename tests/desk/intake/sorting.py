"""Letters read and sorted as the desk of the samples would: an operator in France."""

from __future__ import annotations

import json
from typing import Any

from petitbleu.desk.intake import parse
from petitbleu.desk.intake.classify.facts import Context, Listed
from petitbleu.desk.intake.classify.sorting import DUTY, Sorted, sort
from petitbleu.desk.intake.letter import Letter, Mailroom
from petitbleu.resources import schema_text
from tests.desk.intake.mails import MX, RECEIVED_AT

HOUR = 3600
ROOM = Mailroom((), MX)
DIRECTORY = (
    Listed("Bundeskriminalamt", "DE", "bka.bund.example", False),
    Listed("Tribunal judiciaire de Paris", "FR", "tj-paris.justice.example", False),
    Listed("Point de contact", "FR", "pointdecontact.example", True),
)


def duty() -> frozenset[str]:
    """Kinds for people on duty day and night, from the data."""
    cases = json.loads(schema_text("law/kinds.json"))["cases"]
    return frozenset(case["kind"] for case in cases if case["owner_role"] == DUTY)


def read(raw: bytes) -> Letter:
    """The letter in raw bytes."""
    return parse.read(raw, ROOM)


def sorted_letter(raw: bytes, directory: tuple[Listed, ...] = ()) -> Sorted:
    """What sorting makes of it."""
    letter = read(raw)
    listed = next((one for one in directory if one.domain == letter.domain), None)
    context = Context(
        country="FR",
        coordinator="Arcom",
        languages=("fr", "en"),
        hosts=("petitbleu.example",),
        zone="Europe/Paris",
        received=letter.received or RECEIVED_AT,
        listed=listed,
        directory=directory,
    )
    return sort(letter, context, duty())


def said_of(found: Sorted, wanted: dict[str, Any]) -> dict[str, Any]:
    """What sorting found, by the short names that tables of letters use."""
    seen: dict[str, Any] = {
        "kind": found.kind,
        "urgent": found.urgent,
        "language": found.language,
        "reference": found.reference,
        "targets": found.targets,
        "scope": found.territorial_scope,
        "states": len(found.territorial_scope),
        "issuing": found.issuing_state,
        "lacking": found.formal_defects,
        "given": next(((clock, one.due or one.date) for clock, one in found.given), None),
        "secret": found.secrecy is not None,
        "trust": found.who.trust,
    }
    if not isinstance(wanted.get("secret", True), bool):
        seen["secret"] = found.secrecy.until if found.secrecy else None
    return seen
