"""Every outgoing path with a secret case, in every state of secrecy; and that it is heard of where
people may be told.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.reference.directory import service as directory
from petitbleu.store.sqlite import SqliteStore
from tests.desk.adjudication.decisions.deciding import NOTICE, ORDER
from tests.desk.casework.secrecy.walk import (
    AUTHORITY,
    CANARIES,
    LAW,
    REASON,
    REFERENCE,
    digest,
    secret,
    walk,
)
from tests.desk.outside import conftest
from tests.kit.world import World


@pytest.fixture
async def world(sqlite_store: SqliteStore, tmp_path: Path) -> Any:
    world = await conftest.made(sqlite_store, tmp_path / "instance", dev=True)
    await directory.set_operator(world.app, conftest.OPERATOR, "operator")
    yield world
    await world.settle()
    assert not world.errors


class State(NamedTuple):
    """One state of secrecy: the case, what is known of it, what the form answers."""

    kind: dict[str, Any]
    facts: dict[str, Any]
    form: dict[str, Any]


CLAUSE = {"confidentiality": {"until": None, "words": "not to be told"}}
EPOC = ORDER | {"kind": "epoc"}
STATES = {
    "unanswered": State(ORDER, {}, {}),
    "unknown": State(ORDER, {}, {"tell": "unknown"}),
    "held": State(ORDER, {}, {"tell": "release"}),
    "date ahead": State(ORDER, {}, {"tell": "date", "delay_until": "2027-03-01"}),
    "yes against a clause": State(ORDER, CLAUSE, {"tell": "yes"}),
    "date against a clause": State(ORDER, CLAUSE, {"tell": "date", "delay_until": "2027-01-16"}),
    "yes with a clause": State(ORDER, {}, {"tell": "yes", "delay_clause": "do not tell"}),
    "yes of criminal justice": State(ORDER, {}, {"tell": "yes", "criminal": "yes"}),
    "yes of a requisition": State(ORDER | {"kind": "fr_requisition"}, {}, {"tell": "yes"}),
    "removal order": State(ORDER | {"kind": "tco_removal_order"}, {}, {}),
    "e-Evidence, permitted by one": State(
        EPOC, {}, {"tell": "yes", "tell_permission": "by telephone"}
    ),
    "notice with a clause": State(NOTICE, CLAUSE, {}),
    "notice of a listed authority": State(NOTICE, {}, {}),
    "threat to life": State(ORDER | {"kind": "art18_threat"}, {}, {}),
}


@pytest.mark.parametrize("name", STATES)
async def test_no_path_says_anything_of_a_secret_case(
    world: World, tmp_path: Path, name: str
) -> None:
    kind, facts, form = STATES[name]
    events = [CaseEvent("fact", facts)] if facts else []
    it = await secret(world, kind, *events, **form)
    heard = {
        path: [word for word in CANARIES if word in text]
        for path, text in (await walk(it, tmp_path / "out")).items()
    }
    assert {path: words for path, words in heard.items() if words} == {}


async def test_where_people_may_be_told_each_path_says_so(world: World, tmp_path: Path) -> None:
    """The walk sees what it looks for: else it would be green for nothing."""
    it = await secret(world, ORDER, tell="yes")
    seen = await walk(it, tmp_path / "out")
    for path, word in (
        ("service_chat", REFERENCE),
        ("statement", AUTHORITY),
        ("mail", REFERENCE),
        ("push", REASON),
        ("notifier_answer", REASON),
        ("complaint_answer", REFERENCE),
        ("access_request", REFERENCE),
        ("placeholder", REASON),
        ("takeout", REFERENCE),
        ("export", REFERENCE),
        ("decision_page", REFERENCE),
        ("status_page", REFERENCE),
        ("my_cases", REFERENCE),
        ("gone_page", AUTHORITY),
        ("public_decision", LAW),
    ):
        assert word in seen[path], path


async def test_a_date_that_has_come_opens_every_path_by_itself(
    world: World, tmp_path: Path
) -> None:
    it = await secret(world, ORDER, tell="date", delay_until="2027-01-20")
    await it.at.pass_time(10 * 86_400)
    seen = await walk(it, tmp_path / "out")
    for path in ("service_chat", "mail", "decision_page", "complaint_answer", "export"):
        assert REFERENCE in seen[path], path


@pytest.mark.parametrize(("name", "told"), [("unanswered", False), ("held", False), ("yes", True)])
async def test_a_letter_says_that_a_post_was_withdrawn_where_people_may_be_told(
    world: World, name: str, told: bool
) -> None:
    form = STATES[name].form if name in STATES else {"tell": "yes"}
    it = await secret(world, ORDER, **form, only="remove")
    letters = await digest(it)
    assert "Third post" in letters and "First" not in letters
    assert letters.count("Withdrawn: a post sent on") == (6 if told else 0)
    assert not [word for word in CANARIES if word in letters]
