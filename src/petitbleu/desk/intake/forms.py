"""What is written into a form of ours: made a letter, so that it takes the one path.

The public notice form (DSA Art 16(2)), the authorities' upload page, registered post and telephone
calls that staff type in. The letter that is made of it is kept like any other; its sender counts as
not authenticated.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

import msgspec

from petitbleu.app import App
from petitbleu.desk.intake import service
from petitbleu.desk.intake.filing import Delivered
from petitbleu.desk.intake.parse import CANARY
from petitbleu.desk.letters.service import Attachment


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of illegal content. Name and e-mail may be empty for child abuse (Art 16(2)(c))."""

    text: str
    links: tuple[str, ...] = ()
    name: str = ""
    email: str = ""
    category: str = ""
    """``STATEMENT_CATEGORY_…`` of the EU's list."""
    good_faith: bool = False
    language: str = ""
    canary: str = ""


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """A letter on paper or a call, typed in by staff; or an order that an authority uploaded.

    ``channel``: letter, phone or portal.
    """

    channel: str
    subject: str
    text: str
    name: str = ""
    email: str = ""
    received: int | None = None
    attachments: Sequence[Attachment] = ()


class Refused(Exception):
    """What was written cannot be taken; the text says why, in one sentence."""


async def notice(app: App, given: Notice) -> Delivered:
    """File a notice of the public form. Raises Refused."""
    if not given.text.strip() and not given.links:
        raise Refused("say what it is about, and where it is")
    message = _letter(app, given.name, given.email, "Notice (Article 16 DSA)", box="notices")
    if given.canary:
        message[CANARY] = given.canary
    if given.category:
        message["X-Petitbleu-Category"] = given.category
    said = [given.text.strip(), *given.links]
    if given.good_faith:
        said.append("The notifier declares in good faith that this is accurate and complete.")
    message.set_content("\n\n".join(said) + "\n")
    now = int(app.clock.now())
    return await service.deliver(app, message.as_bytes(), channel="form", received=now)


async def typed(app: App, given: Typed) -> Delivered:
    """File a letter on paper, a call, or an upload. Raises Refused."""
    if given.channel not in ("letter", "phone", "portal"):
        raise Refused(f"“{given.channel}” is no way by which something arrives")
    if not given.text.strip() and not given.attachments:
        raise Refused("there is neither text nor a file")
    message = _letter(app, given.name, given.email, given.subject, box="legal")
    message.set_content(given.text + "\n")
    for name, media_type, data in given.attachments:
        main, _, sub = media_type.partition("/")
        message.add_attachment(data, maintype=main or "application", subtype=sub, filename=name)
    received = given.received if given.received is not None else int(app.clock.now())
    return await service.deliver(app, message.as_bytes(), channel=given.channel, received=received)


def _letter(app: App, name: str, email: str, subject: str, *, box: str) -> EmailMessage:
    message = EmailMessage()
    try:
        if email:
            message["From"] = Address(" ".join(name.split()), addr_spec=email.strip())
        message["To"] = Address(addr_spec=f"{box}@petitbleu.invalid")
        message["Subject"] = " ".join(subject.split())[:300]
    except (ValueError, IndexError):
        raise Refused(f"“{email[:200]}” is no e-mail address") from None
    message["Date"] = formatdate(app.clock.now())
    return message
