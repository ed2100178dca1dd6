"""Key exchanges: the handshake state machine, its powers in worker threads, the key's way to disk.

The new key is durable before ``dh_gen_ok`` leaves: a client that opens its second connection at
once never meets an unknown key. Powers never run on the event loop; at most ``handshakes_running``
of them run at a time, with rests, so that a flood of exchanges does not slow messages down.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from petitbleu import eager
from petitbleu.errors import PeerFault, StoreUnavailable
from petitbleu.gateway.budgets import Origin
from petitbleu.metrics import counter
from petitbleu.mtproto.handshake import ServerHandshake
from petitbleu.mtproto.messages import NewKey, Powers, Reply

if TYPE_CHECKING:
    from petitbleu.gateway.gateway import Gateway

_WAITING_PER_WORKER = 64
_MAX_REST = 0.02
_FLOOD = -429
_MAX_WAITING = 4
"""Steps a peer may send ahead while one is being computed."""

EXCHANGES = counter("key_exchanges_total", "Key exchanges, by how they ended", "outcome")


class PowerPool:
    """The worker threads, their bounded queue, and their rests while messages flow.

    The threads have no lower priority: one that holds the interpreter lock while the system prefers
    others would hold up the event loop with it. Instead, when calls were made since the last job,
    a worker rests as long as the job took, so that a flood of exchanges leaves half of it to
    messages.
    """

    __slots__ = ("_calls", "_executor", "_free", "_most", "_seen", "waiting")

    def __init__(self, workers: int, calls: Callable[[], int]) -> None:
        """``workers`` 0: one for each core but one. ``calls()``: RPC calls begun so far."""
        workers = workers or max(1, (os.cpu_count() or 1) - 1)
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="powers")
        self._free = asyncio.Semaphore(workers)
        self._most = workers * _WAITING_PER_WORKER
        self._calls = calls
        self._seen = 0
        self.waiting = 0

    async def run(self, job: Callable[[], Any]) -> Any:
        """The job's result; PeerFault -429 where too many wait already."""
        if self.waiting >= self._most:
            raise PeerFault("too many key exchanges at once", _FLOOD)
        self.waiting += 1
        loop = asyncio.get_running_loop()
        try:
            await self._free.acquire()
            began = loop.time()
            try:
                return await loop.run_in_executor(self._executor, job)
            finally:
                seen, self._seen = self._seen, self._calls()
                if seen == self._seen:
                    self._free.release()
                else:
                    loop.call_later(min(loop.time() - began, _MAX_REST), self._free.release)
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Take no more work."""
        self._executor.shutdown(wait=False, cancel_futures=True)


class Exchange:
    """One peer's key exchange. ``send`` gets plain payloads; ``fail`` ends the connection."""

    __slots__ = ("_busy", "_fail", "_gateway", "_handshake", "_origin", "_send", "_waiting", "dc")

    def __init__(
        self,
        gateway: Gateway,
        origin: Origin,
        send: Callable[[bytes], None],
        fail: Callable[[PeerFault], None],
    ) -> None:
        self._gateway = gateway
        self._origin = origin
        self._send = send
        self._fail = fail
        self._handshake = ServerHandshake(gateway.rsa_keys, gateway.app.random)
        self._busy = False
        self._waiting: list[bytes] = []
        self.dc = 0
        """The DC the client named, 0 where it did not."""

    def receive(self, payload: bytes) -> None:
        """Take one plain payload; answers come through ``send``, now or later."""
        if self._busy:
            if len(self._waiting) >= _MAX_WAITING:
                self._fail(PeerFault("too many steps of a key exchange at once"))
                return
            self._waiting.append(payload)
            return
        self._busy = True
        eager.start(self._step(payload), self._stepped)

    def _stepped(self, _: None, error: BaseException | None) -> None:
        self._busy = False
        if isinstance(error, PeerFault):
            EXCHANGES.add("refused")
            self._fail(error)
        elif isinstance(error, StoreUnavailable):
            EXCHANGES.add("store_unavailable")
            self._fail(PeerFault("the store takes no writes"))
        elif error is not None:
            if not isinstance(error, asyncio.CancelledError):
                self._gateway.app.log.error("exchange.failed", exc_info=error)
            self._fail(PeerFault("internal"))
        elif self._waiting:
            self.receive(self._waiting.pop(0))

    async def _step(self, payload: bytes) -> None:
        gateway = self._gateway
        events = list(self._handshake.receive(payload, gateway.app.clock.now()))
        while events:
            event = events.pop(0)
            if isinstance(event, Reply):
                self._send(event.payload)
            elif isinstance(event, Powers):
                result = await gateway.powers.run(event.job)
                events.extend(self._handshake.resume(event.job, result))
            elif isinstance(event, NewKey):
                events.extend(await self._store(event))

    async def _store(self, event: NewKey) -> list[Any]:
        gateway = self._gateway
        now = gateway.app.clock.now()
        expires_at = int(now) + event.temp_expires_in if event.temp_expires_in is not None else None
        stored = await gateway.keys.add(
            event.auth_key_id, event.auth_key, salt=event.salt, expires_at=expires_at
        )
        self.dc = event.dc
        EXCHANGES.add("done" if stored else "retried")
        return list(self._handshake.confirm() if stored else self._handshake.retry())
