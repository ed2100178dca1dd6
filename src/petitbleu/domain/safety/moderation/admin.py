"""The operator's commands about reports, measures and surfaces: ``report.*``, ``measure.*``,
``surface.*``.
"""

from __future__ import annotations

import secrets
from typing import Any

from petitbleu import acts, ids, phones
from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import checks, copies, measures, options, reports, surfaces
from petitbleu.domain.safety.moderation.effects import Order, Refused
from petitbleu.domain.safety.moderation.queries import MeasureRow, ReportRow

MAX_ROWS = 1000
"""Rows listed at once."""
_OPERATOR = "operator"
_STAFF = "staff:"
"""How the actor of a measure begins that was decided at the desk."""


# ── what is meant ───────────────────────────────────────────────────────────────────────────────


async def _peer(app: App, written: str) -> int:
    """A person, group or channel: @name, link, phone number, e-mail address, id or peer number."""
    text = written.strip().rstrip("/").rpartition("/")[2]
    if text.lstrip("-").isdigit() and int(text) < 0:
        return int(text)
    named = await usernames.resolve(app.store, text.removeprefix("@"))
    if named is not None:
        return named
    account = await joining.find(app, written.strip())
    if account is not None and account.account is not None:
        return account.account.id
    if text.isdigit():
        if await accounts.get(app, int(text)) is not None:
            return int(text)
        channel = ids.peer_of_channel(int(text))
        if await chats.get(app, channel) is not None:
            return channel
    raise CommandRefused(f"nobody and nothing here is “{written}”")


async def _person(app: App, written: str) -> int:
    peer = await _peer(app, written)
    if peer < 0:
        raise CommandRefused(f"“{written}” is no person")
    return peer


async def _chat(app: App, written: str) -> chats.ChatRow:
    peer = await _peer(app, written)
    row = await chats.get(app, peer) if peer < 0 else None
    if row is None:
        raise CommandRefused(f"“{written}” is no group or channel")
    return row


def _named(peer: int) -> str:
    """A peer as the log names it."""
    return f"account:{peer}" if peer > 0 else f"chat:{peer}"


def _number(written: Any, what: str) -> int:
    number = case_numbers.parse(str(written))
    if number is None:
        raise CommandRefused(f"“{written}” is no number of a {what} (PB-2026-000001)")
    return number


async def _name(app: App, peer: int) -> str:
    """A peer as the operator reads it."""
    if peer > 0:
        person = await accounts.get(app, peer)
        return f"{person.first_name} {person.last_name}".strip() if person is not None else "?"
    chat = await chats.get(app, peer) if peer else None
    return chat.title if chat is not None else ""


# ── reports ─────────────────────────────────────────────────────────────────────────────────────


async def _report(app: App, row: ReportRow) -> dict[str, Any]:
    leaf = options.leaf(row.reason)
    lang = options.language(*app.config.languages)
    return {
        "number": case_numbers.text(row.number),
        "at": row.at,
        "method": row.method,
        "reporter": row.reporter,
        "subject": row.subject,
        "subject_name": await _name(app, row.subject),
        "author": row.author or None,
        "author_name": await _name(app, row.author),
        "messages": reports.message_ids(row.messages),
        "reason": row.reason,
        "reason_text": options.text(row.reason, lang, app.config),
        "category": leaf.category if leaf is not None else "",
        "urgent": leaf is not None and leaf.urgent,
        "comment": row.comment,
        "times": row.times,
    }


@command("report.list")
async def report_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{about?, limit?}`` -> ``{reports: […]}``, newest first."""
    limit = max(1, min(int(params.get("limit") or 50), MAX_ROWS))
    about = params.get("about")
    subject = await _peer(app, about) if about else 0
    if subject:
        acts.concerns(_named(subject))
    rows = await reports.listed(app, subject=subject, limit=limit)
    return {"reports": [await _report(app, row) for row in rows]}


@command("report.show")
async def report_show(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{number}`` -> the report with its opened copy. Opening private words is logged."""
    number = _number(params.get("number"), "report")
    row = await reports.get(app, number)
    if row is None:
        raise CommandRefused(f"there is no report {case_numbers.text(number)}")
    acts.concerns(case_numbers.text(number))
    app.log.info("moderation.copy_opened", number=case_numbers.text(number))
    copy = copies.open_sealed(app, row.number, row.sealed, row.digest)
    return await _report(app, row) | _opened(copy, row.digest)


