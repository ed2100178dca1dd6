"""``Ctx``: everything a TL handler may know about the call it serves. Explicit, no context
variables.
"""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.errors import Fault
from petitbleu.rpc.links import RpcSession


class Ctx:
    """One call. ``me`` raises 401 where nobody is signed in, so handlers need not check."""

    __slots__ = (
        "actor",
        "app",
        "auth_key_id",
        "dc",
        "ip",
        "lang",
        "layer",
        "link",
        "local_address",
        "method",
        "msg_id",
        "no_updates",
        "now",
        "port",
        "takeout",
        "temp_key_id",
    )

    def __init__(
        self,
        app: App,
        *,
        actor: Actor | None,
        auth_key_id: int,
        layer: int,
        msg_id: int,
        now: float,
        temp_key_id: int = 0,
        ip: str = "",
        port: int = 0,
        lang: str = "en",
        dc: int = 2,
        local_address: tuple[str, int] = ("127.0.0.1", 8080),
        link: RpcSession | None = None,
        no_updates: bool = False,
        takeout: int = 0,
        method: str = "",
    ) -> None:
        self.app = app
        self.actor = actor
        self.auth_key_id = auth_key_id
        """The permanent key (the temporary one is ``temp_key_id``, 0 without PFS)."""
        self.temp_key_id = temp_key_id
        self.layer = layer
        self.msg_id = msg_id
        self.now = now
        self.ip = ip
        self.port = port
        self.lang = lang
        self.dc = dc
        """The DC number the client believes it dialled."""
        self.local_address = local_address
        """The address the client dialled: what dc_options name when nothing else is configured."""
        self.link = link
        """The live session the call came through (None for other doors)."""
        self.no_updates = no_updates
        """The call came in invokeWithoutUpdates."""
        self.method = method
        """The TL name of the method; empty for other doors."""
        self.takeout = takeout
        """The running export the call belongs to (invokeWithTakeout), checked; 0: none."""

    @property
    def me(self) -> Actor:
        """Who is signed in."""
        if self.actor is None:
            raise Fault("AUTH_KEY_UNREGISTERED")
        return self.actor
