"""``petitbleu desk audit …``"""

from __future__ import annotations

from typing import Any

from petitbleu import acts
from petitbleu.app import App, Part
from petitbleu.control import CommandRefused, command
from petitbleu.desk.records.audit import export, heads, service
from petitbleu.desk.records.audit.queries import SignedHead
from petitbleu.domain.safety.case_numbers import service as case_numbers

_OPERATOR = "operator"
_PAGE = 500
OPEN: Part[set[str]] = Part(lambda _: set())
"""Tokens of exports of the whole log that are under way."""


def _case(written: Any) -> str:
    number = case_numbers.parse(str(written))
    if number is None:
        raise CommandRefused(f"“{written}” is no number of a case (PB-2026-000001)")
    return case_numbers.text(number)


async def _signed_now(app: App) -> SignedHead:
    try:
        await heads.sign(app)
    except heads.Unsound as found:
        raise CommandRefused(f"the log is not sound: {found}") from None
    head = await heads.newest(app)
    if head is None:
        raise CommandRefused("the log has no line yet")
    return head


@command("desk.audit.head")
async def head(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Sign the log as it is now."""
    signed = await _signed_now(app)
    return {
        "size": signed.size,
        "at": signed.at,
        "root": signed.root.hex(),
        "note": signed.note,
        "key": heads.verifier(app),
    }


@command("desk.audit.export")
async def exported(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Parts of an export: without ``first`` its beginning (and all of it for a ``case``), where
    there is a desk with a second person's agreement; then, by its ``token``, the rest.
    """
    if params.get("first") is not None:
        return await _rest(app, params)
    case = _case(params["case"]) if params.get("case") else ""
    acts.concerns(case or "log")
    await acts.second_agreed(app, {"lines": case or "*"}, offline=bool(params.get("offline")))
    await _signed_now(app)
    begun = await export.begin(app, _OPERATOR, case)
    if not case:
        token = app.random(8).hex()
        app.parts[OPEN].add(token)
        return {"begin": begun, "lines": [], "heads": [], "token": token}
    newest = await _signed_now(app)
    return {
        "begin": begun | {"size": newest.size},
        "lines": await export.about(app, case, newest),
        "heads": await export.ending(app, newest.size, whole=False),
    }


async def _rest(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """A page of the whole log. A folder without a server is opened for each: it has no tokens."""
    token = str(params.get("token") or "")
    if params.get("offline"):
        acts.concerns("log")
        await acts.second_agreed(app, {"lines": "*"}, offline=True)
    elif token not in app.parts[OPEN]:
        raise CommandRefused("the server was started anew: begin the export again")
    first, size = int(params["first"]), int(params["size"])
    rows = await export.part(app, first, size, _PAGE)
    done = not rows or rows[-1]["n"] + 1 >= size
    if done:
        app.parts[OPEN].discard(token)
    return {"lines": rows, "heads": await export.ending(app, size, whole=True) if done else []}


@command("desk.audit.prove")
async def prove(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """RFC 6962 proofs under the newest head: that ``line`` is in it, or that the first ``since``
    lines are its beginning.
    """
    newest = await _signed_now(app)
    asked = params["line"] if params.get("line") is not None else params["since"]
    least = 0 if params.get("line") is not None else 1
    if not least <= asked < newest.size + least:
        raise CommandRefused(f"the signed log has {newest.size} lines")
    if least:
        path = await heads.prove_growth(app, asked, newest)
        said: dict[str, Any] = {"since": asked}
    else:
        (proof,) = await heads.prove(app, [asked], newest)
        (row,) = await service.entries(app.store, asked, 1)
        path, said = proof.path, {"line": asked, "leaf": heads.leaf_of(row).hex()}
    said |= {"size": newest.size, "root": newest.root.hex(), "note": newest.note}
    return said | {"proof": [digest.hex() for digest in path]}
