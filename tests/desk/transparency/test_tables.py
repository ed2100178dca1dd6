"""The report in the EU's template, looked at by a checker that reads the template alone."""

from __future__ import annotations

import csv
import datetime
import io
import random
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest

from petitbleu.desk.reference.law import template
from petitbleu.desk.transparency import figures, files, rows
from petitbleu.desk.transparency.facts import (
    Active,
    Complaint,
    Dispute,
    Facts,
    Measure,
    Notice,
    Order,
    Suspension,
    Topic,
)
from petitbleu.desk.transparency.figures import Period, Published, Service
from petitbleu.desk.transparency.tables import Table
from tests.desk.transparency import checker

YEAR = Period(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
DATES = Published(datetime.date(2027, 2, 3), None)
SERVICE = Service("Chez nous SAS", "Chez nous")
BASE = 1_780_000_000
HATE = Topic("STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH", "KEYWORD_HATE_SPEECH")
REMOVED = "Visibility restriction Removal"
OWN = "Number of measures taken at the provider's own initiative"
CLOSED = "Account restriction Termination"


def tables(facts: Facts, service: Service = SERVICE) -> tuple[Table, ...]:
    return figures.tables(template.shipped(), service, YEAR, DATES, facts)


def published(facts: Facts, service: Service = SERVICE) -> dict[str, bytes]:
    made = files.all_files(tables(facts, service), "chez-nous_2026")
    return {file.name: file.data for file in made}


def records(found: dict[str, bytes], number: int) -> list[dict[str, str]]:
    name = next(n for n in found if f"_Part_{number}_" in n)
    return list(csv.DictReader(io.StringIO(found[name].decode(), newline="")))


def one(found: Sequence[dict[str, str]], **wanted: str) -> dict[str, str]:
    inside = [r for r in found if all(r[key] == value for key, value in wanted.items())]
    assert len(inside) == 1, inside
    return inside[0]


def topics(chance: random.Random) -> Topic:
    keys = [key for key in template.shipped().part(6).keys if key.category != "TOTAL"]
    key = chance.choice(keys)
    odd = chance.random()
    if odd < 0.1:
        return Topic()
    if odd < 0.2:
        return Topic(key.category, "KEYWORD_STALKING")
    if odd < 0.3:
        return Topic(key.category, "KEYWORD_OTHER", chance.choice(["", "Knitting, of a kind", "x"]))
    return Topic(*key)


def many(seed: int, number: int) -> Facts:
    """A year of everything, invented."""
    c = random.Random(seed)

    def later() -> int | None:
        return c.choice([None, BASE + c.randrange(400_000)])

    return Facts(
        tuple(
            Order(n, c.random() < 0.7, topics(c), c.choice(["FR", "DE", "", "IT"]), c.randrange(4),
                  BASE, later(), later())
            for n in range(number)
        ),
        tuple(
            Notice(n, topics(c), c.random() < 0.2, 1 + c.randrange(3), BASE, later(),
                   c.randrange(2), c.randrange(2), c.random() < 0.1)
            for n in range(number)
        ),
        tuple(
            Measure(n, topics(c), c.random() < 0.5, c.random() < 0.6,
                    tuple(c.sample(rows.RESTRICTIONS, 1 + c.randrange(2))), c.random() < 0.2, False)
            for n in range(number)
        ),
        tuple(
            Complaint(n, c.choice(["visibility", "account", "notice", "trusted_notice", "service"]),
                      c.choice(["", "upheld", "partly", "reversed", "omitted"]), BASE, later(),
                      c.random() < 0.1)
            for n in range(number)
        ),
        (Dispute(1, "upheld", BASE, BASE + 90_000, True), Dispute(2, "partly", BASE, None, None)),
        (Suspension(3, "content"), Suspension(4, "notices")),
        (Active(202607, "FR", 10), Active(202607, "US", 90), Active(202608, "FR", 21)),
    )  # fmt: skip


@pytest.mark.turns(4)
@pytest.mark.parametrize("seed", range(12))
def test_a_year_of_anything_passes_the_strict_checker(seed: int) -> None:
    assert checker.check(published(many(seed, 60))) == []


def test_an_empty_year_is_a_complete_report_of_zeros() -> None:
    found = published(Facts())
    assert checker.check(found) == []
    total = one(records(found, 4), **{"Category of illegal content": "TOTAL"})
    assert total["Number of notices received"] == "0"
    assert total["Median time to take action"] == "", "nothing to take a median of"


def test_the_checker_sees_what_is_wrong() -> None:
    good = published(many(1, 30))
    name = next(n for n in good if "Part_5" in n)
    broken = {
        "a count too many": good[name].replace(b",0,0,", b",7,0,", 1),
        "a column gone": b"\r\n".join(x.rpartition(b",")[0] for x in good[name].split(b"\r\n")),
        "bare line feeds": good[name].replace(b"\r\n", b"\n"),
    }
    for what, data in broken.items():
        assert data != good[name], what
        try:
            assert checker.check(good | {name: data}), what
        except AssertionError:
            continue
    assert checker.check({n: d for n, d in good.items() if n != name}) == [
        "Part_5_own_initiative_illegal.csv: 0 files"
    ]


def test_the_same_facts_give_the_same_bytes() -> None:
    assert published(many(3, 40)) == published(many(3, 40))


def test_orders_are_counted_by_category_and_state_with_medians_in_hours() -> None:
    facts = Facts(
        orders=(
            Order(1, True, HATE, "FR", 3, BASE, BASE + 600, BASE + 3600),
            Order(2, True, HATE, "DE", 1, BASE, BASE + 1200, BASE + 3 * 3600),
            Order(3, False, Topic(), "FR", 0, BASE, BASE + 60, None),
        )
    )
    found = records(published(facts), 3)
    act = "Number of orders to act against illegal content received"
    effect = "Median time to give effect to the order to act against illegal content"
    key = "Category of illegal content"
    total = one(found, **{key: "TOTAL", "Scope": "TOTAL"})
    assert (total[act], total[effect]) == ("2", "2")
    assert total["Number of orders to provide information"] == "1"
    french = one(found, **{key: "KEYWORD_HATE_SPEECH", "Scope": "FR"})
    assert (french[act], french[effect]) == ("1", "1")
    unsaid = one(found, **{key: "STATEMENT_CATEGORY_NOT_SPECIFIED_ORDER", "Scope": "FR"})
    assert unsaid["Number of orders to provide information"] == "1"
    assert {r["Scope"] for r in found} == {"TOTAL", "FR", "DE"}


def test_a_number_leads_to_its_cases() -> None:
    facts = Facts(measures=(
        Measure(7, HATE, True, True, (REMOVED, CLOSED), False, False),
        Measure(9, HATE, True, True, (REMOVED,), False, False),
        Measure(8, HATE, True, False, (REMOVED,), False, False),
    ))  # fmt: skip
    part = tables(facts)[4]
    cell = part.rows[0].cells[part.columns.index(REMOVED)]
    assert (cell.value, cell.cases) == (2, (7, 9))
    total = part.rows[0].cells[
        part.columns.index("Number of measures taken at the provider's own initiative")
    ]
    assert total.value == 3, "each restriction is a measure, so that the columns add up"


def test_what_part_5_has_no_category_for_is_counted_in_part_6() -> None:
    odd = ("STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE", template.OTHER_VIOLATION, "")
    facts = Facts(measures=tuple(
        Measure(n, Topic(category), True, True, (REMOVED,), False, False)
        for n, category in enumerate(odd)
    ))  # fmt: skip
    found = published(facts)
    assert checker.check(found) == []
    assert {row[OWN] for row in records(found, 5)} == {"0"}
    key = "Category of incompatibility with the provider's terms and conditions"
    assert one(records(found, 6), **{key: template.OTHER_VIOLATION})[OWN] == "3"


def test_other_sub_categories_get_a_row_for_each_description() -> None:
    other = Topic(HATE.category, "KEYWORD_OTHER", "Insults, in verse")
    facts = Facts(notices=tuple(
        Notice(n, topic, False, 1, BASE, None, 0, 0, False)
        for n, topic in enumerate([other, other, Topic(HATE.category)])
    ))  # fmt: skip
    found = published(facts)
    assert checker.check(found) == []
    described = {
        r['Description of the sub-category "Other"']: r["Number of notices received"]
        for r in records(found, 4)
        if r["Number of notices received"] != "0"
        and r["Category of illegal content"] == "KEYWORD_OTHER"
    }
    assert described == {"Insults, in verse": "2", "Sub-category not recorded": "1"}


@pytest.mark.parametrize(
    ("service", "value", "context"),
    [
        (SERVICE, "1", ""),
        (SERVICE._replace(small=True), "", figures.EXEMPT["small"]),
        (SERVICE._replace(small=True, publish_exempt=True), "1", ""),
        (SERVICE._replace(platform=False), "", ""),
    ],
)  # fmt: skip
def test_what_a_service_is_exempt_from_is_blank_and_says_why(
    service: Service, value: str, context: str
) -> None:
    facts = Facts(complaints=(Complaint(1, "account", "reversed", BASE, BASE + 7200, False),))
    found = published(facts, service)
    assert checker.check(found) == []
    row = one(
        records(found, 7),
        Indicator="Number of complaints submitted to the internal-complaints mechanism",
        Scope="Decisions reversed",
    )
    assert (row["Value"], row["Contextual Information"]) == (value, context)


def test_recipients_are_those_of_the_union_averaged_over_the_months() -> None:
    found = records(published(many(1, 1)), 10)
    assert one(found, Scope="TOTAL")["Value"] == "16"
    assert one(found, Scope="FR")["Value"] == "", "States are a duty of very large platforms"
    assert [r["Scope"] for r in found][1:] == list(template.STATES)


def test_what_cannot_apply_here_is_blank() -> None:
    found = published(Facts())
    total = one(records(found, 5), **{"Category of illegal content": "TOTAL"})
    assert total["Monetary restriction Suspension"] == ""
    assert total["Account restriction Suspension"] == "0"


def test_the_workbook_has_the_eleven_sheets_and_no_formula() -> None:
    evil = Topic(HATE.category, "KEYWORD_OTHER", '=HYPERLINK("https://example.org")')
    facts = Facts(notices=(Notice(1, evil, False, 1, BASE, None, 0, 0, False),))
    data = next(d for n, d in published(facts).items() if n.endswith(".xlsx"))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
        sheets = [node.get("name") for node in names if node.tag.endswith("}sheet")]
        assert sheets == [part.name for part in template.shipped().parts]
        assert not any(b"<f>" in book.read(name) for name in book.namelist())
