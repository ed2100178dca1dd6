"""The corpus: a broken line is refused by name, and the same corpus gives the same model."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from petitbleu.bench import danger_corpus, danger_training
from petitbleu.bench.danger_corpus import Broken, Line
from petitbleu.cli.main import cli
from tests.kit.sizes import size

GOOD = "danger\tthreat\tHe is at the door.\nordinary\tspam\tThis account sells followers.\n"


def written(folder: Path, text: bytes, name: str = "a01/en.tsv") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    return path


def test_a_line_break_within_a_text_is_written_so(tmp_path: Path) -> None:
    path = written(tmp_path, b"near\tpoem\tone\\ntwo\n")
    assert danger_corpus.read(path) == [Line("a01", "en", "near", "poem", "one\ntwo")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"danger\tthreat\n", "a01/en.tsv:1: label, kind and text"),
        (b"danger\tthreat\ta\tb\n", "two tabs, not 3"),
        (b"peril\tthreat\ttext\n", "the label “peril”"),
        (b"danger\tno word!\ttext\n", "is no word"),
        (b"danger\tthreat\t  \n", "there is no text"),
        (b"danger\tthreat\t" + b"x" * 4001 + b"\n", "longer than 4000"),
        (b"danger\tthreat\tsame\nnear\tpoem\tsame\n", "a01/en.tsv:2: the text of line 1 once more"),
        (b"danger\tthreat\t\xff\n", "not UTF-8 at byte 14"),
        (b"danger\tthreat\ttext", "the last line does not end"),
    ],
)
def test_a_broken_line_is_refused_by_name(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(Broken) as refused:
        danger_corpus.read(written(tmp_path, text))
    assert said in str(refused.value)


def test_an_unknown_language_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="there is no"):
        danger_corpus.load(tmp_path)
    written(tmp_path, GOOD.encode(), "a01/xx.tsv")
    with pytest.raises(Broken, match="xx"):
        danger_corpus.load(tmp_path)


def test_the_command_refuses_a_broken_corpus_in_a_sentence(tmp_path: Path) -> None:
    written(tmp_path, b"danger\tthreat\n")
    done = CliRunner().invoke(
        cli, ["dev", "train", "danger", "--corpus", str(tmp_path), "--to", str(tmp_path / "m.bin")]
    )
    assert done.exit_code != 0 and "a01/en.tsv:1" in done.output
    assert "Traceback" not in done.output and not (tmp_path / "m.bin").exists()


def test_the_shipped_corpus_can_be_read_and_is_the_models() -> None:
    from petitbleu.desk.intake.danger.model import shipped

    assert danger_corpus.digest(danger_corpus.load()) == shipped().head.corpus


def test_nothing_is_learnt_from_strangers() -> None:
    learnt = danger_corpus.load()
    strangers = danger_corpus.load_strangers(learnt)
    assert not {one.author for one in strangers} & {one.author for one in learnt}
    assert not {one.text for one in strangers} & {one.text for one in learnt}
    written = danger_corpus.load(danger_corpus.STRANGERS)
    assert len(strangers) > 0.95 * len(written), "only a few words of a report recur"
    assert {one.language for one in strangers} == set(danger_corpus.LANGUAGES)


@pytest.mark.sometimes(2)
def test_the_same_corpus_gives_the_same_bytes() -> None:
    lines = [one for one in danger_corpus.load() if one.language == "en"][:: size(60, 9)]
    assert danger_training.train(lines) == danger_training.train(lines)
