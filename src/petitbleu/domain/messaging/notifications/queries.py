"""SQL of ``dialog.notify``: what one owner set for one chat."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Notify(NamedTuple):
    """Settings of one chat, as msgpack; None at the default."""

    peer: int
    notify: bytes | None


OF = query("select peer, notify from dialog where owner = :owner and peer in (:ids)", Notify)
SET = query(
    "insert into dialog (owner, peer, notify) values (:owner, :peer, :notify)"
    " on conflict (owner, peer) do update set notify = excluded.notify"
)
EXCEPTIONS = query(
    "select peer, notify from dialog where owner = :owner and notify is not null order by peer",
    Notify,
)
RESET = query("update dialog set notify = null where owner = :owner and notify is not null")
