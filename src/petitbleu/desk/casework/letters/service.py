"""Letters out: composed, kept, sent, proved."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate, parseaddr
from typing import ClassVar

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import plain
from petitbleu.desk.casework.letters import queries as q
from petitbleu.desk.casework.letters.queries import LetterRow as LetterRow
from petitbleu.desk.casework.letters.queries import Waiting
from petitbleu.desk.casework.secrecy import service as secrecy
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import standing
from petitbleu.desk.records.vault import service as vault
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.jobs import Job
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx
from petitbleu.typography import one_line

GIVE_UP = 3 * 86_400
_HELD = 86_400
"""Seconds until a letter that may not leave is looked at again; an answer does so at once."""
_UNDO = 600
"""Seconds in which what a letter speaks of may be taken back."""
_PAUSES = (60, 300, 900, 3600, 4 * 3600)
_AT_ONCE = 20
_INVENTED = ".invalid"
"""Where nobody can have an address (RFC 2606), not even in somebody's tests."""

_OURS = re.compile(r"(pb-\d{4}-\d{6,9})\.([0-9a-f]{32})@")

_PLAIN = re.compile(r"[\w+-]+(?:\.[\w+-]+)*@[a-zA-Z\d-]+(?:\.[a-zA-Z\d-]+)*", re.ASCII)
"""An address that is written as it is; the mail library needs 0.1 ms to say so."""
_ASCII = default.clone(cte_type="7bit")

Attachment = tuple[str, str, bytes]
"""File name, media type, contents."""


class SendLetter(Job, tag="desk.letters", frozen=True):
    """A letter that is queued leaves."""

    id: int


