"""The operator's commands about comments: ``comment.*``."""

from __future__ import annotations

from typing import Any

from petitbleu import acts
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.publishing.comments import service
from petitbleu.domain.publishing.pages import service as pages


@command("comment.waiting")
async def waiting(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{limit?}`` -> ``{comments: […]}``, the oldest first."""
    comments = await service.waiting(app, limit=int(params.get("limit", service.PAGE)))
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
            for one in comments
        ]
    }


@command("comment.decide")
async def decide(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{id, answer}`` (``ok``, ``no``, ``spam``) -> ``{id}``"""
    answer, number = params.get("answer"), str(params.get("id", ""))
    if answer not in ("ok", "no", "spam"):
        raise CommandRefused("answer ok, no or spam")
    acts.concerns(f"comment:{number[:20]}" if number.isdecimal() else "comment", answer=answer)
    done = number.isdecimal() and int(number) < 1 << 63
    if not done or not await service.decide(
        app, int(number), publish=answer == "ok", spam=answer == "spam", by="operator"
    ):
        raise CommandRefused("no comment of that number waits")
    return {"id": int(number)}


@command("comment.rule")
async def rule(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{channel, post, rule?}`` -> the post: ``{channel, post, rule, mode, closed_at}``.

    ``rule``: ``usual`` (as the channel's switches say), ``open`` (so, however old it is), or one of
    closed, members, held, direct.
    """
    name = str(params.get("channel") or "").strip().rstrip("/").rpartition("/")[2].lstrip("@")
    page = await pages.find(app, name)
    if not isinstance(page, pages.Page):
        raise CommandRefused(f"no public page has the name “{name}”")
    written = str(params.get("post", ""))
    post = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
    if params.get("rule") is not None:
        try:
            await service.set_rule(app, page.chat.id, post, str(params["rule"]))
        except service.InvalidRule as refused:
            raise CommandRefused(str(refused)) from None
    own = (await service.rules_of(app, page.chat.id)).get(post, service.USUAL)
    stands = await service.rule(app, page, post)
    return {
        "channel": page.name,
        "post": post,
        "rule": own,
        "mode": stands.mode,
        "closed_at": stands.closed_at,
    }
