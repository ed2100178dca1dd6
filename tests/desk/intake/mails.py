"""Letters for tests, made as a mail server of the operator would have stored them."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
MX = "mx1.petitbleu.example"
RECEIVED = "Tue, 24 Nov 2026 10:00:00 +0100"
RECEIVED_AT = 1_795_510_800


def mail(
    sender: str = "Ada <ada@home.example>",
    to: str = "legal@petitbleu.example",
    subject: str = "",
    text: str = "",
    *,
    auth: str = "pass",
    html: str = "",
    attached: list[tuple[str, str, bytes]] | None = None,
    message_id: str = "",
    headers: dict[str, str] | None = None,
    received: str = RECEIVED,
) -> bytes:
    """A letter in raw bytes. ``auth``: pass, fail, none; empty: the server says nothing."""
    name, _, address = sender.rpartition("<")
    address = address.rstrip(">")
    domain = address.rpartition("@")[2]
    message = EmailMessage()
    message["From"] = Address(name.strip().strip('"'), addr_spec=address)
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = received
    message["Message-ID"] = f"<{message_id or abs(hash((sender, subject, text)))}@{domain}>"
    for key, value in (headers or {}).items():
        message[key] = value
    message.set_content(text or "\n")
    if html:
        message.add_alternative(html, subtype="html")
    for name, media_type, data in attached or []:
        main, _, sub = media_type.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return stamp(message.as_bytes(), address, auth=auth, received=received)


def stamp(raw: bytes, address: str, *, auth: str = "pass", received: str = RECEIVED) -> bytes:
    """``raw`` with what the operator's own mail server puts on top of it."""
    domain = address.rpartition("@")[2]
    top = f"Return-Path: <{address}>\n"
    if auth:
        top += (
            f"Authentication-Results: {MX};\n\tspf={auth} smtp.mailfrom={domain};\n"
            f"\tdkim={auth} header.d={domain} header.s=s1;\n\tdmarc={auth} header.from={domain}\n"
        )
    top += (
        f"Received: from mail.{domain} (mail.{domain} [192.0.2.7])\n\tby {MX} (Postfix) with ESMTPS"
        f" id 4T1\n\tfor <legal@petitbleu.example>; {received}\n"
    )
    return top.encode() + raw


def sample(name: str) -> bytes:
    """One of the stored letters, by the beginning of its file name."""
    return next(SAMPLES.glob(f"{name}*.eml")).read_bytes()
