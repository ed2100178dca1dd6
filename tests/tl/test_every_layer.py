"""Every constructor in every layer: what we write, a client that knows only its layer reads."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from petitbleu.errors import LocalFault
from petitbleu.tl import adapt, audit, codec
from petitbleu.tl.schema import Combinator
from tests.tl.plain import Plain, Samples, fields_of

SCHEMA = codec.SCHEMA
LAYERS = SCHEMA.layers


@functools.cache
def plain(layer: int) -> Plain:
    return Plain(SCHEMA, layer)


@functools.cache
def newest_objects() -> list[tuple[Combinator, dict[str, Any], Any]]:
    """Every current constructor, with and without its conditional fields: (form, as dict, as
    object).
    """
    samples = Samples(plain(LAYERS[-1]))
    found = []
    for name, c in samples.plain.by_name.items():
        if c.function:
            continue
        for full in (False, True):
            value = samples.make(name, full)
            found.append((c, value, codec.decode(samples.plain.write(value))))
    return found


def test_every_form_of_the_newest_layer_comes_back_as_it_was() -> None:
    samples = Samples(plain(LAYERS[-1]))
    for name in samples.plain.by_name:
        for full in (False, True):
            value = samples.make(name, full)
            data = samples.plain.write(value)
            obj = codec.decode(data)
            assert codec.encode(obj) == data, name
            assert codec.decode(codec.encode(obj)) == obj


def same(sent: dict[str, Any], read: dict[str, Any], reader: Plain) -> None:
    """Fields that both layers have alike carry the same value; objects the layer knows stay what
    they are.
    """
    if sent["_"] != read["_"]:
        return
    new = fields_of(SCHEMA.newest(sent["_"]))
    for name, f in fields_of(reader.by_name[read["_"]]).items():
        g = new.get(name)
        if g is None or g.type != f.type or name not in sent or f.type == "#":
            continue
        value, got = sent[name], read.get(name)
        if isinstance(value, dict):
            if got is not None:
                same(value, got, reader)
            else:
                assert f.flags, f"{sent['_']}.{name} is lost"
        elif not (isinstance(value, list) and value and isinstance(value[0], dict)):
            assert got == value, f"{sent['_']}.{name} in layer {reader.layer}"


@pytest.mark.turns(3)
@pytest.mark.parametrize("layer", LAYERS)
def test_newest_objects_are_read_by_a_client_of_the_layer(layer: int) -> None:
    reader = plain(layer)
    said = audit.reachable(SCHEMA)
    answers = {forms[-1].result for forms in SCHEMA.by_name.values() if forms[-1].function}
    codec.UNRULED.values.clear()
    failing = codec.dialect(layer).failing
    for c, sent, obj in newest_objects():
        if c.result not in said or c.result not in reader.types:
            continue
        try:
            data = codec.encode(obj, layer)
        except codec.Inexpressible:
            assert c.name in failing, c.name
            assert c.result not in answers, f"{c.name} cannot be left out of an answer"
            continue
        read, after = reader.read_object(data, 0, c.result)
        assert after == len(data)
        same(sent, read, reader)
    assert not codec.UNRULED.values


@pytest.mark.turns(3)
@pytest.mark.parametrize("layer", LAYERS)
def test_what_a_client_of_the_layer_says_is_understood(layer: int) -> None:
    """Old form -> newest object -> newest bytes and the old form again, byte for byte where
    nothing differs.

    Objects with a constructor that is gone exist in their old layers only; no request holds one.
    """
    samples = Samples(plain(layer))
    differ = bridged(samples.plain)
    for name, c in samples.plain.by_name.items():
        for full in (False, True):
            data = samples.plain.write(samples.make(name, full))
            obj = codec.decode(data)
            try:
                again = codec.decode(codec.encode(obj))
            except codec.Inexpressible:
                current_method = c.function and SCHEMA.is_current(name)
                assert not current_method, name
            else:
                assert codec.decode(codec.encode(again)) == again, name
                if name not in differ:
                    assert again == obj, name
            if name not in differ:
                assert codec.encode(obj, layer) == data, name


@functools.cache
def unlike(name: str) -> bool:
    """True where a form of the name differs from another by more than conditional fields.

    Or where two fields have one bit: the missing one of them comes back as zero.
    """
    bits = [(f.flags, f.bit) for f in SCHEMA.newest(name).fields if f.flags]
    if len(bits) != len(set(bits)) and len(SCHEMA.by_name[name]) > 1:
        return True
    if name in adapt.RENAMED or name in adapt.LOWERED or not SCHEMA.is_current(name):
        return True
    newest = fields_of(SCHEMA.newest(name))
    for c in SCHEMA.by_name[name]:
        for f in c.values:
            if f.name not in newest or newest[f.name].type != f.type:
                return True
    return False


def bridged(layer: Plain) -> set[str]:
    """Names that do not come back byte for byte: they, or something they may hold, differ between
    layers.
    """
    holders: dict[str, list[str]] = {}
    for name, c in layer.by_name.items():
        for f in c.fields:
            type_ = f.type[7:-1] if f.type.startswith("Vector<") else f.type
            holders.setdefault(type_, []).append(name)
    found: set[str] = set()
    waiting = [name for name in layer.by_name if unlike(name)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            c = layer.by_name[name]
            if not c.function:
                waiting += holders.get(c.result, [])
    return found


def test_every_result_type_of_every_layer_is_written() -> None:
    """A method whose result type changed answers each layer in the type that it expects."""
    newest = Samples(plain(LAYERS[-1]))
    changed = {c.name for c in SCHEMA.by_id.values() if c.function and c.name in adapt.RESULTS}
    assert changed == set(adapt.RESULTS)
    for name in sorted(changed):
        type_ = SCHEMA.newest(name).result
        value = newest.value(type_, True, 0)
        writer = plain(LAYERS[-1])
        obj = codec.decode_result(name, writer._write(value, type_))
        for layer in LAYERS:
            form = plain(layer).by_name.get(name)
            if form is not None:
                plain(layer).read_value(codec.encode_result(name, obj, layer), form.result)


def test_no_difference_between_layers_is_without_a_rule() -> None:
    assert audit.problems(codec.CLASSES) == []


def test_an_object_that_is_not_what_its_schema_says_is_our_bug() -> None:
    user = codec.decode(codec.encode(codec.CLASSES["user"](id=1)))
    user.id = "one"
    with pytest.raises(LocalFault):
        codec.encode(user)