def _opened(copy: dict[str, Any], digest: bytes) -> dict[str, Any]:
    """A copy as plain values (entities and media stay in the sealed one)."""
    return {
        "sha256": digest.hex(),
        "copied_at": copy["taken_at"],
        "copy": [
            {
                name: message[name]
                for name in ("id", "date", "edit_date", "sender", "text", "context")
            }
            | {"media": message["media"] is not None}
            for message in copy["messages"]
        ],
        "people": {
            str(person["id"]): f"{person['first_name']} {person['last_name']}".strip()
            for person in copy["people"]
        },
    }


# ── measures ────────────────────────────────────────────────────────────────────────────────────


async def _measure(app: App, row: MeasureRow) -> dict[str, Any]:
    order = measures.order_of(row)
    return {
        "number": case_numbers.text(row.number),
        "kind": row.kind,
        "at": row.at,
        "until": row.until or None,
        "subject": row.subject or None,
        "subject_name": await _name(app, row.subject),
        "member": row.member or None,
        "member_name": await _name(app, row.member) if row.member else "",
        "owner": row.owner or None,
        "messages": list(order.messages),
        "countries": list(order.countries),
        "label": row.label,
        "actor": row.actor,
        "reason": row.reason,
        "report": case_numbers.text(row.report) if row.report else None,
        "ended_at": row.ended_at,
        "ended_by": row.ended_by,
        "ended_why": row.ended_why,
    }


