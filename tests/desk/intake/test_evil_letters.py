"""Letters that are written to keep the desk busy: reading them takes no longer than others."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest

from petitbleu.desk.intake.classify import deadlines
from tests.desk.intake.sorting import sorted_letter

EVIL = (
    "a[.]", "a(dot)", "a.", ".", "a", " ", "a@", "[ ] ", "\n[ ] a", "at ", "a las ", "alle ore ",
    "within three (3) ", "by 12 ", "order. if i had a court order ", "i will kill ",
)  # fmt: skip
LONG = 60_000


def letter(text: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.example", "legal@petitbleu.example", "Order"
    made.set_content(text, cte="8bit")
    return made.as_bytes()


@pytest.mark.parametrize("evil", EVIL)
def test_what_repeats_itself_is_sorted_in_a_second(evil: str) -> None:
    began = time.process_time()
    sorted_letter(letter(f"Order of the court: [x] remove by {evil * (LONG // len(evil))} y!\n"))
    assert time.process_time() - began < 1.5


@pytest.mark.parametrize("evil", ["a las ", "alle ore ", "at ", "o godzinie "])
@pytest.mark.parametrize("day", ["", "3 may ", "monday "])
def test_words_before_an_hour_are_read_in_one_way(evil: str, day: str) -> None:
    began = time.process_time()
    deadlines.find(f"remove it by {day}{evil * 40}", received=0, zone="UTC", country="FR")
    assert time.process_time() - began < 0.5
