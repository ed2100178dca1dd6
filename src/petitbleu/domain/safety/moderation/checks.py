"""Whether an order makes sense: refusals in one sentence, before anything is touched."""

from __future__ import annotations

import functools

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions.service import SENSITIVE
from petitbleu.domain.safety.moderation.effects import Order, Refused
from petitbleu.domain.safety.moderation.effects_profile import PARTS
from petitbleu.resources import schema_text

MESSAGES, CHAT, MEMBER, ACCOUNT = "messages", "chat", "member", "account"
"""What a measure is about."""
KINDS = ("remove", "withhold", "restrict", "suspend", "label")
NAME_LABELS = ("scam", "fake")
COMMAND_MAX = 128
REASON_MAX = 4000
SHOWN_MAX = 500
MAX_MESSAGES = 1000


@functools.cache
def country_codes() -> frozenset[str]:
    """ISO 3166 codes of the world's countries."""
    lines = schema_text("countries.tsv").splitlines()[1:]
    return frozenset(line.split("\t")[0] for line in lines)


def about(order: Order) -> str:
    """What the order is about."""
    if order.messages:
        return MESSAGES
    if order.member:
        return MEMBER
    return ACCOUNT if order.subject > 0 else CHAT


async def check(app: App, order: Order) -> None:
    """Raise :class:`Refused` where the order cannot be meant."""
    _check_words(order)
    if order.kind not in KINDS:
        raise Refused("kind", kinds=", ".join(KINDS))
    if order.until and order.until <= app.clock.now():
        raise Refused("past")
    if len(order.messages) > MAX_MESSAGES:
        raise Refused("many", most=MAX_MESSAGES)
    what = about(order)
    _check_kind(order, what)
    _check_countries(order)
    if what != MESSAGES or order.subject:
        await _check_subject(app, order, what)


def _check_words(order: Order) -> None:
    if not 0 < len(order.command) <= COMMAND_MAX:
        raise Refused("command", most=COMMAND_MAX)
    if not order.actor.strip():
        raise Refused("who")
    if not 0 < len(order.reason.strip()) <= REASON_MAX:
        raise Refused("why", most=REASON_MAX)
    if len(order.shown) > SHOWN_MAX:
        raise Refused("shown", most=SHOWN_MAX)


def _check_kind(order: Order, what: str) -> None:
    allowed = {
        "remove": {MESSAGES, CHAT, ACCOUNT},
        "withhold": {MESSAGES, CHAT},
        "restrict": {MEMBER, ACCOUNT},
        "suspend": {ACCOUNT},
        "label": {MESSAGES, CHAT, ACCOUNT},
    }[order.kind]
    if what not in allowed:
        raise Refused("unfit", kind=order.kind, fitting=", ".join(sorted(allowed)))
    if order.kind == "label":
        fitting = {MESSAGES: (SENSITIVE,), CHAT: (*NAME_LABELS, SENSITIVE)}.get(what, NAME_LABELS)
        if order.label not in fitting:
            raise Refused("label", fitting=", ".join(fitting))
    elif order.kind == "remove" and what != MESSAGES:
        if order.label not in PARTS:
            raise Refused("part", fitting=", ".join(PARTS))
    elif order.label:
        raise Refused("no_label")


def _check_countries(order: Order) -> None:
    if order.countries and order.kind != "withhold":
        raise Refused("everywhere")
    for code in order.countries:
        if code not in country_codes():
            raise Refused("country", code=code)


async def _check_subject(app: App, order: Order, what: str) -> None:
    if order.subject > 0:
        row = await accounts.get(app, order.subject)
        if row is None or row.deleted_at is not None:
            raise Refused("no_account")
        if row.kind == accounts.SERVICE and what == ACCOUNT:
            raise Refused("service")
        return
    chat = await chats.get(app, order.subject)
    if chat is None or chat.deleted_at is not None:
        raise Refused("no_chat")
    if what == CHAT and not ids.is_channel(chat.id):
        raise Refused("basic_group")
    if what == MEMBER and chat.kind != chats.SUPERGROUP:
        raise Refused("supergroups")
