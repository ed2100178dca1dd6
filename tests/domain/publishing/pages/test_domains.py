"""A domain of a channel's own: proved by its DNS or a file, asked again, lost."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from petitbleu.config import Web
from petitbleu.domain.messaging.webpages import service as webpages
from petitbleu.domain.publishing.newsletter import records
from petitbleu.domain.publishing.pages import domains, hostnames, service, verifying
from petitbleu.domain.publishing.pages.domains import Claim
from petitbleu.domain.publishing.pages.identity import Unfit
from petitbleu.domain.publishing.pages.verifying import FAILURES_MAX, Outcome
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.domain.messaging.webpages.inside import Internet, answer, serving
from tests.domain.publishing.newsletter.test_checks import names
from tests.kit.servicechat import ask, heard
from tests.kit.world import World, running
from tests.web import public

DOMAIN = "gazette.example"


class Zone:
    """What the DNS and the web servers of the world say."""

    def __init__(self, records: dict[str, str]) -> None:
        self.records = records
        self.files: dict[tuple[str, str], str] = {}

    def publish(self, claim: Claim) -> None:
        self.records[claim.record] = claim.value

    def forget(self, claim: Claim) -> None:
        self.records.pop(claim.record, None)


class Unsecured(Internet):
    """Web servers that speak HTTP alone."""

    async def connect(self, address: str, port: int) -> socket.socket:
        if port == 443:
            raise ConnectionRefusedError
        return await super().connect(address, port)


@asynccontextmanager
async def zone(world: World) -> AsyncIterator[Zone]:
    """A resolver and web servers of the world's own, on loopback."""
    here = Zone({})

    def file(host: str, path: str) -> bytes:
        text = here.files.get((host, path))
        return answer(b"", status="404 Not Found") if text is None else answer(text.encode())

    async with names(here.records) as server, serving(file) as internet:
        world.app.parts[records.RESOLVER] = lambda: server
        world.app.parts[webpages.FETCHES].network = Unsecured(internet.port, internet.names)
        yield here


async def give(world: World, here: public.Channel, dns: Zone, domain: str = DOMAIN) -> Claim:
    """Prove a domain for a channel."""
    claim = await domains.ask(world.app, here.peer, domain)
    dns.publish(claim)
    world.clock.advance(verifying.PAUSE)
    assert await verifying.check(world.app, here.peer) is Outcome.VERIFIED
    return claim


async def said_to(here: public.Channel) -> list[str]:
    return [one.message for one in await heard(here.owner)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Gazette.EXAMPLE", "gazette.example"),
        ("https://gazette.example/", "gazette.example"),
        ("gazette.example.", "gazette.example"),
        ("été.example", "xn--t-9fab.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("EXAMPLE", None),
        ("localhost", None),
        ("a.localhost", None),
        ("printer.local", None),
        ("127.0.0.1", None),
        ("[::1]", None),
        ("2130706433", None),
        ("127.1", None),
        ("gazette.example:8080", None),
        ("gazette.example/path", None),
        ("user@gazette.example", None),
        ("-a.example", None),
        ("a..example", None),
        ("a_b.example", None),
        ("x" * 64 + ".example", None),
        ("a." * 130 + "example", None),
        ("gazette.example\r\nX: y", None),
        ("*.example", None),
        ("gazette.123", None),
        ("", None),
    ],
)
def test_a_domain_is_written_in_one_way(typed: str, name: str | None) -> None:
    assert hostnames.domain(typed) == name


async def test_the_instances_own_hosts_are_refused(store: Store, tmp_path: Path) -> None:
    own = {"public_url": "https://chat.example.org", "listen": ("door.example:1",)}
    web = Web(app_url="https://app.example.org", media_url="https://media.example.org")
    async with running(World(store, tmp_path, web=web, **own)) as world:
        here = await public.channel(world)
        hosts = ("chat.example.org", "Chat.Example.ORG.", "door.example", "app.example.org",
                 "media.example.org")  # fmt: skip
        for host in hosts:
            with pytest.raises(Unfit) as unfit:
                await domains.ask(world.app, here.peer, host)
            assert unfit.value.key == "own_host"


async def test_a_record_proves_it_and_only_then(world: World) -> None:
    here = await public.channel(world)
    async with zone(world) as dns:
        told = await ask(here.owner, f"page @mairie domain {DOMAIN}")
        claim = await domains.claim(world.app, here.peer)
        assert claim is not None and claim.record in told and claim.value in told
        assert f"_petitbleu.{DOMAIN}" in told
        assert await service.channel_on(world.app, DOMAIN) == 0
        assert DOMAIN in await ask(here.owner, "page @mairie domain check")
        assert await service.channel_on(world.app, DOMAIN) == 0
        dns.records[claim.record] = "petitbleu-of-somebody-else"
        world.clock.advance(60)
        await ask(here.owner, "page @mairie domain check")
        assert await service.channel_on(world.app, DOMAIN) == 0
        dns.publish(claim)
        world.clock.advance(60)
        await ask(here.owner, "page @mairie domain check")
        assert await service.channel_on(world.app, DOMAIN) == here.peer
        page = await service.load_page(world.app, here.peer)
        assert page is not None and page.domain == DOMAIN
        await ask(here.owner, "page @mairie domain off")
        assert await service.channel_on(world.app, DOMAIN) == 0
        page = await service.load_page(world.app, here.peer)
        assert page is not None and page.domain == ""


