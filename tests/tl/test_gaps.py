"""Clients at layers that no published schema covers, and beyond both ends."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from petitbleu.tl import audit, codec
from petitbleu.tl.layers import Layers, gap_rules
from tests.tl.plain import Plain
from tests.tl.test_every_layer import newest_objects, same

SCHEMA = codec.SCHEMA
GAPS = [n for n in range(SCHEMA.layers[0], SCHEMA.layers[-1]) if n not in SCHEMA.layers]
TABLE = Path(__file__).with_name("hidden_layers.txt")
CORE = (
    "user",
    "userFull",
    "chat",
    "chatFull",
    "channel",
    "channelFull",
    "message",
    "messageService",
    "dialog",
)
CORE_SPACES = ("messages.", "updates.")


def test_every_gap_rule_names_a_known_form_and_changes_something() -> None:
    without = Layers(SCHEMA, {})
    layers = Layers(SCHEMA)
    for (layer, name), id_ in gap_rules().items():
        assert layer in GAPS or layer > SCHEMA.layers[-1], (layer, name)
        form = layers.form(name, layer)
        assert (form.id if form else 0) == id_, (layer, name)
        assert form is not without.form(name, layer), f"{name} at {layer} needs no rule"


@pytest.mark.turns(3)
@pytest.mark.parametrize("layer", [*GAPS, 232])
def test_newest_objects_are_read_by_a_client_of_a_gap_layer(layer: int) -> None:
    """As in the known layers, with the forms that the gap rules choose."""
    layers = Layers(SCHEMA)
    forms = [f for name in SCHEMA.by_name if (f := layers.form(name, layer)) is not None]
    reader = Plain(SCHEMA, layer, forms)
    said = audit.reachable(SCHEMA)
    failing = codec.dialect(layer).failing
    for c, sent, obj in newest_objects():
        if c.result not in said or c.result not in reader.types:
            continue
        try:
            data = codec.encode(obj, layer)
        except codec.Inexpressible:
            assert c.name in failing, c.name
            continue
        read, after = reader.read_object(data, 0, c.result)
        assert after == len(data)
        same(sent, read, reader)


def test_layers_beyond_the_ends_are_answered_as_the_ends() -> None:
    user = codec.CLASSES["user"](id=1, first_name="Ann")
    assert codec.encode(user, 133) == codec.encode(user, SCHEMA.layers[0])
    assert codec.encode(user, 232) == codec.encode(user, SCHEMA.layers[-1])


def test_what_is_known_of_a_layer_beyond_the_newest_is_said_to_it_and_to_those_after() -> None:
    header = codec.CLASSES["messageReplyHeader"](reply_to_msg_id=5)
    for layer, id_ in ((229, 0x1B97DD66), (231, 0x1B97DD66), (232, 0xDDB5AB75), (240, 0xDDB5AB75)):
        assert codec.encode(header, layer)[:4] == id_.to_bytes(4, "little")
    read = codec.decode(codec.encode(header, 232))
    assert read == header


def hidden(layer: int) -> tuple[list[str], list[str]]:
    """What a known layer would be told wrongly if it were unknown: (in another form, left out)."""
    known = tuple(n for n in SCHEMA.layers if n != layer)
    layers = Layers(SCHEMA, {}, known)
    wrong, left_out = [], []
    for name in sorted(SCHEMA.by_name):
        true = SCHEMA.form(name, layer)
        if SCHEMA.newest(name).function or true is None:
            continue
        told = layers.form(name, layer)
        if told is None:
            left_out.append(name)
        elif told is not true:
            wrong.append(name)
    return wrong, left_out


def table() -> str:
    """Layer by layer what the neighbours alone would get wrong: core types by name, the others
    counted.
    """
    lines = []
    for layer in SCHEMA.layers[1:-1]:
        wrong, left_out = hidden(layer)
        core = [n for n in wrong if n in CORE or n.startswith(CORE_SPACES)]
        lines.append(
            f"{layer}: {' '.join(core) or '-'} and {len(wrong) - len(core)} others; "
            f"{len(left_out)} left out"
        )
    return "\n".join(lines) + "\n"


def test_hiding_a_known_layer_shows_what_the_neighbours_get_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The printed table is kept in hidden_layers.txt: a change of the rule shows in it."""
    text = table()
    with capsys.disabled():
        print("\nknown layers hidden in turn: constructors that come out wrong\n" + text)
    assert text == TABLE.read_text("utf-8")


def test_hiding_a_layer_harms_nothing_that_its_neighbours_agree_on() -> None:
    for layer in SCHEMA.layers[1:-1]:
        at = SCHEMA.layers.index(layer)
        below, above = SCHEMA.layers[at - 1], SCHEMA.layers[at + 1]
        for name in hidden(layer)[0]:
            assert SCHEMA.form(name, below) is not SCHEMA.form(name, above), (layer, name)


@pytest.mark.parametrize(
    ("name", "id_"),
    [("channel", 0x7AD15240), ("channelFull", 0xC4C4DD40), ("userFull", 0xB90C2AFD)],
)
def test_a_client_of_layer_232_is_told_of_profiles_and_channels_in_its_own_form(
    name: str, id_: int
) -> None:
    (sent,) = [obj for c, _, obj in newest_objects() if c.name == name and c.known_at(229)][-1:]
    assert codec.encode(sent, 232)[:4] == id_.to_bytes(4, "little")
    assert codec.encode(sent, 229)[:4] != id_.to_bytes(4, "little")


def test_a_reply_of_a_client_of_layer_232_is_understood() -> None:
    """``quote_rich`` is left aside: the plain quote says the same of a plain message."""
    flags, bare = 1 << 2, 0
    for word, tail, quote in ((bare, b"", None), (flags, b"\x02la\x00", "la")):
        data = struct.pack("<IIi", 0x75C1AD70, word, 5) + tail
        read = codec.decode(data)
        assert (read.NAME, read.reply_to_msg_id, read.quote_text) == (
            "inputReplyToMessage",
            5,
            quote,
        )
