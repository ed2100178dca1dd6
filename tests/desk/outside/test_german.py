"""What members and those who report are told in German, from the statement to the complaint."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.store.api import Store
from tests.desk.adjudication.decisions.deciding import FORM, Scene, scene
from tests.desk.outside.test_objecting import URL, WHY, complaints, decided, speaks
from tests.domain.safety.moderation.place import service_chat
from tests.kit.german import faults
from tests.kit.servicechat import ask, heard
from tests.kit.world import World, running


@pytest.fixture
async def at(store: Store, tmp_path: Path) -> AsyncIterator[Scene]:
    """A channel whose post somebody gave notice of, and an author who reads German."""
    async with running(World(store, tmp_path, public_url=URL, languages=("en", "fr"))) as world:
        made = await scene(world)
        await speaks(made, made.ada, "de-AT")
        yield made


async def test_a_statement_holds_all_of_article_17(at: Scene) -> None:
    await decided(
        at, ground="rule", law="Regeln, 4.2", also_illegal="no", source="trusted",
        source_identity="Ein Verein", found_by_machine="yes", decided_by_machine="partly",
        measures=[{"kind": "remove", "item": at.link(), "until": "2027-03-01"}],
    )  # fmt: skip
    letter = (await service_chat(at.ada))[0]
    for said, text in {
        "statement": "Dies ist ihre Begründung (Art.\u00a017 der Verordnung (EU) 2022/2065",
        "(a) restriction": "Der Inhalt wurde entfernt.",
        "(a) territory": "Wo: überall",
        "(a) duration": "bis 1. März 2027",
        "(b) facts": FORM["facts"],
        "(b) source": "vertrauenswürdigen Hinweisgebers",
        "(b) identity": "Die meldende Person musste genannt werden: Ein Verein.",
        "(c) detection": "mit automatisierten Mitteln erkannt",
        "(c) decision": "Automatisierte Mittel haben bei der Entscheidung geholfen",
        "(e) clause": "Klausel: Regeln, 4.2",
        "(e) not said to be illegal": "besagt nicht, dass er rechtswidrig ist",
        "(f) complaint": "bis 15. Juli 2027",
        "(f) out of court": "Außergerichtliche Streitbeilegung: Sie können eine zertifizierte",
        "(f) court": "Gerichtlicher Rechtsbehelf: Sie können jederzeit ein Gericht anrufen",
        "here": "mit ANFECHTEN",
    }.items():
        assert text in letter, (said, letter)
    given = rf"{URL}\S+|{re.escape(FORM['facts'])}|{re.escape(FORM['why'])}|^- "
    assert faults(re.sub(given, "", letter, flags=re.MULTILINE)) == []


async def test_a_complaint_is_lodged_with_one_word(at: Scene) -> None:
    number = await decided(at)
    said = await ask(at.ada, number)
    assert "Antworten Sie ANFECHTEN" in said
    told = await ask(at.ada, f"anfechten {number} {WHY}")
    (complaint,) = await complaints(at)
    assert f"Ihre Beschwerde gegen {number} ist eingegangen" in told
    assert complaint["number"] in told
    assert "bereits angefochten" in await ask(at.ada, "Beschwerde")


async def test_the_service_chat_lists_its_commands(at: Scene) -> None:
    said = await ask(at.ada, "Hilfe")
    assert said.startswith("Sie können in diesen Chat schreiben")
    for command in ("anfechten NUMMER", "page @name an", "nein NUMMER", "hilfe — diese Liste"):
        assert command in said
    assert "Schreiben Sie „hilfe“" in await ask(at.ada, "Wie bitte?")
    assert all("NUMBER" not in one.message for one in await heard(at.ada))
