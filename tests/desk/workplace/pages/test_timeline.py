"""The time line: every kind of event is said in both languages, and nothing is shown raw."""

from __future__ import annotations

import re
from typing import Any

import pytest

from petitbleu.desk.casework.cases import events
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.workplace.pages import timeline
from petitbleu.desk.workplace.pages.texts import TEXTS
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from tests.desk.kit import opened
from tests.kit.desk import DeskSite


def test_every_kind_of_event_has_a_name_and_a_sentence() -> None:
    kinds = events.SHAPES
    assert {"hold", "disclosure", "appeal", "second", "misuse.warning", "purged"} <= kinds.keys()
    for kind in kinds:
        assert kind in timeline.SAYS, kind
        assert f"ev_{kind}" in TEXTS["en"] and f"ev_{kind}" in TEXTS["fr"], kind
    assert set(timeline.SAYS) == set(kinds), "what nobody writes needs no sentence"


EVENTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("urgency", {"urgency": 0, "reasons": ["danger_near", "sent_to=tco"]},
     "critical: The danger is near. It was sent to tco@.",
     "critique : Le danger est proche. Elle a été envoyée à tco@."),
    ("clock.given", {"clock": "tco.remove", "date": "2027-03-01"}, "2027-03-01", "2027-03-01"),
    ("clock.paused", {"ground": "ask_authority"}, "ask the authority", "demander à l’autorité"),
    ("reopened", {"by": "letter"}, "a letter arrived", "une lettre est arrivée"),
    ("receipt.none", {"why": "authentication"}, "could not be authenticated", "non authentifié"),
    ("hold", {"id": 3, "what": "placed", "scope": "messages", "until": 1_850_000_000},
     "placed, messages, until", "ordonnée, messages, jusqu’au"),
    ("hold", {"id": 3, "what": "ended", "early": True, "reason": "over"},
     "by two people, over", "levée avant sa date, à deux, over"),
    ("hold", {"id": 4, "what": "ended", "early": False, "reason": "its date"},
     "over, its date came", "terminée, arrivée à échéance"),
    ("disclosure", {"id": 4, "what": "refused"}, "refused by the second", "refusée par la seconde"),
    ("hold", {"id": "PB-1", "ground": "2021/784 Art 6(1)", "until": 1_850_000_000,
              "measures": [1], "items": ["x"]}, "Regulation (EU) 2021/784, Article 6(1)",
     "règlement (UE) 2021/784, article 6, paragraphe 1"),
    ("disclosure", {"id": 4, "what": "agreed", "second": "staff:9"},
     "agreed to, No. 4, agreed by No. 9", "acceptée, n° 4, avec l’accord du n° 9"),
    ("disclosure", {"id": 4, "what": "person told"}, "the person was told", "a été avertie"),
    ("disclosure", {"id": 4, "what": "fetched", "from": "192.0.2.9"}, "fetched by", "retirée par"),
    ("appeal", {"id": 2027000000009, "decision": 1, "who": "author"},
     "PB-2027-000009, by the person", "par la personne concernée"),
    ("appeal", {"id": 2027000000009, "outcome": "maintained", "about": 1, "made": 0},
     "the decision stays", "la décision est maintenue"),
    ("appeal", {"id": 2027000000009, "answer": True, "text": "Because."}, "Because.", "Because."),
    ("second", {"id": "PB-2027-000001-1", "by": "staff:8"},
     "PB-2027-000001-1, agreed by No. 8", "avec l’accord du n° 8"),
    ("undone", {"decision": 2027000000001001, "second": "staff:8"},
     "PB-2027-000001-1, agreed by No. 8", "PB-2027-000001-1, avec l’accord du n° 8"),
    ("misuse.suspension", {"who": "mail:x@y.example", "kind": "notice", "until": 1_850_000_000,
                           "measure": 0}, "suspended until", "suspension jusqu’au"),
    ("asked", {"letter": 1, "pause": ["dsa16.decide"], "form": "annex3",
               "missing": ["location_missing"]}, "will wait: decide", "attendront : décider"),
    ("fact", {"called_back": {"with": "X"}, "new_name": 1},
     "the authority was called back, something else", "l’autorité a été rappelée, autre chose"),
    ("report", {"number": 2027000000009, "reason": "x", "examined": True},
     "looked at before", "déjà examiné"),
    ("alarm.heard", {"alarms": 2}, "2 acknowledged", "2 confirmée"),
    ("threat", {"letter": 1, "to": "police@x.example"}, "police@x.example", "police@x.example"),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_events_are_read_in_the_language_of_the_reader(desk: DeskSite, language: str) -> None:
    ada = await desk.person("legal", language=language)
    number = await opened(desk.world, "art16_notice")

    async def happen(tx: Tx) -> None:
        for kind, data, *_ in EVENTS:
            await cases.append(tx, desk.world.app, number, "staff:8", CaseEvent(kind, data))

    await desk.world.app.store.write(happen)
    page = await ada.get(f"/desk/cases/{case_numbers.text(number)}")
    lines = re.findall(r'<ol class="timeline">.*?</ol>', page.text, re.S)
    words = " ".join(re.sub(r"<[^>]+>", " ", lines[0]).split())
    for kind, _, english, french in EVENTS:
        assert (english if language == "en" else french) in words, (kind, words)
    assert "its date" not in words or language == "en"
    assert "{" not in words and "x@y.example" not in words and "do not show" not in words
    assert "192.0.2.9" not in words


async def test_addresses_in_the_time_line_are_for_who_may_know_notifiers(desk: DeskSite) -> None:
    ada, bea = await desk.person("legal"), await desk.person("moderator")
    number = await opened(desk.world, "art16_notice")
    sent = CaseEvent("letter", {"letter": 1, "purpose": "notifier", "to": "quiet@person.example"})
    await desk.world.app.store.write(cases.append, desk.world.app, number, "system", sent)
    path = f"/desk/cases/{case_numbers.text(number)}"
    assert "quiet@person.example" in (await ada.get(path)).words
    assert "quiet@person.example" not in (await bea.get(path)).words


async def test_reasons_of_the_sorting_are_french_on_french_pages(desk: DeskSite) -> None:
    ada = await desk.person("legal", language="fr")
    number = await opened(desk.world, "dsa_art9_order", reasons=["cites_dsa=9", "names_court"])
    page = await ada.get(f"/desk/cases/{case_numbers.text(number)}")
    assert "Elle cite l’article 9" in page.words and "Elle nomme un tribunal" in page.words