class Unsendable(Refusal):
    """A letter cannot be written to that address."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.letters.unsendable")


SENT, FAILED = "sent", "failed"
Hook = Callable[[Tx, App, LetterRow], Awaitable[None]]
_HOOKS: list[Hook] = []


def on_end(hook: Hook) -> Hook:
    """Have ``hook(tx, app, letter)`` called in the transaction that says what became of a letter:
    its ``state`` is :data:`SENT` (our mail server took it) or :data:`FAILED` (given up, or it came
    back after it had been sent).

    What the law asks to be *sent* is done then, not when a letter was queued.
    """
    _HOOKS.append(hook)
    return hook


async def queue(
    tx: Tx,
    app: App,
    *,
    case: int,
    to: str,
    purpose: str,
    language: str,
    subject: str,
    text: str,
    attachments: Sequence[Attachment] = (),
    not_before: int = 0,
    headers: Mapping[str, str] | None = None,
    key: str = "",
) -> int:
    """Queue a letter in the caller's transaction; its id. It leaves after the commit.

    ``purpose`` is what it is for (``receipt``, ``statement``, …); ``key`` names the letter within
    its case (default: purpose and recipient): queued again it is the first one. Nothing leaves
    before ``not_before`` (Unix seconds). Raises Unsendable.
    """
    key = key or f"{purpose} {to}"
    mark = _marks(app, case, key)[0]
    message = compose(app, case, mark, to, language, subject, text, attachments, headers or {})
    now = int(app.clock.now())
    row = {
        "number": case,
        "key": key,
        "purpose": purpose,
        "recipient": to,
        "language": language,
        "subject": subject,
        "sha": await vault.put(tx, app, message),
        "at": now,
        "not_before": max(now, not_before),
    }
    queued = await tx.row(q.QUEUE, **row)
    if queued is None:
        earlier = await tx.row(q.BY_KEY, number=case, key=key)
        assert earlier is not None
        return earlier.id
    audit.note(tx, app, "letter", (queued.id,), tuple(row.values()))
    await jobs.schedule(tx, SendLetter(id=queued.id), due=max(now, not_before), key=f"{queued.id}")
    return queued.id


def compose(
    app: App,
    case: int,
    mark: str,
    to: str,
    language: str,
    subject: str,
    text: str,
    attachments: Sequence[Attachment],
    headers: Mapping[str, str],
) -> bytes:
    """The whole message. ``mark`` is what its Message-ID is known by. Raises Unsendable where
    ``to`` is no address.
    """
    domain = parseaddr(app.config.smtp.sender)[1].rpartition("@")[2] or "petitbleu.invalid"
    try:
        said = {
            "To": to if _PLAIN.fullmatch(to) else str(Address(addr_spec=to)),
            "Subject": subject,
            "Message-ID": f"<{case_numbers.text(case).lower()}.{mark}@{domain}>",
            "Date": formatdate(app.clock.now()),
            "Content-Language": language,
            **headers,
        }
        lines = [(name, one_line(value)) for name, value in said.items()]
        return _with_files(lines, text, attachments) if attachments else plain.write(lines, text)
    except (ValueError, IndexError, MessageError) as error:
        raise Unsendable("address", to=to[:200], error=error) from None


def _with_files(
    headers: Sequence[tuple[str, str]], text: str, attachments: Sequence[Attachment]
) -> bytes:
    message = EmailMessage(_ASCII)  # sent as it is kept, also where the server takes no 8 bits
    message.set_content(text)  # first: it would take Content-Language away
    for name, value in headers:
        message[name] = value
    for name, media_type, data in attachments:
        main, _, sub = media_type.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


async def withdraw(tx: Tx, case: int, key: str) -> bool:
    """Take a letter back that has not left; whether it could be."""
    return bool(await tx.run(q.WITHDRAW, number=case, key=key))


async def of_case(reader: Reader, case: int) -> list[LetterRow]:
    """The letters of a case, oldest first."""
    return await reader.rows(q.OF_CASE, number=case)


async def get(reader: Reader, letter: int) -> LetterRow | None:
    """One letter."""
    return await reader.row(q.GET, id=letter)


def _marks(app: App, case: int, key: str) -> list[str]:
    """What the Message-ID of a letter carries; nobody who was not sent it can make it up."""
    marks = app.secrets.hmacs("desk letter", case.to_bytes(8, "big"), key.encode())
    return [mac[:16].hex() for mac in marks]


async def named(reader: Reader, app: App, message_id: str) -> LetterRow | None:
    """The letter of ours that carries this Message-ID (without its angle brackets)."""
    match = _OURS.match(message_id)
    number = case_numbers.parse(match[1]) if match else None
    if match is None or number is None:
        return None
    for row in await of_case(reader, number):
        if match[2] in _marks(app, number, row.key):
            return row
    return None


async def came_back(tx: Tx, app: App, row: LetterRow, why: str) -> bool:
    """Say of a letter that had left that it did not arrive (RFC 3464); whether that is new."""
    if not await tx.run(q.CAME_BACK, id=row.id, proof=why):
        return False
    for hook in _HOOKS:
        await hook(tx, app, row._replace(state=FAILED, proof=why))
    return True


async def waiting(app: App) -> Waiting:
    """How many letters could leave now and have not, and since when the oldest might have."""
    row = await app.store.row(q.WAITING, now=int(app.clock.now()))
    assert row is not None
    return row


async def send(app: App, letter: int) -> int | None:
    """Send one letter; when to try again, None where it has left or never will. One to an invented
    address of a practice desk is thought to have left, so that its case goes on.
    """
    row = await app.store.row(q.GET, id=letter)
    now = int(app.clock.now())
    if row is None or row.state != "queued":
        return None
    if standing.held(app) is not None:  # it may have left before what was lost
        return now + _PAUSES[1]
    if row.not_before > now:
        return row.not_before
    if not await may_leave(app, row):
        await app.store.background(_hold, letter, now + _HELD)
        return now + _HELD
    if row.recipient.endswith(_INVENTED) and await directory.practice(app.store):
        await app.store.background(_end, app, row, SENT, now, "practice: it went nowhere")
        return None
    if app.mail is None:
        return now + _PAUSES[-1]
    raw = await vault.get(app, row.sha)
    try:
        proof = await app.mail.post(raw, row.recipient)
    except OSError as error:
        again = now + _PAUSES[min(row.tries, len(_PAUSES) - 1)]
        if again > row.not_before + GIVE_UP:
            await app.store.background(_end, app, row, FAILED, now, str(error))
            app.log.error("letter.failed", case=case_numbers.text(row.number), purpose=row.purpose)
            return None
        await app.store.background(_tried, letter, again, str(error))
        return again
    await app.store.background(_end, app, row, SENT, now, proof)
    return None


async def may_leave(app: App, row: LetterRow) -> bool:
    """Whether a letter may leave: people may be told of its case, or it goes to the authority that
    knows of it.
    """
    if row.purpose in secrecy.ALWAYS:
        return True  # the case need not be read
    state = await cases.get(app.store, row.number)
    if state is None or secrecy.goes_to_authority(state, row.purpose, row.recipient):
        return True
    return (await secrecy.verdict_of(app.store, app, state)).open


async def hurry(tx: Tx, app: App, case: int) -> None:
    """Look again at the letters of a case that wait: whether they may leave was answered anew."""
    now = int(app.clock.now())
    for row in await of_case(tx, case):
        if row.state == "queued" and row.not_before > now:
            due = max(now, min(row.not_before, row.queued_at + _UNDO))
            await tx.run(q.HOLD, id=row.id, at=due)
            await jobs.schedule(tx, SendLetter(id=row.id), due=due, key=f"{row.id}")


async def _hold(tx: Tx, letter: int, at: int) -> None:
    await tx.run(q.HOLD, id=letter, at=at)


async def _tried(tx: Tx, letter: int, again: int, proof: str) -> None:
    await tx.run(q.TRIED, id=letter, next=again, proof=proof)


async def _end(tx: Tx, app: App, row: LetterRow, state: str, at: int, proof: str) -> None:
    if not await tx.run(q.ENDED, id=row.id, state=state, at=at, proof=proof):
        return
    ended = row._replace(state=state, sent_at=at, proof=proof)
    for hook in _HOOKS:
        await hook(tx, app, ended)
