"""The time line of a case: each event in words, in the language of whoever reads.

Every kind of event has a name (text ``ev_…``), and most a sentence about this one. An event that
this program does not know yet is named and nothing more: what is stored is never shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseState, EventRow
from petitbleu.desk.intake import codes
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.workplace.pages.render import plain_time
from petitbleu.desk.workplace.pages.shell import PageRequest
from petitbleu.domain.safety.case_numbers import service as case_numbers

_SAME = 60
"""Seconds within which an event's own time is that of its line."""
Data = dict[str, Any]


class Shown(NamedTuple):
    """One line, as it is shown."""

    at: int
    actor: str
    kind: str
    said: str


async def lines(visit: PageRequest, state: CaseState) -> list[Shown]:
    """Everything that happened, newest first."""
    rows = await cases.timeline(visit.app.store, state.number)
    return [
        Shown(
            row.at,
            row.actor,
            row.kind,
            describe_event(visit, row, msgspec.msgpack.decode(row.data)),
        )
        for row in reversed(rows)
    ]


def describe_event(visit: PageRequest, row: EventRow, data: Data) -> str:
    """An event's particulars in words; '' where its name says all."""
    describe = SAYS.get(row.kind)
    return describe(visit, row, data).strip() if describe is not None else ""


# ── how each kind is said ───────────────────────────────────────────────────────────────────────


def _nothing(visit: PageRequest, row: EventRow, data: Data) -> str:
    return ""


def _kind(visit: PageRequest, row: EventRow, data: Data) -> str:
    return law.kind(law.load_law(visit.app), str(data["kind"]), visit.lang)


def _urgency(visit: PageRequest, row: EventRow, data: Data) -> str:
    reasons = [codes.sentence(reason, visit.lang) for reason in data.get("reasons", ())]
    why = str(data.get("why") or " ".join(reasons))
    named = visit.t["urgency_{urgency}".format(**data)]
    return f"{named}{visit.t['colon']}{why}" if why else named


def _owner(visit: PageRequest, row: EventRow, data: Data) -> str:
    return _who(visit, f"staff:{data['staff']}") if data["staff"] else visit.t["nobody"]


def _who(visit: PageRequest, actor: str) -> str:
    kind, _, number = actor.partition(":")
    return visit.t["you"].format(number=number) if kind == "staff" else actor


def _routed(visit: PageRequest, row: EventRow, data: Data) -> str:
    if not data["rule"]:
        return visit.t["routed_none"]
    into = visit.t["routed_into"].format(queue=data["into"]) if data["queue"] else ""
    return _joined(visit.t["routed_by"].format(rule=data["name"]), into)


def _queue(visit: PageRequest, row: EventRow, data: Data) -> str:
    return str(data["into"]) if data["queue"] else visit.t["queue_into_none"]


def _state(visit: PageRequest, row: EventRow, data: Data) -> str:
    return visit.t[f"cs_{data['state']}"]


def _closed(visit: PageRequest, row: EventRow, data: Data) -> str:
    reason = str(data.get("reason", ""))
    reason = visit.t.get(f"appeal_ended_{reason}", reason)
    return _joined(visit.t[f"end_{data['end']}"], reason)


def _words(visit: PageRequest, row: EventRow, data: Data) -> str:
    return str(data.get("text") or data.get("why") or "")


def _reopened(visit: PageRequest, row: EventRow, data: Data) -> str:
    return visit.t["reopened_letter"] if data.get("by") == "letter" else _words(visit, row, data)


def _decided(visit: PageRequest, row: EventRow, data: Data) -> str:
    named = numbers.text(data["decision"])
    return _joined(named, visit.t[f"outcome_{data.get('outcome', 'measures')}"])


def _undone(visit: PageRequest, row: EventRow, data: Data) -> str:
    second = data.get("second", "")
    agreed = visit.t["by_two"].format(second=_who(visit, second)) if second else ""
    return _joined(numbers.text(data["decision"]), agreed)


def _dated(visit: PageRequest, row: EventRow, data: Data) -> str:
    """What a clock or a moment is, and its time where that is not the time of the line itself."""
    if clock := data.get("clock"):
        named = clock_words(visit, str(clock))
    else:
        named = visit.t.get(f"moment_{data.get('event')}", str(data.get("event") or ""))
    at = data.get("due") or data.get("at")
    if at and abs(at - row.at) >= _SAME:
        return _joined(named, plain_time(visit.app, at, visit.lang))
    return _joined(named, str(data.get("date") or ""))


