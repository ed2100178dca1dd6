"""The address where an authority fetches an archive, once: ``/divulgation/<secret>``.

The secret stands in one letter only; here its digest is kept. A look (GET) changes nothing, so that
a mail filter that follows links takes nothing away.
"""

from __future__ import annotations

import datetime
import zoneinfo
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.orders.disclosures import service
from petitbleu.desk.orders.disclosures.queries import DisclosureRow
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.typography import moment
from petitbleu.web.pages import Pages

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_WORDS = Catalogue("letters", "portal")


def routes(app: App) -> list[BaseRoute]:
    """The route of the portal."""
    pages = Pages(app, _TEMPLATES)

    async def look(request: Request) -> Response:
        row = await service.waiting(app, request.path_params["secret"])
        return show(request, row)

    def show(request: Request, row: DisclosureRow | None) -> Response:
        words = _WORDS[pages.language(request)]
        values: dict[str, Any] = {"row": row, "words": words}
        if row is None:
            return pages.html(request, "portal.html", status=404, **values)
        zone = zoneinfo.ZoneInfo(app.config.timezone)
        until = datetime.datetime.fromtimestamp(row.expires_at or 0, zone)
        values |= {
            "number": case_numbers.text(row.number),
            "until": moment(pages.language(request), until),
            "digest": (row.sha or b"").hex(),
        }
        return pages.html(request, "portal.html", fresh=True, **values)

    async def fetch(request: Request) -> Response:
        ip = request.client.host if request.client is not None else ""
        handed = await service.fetch(app, request.path_params["secret"], ip)
        if handed is None:
            return show(request, None)
        headers = {
            "content-disposition": f'attachment; filename="{handed.name}"',
            "cache-control": "no-store",
            "x-robots-tag": "noindex",
        }
        return Response(handed.data, media_type="application/octet-stream", headers=headers)

    path = "/divulgation/{secret}"
    return [Route(path, look), Route(path, fetch, methods=["POST"])]
