"""Notices of Article 16 from the form: checked, kept as they were typed, opened as a case.

One transaction keeps the raw form, opens the case and queues the receipt: what the page confirms is
on disk. The case does not wait for the address to be confirmed, letters do (docs/decisions/0020).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import ALSO
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.parties import links
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.classify.language import detect_language
from petitbleu.desk.intake.danger import service as danger
from petitbleu.desk.outside import letters_text
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.directory import service as directory
from petitbleu.desk.reference.law import categories
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx

LEAST = 20
MAX_TEXT_CHARACTERS = 20_000
PLACES = 100
_CHILD_ABUSE = "csam_notice"
_LINE = 2000
_NAME = 200
_LAW = 300
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")

FIELDS = (
    "links",
    "category",
    "explanation",
    "law",
    "name",
    "email",
    "anonymous",
    "language",
    "faith",
)
SIZES = {"least": LEAST, "longest": MAX_TEXT_CHARACTERS, "most": PLACES, "law": _LAW}
"""Numbers that the words of the form name."""


class Invalid(Exception):
    """What was typed cannot be taken; ``fields``: field -> text key of the reason."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__(", ".join(fields))


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A notice, checked."""

    links: tuple[str, ...]
    category: str
    keyword: str
    explanation: str
    law: str
    name: str
    email: str
    language: str
    report: int = 0
    """The report in the app that it completes, and whose number it keeps; 0: none."""

    @property
    def child_abuse(self) -> bool:
        """Whether it reports an offence of Directive 2011/93/EU: who reports may be unknown."""
        return self.keyword in categories.CHILD_ABUSE


class Filed(NamedTuple):
    """What became of it."""

    number: int
    joined: bool
    confirm: bool
    """A letter with a link to confirm the address was queued."""
    danger: bool = False
    """It tells, or may tell, of danger: whoever wrote is told whom to call."""


def check(typed: Mapping[str, str], spoken: tuple[str, ...], report: int = 0) -> Notice:
    """The notice that was typed; ``report``: which it completes. Raises Invalid with everything
    that is wrong.
    """
    wrong: dict[str, str] = {}
    places = tuple(line.strip() for line in typed["links"].splitlines() if line.strip())
    explanation = typed["explanation"].strip()
    if not places:
        wrong["links"] = "links.missing"
    elif len(places) > PLACES:
        wrong["links"] = "links.many"
    elif any(len(place) > _LINE for place in places):
        wrong["links"] = "links.long"
    if typed["category"] not in categories.values():
        wrong["category"] = "category.missing"
    if len(explanation) < LEAST:
        wrong["explanation"] = "explanation.short"
    elif len(explanation) > MAX_TEXT_CHARACTERS:
        wrong["explanation"] = "explanation.long"
    if len(typed["law"].strip()) > _LAW:
        wrong["law"] = "law.long"
    category, keyword = categories.split(typed["category"])
    wrong |= _who(typed, keyword in categories.CHILD_ABUSE)
    if not typed["faith"]:
        wrong["faith"] = "faith.missing"
    if wrong:
        raise Invalid({field: wrong[field] for field in FIELDS if field in wrong})
    anonymous = bool(typed["anonymous"])
    return Notice(
        places,
        category,
        keyword,
        explanation,
        typed["law"].strip(),
        "" if anonymous else typed["name"].strip(),
        "" if anonymous else typed["email"].strip().lower(),
        typed["language"] if typed["language"] in spoken else spoken[0],
        report,
    )


def _who(typed: Mapping[str, str], child_abuse: bool) -> dict[str, str]:
    """What is wrong with name and address. Anonymous is for child abuse alone (16(2)(c))."""
    name, email = typed["name"].strip(), typed["email"].strip()
    if typed["anonymous"]:
        return {} if child_abuse else {"anonymous": "anonymous.other"}
    wrong = {}
    if not name and not child_abuse:
        wrong["name"] = "name.missing"
    elif len(name) > _NAME:
        wrong["name"] = "name.long"
    if not email and not child_abuse:
        wrong["email"] = "email.missing"
    elif email and not is_address(email):
        wrong["email"] = "email.invalid"
    return wrong


def is_address(email: str) -> bool:
    """Whether something has the shape of an e-mail address."""
    return _EMAIL.fullmatch(email) is not None and ".." not in email


async def file(app: App, notice: Notice) -> Filed:
    """Open a case; the same notice again gives the first one's."""
    await danger.hear(app, notice.explanation)
    return await app.store.write(_file, app, notice)


