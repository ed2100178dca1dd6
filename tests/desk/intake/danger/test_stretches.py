"""What numpy makes of a text: the very numbers that a text scores without it."""

from __future__ import annotations

import random

import pytest

from petitbleu import wordmarks
from petitbleu.bench.danger_corpus import load
from petitbleu.desk.intake.danger import sentences
from petitbleu.desk.intake.danger.model import FILE, Model

SIGNS = (
    "aab bc  \n\t.@#/:w!?é\u0301\u200bß1209\u00a0\u00a8\u3000\ufdfa\u2028أإة_’ＡſΣςi\u0307İ\x1f\x85"
)


def _texts() -> list[str]:
    chance = random.Random(3)
    lines = [line.text for line in load()][::40]
    words = " ".join(lines).split()
    long = [" ".join(chance.choices(words, k=k)) for k in (72, 73, 96, 97, 121, 300, 3000)]
    odd = ["".join(chance.choices(SIGNS, k=chance.choice((3, 60, 900)))) for _ in range(300)]
    repeated = ["the " * 3000, "a " * 6000, "\ufdfa" * 12_000, "." * 90, "x" * 12_000, ". " * 99]
    return [*lines, *long, *odd, *repeated]


def test_the_same_numbers_come_out_bit_for_bit() -> None:
    plain, at_once = Model(FILE.read_bytes()), Model(FILE.read_bytes())
    at_once.compute_at_once()
    for text in _texts():
        assert at_once.score(text) == plain.score(text), text[:80]


def test_the_same_stretch_tells_most() -> None:
    plain, at_once = Model(FILE.read_bytes()), Model(FILE.read_bytes())
    at_once.compute_at_once()
    for text in _texts():
        assert sentences.telling(text, at_once) == sentences.telling(text, plain)


@pytest.mark.parametrize("again", [False, True])
def test_what_stands_between_spaces_is_folded_by_itself(again: bool) -> None:
    """As the whole is, whether it is kept from before or not."""
    for text in _texts():
        if not again:
            wordmarks._SPLIT.clear()
        assert wordmarks.split(text) == wordmarks._WORD.findall(wordmarks.fold(text))


def test_what_is_kept_is_bounded() -> None:
    for n in range(0, 60_000, 100):
        wordmarks.split(" ".join(f"w{chr(97 + n % 26)}{n + more:x}" for more in range(100)))
        assert len(wordmarks._SPLIT) <= wordmarks._SPLIT_KEPT
    wordmarks.split("y" * 10_000)
    assert max(map(len, wordmarks._SPLIT)) <= wordmarks._SHORT
