"""Whether an order makes sense: refusals in one sentence, before anything is touched."""

from __future__ import annotations

import functools

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.accounts import service as accounts
from petitbleu.domain.chats import service as chats
from petitbleu.domain.marks.service import SENSITIVE
from petitbleu.domain.moderation.effects import Order, Refused
from petitbleu.domain.moderation.effects_profile import PARTS
from petitbleu.resources import schema_text

MESSAGES, CHAT, MEMBER, ACCOUNT = "messages", "chat", "member", "account"
"""What a measure is about."""
KINDS = ("remove", "withhold", "restrict", "suspend", "label")
NAME_LABELS = ("scam", "fake")
COMMAND_MAX = 128
REASON_MAX = 4000
SHOWN_MAX = 500
MOST_MESSAGES = 1000


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
        raise Refused(f"a measure is one of: {', '.join(KINDS)}")
    if order.until and order.until <= app.clock.now():
        raise Refused("the end of a measure lies in the future")
    if len(order.messages) > MOST_MESSAGES:
        raise Refused(f"at most {MOST_MESSAGES} messages at once")
    what = about(order)
    _check_kind(order, what)
    _check_countries(order)
    if what != MESSAGES or order.subject:
        await _check_subject(app, order, what)


def _check_words(order: Order) -> None:
    if not 0 < len(order.command) <= COMMAND_MAX:
        raise Refused(f"a command id has 1 to {COMMAND_MAX} characters")
    if not order.actor.strip():
        raise Refused("say who decides")
    if not 0 < len(order.reason.strip()) <= REASON_MAX:
        raise Refused(f"say why, in at most {REASON_MAX} characters")
    if len(order.shown) > SHOWN_MAX:
        raise Refused(f"what is shown has at most {SHOWN_MAX} characters")


def _check_kind(order: Order, what: str) -> None:
    allowed = {
        "remove": {MESSAGES, CHAT, ACCOUNT},
        "withhold": {MESSAGES, CHAT},
        "restrict": {MEMBER, ACCOUNT},
        "suspend": {ACCOUNT},
        "label": {MESSAGES, CHAT, ACCOUNT},
    }[order.kind]
    if what not in allowed:
        raise Refused(f"{order.kind} is for: {', '.join(sorted(allowed))}")
    if order.kind == "label":
        fitting = {MESSAGES: (SENSITIVE,), CHAT: (*NAME_LABELS, SENSITIVE)}.get(what, NAME_LABELS)
        if order.label not in fitting:
            raise Refused(f"a label is one of: {', '.join(fitting)}")
    elif order.kind == "remove" and what != MESSAGES:
        if order.label not in PARTS:
            raise Refused(f"a part of a profile is one of: {', '.join(PARTS)}")
    elif order.label:
        raise Refused("only label takes a label")


def _check_countries(order: Order) -> None:
    if order.countries and order.kind != "withhold":
        raise Refused("only withhold is limited to countries")
    for code in order.countries:
        if code not in country_codes():
            raise Refused(f"“{code}” is no country code (two capital letters, as in DE)")


async def _check_subject(app: App, order: Order, what: str) -> None:
    if order.subject > 0:
        row = await accounts.get(app, order.subject)
        if row is None or row.deleted_at is not None:
            raise Refused("there is no such account")
        if row.kind == accounts.SERVICE and what == ACCOUNT:
            raise Refused("the service account is yours")
        return
    chat = await chats.get(app, order.subject)
    if chat is None or chat.deleted_at is not None:
        raise Refused("there is no such chat")
    if what == CHAT and not ids.is_channel(chat.id):
        raise Refused("a basic group has nothing of its own: take its messages or members")
    if what == MEMBER and chat.kind != chats.SUPERGROUP:
        raise Refused("only members of supergroups can be restricted")
