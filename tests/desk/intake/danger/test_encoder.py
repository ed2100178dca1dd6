"""The encoder and the model above it: their files, their bounds, the same answers everywhere."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from petitbleu.bench import encoder_file, spam_corpus
from petitbleu.bench.danger_corpus import LANGUAGES, load
from petitbleu.desk.intake.danger import encoder, model, sentences
from petitbleu.desk.intake.danger.encoder import TOKENS_MAX, Encoder, _Layer
from petitbleu.desk.intake.danger.sentences import Sentences
from petitbleu.weighttables import Unusable
from tests.desk.intake.danger.kit import surely
from tests.desk.intake.test_sorting_danger import LIVES

MEBIBYTE, MEGABYTE = 1 << 20, 1_000_000


def test_the_shipped_files_are_small_and_of_the_corpus() -> None:
    files = (encoder.FILE, encoder.COMMENTS, model.FILE, sentences.FILE)
    assert sum(file.stat().st_size for file in files) <= 30 * MEGABYTE
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
        _Layer(*(
            [float64(part) for part in item] if isinstance(item, list) else float64(item)
            for item in layer
        ))
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
    small = Encoder(encoder_file.make(encoder_file.package(), texts, often=300, layers=2))
    assert small.head.pieces < encoder.shipped().head.pieces
    assert small.head.copied == 2 < encoder.shipped().head.copied < encoder.shipped().head.layers
    for text in texts:
        means = zip(small.means(text), encoder.shipped().means(text), strict=False)
        for one, other in means:
            assert abs(one - other).max() < 1e-4


def test_what_a_layer_learnt_is_read_back_nearly() -> None:
    """Differences of two bits, and everything else in full; layers below are as they were."""
    source, texts, chance = encoder_file.package(), list(LIVES[:1]), np.random.default_rng(1)
    plain = encoder_file.plain(source, [1])
    learnt = {name: one + chance.normal(0, 1e-3, one.shape) for name, one in plain.items()}
    data = encoder_file.make(source, texts, layers=2, often=300, learnt=learnt)
    read = Encoder(data)
    assert read.head.copied == 1
    back = encoder_file.as_shipped(source, learnt)
    for name, at in (("ao.w", "out"), ("fi.w", "into"), ("fo.w", "back")):
        assert (back[f"l1.{name}"] == getattr(read._layers[1], at).T).all()
        wrong = abs(back[f"l1.{name}"] - learnt[f"l1.{name}"]).mean()
        assert wrong < 0.4 * abs(plain[f"l1.{name}"] - learnt[f"l1.{name}"]).mean()
    assert read._layers[1].outs == pytest.approx(learnt["l1.ao.b"], abs=1e-6)
    copied = Encoder(encoder_file.make(source, texts, layers=2, often=300))
    assert (read._layers[0].into == copied._layers[0].into).all()
    with pytest.raises(Unusable):
        Encoder(data[:-1])


def test_other_layers_take_the_place_of_the_upper_ones() -> None:
    """The same differences give the same encoder, others only the lower layers."""
    source, text, chance = encoder_file.package(), LIVES[0], np.random.default_rng(2)
    shipped, width = encoder.shipped(), encoder.shipped().head.layers
    plain = encoder_file.plain(source, range(shipped.head.copied, width))
    learnt = {name: one + chance.normal(0, 1e-3, one.shape) for name, one in plain.items()}
    whole = Encoder(encoder_file.make(source, [text], often=300, learnt=learnt))
    data = encoder_file.make_layers(source, learnt, "corpus")
    other = Encoder(encoder_file.make(source, [text], often=300)).with_layers(data)
    for one, same in zip(whole.means(text), other.means(text), strict=True):
        assert abs(one - same).max() < 1e-5
    apart = shipped.with_layers(data).means(text)
    gaps = [abs(a - b).max() for a, b in zip(shipped.means(text), apart, strict=True)]
    assert max(gaps[: shipped.head.copied]) < 1e-6 < min(gaps[shipped.head.copied :])
    for broken in (data[:-1], b"", b"{}", data.replace(b'"format":1', b'"format":7')):
        with pytest.raises(Unusable):
            shipped.with_layers(broken)


def test_the_layers_for_comments_learnt_from_the_corpus_of_comments() -> None:
    head = msgspec.json.decode(encoder.COMMENTS.read_bytes().partition(b"\n")[0])
    assert head["corpus"] == spam_corpus.digest(spam_corpus.load())
    gaps = [
        abs(one - other).max()
        for one, other in zip(
            encoder.shipped().means(LIVES[0]), encoder.for_comments().means(LIVES[0]), strict=True
        )
    ]
    copied = encoder.shipped().head.copied
    assert max(gaps[:copied]) < 1e-6 < min(gaps[copied:])
