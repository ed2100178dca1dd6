"""TL methods of push notices (core.telegram.org/api/push-updates). Only Web Push is sent."""

from __future__ import annotations

import base64
import json
from typing import Any

from petitbleu import webpush
from petitbleu.domain.client.push import sending, service
from petitbleu.domain.client.push.service import Quiet, Wanted
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

_TOKEN_TYPES = range(1, 14)
"""Push services clients name."""
_WEB_PUSH = 10
_TOKEN_MAX = 4096


@rpc("account.registerDevice", who=USER | BOT, limit="write")
async def register_device(ctx: Ctx, q: api.account.RegisterDevice) -> bool:
    """Send notices to a browser. Other push services are those of apps: nothing is sent there."""
    if q.token_type not in _TOKEN_TYPES:
        raise Fault("TOKEN_TYPE_INVALID")
    if not q.token:
        raise Fault("TOKEN_EMPTY")
    if len(q.token) > _TOKEN_MAX:
        raise Fault("TOKEN_INVALID")
    if q.token_type == _WEB_PUSH:
        await service.register(ctx.app, ctx.me, _wanted(ctx, q.token))
    return True


@rpc("account.unregisterDevice", who=USER | BOT, limit="write")
async def unregister_device(ctx: Ctx, q: api.account.UnregisterDevice) -> bool:
    """No notices there any more."""
    if not 0 < len(q.token) <= _TOKEN_MAX or q.token_type not in _TOKEN_TYPES:
        raise Fault("TOKEN_INVALID")
    if q.token_type == _WEB_PUSH:
        try:
            endpoint = _parsed(q.token).get("endpoint")
        except Fault:
            endpoint = q.token
        await service.unregister(ctx.app, ctx.me, str(endpoint))
    return True


def _wanted(ctx: Ctx, token: str) -> Wanted:
    """``{"endpoint", "keys": {"p256dh", "auth"}}`` as browsers write it, and of our own client
    ``"quiet": {"from": minutes, "until": minutes, "zone"}`` and ``"text": false``.
    """
    told = _parsed(token)
    endpoint = told.get("endpoint")
    if not isinstance(endpoint, str) or not sending.may_call(ctx.app, endpoint):
        raise Fault("WEBPUSH_TOKEN_INVALID")
    keys = told.get("keys")
    keys = keys if isinstance(keys, dict) else {}
    p256dh = _bytes(keys.get("p256dh"), "WEBPUSH_KEY_INVALID")
    auth = _bytes(keys.get("auth"), "WEBPUSH_AUTH_INVALID")
    subscription = webpush.Subscription(endpoint, p256dh, auth)
    return Wanted(subscription, _quiet(told.get("quiet")), told.get("text") is not False)


def _parsed(token: str) -> dict[str, Any]:
    try:
        told = json.loads(token)
    except (ValueError, RecursionError):
        raise Fault("WEBPUSH_TOKEN_INVALID") from None
    if not isinstance(told, dict):
        raise Fault("WEBPUSH_TOKEN_INVALID")
    return told


def _bytes(text: Any, fault: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (TypeError, ValueError):
        raise Fault(fault) from None


def _quiet(told: Any) -> Quiet:
    if told is None:
        return Quiet()
    begin, end, zone = (
        (told.get("from"), told.get("until"), told.get("zone"))
        if isinstance(told, dict)
        else (None, None, None)
    )
    if type(begin) is not int or type(end) is not int or not isinstance(zone, str):
        raise Fault("WEBPUSH_TOKEN_INVALID")
    return Quiet(begin, end, zone)
