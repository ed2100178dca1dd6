"""The encoder and the model above it: their files, their bounds, the same answers everywhere."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from petitbleu.bench import danger_encoder
from petitbleu.bench.danger_corpus import LANGUAGES, load
from petitbleu.desk.intake.danger import encoder, model, sentences
from petitbleu.desk.intake.danger.encoder import TOKENS_MAX, Encoder
from petitbleu.desk.intake.danger.sentences import Sentences
from petitbleu.weighttables import Unusable
from tests.desk.intake.danger.kit import surely
from tests.desk.intake.test_sorting_danger import LIVES

MEBIBYTE = 1 << 20


def test_the_shipped_files_are_small_and_of_the_corpus() -> None:
    assert encoder.FILE.stat().st_size <= 25 * MEBIBYTE
    head = sentences.shipped().head
    assert head.corpus == model.shipped().head.corpus
    assert head.low <= model.shipped().head.perhaps and head.perhaps <= head.danger
    assert max(head.layers) <= encoder.shipped().head.layers


@pytest.mark.parametrize("data", [b"", b"{}\n", b"not json\n123"])
def test_a_file_that_is_no_model_is_refused(data: bytes) -> None:
    for read in (Encoder, Sentences):
        with pytest.raises(Unusable):
            read(data)


def test_a_file_that_was_cut_is_refused() -> None:
    with pytest.raises(Unusable):
        Encoder(encoder.FILE.read_bytes()[:-1])
    with pytest.raises(Unusable):
        Sentences(sentences.FILE.read_bytes()[:-1])


@pytest.mark.parametrize(
    "text",
    ["a" * MEBIBYTE, "a " * (MEBIBYTE // 2), "\u064e" * MEBIBYTE, "𓀀" * 9, "\ud800 x", "\0", ""],
    ids=["letters", "words", "marks", "unknown", "half", "nothing", "empty"],
)
def test_hostile_text_is_read_within_bounds(text: str) -> None:
    part = sentences.telling(text, model.shipped())
    assert len(encoder.shipped().numbers(part)) <= TOKENS_MAX + 2
    assert isinstance(sentences.shipped().read(encoder.shipped(), text, 0.0).score, float)


def test_of_a_long_text_the_most_telling_stretch_is_read() -> None:
    plain = "Bonjour, merci pour la publication sur le marché de dimanche, nous y serons. " * 40
    part = sentences.telling(plain + surely() + " " + plain, model.shipped())
    read, wanted = part.split(), surely().split()
    assert len(read) <= model.WINDOW and 2 * sum(word in read for word in wanted) > len(wanted)


def test_what_is_written_in_the_languages_of_the_desk_is_known() -> None:
    reader = encoder.shipped()
    lines = [line.text for line in load()[::50]]
    assert {line.language for line in load()[::50]} == set(LANGUAGES)
    known = [number != reader.head.unknown for line in lines for number in reader.numbers(line)]
    assert sum(known) / len(known) > 0.999


def test_pieces_that_were_not_kept_are_read_by_smaller_ones() -> None:
    """Words of no line, in any spelling, are taken apart into pieces that are known."""
    reader = encoder.shipped()
    for word in ("Zwischenaufenthaltsbescheinigungen", "źdźbłowatością", "الإسكندرانيون", "çğşı"):
        numbers = reader.numbers(word)
        assert len(numbers) > 4 and reader.head.unknown not in numbers


def test_scores_are_the_same_in_numbers_twice_as_long() -> None:
    """What another machine adds in another order, or more exactly, changes no answer."""
    usual, exact = encoder.shipped(), Encoder(encoder.FILE.read_bytes())
    exact._layers = [
        tuple([float64(part) for part in item] if isinstance(item, list) else float64(item)
              for item in layer)
        for layer in exact._layers
    ]  # fmt: skip
    shipped = sentences.shipped()
    for text in LIVES[::6]:
        one, other = (shipped.read(reader, text, 0.0) for reader in (usual, exact))
        assert one.score == pytest.approx(other.score, abs=1e-3)


def float64(numbers):  # type: ignore[no-untyped-def]
    return numbers.astype("f8")


def test_the_lower_layers_are_the_packages() -> None:
    """Made of the package for a few texts only, an encoder reads these as the shipped one does, as
    far up as nothing was learnt.
    """
    texts = list(LIVES[:3])
    small = Encoder(danger_encoder.make(danger_encoder.package(), texts, often=300, layers=2))
    assert small.head.pieces < encoder.shipped().head.pieces
    assert small.head.copied == 2 < encoder.shipped().head.copied < encoder.shipped().head.layers
    for text in texts:
        means = zip(small.means(text), encoder.shipped().means(text), strict=False)
        for one, other in means:
            assert abs(one - other).max() < 1e-4


def test_what_a_layer_learnt_is_read_back_nearly() -> None:
    """Differences of two bits, and everything else in full; layers below are as they were."""
    source, texts, chance = danger_encoder.package(), list(LIVES[:1]), np.random.default_rng(1)
    plain = danger_encoder.plain(source, [1])
    learnt = {name: one + chance.normal(0, 1e-3, one.shape) for name, one in plain.items()}
    data = danger_encoder.make(source, texts, layers=2, often=300, learnt=learnt)
    read = Encoder(data)
    assert read.head.copied == 1
    back = danger_encoder.as_shipped(source, learnt)
    for name, at in (("ao.w", 2), ("fi.w", 4), ("fo.w", 6)):
        assert (back[f"l1.{name}"] == read._layers[1][at].T).all()
        wrong = abs(back[f"l1.{name}"] - learnt[f"l1.{name}"]).mean()
        assert wrong < 0.4 * abs(plain[f"l1.{name}"] - learnt[f"l1.{name}"]).mean()
    assert read._layers[1][3] == pytest.approx(learnt["l1.ao.b"], abs=1e-6)
    copied = Encoder(danger_encoder.make(source, texts, layers=2, often=300))
    assert (read._layers[0][4] == copied._layers[0][4]).all()
    with pytest.raises(Unusable):
        Encoder(data[:-1])


def test_a_corpus_that_was_read_in_part_is_not_read_again(tmp_path) -> None:  # type: ignore[no-untyped-def]
    asked: list[str] = []

    class Counting:
        head = encoder.shipped().head

        def means(self, text: str) -> list[object]:
            asked.append(text)
            return encoder.shipped().means(text)

    texts = list(LIVES[:2])
    first = danger_encoder.features(Counting(), texts, tmp_path)  # type: ignore[arg-type]
    again = danger_encoder.features(Counting(), texts, tmp_path)  # type: ignore[arg-type]
    assert asked == texts and (first == again).all()
    assert struct.calcsize("<f") * first.shape[1] == 4 * 384 * encoder.shipped().head.layers
