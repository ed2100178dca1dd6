"""The figures of a report: facts in, the eleven tables out. Pure; the same facts give the same.

What is counted how is said in ``docs/operate/transparency.md``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from petitbleu.desk.reference.law.template import (
    NOT_SPECIFIED_NOTICE,
    NOT_SPECIFIED_ORDER,
    OTHER_VIOLATION,
    PLATFORMS,
    STATES,
    TOTAL,
    Part,
    Template,
    between,
)
from petitbleu.desk.transparency import rows
from petitbleu.desk.transparency.facts import Active, Facts, Measure, Notice, Order
from petitbleu.desk.transparency.tables import (
    BLANK,
    Cell,
    Row,
    Table,
    count,
    lines,
    median,
)

Put = dict[str, Cell]
"""Column -> cell; what is not named stays blank."""


class Service(NamedTuple):
    """Whose report it is, and which duties it has."""

    provider: str
    name: str
    platform: bool = True
    """An online platform: public chats and channels are offered."""
    small: bool = False
    """A micro or small enterprise: Article 15(2) and 19 exempt it."""
    large: bool = False
    """A very large online platform (Article 33)."""
    publish_exempt: bool = False
    """Fill in what the service is exempt from all the same."""
    texts: Mapping[str, str] = {}
    """Free texts of part 11 by :data:`rows.TEXTS`."""

    def exempt(self, applicability: str) -> str:
        """Why rows of this applicability are left blank; empty where they are filled."""
        if applicability.startswith("Only for VLOP"):
            return "" if self.large else "large"
        if applicability == PLATFORMS and not self.platform:
            return "platform"
        if applicability == PLATFORMS and self.small and not self.publish_exempt:
            return "small"
        return ""


EXEMPT = {
    "small": "Not required: micro or small enterprise (Article 19 of Regulation (EU) 2022/2065)",
}
"""Reason -> what the contextual information says. That a service is no platform or not very large
shows from the applicability of the row."""


class Period(NamedTuple):
    """Both days are within."""

    first: datetime.date
    last: datetime.date

    def __str__(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


class Published(NamedTuple):
    """Dates that part 1 names."""

    on: datetime.date | None
    before: datetime.date | None


def tables(
    template: Template, service: Service, period: Period, published: Published, facts: Facts
) -> tuple[Table, ...]:
    """All eleven parts in order."""
    own = [measure for measure in facts.measures if measure.own]
    illegal = {key.category for key in template.part(5).keys}
    legal = [one for one in own if one.by_law and one.topic.category in illegal]
    # What part 5 has no category for is "other violation of the terms", which part 6 ends with.
    house = [one for one in own if not (one.by_law and one.topic.category in illegal)]
    parts: dict[int, list[Row]] = {
        1: _identification(template.part(1), service, period, published),
        2: _categories(template),
        3: _orders(template.part(3), service, period, facts.orders),
        4: _notices(template.part(4), service, period, facts.notices),
        5: _own(template.part(5), service, period, legal),
        6: _own(template.part(6), service, period, house),
        7: _listed(template.part(7), service, period, lambda key: rows.appeals(facts, key)),
        8: _listed(template.part(8), service, period, lambda key: rows.automation(facts, key)),
        9: _listed(template.part(9), service, period, lambda key: BLANK),
        10: _recipients(template.part(10), service, period, facts.active),
        11: _texts(template.part(11), service, period),
    }
    return tuple(
        Table(part.number, part.name, part.file, part.columns, tuple(parts[part.number]))
        for part in template.parts
    )


def _row(part: Part, put: Put) -> Row:
    unknown = put.keys() - set(part.columns)
    if unknown:
        raise KeyError(f"part {part.number} has no columns {sorted(unknown)}")
    return Row(tuple(put.get(column, BLANK) for column in part.columns))


def _head(part: Part, service: Service, period: Period, applicability: str) -> Put:
    head = {"Applicability": Cell(applicability), "Service": Cell(service.name)}
    if "Reporting period" in part.columns:
        head["Reporting period"] = Cell(str(period))
    return head


# ── parts 1 and 2 ───────────────────────────────────────────────────────────────────────────────


def _identification(
    part: Part, service: Service, period: Period, published: Published
) -> list[Row]:
    values = (
        service.provider,
        published.on.isoformat() if published.on else None,
        published.before.isoformat() if published.before else None,
        period.first.isoformat(),
        period.last.isoformat(),
    )
    return [
        _row(
            part,
            {
                "Applicability": Cell(row[0]),
                "Service": Cell(service.name),
                "Indicator": Cell(row[2]),
                "Value": Cell(value),
            },
        )
        for row, value in zip(part.rows, values, strict=True)
    ]


def _categories(template: Template) -> list[Row]:
    return [
        Row((Cell(category.label), Cell(category.description), Cell(category.key), BLANK))
        for category in template.categories
    ]


# ── parts 3 to 6: by category ───────────────────────────────────────────────────────────────────

_ORDER_COLUMNS: dict[str, Callable[[Sequence[Order]], Cell]] = {
    "Number of orders to act against illegal content received": lambda f: count(_acting(f)),
    "Number of specific items of information included in the total number of orders to act"
    " against illegal content": lambda f: count(_acting(f), lambda o: o.items),
    "Median time to inform the authority of the receipt of the order to act against illegal"
    " content": lambda f: median(_acting(f), lambda o: (o.received, o.acknowledged)),
    "Median time to give effect to the order to act against illegal content": lambda f: median(
        _acting(f), lambda o: (o.received, o.effect)
    ),
    "Number of orders to provide information": lambda f: count(_informing(f)),
    "Median time to inform the authority of the receipt of the order to provide"
    " information": lambda f: median(_informing(f), lambda o: (o.received, o.acknowledged)),
    "Median time to give effect to the order to provide information": lambda f: median(
        _informing(f), lambda o: (o.received, o.effect)
    ),
}


def _acting(facts: Sequence[Order]) -> list[Order]:
    return [order for order in facts if order.acting]


def _informing(facts: Sequence[Order]) -> list[Order]:
    return [order for order in facts if not order.acting]


def _orders(part: Part, service: Service, period: Period, facts: Sequence[Order]) -> list[Row]:
    states = sorted({order.country for order in facts if order.country})
    found: list[Row] = []
    for key, described, inside in lines(part.keys, facts, NOT_SPECIFIED_ORDER):
        for scope in (TOTAL, *states):
            scoped = [o for o in inside if scope in (TOTAL, o.country)]
            put = _head(part, service, period, part.applicability) | {
                part.key_column: Cell(key.text),
                'Description of the sub-category "Other"': Cell(described or None),
                "Scope": Cell(scope),
            }
            put |= {column: make(scoped) for column, make in _ORDER_COLUMNS.items()}
            stateless = [o for o in scoped if not o.country]
            if scope == TOTAL and stateless:
                put[
                    "Contextual information on number of orders to act against illegal content"
                    " received"
                ] = Cell(_stateless(len(stateless)))
            found.append(_row(part, put))
    return found


def _stateless(number: int) -> str:
    return f"The State of the authority is not recorded for {number} of these orders"


_NOTICE_COLUMNS: dict[str, Callable[[Sequence[Notice]], Cell]] = {
    "Number of notices received": lambda f: count(f, lambda n: n.times),
    "Number of notices received from Trusted flaggers": lambda f: count(
        _trusted(f), lambda n: n.times
    ),
    "Number of specific items of information included in the total number of notices": lambda f: (
        count(f, lambda n: n.items)
    ),
    "Number of specific items of information included in the total number of notices by"
    " Trusted Flaggers (Trusted Flagger notices)": lambda f: count(_trusted(f), lambda n: n.items),
    "Median time to take action": lambda f: median(f, lambda n: (n.received, n.acted)),
    "Median time to take action (Trusted Flagger notices)": lambda f: median(
        _trusted(f), lambda n: (n.received, n.acted)
    ),
    "Number of actions taken on the basis of the law": lambda f: count(f, lambda n: n.by_law),
    "Number of actions taken on the basis of the law (Trusted Flagger notices)": lambda f: count(
        _trusted(f), lambda n: n.by_law
    ),
    "Number of actions taken on the basis of the terms and conditions of the service": lambda f: (
        count(f, lambda n: n.by_terms)
    ),
    "Number of actions taken on the basis of the terms and conditions of the service (Trusted"
    " Flagger notices)": lambda f: count(_trusted(f), lambda n: n.by_terms),
}


def _trusted(facts: Sequence[Notice]) -> list[Notice]:
    return [notice for notice in facts if notice.trusted]


def _notices(part: Part, service: Service, period: Period, facts: Sequence[Notice]) -> list[Row]:
    found = []
    for key, described, inside in lines(part.keys, facts, NOT_SPECIFIED_NOTICE):
        put = _head(part, service, period, part.applicability) | {
            part.key_column: Cell(key.text),
            'Description of the sub-category "Other"': Cell(described or None),
        }
        for column, make in _NOTICE_COLUMNS.items():
            # Trusted flaggers are a duty of platforms alone (Article 22).
            if "rusted" not in column or not service.exempt(PLATFORMS):
                put[column] = make(inside)
        found.append(_row(part, put))
    return found


def _own(part: Part, service: Service, period: Period, facts: Sequence[Measure]) -> list[Row]:
    found = []
    taken = {column for measure in facts for column in measure.restrictions}
    for key, described, inside in lines(part.keys, facts, OTHER_VIOLATION):
        put = _head(part, service, period, part.applicability) | {
            part.key_column: Cell(key.text),
            'Description of the sub-category "Other"': Cell(described or None),
            "Number of measures taken at the provider's own initiative": count(inside, _weight),
            "Number of measures taken after detection with solely automated means": count(
                [m for m in inside if m.detected], _weight
            ),
        }
        put |= {
            column: count([m for m in inside if column in m.restrictions])
            for column in rows.RESTRICTIONS
            if column not in rows.MONETARY or column in taken
        }
        found.append(_row(part, put))
    return found


def _weight(measure: Measure) -> int:
    """Each restriction of a decision is a measure: the columns add up to the total."""
    return len(measure.restrictions)


# ── parts 7 to 11: listed rows ──────────────────────────────────────────────────────────────────


def _listed(
    part: Part, service: Service, period: Period, value: Callable[[rows.RowKey], Cell]
) -> list[Row]:
    context = part.columns[-1]
    found = []
    for row in between(part.rows, part.columns.index("Scope")):
        exempt = service.exempt(row[0])
        put = _head(part, service, period, row[0]) | {
            name: Cell(row[part.columns.index(name)]) for name in ("Section", "Indicator", "Scope")
        }
        put["Value"] = BLANK if exempt else value(rows.RowKey(row[3], row[4], row[5]))
        if exempt in EXEMPT:
            put[context] = Cell(EXEMPT[exempt])
        found.append(_row(part, put))
    return found


def _recipients(part: Part, service: Service, period: Period, facts: Sequence[Active]) -> list[Row]:
    """Average monthly active recipients in the Union (Article 24(2)).

    The total is given by every online platform; States only by very large ones (Article 42(3)).
    """
    found = []
    for row in between(part.rows, part.columns.index("Scope")):
        scope = row[5]
        wanted = STATES if scope == TOTAL else (scope,)
        shown = service.large or (scope == TOTAL and not service.exempt(PLATFORMS))
        put = _head(part, service, period, row[0]) | {
            "Section": Cell(row[3]),
            "Indicator": Cell(row[4]),
            "Scope": Cell(scope),
            "Value": rows.average(facts, wanted) if shown else BLANK,
        }
        found.append(_row(part, put))
    return found


def _texts(part: Part, service: Service, period: Period) -> list[Row]:
    found = []
    for row, name in zip(part.rows, rows.TEXTS, strict=True):
        text = service.texts.get(name, "") if not service.exempt(row[0]) else ""
        put = _head(part, service, period, row[0]) | {
            "Indicator": Cell(row[3]),
            "Value": Cell(text or None),
        }
        found.append(_row(part, put))
    return found
