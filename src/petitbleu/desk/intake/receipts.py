"""The automatic receipt: within a minute, in the letter's language, and never into a loop.

RFC 3834: none to null senders, to what a machine sent, to lists, to our own addresses. After the
first five, one sender gets one an hour. Where the sender could not be authenticated, or the letter
is suspected to be a fraud, a person sends it: it would go to whoever was pretended to be.

A verified authority gets one for each letter that says something new, however many it sends. What
answers a letter of ours, or says what the same mailbox said before, may be a machine that does not
say so: it is counted like everybody's, so that two machines do not write to each other for ever.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import zoneinfo
from email.utils import parseaddr

from petitbleu.app import App
from petitbleu.desk.casework.cases import events as shapes
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.casework.letters.service import LetterRow
from petitbleu.desk.intake import queries as q
from petitbleu.desk.intake.classify.language import ANSWERED
from petitbleu.desk.intake.classify.sorting import Sorted
from petitbleu.desk.intake.danger import service as danger
from petitbleu.desk.intake.letter import Letter
from petitbleu.desk.intake.queries import InboundRow
from petitbleu.desk.intake.texts import receipt
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.networks import mailbox
from petitbleu.store.api import Tx

PURPOSE = "receipt"
FREE = 5
"""Receipts to one sender in a day without a pause."""
FREE_OF_HELP = 8
"""The same of those who write of danger: the receipt says whom to call."""
_DAY = 86_400
_HOUR = 3600
_FORGOTTEN = 500
"""Receipts that are forgotten in one write."""
_BY_MAIL = ("smtp", "imap", "cli", "form", "portal")
"""Doors whose letters name an address that an answer can go to."""


async def answer(
    tx: Tx,
    app: App,
    number: int,
    row: InboundRow,
    letter: Letter,
    found: Sorted,
    joined: bool,
    asked: bool = False,
) -> list[CaseEvent]:
    """Queue the receipt of what just arrived; what is to be written into its case: the receipt, or
    why none goes out. The case may be opened afterwards, under that number. ``asked``: staff who
    typed it in want one to go out.
    """
    to = _to(letter)
    by_mail = asked or row.channel in _BY_MAIL
    why = _why_not(app, letter, found, to) if by_mail else "channel"
    counted: list[str] = []
    if not why:
        counted, why = await _allowance(tx, app, letter, found, to)
    now = int(app.clock.now())
    if why:
        told = not joined or why in ("authentication", "fraud")
        return [cases.make_event(shapes.ReceiptNone(why=why), "system")] if told else []
    state = await cases.get(tx, number) if joined else None
    languages = _languages(found.language, state.language if state is not None else "")
    # The link opens the whole case: in one that others opened, it is for its own sender alone.
    owns = not joined or (state is not None and to == state.sender)
    received = letter.received or row.stored_at
    text = receipt(
        languages,
        number=case_numbers.text(number),
        received=datetime.datetime.fromtimestamp(received, zoneinfo.ZoneInfo(app.config.timezone)),
        link=follow(app, number) if owns else "",
        name=app.config.name,
    )
    if found.danger:
        country = danger.country_of_address(letter.sender)
        text += "".join(danger.letter(app, language, country) for language in languages)
    try:
        queued = await letters.queue(
            tx,
            app,
            case=number,
            to=to,
            purpose=PURPOSE,
            language=languages[0],
            subject=_subject(
                number, letter, proved=(found.who.passed or asked) and not found.danger
            ),
            text=text,
            headers=_headers(letter),
            key=f"receipt {letter.message_id or row.id} {to}",
        )
    except letters.Unsendable:
        return [cases.make_event(shapes.ReceiptNone(why="unsendable"), "system")]
    for address in counted:
        await tx.later(q.RECEIPT, sender=address, at=now, inbound=row.id)
    said = shapes.Receipt(letter=queued, to=to, language="+".join(languages), at=now)
    return [cases.make_event(said, "system")]


def _languages(spoken: str, before: str) -> tuple[str, ...]:
    """Those of a receipt: of the letter, else of its case (“Merci” alone is of no clear one)."""
    known = next((language for language in (spoken, before) if language in ANSWERED), "")
    return (known,) if known else ("fr", "en")


@letters.on_end
async def acknowledged(tx: Tx, app: App, letter: LetterRow) -> None:
    """The clocks that only ask for a receipt are met once one has left the house. They run on while
    the mail server is down, and one that was given up meets none.
    """
    if letter.purpose != PURPOSE or letter.state != letters.SENT:
        return
    state = await cases.get(tx, letter.number)
    if state is None:
        return
    met = [
        cases.make_event(shapes.ClockDone(clock=clock.id, at=letter.sent_at))
        for clock in cases.clocks(app, state)
        if clock.id.endswith(".acknowledge") and clock.done is None
    ]
    if met:
        await cases.append(tx, app, letter.number, "system", *met)


def follow(app: App, number: int) -> str:
    """The link by which whoever brought a case follows it; empty without a public address."""
    base = app.config.public_url.rstrip("/")
    return (
        f"{base}/suivi/{case_numbers.text(number)}?secret={cases.secret(app, number)}"
        if base
        else ""
    )


def _to(letter: Letter) -> str:
    """RFC 3834 §4: to the address mail bounces to where it is known, else to the sender's. It must
    be of the domain that was authenticated."""
    back = (letter.return_path or "").lower()
    return back if back.rpartition("@")[2] == letter.domain else letter.sender


def _why_not(app: App, letter: Letter, found: Sorted, to: str) -> str:
    if letter.automatic:
        return letter.automatic
    if not letter.sender:
        return "sender"
    if not {mailbox(address) for address in own_addresses(app)}.isdisjoint(
        map(mailbox, (letter.sender, to))
    ):
        return "own address"
    if found.kind == "bulk_mail":
        return "bulk"
    if found.kind == "suspected_fraud":
        return "fraud"
    return "authentication" if found.who.failed else ""


def own_addresses(app: App) -> frozenset[str]:
    """Addresses letters of ours come from or go to."""
    config = app.config
    sender = parseaddr(config.smtp.sender)[1]
    return frozenset(address.lower() for address in (*config.desk.addresses, sender) if address)


async def _too_many(tx: Tx, app: App, sender: str, free: int) -> str:
    now = int(app.clock.now())
    sent = await tx.row(q.RECEIPTS, sender=sender, since=now - _DAY)
    if sent is None or sent.total < free or (sent.last or 0) <= now - _HOUR:
        return ""
    return "too many"


def _counted(letter: Letter, found: Sorted, to: str) -> list[str]:
    """Whose receipts are counted. Who proves to be of a domain may let its bounces change with each
    letter; anybody else could have any number of receipts sent to one mailbox.
    """
    back = to if found.who.passed else mailbox(to)
    return list(dict.fromkeys((mailbox(letter.sender), back)))


async def _allowance(
    tx: Tx, app: App, letter: Letter, found: Sorted, to: str
) -> tuple[list[str], str]:
    """Under what a receipt to ``to`` is counted, and why none goes out; empty: one may."""
    news = await _news_key(tx, app, letter, found) if _is_verified(found) else ""
    if news:
        return [news], ""
    counted, why = _counted(letter, found, to), ""
    for address in counted:
        why = why or await _too_many(tx, app, address, FREE_OF_HELP if found.danger else FREE)
    return counted, why


def _is_verified(found: Sorted) -> bool:
    return found.who.passed and found.who.trust in cases.PROVED


_NO_WORDS = re.compile(r"[\W\d_]+")
_IDENTIFIER = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    r"|(?<![\w+])(?:\+|00?)[1-9](?:[ ./-]?\d){7,13}(?!\d)"
)
"""Addresses and telephone numbers: whom an order may be about that names no place of ours."""
_NO_PAPER = ("image/", "message/", "text/", "application/pgp", "application/pkcs7",
             "application/x-pkcs7")  # fmt: skip
_REFERENCES_MAX = 10
"""Letters that one answers that are looked up, the nearest first."""


async def _news_key(tx: Tx, app: App, letter: Letter, found: Sorted) -> str:
    """Under what a letter of a verified authority is counted, alone, because it says something new;
    empty where a machine that answers ours could have written it, again and again.

    Two letters that differ in their dates and numbers alone say the same. What answers a letter of
    ours (it names one by its Message-ID, or the number of a case) has to bring a target or a paper
    that is new: its words may be our own, with others around them.
    """
    papers = sorted(
        attachment.sha256
        for attachment in letter.attachments
        if attachment.sha256 and not attachment.type.startswith(_NO_PAPER)
    )
    known = await _answered_targets(tx, app, letter, found)
    fresh = sorted(set(found.targets) - (known or set()))
    if known is None:
        text = f"{letter.text} {letter.attached}".lower()
        numbers = sorted(set(_IDENTIFIER.findall(text)))
        said = [_NO_WORDS.sub(" ", text), found.reference, *numbers, *fresh, *papers]
    elif fresh or papers:
        said = [*fresh, *papers]
    else:
        return ""
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
    key = f"{mailbox(letter.sender)} {digest}"
    earlier = await tx.row(q.RECEIPTS, sender=key, since=int(app.clock.now()) - _DAY)
    return "" if earlier is not None and earlier.total else key


async def _answered_targets(tx: Tx, app: App, letter: Letter, found: Sorted) -> set[str] | None:
    """Targets of the cases whose letters this one answers; None: it answers none of ours."""
    numbers = set(found.cited)
    for reference in letter.references[:_REFERENCES_MAX]:
        if (ours := await letters.named(tx, app, reference)) is not None:
            numbers.add(ours.number)
    if not numbers:
        return None
    known: set[str] = set()
    for number in sorted(numbers)[:_REFERENCES_MAX]:
        state = await cases.get(tx, number)
        known.update(state.targets if state is not None else ())
    return known


def _subject(number: int, letter: Letter, *, proved: bool) -> str:
    """Who is not ``proved`` to have written a letter gets no word of it: else strangers would have
    us write to others what they like. Who writes of danger gets none either: a subject is seen by
    whoever sits beside them."""
    words = letter.subject[:150] if proved else ""
    return f"Re: [{case_numbers.text(number)}] {words}".strip()


def _headers(letter: Letter) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    if letter.message_id:
        headers["In-Reply-To"] = f"<{letter.message_id}>"
        older = [f"<{reference}>" for reference in reversed(letter.references[:20])]
        headers["References"] = " ".join([*older, f"<{letter.message_id}>"])
    return headers


async def forget_receipts(app: App, before: int) -> None:
    """Forget to whom receipts went before ``before``, a slice in each write."""
    while await app.store.background(_forget, before) == _FORGOTTEN:
        pass


async def _forget(tx: Tx, before: int) -> int:
    return await tx.run(q.FORGET_RECEIPTS, before=before, limit=_FORGOTTEN)