class _Rehearsed(Exception):
    """Takes the transaction back."""


async def rehearse(app: App, notice: Notice | None = None) -> None:
    """File a notice as anybody would and take it back: the daily canary of the form.

    Raises what filing raises.
    """
    notice = notice or Notice(("canary",), "", "", "canary " * LEAST, "", "", "", "en")
    try:
        await app.store.write(_rehearse, app, notice)
    except _Rehearsed:
        return


async def _rehearse(tx: Tx, app: App, notice: Notice) -> None:
    await _file(tx, app, notice)
    raise _Rehearsed


async def _file(tx: Tx, app: App, notice: Notice) -> Filed:
    now = int(app.clock.now())
    raw = msgspec.json.encode({"form": "notice", "version": 1, **msgspec.to_builtins(notice)})
    sha = await vault.put(tx, app, raw)
    name = f"notice:{sha.hex()}"
    first = await cases.find(tx, name)
    if first is None and notice.report:
        home = await _reported(tx, notice)
        if home is not None:
            await cases.name(tx, home.number, name)
            return await _complete(tx, app, notice, home, sha)
    if first is None:
        number = await case_numbers.take(tx, app.config, now)
        await cases.name(tx, number, name)
        first = await cases.find(tx, name)
        if first == number:
            level = await _open(tx, app, notice, number, sha, now)
            return Filed(number, False, bool(notice.email), bool(level))
    assert first is not None
    level = await _add(tx, app, notice, first, sha)
    return Filed(notice.report or first, True, False, bool(level))


async def _add(
    tx: Tx, app: App, notice: Notice, case: int, sha: bytes, *more: cases.CaseEvent
) -> str:
    """Add a notice to a case that is there; how near danger is that it tells of."""
    now = int(app.clock.now())
    row = await intake.store_typed(tx, app, sha, case, channel="form", sender=notice.email, at=now)
    events = [cases.make_event(shapes.Inbound(inbound=row, channel="form", why="reference")), *more]
    told, state = _told(notice), await cases.get(tx, case)
    if told.level and state is not None:
        if state.closed_at is not None:
            events.append(cases.make_event(shapes.Reopened(by="letter")))
        events += await danger.raise_in(tx, app, state, told)
    await cases.append(tx, app, case, "sender", *events)
    return told.level


async def _reported(tx: Tx, notice: Notice) -> cases.CaseState | None:
    """The case of the report that a notice completes. One of child abuse that was reported as
    something else gets a case of its own: other people look at it."""
    number = await cases.find(tx, f"report:{notice.report}")
    state = await cases.get(tx, number) if number is not None else None
    if state is None or (notice.child_abuse and state.kind != _CHILD_ABUSE):
        return None
    return state


async def _complete(tx: Tx, app: App, notice: Notice, home: cases.CaseState, sha: bytes) -> Filed:
    """A report from the app becomes a notice under the number that its reporter has. Where it had
    joined the report of somebody else, the notice lies beside that.
    """
    if home.number != notice.report or home.sender:
        level = await _add(tx, app, notice, home.number, sha)
        return Filed(notice.report, False, False, bool(level))
    facts = {
        "law": notice.law,
        "notifier": notice.name,
        "explanation": notice.explanation,
        "good_faith": True,
        "anonymous": not notice.email and not notice.name,
        "contact_confirmed": False,
    }
    said = shapes.Fact(
        sender=notice.email, language=notice.language, targets=list(notice.links), facts=facts
    )
    level = await _add(tx, app, notice, home.number, sha, cases.make_event(said))
    if notice.email:
        now = int(app.clock.now())
        await _receipt(tx, app, notice, home.number, now, helped=bool(level))
    return Filed(home.number, False, bool(notice.email), bool(level))


def _told(notice: Notice) -> danger.Told:
    """What a notice tells of danger: an address that was only typed proves nobody."""
    level = danger.DANGER if notice.child_abuse else danger.read(notice.explanation).level
    sender = f"form:{notice.email}" if notice.email else ""
    return danger.Told(level, sender, False, notice.links, notice.explanation)


