"""Logins as TL."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.access.devices import service
from petitbleu.domain.access.devices.queries import AuthRow
from petitbleu.domain.access.devices.service import Where
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

_APPS = {
    "android": "Telegram Android",
    "android_x": "Telegram X",
    "ios": "Telegram iOS",
    "macos": "Telegram macOS",
    "tdesktop": "Telegram Desktop",
    "weba": "Telegram Web A",
    "webk": "Telegram Web K",
}
"""What clients call themselves, by the language pack they name."""


WEB_CLIENT = "petitbleu"
"""The language pack of the instance's own web client."""


def where(ctx: Ctx) -> Where:
    """Where a call comes from, for services."""
    session = 0 if ctx.link is None else ctx.link.session_id
    return Where(ctx.auth_key_id, session, ctx.ip, ctx.port)


def authorization(app: App, row: AuthRow, *, current: bool = False) -> api.Authorization:
    """One device, as its owner sees it. The calling one has hash 0."""
    flags = service.flags(row)
    return api.Authorization(
        current=current,
        password_pending=row.pending_account is not None,
        encrypted_requests_disabled=bool(flags.get("encrypted_requests_disabled")),
        call_requests_disabled=bool(flags.get("call_requests_disabled")),
        unconfirmed=not current and service.unconfirmed(app, row),
        hash=0 if current else row.hash,
        device_model=row.device,
        platform=row.platform,
        system_version=row.system,
        api_id=row.api_id,
        app_name=_app_name(app, row),
        app_version=row.app_version,
        date_created=row.created_at,
        date_active=row.active_at,
        ip=row.ip,
        country=row.country,
        region="",
    )


def _app_name(app: App, row: AuthRow) -> str:
    if row.lang_pack == WEB_CLIENT:
        return f"{app.config.name} Web"
    return _APPS.get(row.lang_pack, row.device)