def clock_words(visit: PageRequest, clock: str) -> str:
    """What a clock asks for."""
    return law.clock(law.load_law(visit.app), clock, visit.lang)


def _paused(visit: PageRequest, row: EventRow, data: Data) -> str:
    ground = str(data.get("ground", ""))
    for prefix in ("write_", "cs_", "obstacle_"):
        if f"{prefix}{ground}" in visit.t:
            return visit.t[f"{prefix}{ground}"]
    return ground


def _facts(visit: PageRequest, row: EventRow, data: Data) -> str:
    return ", ".join(visit.t.get(f"fact_{name}", visit.t["fact_other"]) for name in data)


def _arrived(visit: PageRequest, row: EventRow, data: Data) -> str:
    channel, why = data.get("channel", ""), data.get("why", "")
    by = visit.t.get(f"channel_{channel}", str(channel))
    return _joined(by, visit.t.get(f"joined_{why}", ""))


def _letter(visit: PageRequest, row: EventRow, data: Data) -> str:
    purpose, language = str(data.get("purpose", "")), str(data.get("language") or "")
    named = visit.t.get(f"purpose_{purpose}") or visit.t.get(f"wording_of_{purpose}", purpose)
    channel = str(data.get("channel") or "")
    return _joined(
        named,
        visit.t.get(f"channel_{channel}", channel),
        " + ".join(visit.t.get(f"tongue_{code}", code) for code in language.split("+") if code),
        str(data.get("to") or "") if visit.staff.may("notifiers") else "",
    )


def _returned(visit: PageRequest, row: EventRow, data: Data) -> str:
    return _joined(_letter(visit, row, data), str(data.get("why") or ""))


def _no_receipt(visit: PageRequest, row: EventRow, data: Data) -> str:
    return visit.t.get(f"no_receipt_{data.get('why')}", visit.t["no_receipt_automatic"])


def _report(visit: PageRequest, row: EventRow, data: Data) -> str:
    examined = visit.t["report_examined"] if data.get("examined") else ""
    return _joined(case_numbers.text(data["number"]), examined)


def _sealed(visit: PageRequest, row: EventRow, data: Data) -> str:
    at = plain_time(visit.app, data["at"], visit.lang) if data["at"] - row.at >= _SAME else ""
    return _joined(str(data["target"]), f"SHA-256 {data['sha'][:16]}…", at)


def _asked(visit: PageRequest, row: EventRow, data: Data) -> str:
    missing = [codes.sentence(defect, visit.lang) for defect in data.get("missing", ())]
    waits = [clock_words(visit, clock) for clock in data.get("pause", ())]
    form = str(data.get("form") or "")
    return _joined(
        visit.t.get(f"wording_of_{form}", "") if form else "",
        " ".join(missing),
        visit.t["write_pauses"].format(clocks=", ".join(waits)) if waits else "",
    )


def _hold(visit: PageRequest, row: EventRow, data: Data) -> str:
    what, scope = str(data.get("what") or "placed"), str(data.get("scope") or "")
    key = "ended_early" if what == "ended" and data.get("early") else what
    until = data.get("until")
    # An end by date needs no reason; older events have one in English.
    reason = "" if key == "ended" else str(data.get("reason") or data.get("ground") or "")
    reason = visit.t.get(f"hold_ground_{reason}", reason)
    return _joined(
        visit.t[f"held_{key}"],
        visit.t.get(f"hold_scope_{scope}", ""),
        visit.t["held_until"].format(when=plain_time(visit.app, until, visit.lang))
        if until
        else "",
        reason,
    )


def _disclosure(visit: PageRequest, row: EventRow, data: Data) -> str:
    what = str(data.get("what", "")).replace(" ", "_")
    second = data.get("second", "")
    return _joined(
        visit.t.get(f"given_{what}", ""),
        visit.t["disclosure_number"].format(number=data["id"]),
        visit.t["by_two"].format(second=_who(visit, second)) if second else "",
        str(data.get("reason", "")),
    )


