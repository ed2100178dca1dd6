"""What no rule covers: the differences between layers that need a line of a developer's.

``petitbleu dev schema merge`` prints them after a new layer came in, and a test fails while there
are any.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from petitbleu.resources import schema_text
from petitbleu.tl import adapt
from petitbleu.tl.dialect import rule_for
from petitbleu.tl.objects import Classes
from petitbleu.tl.program import kind_of
from petitbleu.tl.schema import Combinator, Schema


@functools.cache
def forgotten() -> dict[tuple[str, str], str]:
    """``schema/forgotten.tsv``: (name, field) whose difference costs nothing worth a rule -> the
    reason.
    """
    rows = (line.split("\t") for line in schema_text("forgotten.tsv").splitlines()[1:])
    return {(name, field): reason for name, field, reason in rows}


def _old_forms(schema: Schema) -> Iterator[tuple[Combinator, Combinator]]:
    for forms in schema.by_name.values():
        for old in forms[:-1]:
            yield old, forms[-1]


def unlifted(schema: Schema) -> Iterator[str]:
    """Fields of old forms that are lost when they are read, and objects that the newest form lacks
    then.
    """
    for old, newest in _old_forms(schema):
        new = {f.name: f for f in newest.values}
        rules = adapt.UPGRADES.get(old.name, [])
        covered = {field for rule in rules for field in rule.fields}
        lacking = {field for rule in rules for field in rule.lacking}
        for f in old.values:
            same = new.get(f.name)
            if same is not None and adapt.read_as(f, same) is not None:
                continue
            if f.name not in covered and (old.name, f.name) not in forgotten():
                yield f"{old.name}#{old.id:08x} {f.text} is lost in the newest form"
        if not old.function and not old.name.lower().startswith("input"):
            continue
        own = {f.name for f in old.values}
        for f in newest.values:
            if f.flags or f.name in own or kind_of(f.type).code != "object":
                continue
            if (
                f.name not in lacking
                and not any(rule.fields & own for rule in rules)
                and (old.name, f.name) not in forgotten()
            ):
                yield f"{old.name}#{old.id:08x} has no {f.text} for the newest form"


def unlowered(schema: Schema) -> Iterator[str]:
    """Fields that old forms demand, or type differently, and that we would write as zeros."""
    said = reachable(schema)
    for old, newest in _old_forms(schema):
        if old.function or old.result not in said:
            continue
        new = {f.name: f for f in newest.values}
        for f in old.values:
            same = new.get(f.name)
            if same is not None and adapt.write_as(same, f) is not None:
                continue
            if f.flags and same is None:
                continue
            ruled = {(old.name, f.name), (old.name, f"{f.name}:{f.type}")} & set(adapt.DOWNGRADES)
            if not ruled and (old.name, f.name) not in forgotten():
                yield f"{old.name}#{old.id:08x} {f.text} is written as nothing"


def unresulted(schema: Schema) -> Iterator[str]:
    """Methods whose result has another type in some layer."""
    for old, newest in _old_forms(schema):
        if old.function and old.result != newest.result and old.name not in adapt.RESULTS:
            yield f"{old.name}#{old.id:08x} returned {old.result}, now {newest.result}"


def reachable(schema: Schema) -> set[str]:
    """Types that a server says: results of methods and updates, and all that they hold."""

    def bare(type_: str) -> str:
        return type_[7:-1] if type_.startswith("Vector<") else type_

    reached: set[str] = set()
    waiting = ["Updates"]
    waiting += [bare(forms[-1].result) for forms in schema.by_name.values() if forms[-1].function]
    while waiting:
        type_ = waiting.pop()
        if type_ in reached:
            continue
        reached.add(type_)
        for name in schema.of_type(type_):
            if schema.is_current(name):
                waiting += [bare(f.type) for f in schema.newest(name).fields]
    return reached


def unruled(schema: Schema) -> Iterator[str]:
    """Constructors that a known layer lacks while it has their type, and that nothing stands in
    for.
    """
    said = reachable(schema)
    types = {
        layer: {c.result for c in schema.by_id.values() if not c.function and c.known_at(layer)}
        for layer in schema.layers
    }
    for name in schema.by_name:
        c = schema.newest(name)
        if c.function or not schema.is_current(name) or c.result not in said:
            continue
        if name in adapt.STAND_INS or rule_for(name, c.result) is not None:
            continue
        lacking = [
            layer
            for layer in schema.layers
            if c.result in types[layer] and schema.form(name, layer) is None
        ]
        if lacking:
            yield f"{name} = {c.result} is unknown up to layer {lacking[-1]}"


def problems(classes: Classes) -> list[str]:
    """All of it, in words."""
    schema = classes.schema
    return [
        *unlifted(schema),
        *unlowered(schema),
        *unresulted(schema),
        *unruled(schema),
    ]
