"""Every code that a letter can bring about is explained, in the page as in the program."""

from __future__ import annotations

import ast
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


@pytest.mark.sometimes(2)
def test_what_letters_bring_about_is_explained() -> None:
    letters = [
        *(raw for raw, _ in (*ORDERS.values(), *LETTERS.values(), *HOSTILE.values())),
        *(sample(f"s{number}") for number in range(1, 7)),
    ]
    warnings, defects, reasons = set(), set(), set()
    for raw in letters:
        found = sorted_letter(raw, DIRECTORY)
        warnings |= set(found.warnings)
        defects |= set(found.formal_defects)
        reasons |= set(found.reasons)
    assert warnings - set(codes.WARNINGS) == set()
    assert defects - set(codes.DEFECTS) == set()
    assert {one.partition("=")[0] for one in reasons} - set(codes.REASONS) == set()
    for one in reasons:
        english, french = codes.sentence(one, "en"), codes.sentence(one, "fr")
        assert english != french and "{what}" not in english + french
        assert one.partition("=")[2] in english and one.partition("=")[2] in french


def test_no_rule_writes_a_sentence() -> None:
    """Reasons are stored as codes: who reads them may read another language."""
    folder = Path(codes.__file__).parent / "classify"
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
                ("reasons.append", "why.append")
            )
            if called and isinstance(node.args[0], ast.Constant):
                assert str(node.args[0].value).partition("=")[0] in codes.REASONS, path.name


@pytest.mark.turns(3)
@pytest.mark.parametrize("name", FILES)
def test_what_files_bring_about_is_explained(name: str) -> None:
    file_name, make, _, verdict = FILES[name]
    letter = read(mail(attached=[(file_name, "application/octet-stream", make())]))
    assert verdict in codes.VERDICTS
    assert set(letter.warnings) <= set(codes.WARNINGS)
