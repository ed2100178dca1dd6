"""Alarms on their way: real SMTP, a real webhook, a push service; failures and crashes."""

from __future__ import annotations

import asyncio
import hmac
from pathlib import Path

import pytest

from petitbleu import webpush
from petitbleu.config import Desk, Smtp
from petitbleu.control import CommandRefused, perform
from petitbleu.desk.casework.alerts import sending, service
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.leases import Alone
from petitbleu.mailout import SmtpMail
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Store
from petitbleu.webhooks import KEY
from tests.desk.casework.alerts.kit import (
    DIRECTOR,
    LEAD,
    ON_CALL,
    add,
    alarmed,
    opened,
    person,
    run,
    to,
    took,
)
from tests.desk.casework.alerts.receivers import Browser, receiver
from tests.kit.mail import smtp_sink
from tests.kit.pair import two_workers
from tests.kit.waiting import guarded, until
from tests.kit.world import World


async def test_mail_webhook_and_push_follow_the_commit(store: Store, tmp_path: Path) -> None:
    async with receiver() as hook, receiver() as service_of_push, smtp_sink() as sink:
        world = await alarmed(store, tmp_path, webhook_url=hook.url, webhook_secret="s3cret")
        world.app.mail = SmtpMail(Smtp("127.0.0.1", sink.port, security="none"))
        lou = await person(world, "lou@desk.example", "legal", on_call=True)
        browser = Browser()
        await world.app.store.write(
            service.subscribe,
            world.app,
            lou,
            service_of_push.url,
            browser.p256dh,
            browser.auth,
        )
        runner = JobRunner(world.app)
        await runner.start()
        try:
            await asyncio.sleep(0.2)  # past the runner's first look: the commit must wake it
            with guarded("alarms after the commit", goal=2):
                number = await opened(world)
                await until(lambda: hook.calls and service_of_push.calls and sink.mails)
        finally:
            await runner.stop()
        await world.settle()
    name = case_numbers.text(number)
    headers, body, _ = hook.calls[0]
    expected = hmac.new(b"s3cret", body, "sha256").hexdigest()
    assert headers["X-Petitbleu-Signature"] == f"sha256={expected}"
    said = hook.json(0)
    assert (said["case"], said["kind"], said["urgency"], said["clock"]) == (
        name,
        "tco_removal_order",
        "critical",
        "tco.remove",
    )
    assert 0 < said["seconds_left"] <= 3600
    message = browser.read(*service_of_push.calls[0][:2], service.application_key(world.app))
    assert message["case"] == name
    assert message["title"].startswith(f"[{name}] Terrorist content removal order")
    assert message["text"].startswith("Kind: Terrorist content removal order\nUrgency: critical\n")
    assert said["words"] == {
        "language": "en",
        "kind": "Terrorist content removal order",
        "urgency": "critical",
        "clock": "remove or disable in all Member States",
        "what": "the clock begins: call on-call and deputy",
        "level": "whoever is on call",
    }
    assert browser.claims["aud"] == service_of_push.url.rpartition("/")[0]
    assert browser.claims["exp"] - world.clock.now() <= 86_400
    assert "secret" not in body.decode() + str(message)
    assert sink.mails[0]["To"] == "lou@desk.example"
    assert sink.mails[0]["Auto-Submitted"] == "auto-generated"


async def test_what_is_not_taken_is_tried_again_until_it_is(store: Store, tmp_path: Path) -> None:
    async with receiver() as hook:
        hook.status = 500
        world = await alarmed(store, tmp_path, webhook_url=hook.url)
        await opened(world)
        await run(world)
        assert len(hook.calls) == 1
        await run(world, 14)
        assert len(hook.calls) == 1
        hook.status = 200
        await run(world, 1)
        assert len(hook.calls) == 2
        await run(world, 60)
        assert len(hook.calls) == 2
    assert to(world) == [ON_CALL]  # a dead webhook held up no mail


async def test_what_was_acknowledged_meanwhile_is_not_mailed_any_more(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world)
    await service.ring(world.app, number)
    await add(world, number, "staff:1", CaseEvent("looked", {}))
    await run(world)
    assert to(world) == []


@pytest.mark.parametrize("raised", [False, True])
async def test_a_crash_after_the_commit_loses_no_alarm_and_doubles_none(
    store: Store, tmp_path: Path, raised: bool
) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world)
    if raised:
        await service.ring(world.app, number)
    assert to(world) == []  # the process dies here: before it rang, or before anything was sent
    settings = {"desk": world.app.config.desk, "languages": ("en",)}
    again = World(store, tmp_path, **settings)
    again.clock.advance(60)
    await again.start()
    await run(again)
    (mail,) = took(again)
    assert (mail.to, "59 min left" in mail.subject) == (ON_CALL, True)
    await run(again, 30)
    assert to(again) == []


