"""Registered post and telephone calls that staff type in, orders that authorities upload: made a
letter, so that they take the one path. Their sender counts as not authenticated.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from typing import ClassVar

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.letters.service import Attachment
from petitbleu.desk.intake import delivering, particulars
from petitbleu.desk.intake.filing import Delivered
from petitbleu.desk.intake.particulars import Particulars
from petitbleu.refusals import Refusal, Sentences


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """A letter on paper or a call, typed in by staff; or an order that an authority uploaded.

    ``channel``: letter, phone or portal. ``authority`` is a domain of the directory, as whoever
    typed it read the letterhead: that is no authentication. ``receipt``: send one to ``email``.
    """

    channel: str
    subject: str
    text: str
    name: str = ""
    email: str = ""
    received: int | None = None
    attachments: Sequence[Attachment] = ()
    by: str = ""
    """Who typed it (``staff:7``); empty: nobody of the desk."""
    authority: str = ""
    language: str = ""
    receipt: bool = False


class Refused(Refusal):
    """What was written cannot be taken; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.typed")


async def typed(app: App, given: Typed) -> Delivered:
    """File a letter on paper, a call, or an upload. Raises Refused."""
    if given.channel not in ("letter", "phone", "portal"):
        raise Refused("channel", channel=given.channel)
    if not given.text.strip() and not given.attachments:
        raise Refused("empty")
    message = _letter(app, given)
    message.set_content(given.text + "\n")
    for name, media_type, data in given.attachments:
        main, _, sub = media_type.partition("/")
        message.add_attachment(data, maintype=main or "application", subtype=sub, filename=name)
    received = given.received if given.received is not None else int(app.clock.now())
    return await delivering.deliver(
        app, message.as_bytes(), channel=given.channel, received=received
    )


def _letter(app: App, given: Typed) -> EmailMessage:
    message = EmailMessage()
    try:
        if given.email:
            name = " ".join(given.name.split())
            message["From"] = Address(name, addr_spec=given.email.strip())
        message["Subject"] = " ".join(given.subject.split())[:300]
    except (ValueError, IndexError):
        raise Refused("email", email=given.email[:200]) from None
    message["Date"] = formatdate(app.clock.now())
    if given.by:
        message[particulars.HEADER] = particulars.write(
            Particulars(given.by, given.authority, given.language, given.receipt)
        )
    return message
