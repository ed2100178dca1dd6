"""Notifications that a letter did not arrive (RFC 3464), and what they name."""

from __future__ import annotations

import email
import email.message
import email.policy
from typing import NamedTuple

from petitbleu.desk.intake import headers

PARTS_MAX = 10


class Returned(NamedTuple):
    """The letter that did not arrive; empty where there is none."""

    message_id: str = ""
    why: str = ""


NOTHING = Returned()


def parse_bounce(message: email.message.Message) -> Returned:
    """What a letter says did not arrive. Delays and successes are none."""
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return NOTHING
    why, original = "", ""
    for part in list(message.get_payload())[:PARTS_MAX]:
        if isinstance(part, str):
            continue
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            why = why or _failure(part)
        elif kind in ("message/rfc822", "message/global", "text/rfc822-headers"):
            original = original or _message_id(part)
    return Returned(original, why) if why and original else NOTHING


def _failure(part: email.message.Message) -> str:
    blocks = part.get_payload() if part.is_multipart() else []
    for block in list(blocks)[:PARTS_MAX]:
        if not isinstance(block, str) and _said(block, "action").lower() == "failed":
            return f"{_said(block, 'final-recipient')} {_said(block, 'status')}".strip()[:300]
    return ""


def _said(block: email.message.Message, name: str) -> str:
    return headers.decoded(block.get(name, ""))


def _message_id(part: email.message.Message) -> str:
    inner = part.get_payload()
    if isinstance(inner, list):
        held = inner[0] if inner and not isinstance(inner[0], str) else None
    else:
        data = part.get_payload(decode=True)
        held = (
            email.message_from_bytes(data[: 64 << 10], policy=email.policy.compat32)
            if isinstance(data, bytes)
            else None
        )
    named = headers.raw_text(held.get("Message-ID", "")) if held is not None else ""
    return (headers.message_ids(named) or [""])[0]
