"""Raw bytes to a :class:`Letter`. Whatever the bytes are, a Letter comes out.

Runs in a process of its own (``worker.py``), for a hostile letter may eat time and memory. Where
the structure cannot be walked (broken, or nested too deep), the letter is read *flat*: headers as
far as they go, and the rest as text, with a warning.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from collections.abc import Iterator
from typing import NamedTuple

from petitbleu.desk.intake import attachments, body, headers, returns, wrapped
from petitbleu.desk.intake.classify import words
from petitbleu.desk.intake.headers import Header, decoded
from petitbleu.desk.intake.letter import TEXT_MAX, Attachment, Letter, Mailroom

HEADERS_MAX = 64 << 10
"""Bytes of all headers of the letter that are read."""
PARTS_MAX = 200
DEPTH_MAX = 20
MULTIPARTS_MAX = 60
"""More multipart headers than this and the structure is not walked at all."""
CANARY = "x-petitbleu-canary"

_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n|\r\r")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.I | re.M)
_AWAY = re.compile(
    r"(?:(?:re|aw|sv|antw|odp|r)\s*:\s*)?[\[(]?(?:auto(?:matic|mated|matische|-?matyczna)?[- ]?"
    r"(?:reply|response|antwort|antwoord|odpowiedz)|automatische? (?:antwort|antwoord|reply)"
    r"|reponse automatique|risposta automatica|respuesta automatica|automatyczna odpowiedz"
    r"|odpowiedz automatyczna|autosvar|automatiskt svar|resposta automatica|automaattinen vastaus"
    r"|out of (?:the )?office|absence du bureau|message d.absence|abwesenheits(?:notiz|nachricht"
    r"|meldung|assistent)|afwezigheid(?:sbericht|sassistent|smelding)|fuera de la oficina"
    r"|fuori (?:sede|ufficio)|nieobecnosc w (?:biurze|pracy)|vacation (?:reply|message))"
    r"(?![^\W\d_])"
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_BULK = ("list-id", "list-unsubscribe", "list-post", "feedback-id", "x-campaign", "x-mailgun-tag")
_PRECEDENCE = ("bulk", "list", "junk", "auto_reply")


class Content(NamedTuple):
    """What the parts of a letter hold."""

    text: str
    attached: str
    attachments: tuple[Attachment, ...]
    warnings: list[str]
    returned: returns.Returned = returns.NOTHING


def read(
    raw: bytes,
    room: Mailroom,
    *,
    deeply: bool = True,
    seconds: float = attachments.PDF_SECONDS,
) -> Letter:
    """The letter in ``raw``. ``deeply=False`` looks into no part and no attachment; ``seconds`` is
    for its PDFs."""
    warnings: list[str] = []
    fields = _headers(raw, warnings)
    content = None
    if deeply and len(_MULTIPART.findall(raw)) <= MULTIPARTS_MAX:
        try:
            content = _walk(raw, attachments.Patience(seconds))
        except RecursionError:
            warnings.append("nested_too_deep")
        except Exception:  # whatever a hostile structure makes the parser raise
            warnings.append("mime_unreadable")
    elif deeply:
        warnings.append("nested_too_deep")
    else:
        warnings.append("not_read_in_full")
    if content is None:
        content = _flat(raw)
    return _letter(fields, room, content, warnings + content.warnings)


# ── headers ─────────────────────────────────────────────────────────────────────────────────────


def _headers(raw: bytes, warnings: list[str]) -> list[Header]:
    head = raw[: HEADERS_MAX + 4]
    end = _END_OF_HEADERS.search(head)
    if end is not None:
        head = head[: end.start()]
    elif len(raw) > HEADERS_MAX:
        warnings.append("headers_too_large")
    if b"\0" in head:
        warnings.append("nul_bytes")
        head = head.replace(b"\0", b"")
    if head.startswith((b"From ", b">From ")):  # a mailbox's own separator
        head = head.partition(b"\n")[2]
    fields: list[Header] = []
    for line in head.decode("utf-8", "surrogateescape").splitlines():
        if line[:1] in (" ", "\t") and fields:
            name, value = fields[-1]
            fields[-1] = Header(name, f"{value} {line.strip()}"[: headers.VALUE_MAX])
            continue
        name, colon, value = line.partition(":")
        if colon and name.strip() and len(name) < 100 and name.isascii():
            fields.append(Header(name.strip().lower(), value.strip()[: headers.VALUE_MAX]))
        elif line.strip() and "header_unreadable" not in warnings:
            warnings.append("header_unreadable")
    return fields


def _letter(fields: list[Header], room: Mailroom, content: Content, warnings: list[str]) -> Letter:
    def values(*names: str) -> list[str]:
        return [field.value for field in fields if field.name in names]

    def first(name: str) -> str:
        return next((field.value for field in fields if field.name == name), "")

    own = headers.trusted(fields, room)
    senders = headers.addresses(values("from"))
    warnings += own.warnings
    if len({address for _, address in senders}) > 1:
        warnings.append("several_senders")
    if not senders:
        warnings.append("no_sender")
    sender_name, sender = senders[0] if senders else ("", "")
    answer = headers.addresses(values("reply-to"))
    if any(headers.hides(headers.as_sent(value)) for value in values("from", "subject")):
        warnings.append("hidden_characters")
    text, quoted = body.split_quoted(content.text)
    return Letter(
        subject=decoded(first("subject"))[:1000],
        sender=sender,
        sender_name=sender_name,
        return_path=_return_path(values("return-path")),
        reply_to=answer[0][1] if answer else "",
        to=tuple({address: None for _, address in headers.addresses(
            values("to", "cc", "delivered-to", "x-original-to", "envelope-to"))}),
        message_id=(headers.message_ids(headers.raw_text(first("message-id"))) or [""])[0],
        references=_references(values("in-reply-to"), values("references")),
        received=own.received,
        authentication=own.authentication,
        text=text,
        quoted=quoted,
        attached=content.attached,
        attachments=content.attachments,
        automatic=_automatic(fields, values("return-path"), sender),
        bulk=tuple(field.name for field in fields if _is_bulk(field))[:10],
        canary=decoded(first(CANARY))[:200],
        warnings=tuple(dict.fromkeys(warnings)),
        returned=content.returned.message_id,
        returned_why=content.returned.why,
    )  # fmt: skip


def _return_path(values: list[str]) -> str | None:
    if not values:
        return None
    addresses = headers.addresses(values[:1])
    return addresses[0][1] if addresses else ""


def _references(answers: list[str], references: list[str]) -> tuple[str, ...]:
    """The nearest first: In-Reply-To, then References from the end."""
    found = [
        message_id
        for value in answers
        for message_id in headers.message_ids(headers.raw_text(value))
    ]
    older = [
        message_id
        for value in references
        for message_id in headers.message_ids(headers.raw_text(value))
    ]
    return tuple(dict.fromkeys([*found, *reversed(older)]))[:50]


def _automatic(fields: list[Header], return_path: list[str], sender: str) -> str:
    """RFC 3834 §2: to what no machine answers."""
    if return_path and not headers.addresses(return_path[:1]):
        return "null-sender"
    local = sender.partition("@")[0]
    if (
        not sender
        or local in ("mailer-daemon", "postmaster")
        or local.startswith(
            (
                "noreply",
                "no-reply",
                "no_reply",
                "donotreply",
                "do-not-reply",
                "ne-pas-repondre",
                "bounce",
            )
        )
    ):
        return "sender"
    for field in fields:
        value = field.value.strip().lower()
        if field.name == "auto-submitted" and not value.startswith("no"):
            return "auto-submitted"
        if field.name == "precedence" and value in _PRECEDENCE:
            return "precedence"
        if field.name.startswith("list-"):
            return field.name
        if field.name in ("x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-loop"):
            return field.name
        if field.name == CANARY:
            return "canary"
        if field.name == "content-type" and value.startswith("multipart/report"):
            return "report"  # of delivery, or that somebody read a letter (RFC 8098)
        # Some programs that answer for somebody who is away say so to the reader alone.
        if field.name == "subject" and _AWAY.match(words.fold(decoded(field.value))):
            return "subject"
    return ""


def _is_bulk(field: Header) -> bool:
    if field.name == "precedence":
        return field.value.strip().lower() in ("bulk", "list", "junk")
    return field.name in _BULK


# ── parts ───────────────────────────────────────────────────────────────────────────────────────


def _walk(raw: bytes, patience: attachments.Patience) -> Content:
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    warnings: list[str] = []
    plain: list[str] = []
    html: list[str] = []
    attached: list[str] = []
    subjects: list[str] = []
    found: list[Attachment] = []
    for part, inside, opened in _leaves(message, warnings, subjects):
        if len(found) >= attachments.COUNT_MAX:
            warnings.append("too_many_attachments")
            break
        name = headers.as_sent(_filename(part)).strip()
        if part.is_multipart() or opened:
            named = decoded(name) or "message"
            found.append(Attachment(named, part.get_content_type(), "read"))
            continue
        data = _payload(part)
        kind = part.get_content_type()
        shown = part.get_content_disposition() != "attachment" and not name
        if shown and kind in ("text/plain", "text/html"):
            text = headers.text_of(data, _charset(part))
            most = TEXT_MAX if kind == "text/plain" else 4 * TEXT_MAX  # tags count for nothing
            if len(text) > most:
                warnings.append("text_cut")
                text = text[:most]
            if "\0" in text:
                warnings.append("nul_bytes")
            if headers.misleads(text):
                warnings.append("hidden_characters")
            if inside:
                attached.append(text if kind == "text/plain" else body.from_html(text))
            else:
                (plain if kind == "text/plain" else html).append(text)
            continue
        seen = attachments.inspect(name, kind, data, patience)
        found.append(seen.attachment)
        attached.append(seen.text)
        warnings += seen.warnings
    text = _both(body.tidy("\n".join(plain)), body.from_html("\n".join(html)[: 4 * TEXT_MAX]))
    if message.get_content_type() != "multipart/report":  # there it is a letter of ours
        attached = [*subjects, *attached]
    said = body.tidy("\n\n".join(one for one in attached if one))
    tags = sum(one.count("<") for one in html)
    if len(text) > TEXT_MAX or len(said) > TEXT_MAX or tags > body.TAGS_MAX:
        warnings.append("text_cut")
    if message.defects:
        warnings.append("mime_defects")
    returned = returns.parse_bounce(message)
    return Content(text[:TEXT_MAX], said[:TEXT_MAX], tuple(found), warnings, returned)


def _both(plain: str, page: str) -> str:
    """The plain form of a letter, and its page too where that says something else: many programs
    write into the plain one only that the reader's cannot show the other."""
    if not plain or not page:
        return plain or page
    known = set(_WORD.findall(plain.lower()))
    said = _WORD.findall(page.lower())
    new = sum(word not in known for word in said)
    return f"{plain}\n\n{page}" if 2 * new > len(said) else plain


