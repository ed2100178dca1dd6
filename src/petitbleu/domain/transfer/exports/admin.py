"""The operator's commands ``export.begin`` and ``export.step``: everything of one person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from petitbleu import acts
from petitbleu.app import App, Part
from petitbleu.control import CommandRefused, command
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.transfer.exports.running import Exporter

STEP_SECONDS = 2.0
OPEN: Part[dict[str, Exporter]] = Part(lambda _: {})
"""Token -> an export under way."""


def _new_folder(given: str) -> Path:
    to = Path(given)
    if to.exists():
        raise CommandRefused(f"{to} exists already: name a new folder")
    return to


@command("export.begin")
async def begin(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{who, to}`` -> ``{token}``; ``to`` must not exist."""
    account = await joining.find(app, str(params.get("who", "")))
    if account is None or account.account is None:
        raise CommandRefused(f"nobody with an account here is “{params.get('who')}”")
    to = _new_folder(str(params["to"]))
    person = account.account
    acts.concerns(f"account:{person.id}")
    shown = {"account": f"{person.first_name} {person.last_name}".strip() + f" ({person.id})"}
    await acts.second_agreed(app, shown, offline=bool(params.get("offline")))
    token = app.random(8).hex()
    opened = app.parts[OPEN]
    opened[token] = Exporter(app, account.account.id, to)
    app.log.warning("export.begun", account=account.account.id)
    return {"token": token}


@command("export.step")
async def step(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{token, seconds?}`` -> ``{finished, chats, messages, files}``."""
    opened = app.parts[OPEN]
    token = str(params.get("token"))
    exporter = opened.get(token)
    if exporter is None:
        raise CommandRefused("the server was started anew: begin again, in a new folder")
    try:
        await exporter.step(float(params.get("seconds") or STEP_SECONDS))
    except OSError as error:
        opened.pop(token)
        raise CommandRefused(f"{error.filename or exporter.to}: {error.strerror}") from None
    if exporter.finished:
        opened.pop(token)
    return {
        "finished": exporter.finished,
        "chats": exporter.chats,
        "messages": exporter.messages,
        "files": exporter.files,
    }
