"""What a letter is once it has been read: plain values, all of them bounded."""

from __future__ import annotations

import msgspec

TEXT_MAX = 200_000
"""Characters of a letter's own text (and of what its attachments say); more is cut, with a
warning."""


class Attachment(msgspec.Struct, frozen=True):
    """One attachment: its name as written (cleaned), its type by content, and what became of it.

    Verdicts are listed in ``docs/desk/codes.md``.
    """

    name: str
    type: str
    verdict: str
    size: int = 0
    sha256: str = ""
    inside: tuple[str, ...] = ()
    """Names in an archive, as far as they were listed."""


class Authentication(msgspec.Struct, frozen=True):
    """What the operator's own mail server found out about the sender (RFC 8601).

    ``spf``, ``dkim``, ``dmarc``: results in lower case (``pass``, ``fail``, ``none``, …), empty
    where the server said nothing. Domains are those that the results speak of.
    """

    spf: str = ""
    spf_domain: str = ""
    dkim: str = ""
    dkim_domains: tuple[str, ...] = ()
    dmarc: str = ""
    dmarc_domain: str = ""


class Mailroom(msgspec.Struct, frozen=True):
    """What reading must know of the operator's mail server.

    ``hosts``: names that stand after ``by`` in Received headers of our own; ``authserv``: the name
    at the head of its Authentication-Results. All in lower case.
    """

    hosts: tuple[str, ...] = ()
    authserv: str = ""


class Letter(msgspec.Struct, frozen=True):
    """A letter. Every string is clean text: no NUL, no surrogates, no direction marks."""

    subject: str = ""
    sender: str = ""
    """Address in the From header, lower case."""
    sender_name: str = ""
    return_path: str | None = None
    """Address mail to the sender bounces to; empty for mail that must not bounce, None unknown."""
    reply_to: str = ""
    to: tuple[str, ...] = ()
    """Addresses in To, Cc and the headers of delivery, lower case."""
    message_id: str = ""
    references: tuple[str, ...] = ()
    """Message-IDs this letter answers, the nearest first."""
    received: int | None = None
    """When the operator's own mail server took it (Unix seconds)."""
    authentication: Authentication | None = None
    """None: the own mail server said nothing."""
    text: str = ""
    """What the sender wrote: without what is quoted below it."""
    quoted: str = ""
    attached: str = ""
    """Text read out of attachments."""
    attachments: tuple[Attachment, ...] = ()
    automatic: str = ""
    """Why no machine may answer it (RFC 3834): the header that says so; empty: one may."""
    bulk: tuple[str, ...] = ()
    """Headers of a mailing list or newsletter that it carries."""
    canary: str = ""
    """The mark of our own canary, as written."""
    warnings: tuple[str, ...] = ()
    returned: str = ""
    """Message-ID of the letter that a notification of failure (RFC 3464) says did not arrive."""
    returned_why: str = ""
    """The recipient and the status that it gives."""

    @property
    def domain(self) -> str:
        """The domain of the sender's address."""
        return self.sender.rpartition("@")[2]
