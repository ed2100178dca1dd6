"""One-time codes."""

from __future__ import annotations

from petitbleu.domain.access.codes import jobs
from petitbleu.domain.access.codes import service as codes
from petitbleu.jobs import NoData
from petitbleu.store.query import query
from tests.kit.world import World

_COUNT = query("select count(*) from login_code")


async def entered(world: World, hash: str, given: str, auth: int = 5) -> codes.Attempt:
    """One entry."""
    return await world.app.store.write(
        codes.attempt, world.app, codes.RECOVERY, hash, given, auth=auth
    )


async def test_a_code_is_right_for_its_key_purpose_and_number(world: World) -> None:
    code = codes.make(world.app, codes.RECOVERY, channel="email", auth=5, plain="123456")
    await world.app.store.write(codes.put, code)
    hash = code.row.hash
    assert (await entered(world, hash, "12 34-56")).right
    assert not (await entered(world, hash, "123457")).right
    assert (await entered(world, hash, "123456", auth=6)).row is None
    other = await world.app.store.write(
        codes.attempt, world.app, codes.LOGIN, hash, "123456", auth=5
    )
    assert other.row is None
    other = await world.app.store.write(
        codes.attempt, world.app, codes.RECOVERY, hash, "123456", auth=5, phone="33612345678"
    )
    assert other.row is None


async def test_tries_are_counted_and_start_anew_with_a_new_code(world: World) -> None:
    handle = codes.handle(codes.RECOVERY, 7)
    for _ in range(2):
        code = codes.make(world.app, codes.RECOVERY, channel="email", hash=handle, account=7)
        await world.app.store.write(codes.put, code)
        for _ in range(world.app.config.codes.tries):
            assert (await entered(world, handle, "x")).row is not None
        assert await entered(world, handle, code.plain) == codes.Attempt(False, None)


async def test_a_sealed_code_cannot_be_moved_to_another_row(world: World) -> None:
    one = codes.make(world.app, codes.RECOVERY, channel="email", plain="111111")
    two = codes.make(world.app, codes.RECOVERY, channel="email", plain="111111")
    assert one.row.sealed != two.row.sealed
    assert codes.reveal(world.app, one.row) == "111111"
    assert len(one.row.hash) >= 20


async def test_expired_codes_are_pruned(world: World) -> None:
    code = codes.make(world.app, codes.RECOVERY, channel="email", lifetime=60)
    await world.app.store.write(codes.put, code)
    world.clock.advance(59)
    await jobs.prune(world.app, NoData())
    assert await world.app.store.rows(_COUNT) == [(1,)]
    world.clock.advance(1)
    await jobs.prune(world.app, NoData())
    assert await world.app.store.rows(_COUNT) == [(0,)]


def test_an_address_is_recognised_by_its_owner_only() -> None:
    assert codes.email_pattern("ada@example.org") == "a***@example.org"
    assert codes.email_pattern("grace.hopper@example.org") == "g***r@example.org"
