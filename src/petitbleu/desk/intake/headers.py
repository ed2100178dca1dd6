"""Headers of a letter: decoding without ever failing, and which of them are to be believed.

Everything below the Received header that the operator's own mail server added was written by
strangers. So the time of receipt is taken from that header and results of SPF, DKIM and DMARC only
from an Authentication-Results header above it that carries the server's own name (RFC 8601 §5).
"""

from __future__ import annotations

import email.header
import email.utils
import re
from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.desk.intake.letter import Authentication, Mailroom

VALUE_MAX = 8192
"""Characters of one header that are looked at."""

_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_MISLEADING = re.compile(
    "[\u202d\u202e\U000e0000-\U000e007f]"
    "|(?:://|@)[^\\s\u200b-\u200d\u2060\ufeff]{1,300}[\u200b-\u200d\u2060\ufeff]+[\\w/]"
)
_SPACE = re.compile(r"\s+")
_BY = re.compile(r"(?:^|[\s)])by\s+([A-Za-z0-9._-]{1,255})", re.I)
_LOCAL = re.compile(r"\bwith\s+[a-z-]*LMTP|\[(?:127\.[0-9.]{5,11}|(?:IPv6:)?::1)\]", re.I)
_COMMENT = re.compile(r"\([^()]{0,500}\)")
_RESULT = re.compile(r"\s*([a-z0-9-]{1,40})\s*=\s*([a-z]{1,20})", re.I)
_PROPERTY = re.compile(
    r"\b(smtp\.mailfrom|smtp\.helo|header\.d|header\.i|header\.from)=(\S+)", re.I
)
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,400})>")


class Header(NamedTuple):
    """One header field: its name in lower case and its unfolded raw value."""

    name: str
    value: str


def clean(text: str) -> str:
    """``text`` without characters that deceive the eye or break a database."""
    return _HIDDEN.sub("", text)


def hides(text: str) -> bool:
    """Whether characters stand in it that change how the rest is read."""
    return (
        re.search("[\u202a-\u202e\u2066-\u2069\u200b\u2060\U000e0000-\U000e007f]", text) is not None
    )


def misleads(text: str) -> bool:
    """Whether a running text turns itself round, or hides signs in a link or a name: some scripts
    and mail programs need such signs elsewhere."""
    return _MISLEADING.search(text) is not None


def raw_text(value: object) -> str:
    """A header's raw value as text: eight-bit bytes are UTF-8 where they can be, else Latin-1."""
    plain = str(value)[:VALUE_MAX]
    try:
        plain.encode("ascii")
    except UnicodeEncodeError:
        data = plain.encode("utf-8", "surrogateescape")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode("latin-1")
    return plain


def decoded(value: object) -> str:
    """A header as people read it: encoded words decoded, white space folded, cleaned."""
    return clean(as_sent(value)).strip()


def as_sent(value: object) -> str:
    """A header with its encoded words decoded and its white space folded, nothing taken out."""
    written = _SPACE.sub(" ", raw_text(value))
    try:
        parts = email.header.decode_header(written)
    except Exception:  # a broken encoded word, of whatever kind: shown as it is
        return written
    out = []
    for part, charset in parts:
        if isinstance(part, str):
            out.append(part)
        else:
            out.append(text_of(part, charset or "utf-8"))
    return _SPACE.sub(" ", "".join(out))


def text_of(data: bytes, charset: str) -> str:
    """Bytes as text in ``charset``, else in UTF-8, else in Windows-1252; never fails."""
    for name in (charset, "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, ValueError):  # no such charset, NUL in its name, not in it
            continue
    return data.decode("cp1252", "replace")


def addresses(values: Sequence[str]) -> list[tuple[str, str]]:
    """(name, address in lower case) of address headers, at most 100."""
    parsed = []
    for value in values:
        try:
            pairs = email.utils.getaddresses([_SPACE.sub(" ", raw_text(value))])
        except Exception:  # the library trips over some hostile lists
            pairs = []
        for name, address in pairs[:100]:
            plain = clean(address).strip().lower()[:320]
            if "@" in plain and " " not in plain:
                parsed.append((decoded(name)[:200], plain))
    return parsed[:100]


def message_ids(value: str) -> list[str]:
    """Message-IDs in a header, without brackets."""
    return [clean(message_id) for message_id in _MESSAGE_ID.findall(value)][:100]


def moment(text: str) -> int | None:
    """A date of RFC 5322 as Unix seconds; None where it is none."""
    try:
        when = email.utils.parsedate_to_datetime(text.strip()[:100])
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    try:
        return int(when.timestamp()) if when.tzinfo else None
    except (OverflowError, ValueError, OSError):
        return None


class Trusted(NamedTuple):
    """What the own mail server wrote at the top of a letter."""

    received: int | None
    authentication: Authentication | None
    warnings: list[str]


def trusted(headers: Sequence[Header], room: Mailroom) -> Trusted:
    """Time of receipt and results, from the headers above our own Received header alone."""
    warnings: list[str] = []
    received = None
    border = 0  # headers before this one are ours
    for index, header in enumerate(headers):
        if header.name != "received":
            continue
        if not _ours(header.value, room):
            if border:
                break
            continue
        border = index
        if received is None:
            received = moment(header.value.rpartition(";")[2])
        if not _LOCAL.search(header.value):
            break  # it came from outside here: what follows was brought along
    results = []
    for index, header in enumerate(headers):
        if header.name != "authentication-results" or not room.authserv:
            continue
        name, _, rest = _COMMENT.sub(" ", raw_text(header.value)).partition(";")
        words = name.split()
        if not words or words[0].lower().rstrip(".") != room.authserv:
            continue
        if index < border:
            results.append(rest)
        else:
            warnings.append("forged_authentication_results")
    return Trusted(received, _results(results) if results else None, warnings)


def _ours(value: str, room: Mailroom) -> bool:
    match = _BY.search(_COMMENT.sub(" ", value))
    if match is None:
        return False
    host = match[1].lower().rstrip(".")
    names = [*room.hosts, room.authserv]
    return any(host == name or host.endswith("." + name) for name in names if name)


def _results(values: Sequence[str]) -> Authentication:
    results: dict[str, list[tuple[str, dict[str, str]]]] = {"spf": [], "dkim": [], "dmarc": []}
    for part in ";".join(values).split(";"):
        match = _RESULT.match(part)
        if match and match[1].lower() in results:
            props = {name.lower(): _domain(value) for name, value in _PROPERTY.findall(part)}
            results[match[1].lower()].append((match[2].lower(), props))
    spf = (results["spf"] or [("", {})])[0]
    # Several signatures: one that passes is enough, and only those that pass name a domain.
    dkim = next(
        (domain for domain in results["dkim"] if domain[0] == "pass"),
        (results["dkim"] or [("", {})])[0],
    )
    dmarc = (results["dmarc"] or [("", {})])[0]
    signed = [
        props.get("header.d") or props.get("header.i", "")
        for result, props in results["dkim"]
        if result == "pass"
    ]
    return Authentication(
        spf=spf[0],
        spf_domain=spf[1].get("smtp.mailfrom") or spf[1].get("smtp.helo", ""),
        dkim=dkim[0],
        dkim_domains=tuple(name for name in signed if name),
        dmarc=dmarc[0],
        dmarc_domain=dmarc[1].get("header.from", ""),
    )


def _domain(value: str) -> str:
    return clean(value).strip("\"'<>;,").rpartition("@")[2].lower().rstrip(".")
