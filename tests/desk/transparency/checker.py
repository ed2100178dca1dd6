"""A strict reader of published reports. It knows the template's JSON and nothing of the product."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TEMPLATE: dict[str, Any] = json.loads(
    (
        Path(__file__).resolve().parents[3] / "schema/law/transparency-report-template.json"
    ).read_text("utf-8")
)
_PERIOD = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_COUNT = re.compile(r"0|[1-9]\d*")
_NUMERIC = re.compile("Number|Median|Visibility|Monetary|Provision|Account")
_HOURS = re.compile(r"(0|[1-9]\d*)(\.\d{1,2})?")


class Part:
    """One CSV file, read."""

    def __init__(self, spec: dict[str, Any], data: bytes) -> None:
        self.spec = spec
        text = data.decode("utf-8")
        assert not text.startswith("\ufeff")
        assert text.endswith("\r\n")
        assert "\n" not in re.sub(r'"[^"]*"', "", text).replace("\r\n", ""), "bare line feeds"
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        self.columns, self.rows = lines[0], lines[1:]

    def cell(self, row: list[str], column: str) -> str:
        """The value of a column."""
        return row[self.columns.index(column)]

    def records(self) -> Iterator[dict[str, str]]:
        """Rows as mappings."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


def check(files: dict[str, bytes]) -> list[str]:
    """Everything that is wrong with the eleven files; ``files``: name -> bytes."""
    wrong: list[str] = []
    for spec in TEMPLATE["parts"]:
        suffix = spec["template_file_suffix"]
        found = [data for name, data in files.items() if name.endswith(suffix)]
        if len(found) != 1:
            wrong.append(f"{suffix}: {len(found)} files")
            continue
        part = Part(spec, found[0])
        wrong += [f"{suffix}: {problem}" for problem in _part(part)]
    return wrong


def _part(part: Part) -> Iterator[str]:
    spec = part.spec
    if part.columns != spec["columns"]:
        yield "columns differ"
        return
    for at, row in enumerate(part.rows, 2):
        if len(row) != len(part.columns):
            yield f"line {at} has {len(row)} cells"
            return
        yield from (f"line {at}: {problem}" for problem in _row(part, row))
    if "row_keys_in_order" in spec:
        yield from _by_category(part)
    elif spec["part"] == 2:
        expected = [[c["label"], c["description"], c["key"]] for c in TEMPLATE["categories"]]
        if [row[:3] for row in part.rows] != expected:
            yield "categories differ"
    else:
        yield from _listed(part)


def _row(part: Part, row: list[str]) -> Iterator[str]:
    for column, value in zip(part.columns, row, strict=True):
        if column == "Reporting period" and not _PERIOD.fullmatch(value):
            yield f"period {value!r}"
        if column == "Service" and not value:
            yield "no service"
        if "[...]" in value or value in ("Text", "YYYY-MM-DD", "Free text"):
            yield f"a placeholder is left in {column!r}"
        if len(value) > TEMPLATE["rules"]["free_text_max"]:
            yield f"{column!r} is too long"


def _numbers(part: Part) -> list[str]:
    """Columns of parts 3 to 6 that hold numbers."""
    return [
        c for c in part.columns if re.match(r"Number|Median|Visibility|Monetary|Prov|Account", c)
    ]


def _by_category(part: Part) -> Iterator[str]:
    spec = part.spec
    key_column = spec["row_key_column"]
    expected = spec["row_keys_in_order"]
    scoped = "Scope" in part.columns
    totals = [r for r in part.records() if not scoped or r["Scope"] == "TOTAL"]
    seen: list[str] = []
    for record in totals:  # several KEYWORD_OTHER rows may stand for one
        if not (record[key_column] == "KEYWORD_OTHER" and seen[-1:] == ["KEYWORD_OTHER"]):
            seen.append(record[key_column])
    if seen != expected:
        yield "row keys differ"
        return
    for record in part.records():
        if record["Applicability"] not in spec["applicability"]:
            yield f"applicability {record['Applicability']!r}"
        for column in _numbers(part):
            form = _HOURS if column.startswith("Median") else _COUNT
            if record[column] and not form.fullmatch(record[column]):
                yield f"{column!r} is {record[column]!r}"
    yield from _descriptions(totals, key_column)
    yield from _sums(part, totals, key_column)
    if scoped:
        yield from _states(part, key_column)