async def test_a_browser_that_has_gone_is_forgotten(store: Store, tmp_path: Path) -> None:
    async with receiver() as service_of_push:
        service_of_push.status = 410
        world = await alarmed(store, tmp_path)
        lou = await person(world, "lou@desk.example", "legal", on_call=True)
        browser = Browser()
        args = (lou, service_of_push.url, browser.p256dh, browser.auth)
        await world.app.store.write(service.subscribe, world.app, *args)
        await opened(world)
        await run(world)
        await opened(world)
        await run(world)
        assert len(service_of_push.calls) == 1
    assert to(world) == ["lou@desk.example"] * 2


async def test_a_subscription_must_be_a_browsers(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    browser = Browser()
    good = ("https://push.example/x", browser.p256dh, browser.auth)
    for bad in (
        ("https://10.0.0.1/x", *good[1:]),
        ("https://intranet/x", *good[1:]),
        ("http://push.example/x", *good[1:]),
        ("file:///etc/passwd", *good[1:]),
        (good[0], b"\4" + bytes(64), good[2]),
        (good[0], good[1], b"short"),
    ):
        with pytest.raises(service.Refused):
            await world.app.store.write(service.subscribe, world.app, 1, *bad)
    await world.app.store.write(service.subscribe, world.app, 1, *good)
    assert await world.app.store.write(service.unsubscribe, world.app, 1, good[0])
    assert not await world.app.store.write(service.unsubscribe, world.app, 1, good[0])


async def test_the_key_of_this_server_is_made_once_and_for_its_owner_only(world: World) -> None:
    made = service.vapid(world.app).public
    del world.app.parts[service.VAPID]
    assert service.vapid(world.app).public == made
    path = world.app.config.data / "keys" / service.KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_push_message_has_room_for_what_alarms_say() -> None:
    browser = Browser()
    to_browser = webpush.Subscription("https://push.example/x", browser.p256dh, browser.auth)
    sealed = webpush.encrypt(b"x" * webpush.MAX_TEXT_BYTES, to_browser, lambda n: bytes(n))
    assert len(sealed) <= 4096
    with pytest.raises(ValueError, match="at most"):
        webpush.encrypt(b"x" * (webpush.MAX_TEXT_BYTES + 1), to_browser, lambda n: bytes(n))


async def test_the_command_line_shows_hears_and_tries_alarms(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    number = case_numbers.text(await opened(world))
    await run(world)
    took(world)
    (shown,) = (await perform(world.app, "desk.alarms", {}))["alarms"]
    assert (shown["case"], shown["level"], shown["clock"]) == (number, "on_call", "tco.remove")
    assert await perform(world.app, "desk.alarms.hear", {"case": number}) == {"heard": 1}
    assert (await perform(world.app, "desk.alarms", {}))["alarms"] == []
    tried = await perform(world.app, "desk.alarms.test", {"level": "director"})
    assert [(row["recipient"], row["state"]) for row in tried["notices"]] == [(DIRECTOR, "sent")]
    assert "Test of the alarms" in took(world)[0].text
    assert (await perform(world.app, "desk.alarms.test", {"level": "lead"}))["notices"]
    with pytest.raises(CommandRefused, match="no level"):
        await perform(world.app, "desk.alarms.test", {"level": "pope"})
    with pytest.raises(CommandRefused, match="no case number"):
        await perform(world.app, "desk.alarms.hear", {"case": "12"})


class Numbered(Alone):
    """The leases of one of several workers, as far as sending asks."""

    def __init__(self, worker: int) -> None:
        self.worker = worker


async def test_of_two_workers_one_sends_and_again_under_the_same_name(tmp_path: Path) -> None:
    async with receiver() as hook:
        desk = Desk(on_call=(ON_CALL,), lead=LEAD, director=DIRECTOR, webhook_url=hook.url)
        async with two_workers(tmp_path, desk=desk) as pair:
            both = pair.one.app, pair.two.app
            for worker, app in enumerate(both, 1):
                app.leases = Numbered(worker)
            await service.ring(both[0], await opened(pair.one))
            hook.status = 500
            await asyncio.gather(*map(sending.flush, both))
            assert len(hook.calls) == 1, "sent by both"
            hook.status = 200
            pair.one.clock.advance(60)
            await asyncio.gather(*map(sending.flush, both))
            assert len(hook.calls) == 2
            assert len({headers[KEY] for headers, _, _ in hook.calls}) == 1
            sent = [one.to for world in (pair.one, pair.two) for one in world.mail.sent]
            assert sent and len(sent) == len(set(sent)), "mailed by both"
