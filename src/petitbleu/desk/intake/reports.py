"""Reports from inside the app: each opens a case in the transaction that takes it, or joins one.

Many reports on one thing are one case with a counter. A report on something that was looked at and
has not changed since joins its closed case as already examined.
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import ALSO, CaseEvent, CaseState
from petitbleu.desk.intake.danger import service as danger
from petitbleu.desk.reference.law import service as law
from petitbleu.domain.safety.moderation import options
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.queries import ReportRow
from petitbleu.domain.safety.moderation.reports import message_ids
from petitbleu.store.api import Tx

_NOTICE = "art16_notice"
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
    return "art18_threat" if reason in _DANGER else _NOTICE


@moderation.on_report
async def reported(tx: Tx, app: App, report: ReportRow, again: bool) -> bool:
    """A report was taken; ``again``: by the same person about the same. Whether admins who were
    asked too are told only once somebody has opened the case: one of them may be whom it is about.
    """
    kind = kind_of(report.reason)
    if kind is None:
        return False
    told = _told(report, kind)
    if told.level:
        await danger.plan(tx, app, report.reporter)
    if told.level == danger.DANGER and kind == _NOTICE:
        kind = danger.KIND[danger.DANGER]
    actor = f"person:{report.reporter}"
    name = f"report:{report.number}"
    known = await cases.find(tx, name)
    if known is not None:
        said = shapes.ReportAgain(number=report.number)
        await _add(tx, app, known, actor, told, cases.make_event(said))
        return False
    home = await _home(tx, report, kind)
    if home is None:
        number = report.number
        await _open(tx, app, report, kind, actor, told)
    else:
        number = home.number
        examined = home.closed_at is not None and not told.level
        joined = shapes.Report(number=report.number, reason=report.reason, examined=examined)
        await _add(tx, app, number, actor, told, cases.make_event(joined))
    await cases.name(tx, number, name, _exactly(report, kind))
    return bool(told.level) and (home is None or home.looked_at is None)


def _told(report: ReportRow, kind: str) -> danger.Told:
    """What a report tells of danger: by its reason, or by the words that were typed with it."""
    level = danger.DANGER if kind != _NOTICE else danger.read(report.comment).level
    about = f"report:{report.subject}/{_item(report)}"
    leaf = options.leaf(report.reason)
    both = leaf is not None and "admins" in leaf.to
    held = ("admins", report.number) if both else None
    sender = f"account:{report.reporter}"
    return danger.Told(level, sender, True, (about,), report.comment, held)


danger.releases("admins")(moderation.plan_admins)


async def _add(
    tx: Tx, app: App, number: int, actor: str, told: danger.Told, happened: CaseEvent
) -> None:
    """Add a report to a case that is there; one that tells of danger opens it again."""
    events = [happened]
    if told.level:
        state = await cases.get(tx, number)
        assert state is not None
        if state.closed_at is not None:
            events.append(cases.make_event(shapes.Reopened(by="report")))
        events += await danger.raise_in(tx, app, state, told)
    await cases.append(tx, app, number, actor, *events)


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
    ids = message_ids(report.messages)
    return ids[0] if ids else 0


async def _open(
    tx: Tx, app: App, report: ReportRow, kind: str, actor: str, told: danger.Told
) -> None:
    leaf = options.leaf(report.reason)
    assert leaf is not None
    now = report.at
    critical = law.load_law(app).kind(kind).owner_role == "duty-24x7"
    urgency = _CRITICAL if critical else _HIGH if leaf.urgent else _NORMAL
    language = app.config.languages[0]
    facts: dict[str, Any] = {
        "report": report.number,
        "reason": report.reason,
        "keyword": leaf.keyword,
        "items": max(1, len(message_ids(report.messages))),
        "author": report.author,
    }
    moments = ["knowledge", "suspicion", "received with contact data"]
    reasons = [f"app_report={report.reason}"]
    if told.level:
        moments.append(danger.SUSPECTED)
        urgency = min(urgency, danger.URGENCY[told.level])
    if told.level and kind_of(report.reason) == _NOTICE:
        facts[ALSO] = [_NOTICE if kind != _NOTICE else danger.KIND[told.level]]
        reasons.append(f"tells_{told.level}")
    await cases.open_case(
        tx,
        app,
        actor=actor,
        number=report.number,
        kind=kind,
        urgency=urgency,
        channel="report",
        received_at=now,
        category=leaf.category,
        title=options.text(report.reason, language, app.config),
        reasons=reasons,
        target=report.subject,
        item=_item(report),
        moments=dict.fromkeys(moments, now),
        facts=facts,
        then=(
            cases.make_event(shapes.Report(number=report.number, reason=report.reason)),
            *_acknowledged(app, (kind, *facts.get(ALSO, ())), now),
            *await danger.events(tx, app, report.number, told),
        ),
    )


def _acknowledged(app: App, kinds: tuple[str, ...], now: int) -> list[CaseEvent]:
    """The client shows that the report was taken, and the service chat tells its number: that is
    the receipt of Article 16(4), and it is on its way with this very commit.
    """
    known = law.load_law(app)
    if all(rule.id != _RECEIPT for kind in kinds for rule in known.kind(kind).clocks):
        return []
    receipt = cases.make_event(shapes.Receipt(at=now, channel="report"))
    return [receipt, cases.make_event(shapes.ClockDone(clock=_RECEIPT, at=now))]
