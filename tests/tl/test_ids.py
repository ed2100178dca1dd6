"""The id of a line is the CRC32 of its text, and code that names ids names those of the schema."""

from __future__ import annotations

import re
import zlib

from petitbleu.mtproto import binding, exchange, wire
from petitbleu.resources import schema_text
from petitbleu.tl import codec
from petitbleu.tl.program import VECTOR_ID
from petitbleu.tl.schema import Combinator, load_service, parse

SET_BY_HAND = {
    "accessPointRule",
    "help.configSimple",
    "inputPeerPhotoFileLocationLegacy",
    "inputStickerSetThumbLegacy",
    "ipPortSecret",
}
"""Ids that never were the CRC32 of their line."""


def crc(c: Combinator) -> int:
    """The id that the text of a line gives (core.telegram.org/mtproto/TL)."""
    fields = [f.text for f in c.fields if f.type != "true"]
    generic = ["X:Type"] if c.result == "X" else []
    line = " ".join([c.name, *generic, *fields, "=", c.result])
    line = re.sub(r"([:?])bytes\b", r"\1string", line).replace("<", " ").replace(">", "")
    return zlib.crc32(line.encode())


def wrong(combinators: list[Combinator]) -> set[str]:
    return {c.name for c in combinators if crc(c) != c.id}


def test_the_ids_of_the_merged_schema_are_those_of_its_lines() -> None:
    assert wrong(parse(schema_text("api.tl"))) == SET_BY_HAND


def test_forms_worked_out_for_gap_layers_are_proved_by_their_id() -> None:
    forms = parse(schema_text("gap_forms.tl"))
    assert forms and wrong(forms) == set()
    known = codec.SCHEMA.layers
    for c in forms:
        assert not any(low in known or high in known for low, high in c.ranges), c.name


def test_the_ids_of_our_own_methods_are_those_of_their_lines() -> None:
    own = parse(schema_text("petitbleu.tl"))
    assert own and wrong(own) == set()
    assert {c.name.partition(".")[0] for c in own} == {"petitbleu"}


def test_the_protocol_core_uses_the_ids_of_the_service_schema() -> None:
    used = {
        value
        for module in (wire, exchange, binding)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int) and value > 1 << 24
    }
    schema = load_service()
    assert used - {VECTOR_ID} <= set(schema.by_id)
    methods = {c.id for c in schema.by_id.values() if c.function}
    assert methods <= used
