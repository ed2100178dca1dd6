"""``petitbleu dev train``: make what is learnt from a corpus of the repository (dev packages)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from petitbleu.bench.danger_training import Counted
    from petitbleu.bench.spam_training import Counted as Comments


@click.group("train")
def train() -> None:
    """Learn what ships with the package from a corpus of the repository."""


@train.command("danger")
@click.option("--corpus", type=click.Path(path_type=Path), help="Default: corpora/danger.")
@click.option("--to", type=click.Path(path_type=Path), help="A folder; default: where they ship.")
@click.option("--learn", is_flag=True, help="Learn the encoder's upper layers anew (PyTorch).")
@click.option("--kept", type=click.Path(path_type=Path), help="Default: build/danger.")
@click.option("--measure", is_flag=True, help="Train nothing; print scores, authors left out.")
def danger(
    corpus: Path | None, to: Path | None, learn: bool, kept: Path | None, measure: bool
) -> None:
    """Train the models of danger on a corpus: some minutes, the same corpus gives the same bytes.

    What the encoder learnt is read from learnt.bin beside the corpus. With --learn it is learnt
    anew, without each group of authors and with all of them: an hour or two of two processors, with
    PyTorch (pip install torch); what is done is kept in --kept, from where an interrupted run goes
    on. Learnt on another machine, scores differ a little.
    """
    from petitbleu.bench import danger as bench
    from petitbleu.bench import danger_corpus, danger_sentences, danger_training, encoder_learnt
    from petitbleu.desk.intake.danger import model, sentences

    began, folder = time.perf_counter(), to or model.FILE.parent
    source = corpus or danger_corpus.CORPUS
    try:
        lines = danger_corpus.load(source)
        counted = danger_training.Counted(lines)
        if learn:
            _learn(counted, source, folder, kept or Path("build/danger"))
        learnt = encoder_learnt.read(source, danger_corpus.digest(lines), len(lines))
    except danger_corpus.Broken as broken:
        raise click.ClickException(str(broken)) from None
    if measure:
        click.echo(bench.report(lines, learnt))
        return
    first = danger_training.train(lines, counted)
    left = danger_sentences.leave_out(counted, learnt)
    second = danger_sentences.write(counted, learnt, left)
    (folder / model.FILE.name).write_bytes(first)
    (folder / sentences.FILE.name).write_bytes(second)
    seconds, size = time.perf_counter() - began, len(first) + len(second)
    click.echo(f"{len(lines)} lines, {size:,} bytes, {seconds:.0f} s: {folder}")


def _learn(counted: Counted, source: Path, folder: Path, kept: Path) -> None:
    from petitbleu.bench import danger_learning
    from petitbleu.desk.intake.danger import encoder

    try:
        made = danger_learning.learn(counted, kept, source)
    except ImportError as error:
        raise _without_torch(error) from None
    (folder / encoder.FILE.name).write_bytes(made)


def _without_torch(error: ImportError) -> click.ClickException:
    return click.ClickException(f"{error}: learning needs PyTorch, pip install torch")


@train.command("spam")
@click.option("--corpus", type=click.Path(path_type=Path), help="Default: corpora/spam.")
@click.option("--to", type=click.Path(path_type=Path), help="A folder; default: where they ship.")
@click.option("--learn", is_flag=True, help="Learn the encoder's upper layers anew (PyTorch).")
@click.option("--kept", type=click.Path(path_type=Path), help="Default: build/spam.")
@click.option("--measure", is_flag=True, help="Train nothing; print scores, each author left out.")
def spam(
    corpus: Path | None, to: Path | None, learn: bool, kept: Path | None, measure: bool
) -> None:
    """Train what the spam filter begins with: the same corpus gives the same bytes.

    What the encoder learnt is read from learnt.bin beside the corpus. With --learn it is learnt
    anew, as of train danger: about forty minutes of a processor.
    """
    from petitbleu.bench import encoder_learnt, spam_authors, spam_corpus, spam_sentences
    from petitbleu.bench import spam_training as first_model
    from petitbleu.domain.safety.antispam import seed, sentences

    began, source = time.perf_counter(), corpus or spam_corpus.CORPUS
    folder = to or seed.FILE.parent
    try:
        lines = spam_corpus.load(source)
        counted = first_model.Counted(lines, first_model.older())
        if learn:
            _learn_comments(counted, source, to, kept or Path("build/spam"))
        learnt = encoder_learnt.read(source, spam_corpus.digest(lines), len(lines))
    except spam_corpus.Broken as broken:
        raise click.ClickException(str(broken)) from None
    if measure:
        click.echo(spam_authors.report(lines, learnt))
        return
    scored = counted.score_left_out()
    first = first_model.write_chosen(counted, scored)
    left = spam_sentences.leave_out(scored, lines, learnt)
    second = spam_sentences.write(lines, learnt, left)
    (folder / seed.FILE.name).write_bytes(first)
    (folder / sentences.FILE.name).write_bytes(second)
    seconds, size = time.perf_counter() - began, len(first) + len(second)
    click.echo(f"{len(lines)} lines, {size:,} bytes, {seconds:.0f} s: {folder}")


def _learn_comments(counted: Comments, source: Path, to: Path | None, kept: Path) -> None:
    from petitbleu.bench import spam_learning
    from petitbleu.desk.intake.danger import encoder

    try:
        made = spam_learning.learn(counted, kept, source)
    except ImportError as error:
        raise _without_torch(error) from None
    ((to or encoder.COMMENTS.parent) / encoder.COMMENTS.name).write_bytes(made)
