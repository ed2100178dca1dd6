"""Commands where there is a desk: what is refused and how it is done there, and who agrees."""

from __future__ import annotations

from typing import Any

from petitbleu import commands
from petitbleu.acts import Act
from petitbleu.app import App
from petitbleu.control import OPERATOR, CommandRefused
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.staffing.approvals import service as approvals
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import measures
from petitbleu.store.api import Tx

REFUSED = "command.refused"
"""The line about a command that the desk does not let pass."""
_KINDS = {"desk.audit.export": "log.export"}
"""What two people agree to, where it is not just a command."""
_COMMAND = "command"


async def gate(app: App, name: str, params: dict[str, Any]) -> None:
    """Raises CommandRefused where there is a desk and the command is none for a shell."""
    entry = commands.COMMANDS[name]
    if not entry.closed or not await staff.is_set_up(app.store):
        return
    if name == "desk.seed" and await directory.practice(app.store):
        return
    about = await _case(app, name, params)
    sentence = entry.how.format(desk=_desk(app), case=about)
    await app.store.write(_log_refusal, app, name)
    raise CommandRefused(f"this instance has a desk: {sentence}")


async def _log_refusal(tx: Tx, app: App, name: str) -> None:
    await audit.append(tx, app, OPERATOR, REFUSED, name)


def _desk(app: App) -> str:
    """The address of the desk's pages."""
    try:
        return f"{staff.party(app.config).origin}/desk"
    except staff.NoParty:
        return "/desk"


async def _case(app: App, name: str, params: dict[str, Any]) -> str:
    """The page of the case that a command's report or measure belongs to, else of all cases."""
    written = params.get("report") or params.get("number") or ""
    number = case_numbers.parse(str(written))
    if number is not None and name.startswith("measure.") and not params.get("report"):
        measure = await measures.get(app, number)
        number = measure.report if measure is not None else None
    case = await cases.find(app.store, f"report:{number}") if number else None
    if case is None:
        return f"{_desk(app)}/queues"
    return f"{_desk(app)}/cases/{case_numbers.text(case)}"


async def second(app: App, act: Act, shown: dict[str, Any], offline: bool) -> None:
    """Use the agreement of a second person to an act of the command line, or ask for it.

    Raises CommandRefused: with the number of the request where nobody has agreed yet.
    """
    if not await staff.is_set_up(app.store):
        return
    if offline:
        raise CommandRefused(
            "this instance has a desk, where a second person agrees to this, and no server runs:"
            " start it with petitbleu serve and give the command again"
        )
    shown = {"command": "petitbleu " + commands.COMMANDS[act.name].typed, **shown}
    digest = bytes.fromhex(audit.digest([act.name, act.subject, shown]))
    kind = _KINDS.get(act.name, _COMMAND)
    try:
        await app.store.write(approvals.require, app=app, kind=kind, digest=digest)
    except approvals.NotAgreed:
        request = await app.store.write(
            approvals.ask,
            app=app,
            kind=kind,
            subject=act.subject,
            digest=digest,
            by=None,
            shown=shown,
        )
        raise CommandRefused(
            f"this instance has a desk: a second person agrees to this first, at"
            f" {_desk(app)}/seconds/{request}; then give the same command again"
        ) from None