def _leaves(
    message: email.message.Message, warnings: list[str], subjects: list[str]
) -> Iterator[tuple[email.message.Message, bool, bool]]:
    """All parts that hold something, in order, without recursion; whether each lies within an
    attached letter, and whether it was opened as one. An attached letter itself comes before its
    parts, and what it is about is put into ``subjects``.

    Of ``multipart/alternative`` both forms come; whoever gathers them prefers the plain one.
    """
    waiting: list[tuple[email.message.Message, int, bool]] = [(message, 0, False)]
    count = 0
    while waiting:
        part, depth, inside = waiting.pop()
        count += 1
        if count > PARTS_MAX or depth > DEPTH_MAX:
            warnings.append("too_many_parts" if count > PARTS_MAX else "nested_too_deep")
            return
        if inside and (about := decoded(str(part.get("subject", "")))):
            subjects.append(about)
        held = wrapped.held(part, decoded(_filename(part)))
        if held is not None:
            yield part, inside, True
            signed = part.get_content_maintype() == "application" and not _is_file(part)
            waiting.append((held, depth + 1, inside or not signed))
            continue
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            if part.get_content_maintype() == "message":
                yield part, inside, False
                inside = True
            waiting += [
                (one, depth + 1, inside) for one in reversed(inner) if not isinstance(one, str)
            ]
        else:
            yield part, inside, False


