"""``App``: what one running instance consists of, handed to every service function.

There are no globals: a service takes ``app`` first. What a room keeps between calls is a
:class:`Part`. ``run/main.py`` builds the real one,
``tests/kit``
builds one in memory with a clock that moves by hand. Only protocols and leaves stand here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from petitbleu.bus.inproc import Alone as NoBus
from petitbleu.clock import Clock
from petitbleu.leases import Alone, Leases

if TYPE_CHECKING:
    from petitbleu.bus.api import Bus
    from petitbleu.config import Config
    from petitbleu.keys import Secrets
    from petitbleu.store.api import Store

T = TypeVar("T")


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

    async def post(self, message: bytes, to: str, *, sender: str = "") -> str:
        """Hand over a complete message (RFC 5322, with CRLF or LF); what the server answered.
        ``sender``: where it returns; empty: where all mail does. Raises MailRefused where the
        server answered that it does not take it, any other OSError where none could be asked.
        """
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


class Part(Generic[T]):
    """Typed key of something that each instance has once: ``app.parts[PRESENCE]``.

    Declared in the module that owns it, ``PRESENCE: Part[Presence] = Part(make)``.
    ``make(app)`` makes it when it is asked for first; ``run/parts.py`` lists those that are made
    when an instance is opened. ``close`` ends it with the instance.
    """

    __slots__ = ("close", "make")

    def __init__(
        self,
        make: Callable[[App], T],
        close: Callable[[T], Awaitable[None]] | None = None,
    ) -> None:
        self.make = make
        self.close = close

    def __repr__(self) -> str:
        return f"<Part made by {self.make.__module__}.{self.make.__qualname__}>"


class Parts(dict[Part[Any], Any]):
    """The parts of one instance that were made so far, in the order in which they were made.

    Looking one up is one lookup by identity, as from any ``dict``.
    """

    __slots__ = ("_app",)

    def __init__(self, app: App) -> None:
        super().__init__()
        self._app = app

    if TYPE_CHECKING:

        def __getitem__(self, part: Part[T], /) -> T: ...
        def __setitem__(self, part: Part[T], made: T, /) -> None: ...

    def __missing__(self, part: Part[T]) -> T:
        made = self[part] = part.make(self._app)
        return made

    async def close(self) -> None:
        """End what has an end, the newest first, and forget everything."""
        while self:
            part, made = self.popitem()
            if part.close is not None:
                await part.close(made)


class App:
    """The instance: store, clock, configuration, secrets, and what its rooms keep in memory."""

    __slots__ = (
        "bus",
        "clock",
        "config",
        "leases",
        "log",
        "mail",
        "parts",
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
        bus: Bus | None = None,
        leases: Leases | None = None,
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
        self.bus: Bus = NoBus() if bus is None else bus
        """The way to the other workers of the cluster; alone there are none."""
        self.leases: Leases = leases or Alone()
        """What only one of several workers does at a time."""
        self.parts = Parts(self)

    @property
    def worker(self) -> int:
        """The number of this worker; 0: a server that is alone."""
        return self.leases.worker
