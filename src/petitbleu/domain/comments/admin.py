"""The operator's commands about comments: ``comment.*``."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.comments import service


@command("comment.waiting")
async def waiting(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{limit?}`` -> ``{comments: […]}``, the oldest first."""
    found = await service.waiting(app, limit=int(params.get("limit", service.PAGE)))
    return {
        "comments": [
            {
                "id": one.row.id,
                "at": one.row.at,
                "channel": one.row.channel,
                "post": one.row.post,
                "name": one.row.name,
                "text": one.text,
                "verdict": one.checked.verdict if one.checked else "",
                "score": round(one.checked.score, 4) if one.checked else 0,
                "reasons": [why.words for why in one.checked.reasons] if one.checked else [],
            }
            for one in found
        ]
    }


@command("comment.decide")
async def decide(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{id, answer}`` (``ok``, ``no``, ``spam``) -> ``{id}``"""
    answer, number = params.get("answer"), str(params.get("id", ""))
    if answer not in ("ok", "no", "spam"):
        raise CommandRefused("answer ok, no or spam")
    done = number.isdecimal() and int(number) < 1 << 63
    if not done or not await service.decide(
        app, int(number), publish=answer == "ok", spam=answer == "spam", by="operator"
    ):
        raise CommandRefused("no comment of that number waits")
    return {"id": int(number)}
