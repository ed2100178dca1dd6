"""What alarms say is words of the reader's language: no code of a kind, a clock or a step."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from petitbleu.desk.casework.alerts import digest
from petitbleu.desk.reference.law import service
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Store
from tests.desk.casework.alerts.kit import alarmed, opened, person, run, took
from tests.kit.french import faults
from tests.kit.world import World

_CODE = re.compile(r"\b[a-z]+[\w]*[._](?=[a-z])\w+\b")
"""``tco.remove``, ``tco_removal_order``."""


async def test_a_mail_in_french_is_in_french_to_the_last_word(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    await person(world, "lou@desk.example", "legal", language="fr", on_call=True)
    number = case_numbers.text(await opened(world))
    await run(world)
    (mail,) = took(world)
    kind = "Injonction de retrait (contenu à caractère terroriste)"
    assert mail.subject == f"[{number}] {kind} — reste 1\u00a0h\u00a000"
    lines = mail.text.replace("\u00a0", " ").replace("\u202f", " ").split("\n")
    due = lines.pop(4)
    assert re.fullmatch(r"Échéance : .+ 202\d à \d\d? h \d\d \(\w+\), reste 1 h 00", due), due
    assert lines == [
        number,
        "Nature : Injonction de retrait (contenu à caractère terroriste)",
        "Urgence : critique",
        "À faire : retirer ou bloquer dans tous les États membres",
        "Alarme : le délai commence : appeler l’astreinte et l’adjoint",
        "Destinataire : l’astreinte",
        "",
        f"https://chat.example/desk/cases/{number}",
        "",
        "Ouvrir le dossier arrête les alertes, pas le délai.",
        "",
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_digests_and_pooled_mails_name_no_code(
    store: Store, tmp_path: Path, language: str
) -> None:
    world = await alarmed(store, tmp_path, lead="", director="", on_call=())
    await person(world, "ada@desk.example", "lead", "director", language=language)
    known = law.load_law(world.app)
    for kind in known.kinds:
        await opened(world, kind, 2, then=())
    mails = []
    for hours in (1, 24, 24 * 6, 24 * 30):
        await run(world, hours * 3600)
        await digest.send_due(world.app)
        mails += took(world)
    everything = "\n".join(mail.text for mail in mails)
    for kind, of in known.kinds.items():
        assert not of.clocks or law.kind(known, kind, language) in everything, kind
    for mail in mails:
        said = re.sub(r"https://\S+", "", f"{mail.subject}\n{mail.text}")
        assert _CODE.findall(said) == [], said
        if language == "fr":
            assert faults(said) == [], said
            assert not re.search(r"\b(owner|due|page|head)\b", said), said


def test_every_step_of_the_law_is_said_in_both_languages(world: World) -> None:
    steps = {step for of in law.load_law(world.app).escalations.values() for step in of}
    for what in steps | {"due", "still paused", "50 %", "80 %"}:
        if what.startswith(("same as", "automatic", "project default", "before ")):
            continue
        french, english = law.step(what, "fr"), law.step(what, "en")
        assert french != english, what
        assert faults(french) == [], french
        asked = what.partition(": ")[2]
        assert not asked or asked not in french, french


def test_a_step_that_counsel_wrote_keeps_their_words() -> None:
    assert law.step("2 h: ring Ms Weber", "en") == "2 h after the clock began: ring Ms Weber"
    assert law.step("-7 days: prévenir Mme Weber", "fr") == (
        "7\u00a0jours avant l’échéance\u00a0: prévenir Mme Weber"
    )


def test_a_kind_and_a_clock_that_counsel_added_are_named_by_them(tmp_path: Path) -> None:
    clock = {
        "id": "es.reply",
        "start_event": "received",
        "duration": 3,
        "unit": "day",
        "source": "Ley 34/2002",
        "action": "responder",
        "hard_legal_limit": True,
        "status": "UNVERIFIED",
    }
    added = {"cases": [{"kind": "es_order", "title": "Orden", "clocks": [clock]}]}
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "es.json").write_text(json.dumps(added))
    known = service.read(tmp_path)
    assert law.kind(known, "es_order", "fr") == "Orden"
    assert law.clock(known, "es.reply", "fr") == "responder"
