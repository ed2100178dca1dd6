"""Home: the strip that must be empty."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.cases import queues
from petitbleu.desk.pages.shell import Visit, page
from petitbleu.desk.seconds import service as seconds


@page("/desk", right="home", rail="home")
async def home(visit: Visit) -> Response:
    """What is unread, unowned, due, late, unsigned."""
    app = visit.app
    return visit.html(
        "home.html",
        strip=await queues.strip(app),
        seconds=await seconds.waiting(app, app.store),
        waiting=await seconds.pending(app, visit.staff) if visit.staff.may("second") else [],
    )
