"""``petitbleu serve``: everything put together, started in order, stopped in order."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.routing import BaseRoute

from petitbleu import __version__, desk
from petitbleu.app import App
from petitbleu.config import Config
from petitbleu.desk.casework.alerts import watch
from petitbleu.domain.updates import hosts
from petitbleu.gateway.gateway import Gateway
from petitbleu.gateway.polling import HttpCarrier
from petitbleu.metrics import Gauge
from petitbleu.rpc.dispatch import Dispatcher
from petitbleu.run import (
    health,
    housekeeping,  # noqa: F401 - declares its job
    logs,
    observe,
    protection,
    rooms,
    start_text,
)
from petitbleu.run.control_socket import ControlSocket
from petitbleu.run.instance import Instance, opened
from petitbleu.run.jobs import JobRunner
from petitbleu.run.metrics import Metrics
from petitbleu.store.migrate import Overtaken
from petitbleu.web import app as web
from petitbleu.web.pages import Pages
from petitbleu.web.public.sites import Sites

if TYPE_CHECKING:
    from petitbleu.store.workers import Standing

_RESERVED = 256
"""File descriptors kept for the database, files and logs (a quarter where there are few)."""
_WANTED = 1 << 16
SWITCH_SECONDS = 0.001
"""How long one thread keeps the interpreter while another asks for it. Python's own 5 ms are longer
than a message takes: beside a transfer its writer would wait for them several times over.
"""


def raise_descriptors() -> int:
    """Raise RLIMIT_NOFILE as far as allowed; how many descriptors connections may take."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _WANTED if hard == resource.RLIM_INFINITY else min(hard, _WANTED)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    allowed = 1 << 20 if soft == resource.RLIM_INFINITY else soft
    return allowed - min(_RESERVED, allowed // 4)


class Place(NamedTuple):
    """Which of the workers of one supervisor a process is: ``number`` from 1."""

    number: int
    workers: int
    ready: int = -1
    """File descriptor by which the supervisor is told that it serves; -1: none."""

    def say_ready(self) -> None:
        """Tell the supervisor."""
        if self.ready >= 0:
            os.write(self.ready, b"1")
            os.close(self.ready)


def run(config: Config, *, return_to: bool = False, place: Place | None = None) -> None:
    """Serve until SIGTERM or SIGINT; ``return_to``: even what was moved elsewhere; ``place``: among
    the workers of a supervisor.
    """
    log = logs.setup(config.log_format, config.log_level)
    if place is not None:
        from petitbleu.run.supervisor import end_with_parent

        end_with_parent()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        import uvloop

        factory: Any = uvloop.new_event_loop
    except ImportError:
        factory = None
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(serve(config, log, return_to=return_to, place=place))


async def serve(
    config: Config,
    log: Any,
    ready: asyncio.Event | None = None,
    *,
    return_to: bool = False,
    place: Place | None = None,
) -> None:
    """Open the instance and its doors; return once it has been stopped and drained.

    Raises Refused once another server has taken the database over.
    """
    descriptors = raise_descriptors()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    taken: list[str] = []
    async with AsyncExitStack() as doors:
        instance = await doors.enter_async_context(
            opened(config, log, return_to=return_to, roles=config.cluster.roles)
        )
        instance.app.store.on_taken(partial(_end, taken, stop))
        gateway, site = _gateway(instance, descriptors)
        shared_by = place.workers if place is not None else 0
        addresses = await gateway.start(web.create(site), shared_by)
        doors.push_async_callback(gateway.stop)
        info = start_text.info(config, instance.rsa_keys, addresses)
        site.start_info = lambda: info
        info |= await _observe(config, site, place, doors)
        jobs = JobRunner(instance.app)
        await jobs.start()
        doors.push_async_callback(jobs.stop)
        if instance.standing is not None:
            _hear_others(instance, gateway, jobs, doors)
        if "desk" in config.cluster.roles:
            doors.push_async_callback(await desk.open_doors(instance.app))
        control = ControlSocket(instance.app, config.data)
        await control.start()
        doors.push_async_callback(control.stop)
        # What the start made lives as long as the process: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        gc.enable()
        if place is None or place.number == 1:
            _say_ready(config, instance, info)
        if place is not None:
            place.say_ready()
        if ready is not None:
            ready.set()
        instance.background(protection.log(instance.app))
        await stop.wait()
        log.info("serve.draining")
        if instance.standing is not None and not taken:
            await instance.standing.drain()
            await jobs.stop()
            await gateway.retire(config.cluster.drain_seconds)
    log.info("serve.stopped")
    if taken:
        raise Overtaken(taken[0])


async def _observe(
    config: Config, site: web.Site, place: Place | None, doors: AsyncExitStack
) -> dict[str, str]:
    """Open what only machines nearby ask; the addresses, by what they are for."""
    found = {}
    if config.metrics_listen:
        server = await observe.start(config, site, place.number - 1 if place else 0)
        doors.callback(server.close)
        found["metrics"] = start_text.joined(server.addresses)
    if config.domains_listen:
        server = await observe.start_asking(config, site, place.workers if place else 0)
        doors.callback(server.close)
        found["domains"] = start_text.joined(server.addresses)
    return found


def _end(taken: list[str], stop: asyncio.Event, sentence: str) -> None:
    taken.append(sentence)
    stop.set()


def _gateway(instance: Instance, descriptors: int) -> tuple[Gateway, web.Site]:
    app, roles = instance.app, instance.app.config.cluster.roles
    gateway = Gateway(
        app,
        Dispatcher(app),
        instance.links,
        instance.rsa_keys,
        descriptors=descriptors,
        forget_login=rooms.login_forgetter(app),
    )

    gateway.sites = Sites(app)

    async def examine() -> web.Report:
        return await health.examine(app)

    async def newest() -> list[dict[str, str]]:
        return await rooms.newest(app)

    def more(app: App, pages: Pages) -> list[BaseRoute]:
        return [
            *(_web_client(gateway) if "gateway" in roles else ()),
            *(desk.routes(app, pages) if "desk" in roles else ()),
        ]

    sources = (gateway.gauges, partial(watch.gauges, app), partial(hosts.gauges, app))
    site = web.Site(
        app,
        mtproto=HttpCarrier(gateway),
        health=examine,
        metrics=Metrics([*_standing_gauges(instance), *sources]).text,
        start_info=dict,
        codes=newest,
        more=more,
    )
    if instance.standing is not None:
        _beside_others(instance.standing, gateway, site)
    return gateway, site


def _standing_gauges(instance: Instance) -> Iterable[Callable[[], Iterator[Gauge]]]:
    return () if instance.standing is None else (instance.standing.gauges,)


def _hear_others(
    instance: Instance, gateway: Gateway, jobs: JobRunner, doors: AsyncExitStack
) -> None:
    from petitbleu.run.wakes import Wakes

    gateway.more_gauges.append(jobs.gauges)
    wakes = Wakes(instance.app, jobs)
    doors.callback(wakes.stop)
    if instance.standing is not None:
        instance.standing.on_gone.append(wakes.taken_off)
        note = instance.standing.note_gone
        instance.app.bus.on("gone", lambda sender, worker: note(worker))


def _beside_others(standing: Standing, gateway: Gateway, site: web.Site) -> None:
    # Imported in a cluster only, as its store is.
    from petitbleu.run import cluster

    async def who() -> web.Report:
        return await cluster.report(gateway.app, standing)

    site.unready = standing.unready
    site.cluster = who
    standing.on_fence.append(gateway.cut_off)


def _web_client(gateway: Gateway) -> Iterable[BaseRoute]:
    """Open the door of the web client on the port, if it is to be; its pages."""
    if not gateway.config.web.app:
        return ()
    # Imported where it is wanted only.
    from petitbleu.appdoor import door, routes, socket

    dispatcher = gateway.dispatcher
    assert isinstance(dispatcher, Dispatcher)
    web_door = door.Door(gateway.app, dispatcher, gateway.links, gateway.wheel)
    gateway.text_doors["/app/ws"] = socket.SocketDoor(web_door)
    gateway.more_gauges.append(web_door.sessions.gauges)
    return routes.routes(web_door)


def _say_ready(config: Config, instance: Instance, info: dict[str, str]) -> None:
    sys.stdout.write(start_text.ready(config, info, health.advice(instance.app)))
    sys.stdout.flush()
    instance.app.log.info("serve.ready", version=__version__, database=_engine(config))


def _engine(config: Config) -> str:
    return "sqlite" if config.database == "sqlite" else "postgresql"
