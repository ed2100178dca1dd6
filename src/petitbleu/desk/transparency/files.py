"""Tables as files: CSV (RFC 4180, UTF-8) and one XLSX. The same tables give the same bytes."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from petitbleu.desk.transparency.tables import Table, written

_WIDTH_MAX = 60
_EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
"""Written into the workbook in the place of the time it was made."""


class File(NamedTuple):
    """One file of a report."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def csv_file(table: Table, prefix: str) -> File:
    """One part: CRLF, quotes where they are needed, a header line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([written(cell) for cell in row.cells] for row in table.rows)
    return File(f"{prefix}_{table.file}", text.getvalue().encode("utf-8"))


def workbook(tables: Sequence[Table], name: str) -> File:
    """All parts as sheets; numbers are numbers, what is blank has no cell."""
    import xlsxwriter  # type: ignore[import-untyped]  # 60 ms that only a report needs

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book: Any = xlsxwriter.Workbook(target, options)
    book.set_properties({"created": _EPOCH.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for table in tables:
        sheet = book.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, table.columns, bold)
        for at, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row.cells):
                if isinstance(cell.value, str):
                    sheet.write_string(at, column, cell.value)
                elif cell.value is not None:
                    sheet.write_number(at, column, cell.value)
        for column, title in enumerate(table.columns):
            longest = max([len(written(row.cells[column])) for row in table.rows] or [0])
            sheet.set_column(column, column, min(max(longest, len(title) // 3, 8), _WIDTH_MAX))
    book.close()
    return File(name, target.getvalue())


def all_files(tables: Sequence[Table], prefix: str) -> list[File]:
    """The eleven CSV files, the workbook, and a list of their SHA-256 sums."""
    files = [csv_file(table, prefix) for table in tables]
    files.append(workbook(tables, f"{prefix}.xlsx"))
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    return [*files, File("SHA256SUMS", sums.encode("ascii"))]
