"""Reports from inside the app: each opens a case in the transaction that takes it, or joins one.

Many reports on one thing are one case with a counter. A report on something that was looked at and
has not changed since joins its closed case as already examined.
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent, CaseState
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.moderation import options
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.queries import ReportRow
from petitbleu.domain.safety.moderation.reports import message_ids
from petitbleu.store.api import Tx

_CHILD_ABUSE = "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL"
_DANGER = ("danger/life", "danger/self")
_RECEIPT = "dsa16.acknowledge"
_CRITICAL, _HIGH, _NORMAL = 0, 1, 2


def kind_of(reason: str) -> str | None:
    """The kind of case that a reason of ``report-options.json`` makes; None: not for the desk."""
    leaf = options.leaf(reason)
    if leaf is None or "desk" not in leaf.to:
        return None
    if leaf.keyword == _CHILD_ABUSE:
        return "csam_notice"
    return "art18_threat" if reason in _DANGER else "art16_notice"


@moderation.on_report
async def reported(tx: Tx, app: App, report: ReportRow, again: bool) -> None:
    """A report was taken; ``again``: by the same person about the same."""
    kind = kind_of(report.reason)
    if kind is None:
        return
    actor = f"person:{report.reporter}"
    name = f"report:{report.number}"
    known = await cases.find(tx, name)
    if known is not None:
        said = {"number": report.number}
        await cases.append(tx, app, known, actor, CaseEvent("report.again", said))
        return
    home = await _home(tx, report, kind)
    if home is None:
        number = report.number
        await _open(tx, app, report, kind, actor)
    else:
        number = home.number
        joined = {"number": report.number, "reason": report.reason}
        if home.closed_at is not None:
            joined["examined"] = True
        await cases.append(tx, app, number, actor, CaseEvent("report", joined))
    await cases.name(tx, number, name, _exactly(report, kind))


def _exactly(report: ReportRow, kind: str) -> str:
    """The name of the same thing, unchanged, reported for the same reason, by whomever."""
    box = "" if _shared(report) else f"{report.owner}/"
    return f"reported:{kind}/{box}{report.print.hex()}"


def _shared(report: ReportRow) -> bool:
    """Whether all who report it mean the same by its message ids: those of a channel, or none.
    In private chats and basic groups each has numbers of their own.
    """
    return report.owner == report.subject or not message_ids(report.messages)


async def _home(tx: Tx, report: ReportRow, kind: str) -> CaseState | None:
    number = await cases.find(tx, _exactly(report, kind))
    if number is not None:
        return await cases.get(tx, number)
    if not _shared(report):
        return None
    for brief in await cases.of_target(tx, report.subject, _item(report)):
        if brief.closed_at is None and brief.kind == kind and brief.channel == "report":
            return await cases.get(tx, brief.number)
    return None


def _item(report: ReportRow) -> int:
    found = message_ids(report.messages)
    return found[0] if found else 0


async def _open(tx: Tx, app: App, report: ReportRow, kind: str, actor: str) -> None:
    leaf = options.leaf(report.reason)
    assert leaf is not None
    now = report.at
    critical = law.load_law(app).kind(kind).owner_role == "duty-24x7"
    language = app.config.languages[0]
    facts: dict[str, Any] = {
        "report": report.number,
        "reason": report.reason,
        "keyword": leaf.keyword,
        "items": max(1, len(message_ids(report.messages))),
        "author": report.author,
    }
    await cases.open_case(
        tx,
        app,
        actor=actor,
        number=report.number,
        kind=kind,
        urgency=_CRITICAL if critical else _HIGH if leaf.urgent else _NORMAL,
        channel="report",
        received_at=now,
        category=leaf.category,
        title=options.text(report.reason, language, app.config),
        reasons=[f"app_report={report.reason}"],
        target=report.subject,
        item=_item(report),
        moments=dict.fromkeys(("knowledge", "suspicion", "received with contact data"), now),
        facts=facts,
        then=(
            CaseEvent("report", {"number": report.number, "reason": report.reason}),
            *_acknowledged(app, kind, now),
        ),
    )


def _acknowledged(app: App, kind: str, now: int) -> list[CaseEvent]:
    """The client shows that the report was taken, and the service chat tells its number: that is
    the receipt of Article 16(4), and it is on its way with this very commit.
    """
    if all(rule.id != _RECEIPT for rule in law.load_law(app).kind(kind).clocks):
        return []
    receipt = CaseEvent("receipt", {"at": now, "channel": "report"})
    return [receipt, CaseEvent("clock.done", {"clock": _RECEIPT, "at": now})]
