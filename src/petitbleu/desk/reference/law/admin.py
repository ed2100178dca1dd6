"""Commands of the command line about the law data."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.reference.law import service
from petitbleu.desk.reference.law.service import LawError


@command("desk.law")
async def law(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Read the operator's files again and take them over, all or none; what is in force."""
    try:
        loaded = service.reload(app)
        for name in service.DOCUMENTS:
            service.document(app, name)
    except LawError as error:
        raise CommandRefused(str(error)) from None
    return {
        "kinds": [
            {
                "kind": kind.kind,
                "title": kind.title,
                "owner_role": kind.owner_role,
                "clocks": [
                    {
                        "id": rule.id,
                        "source": rule.sources.en,
                        "status": rule.status,
                        "valid_from": rule.valid_from and rule.valid_from.isoformat(),
                        "valid_until": rule.valid_until and rule.valid_until.isoformat(),
                    }
                    for rule in kind.clocks
                    if not rule.off
                ],
            }
            for kind in loaded.kinds.values()
        ],
    }
