"""``petitbleu desk authorities`` and ``petitbleu desk operator``."""

from __future__ import annotations

from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.reference.directory import service

_ACTOR = "operator"


@command("desk.authorities.import")
async def authorities_import(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{authorities: [{name, country, domain, trusted_flagger}]}`` -> ``{imported}``."""
    given = params.get("authorities")
    if not isinstance(given, list):
        raise CommandRefused("the file must hold a JSON list of authorities")
    try:
        return {"imported": await service.add(app, given, _ACTOR)}
    except service.Invalid as invalid:
        raise CommandRefused(str(invalid)) from None


@command("desk.authorities.export")
async def authorities_export(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """-> ``{authorities: […]}``, as they can be imported again."""
    return {"authorities": [service.as_json(row) for row in await service.authorities(app.store)]}


@command("desk.operator.set")
async def operator_set(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{operator: {…}}`` -> the operator's particulars as they are now."""
    given = params.get("operator")
    if not isinstance(given, dict):
        raise CommandRefused("the file must hold one JSON object")
    try:
        operator = await service.set_operator(app, given, _ACTOR)
    except service.Invalid as invalid:
        raise CommandRefused(str(invalid)) from None
    fields: dict[str, Any] = msgspec.to_builtins(operator)
    more: dict[str, Any] = fields.pop("more")
    return more | fields
