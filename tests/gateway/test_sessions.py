"""Sessions: surviving a cut, back-pressure, slow readers, binding and destroying keys."""

from __future__ import annotations

import asyncio
import os
import time

import pytest

from petitbleu.config import Limits
from petitbleu.gateway import sessions
from petitbleu.gateway.bulk import Bulk
from petitbleu.mtproto import wire as tl
from tests.gateway.conftest import OK, Serve, Server
from tests.gateway.wire import FRAMINGS, Client, Http, Tcp, WebSocket, exchange
from tests.kit.waiting import guarded, until


async def test_answer_is_said_again_after_a_cut(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        call = await client.begin(b"hold1234")
        await until(lambda: server.rooms.begun == 2)
        await client.carrier.close()
        await until(lambda: not server.rooms.links[0].connected)
        server.rooms.gate.set()
        await server.again(client, "padded")
        client.session.tell(tl.with_long(0x7ABE77EC, 7), time.time())
        await client.send()
        assert await client.result(call) == b"hold1234"
        assert len(server.rooms.links) == 1, "the session is the same one"


async def test_pushes_while_away_come_after_the_cut(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        await client.carrier.close()
        link = server.rooms.links[0]
        await until(lambda: not link.connected)
        assert link.push(b"news")
        await server.again(client)
        client.session.tell(tl.with_long(0x7ABE77EC, 7), time.time())
        await client.send()
        assert await client.push() == b"news"


async def test_session_with_too_much_kept_is_forgotten(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        await client.carrier.close()
        link = server.rooms.links[0]
        await until(lambda: not link.connected)
        pushed = 0
        while link.push(b"news" * 4096):
            pushed += 1
            assert pushed < 100
        assert server.rooms.ended == [link]
        client.services.clear()
        await server.again(client)
        await client.call(b"echo0000")
        await client.service(tl.NEW_SESSION_CREATED)


async def test_those_away_hold_a_bounded_amount_of_answers(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "AWAY_BYTES", 500_000)
    async with serve() as server:
        gone = []
        for size in (200_000, 200_000, 200_000, 4):
            client = await server.client()
            body = b"echo" + os.urandom(size)
            assert await client.call(body) == body
            link = server.rooms.links[-1]
            await client.carrier.close()
            await until(lambda link=link: not link.connected)
            gone.append(link)
        assert server.rooms.ended == gone[:1], "who is away longest goes first, and alone"


async def test_answers_of_one_turn_leave_in_one_payload(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        calls = [client.session.call(b"hold%04d" % n, time.time()) for n in range(20)]
        await client.send()
        await until(lambda: server.rooms.begun == 21)
        server.rooms.gate.set()
        await client.read()
        assert [client._results[call] for call in calls] == [b"hold%04d" % n for n in range(20)]


async def test_only_those_who_move_no_file_hurry_the_slices(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurried = 0

    def hurry(bulk: Bulk) -> None:
        nonlocal hurried
        hurried += 1

    monkeypatch.setattr(Bulk, "hurry", hurry)
    async with serve() as server:
        mover, writer = await server.client(), await server.client()
        part = os.urandom(1 << 18)
        assert await mover.call(b"echo" + part) == b"echo" + part
        hurried = 0
        assert await mover.call(b"echo0001") == b"echo0001"
        assert await mover.call(b"echo" + part) == b"echo" + part
        assert hurried == 0
        assert await writer.call(b"echo0002") == b"echo0002"
        assert hurried > 0


async def test_reading_pauses_while_too_many_calls_run(serve: Serve) -> None:
    async with serve(limits=Limits(calls_in_flight=8)) as server:
        client = await server.client()
        await client.call(b"echo0000")
        for n in range(40):
            await client.begin(b"hold%04d" % n)
        await asyncio.sleep(0.2)
        assert server.rooms.begun == 1 + 8
        server.rooms.gate.set()
        for call in client.session.pending:
            await client.result(call)
        assert server.rooms.begun == 41


async def test_slow_reader_is_refused_pushes_and_costs_bounded_memory(serve: Serve) -> None:
    async with serve(limits=Limits(send_queue_bytes=1 << 18)) as server:
        client = await server.client()
        await client.call(b"echo0000")
        link = server.rooms.links[0]
        big = os.urandom(1 << 16)
        pushed = 0
        for _ in range(2000):
            if not link.push(big):
                break
            pushed += 1
            await asyncio.sleep(0)
        else:
            raise AssertionError("every push was taken")
        for _ in range(pushed):
            assert await client.push() == big
        await until(lambda: link.push(b"more"))
        assert await client.push() == b"more"


async def test_cancelled_call_stops(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        call = await client.begin(b"hold1234")
        await until(lambda: server.rooms.begun == 2)
        drop = await client.begin(tl.with_long(0x58E4A740, call))
        assert (await client.result(drop))[:4] in (
            (0xCD78E586).to_bytes(4, "little"),
            (0xA43AD8B7).to_bytes(4, "little"),
        )
        await until(lambda: server.rooms.cancelled == 1)


async def temporary(server: Server) -> Client:
    carrier = await Tcp.open(server.address)
    return Client(carrier, await exchange(carrier, server.keys, expires_in=3600))


async def test_bound_temporary_key_stands_for_its_permanent_one(serve: Serve) -> None:
    async with serve() as server:
        perm = await server.client()
        await perm.call(b"echo0000")
        temp = await temporary(server)
        assert await temp.call(b"who?") == OK + bytes(8)
        name = perm.key.auth_key_id.to_bytes(8, "little", signed=True)
        assert await temp.call(b"bind" + name) == OK
        assert await temp.call(b"who?") == OK + name
        assert len(server.links.of_auth(perm.key.auth_key_id)) == 2


async def test_expired_temporary_key_is_unknown(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serve() as server:
        carrier = await Tcp.open(server.address)
        temp = Client(carrier, await exchange(carrier, server.keys, expires_in=100))
        await temp.call(b"echo0000")
        monkeypatch.setattr(server.gateway.app.clock.__class__, "now", lambda _: time.time() + 101)
        await temp.begin(b"echo0000")
        assert (await carrier.receive()).payload == (-404).to_bytes(4, "little", signed=True)


async def test_destroyed_key_is_answered_then_unknown(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        other = Client(await Tcp.open(server.address), client.key)
        await client.call(b"echo0000")
        await other.call(b"echo0000")
        client.session.tell(tl.bare(0xD1435160), time.time(), content=True)
        await client.send()
        await client.service(tl.DESTROY_AUTH_KEY_OK)
        for carrier in (client.carrier, other.carrier):
            assert isinstance(carrier, Tcp)
            assert await carrier.closed()
        await server.again(client)
        await client.begin(b"echo0000")
        assert (await client.carrier.receive()).payload == (-404).to_bytes(4, "little", signed=True)


async def test_ended_login_drops_its_connections(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        server.links.close_auth(client.key.auth_key_id)
        assert isinstance(client.carrier, Tcp)
        assert await client.carrier.closed()
        await server.again(client)
        assert await client.call(b"echo0000") == b"echo0000", "the key itself stays"


@pytest.mark.parametrize("kind", ["abridged", "intermediate", "padded", "full", "ws", "http"])
async def test_a_call_that_ends_its_own_login_is_answered_first(serve: Serve, kind: str) -> None:
    async with serve() as server:
        client = await server.client()
        if kind == "ws":
            client.carrier = await WebSocket.open(f"ws://127.0.0.1:{server.address[1]}/apiws")
        elif kind == "http":
            client.carrier = Http(f"{server.url}/api")
        else:
            await server.again(client, kind)
        await client.call(b"echo0000")
        beside = await client.begin(b"hold1234")
        ended = await client.begin(b"end!0000")
        assert await client.result(ended) == OK
        server.rooms.gate.set()
        assert await client.result(beside) == b"hold1234"
        if kind in FRAMINGS:
            assert isinstance(client.carrier, Tcp)
            assert await client.carrier.closed()
        await client.carrier.close()


async def test_calls_after_the_end_of_a_login_do_not_keep_the_connection(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        before = await client.begin(b"hold0000")
        await until(lambda: server.rooms.begun == 2)
        server.rooms.links[0].close()
        gate, server.rooms.gate = server.rooms.gate, asyncio.Event()
        await client.begin(b"hold0001")
        await until(lambda: server.rooms.begun == 3)
        gate.set()
        assert await client.result(before) == b"hold0000"
        assert isinstance(client.carrier, Tcp)
        assert await client.carrier.closed()


async def test_ping_delay_disconnect_closes_in_time(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        body = (0xF3427B8C).to_bytes(4, "little") + bytes(8) + (1).to_bytes(4, "little")
        client.session.tell(body, time.time(), content=True)
        began = time.monotonic()
        await client.send()
        await client.service(tl.PONG)
        assert isinstance(client.carrier, Tcp)
        with guarded("closed after a second"):
            assert await client.carrier.closed()
        assert time.monotonic() - began > 0.5, "not before its time"


async def test_session_on_two_connections_answers_where_it_was_asked(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        first = client.carrier
        await client.call(b"echo0000")
        second = await Tcp.open(server.address, "intermediate")
        for n in range(6):
            client.carrier = second if n % 2 else first
            assert await client.call(b"echo%04d" % n) == b"echo%04d" % n
        assert len(server.rooms.links) == 1


async def test_destroyed_sessions_are_not_kept_by_their_connection(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        for _ in range(5):
            other = Client(client.carrier, client.key)
            await other.call(b"echo0000")
            name = other.session.session_id
            client.session.tell(tl.with_long(0xE7512126, name), time.time(), content=True)
            await client.send()
            await client.service(tl.DESTROY_SESSION_OK)
        await client.call(b"echo0000")
        (conn,) = server.gateway._open
        assert len(conn._sessions) <= 2  # type: ignore[attr-defined]
        assert len(server.gateway.sessions) == 1
        assert len(server.rooms.ended) == 5


async def test_unfinished_frames_share_a_budget(serve: Serve) -> None:
    async with serve(limits=Limits(buffered_bytes=200_000)) as server:
        clients = [await server.client("intermediate") for _ in range(3)]
        for client in clients:
            assert isinstance(client.carrier, Tcp)
            client.carrier.writer.write((1 << 20).to_bytes(4, "little") + bytes(90_000))
            await client.carrier.writer.drain()
            await asyncio.sleep(0.05)
        last = clients[-1].carrier
        assert isinstance(last, Tcp)
        assert (await last.receive()).payload == (-429).to_bytes(4, "little", signed=True)
        assert await last.closed()
        for client in clients[:2]:
            await client.carrier.close()
        await until(lambda: server.gateway.buffered == 0)


async def test_unused_keys_are_forgotten(serve: Serve) -> None:
    from petitbleu.gateway.keys import prune
    from petitbleu.store.query import query

    async with serve() as server:
        store = server.gateway.app.store
        kept, unused = await server.client(), await server.client()
        temp = await temporary(server)

        async def sign_in(tx: object, key: int) -> None:
            await tx.run(  # type: ignore[attr-defined]
                query(
                    "insert into auth (id, account, hash, created_at, active_at)"
                    " values (:id, 7, 1, 1, 1)"
                ),
                id=key,
            )

        await store.write(sign_in, kept.key.auth_key_id)
        now = int(time.time())
        assert await store.write(prune, now=now, unused_before=now - 10) == 0
        assert await store.write(prune, now=now + 7200, unused_before=now + 10) == 2
        ids = {row[0] for row in await store.rows(query("select id from auth_key"))}
        assert ids == {kept.key.auth_key_id}
        assert unused.key.auth_key_id not in ids and temp.key.auth_key_id not in ids


async def test_dropped_temporary_key_is_unknown(serve: Serve) -> None:
    async with serve() as server:
        perm, temp = await server.client(), await temporary(server)
        await temp.call(b"bind" + perm.key.auth_key_id.to_bytes(8, "little", signed=True))
        link = server.links.of_auth(perm.key.auth_key_id)[0]
        await server.gateway.keys.delete(temp.key.auth_key_id)
        assert link.bound is not None
        link.bound(0)
        assert server.links.of_auth(perm.key.auth_key_id) == server.links.of_auth(0) == []
        await temp.begin(b"echo0000")
        assert (await temp.carrier.receive()).payload == (-404).to_bytes(4, "little", signed=True)


async def test_late_bytes_of_a_dead_connection_do_not_take_the_answers_along(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        old = client.carrier
        await server.again(client)
        call = await client.begin(b"hold1234")
        await until(lambda: server.rooms.begun == 2)
        # What was still on its way when the client had gone over to the new connection already.
        new, client.carrier = client.carrier, old
        lost = await client.begin(b"echo5678")
        await until(lambda: server.rooms.begun == 3)
        await old.receive()  # and nobody is there to read it
        await old.close()
        client.carrier = new
        assert await client.result(lost) == b"echo5678"
        server.rooms.gate.set()
        assert await client.result(call) == b"hold1234"
        assert server.rooms.links[0].connected


async def test_answers_written_to_one_of_two_connections_come_on_the_other(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        old = client.carrier
        await server.again(client)
        await client.call(b"echo0001")
        new, client.carrier = client.carrier, old
        lost = await client.begin(b"echo5678")
        await until(lambda: server.rooms.begun == 3)
        await old.receive()
        client.carrier = new
        client.session.tell(tl.with_long(0x7ABE77EC, 7), time.time())
        await client.send()
        await client.service(tl.PONG)
        await old.close()
        assert await client.result(lost) == b"echo5678"


async def test_connection_reads_on_when_the_session_that_filled_it_is_gone(serve: Serve) -> None:
    """Two sessions of one key on one connection; the one with too many calls goes elsewhere, or
    ends.
    """
    async with serve(limits=Limits(calls_in_flight=4)) as server:
        first = await server.client()
        await first.call(b"echo0000")
        key, shared = first.key, first.carrier
        for leave in ("moves", "ends"):
            busy, other = Client(shared, key), Client(shared, key)
            await other.call(b"echo0001")
            await busy.call(b"echo0001")
            begun = server.rooms.begun
            for n in range(4):
                await busy.begin(b"hold%04d" % n)
            await until(lambda begun=begun: server.rooms.begun == begun + 4)
            call = await other.begin(b"echo0002")
            await asyncio.sleep(0.1)
            assert server.rooms.begun == begun + 4, "reading is paused"
            aside = await Tcp.open(server.address)
            if leave == "moves":
                busy.carrier = aside
                busy.session.tell(tl.with_long(0x7ABE77EC, 7), time.time())
                await busy.send()
            else:
                third = Client(aside, key)
                third.session.tell(
                    tl.with_long(tl.DESTROY_SESSION, busy.session.session_id), time.time()
                )
                await third.send()
            assert await other.result(call) == b"echo0002"


async def test_a_key_whose_id_is_taken_is_refused_and_the_first_one_stays(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        taken = server.gateway.keys
        first = taken.known(client.key.auth_key_id, time.time())
        assert first is not None
        assert not await taken.add(first.id, os.urandom(256), salt=1, expires_at=None)
        assert taken.known(first.id, time.time()) is first
        await client.call(b"echo0000")
