"""Home: the strip that must be empty."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.app import App
from petitbleu.desk.cases import queues
from petitbleu.desk.disclosures import service as disclosures
from petitbleu.desk.intake import canary
from petitbleu.desk.intake.canary import CanaryRow
from petitbleu.desk.pages.seconds import waiting
from petitbleu.desk.pages.shell import Visit, page
from petitbleu.desk.seconds import service as seconds
from petitbleu.domain.comments import service as comments


@page("/desk", right="home", rail="home")
async def home(visit: Visit) -> Response:
    """What is unread, unowned, due, late, unsigned."""
    app = visit.app
    return visit.html(
        "home.html",
        strip=await queues.strip(app),
        seconds=await seconds.waiting(app, app.store),
        doors=[
            {"name": row.door, "at": row.seen_at or row.sent_at, "well": _well(app, row)}
            for row in await canary.health(app)
        ],
        agreed=len(await disclosures.agreed_ones(app.store)) if visit.staff.may("disclose") else 0,
        comments=await _comments(app) if visit.staff.may("comments") else 0,
        waiting=await waiting(visit) if visit.staff.may("second") else [],
    )


async def _comments(app: App) -> int:
    """Comments of guests that wait for somebody: held, taken for spam, contested."""
    found = await comments.boxes(app)
    return found["held"] + found["spam"] + found["contested"]


def _well(app: App, row: CanaryRow) -> bool:
    """The newest canary of a door was seen, or is not late yet."""
    return row.seen_at is not None or app.clock.now() - row.sent_at < canary.SILENCE
