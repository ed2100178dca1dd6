"""SQL of ``channel_page``, ``page_alt``, ``page_domain``, ``page_identity``, ``page_part`` and
``page_purge``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query

OFF, ON, WAITING = 0, 1, 2
"""``channel_page.shown``: nobody sees it, everybody may, it waits for the operator."""


class PageRow(NamedTuple):
    """What of a channel is on the web. ``since`` is Unix seconds."""

    chat: int
    shown: int
    since: int
    switches: bytes
    approved: int
    """1: the operator agreed to it."""


class PurgeRow(NamedTuple):
    """What a cache was told of a channel's pages. ``at`` is Unix seconds."""

    chat: int
    version: bytes
    name: str
    at: int
    failed: int


class PartRow(NamedTuple):
    """When the posts of a part of a channel last changed: Unix seconds."""

    chat: int
    part: int
    changed: int


class Followed(NamedTuple):
    """Up to which pts of a channel ``page_part`` is right; 0: it was never read."""

    chat: int
    followed: int


class AltRow(NamedTuple):
    """What is to be seen in a picture."""

    chat: int
    message: int
    described: str


class IdentityRow(NamedTuple):
    """What a channel shows itself as."""

    identity: bytes


class DomainRow(NamedTuple):
    """The domain that a channel asks for or has. Times are Unix seconds, 0: not yet."""

    chat: int
    domain: str
    token: str
    asked_at: int
    verified_at: int
    by_file: int
    """1: a file proved it, not a DNS record."""
    checked_at: int
    failures: int
    """In a row, since it was verified."""


_COLUMNS = "chat, shown, since, switches, approved"

GET = query(f"select {_COLUMNS} from channel_page where chat = :chat", PageRow)
SHOWN = query(
    f"select {_COLUMNS} from channel_page where shown = 1 order by since, chat limit :limit",
    PageRow,
)
PUT = query(
    f"insert into channel_page ({_COLUMNS}) values (:chat, :shown, :since, :switches, :approved)"
    " on conflict (chat) do update set shown = excluded.shown, since = excluded.since,"
    " switches = excluded.switches, approved = excluded.approved",
    stamps=(("pages", "chat"),),
)
WAIT = query(
    f"select {_COLUMNS} from channel_page where shown = 2 order by since, chat limit :limit",
    PageRow,
)

PURGES = query("select chat, version, name, at, failed from page_purge", PurgeRow)
PURGED = query(
    "insert into page_purge (chat, version, name, at, failed)"
    " values (:chat, :version, :name, :at, 0) on conflict (chat) do update set"
    " version = excluded.version, name = excluded.name, at = excluded.at, failed = 0"
)
NOT_PURGED = query("update page_purge set failed = 1 where chat = :chat")

PARTS = query("select chat, part, changed from page_part where chat in (:chats)", PartRow)
PUT_PART = query(
    "insert into page_part (chat, part, changed) values (:chat, :part, :changed)"
    " on conflict (chat, part) do update"
    " set changed = greatest(page_part.changed, excluded.changed)"
)
FOLLOWED = query("select chat, followed from channel_page where chat in (:chats)", Followed)
SET_FOLLOWED = query(
    "update channel_page set followed = :followed where chat = :chat and followed < :followed",
    stamps=(("pages", "chat"),),
)

ALTS = query(
    "select chat, message, described from page_alt where chat in (:chats)"
    " and message in (:messages)",
    AltRow,
)
PUT_ALT = query(
    "insert into page_alt (chat, message, described) values (:chat, :message, :described)"
    " on conflict (chat, message) do update set described = excluded.described",
    stamps=(("pages", "chat"),),
)
DROP_ALTS = query(
    "delete from page_alt where chat = :chat and message in (:messages)",
    stamps=(("pages", "chat"),),
)

IDENTITY = query("select identity from page_identity where chat = :chat", IdentityRow)
PUT_IDENTITY = query(
    "insert into page_identity (chat, identity) values (:chat, :identity)"
    " on conflict (chat) do update set identity = excluded.identity",
    stamps=(("page_identities", "chat"),),
)

_DOMAIN_STAMPS = (("page_domains", "chat"), ("page_hosts",))
"""Which host is whose is remembered by hosts, of which a write names but the new one."""
_DOMAIN = "chat, domain, token, asked_at, verified_at, by_file, checked_at, failures"
DOMAIN_OF = query(f"select {_DOMAIN} from page_domain where chat = :chat", DomainRow)
ON_DOMAIN = query(
    f"select {_DOMAIN} from page_domain where domain = :domain and verified_at > 0", DomainRow
)
DOMAINS = query(
    f"select {_DOMAIN} from page_domain where verified_at > 0 order by checked_at, chat"
    " limit :limit",
    DomainRow,
)
PUT_DOMAIN = query(
    f"insert into page_domain ({_DOMAIN}) values (:chat, :domain, :token, :asked_at, :verified_at,"
    " :by_file, :checked_at, :failures) on conflict (chat) do update set domain = excluded.domain,"
    " token = excluded.token, asked_at = excluded.asked_at, verified_at = excluded.verified_at,"
    " by_file = excluded.by_file, checked_at = excluded.checked_at, failures = excluded.failures",
    stamps=_DOMAIN_STAMPS,
)
DROP_DOMAIN = query("delete from page_domain where chat = :chat", stamps=_DOMAIN_STAMPS)
