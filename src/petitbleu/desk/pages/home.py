"""Home: the strip that must be empty."""

from __future__ import annotations

from starlette.responses import Response

from petitbleu.desk.pages.shell import Visit, page
from petitbleu.desk.seconds import service as seconds


@page("/desk", right="home", rail="home")
async def home(visit: Visit) -> Response:
    """What is unread, unowned, due, late, unsigned; how the channels are."""
    return visit.html("home.html", seconds=await seconds.waiting(visit.app, visit.app.store))
