"""How codes travel: devices, a real SMTP server, a real HTTP gateway, the terminal."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from aiohttp import web

from petitbleu import webhooks
from petitbleu.config import Codes, Config, Smtp
from petitbleu.domain.access.joining import service
from petitbleu.domain.access.joining.channels import Undelivered, channels_for, deliver
from petitbleu.mailout import SmtpMail
from petitbleu.store.sqlite import SqliteStore
from tests.kit.mail import smtp_sink
from tests.kit.world import World

PHONE = "33612345678"


@pytest.fixture
async def one(sqlite_store: SqliteStore, tmp_path: Path) -> AsyncIterator[World]:
    """An instance on SQLite (nothing here is about the engine), not in developer mode."""
    made = World(sqlite_store, tmp_path, dev=False, name="Chez nous")
    await made.start()
    yield made
    await made.settle()


def configure(world: World, **changes: object) -> None:
    world.app.config = msgspec.structs.replace(world.app.config, **changes)


class Gateway:
    """An SMS gateway: keeps what it is told, answers ``status``."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 204
        self.calls: list[tuple[dict[str, str], bytes]] = []

    async def serve(self, request: web.Request) -> web.Response:
        self.calls.append((dict(request.headers), await request.read()))
        if self.status == 0:
            await asyncio.sleep(5)
        if self.status == 302:
            raise web.HTTPFound(self.url)
        return web.Response(status=self.status)


@asynccontextmanager
async def sms_gateway() -> AsyncIterator[Gateway]:
    gateway = Gateway()
    app = web.Application()
    app.router.add_post("/sms", gateway.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    gateway.url = f"http://{host}:{port}/sms"
    try:
        yield gateway
    finally:
        await runner.cleanup()


async def admit(world: World, phone: str | None, email: str | None = None) -> str:
    number = await world.app.store.write(
        service.admit, world.app, phone=phone, email=email, name=""
    )
    assert number is not None
    return number


async def test_the_open_ways_come_best_first(one: World) -> None:
    configure(one, codes=Codes(webhook_url="http://127.0.0.1:1/"))
    assert await channels_for(one.app, PHONE, None) == ["webhook"]
    await admit(one, PHONE, "ada@example.org")
    assert await channels_for(one.app, PHONE, None) == ["email", "webhook"]
    one.app.mail = None
    assert await channels_for(one.app, PHONE, None) == ["webhook"]


async def test_no_sms_goes_to_a_number_without_telephone(one: World) -> None:
    configure(one, codes=Codes(webhook_url="http://127.0.0.1:1/"))
    number = await admit(one, None)
    assert await channels_for(one.app, number, None) == []


async def test_the_terminal_is_a_way_in_developer_mode_only(
    one: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Undelivered):
        await deliver(one.app, "console", PHONE, None, None, "12345", "en")
    assert capsys.readouterr().out == ""
    configure(one, dev=True)
    assert await channels_for(one.app, PHONE, None) == ["console"]
    await deliver(one.app, "console", PHONE, None, None, "12345", "en")
    assert capsys.readouterr().out == f"Login code for +{PHONE}: 12345\n"


async def test_devices_come_first_and_get_the_code_in_the_service_chat(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert (await channels_for(world.app, ada.phone, ada.user_id))[0] == "app"
    ada.pushed.clear()
    await deliver(world.app, "app", ada.phone, ada.user_id, None, "12345", "fr")
    await world.settle()
    said = [getattr(update, "message", None) for update in ada.updates()]
    assert any("12345" in getattr(message, "message", "") for message in said if message)


async def test_somebody_signed_out_everywhere_has_no_device(world: World) -> None:
    from petitbleu.domain.access.devices import service as devices

    ada = await world.sign_up("Ada")
    await devices.end_all(world.app, ada.user_id)
    assert "app" not in await channels_for(world.app, ada.phone, ada.user_id)


async def test_a_code_by_mail_arrives_in_the_readers_language(one: World) -> None:
    await admit(one, PHONE, "ada@example.org")
    async with smtp_sink() as sink:
        smtp = Smtp("127.0.0.1", sink.port, security="none", sender="Chez nous <no-reply@x.org>")
        one.app.mail = SmtpMail(smtp)
        await deliver(one.app, "email", PHONE, None, None, "12345", "fr-CA")
        mail = sink.mails[0]
        assert mail["To"] == "ada@example.org"
        assert mail["From"] == "Chez nous <no-reply@x.org>"
        assert mail["Subject"] == "12345\u00a0: votre code de connexion à Chez nous"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Message-ID"].endswith("@x.org>")
        assert "Votre code de connexion\u00a0: 12345" in sink.text()


async def test_a_mail_server_that_refuses_or_is_away_is_undelivered(one: World) -> None:
    async with smtp_sink() as sink:
        sink.refuse = True
        one.app.mail = SmtpMail(Smtp("127.0.0.1", sink.port, security="none"))
        with pytest.raises(Undelivered, match="did not take the mail"):
            await deliver(one.app, "email", PHONE, None, "ada@example.org", "12345", "en")
    with pytest.raises(Undelivered):
        await deliver(one.app, "email", PHONE, None, "ada@example.org", "12345", "en")


async def test_mail_goes_in_clear_only_where_told_so(one: World) -> None:
    async with smtp_sink() as sink:
        one.app.mail = SmtpMail(Smtp("127.0.0.1", sink.port, security="starttls"))
        with pytest.raises(Undelivered):
            await deliver(one.app, "email", PHONE, None, "ada@example.org", "12345", "en")
        assert sink.mails == []


async def test_the_gateway_gets_a_signed_call(one: World) -> None:
    async with sms_gateway() as gateway:
        configure(one, codes=Codes(webhook_url=gateway.url, webhook_secret="s3cret"))
        await deliver(one.app, "webhook", PHONE, None, None, "12345", "en")
        headers, body = gateway.calls[0]
    assert json.loads(body) == {
        "phone": f"+{PHONE}",
        "code": "12345",
        "text": "Chez nous: your login code is 12345. Do not give it to anyone.",
        "lang": "en",
        "at": int(one.clock.now()),
    }
    expected = hmac.new(b"s3cret", body, "sha256").hexdigest()
    assert headers["X-Petitbleu-Signature"] == f"sha256={expected}"
    assert headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("status", [302, 400, 500])
async def test_a_gateway_that_refuses_is_undelivered(one: World, status: int) -> None:
    async with sms_gateway() as gateway:
        gateway.status = status
        configure(one, codes=Codes(webhook_url=gateway.url))
        with pytest.raises(Undelivered, match=str(status)):
            await deliver(one.app, "webhook", PHONE, None, None, "12345", "en")
        assert len(gateway.calls) == 1, "redirects are not followed"


async def test_a_gateway_that_hangs_or_is_away_is_undelivered(
    one: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "SECONDS", 0.2)
    async with sms_gateway() as gateway:
        gateway.status = 0
        configure(one, codes=Codes(webhook_url=gateway.url))
        with pytest.raises(Undelivered, match="cannot be reached"):
            await deliver(one.app, "webhook", PHONE, None, None, "12345", "en")
    with pytest.raises(Undelivered, match="cannot be reached"):
        await deliver(one.app, "webhook", PHONE, None, None, "12345", "en")


def test_mail_has_a_sender_even_where_none_is_set() -> None:
    assert Config().smtp.sender == ""
    assert SmtpMail(Smtp("mail.example.org"))._sender.addr_spec == "petitbleu@mail.example.org"
