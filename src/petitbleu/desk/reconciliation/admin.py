"""``petitbleu desk audit verify`` and ``accept``."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.reconciliation import outside, service
from petitbleu.desk.reconciliation.process import PLAIN
from petitbleu.desk.records.audit import heads, resuming
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.errors import StoreUnavailable

_OPERATOR = "operator"
_LEAST = 10
"""Characters of a reason."""


def _case(written: Any) -> str:
    number = case_numbers.parse(str(written))
    if number is None:
        raise CommandRefused(f"“{written}” is no number of a case (PB-2026-000001)")
    return case_numbers.text(number)


@command("desk.audit.verify")
async def verify(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Check the whole log, compare it with what the desk holds and with the heads in ``head``
    (text); with ``case`` also prove each of its lines under a signed head.
    """
    case = _case(params["case"]) if params.get("case") else None
    given = outside.read(app, str(params["head"])) if params.get("head") else outside.NOTHING
    try:
        comparison = await service.compare(app, given.heads)
    except StoreUnavailable as error:
        raise CommandRefused(str(error)) from None
    await service.keep(app, comparison)
    sound = service.sound(comparison)
    problems = comparison.problems[PLAIN]
    said: dict[str, Any] = {
        "ok": sound,
        "lines": comparison.size,
        "heads": comparison.heads,
        "root": comparison.root,
        "problem": problems[0] if problems else None,
        "problems": problems,
        "differences": comparison.differences[PLAIN],
        "count": comparison.count,
        "older": comparison.older,
        "rows": comparison.rows,
        "seconds": comparison.seconds,
        "memory": comparison.memory,
        "outside": [head.size for head in given.heads],
        "ignored": given.ignored,
    }
    if case is not None and not problems:
        said |= {"case": case, "case_lines": await _proven(app, case)}
    await app.store.write(audit.append, app, _OPERATOR, "log.verify", case or "log", {"ok": sound})
    return said


async def _proven(app: App, case: str) -> list[dict[str, Any]]:
    try:
        return await heads.proven(app, case)
    except heads.Unsound as found:
        raise CommandRefused(f"the log is not sound: {found}") from None


@command("desk.audit.accept")
async def accept(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """Sign at the shell why the log is as it is, where fewer than two people could sign."""
    reason = str(params.get("reason", "")).strip()
    if len(reason) < _LEAST:
        raise CommandRefused("say why the log is as it is, in at least ten characters")
    people = await staff.with_right(app, app.store, "second")
    if len(people) > 1:
        raise CommandRefused(
            "two people sign at /desk/log/hold; the shell signs where only one can"
        )
    try:
        over = await resuming.sign(app, _OPERATOR, reason, alone=not people)
    except LookupError as error:
        raise CommandRefused(str(error)) from None
    if over:
        await heads.sign(app)
    return {"over": over}
