"""Building an instance: keys, store, App, rooms. Shared by ``serve`` and offline commands."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

from petitbleu import desk, domain, keyring
from petitbleu.app import App
from petitbleu.clock import SystemClock
from petitbleu.config import Config
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.durable import make_folder, write_file
from petitbleu.keys import RsaKeys, Secrets
from petitbleu.rpc.links import Links
from petitbleu.run import joining, parts, saving
from petitbleu.store import moved
from petitbleu.store.opening import open_store

COMMANDS_OF_RUN = (saving.back_up,)
"""Commands that exist wherever an instance is opened (imported so that they register)."""
PUBLIC_PEM = "public.pem"


class Background:
    """Runs coroutines nobody waits for; a failure is logged, never lost."""

    __slots__ = ("_log", "_tasks")

    def __init__(self, log: Any) -> None:
        self._log = log
        self._tasks: set[asyncio.Task[Any]] = set()

    def __call__(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._log.error("background.failed", exc_info=error)

    async def finish(self, seconds: float) -> None:
        """Wait for what runs; cancel what takes longer."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
            for task in late:
                task.cancel()


class Instance:
    """One opened instance, before any door is open."""

    __slots__ = ("app", "background", "links", "rsa_keys")

    def __init__(self, app: App, links: Links, rsa_keys: RsaKeys, background: Background) -> None:
        self.app = app
        self.links = links
        self.rsa_keys = rsa_keys
        self.background = background


def prepare_folder(config: Config) -> RsaKeys:
    """The data folder, for its owner only, and the public key as a file beside the secrets; the
    server's keys."""
    folder = config.data / keyring.FOLDER
    make_folder(folder)
    keys = RsaKeys.load_or_create(folder)
    pem = keys.current.pem()
    public = config.data / PUBLIC_PEM
    if not public.is_file() or public.read_text("ascii") != pem:
        write_file(public, pem.encode("ascii"), 0o644)
    return keys


@asynccontextmanager
async def opened(
    config: Config,
    log: Any,
    *,
    return_to: bool = False,
    worker: int = 0,
    live: Callable[[], Iterable[int]] = tuple,
) -> AsyncIterator[Instance]:
    """The instance of ``config.data``, under the folder's exclusive lock; closed on the way out.

    ``worker``: its id in a cluster, 0: it is alone; ``live()``: the ids of all workers.
    ``return_to``: even where it was moved elsewhere and never served there. Raises
    ``store.migrate.Refused`` where another process holds the folder, where the database was moved
    or is not whole, or where the keys are not its own.
    """
    domain.load_rooms()
    desk.load_rooms()
    make_folder(config.data)
    store = await open_store(config)
    try:
        await moved.begin(store, int(time.time()), return_to=return_to)
        await keyring.check(store, config.data)
        rsa_keys = prepare_folder(config)
        background = Background(log)
        links = Links()
        mail = _mail(config)
        secrets = Secrets.load_or_create(config.data / "keys")
        bus = await joining.join(config, secrets, worker, live)
        app = App(
            store=store,
            clock=SystemClock(),
            config=config,
            secrets=secrets,
            random=os.urandom,
            log=log,
            spawn=background,
            mail=mail,
            sessions=links,
            bus=bus,
        )
        await keyring.record(app)
        parts.start(app)
        await accounts.ensure_service_account(app)
        await domain.begin(app)
        await desk.begin(app)
        await keyring.record(app)
        yield Instance(app, links, rsa_keys, background)
        await background.finish(5.0)
        if mail is not None:
            await mail.close()
        await app.parts.close()
        await bus.close()
        await background.finish(5.0)  # what a timer began meanwhile
    finally:
        await store.close()


def _mail(config: Config) -> Any:
    if not config.smtp.host:
        return None
    # Imported where mail is set up only: most of its cost is TLS and address parsing.
    from petitbleu.mailout import SmtpMail

    return SmtpMail(config.smtp)
