"""Mail that comes back: what cannot be delivered (RFC 3464), and complaints (ARF, RFC 5965).

Each mail returns to an address of its own (``addresses.return_address``), so nothing has to be read
to know whose it is. What the report says of the reason is looked for in its first bytes, as plain
lines: strangers write it. Whatever comes to that address is dealt with here and is no letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from petitbleu.app import App
from petitbleu.domain.publishing.newsletter import addresses, counting, subscribing
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.metrics import counter
from petitbleu.store.api import Tx

READ = 256 << 10
"""Bytes of a report that are looked at: a complaint holds the mail it is about."""
SOFT_MOST = 5
"""Days on which mail came back for a reason that passes, until the subscription ends."""
SOFT_SECONDS = 30 * 86_400
"""After so long without one they are counted anew."""
COMPLAINT, HARD, SOFT, OTHER = "complaint", "hard", "soft", "other"
"""What a mail says; ``other``: an out-of-office note, a delay, a success."""
_DAY = 86_400
_FORM = re.compile(r"[0-9a-f]{1,16}\.[0-9a-f]{16}")
_STATUS = re.compile(rb"^status:[ \t]{0,9}([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_ACTION = re.compile(rb"^action:[ \t]{0,9}([a-z]{1,12})", re.IGNORECASE | re.MULTILINE)
_FEEDBACK = re.compile(rb"^feedback-type:[ \t]{0,9}([a-z-]{1,20})", re.IGNORECASE | re.MULTILINE)
_HEADERS = re.compile(
    rb"^(?:to|cc|delivered-to|x-original-to|envelope-to):([^\r\n]{1,998})",
    re.IGNORECASE | re.MULTILINE,
)
_PASSING = ("5.2.2", "5.2.3", "5.3.", "5.4.", "5.7.")
"""A full mailbox, a mail that is too large, a system, a route, a policy: not the address."""
CAME = counter("newsletter_returns_total", "Mails that came back, by what they say", "kind")


def recipients_of(raw: bytes) -> list[str]:
    """The addresses that a mail of a mailbox names as its own, where no envelope is known."""
    head = raw[:READ].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    found = b",".join(match[1] for match in _HEADERS.finditer(head))
    return [one.decode("ascii", "replace") for one in re.findall(rb"[^\s<>,;]+@[^\s<>,;]+", found)]


async def take(app: App, raw: bytes, recipients: Sequence[str]) -> bool:
    """Deal with a mail if it came back to a return address, or is a complaint sent to the bare one;
    whether it was. All else is somebody's letter. The same mail twice counts once.
    """
    signed = [_signed(app, one) for one in recipients]
    if not signed or None in signed:
        return False
    text = raw[:READ].replace(b"\r\n", b"\n")
    kind = _kind(text)
    numbers = {addresses.returned(app, one) for one in signed if one} - {0}
    if "" in signed:
        if kind != COMPLAINT:
            return False
        numbers |= _named(app, text)
    CAME.add(kind)
    for number in numbers:
        if kind == COMPLAINT:
            await subscribing.end(app, number, subscribing.COMPLAINED)
        elif kind == HARD:
            await subscribing.end(app, number, subscribing.BOUNCED)
        elif kind == SOFT:
            await app.store.write(_soft, number, int(app.clock.now()))
    return True


def _signed(app: App, address: str) -> str | None:
    """What stands behind the ``+`` of a return address; empty where it is the bare address, to
    which mail services send complaints; None where it is none.
    """
    ours, _, host = app.config.newsletter.bounces.lower().rpartition("@")
    local, _, domain = address.strip("<>").lower().rpartition("@")
    if not ours or domain != host:
        return None
    name, plus, signed = local.partition("+")
    if name != ours or (plus and not _FORM.fullmatch(signed)):
        return None
    return signed


def _named(app: App, text: bytes) -> set[int]:
    """The subscription that a complaint is about, by the return address of the mail it holds."""
    ours, _, host = app.config.newsletter.bounces.lower().rpartition("@")
    plain = text.replace(b"=\n", b"").lower()
    address = re.escape(ours.encode()) + rb"\+([0-9a-f]{1,16}\.[0-9a-f]{16})@" + host.encode()
    found = {match[1].decode() for match in re.finditer(address, plain)}
    links = re.findall(rb"/newsletter/([0-9a-f]{1,16}\.[0-9a-f]{32})", plain)
    numbers = {addresses.returned(app, one) for one in found}
    numbers |= {addresses.numbered(app, one.decode()) for one in links}
    numbers.discard(0)
    return numbers if len(numbers) == 1 else set()


def _kind(text: bytes) -> str:
    feedback = _FEEDBACK.search(text)
    if feedback is not None:
        # “not-spam” takes a complaint back; the other kinds are about us, not about the reader.
        return COMPLAINT if feedback[1].lower() in (b"abuse", b"opt-out") else OTHER
    action, status = _ACTION.search(text), _STATUS.search(text)
    if action is None or action[1].lower() != b"failed" or status is None:
        return OTHER
    code = status[1].decode()
    lasting = code.startswith("5.") and not code.startswith(_PASSING)
    return HARD if lasting else SOFT


async def _soft(tx: Tx, number: int, now: int) -> None:
    row = await tx.row(q.GET, id=number)
    if row is None or now < row.soft_at + _DAY:
        return
    count = row.soft + 1 if now < row.soft_at + SOFT_SECONDS else 1
    if count >= SOFT_MOST:
        await subscribing.end_in(tx, number, subscribing.BOUNCED, now)
        return
    await tx.run(q.SOFT, id=number, soft=count, at=now)
    await counting.add(tx, row.channel, counting.RETURNED, now)
