"""No field of a served request is taken and then acted on by nobody.

What the code reads is found by an abstract run of its source (``tests/kit/reads.py``); what it need
not read stands in ``schema/fields.tsv``, with the error or the reason.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu import domain
from petitbleu.errors import known_errors
from petitbleu.rpc import coverage, fields
from petitbleu.rpc.fields import ACTED, IGNORED, REFUSED, WHOLE
from petitbleu.rpc.registry import METHODS
from tests.kit import calls, hosts, requests
from tests.kit.reads import Reads
from tests.kit.world import Client, RpcFault, World

DOCUMENT = Path(__file__).parents[2] / "docs" / "coverage-fields.md"


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, str]]:
    """(object, attribute) of every field that code reads."""
    domain.load_rooms()
    return Reads().seen


def _every() -> list[tuple[str, str, str]]:
    """(object, field, attribute) of all that requests of served methods can hold."""
    return [
        (name, f.name, f.attr)
        for name in (*METHODS, *fields.held(METHODS))
        for f in fields.values(name)
    ]


def test_every_field_is_read_or_refused_or_ignored_for_a_reason(
    seen: set[tuple[str, str]],
) -> None:
    unread = [
        f"{name}.{field}"
        for name, field, attr in _every()
        if fields.state(name, field) == ACTED and (name, attr) not in seen
    ]
    assert unread == [], "serve it, refuse it, or give a reason in schema/fields.tsv"


def test_what_is_said_to_be_ignored_is(seen: set[tuple[str, str]]) -> None:
    """Also what shows that the analysis does not take everything for read."""
    said = [
        (name, field, attr)
        for name, field, attr in _every()
        if fields.state(name, field) == IGNORED and not (name in METHODS and METHODS[name].stub)
    ]
    assert len(said) > 60
    assert [f"{name}.{field}" for name, field, attr in said if (name, attr) in seen] == []


def test_the_list_names_what_there_is() -> None:
    held = {*METHODS, *fields.held(METHODS)}
    everywhere = {f.name for name in held for f in fields.values(name)}
    hosted = hosts.requests()
    for one in fields.exemptions().values():
        assert one.state in (REFUSED, IGNORED)
        assert one.state != REFUSED or one.why in known_errors()
        if one.name == WHOLE:
            assert one.field in everywhere, one
        elif one.field == WHOLE:
            assert one.name in hosted, f"{one.name} is held by no request"
        else:
            assert one.name in held, one
            assert one.field in {f.name for f in fields.values(one.name)}, one


def test_the_document_is_fresh() -> None:
    assert DOCUMENT.read_text("utf-8") == fields.document(), (
        "run petitbleu dev coverage --write and look at the difference"
    )


def _refused_of_methods() -> list[tuple[str, str, str]]:
    domain.load_rooms()
    return [
        (name, f.name, said.why)
        for name in sorted(METHODS)
        if coverage.methods()[name].present == name
        for f in fields.values(name)
        if (said := fields.of_field(name, f.name)) is not None and said.state == REFUSED
    ]


async def _answer(client: Client, request: Any) -> str:
    """The error of a call, or "taken"."""
    try:
        await client.call(request)
    except RpcFault as fault:
        return calls.general(fault.message)
    return "taken"


async def test_a_refused_field_of_a_method_is_answered_its_error(world: World) -> None:
    maker = requests.Maker(await requests.scene(world))
    wrong = []
    for name, field, error in _refused_of_methods():
        (f,) = (one for one in fields.values(name) if one.name == field)
        request = maker.request(name)
        setattr(request, f.attr, maker.value(name, f))
        answer = await _answer(maker.scene.me, request)
        if answer != error:
            wrong.append((name, field, error, answer))
    assert not wrong, "\n".join(map(str, wrong))


async def test_a_refused_object_is_answered_its_error(world: World) -> None:
    """Of an object as a whole, and of one field of an object."""
    maker = requests.Maker(await requests.scene(world))
    hosted = hosts.requests()
    wrong = []
    for one in fields.exemptions().values():
        if one.state != REFUSED or one.name == WHOLE or one.name in METHODS:
            continue
        method, made = hosted[one.name]
        request = made(maker)
        if one.field != WHOLE:
            (f,) = (f for f in fields.values(one.name) if f.name == one.field)
            setattr(hosts.find(request, one.name), f.attr, maker.value(one.name, f))
        answer = await _answer(maker.scene.me, request)
        if answer != one.why:
            wrong.append((method, one.name, one.field, one.why, answer))
    assert not wrong, "\n".join(map(str, wrong))
