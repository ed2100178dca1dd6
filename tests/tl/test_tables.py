"""The data files agree with one another and with what is generated from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from petitbleu.errors import Fault, known_errors
from petitbleu.resources import schema_text
from petitbleu.tl import adapt, api, audit, codec
from petitbleu.tl import schema as tl_schema
from petitbleu.tl.dialect import DROP, fallbacks
from petitbleu.tl.merge import MergeConflict, merge
from petitbleu.tl.objects import class_name
from petitbleu.tl.stub import stub

SCHEMA = codec.SCHEMA


def test_the_types_that_editors_see_are_fresh() -> None:
    path = Path(tl_schema.__file__).with_name("api.pyi")
    assert path.read_text("utf-8") == stub(SCHEMA), "run petitbleu dev schema merge"


def test_merging_nothing_changes_nothing() -> None:
    text = schema_text("api.tl")
    assert merge({}, text) == text


def test_a_merge_keeps_one_line_for_an_id_with_its_layers() -> None:
    seven = "a#00000001 flags:# x:flags.0?true n:int = A;\nb#00000002 someName:int = A;"
    eight = "a#00000001 flags:# y:flags.1?true n:int = A;\n---functions---\nf#00000003 = A;"
    nine = "a#00000001 flags:# y:flags.1?true n:int = A;\nb#00000004 = A;"
    text = merge({7: seven, 8: eight, 9: nine})
    assert text == merge({9: nine}, merge({8: eight}, merge({7: seven})))
    assert text.splitlines() == [
        "// layers 7 8 9",
        "a#00000001 flags:# y:flags.1?true n:int x:flags.0?true = A; // 7-",
        "b#00000002 some_name:int = A; // 7",
        "b#00000004 = A; // 9-",
        "---functions---",
        "f#00000003 = A; // 8",
    ]


def test_a_merge_drops_prefix_wrappers_and_what_is_built_in() -> None:
    text = merge({7: "---functions---\ninvokeXPrefix#00000001 = Error;\nf#00000002 = A;"})
    assert "Prefix" not in text and "f#00000002" in text
    assert not {"vector", "boolTrue", "boolFalse", "true"} & set(SCHEMA.by_name)


def test_a_merge_refuses_an_id_with_two_meanings() -> None:
    with pytest.raises(MergeConflict):
        merge({7: "a#00000001 n:int = A;", 8: "a#00000001 n:long = A;"})
    with pytest.raises(MergeConflict):
        merge({7: "a#00000001 n:int = A;", 8: "b#00000001 n:int = A;"})


def test_a_line_that_is_no_combinator_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        tl_schema.parse("user id:long = User;")


def test_no_two_layers_have_two_forms_of_a_name_at_once() -> None:
    for forms in SCHEMA.by_name.values():
        for layer in SCHEMA.layers:
            assert sum(c.known_at(layer) for c in forms) <= 1, (forms[0].name, layer)


def test_every_fallback_names_something_of_the_same_type() -> None:
    types = {c.result for c in SCHEMA.by_id.values() if not c.function}
    for what, rule in fallbacks().items():
        is_type = what in types
        assert is_type or what in SCHEMA.by_name, what
        if rule != DROP:
            type_ = what if is_type else SCHEMA.newest(what).result
            assert SCHEMA.newest(rule).result == type_, what


def test_every_hand_written_rule_is_about_something_that_exists() -> None:
    for name, rules in adapt.UPGRADES.items():
        old = {f.name for c in SCHEMA.by_name[name] for f in c.fields}
        for rule in rules:
            assert rule.fields <= old or rule.lacking <= old, name
            assert (rule.fields | rule.lacking) & old, name
    for name, field in adapt.DOWNGRADES:
        assert field.partition(":")[0] in {f.name for c in SCHEMA.by_name[name] for f in c.fields}
    for name in (*adapt.STAND_INS, *adapt.LOWERED, *adapt.RENAMED, *adapt.RESULTS):
        assert name in SCHEMA.by_name
    for name, field in audit.forgotten():
        assert field in {f.name for c in SCHEMA.by_name[name] for f in c.fields}, (name, field)


def test_error_names_are_unique_and_take_their_number() -> None:
    lines = schema_text("errors.tsv").splitlines()
    names = [line.split("\t")[0] for line in lines[1:]]
    assert names == sorted(set(names))
    assert Fault("FLOOD_WAIT_X", 30).message == "FLOOD_WAIT_30"
    assert Fault("FILE_PART_X_MISSING", 3).message == "FILE_PART_3_MISSING"
    assert Fault("PHONE_MIGRATE_X", 2).message == "PHONE_MIGRATE_2"
    assert all(code in known_errors().values() for code in (303, 400, 401, 403, 406, 420, 500))


def test_every_class_is_found_by_its_python_name() -> None:
    for name in SCHEMA.by_name:
        space, _, _ = name.rpartition(".")
        holder = getattr(api, space) if space else api
        cls = getattr(holder, class_name(name))
        assert name == cls.NAME
        assert SCHEMA.newest(name).function == cls.FUNCTION


def test_what_the_schema_has_not_is_no_attribute() -> None:
    for holder, name in ((api, "Nonsense"), (api, "TypeNonsense"), (api.messages, "Nonsense")):
        with pytest.raises(AttributeError):
            getattr(holder, name)


def test_a_type_is_the_union_of_its_constructors() -> None:
    assert isinstance(api.InputPeerSelf(), api.TypeInputPeer)
    assert not isinstance(api.PeerUser(user_id=1), api.TypeInputPeer)
    assert isinstance(
        api.updates.State(pts=1, qts=1, date=1, seq=1, unread_count=0), api.updates.TypeState
    )


def test_required_fields_are_required_and_others_default_to_nothing() -> None:
    with pytest.raises(TypeError):
        api.User()
    user = api.User(id=1)
    assert user.self is False and user.first_name is None
    assert user == api.User(id=1) and user != api.User(id=2) and user != api.PeerUser(user_id=1)
    assert repr(user) == "user(id=1)"
