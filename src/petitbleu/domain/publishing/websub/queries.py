"""SQL of ``websub_request`` and ``websub_subscription``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class RequestRow(NamedTuple):
    """What somebody asked for at an address that was not asked back yet. Times are Unix seconds."""

    id: str
    mode: str
    chat: int
    form: str
    topic: str
    callback: str
    host: str
    secret: bytes | None
    lease: int
    at: int
    due: int
    tries: int
    site: str
    """What somebody registered to have the host (``networks.site``)."""
    asker: str
    """A keyed hash of the network that the request came from."""


class SubscriptionRow(NamedTuple):
    """Where a feed is sent to. Times are Unix seconds; ``due`` None: nothing has changed."""

    id: str
    chat: int
    form: str
    topic: str
    callback: str
    host: str
    secret: bytes | None
    until: int
    version: bytes
    told: str
    due: int | None
    tries: int
    site: str


class Seen(NamedTuple):
    """A channel, and the version of it that subscriptions have seen."""

    chat: int
    version: bytes


class Moment(NamedTuple):
    """Unix seconds; None: never."""

    at: int | None


class Count(NamedTuple):
    """A number of rows."""

    n: int


_REQUEST = "id, mode, chat, form, topic, callback, host, secret, lease, at, due, tries, site, asker"
_SUBSCRIPTION = (
    "id, chat, form, topic, callback, host, secret, until, version, told, due, tries, site"
)

# ── requests ────────────────────────────────────────────────────────────────────────────────────

ASK = query(
    f"insert into websub_request ({_REQUEST}) values (:id, :mode, :chat, :form, :topic, :callback,"
    " :host, :secret, :lease, :at, :due, 0, :site, :asker) on conflict (id) do update set"
    " mode = excluded.mode, secret = excluded.secret, lease = excluded.lease, at = excluded.at,"
    " due = excluded.due, tries = 0, site = excluded.site, asker = excluded.asker"
)
# A few of each site, those first that have not failed: nobody waits behind the crowd of another.
ASKED = query(
    f"select {_REQUEST} from (select {_REQUEST}, row_number() over (partition by site order by due)"
    " as place from websub_request where due <= :now) as due_ones where place <= :each"
    " order by tries, due limit :limit",
    RequestRow,
)
# A second request for the same may come while the first is being verified: it stays.
ANSWERED = query("delete from websub_request where id = :id and at = :at and mode = :mode")
ASK_AGAIN = query(
    "update websub_request set due = :due, tries = tries + 1 where id = :id and at = :at"
)
WAITING = query("select count(*) as n from websub_request where id <> :id", Count)
WAITING_FOR = {
    party: query(
        f"select count(*) as n from websub_request where {party} = :party and id <> :id", Count
    )
    for party in ("host", "site", "asker")
}

# ── subscriptions ───────────────────────────────────────────────────────────────────────────────

GET = query(f"select {_SUBSCRIPTION} from websub_subscription where id = :id", SubscriptionRow)
PUT = query(
    f"insert into websub_subscription ({_SUBSCRIPTION}, asker, network) values (:id, :chat, :form,"
    " :topic, :callback, :host, :secret, :until, :version, '', null, 0, :site, :asker, :network)"
    " on conflict (id) do update set chat = excluded.chat, secret = excluded.secret,"
    " until = excluded.until, tries = 0, site = excluded.site, asker = excluded.asker,"
    " network = excluded.network"
)
DROP = query("delete from websub_subscription where id = :id")
DROP_OVER = query("delete from websub_subscription where until <= :now")
ALL = query("select count(*) as n from websub_subscription where id <> :id", Count)
ALL_OF = {
    party: query(
        f"select count(*) as n from websub_subscription where {party} = :party and id <> :id", Count
    )
    for party in ("host", "site", "asker", "network")
}
SEEN = query("select distinct chat, version from websub_subscription", Seen)
CHANGED = query(
    "update websub_subscription set version = :version, due = :due, tries = 0"
    " where chat = :chat and version <> :version"
)
DUE = query(
    f"select {_SUBSCRIPTION} from (select {_SUBSCRIPTION}, row_number() over (partition by site"
    " order by due) as place from websub_subscription where due <= :now and until > :now)"
    " as due_ones where place <= :each order by tries, due limit :limit",
    SubscriptionRow,
)
# What changed while the feed was on its way is delivered next.
TOLD = query(
    "update websub_subscription set told = :told, tries = 0,"
    " due = case when version = :version then null else due end where id = :id"
)
AGAIN = query(
    "update websub_subscription set due = :due, tries = :tries"
    " where id = :id and version = :version"
)
NEXT = query(
    "select min(at) as at from (select min(due) as at from websub_request union all"
    " select min(due) as at from websub_subscription where due is not null and until > :now)"
    " as both_of_them",
    Moment,
)
