"""What is counted: plain facts of one period, whatever rooms they come from.

Every fact names its case, so that each number of a report can be traced to the cases behind it.
Times are Unix seconds.
"""

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """Category and keyword of Annex I; empty where nobody said one. ``other`` describes
    ``KEYWORD_OTHER``.
    """

    category: str = ""
    keyword: str = ""
    other: str = ""


class Order(NamedTuple):
    """An order that was received: to act (DSA 9, terrorist content, national removal requests) or
    to provide information (DSA 10, production orders, requisitions).
    """

    case: int
    acting: bool
    topic: Topic
    country: str
    """Of the ordering authority, upper case; empty where it is not recorded."""
    items: int
    received: int
    acknowledged: int | None
    effect: int | None


class Notice(NamedTuple):
    """A notice of Article 16, with what came of it."""

    case: int
    topic: Topic
    trusted: bool
    items: int
    received: int
    acted: int | None
    """When a measure was taken on it; None where none was."""
    by_law: int
    by_terms: int
    automated: bool
    """Processed by automated means alone."""
    times: int = 1
    """Reports of several people about one thing that were joined in the case."""


class Measure(NamedTuple):
    """A decision that restricts something."""

    case: int
    topic: Topic
    by_law: bool
    own: bool
    """Taken without an order or a notice of Article 16 before it."""
    restrictions: tuple[str, ...]
    """Columns of parts 5 and 6, e.g. ``Visibility restriction Removal``."""
    detected: bool
    """Found by automated means alone."""
    automated: bool
    """Decided by automated means alone."""


class Complaint(NamedTuple):
    """An internal complaint (Article 20)."""

    case: int
    about: str
    """visibility, service, account, money, notice or trusted_notice; empty: what has no row of its
    own (that notices or complaints are not worked for a time), and counts in the total."""
    outcome: str
    """upheld, partly, reversed, omitted; empty while it is open."""
    filed: int
    told: int | None
    restricted: bool
    """A restriction was newly imposed because of it."""


class Dispute(NamedTuple):
    """A dispute before an out-of-court body (Article 21)."""

    case: int
    outcome: str
    begun: int
    ended: int | None
    implemented: bool | None


class Suspension(NamedTuple):
    """A suspension for misuse (Article 23): ``why`` is content, notices or complaints."""

    case: int
    why: str


class Active(NamedTuple):
    """How many accounts of a country were active in a month (YYYYMM), or how many people without
    one read its public pages, at most."""

    month: int
    country: str
    accounts: int


class Facts(NamedTuple):
    """All of a period."""

    orders: tuple[Order, ...] = ()
    notices: tuple[Notice, ...] = ()
    measures: tuple[Measure, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    active: tuple[Active, ...] = ()
