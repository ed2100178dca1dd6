"""``App``: what one running instance consists of, handed to every service function.

There are no globals: a service takes ``app`` first. ``run/main.py`` builds the real one,
``tests/kit``
builds one in memory with a clock that moves by hand. Only protocols and leaves stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from petitbleu.clock import Clock

if TYPE_CHECKING:
    from petitbleu.config import Config
    from petitbleu.keys import Secrets
    from petitbleu.store.api import Store


class Actor:
    """On whose behalf a service acts. Doors make it from their own login; tests make it freely.

    ``session`` is the (auth key id, session id) the call came from, or None: its own updates travel
    in the answer and are not pushed to it again.
    """

    __slots__ = ("auth", "bot", "id", "session")

    def __init__(
        self,
        user_id: int,
        *,
        bot: bool = False,
        auth: int = 0,
        session: tuple[int, int] | None = None,
    ) -> None:
        self.id = user_id
        self.bot = bot
        self.auth = auth
        self.session = session

    def __repr__(self) -> str:
        return f"Actor({self.id})"


class Mail(Protocol):
    """Sends one e-mail, or raises OSError. Absent (None in App) where SMTP is not configured."""

    async def send(
        self, to: str, subject: str, text: str, *, headers: Mapping[str, str] | None = None
    ) -> None: ...

    async def post(self, message: bytes, to: str) -> str:
        """Hand over a complete message (RFC 5322, with CRLF or LF); what the server answered."""
        ...


class Sessions(Protocol):
    """The live sessions of this process, as the domain may see them (``gateway/sessions.py``)."""

    def of_user(self, user_id: int) -> list[Any]:
        """Live sessions signed in as the user that want updates."""
        ...

    def of_auth(self, auth_id: int) -> list[Any]:
        """Live sessions of one authorization."""
        ...

    def sign(self, link: Any, user_id: int) -> None:
        """The session's login is now ``user_id`` (0: nobody)."""
        ...

    def close_auth(self, auth_id: int) -> None:
        """Forget the key's login and drop its connections (the key itself stays)."""
        ...


class App:
    """The instance: store, clock, configuration, secrets, and the process's caches."""

    __slots__ = (
        "caches",
        "clock",
        "config",
        "log",
        "mail",
        "random",
        "secrets",
        "sessions",
        "spawn",
        "store",
    )

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        config: Config,
        secrets: Secrets,
        random: Callable[[int], bytes],
        log: Any,
        spawn: Callable[[Any], None],
        mail: Mail | None = None,
        sessions: Sessions | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.config = config
        self.secrets = secrets
        self.random = random
        """``random(n)`` -> n random bytes (os.urandom; seeded in schedule tests)."""
        self.log = log
        self.spawn = spawn
        """Start a coroutine in the background; its failure is logged, never lost."""
        self.mail = mail
        self.sessions = sessions
        self.caches: dict[str, Any] = {}
        """Room name -> that room's cache object (made by the room on first use)."""
