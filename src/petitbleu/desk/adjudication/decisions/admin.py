"""Commands of the command line: ``desk.statements.*``, ``desk.templates.*``, ``desk.seed``."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.adjudication.decisions import seed as seeds
from petitbleu.desk.adjudication.decisions import templates, texts
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.adjudication.eu_database.service import EuRow
from petitbleu.desk.staffing.staff import service as staff

_ACTOR = "operator"
MAX_ROWS = 2000


def _limit(params: dict[str, Any]) -> int:
    return max(1, min(int(params.get("limit") or MAX_ROWS), MAX_ROWS))


@command("desk.statements.export")
async def statements_export(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{after?, limit?}`` -> ``{statements: [payload, …], next}``; next is empty at the end."""
    limit = _limit(params)
    exported = await eu_database.export(
        app, _ACTOR, after=str(params.get("after") or ""), limit=limit
    )
    return {"statements": exported, "next": exported[-1]["puid"] if len(exported) == limit else ""}


@command("desk.statements.list")
async def statements_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{refused?, after?, limit?}`` -> ``{statements: [{puid, state, …}]}``."""
    state = "refused" if params.get("refused") else ""
    after = str(params.get("after") or "")
    rows = await eu_database.page(app, after=after, state=state, limit=_limit(params))
    return {"statements": [_statement(row) for row in rows]}


def _statement(row: EuRow) -> dict[str, Any]:
    return {
        "puid": row.puid,
        "state": row.state,
        "at": row.at,
        "tries": row.tries,
        "answer": row.answer,
        "uuid": row.uuid,
        "permalink": row.permalink,
        "sent_at": row.sent_at,
    }


@command("desk.statements.again")
async def statements_again(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{puid}``: send a refused one once more."""
    puid = str(params.get("puid") or "")
    if not await eu_database.again(app, puid, _ACTOR):
        raise CommandRefused(f"there is no refused statement {puid}")
    return {"puid": puid}


# ── templates ───────────────────────────────────────────────────────────────────────────────────


@command("desk.templates.list")
async def templates_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{}`` -> ``{templates: [{kind, language, own, version, age}]}``; ``age``: of its reader."""
    listed = []
    for kind in sorted(texts.KINDS):
        for language in texts.LANGUAGES:
            rows = await templates.versions(app.store, kind, language)
            own = bool(rows and rows[0].text)
            version = rows[0].version if rows else 0
            text = rows[0].text if own else texts.shipped(kind, language)
            said = {"kind": kind, "language": language, "own": own, "version": version}
            listed.append(said | {"age": texts.reading_age(kind, text)})
    return {"templates": listed}


@command("desk.templates.show")
async def templates_show(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{kind, language}`` -> ``{text, variables}``."""
    kind, language = _which(params)
    own = (await templates.overrides(app.store)).get((kind, language))
    return {
        "text": own or texts.shipped(kind, language),
        "own": own is not None,
        "variables": texts.variables(kind),
    }


@command("desk.templates.set")
async def templates_set(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{kind, language, text}``; an empty text goes back to the one that is shipped. Where there
    is a desk: ``request``, which a second person has to agree to.
    """
    kind, language = _which(params)
    text = str(params.get("text") or "")
    done: dict[str, Any] = {"kind": kind, "language": language, "request": None}
    try:
        if not await staff.is_set_up(app.store):
            await templates.change(app, _ACTOR, kind, language, text)
            return done
        if params.get("offline"):
            raise CommandRefused(
                "this instance has a desk, where a second person agrees to this, and no server"
                " runs: start it with petitbleu serve and give the command again"
            )
        request = await templates.propose(app, None, kind, language, text, "petitbleu")
    except texts.BadTemplate as error:
        raise CommandRefused(str(error)) from None
    return done | {"request": request}


def _which(params: dict[str, Any]) -> tuple[str, str]:
    kind, language = str(params.get("kind") or ""), str(params.get("language") or "")
    if kind not in texts.KINDS:
        raise CommandRefused(f"kinds of letters are: {', '.join(sorted(texts.KINDS))}")
    if language not in texts.LANGUAGES:
        raise CommandRefused(f"templates are in: {', '.join(texts.LANGUAGES)}")
    return kind, language


# ── practice ────────────────────────────────────────────────────────────────────────────────────


@command("desk.seed")
async def seed(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{decisions, seed}`` -> how much was made."""
    try:
        decisions, number = int(params.get("decisions", 50)), int(params.get("seed", 1))
    except (TypeError, ValueError):
        raise CommandRefused("--decisions and --seed are whole numbers") from None
    if not 1 <= decisions <= seeds.MAX_CASES:
        raise CommandRefused(f"between 1 and {seeds.MAX_CASES} decisions can be made at once")
    return await seeds.run(app, decisions, number)