async def test_a_file_proves_it_too(world: World) -> None:
    here = await public.channel(world)
    async with zone(world) as dns:
        call = api.petitbleu.SetDomain(channel=here.input, domain="Gazette.example")
        found = await here.owner.call(call)
        assert (found.domain.domain, found.domain.verified) == (DOMAIN, False)
        path = found.domain.file.partition(DOMAIN)[2]
        dns.files[DOMAIN, path] = found.domain.value + "\n"
        checked = await here.owner.call(api.petitbleu.CheckDomain(channel=here.input))
        assert checked.domain.verified and not checked.refused and DOMAIN in checked.said


async def test_a_domain_that_is_only_pointed_here_proves_nothing(world: World) -> None:
    here = await public.channel(world)
    claim = await domains.ask(world.app, here.peer, DOMAIN)
    path = claim.file.partition(DOMAIN)[2]
    page = await public.reader(world).get(f"http://{DOMAIN}{path}")
    assert page.status == 404 and claim.value not in page.text


async def test_no_answer_says_nothing(world: World) -> None:
    here = await public.channel(world)
    async with zone(world) as dns:
        await give(world, here, dns)
        world.app.parts[records.RESOLVER] = lambda: None
        for _ in range(2 * FAILURES_MAX):
            world.clock.advance(verifying.WEEK)
            await verifying.recheck(world.app)
        assert await service.channel_on(world.app, DOMAIN) == here.peer


async def test_it_is_asked_again_and_lost_after_some_failures(world: World) -> None:
    here = await public.channel(world)
    async with zone(world) as dns:
        claim = await give(world, here, dns)
        dns.forget(claim)
        world.clock.advance(verifying.DAY)
        await verifying.recheck(world.app)  # it is not due yet
        assert not [text for text in await said_to(here) if DOMAIN in text]
        for n in range(FAILURES_MAX):
            assert await service.channel_on(world.app, DOMAIN) == here.peer, n
            world.clock.advance(verifying.WEEK if n == 0 else verifying.DAY)
            await verifying.recheck(world.app)
            await verifying.recheck(world.app)  # once each time
        assert await service.channel_on(world.app, DOMAIN) == 0
        assert await domains.claim(world.app, here.peer) is None
        told = [text for text in await said_to(here) if DOMAIN in text]
        assert len(told) == FAILURES_MAX


async def test_a_proof_that_comes_back_counts_from_the_beginning(world: World) -> None:
    here = await public.channel(world)
    async with zone(world) as dns:
        claim = await give(world, here, dns)
        for _ in range(3):
            dns.forget(claim)
            world.clock.advance(verifying.WEEK)
            await verifying.recheck(world.app)
            dns.publish(claim)
            world.clock.advance(verifying.DAY)
            await verifying.recheck(world.app)
            found = await domains.claim(world.app, here.peer)
            assert found is not None and found.failures == 0


async def test_a_channel_that_is_gone_leaves_its_domain(world: World) -> None:
    here = await public.channel(world)
    async with zone(world) as dns:
        await give(world, here, dns)
        await here.owner.call(api.channels.DeleteChannel(channel=here.input))
        world.clock.advance(verifying.WEEK)
        await verifying.recheck(world.app)
        assert await service.channel_on(world.app, DOMAIN) == 0


async def test_one_channel_has_it_until_its_record_goes(world: World) -> None:
    here = await public.channel(world)
    other = await public.channel(world, "rivale", "La Rivale")
    async with zone(world) as dns:
        first = await give(world, here, dns)
        second = await domains.ask(world.app, other.peer, DOMAIN)
        both = world.app.parts[records.RESOLVER]
        assert second.value != first.value
        # Both records stand at one name: a resolver with the one, then with the other.
        world.clock.advance(60)
        assert await verifying.check(world.app, other.peer) is Outcome.MISSING
        path = second.file.partition(DOMAIN)[2]
        dns.files[DOMAIN, path] = second.value
        world.clock.advance(60)
        assert await verifying.check(world.app, other.peer) is Outcome.TAKEN
        assert await service.channel_on(world.app, DOMAIN) == here.peer
        assert both is world.app.parts[records.RESOLVER]
        dns.forget(first)
        world.clock.advance(60)
        assert await verifying.check(world.app, other.peer) is Outcome.VERIFIED
        assert await service.channel_on(world.app, DOMAIN) == other.peer
        assert await domains.claim(world.app, here.peer) is None
        assert any(DOMAIN in text for text in await said_to(here))
