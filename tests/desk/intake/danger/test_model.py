"""The model: its file, its bounds, and what is alike to it."""

from __future__ import annotations

import pytest

from petitbleu import wordmarks
from petitbleu.desk.intake.danger import model, reading
from petitbleu.desk.intake.danger.model import FILE, READ_MAX, Model
from petitbleu.weighttables import Unusable
from tests.desk.intake.danger.kit import of_level, surely

MEBIBYTE = 1 << 20


def test_the_shipped_model_is_read_and_small() -> None:
    assert FILE.stat().st_size <= 30 * MEBIBYTE
    head = model.shipped().head
    assert head.perhaps <= head.danger and len(head.corpus) == 64


def test_a_hand_that_nothing_was_learnt_from_is_heard() -> None:
    assert of_level(reading.DANGER) and of_level(reading.PERHAPS)


@pytest.mark.parametrize("data", [b"", b"{}\n", b"not json\n123"])
def test_a_file_that_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(Unusable):
        Model(data)


@pytest.mark.parametrize("cut", [1, 100_000])
def test_a_model_that_was_cut_is_refused(cut: int) -> None:
    with pytest.raises(Unusable):
        Model(FILE.read_bytes()[:-cut])


def test_a_mebibyte_of_text_is_read_by_its_beginning_and_end() -> None:
    filler = "la rue des lilas est rouverte. " * (MEBIBYTE // 31)
    assert len(model.shortened(filler)) <= READ_MAX + 1
    quiet = model.shipped().score(filler)
    assert model.shipped().score(f"{surely()}\n{filler}") > quiet
    assert model.shipped().score(f"{filler}\n{surely()}") > quiet


@pytest.mark.parametrize(
    "text", ["a" * MEBIBYTE, "a " * (MEBIBYTE // 2), "\u064e" * MEBIBYTE, "é" * 9]
)
def test_hostile_text_has_a_score(text: str) -> None:
    assert isinstance(model.shipped().score(text), float)


def test_one_sentence_in_a_long_letter_is_heard_as_such() -> None:
    plain = "Bonjour, merci pour la publication sur le marché de dimanche, nous y serons. "
    long = plain * 4 + surely() + " " + plain * 4
    assert model.shipped().score(long) > model.shipped().score(plain * 8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mon frère DÉTESTE ça", "mon frere deteste ca"),
        ("nooooon", "noon"),
        ("appelle le 0612345678", "appelle le 0698765432"),
        ("voir https://a.example/x", "voir https://b.example/y"),
        ("إِنَّ الأَمْرَ", "ان الامر"),
        ("łódź", "lodz"),
    ],
)
def test_what_is_typed_in_haste_is_alike(one: str, other: str) -> None:
    assert wordmarks.split(one) == wordmarks.split(other)


def test_nothing_is_read_where_there_are_no_words() -> None:
    assert reading.read(" \n").level == reading.NONE


@pytest.mark.parametrize("count", [1, 20, 72, 73, 95, 96, 97, 121, 480])
def test_a_long_text_scores_as_its_most_telling_part(count: int) -> None:
    """Stretches overlap; what they share is taken apart once."""
    shipped = model.shipped()
    words = ("he knows where she lives and waits there every day 7 till nine " * 40).split()
    text = " ".join(f"{word}{n % 11}" if n % 3 else word for n, word in enumerate(words[:count]))
    each = [shipped.of_words(part) for part in model.parts(wordmarks.split(text))]
    assert shipped.score(text) == pytest.approx(max(each), abs=1e-9)
