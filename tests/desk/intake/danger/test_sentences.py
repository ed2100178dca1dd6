"""Training the second model: its file says what was learnt, and thresholds keep shares."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from petitbleu.bench import danger, danger_corpus, danger_sentences, encoder_learnt
from petitbleu.bench.danger_corpus import DANGER, LABELS, Broken, Line
from petitbleu.bench.danger_sentences import Left, Limits
from petitbleu.bench.danger_training import (
    NEAR_DANGER,
    NEAR_PERHAPS,
    ORDINARY_DANGER,
    ORDINARY_PERHAPS,
    Counted,
    Thresholds,
)
from petitbleu.bench.encoder_learnt import Learnt
from petitbleu.cli.main import cli
from petitbleu.desk.intake.danger import sentences
from petitbleu.desk.intake.danger.sentences import Sentences
from petitbleu.weighttables import Unusable

WIDTH, LAYERS = 4, (2, 3)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [line for line in danger_corpus.load() if line.language == "en"][::9]


def _learnt(lines: list[Line], folder: Path) -> Learnt:
    """What learning might have left behind: scores that know danger, mostly."""
    chance = np.random.default_rng(7)
    weights = chance.normal(size=WIDTH * len(LAYERS)).astype("<f4")
    scores = chance.normal(size=len(lines)) + [2.0 * (line.label == DANGER) for line in lines]
    digest = danger_corpus.digest(lines)
    head = encoder_learnt.Head(1, digest, LAYERS, len(weights), 4, bias=-0.5, linear=1.5)
    encoder_learnt.write(head, weights.tobytes(), list(scores), folder)
    return encoder_learnt.read(folder, digest, len(lines))


def _left(lines: list[Line], learnt: Learnt) -> list[Left]:
    """The same beside scores of a first model."""
    chance, authors = np.random.default_rng(8), sorted({line.author for line in lines})
    return [
        Left(line, authors.index(line.author) % 4, chance.normal() + (line.label == DANGER), score)
        for line, score in zip(lines, learnt.scores, strict=True)
    ]


class Ruled(Counted):
    """A corpus in which no rule finds anything, and whose marks nobody counted."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines, self.ruled = lines, set()


def test_the_file_says_what_was_learnt(lines: list[Line], tmp_path: Path) -> None:
    learnt = _learnt(lines, tmp_path)
    data = danger_sentences.write(Ruled(lines), learnt, _left(lines, learnt))
    read, weights = Sentences(data), struct.unpack("<8f", learnt.weights)
    means = [np.full(WIDTH, float(layer)) for layer in (1, 2, 3)]
    wanted = 2.0 * sum(weights[:WIDTH]) + 3.0 * sum(weights[WIDTH:]) - 0.5
    assert read.score(means, 0.0) == pytest.approx(wanted, abs=1e-4)
    assert read.score(means, 2.0) == pytest.approx(wanted + 2 * read.head.linear, abs=1e-4)
    assert read.head.linear > 1.5
    with pytest.raises(Unusable):
        Sentences(data[:-4])


def test_what_was_learnt_of_other_lines_is_refused(lines: list[Line], tmp_path: Path) -> None:
    digest, file = danger_corpus.digest(lines), tmp_path / encoder_learnt.NAME
    with pytest.raises(Broken, match="nothing was learnt"):
        encoder_learnt.read(tmp_path, digest, len(lines))
    _learnt(lines, tmp_path)
    with pytest.raises(Broken, match="--learn"):
        encoder_learnt.read(tmp_path, danger_corpus.digest(lines[1:]), len(lines) - 1)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Broken, match="cut"):
        encoder_learnt.read(tmp_path, digest, len(lines))


def test_what_ships_is_what_was_learnt() -> None:
    lines = danger_corpus.load()
    learnt = encoder_learnt.read(danger_corpus.CORPUS, danger_corpus.digest(lines), len(lines))
    shipped = sentences.shipped()
    assert shipped.head.layers == learnt.head.layers and shipped.head.bias == learnt.head.bias
    assert shipped._weights == learnt.weights


def test_without_pytorch_learning_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    (tmp_path / "a01").mkdir()
    text = "danger\tthreat\tHe is at the door.\nordinary\tspam\tThis account sells followers.\n"
    (tmp_path / "a01" / "en.tsv").write_text(text, "utf-8")
    asked = ["dev", "train", "danger", "--learn", "--corpus", str(tmp_path), "--to", str(tmp_path)]
    done = CliRunner().invoke(cli, asked)
    assert done.exit_code == 1 and "pip install torch" in done.output
    assert not list(tmp_path.glob("*.bin"))


def test_harmless_lines_keep_their_shares(lines: list[Line], tmp_path: Path) -> None:
    counted, left = Ruled(lines), _left(lines, _learnt(lines, tmp_path))
    limits = danger_sentences.choose(counted, left, 1.0)
    first = counted.chosen([(one.line, one.linear) for one in left])
    taken: dict[str, list[str]] = {label: [] for label in LABELS}
    for one in left:
        taken[one.line.label].append(limits.level(one, first, ruled=False))
    for label, danger_, any_ in (
        ("near", NEAR_DANGER, NEAR_PERHAPS),
        ("ordinary", ORDINARY_DANGER, ORDINARY_PERHAPS),
    ):
        found = taken[label]
        assert found.count("danger") <= danger_ * len(found) + 1
        assert len(found) - found.count("") <= any_ * len(found) + 1
    alone = [first.danger <= one.linear for one in left if one.line.label == DANGER]
    assert taken[DANGER].count("danger") > sum(alone)


def test_what_the_first_model_is_sure_of_is_not_left_open() -> None:
    line, limits = Line("a", "en", "near", "k", "t"), Limits(-1, 1, 1, Thresholds(0, 5, 3))
    first = Thresholds(0, 0.5, 0.2)
    assert limits.level(Left(line, 0, 1.0, -9), first, ruled=False) == "danger"
    assert limits.level(Left(line, 0, -1.1, 9), first, ruled=False) == ""
    assert limits.level(Left(line, 0, 0.9, -9), first, ruled=False) == ""
    assert limits.level(Left(line, 0, -0.9, 9), first, ruled=False) == "danger"


def test_both_tables_are_of_the_same_lines(lines: list[Line], tmp_path: Path) -> None:
    left = _left(lines, _learnt(lines, tmp_path))
    both, first = danger.measure(Ruled(lines), left, 1.0)
    assert sorted(one.line for one in both) == sorted(one.line for one in first) == sorted(lines)
    assert "all" in danger.table(both)
