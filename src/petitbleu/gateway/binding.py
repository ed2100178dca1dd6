"""Temporary keys bound to permanent ones, for the sessions that live here
(core.telegram.org/method/auth.bindTempAuthKey).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from petitbleu.mtproto import binding

if TYPE_CHECKING:
    from petitbleu.gateway.keys import Key
    from petitbleu.gateway.sessions import Sessions


async def open_binding(
    sessions: Sessions, perm_id: int, encrypted: bytes
) -> tuple[int, ...] | None:
    """What the message of auth.bindTempAuthKey says; None where the key does not open it."""
    gateway = sessions.gateway
    key = await gateway.keys.load(perm_id, gateway.app.clock.now())
    return (
        None if key is None or key.temp else binding.open_binding(key.auth_key, perm_id, encrypted)
    )


def bound(sessions: Sessions, key: Key, perm_id: int) -> None:
    """A temporary key now stands for ``perm_id`` (0: it was dropped): move its sessions."""
    gateway = sessions.gateway
    if perm_id:
        gateway.app.spawn(gateway.keys.refresh(key))
    else:
        gateway.keys.forget(key)
    if key.perm_id == perm_id:
        return
    links = gateway.links
    for live in key.sessions:
        links.remove(live.link)
    key.perm_id = perm_id
    for live in key.sessions:
        live.link.auth_key_id = perm_id
        live.link.login = None
        live.link.actor = None
        if perm_id:
            links.add(live.link)