def _descriptions(totals: list[dict[str, str]], key_column: str) -> Iterator[str]:
    column = 'Description of the sub-category "Other"'
    group: list[str] = []
    for record in totals:
        if record[key_column] != "KEYWORD_OTHER":
            group = []
            if record[column]:
                yield f"{record[key_column]} has a description"
            continue
        counted = any(v not in ("", "0") for c, v in record.items() if c.startswith("Number"))
        if counted and not record[column]:
            yield "KEYWORD_OTHER counts something and is not described"
        if record[column] in group:
            yield f"two rows are described as {record[column]!r}"
        group.append(record[column])


def _sums(part: Part, totals: list[dict[str, str]], key_column: str) -> Iterator[str]:
    for column in _numbers(part):
        if column.startswith("Median") or all(record[column] == "" for record in totals):
            continue
        categories = 0
        inside: dict[str, list[int]] = {}
        category = ""
        for record in totals:
            key, value = record[key_column], int(record[column])
            if key.startswith("STATEMENT_"):
                category = key
                categories += value
                inside[key] = [value]
            elif key.startswith("KEYWORD_"):
                inside[category].append(value)
        if categories != int(totals[0][column]):
            yield f"{column!r}: categories make {categories}, TOTAL is {totals[0][column]}"
        for key, values in inside.items():
            if len(values) > 1 and sum(values[1:]) != values[0]:
                yield f"{column!r}: sub-categories of {key} do not add up"


def _states(part: Part, key_column: str) -> Iterator[str]:
    per_key: list[list[dict[str, str]]] = []
    for record in part.records():
        if record["Scope"] == "TOTAL":
            per_key.append([])
        elif not re.fullmatch("[A-Z]{2}", record["Scope"]):
            yield f"scope {record['Scope']!r}"
        per_key[-1].append(record)
    for rows in per_key:
        for column in _numbers(part):
            if column.startswith("Number"):
                total, *states = [int(record[column]) for record in rows]
                unknown = any("not recorded" in value for value in rows[0].values())
                if states and sum(states) != total and not unknown:
                    yield f"{column!r}: States of {rows[0][key_column]} do not add up"


def _listed(part: Part) -> Iterator[str]:
    """Rows of the template in order, with those that ``[...]`` stands for."""
    fixed = [c for c in part.columns if c in ("Applicability", "Section", "Indicator", "Scope")]
    at = [part.columns.index(column) for column in fixed]
    expected = [[row[i] for i in at] for row in part.spec["rows"]]
    found = [[row[i] for i in at] for row in part.rows]
    walk = iter(found)
    for wanted in expected:
        if "[...]" in wanted:
            continue
        if wanted not in walk:  # consumes what lies between
            yield f"no row {wanted} where it belongs"
    extra = [row for row in found if row not in expected]
    if extra and not any("[...]" in row for row in expected):
        yield f"rows of our own: {extra[:2]}"
    for record in part.records():
        value = record["Value"]
        if part.spec["part"] not in (7, 8, 9, 10) or value == "":
            continue
        scope = record["Scope"]
        if scope == "Median time":
            good = bool(_HOURS.fullmatch(value))
        elif "Percentage" in scope or "Accuracy" in record["Indicator"]:
            good = 0 <= float(value) <= 1
        else:
            good = bool(_COUNT.fullmatch(value))
        if not good:
            yield f"{record['Indicator']} / {scope} is {value!r}"
