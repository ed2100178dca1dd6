"""``docs/coverage.md`` says what is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from petitbleu import domain
from petitbleu.errors import known_errors
from petitbleu.rpc import coverage
from petitbleu.rpc.registry import METHODS
from petitbleu.rpc.wrappers import WRAPPERS
from petitbleu.tl.schema import load, load_service
from tests import exercised

DOCUMENT = Path(__file__).parents[1] / "docs" / "coverage.md"


@pytest.fixture(autouse=True)
def _rooms() -> None:
    domain.load_rooms()


def test_the_list_is_fresh() -> None:
    assert DOCUMENT.read_text("utf-8") == coverage.document(), (
        "run petitbleu dev coverage --write and look at the difference"
    )


def test_what_people_use_daily_is_served_in_every_spelling() -> None:
    daily = [m for m in coverage.methods().values() if m.tier in ("T0", "T1")]
    assert len([m for m in daily if not m.is_old]) == 343
    served = (coverage.SERVED, coverage.EMPTY)
    assert [m.name for m in daily if coverage.shown_state(m) not in served] == []


def test_what_must_be_real_is_not_empty() -> None:
    daily = [m for m in coverage.methods().values() if m.tier in ("T0", "T1")]
    empty = [m for m in daily if coverage.state(m.name) == coverage.EMPTY]
    assert [m.name for m in empty if m.minimum != "stub-ok"] == []


def test_the_tests_that_are_named_by_hand_are_there() -> None:
    for pair in exercised.OF_THE_PROTOCOL.values():
        for file, _, name in (one.partition("::") for one in pair):
            text = (exercised.ROOT / file).read_text("utf-8")
            assert f"def {name}(" in text


def test_exceptions_are_of_methods_that_are_served() -> None:
    named = {*exercised.NOTHING_TO_GIVE, *exercised.NOTHING_REFUSED, *exercised.TOLD}
    assert {name for name in named if name not in METHODS} == set()


def test_every_method_of_every_layer_is_listed_once() -> None:
    text = DOCUMENT.read_text("utf-8")
    current = [m for m in coverage.methods().values() if not m.is_old]
    old = [m for m in coverage.methods().values() if m.is_old]
    assert (len(current), len(old)) == (848, 35)
    for facts in (*current, *old):
        assert text.count(f"\n| `{facts.name}` | ") == 1 + (facts.name in coverage.refusals())


def test_the_method_table_holds_the_methods_of_the_schema() -> None:
    api, service = load(), load_service()
    functions = {
        name for schema in (api, service) for name in schema.by_name if schema.newest(name).function
    }
    assert set(coverage.methods()) == functions
    for facts in coverage.methods().values():
        assert facts.is_old == (facts.name in api.by_name and not api.is_current(facts.name))
        assert not facts.present or not coverage.methods()[facts.present].is_old


def test_every_documented_error_is_a_known_error() -> None:
    for facts in coverage.methods().values():
        assert set(facts.errors) <= set(known_errors()), facts.name


def test_handlers_serve_methods_that_the_schema_has() -> None:
    assert set(METHODS) | set(WRAPPERS) <= set(coverage.methods())


def test_nothing_works_without_t0_and_all_of_it_is_real() -> None:
    t0 = [m.name for m in coverage.methods().values() if m.tier == "T0" and not m.is_old]
    assert len(t0) == 45
    assert [name for name in t0 if coverage.state(name) != coverage.SERVED] == []


def test_a_refusal_has_a_reason_and_a_method() -> None:
    spaces = {name.partition(".")[0] for name in coverage.methods() if "." in name}
    for what, why in coverage.refusals().items():
        assert why
        assert what in coverage.methods() or what.removesuffix(".*") in spaces
