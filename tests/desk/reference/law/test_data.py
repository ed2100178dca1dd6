"""The data as shipped, and what the operator's counsel lays over them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from petitbleu import resources
from petitbleu.desk.reference.law import service
from petitbleu.desk.reference.law import service as law
from tests.kit.world import World

PARIS = law.Place("Europe/Paris", "FR")


def write(folder: Path, name: str, content: Any) -> None:
    (folder / "law").mkdir(exist_ok=True)
    (folder / "law" / name).write_text(json.dumps(content), "utf-8")


def due(found: law.Law, kind: str, clock: str, received: int = 1_800_000_000) -> int | None:
    derived = law.derive(
        found,
        kind,
        moments={"received": received},
        given={},
        done={},
        pauses=(),
        place=PARIS,
    )
    return next(c.due for c in derived if c.id == clock)


def decide(**changes: Any) -> dict[str, Any]:
    clock = {"id": "dsa16.decide"} | changes
    return {"cases": [{"kind": "art16_notice", "clocks": [clock]}]}


def test_a_changed_default_counts_and_the_rest_stays(tmp_path: Path) -> None:
    write(tmp_path, "counsel.json", decide(project_default_hours=48))
    found = service.read(tmp_path)
    assert found.faults == ()
    assert due(found, "art16_notice", "dsa16.decide") == 1_800_000_000 + 48 * 3600
    assert due(found, "trusted_flagger_notice", "dsa22.decide") == 1_800_000_000 + 24 * 3600
    assert found.kind("art16_notice").title == "Notice of illegal content"


def test_files_are_laid_over_one_another_in_the_order_of_their_names(tmp_path: Path) -> None:
    write(tmp_path, "20.json", decide(project_default_hours=10))
    write(tmp_path, "10.json", decide(project_default_hours=20))
    found = service.read(tmp_path)
    assert due(found, "art16_notice", "dsa16.decide") == 1_800_000_000 + 10 * 3600


def test_a_new_kind_and_a_clock_taken_away(tmp_path: Path) -> None:
    clock = {
        "id": "es.reply",
        "start_event": "received",
        "duration": 3,
        "unit": "day",
        "source": "Ley 34/2002",
        "action": "answer",
        "hard_legal_limit": True,
        "status": "UNVERIFIED",
    }
    new = {"kind": "es_order", "title": "Orden", "owner_role": "legal", "clocks": [clock]}
    write(
        tmp_path,
        "es.json",
        {
            "cases": [
                new,
                {"kind": "unsorted", "clocks": [{"id": "unsorted.first_look", "off": True}]},
            ]
        },
    )
    found = service.read(tmp_path)
    assert due(found, "es_order", "es.reply") is not None
    left = law.derive(
        found, "unsorted", moments={"received": 1}, given={}, done={}, pauses=(), place=PARIS
    )
    # What names a person has a clock of its own, which nothing has started here.
    assert [(one.id, one.due) for one in left] == [("unsorted.person", None)]


def test_a_new_version_of_a_clock_counts_from_its_day_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        "reform.json",
        {
            "cases": [
                {
                    "kind": "fr_admin_removal",
                    "clocks": [
                        {"id": "fr.61.remove", "valid_until": "2028-12-31"},
                        {
                            "id": "fr.61.remove",
                            "valid_from": "2029-01-01",
                            "duration": 12,
                            "valid_until": None,
                            "source": "new code",
                        },
                    ],
                }
            ]
        },
    )
    found = service.read(tmp_path)
    last = 1_861_916_399  # 31 December 2028, 23:59:59 in Paris
    assert due(found, "fr_admin_removal", "fr.61.remove", last) == last + 24 * 3600
    assert due(found, "fr_admin_removal", "fr.61.remove", last + 1) == last + 1 + 12 * 3600


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (decide(duration=1, unit="fortnight"), "duration “1” with unit “fortnight”"),
        (decide(duration="soon"), "duration “soon”"),
        (decide(escalation=["20 hh: head"]), "escalation “20 hh: head” names no instant"),
        (decide(escalation=["same as dsa99.x"]), "names no clock of the data"),
        (decide(project_defaults_hours=3), "unknown field `project_defaults_hours`"),
        (decide(valid_from="next year"), "Invalid RFC3339 encoded date"),
        (decide(counted_from_end_of="dsa99.x"), "unknown clock"),
        ({"cases": [{"title": "nameless"}]}, "lacks its “kind”"),
        ({"cases": [{"kind": "x", "title": "X", "clocks": [{"id": "x.y"}]}]}, "missing required"),
        ({"cases": "all"}, "must be an object with a list “cases”"),
        ([], "must be an object with a list “cases”"),
    ],
)
def test_a_file_that_cannot_be_used_is_left_out_with_one_sentence(
    tmp_path: Path, content: Any, sentence: str
) -> None:
    write(tmp_path, "counsel.json", content)
    write(tmp_path, "z.json", {"cases": [{"kind": "unsorted", "title": "Other"}]})
    found = service.read(tmp_path)
    assert len(found.faults) == 1
    assert found.faults[0].startswith("law/counsel.json")
    assert sentence in found.faults[0]
    assert due(found, "art16_notice", "dsa16.decide") == 1_800_000_000 + 72 * 3600
    assert found.kind("unsorted").title == "Other"


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law/counsel.json").write_bytes(b"\xff\xfe")
    (tmp_path / "law/notes.json").write_text("{")
    faults = service.read(tmp_path).faults
    assert [fault.split(" ")[0] for fault in faults] == ["law/counsel.json", "law/notes.json"]


def test_documents_are_merged_key_by_key(world: World) -> None:
    assert law.document(world.app, "statement-of-reasons")["meta"]["retrieved"]
    write(world.app.config.data, "statement-of-reasons.json", {"meta": {"retrieved": "2027"}})
    changed = law.document(world.app, "statement-of-reasons")
    assert changed["meta"]["retrieved"] == "2027"
    assert changed["meta"]["title"]


def test_the_law_of_an_instance_is_read_once(world: World) -> None:
    assert law.load_law(world.app) is law.load_law(world.app)


def test_shipped_data_name_a_source_and_a_status_for_every_clock() -> None:
    known = ("verified", "partly-verified", "UNVERIFIED", "project")
    found = service.read(Path("/nonexistent"))
    for kind in found.kinds.values():
        for rule in kind.clocks:
            assert rule.status in known
            assert rule.sources.en and rule.sources.fr != rule.sources.en
            assert rule.action
    assert json.loads(resources.schema_text("law/transparency-report-template.json"))["meta"]


def test_a_source_is_cited_as_each_language_does(tmp_path: Path) -> None:
    shipped = service.read(tmp_path).kind("tco_removal_order").clocks
    source = next(rule.sources for rule in shipped if rule.id == "tco.remove")
    assert source.said("en") == "Regulation (EU) 2021/784, Article 3(3)"
    assert source.said("fr") == "règlement (UE) 2021/784, article\u00a03, paragraphe 3"


def test_one_text_of_counsel_is_shown_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path, "counsel.json", decide(source="Ley 34/2002"))
    rules = service.read(tmp_path).kind("art16_notice").clocks
    source = next(rule.sources for rule in rules if rule.id == "dsa16.decide")
    assert (source.said("en"), source.said("fr")) == ("Ley 34/2002", "Ley 34/2002")