def _appeal(visit: PageRequest, row: EventRow, data: Data) -> str:
    t, named = visit.t, case_numbers.text(data["id"])
    if data.get("answer"):
        return _joined(named, t["appeal_answered"], str(data.get("text", "")))
    outcome = data.get("outcome")
    if outcome:
        return _joined(named, t[f"appeal_ended_{outcome}"], str(data.get("text", "")))
    return _joined(named, t[f"appeal_by_{data.get('who', 'author')}"])


def _second(visit: PageRequest, row: EventRow, data: Data) -> str:
    by = visit.t["by_two"].format(second=_who(visit, data["by"])) if data.get("by") else ""
    return _joined(str(data.get("id", "")), by)


def _marked(visit: PageRequest, row: EventRow, data: Data) -> str:
    names = {name: _who(visit, str(data[name])) for name in ("first", "second")}
    return visit.t["marked_words"].format(**names)


def _misuse(visit: PageRequest, row: EventRow, data: Data) -> str:
    until = data.get("until")
    return _joined(
        visit.t.get(f"misuse_{data.get('kind')}", ""),
        f"{visit.t['misuse_until']} {plain_time(visit.app, until, visit.lang)}" if until else "",
        str(data.get("text", "")),
    )


def _threat(visit: PageRequest, row: EventRow, data: Data) -> str:
    return _joined(str(data.get("name") or ""), str(data.get("to") or ""))


def _heard(visit: PageRequest, row: EventRow, data: Data) -> str:
    return visit.t["alarms_heard"].format(count=data.get("alarms", 1))


def _danger(visit: PageRequest, row: EventRow, data: Data) -> str:
    said = visit.t[f"danger_{data['level']}"]
    if data.get("why") in ("time", "next"):
        return _joined(said, visit.t[f"danger_why_{data['why']}"])
    lead = int(data.get("with", 0))
    counted = f"{visit.t['danger_with']} {case_numbers.text(lead)}" if lead != row.number else ""
    return _joined(said, counted if lead else "")


def _purged(visit: PageRequest, row: EventRow, data: Data) -> str:
    return _joined(str(data.get("page", "")), str(data.get("why", "")))


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _joining(visit: PageRequest, row: EventRow, data: Data) -> str:
    way = "into" if "into" in data else "case"
    return visit.t[f"joined_{way}"].format(number=case_numbers.text(int(data[way])))


def _telling(visit: PageRequest, row: EventRow, data: Data) -> str:
    t, answer = visit.t, data.get("answer") or "unknown"
    until = t["tell_until"].format(day=data["until"]) if data.get("until") else ""
    second = data.get("second") or ""
    two = t["by_two"].format(second=_who(visit, second)) if second else ""
    return _joined(t[f"tell_{answer}"], until, str(data.get("permission") or ""), two)


SAYS: dict[str, Callable[[PageRequest, EventRow, Data], str]] = {
    "opened": _kind,
    "typed": _arrived,
    "inbound": _arrived,
    "receipt": _letter,
    "receipt.none": _no_receipt,
    "fact": _facts,
    "kind": _kind,
    "urgency": _urgency,
    "moment": _dated,
    "clock.given": _dated,
    "clock.done": _dated,
    "clock.again": _dated,
    "clock.paused": _paused,
    "clock.resumed": _nothing,
    "owner": _owner,
    "routed": _routed,
    "queue": _queue,
    "note": _words,
    "letter": _letter,
    "letter.failed": _letter,
    "letter.returned": _returned,
    "asked": _asked,
    "decided": _decided,
    "undone": _undone,
    "state": _state,
    "closed": _closed,
    "reopened": _reopened,
    "joined": _joining,
    "sealed": _sealed,
    "report": _report,
    "report.again": _report,
    "hold": _hold,
    "disclosure": _disclosure,
    "appeal": _appeal,
    "second": _second,
    "second.marked": _marked,
    "telling": _telling,
    "looked": _nothing,
    "threat": _threat,
    "misuse.warning": _misuse,
    "misuse.suspension": _misuse,
    "misuse.ended": _misuse,
    "alarm.heard": _heard,
    "danger": _danger,
    "purged": _purged,
    "purge.failed": _purged,
}
"""Kind -> how it is said."""