def _is_file(part: email.message.Message) -> bool:
    return _filename(part).lower().endswith(".eml")


def _charset(part: email.message.Message) -> str:
    try:
        return part.get_content_charset() or "utf-8"
    except Exception:  # a charset parameter gone wrong
        return "utf-8"


def _payload(part: email.message.Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except Exception:  # an encoding that lies
        data = None
    return data if isinstance(data, bytes) else b""


def _filename(part: email.message.Message) -> str:
    try:
        for name, value in list(part.raw_items()):
            if name.lower() in ("content-disposition", "content-type") and not value.isascii():
                # Eight-bit letters, which no standard allows and many programs write.
                part.replace_header(name, headers.raw_text(value))
        return (part.get_filename() or "")[:500]
    except Exception:  # RFC 2231 parameters gone wrong
        return "?"


def _flat(raw: bytes) -> Content:
    end = _END_OF_HEADERS.search(raw[: HEADERS_MAX + 4])
    rest = raw[end.end() if end else 0 :]
    text = body.tidy(headers.text_of(rest[: 4 * TEXT_MAX], "utf-8"))
    cut = len(text) > TEXT_MAX or len(rest) > 4 * TEXT_MAX
    return Content(text[:TEXT_MAX], "", (), ["text_cut"] if cut else [])
