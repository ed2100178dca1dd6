"""SQL of ``push_subscription`` and ``push_notice``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class SubscriptionRow(NamedTuple):
    """A browser that gets notices, and the language of its page."""

    account: int
    endpoint: str
    auth: int
    p256dh: bytes
    secret: bytes
    quiet_from: int
    quiet_until: int
    zone: str
    with_text: int
    failing_since: int
    lang: str


class Account(NamedTuple):
    """Somebody with such a browser."""

    account: int


class Shown(NamedTuple):
    """A chat whose notice is shown."""

    account: int
    peer: int


class Count(NamedTuple):
    """A number of browsers."""

    n: int


# Whoever is signed in by another account there, or by none, is told nothing.
_LIVING = (
    "select s.account, s.endpoint, s.auth, s.p256dh, s.secret, s.quiet_from, s.quiet_until, s.zone,"
    " s.with_text, s.failing_since, a.lang"
    " from push_subscription s join auth a on a.id = s.auth and a.account = s.account"
)
OF_ACCOUNT = query(f"{_LIVING} where s.account = :account order by s.endpoint", SubscriptionRow)
ONE = query(f"{_LIVING} where s.account = :account and s.endpoint = :endpoint", SubscriptionRow)
COUNT = query("select count(*) as n from push_subscription where account = :account", Count)
ACCOUNTS = query("select distinct account from push_subscription", Account)
TAKE_OVER = query(
    "delete from push_subscription where endpoint = :endpoint and account <> :account"
)
PUT = query(
    "insert into push_subscription (account, endpoint, auth, p256dh, secret, quiet_from,"
    " quiet_until, zone, with_text, at) values (:account, :endpoint, :auth, :p256dh, :secret,"
    " :quiet_from, :quiet_until, :zone, :with_text, :at)"
    " on conflict (account, endpoint) do update set auth = excluded.auth,"
    " p256dh = excluded.p256dh, secret = excluded.secret, quiet_from = excluded.quiet_from,"
    " quiet_until = excluded.quiet_until, zone = excluded.zone, with_text = excluded.with_text,"
    " failing_since = 0, at = excluded.at",
    stamps=(("push", "account"),),
)
DROP = query("delete from push_subscription where account = :account and endpoint = :endpoint")
DROP_OF_AUTH = query("delete from push_subscription where auth = :auth")
DROP_OF_ACCOUNT = query("delete from push_subscription where account = :account")
FAILED = query(
    "update push_subscription set failing_since = :since"
    " where account = :account and endpoint = :endpoint"
)

SHOW = query(
    "insert into push_notice (account, peer, upto, at) values (:account, :peer, :upto, :at)"
    " on conflict (account, peer) do update set upto = excluded.upto, at = excluded.at",
    stamps=(("push_shown", "account", "peer"),),
)
ALL_SHOWN = query("select account, peer from push_notice", Shown)
CLOSE = query("delete from push_notice where account = :account and peer = :peer and upto <= :upto")
FORGET_SHOWN = query("delete from push_notice where at < :before")
