"""A kind of case that the operator's counsel added goes through the workplace like any other."""

from __future__ import annotations

import json

import pytest

from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.kit import opened
from tests.kit.desk import DeskSite

_CLOCK = {
    "id": "es.reply",
    "start_event": "received",
    "duration": 3,
    "unit": "day",
    "source": "Ley 34/2002",
    "action": "responder",
    "hard_legal_limit": True,
    "status": "UNVERIFIED",
}
_ADDED = {"cases": [{"kind": "es_order", "title": "Orden española", "clocks": [_CLOCK]}]}


@pytest.mark.parametrize("language", ["fr", "en", "de"])
async def test_it_is_called_as_counsel_calls_it(desk: DeskSite, language: str) -> None:
    app = desk.world.app
    folder = app.config.data / "law"
    folder.mkdir()
    (folder / "es.json").write_text(json.dumps(_ADDED))
    assert "es_order" in law.reload(app).kinds
    ada = await desk.person("lead", "legal", "triage", language=language)
    number = case_numbers.text(
        await opened(desk.world, "es_order", title="Requerimiento", urgency=2)
    )
    base = f"/desk/cases/{number}"
    for path in ("/desk", "/desk/queues", base, f"{base}/decide", f"{base}/related"):
        page = await ada.get(path)
        assert page.status == 200, path
        assert "es_order" not in " ".join(page.pieces), path
    assert "Orden española" in (await ada.get(base)).text
    assert "responder" in (await ada.get(base)).text
    assert number in (await ada.get("/desk/queues")).text
    assert (await ada.get("/desk/next")).headers["location"] == base
    for path in ("/desk/routing/rules/new", "/desk/presets/new", "/desk/queues"):
        assert "Orden española" in (await ada.get(path)).text, path
