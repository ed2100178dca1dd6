"""Building an instance: keys, store, App, rooms. Shared by ``serve`` and offline commands."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from petitbleu import __version__, desk, domain, keyring
from petitbleu.app import App
from petitbleu.clock import SystemClock
from petitbleu.config import Config
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates.fanout import FANOUT
from petitbleu.domain.updates.hosts import LIVE
from petitbleu.durable import make_folder, write_file
from petitbleu.errors import StoreUnavailable
from petitbleu.keys import RsaKeys, Secrets
from petitbleu.rpc.links import Links
from petitbleu.run import cluster, joining, parts, saving
from petitbleu.stamps import ROOMS_HERE
from petitbleu.store import move_files, moved
from petitbleu.store.migrate import Refused
from petitbleu.store.opening import open_store

if TYPE_CHECKING:
    from petitbleu.store.workers import Standing

COMMANDS_OF_RUN = (saving.back_up, cluster.cluster_status)
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
        if task.cancelled() or (error := task.exception()) is None:
            return
        if isinstance(error, StoreUnavailable):  # nothing in the program is wrong
            self._log.error("background.failed", reason=str(error))
        else:
            self._log.error("background.failed", exc_info=error)

    async def finish(self, seconds: float) -> None:
        """Wait for what runs; cancel what takes longer."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
            for task in late:
                task.cancel()


class Instance:
    """One opened instance, before any door is open."""

    __slots__ = ("app", "background", "links", "rsa_keys", "standing")

    def __init__(
        self,
        app: App,
        links: Links,
        rsa_keys: RsaKeys,
        background: Background,
        standing: Standing | None = None,
    ) -> None:
        self.app = app
        self.links = links
        self.rsa_keys = rsa_keys
        self.background = background
        self.standing = standing
        """This worker among the others; None: a server that is alone."""


def prepare_folder(config: Config) -> RsaKeys:
    """The data folder, for its owner only, and the public key as a file beside the secrets; the
    server's keys."""
    folder = config.keys_folder
    if config.cluster.bus:
        keys = RsaKeys.load(folder)
    else:
        make_folder(folder)
        keys = RsaKeys.load_or_create(folder)
    pem = keys.current.pem()
    public = config.data / PUBLIC_PEM
    if not public.is_file() or public.read_text("ascii") != pem:
        write_file(public, pem.encode("ascii"), 0o644)
    return keys


@asynccontextmanager
async def opened(
    config: Config, log: Any, *, return_to: bool = False, roles: Sequence[str] = ()
) -> AsyncIterator[Instance]:
    """The instance of ``config.data``, under the folder's exclusive lock; closed on the way out.
    In a cluster it is a worker with these ``roles`` beside the others; none: a command.

    ``return_to``: even where it was moved elsewhere and never served there. Raises
    ``store.migrate.Refused`` where another process holds the folder, where the database was moved
    or is not whole, or where the keys are not its own.
    """
    domain.load_rooms()
    desk.load_rooms()
    make_folder(config.data)
    address = ", ".join(config.listen)
    store = await open_store(config, roles, version=__version__, address=address)
    standing: Standing | None = getattr(store, "standing", None)
    try:
        await moved.begin(store, int(time.time()), return_to=return_to)
        files = move_files.place_of(config.cluster.blobs)
        await move_files.check(store, files, return_to=return_to)
        await keyring.check(store, config.keys_folder)
        if standing is not None:
            _refuse_without_keys(config.keys_folder)
        rsa_keys = prepare_folder(config)
        background = Background(log)
        links = Links()
        mail = _mail(config)
        secrets = _secrets(config)
        bus = await joining.join(config, secrets, standing)
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
            leases=standing,
        )
        await _begin(app, standing)
        yield Instance(app, links, rsa_keys, background, standing)
        await background.finish(5.0)
        if mail is not None:
            await mail.close()
        await app.parts.close()
        await bus.close()
        await background.finish(5.0)  # what a timer began meanwhile
    finally:
        await store.close()


async def _begin(app: App, standing: Standing | None) -> None:
    """Start what works by itself; in a cluster, beside the others."""
    await keyring.record(app)
    if standing is not None:
        app.parts[LIVE] = lambda: standing.live
    parts.start(app)
    await accounts.ensure_service_account(app)
    await domain.begin(app)
    await desk.begin(app)
    if app.bus.me or standing is not None:  # one of several workers, or a command beside them
        await app.parts[ROOMS_HERE].start()
    await keyring.record(app)
    if standing is not None:
        # Another worker may have been the first with other keys meanwhile.
        await keyring.check(app.store, app.config.keys_folder)
        await standing.start()
    remote = app.parts[FANOUT].remote
    if remote is not None:
        remote.sweeper.start()
        if standing is not None:
            standing.on_gone.append(remote.sweeper.gone)


def _refuse_without_keys(folder: Path) -> None:
    """A worker makes no keys: two of them would make two sets."""
    if not any(folder.glob("rsa-*.pem")) or not (folder / keyring.SECRETS).exists():
        raise Refused(
            f"There are no keys in {folder}. `petitbleu keys init {folder}` makes them once; then"
            " give every worker the same folder ([cluster] keys)."
        )


def _secrets(config: Config) -> Secrets:
    if config.cluster.bus:
        return Secrets.load(config.keys_folder)
    return Secrets.load_or_create(config.keys_folder)


def _mail(config: Config) -> Any:
    if not config.smtp.host:
        return None
    # Imported where mail is set up only: most of its cost is TLS and address parsing.
    from petitbleu.mailout import SmtpMail

    return SmtpMail(config.smtp)