async def _open(tx: Tx, app: App, notice: Notice, number: int, sha: bytes, now: int) -> str:
    """Open the case; how near danger is that it tells of."""
    row = await intake.store_typed(
        tx, app, sha, number, channel="form", sender=notice.email, at=now
    )
    kind = _CHILD_ABUSE if notice.child_abuse else "art16_notice"
    facts: dict[str, Any] = {
        "keyword": notice.keyword,
        "law": notice.law,
        "notifier": notice.name,
        "explanation": notice.explanation,
        "good_faith": True,
        "anonymous": not notice.email and not notice.name,
        "contact_confirmed": False,
        "items": len(notice.links),
    }
    moments = {"received": now} | ({"received with contact data": now} if notice.email else {})
    told = _told(notice)
    urgency, reasons = 2, ["notice_form"]
    if told.level:
        moments |= {danger.SUSPECTED: now, danger.SUSPICION: now}
        urgency = danger.URGENCY[told.level]
    if notice.child_abuse:
        moments["knowledge"] = now
    elif told.level:
        facts[ALSO] = [danger.KIND[told.level]]
        reasons.append(f"tells_{told.level}")
    await cases.open_case(
        tx,
        app,
        actor="sender",
        kind=kind,
        urgency=urgency,
        number=number,
        received_at=now,
        channel="form",
        sender=notice.email,
        language=notice.language,
        targets=list(notice.links),
        category=notice.category,
        title=categories.words(notice.language, _value(notice)),
        reasons=reasons,
        moments=moments,
        facts=facts,
        then=(
            cases.make_event(shapes.Inbound(inbound=row, channel="form", why="first")),
            *await danger.events(tx, app, number, told),
        ),
    )
    if notice.email:
        await _receipt(tx, app, notice, number, now, helped=bool(told.level))
    return told.level


async def _receipt(
    tx: Tx, app: App, notice: Notice, number: int, now: int, *, helped: bool
) -> None:
    subject, text = letters_text.notice_receipt(app, notice.language, number, notice.email)
    if helped:
        language = spoken(notice)
        text += danger.letter(app, language, danger.country_of_address(notice.email))
    try:
        await letters.queue(
            tx,
            app,
            case=number,
            to=notice.email,
            purpose="receipt",
            language=notice.language,
            subject=subject,
            text=text,
            headers={"Auto-Submitted": "auto-replied"},
        )
    except letters.Unsendable:
        return  # the address has the shape of one and is none: the page shows number and key
    await cases.append(
        tx,
        app,
        number,
        "system",
        cases.make_event(shapes.Receipt(at=now, language=notice.language)),
    )


def spoken(notice: Notice) -> str:
    """The language that a notice is written in, else that of the form."""
    language = detect_language(notice.explanation)
    return notice.language if language == "und" else language


def _value(notice: Notice) -> str:
    return f"{notice.category}/{notice.keyword}" if notice.keyword else notice.category


# ── confirming the address ──────────────────────────────────────────────────────────────────────


def asked(app: App, token: str) -> int | None:
    """The case whose notifier's address a link would confirm; None where it is not ours."""
    said = links.confirmation(app, token)
    return said.number if said is not None else None


async def confirm(app: App, token: str) -> int | None:
    """The address of a notice is confirmed: letters may go there. None: the link is not ours."""
    said = links.confirmation(app, token)
    return await app.store.write(_confirm, app, *said) if said is not None else None


async def _confirm(tx: Tx, app: App, number: int, digest: bytes) -> int | None:
    state = await cases.get(tx, number)
    if state is None or links.address_digest(state.sender) != digest:
        return None
    if state.facts.get("contact_confirmed"):
        return number
    events = [cases.make_event(shapes.Fact(facts={"contact_confirmed": True}))]
    authority = await directory.authority(tx, state.sender.rpartition("@")[2])
    if authority is not None and authority.trusted_flagger and state.kind == "art16_notice":
        # Only now is it known that somebody at the flagger's domain wrote (Article 22).
        events += [
            cases.make_event(
                shapes.Fact(
                    authority=shapes.Authority(
                        name=authority.name,
                        country=authority.country,
                        domain=authority.domain,
                        trust="trusted-flagger-list",
                    )
                )
            ),
            cases.make_event(shapes.Kind(kind="trusted_flagger_notice")),
        ]
        if state.urgency > 1:
            events.append(cases.make_event(shapes.Urgency(urgency=1, why="trusted flagger")))
    await cases.append(tx, app, number, "sender", *events)
    return number