@command("measure.apply")
async def measure_apply(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{kind, reason, account? | chat? (messages?, member?) | report? (messages?), countries?,
    label?, part?, shown?, seconds?, actor?, command?, quiet?}`` -> the measure.
    """
    seconds = params.get("seconds")
    command_id = params.get("command") or secrets.token_hex(16)
    # Said again, the same command runs from when it was first said.
    earlier = await measures.by_command(app, command_id)
    since = int(app.clock.now()) if earlier is None else earlier.at
    order = Order(
        command=command_id,
        kind=str(params.get("kind", "")),
        actor=str(params.get("actor") or _OPERATOR),
        reason=str(params.get("reason") or ""),
        countries=tuple(str(param).upper() for param in params.get("countries") or ()),
        label=str(params.get("label") or params.get("part") or ""),
        shown=str(params.get("shown") or ""),
        until=since + seconds if seconds else 0,
        quiet=bool(params.get("quiet")),
    )
    order = await _aimed(app, order, params)
    acts.concerns(
        case_numbers.text(order.report) if order.report else _named(order.subject),
        kind=order.kind,
        messages=len(order.messages),
    )
    try:
        return await _measure(app, await measures.apply(app, order))
    except Refused as refused:
        raise CommandRefused(str(refused)) from None


async def _aimed(app: App, order: Order, params: dict[str, Any]) -> Order:
    """The order with what it is about: a report's messages, a person, or a chat."""
    named = [name for name in ("account", "chat", "report") if params.get(name)]
    if len(named) != 1:
        raise CommandRefused("say what it is about: an account, a chat or a report")
    wanted = tuple(int(param) for param in params.get("messages") or ())
    if named == ["account"]:
        if wanted:
            raise CommandRefused("messages are those of a chat or of a report")
        return order._replace(subject=await _person(app, params["account"]))
    if named == ["chat"]:
        chat = await _chat(app, params["chat"])
        member = await _person(app, params["member"]) if params.get("member") else 0
        if wanted and not ids.is_channel(chat.id):
            raise CommandRefused("messages of basic groups and private chats are named by a report")
        owner = chat.id if wanted else 0
        return order._replace(subject=chat.id, member=member, owner=owner, messages=wanted)
    number = _number(params["report"], "report")
    row = await reports.get(app, number)
    if row is None:
        raise CommandRefused(f"there is no report {case_numbers.text(number)}")
    reported = tuple(reports.message_ids(row.messages))
    if not reported:
        raise CommandRefused("that report names no messages: name the account or chat instead")
    if not set(wanted) <= set(reported):
        raise CommandRefused("the report names other messages")
    return order._replace(
        subject=row.subject, owner=row.owner, messages=wanted or reported, report=number
    )


@command("measure.lift")
async def measure_lift(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{number, reason, actor?, command?}`` -> the measure, ended."""
    number = _number(params.get("number"), "measure")
    reason = str(params.get("reason") or "").strip()
    if not reason:
        raise CommandRefused("say why it ends")
    known = await measures.get(app, number)
    acts.concerns(case_numbers.text(number))
    if known is not None and known.ended_at is None:
        if known.actor.startswith(_STAFF):
            await acts.pass_gate(app, "measure.lift:decided", params)
        shown = {"measure": case_numbers.text(number), "reason": reason}
        await acts.second_agreed(app, shown, offline=bool(params.get("offline")))
    try:
        row = await measures.lift(
            app,
            number,
            command=params.get("command") or secrets.token_hex(16),
            actor=str(params.get("actor") or _OPERATOR),
            reason=reason,
        )
    except Refused as refused:
        raise CommandRefused(str(refused)) from None
    return await _measure(app, row)


@command("measure.list")
async def measure_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{about?, limit?}`` -> ``{measures: […]}``, newest first."""
    limit = max(1, min(int(params.get("limit") or 50), MAX_ROWS))
    about = params.get("about")
    subject = await _peer(app, about) if about else 0
    if subject:
        acts.concerns(_named(subject))
    rows = await measures.listed(app, subject=subject, limit=limit)
    return {"measures": [await _measure(app, row) for row in rows]}


@command("measure.show")
async def measure_show(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{number}`` -> the measure with its opened copy. Opening private words is logged."""
    number = _number(params.get("number"), "measure")
    row = await measures.get(app, number)
    if row is None:
        raise CommandRefused(f"there is no measure {case_numbers.text(number)}")
    acts.concerns(case_numbers.text(number))
    app.log.info("moderation.copy_opened", number=case_numbers.text(number))
    return await _measure(app, row) | _opened(measures.copy_of(app, row), row.digest)


@command("user.country")
async def user_country(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{who, country}`` -> ``{name, country}``: where somebody is whose number does not tell."""
    account = await _person(app, str(params.get("who", "")))
    country = str(params.get("country", "")).upper()
    if country not in checks.country_codes():
        raise CommandRefused(f"“{country}” is no country code (two letters, as in DE)")
    row = await accounts.get(app, account)
    told = phones.country(row.phone) if row is not None and row.phone else None
    if told is not None:
        raise CommandRefused(f"the number says {told}")
    acts.concerns(_named(account), country=country)
    await accounts.set_country(app, account, country)
    return {"name": await _name(app, account), "country": country}


# ── surfaces ────────────────────────────────────────────────────────────────────────────────────


@command("surface.show")
async def surface_show(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{chat}`` -> how public it is, who says so, and what was decided before."""
    chat = await _chat(app, str(params.get("chat", "")))
    acts.concerns(_named(chat.id))
    surface = await surfaces.classify_surface(app, chat)
    return {
        "chat": chat.id,
        "title": chat.title,
        "class": surfaces.NAMES[surface.level],
        "by": surface.actor,
        "reason": surface.reason,
        "at": surface.at or None,
        "decisions": [
            {
                "at": row.at,
                "class": "rule" if row.level == surfaces.BY_RULE else surfaces.NAMES[row.level],
                "by": row.actor,
                "reason": row.reason,
            }
            for row in await surfaces.history(app, chat.id)
        ],
    }


@command("surface.set")
async def surface_set(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{chat, class, reason, actor?}`` -> like surface.show; class "rule": as the rule says."""
    chat = await _chat(app, str(params.get("chat", "")))
    wanted = str(params.get("class", ""))
    levels = {name: n for n, name in enumerate(surfaces.NAMES)} | {"rule": surfaces.BY_RULE}
    if wanted not in levels:
        raise CommandRefused(f"a class is one of: {', '.join(levels)}")
    reason = str(params.get("reason") or "").strip()
    if not reason:
        raise CommandRefused("say why")
    acts.concerns(_named(chat.id), level=wanted)
    await surfaces.decide(
        app,
        chat.id,
        levels[wanted],
        actor=str(params.get("actor") or _OPERATOR),
        reason=reason,
    )
    return await surface_show(app, params)
