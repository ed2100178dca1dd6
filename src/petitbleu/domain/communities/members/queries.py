"""SQL of ``member``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class MemberRow(NamedTuple):
    """How somebody stands to a chat. Times are Unix seconds."""

    chat: int
    account: int
    role: int
    """-1 kept out, 0 not in it, 1 member, 2 admin, 3 creator."""
    rights: int
    """Of an admin: bits of chatAdminRights."""
    banned: int
    """Restrictions: bits of chatBannedRights."""
    until: int
    """When restriction or ban end; 0: never."""
    rank: str
    inviter: int
    changed_by: int
    changed_at: int
    joined_at: int
    min_id: int
    """Messages up to this id are hidden from the member."""
    slow_at: int
    via: int
    send_as: int


class Id(NamedTuple):
    """A message id."""

    id: int


class Account(NamedTuple):
    """A member's account."""

    account: int


class Chat(NamedTuple):
    """A chat."""

    chat: int


class Counts(NamedTuple):
    """How many of each there are."""

    admins: int
    out: int
    restricted: int


class Count(NamedTuple):
    """A number of rows."""

    n: int


_COLUMNS = (
    "chat, account, role, rights, banned, until, rank, inviter, changed_by, changed_at, joined_at,"
    " min_id, slow_at, via, send_as"
)

ONE = query(f"select {_COLUMNS} from member where chat = :chat and account = :account", MemberRow)
OF_ACCOUNTS = query(
    f"select {_COLUMNS} from member where chat = :chat and account in (:accounts)", MemberRow
)
OF_CHATS = query(
    f"select {_COLUMNS} from member where account = :account and chat in (:chats)", MemberRow
)
ALL = query(f"select {_COLUMNS} from member where chat = :chat order by account", MemberRow)
INSIDE = query(
    "select account from member where chat = :chat and role > 0 order by account", Account
)
CHATS_OF = query(
    "select chat from member where account = :account and role > 0 order by chat desc", Chat
)
LEFT = query(
    "select chat from member where account = :account and role = 0 and joined_at > 0"
    " and chat < :below"
    " order by chat desc limit :limit offset :skip",
    Chat,
)
COMMON = query(
    "select m.chat from member m join member o on o.chat = m.chat and o.account = :other"
    " and o.role > 0 where m.account = :account and m.role > 0 order by m.chat desc",
    Chat,
)
RECENT = query(
    f"select {_COLUMNS} from member where chat = :chat and role > 0"
    " order by joined_at desc, account limit :limit offset :skip",
    MemberRow,
)
ADMINS = query(
    f"select {_COLUMNS} from member where chat = :chat and role > 1 order by account", MemberRow
)
KEPT_OUT = query(
    f"select {_COLUMNS} from member where chat = :chat and role < 0 order by account"
    " limit :limit offset :skip",
    MemberRow,
)
RESTRICTED = query(
    f"select {_COLUMNS} from member where chat = :chat and banned <> 0 and role >= 0"
    " order by account limit :limit offset :skip",
    MemberRow,
)
# Who is in it longest: few rows of the index of the newest, from its other end.
OLDEST = query(
    f"select {_COLUMNS} from member where chat = :chat and role > 0"
    " order by joined_at, account limit :limit",
    MemberRow,
)
OVER = query(
    f"select {_COLUMNS} from member where until > 0 and until <= :now order by until limit :limit",
    MemberRow,
)
COUNTS = query(
    "select (select count(*) from member where chat = :chat and role > 1) as admins,"
    " (select count(*) from member where chat = :chat and role < 0) as out,"
    " (select count(*) from member where chat = :chat and banned <> 0 and role >= 0) as restricted",
    Counts,
)
PUT = query(
    "insert into member (chat, account, role, rights, banned, until, rank, inviter, changed_by,"
    " changed_at, joined_at, min_id, slow_at, via, send_as) values (:chat, :account, :role,"
    " :rights, :banned, :until, :rank, :inviter, :changed_by, :changed_at, :joined_at, :min_id,"
    " :slow_at, :via, :send_as)"
    " on conflict (chat, account) do update set role = excluded.role, rights = excluded.rights,"
    " banned = excluded.banned, until = excluded.until, rank = excluded.rank,"
    " inviter = excluded.inviter, changed_by = excluded.changed_by,"
    " changed_at = excluded.changed_at, joined_at = excluded.joined_at,"
    " min_id = excluded.min_id, slow_at = excluded.slow_at, via = excluded.via,"
    " send_as = excluded.send_as",
    stamps=(("members", "chat", "account"),),
)
TAKE_TURN = query(
    "update member set slow_at = :now where chat = :chat and account = :account"
    " and slow_at <= :before",
    stamps=(("members", "chat", "account"),),
)
HIDE_UPTO = query(
    "update member set min_id = :upto where chat = :chat and account = :account and role > 0"
    " and min_id < :upto",
    stamps=(("members", "chat", "account"),),
)
DROP = query(
    "delete from member where chat = :chat and account = :account",
    stamps=(("members", "chat", "account"),),
)
