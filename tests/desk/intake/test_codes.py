"""Every code that a letter can bring about is explained, in the page as in the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from petitbleu.desk.intake import codes
from tests.desk.intake.mails import mail, sample
from tests.desk.intake.sorting import DIRECTORY, read, sorted_letter
from tests.desk.intake.test_reading import FILES, HOSTILE
from tests.desk.intake.test_sorting_orders import ORDERS
from tests.desk.intake.test_sorting_people import LETTERS

ROOT = Path(__file__).resolve().parents[3]


def test_the_page_is_what_the_program_says() -> None:
    assert (ROOT / "docs/desk/codes.md").read_text("utf-8") == codes.document()


def test_what_letters_bring_about_is_explained() -> None:
    letters = [
        *(raw for raw, _ in (*ORDERS.values(), *LETTERS.values(), *HOSTILE.values())),
        *(sample(f"s{number}") for number in range(1, 7)),
    ]
    warnings, defects = set(), set()
    for raw in letters:
        found = sorted_letter(raw, DIRECTORY)
        warnings |= set(found.warnings)
        defects |= set(found.formal_defects)
    assert warnings - set(codes.WARNINGS) == set()
    assert defects - set(codes.DEFECTS) == set()


@pytest.mark.parametrize("name", FILES)
def test_what_files_bring_about_is_explained(name: str) -> None:
    file_name, make, _, verdict = FILES[name]
    letter = read(mail(attached=[(file_name, "application/octet-stream", make())]))
    assert verdict in codes.VERDICTS
    assert set(letter.warnings) <= set(codes.WARNINGS)
