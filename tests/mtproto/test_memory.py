"""Ten thousand idle sessions must fit: one of them, after a usual life, stays small."""

from __future__ import annotations

import gc
import tracemalloc

from petitbleu.mtproto import wire
from petitbleu.mtproto.messages import Call
from tests.mtproto.pair import Pair


def test_an_idle_session_takes_at_most_two_kib() -> None:
    pairs = [Pair(seed) for seed in range(50)]
    frames = []
    for pair in pairs:
        mine = []
        for n in range(20):
            seqno = 2 * n + 1
            mine.append(pair.payload(pair.msg_id(0, n), seqno, b"call" + n.to_bytes(4, "big")))
        frames.append(mine)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for pair, mine in zip(pairs, frames, strict=True):
        pair.server = pair.fresh_server()
        for payload in mine:
            for event in pair.deliver(payload):
                if type(event) is Call:
                    pair.server.answer(event.msg_id, b"done" * 20, pair.now)
        ids = [msg_id for msg_id, _, _ in pair.said()]
        pair.send(pair.msg_id(0, 30), 40, wire.pack_ids(wire.MSGS_ACK, ids))
    gc.collect()
    each = (tracemalloc.get_traced_memory()[0] - before) / len(pairs)
    tracemalloc.stop()
    assert each <= 2048, f"{each:.0f} bytes"
