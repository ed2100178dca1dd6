"""The bench of letters: what counts as dangerous, and that the corpus can be used.

How many letters are sorted right is a figure and fails no test.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.bench import letter_corpus, sorting
from petitbleu.bench.letter_corpus import Broken, Letter, Placed
from petitbleu.desk.intake.classify import boxes, deadlines
from petitbleu.desk.intake.classify.rules_orders import ORDERS
from petitbleu.desk.intake.classify.rules_people import PEOPLE
from petitbleu.desk.reference.law import kinds

PLAIN: dict[str, Any] = {
    "name": "a letter",
    "from": "Ada <ada@home.example>",
    "to": "legal@petitbleu.example",
    "subject": "Hello",
    "text": "How many members are there?",
}


def letter(kind: str, **more: Any) -> Letter:
    given = {key.removesuffix("_"): value for key, value in more.items()}
    fields = {("sender" if key == "from" else key): value for key, value in PLAIN.items()}
    return Letter(**(fields | {"kind": kind} | given))


FOUND = sorting.sort(letter("unsorted"))
"""A letter that is nothing in particular, as it is sorted."""
SECRET = deadlines.Secrecy(None, "not to be told")


@pytest.mark.parametrize(
    ("wanted", "found", "dangerous", "wrong"),
    [
        ({"kind": "unsorted"}, {}, (), ()),
        ({"kind": "dsa_art9_order"}, {"kind": "dsa_art9_order", "urgent": "high"}, (), ()),
        ({"kind": "dsa_art9_order", "accept": ("epoc",)}, {"kind": "epoc"}, (), ()),
        ({"kind": "dsa_art9_order"}, {"kind": "art16_notice"}, (sorting.LOST,), (sorting.OTHER,)),
        ({"kind": "fr_requisition"}, {"urgent": "high"}, (), (sorting.OTHER,)),
        ({"kind": "fr_requisition"}, {"kind": "dsa_art10_order"}, (), (sorting.OTHER,)),
        ({"kind": "tco_first_contact"}, {}, (sorting.LOST, sorting.LATE), (sorting.OTHER,)),
        (
            {"kind": "tco_removal_order"},
            {"kind": "dsa_art9_order", "urgent": "high"},
            (sorting.LATE,),
            (sorting.OTHER,),
        ),
        ({"kind": "csam_notice"}, {"kind": "art16_notice"}, (sorting.LATE,), (sorting.OTHER,)),
        (
            {"kind": "art18_threat", "accept": ("possible_danger",), "danger": "danger"},
            {"kind": "possible_danger", "danger": "perhaps", "urgent": "high"},
            (),
            (),
        ),
        (
            {"kind": "art18_threat", "accept": ("unsorted",), "danger": "danger"},
            {},
            (sorting.UNHEARD,),
            (),
        ),
        ({"kind": "unsorted"}, {"danger": "danger"}, (), (sorting.NO_DANGER,)),
        ({"kind": "epoc", "secrecy": True}, {"kind": "epoc"}, (sorting.TOLD,), ()),
        ({"kind": "epoc", "secrecy": True}, {"kind": "epoc", "secrecy": SECRET}, (), ()),
        (
            {"kind": "epoc", "secrecy": True},
            {"kind": "epoc", "form_box": boxes.FormAnswer("H", boxes.NO, "")},
            (),
            (),
        ),
        ({"kind": "epoc"}, {"kind": "epoc", "secrecy": SECRET}, (), (sorting.NO_SECRET,)),
        (
            {"kind": "suspected_fraud"},
            {"kind": "epoc", "urgent": "high"},
            (sorting.BELIEVED,),
            (sorting.OTHER,),
        ),
        ({"kind": "suspected_fraud"}, {}, (), (sorting.OTHER,)),
        (
            {"kind": "dsar"},
            {"kind": "bulk_mail", "urgent": "low"},
            (sorting.THROWN,),
            (sorting.OTHER,),
        ),
    ],
)
def test_what_is_dangerous_and_what_is_merely_wrong(
    wanted: dict[str, Any],
    found: dict[str, Any],
    dangerous: tuple[str, ...],
    wrong: tuple[str, ...],
) -> None:
    assert sorting.judge(letter(**wanted), FOUND._replace(**found)) == (dangerous, wrong)


def test_the_report_names_what_is_dangerous_first() -> None:
    asked = letter("dsa_art9_order", name="an order that says nothing")
    plain = letter("dsar", name="not a request at all")
    right = letter("unsorted", name="a question")
    letters = [Placed("a99", "en", one) for one in (plain, asked, right)]
    shown = sorting.report(letters)
    before, _, after = shown.partition("dangerous:\n")
    assert after.startswith(
        "a99/en: an order that says nothing: dsa_art9_order, taken for unsorted"
    )
    assert "not a request at all" in after.partition("wrong:\n")[2]
    assert "a question" not in shown
    assert before.splitlines()[-2].split() == ["all", "1", "1", "1", "3"]
    figures = sorting.figures(sorting.score(letters))
    assert (figures["letters"], figures["wrong"], figures["dangerous"]) == (3, 1, 1)
    assert round(figures["right_percent"]) == 33


def test_every_kind_that_a_letter_can_be_of_has_one_in_the_corpus() -> None:
    proposed = {rule.kind for rule in (*ORDERS, *PEOPLE)} | {
        *kinds.NOTHING_BUT_DANGER.values(), "unsorted", "suspected_fraud",
    }  # fmt: skip
    assert proposed - {one.letter.kind for one in letter_corpus.load()} == set()


def test_headers_of_the_corpus_are_read_as_those_of_the_own_mail_server() -> None:
    assert sorting.sort(letter("unsorted")).who.passed
    assert sorting.sort(letter("unsorted", auth="fail")).who.failed
    flagger = sorting.sort(letter("unsorted", listed="flagger"))
    assert flagger.who.trust == "trusted-flagger-list"
    assert sorting.sort(letter("unsorted", listed="authority")).who.trust == "verified-directory"


GOOD = (
    '[[letter]]\nname = "one"\nkind = "dsar"\nfrom = "a@home.example"\nto = "b@home.example"\n'
    'subject = ""\ntext = "Hello"\n'
)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "letter"),
        (GOOD + 'more = "x"\n', "more"),
        (GOOD.replace("dsar", "nothing"), "there is no kind “nothing”"),
        (GOOD + 'accept = ["nothing"]\n', "there is no kind “nothing”"),
        (GOOD + 'danger = "much"\n', "danger"),
        (GOOD + GOOD, "“one” stands there twice"),
        (GOOD.replace("Hello", " "), "“one” has no text"),
        (GOOD + "[", "document"),
    ],
)
def test_a_letter_of_another_form_is_refused_by_name(
    tmp_path: Path, written: str, why: str
) -> None:
    (tmp_path / "a01").mkdir()
    (tmp_path / "a01" / "en.toml").write_text(written, "utf-8")
    with pytest.raises(Broken, match=rf"a01/en\.toml.*{why}"):
        letter_corpus.load(tmp_path)


def test_a_good_file_is_read_and_an_empty_folder_refused(tmp_path: Path) -> None:
    with pytest.raises(Broken):
        letter_corpus.load(tmp_path)
    (tmp_path / "a01").mkdir()
    (tmp_path / "a01" / "en.toml").write_text(GOOD, "utf-8")
    assert [one.place for one in letter_corpus.load(tmp_path)] == ["a01/en: one"]
