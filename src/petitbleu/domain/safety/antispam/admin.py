"""The operator's commands about the filter: ``spam.*`` and ``akismet-key.*``."""

from __future__ import annotations

from typing import Any

from petitbleu import acts
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.safety.antispam import learning, outside, service, sites
from petitbleu.domain.safety.antispam.features import host_of

WORD_MAX = 80


@command("akismet-key.create")
async def key_create(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{site, limit?}`` -> ``{id, key, site, limit}``; the key is told this once."""
    site = str(params.get("site", "")).strip()
    if not site.startswith(("http://", "https://")) or not host_of(site):
        raise CommandRefused("say the site's address, e.g. https://blog.example.org")
    limit = int(params.get("limit", sites.MONTH_LIMIT))
    key = await sites.create(app, site[:400], max(0, limit))
    return {"id": key.id, "key": key.key, "site": site, "limit": max(0, limit)}


@command("akismet-key.list")
async def key_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{}`` -> ``{keys: […]}``: without the keys themselves, which are not kept."""
    listed = []
    for row in await sites.listed(app):
        learnt = await learning.learnt(app, row.id)
        listed.append(
            {
                "id": row.id,
                "hint": row.hint,
                "site": row.site,
                "limit": row.month_limit,
                "made_at": row.made_at,
                "revoked_at": row.revoked_at,
                "calls": (await sites.usage(app, row)).calls,
                "learnt": {"ham": learnt.ham, "spam": learnt.spam},
            }
        )
    return {"keys": listed}


@command("akismet-key.revoke")
async def key_revoke(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{key}`` (the key, or its id) -> ``{id}``"""
    written = str(params.get("key", "")).strip()
    row = await sites.find(app, written)
    number = row.id if row is not None else int(written) if written.isdecimal() else 0
    if number >= 1 << 63 or not await sites.revoke(app, number):
        raise CommandRefused("there is no such key, or it was revoked before")
    return {"id": number}


# ── the filter ──────────────────────────────────────────────────────────────────────────────────


@command("spam.waiting")
async def waiting(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{limit?}`` -> ``{texts: […]}``: kept back and judged by nobody, newest first."""
    texts = await service.waiting(app, limit=int(params.get("limit", service.PAGE)))
    return {"texts": [_shown(check) for check in texts]}


def _shown(one: service.Kept) -> dict[str, Any]:
    return {
        "id": one.id,
        "at": one.at,
        "door": one.door,
        "verdict": one.verdict,
        "score": round(one.score, 4),
        "author": one.what.author,
        "text": one.what.text,
        "reasons": [
            {
                "name": why.name,
                "weight": round(why.weight, 3),
                "words": why.words,
                "said": service.sentence(why, "en"),
            }
            for why in one.reasons
        ],
    }


@command("spam.judge")
async def judge(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{id, spam}`` -> ``{id, changed}``: the filter learns from it."""
    number = str(params.get("id", ""))
    if not number.isdecimal() or await service.get(app, int(number)) is None:
        raise CommandRefused("there is no decision of that number")
    spam = bool(params.get("spam"))
    acts.concerns(f"spam check:{number}", spam=spam)
    changed = await service.judge(app, int(number), spam=spam, by="operator")
    return {"id": int(number), "changed": changed}


@command("spam.word")
async def word(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{word, weight}`` (hundredths 1..100; null takes it away) -> ``{word, changed}``"""
    written = " ".join(str(params.get("word", "")).split())
    if not written or len(written) > WORD_MAX:
        raise CommandRefused(f"a word has 1 to {WORD_MAX} characters")
    weight = params.get("weight")
    if weight is not None and not 1 <= int(weight) <= 100:
        raise CommandRefused("a weight is between 1 and 100")
    changed = await service.put_word(app, written, None if weight is None else int(weight))
    return {"word": written, "changed": changed}


@command("spam.status")
async def status(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{}`` -> what the filter has learnt, its words, and how the outside service is."""
    learnt = await learning.learnt(app)
    return {
        "learnt": {"ham": learnt.ham, "spam": learnt.spam},
        "words": {row.word: row.weight for row in await service.words(app)},
        "outside": await _outside(app) if outside.enabled(app) else None,
    }


async def _outside(app: App) -> dict[str, Any]:
    try:
        if not await outside.verify(app):
            return {"ok": False, "problem": "the service says that the key is invalid"}
        usage, known = await outside.usage(app), await outside.sites(app)
        return {"ok": True, "usage": usage, "sites": known}
    except outside.Down as problem:
        return {"ok": False, "problem": str(problem)}
