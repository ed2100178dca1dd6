"""SQL of the update counters and the event log."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class State(NamedTuple):
    """An account's counters. ``top_id``: the newest message id given out in its box."""

    pts: int
    pruned: int
    top_id: int


class LoggedEvent(NamedTuple):
    """One row of ``event_log``."""

    pts: int
    count: int  # type: ignore[assignment]  # tuple has a method of this name
    kind: str
    at: int
    data: bytes


class GroupCopy(NamedTuple):
    """A message of a basic group in its owner's box: an event that ``event_log`` does not hold."""

    pts: int
    id: int
    at: int


class StateEvent(NamedTuple):
    """One row of ``state_event``."""

    kind: str
    at: int
    data: bytes


class OwnersState(NamedTuple):
    """One row of ``state_event``, of several owners."""

    owner: int
    kind: str
    at: int
    data: bytes


class AuthCounters(NamedTuple):
    """Counters of one authorization."""

    qts: int
    seq: int


class OwnerPts(NamedTuple):
    """Where an account's counter stands."""

    owner: int
    pts: int


class Unread(NamedTuple):
    """How many incoming messages wait."""

    unread: int


STATE = query("select pts, pruned, top_id from account_state where owner = :owner", State)
AUTH_COUNTERS = query("select qts, seq from auth_state where auth = :auth", AuthCounters)
UNREAD = query(
    "select cast(coalesce(sum(unread), 0) as bigint) as unread from dialog where owner = :owner",
    Unread,
)
SINCE = query(
    "select pts, count, kind, at, data from event_log"
    " where owner = :owner and pts > :after and pts <= :upto order by pts limit :limit",
    LoggedEvent,
)
OF_KIND = query(
    "select pts, count, kind, at, data from event_log"
    " where owner = :owner and pts > :after and pts <= :upto and kind = :kind order by pts",
    LoggedEvent,
)
# The message with which a box goes on after a slice, but for copies of group messages: ids grow
# with pts.
NEXT_MESSAGE = query(
    "select pts, count, kind, at, data from event_log where owner = :owner and pts > :after"
    " and pts <= :upto and kind = 'message.new' order by pts limit 1",
    LoggedEvent,
)
# Ids and pts of a box rise together, so the search begins after the newest message that is known
# already. It goes back over the messages that came since and stops there.
_OLD = "(select logged_id from account_state where owner = :owner)"
GROUP_COPIES_SINCE = query(
    "select x.pts, x.id, b.date as at from box x"
    " join body b on b.author = x.author and b.id = x.body"
    " where x.owner = :owner and x.peer < 0 and x.pts > :after and x.pts <= :upto"
    " and x.id > coalesce((select o.id from box o where o.owner = :owner and o.pts <= :after"
    f" and o.id > {_OLD} order by o.id desc limit 1), {_OLD}) order by x.id limit :limit",
    GroupCopy,
)
STATE_SINCE = query(
    "select kind, at, data from state_event where owner = :owner and at >= :since"
    " order by at limit :limit",
    StateEvent,
)
STATES_SINCE = query(
    "select owner, kind, at, data from state_event where owner in (:owners) and at >= :since"
    " order by at",
    OwnersState,
)
# The newest event of each channel is the one with its counter (or it was pruned long ago).
CHANGED_CHANNELS = query(
    "select s.owner, s.pts from member m join account_state s on s.owner = m.chat"
    " join event_log e on e.owner = s.owner and e.pts = s.pts"
    " where m.account = :account and m.role > 0 and m.chat < 0 and e.at >= :since limit :limit",
    OwnerPts,
)
COUNTERS = query("select owner, pts from account_state where owner in (:owners)", OwnerPts)
SEEN = query(
    "insert into auth_state (auth, seen_pts) values (:auth, :pts)"
    " on conflict (auth) do update set seen_pts = excluded.seen_pts"
    " where auth_state.seen_pts < excluded.seen_pts"
)
OWNERS_TO_PRUNE = query(
    "select owner, max(pts) as pts from"
    " (select owner, pts from event_log where at < :before order by at limit :events) as oldest"
    " group by owner",
    OwnerPts,
)
LONG_LOGS = query(
    "select owner, pts from account_state where pts - pruned > :events limit :limit", OwnerPts
)
PRUNE = query("delete from event_log where owner = :owner and pts <= :upto")
MARK_PRUNED = query(
    "update account_state set pruned = :upto where owner = :owner and pruned < :upto"
)
PRUNE_STATE = query("delete from state_event where at < :before")
