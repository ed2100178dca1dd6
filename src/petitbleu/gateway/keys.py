"""Auth keys as the gateway needs them: opened once, cached, stored sealed before they are
confirmed.

A :class:`Key` is one object per key in the process for as long as anybody uses it (sessions hold
it), so that binding a temporary key or revoking one reaches every session at once.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakValueDictionary

from petitbleu.app import App
from petitbleu.keys import seal_auth_key, unseal_auth_key
from petitbleu.mtproto.salts import Salts
from petitbleu.stamps import ROOMS_HERE, Change, room
from petitbleu.store.api import Conflict, Tx
from petitbleu.store.query import query

if TYPE_CHECKING:
    from petitbleu.gateway.live_session import LiveSession

_KEPT = 4096
"""Keys kept open although no session uses them now."""


class _KeyRow(NamedTuple):
    sealed: bytes
    perm_id: int | None
    temp: int
    created_at: int
    expires_at: int | None


_LOAD = query(
    "select sealed, perm_id, temp, created_at, expires_at from auth_key where id = :id",
    _KeyRow,
)
_ADD = query(
    "insert into auth_key (id, sealed, temp, created_at, expires_at)"
    " values (:id, :sealed, :temp, :created_at, :expires_at)"
)
_DELETE = query("delete from auth_key where id = :id or perm_id = :id", stamps=(("keys", "id"),))
_EXPIRED = query("delete from auth_key where temp = 1 and expires_at < :now")
_UNUSED = query(
    "delete from auth_key where temp = 0 and created_at < :before and not exists"
    " (select 1 from auth a where a.id = auth_key.id and"
    " (a.account is not null or a.pending_account is not null or a.active_at >= :before))"
)


class Key:
    """One opened auth key."""

    __slots__ = (
        "__weakref__",
        "auth_key",
        "dc",
        "expires_at",
        "id",
        "perm_id",
        "salts",
        "sessions",
        "temp",
    )

    def __init__(
        self,
        id: int,
        auth_key: bytes,
        salts: Salts,
        *,
        temp: bool,
        perm_id: int,
        expires_at: int | None,
    ) -> None:
        self.id = id
        self.auth_key = auth_key
        self.salts = salts
        self.temp = temp
        self.perm_id = perm_id
        """The permanent key: of a permanent one itself, of an unbound temporary one 0."""
        self.expires_at = expires_at
        self.dc = 0
        """The DC its exchange named, where this process has seen it; else 0."""
        self.sessions: tuple[LiveSession, ...] = ()
        """The live sessions (kept by ``Sessions``; few, so a tuple)."""


ROOM = room("keys", auth_key=("perm_id", "expires_at"))


class Keys:
    """The ``auth_key`` table behind a cache."""

    __slots__ = ("_app", "_generation", "_open", "_recent", "_salt_secret", "_since")

    def __init__(self, app: App) -> None:
        self._app = app
        # Of this start: what was recorded before it has no good salt.
        self._salt_secret = app.secrets.hmac("salts", app.random(32))
        self._since = app.clock.now()
        self._open: WeakValueDictionary[int, Key] = WeakValueDictionary()
        self._recent: OrderedDict[int, Key] = OrderedDict()
        self._generation = 0
        app.parts[ROOMS_HERE].hear(ROOM, self._outside)

    def known(self, key_id: int, now: float) -> Key | None:
        """The key if it is open already and has not expired."""
        key = self._open.get(key_id)
        if key is not None and key.expires_at is not None and key.expires_at <= now:
            return None
        return key

    async def load(self, key_id: int, now: float) -> Key | None:
        """The key from the cache or the table; None where it is unknown or has expired."""
        key = self.known(key_id, now)
        if key is not None:
            return key
        while True:
            generation = self._generation
            row = await self._app.store.row(_LOAD, id=key_id)
            if generation == self._generation:
                break
        if row is None or (row.expires_at is not None and row.expires_at <= now):
            self._recent.pop(key_id, None)
            return None
        key = self._open.get(key_id)
        if key is None:
            key = Key(
                key_id,
                unseal_auth_key(self._app.secrets, key_id, row.sealed),
                Salts(self._salt_secret, key_id, since=self._first_frame(row.created_at)),
                temp=bool(row.temp),
                perm_id=(row.perm_id or 0) if row.temp else key_id,
                expires_at=row.expires_at,
            )
            self._keep(key)
        return key

    def _first_frame(self, created_at: int) -> float:
        """The msg_id time before which a frame may have run in an earlier start: of a key made in
        this one none has, however slow its client's clock.
        """
        return self._since if created_at < self._since else 0.0

    async def add(self, key_id: int, auth_key: bytes, *, salt: int, expires_at: int | None) -> bool:
        """Store a new key durably; False where the id is taken (the exchange must be retried).

        ``salt`` is the one agreed in the exchange: good for the first hour, in this process.
        """
        temp = expires_at is not None
        now = self._app.clock.now()
        try:
            await self._app.store.write(
                _add,
                id=key_id,
                sealed=seal_auth_key(self._app.secrets, key_id, auth_key),
                temp=int(temp),
                created_at=int(now),
                expires_at=expires_at,
            )
        except Conflict:
            return False
        self._keep(
            Key(
                key_id,
                auth_key,
                Salts(self._salt_secret, key_id, salt, now),
                temp=temp,
                perm_id=0 if temp else key_id,
                expires_at=expires_at,
            )
        )
        return True

    async def refresh(self, key: Key) -> None:
        """Binding has set when the key expires: read it again."""
        row = await self._app.store.row(_LOAD, id=key.id)
        if row is not None:
            key.expires_at = row.expires_at

    def forget(self, key: Key) -> None:
        """The key's row is gone: from the next frame on it is unknown."""
        self._open.pop(key.id, None)
        self._recent.pop(key.id, None)

    async def delete(self, key_id: int) -> None:
        """Destroy the key and the temporary keys bound to it."""
        await self._app.store.write(_delete, id=key_id)
        self._app.bus.all("end", (key_id, key_id))
        for key in self.open_under(key_id):
            self.forget(key)

    def open_under(self, key_id: int) -> list[Key]:
        """The key and the temporary ones bound to it, as far as they are open."""
        return [key for key in self._open.values() if key_id in (key.id, key.perm_id)]

    def _outside(self, change: Change) -> None:
        """Another worker bound, dropped or destroyed keys."""
        self._generation += 1
        held = {key.id: key for key in list(self._open.values())}
        concerned = set(change.of({*held, *(key.perm_id for key in held.values())}))
        for key in held.values():
            if key.id in concerned or key.perm_id in concerned:
                self._app.spawn(self._look_again(key))

    async def _look_again(self, key: Key) -> None:
        """The row of a key was changed elsewhere: its sessions go where it leads, or end."""
        row = await self._app.store.row(_LOAD, id=key.id)
        sessions = list(key.sessions)
        if row is None:
            self.forget(key)
            for live in sessions:
                live.link.close()
            return
        key.expires_at = row.expires_at
        bound = row.perm_id or 0
        if key.temp and key.perm_id != bound:
            if sessions and sessions[0].link.bound is not None:
                sessions[0].link.bound(bound)
            else:
                key.perm_id = bound

    def _keep(self, key: Key) -> None:
        self._open[key.id] = key
        self._recent[key.id] = key
        if len(self._recent) > _KEPT:
            self._recent.popitem(last=False)


async def _add(tx: Tx, /, **row: Any) -> None:
    await tx.later(_ADD, **row)


async def _delete(tx: Tx, *, id: int) -> None:
    await tx.run(_DELETE, id=id)


async def prune(tx: Tx, *, now: int, unused_before: int) -> int:
    """Delete temporary keys that have expired, and permanent ones on which nobody is signed in and
    that were made, and used last, before ``unused_before``; how many.
    """
    return await tx.run(_EXPIRED, now=now) + await tx.run(_UNUSED, before=unused_before)
