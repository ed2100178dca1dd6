"""Witnesses that others wrote cosign our log, and our witness cosigns a log that others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.desk.records.audit import heads, standing
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.witnesses import service
from petitbleu.run import health
from tests.desk.records.audit.test_standing import cut, write
from tests.desk.records.witnesses import foreign
from tests.desk.records.witnesses.foreign import Foreign, told
from tests.desk.records.witnesses.kit import NAME, running
from tests.desk.records.witnesses.test_cosigning import attack, use
from tests.kit.world import World

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log and a client of others."""
    return foreign.log_program(tmp_path_factory.mktemp("log"))


@pytest.fixture(params=["omniwitness", "litewitness"])
def witness(world: World, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Foreign]:
    """A witness of others that knows the log of the world."""
    folder = tmp_path / "witness"
    folder.mkdir()
    begin = getattr(foreign, request.param)
    with begin(folder, heads.origin(world.app), heads.verifier(world.app)) as made:
        use(world, made.setting)
        yield made


async def signed(world: World, lines: int) -> bool:
    """Write lines and a head; whether all witnesses have signed it."""
    await write(world, lines)
    assert await heads.sign(world.app) is not None
    return await service.submit(world.app)


async def forget(world: World) -> None:
    """What a database of before the first signature says of witnesses: nothing."""
    await world.app.store.write(attack, "delete from log_witness")
    await world.app.store.write(attack, "delete from log_cosignature")


async def test_it_cosigns_our_heads(world: World, witness: Foreign, program: Path) -> None:
    app = world.app
    for lines in (1, 5, 1, 300):
        assert await signed(world, lines)
        newest = (await service.published(app))["heads"][0]
        size = (await audit.head(app.store)).size
        # others read head and cosignature with code of their own
        origin, key = heads.origin(app), heads.verifier(app)
        said = told(program, "open", origin, key, witness.key, note=newest["note"])
        assert said == [str(size), origin, foreign.NAME]
    # it answers 409 with what it has signed, and is given the proof from there
    await forget(world)
    assert await signed(world, 7)
    # also after a kill
    witness.killed_and_again()
    await forget(world)
    assert await signed(world, 2)
    assert await service.problems(app) == await service.health(app) == []


async def test_it_refuses_our_fork(world: World, witness: Foreign) -> None:
    app = world.app
    assert await signed(world, 8)
    size = (await audit.head(app.store)).size
    await cut(world, 4)
    await forget(world)
    # shorter than what it has signed, as long, longer
    for lines, claim in ((2, f"signed {size} lines"), (2, ""), (20, "does not continue")):
        assert not await signed(world, lines)
        (late,) = await service.late(app)
        assert late.disputed and claim in late.problem
        notes = [one["note"] for one in (await service.published(app))["heads"]]
        assert not any(foreign.NAME in note for note in notes)
        witness.killed_and_again()
    # it shows no head of ours, so that the desk goes on and check fails
    assert standing.held(app) is None
    found = await health.with_desk(app)
    assert not found.ok and any("does not continue" in line for line in found.lines)


async def test_another_log_is_not_cosigned(world: World, witness: Foreign) -> None:
    other = service.read(witness.setting)
    assert await signed(world, 3)
    head = await heads.newest(world.app)
    assert head is not None
    for change in ((heads.origin(world.app), "other.example/journal"), ("— ", "— x.")):
        forged = head._replace(note=head.note.replace(*change))
        # 404 and 403; omniwitness has 500 for what its log has not signed
        with pytest.raises(service._Refused, match=r"does not|answers 500"):
            await service._obtain(world.app, other, 3, forged)


async def test_our_witness_cosigns_a_log_of_others(tmp_path: Path, program: Path) -> None:
    signing, key = told(program, "key", "log.example.net/foreign")
    other = told(program, "key", "log.example.net/foreign")[0]
    async with running(tmp_path / "w", key) as one:
        assert told(program, "walk", one.url, one.key, signing) == [
            f"0 1 0: cosigned by {NAME}",
            f"1 6 0: cosigned by {NAME}",
            f"6 6 0: cosigned by {NAME}",
            f"6 300 0: cosigned by {NAME}",
            "0 300 0: 409 with 300",
            "6 301 0: 409 with 300",
            "299 301 0: 409 with 300",
            "300 400 5: consistency proof invalid",
            "300 300 5: 409 with 300",
            f"300 301 0: cosigned by {NAME}",
        ]
        # signed with another key under the same name
        said = told(program, "walk", one.url, one.key, other)
        assert {line.split(": ")[1] for line in said} == {"no valid signatures"}
