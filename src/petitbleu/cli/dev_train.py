"""``petitbleu dev train``: make what is learnt from a corpus of the repository (dev packages)."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from petitbleu.bench.danger_training import Counted


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
    from petitbleu.bench import danger_corpus, danger_learnt, danger_sentences, danger_training
    from petitbleu.desk.intake.danger import model, sentences

    began, folder = time.perf_counter(), to or model.FILE.parent
    source = corpus or danger_corpus.CORPUS
    try:
        lines = danger_corpus.load(source)
        counted = danger_training.Counted(lines)
        if learn:
            _learn(counted, source, folder, kept or Path("build/danger"))
        learnt = danger_learnt.read(lines, source / danger_learnt.FILE.name)
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
    from petitbleu.bench import danger_learning, danger_learnt
    from petitbleu.desk.intake.danger import encoder

    try:
        made = danger_learning.learn(counted, kept, source / danger_learnt.FILE.name)
    except ImportError as error:
        raise click.ClickException(f"{error}: learning needs PyTorch, pip install torch") from None
    (folder / encoder.FILE.name).write_bytes(made)


@train.command("spam")
@click.option("--corpus", type=click.Path(path_type=Path), help="Default: corpora/spam.")
@click.option("--to", type=click.Path(path_type=Path), help="A folder; default: where they ship.")
@click.option("--numbers", type=click.Path(path_type=Path), help="What the encoder made of it.")
@click.option("--measure", is_flag=True, help="Train nothing; print scores, each author left out.")
def spam(corpus: Path | None, to: Path | None, numbers: Path | None, measure: bool) -> None:
    """Train what the spam filter begins with: the same corpus gives the same bytes of the first
    model, and of the second the same to the last digits.

    What the encoder makes of the corpus takes some minutes and is kept in --numbers (default:
    build/spam).
    """
    from petitbleu.bench import danger_encoder, spam_authors, spam_corpus, spam_sentences
    from petitbleu.bench import spam_training as first_model
    from petitbleu.desk.intake.danger import encoder
    from petitbleu.domain.safety.antispam import seed, sentences

    began = time.perf_counter()
    try:
        lines = spam_corpus.load(corpus or spam_corpus.CORPUS)
    except spam_corpus.Broken as broken:
        raise click.ClickException(str(broken)) from None
    reader, kept = encoder.shipped(), numbers or Path("build/spam")
    known = danger_encoder.features(reader, spam_sentences.texts(lines), kept)
    weighed = spam_sentences.Weighed(lines, known, reader.head.layers)
    if measure:
        click.echo(spam_authors.report(lines, weighed))
        return
    counted = first_model.Counted(lines, first_model.older())
    scored = counted.score_left_out()
    first = first_model.write_chosen(counted, scored)
    second = spam_sentences.write(weighed, spam_sentences.leave_out(scored, weighed))
    folder = to or seed.FILE.parent
    (folder / seed.FILE.name).write_bytes(first)
    (folder / sentences.FILE.name).write_bytes(second)
    seconds, size = time.perf_counter() - began, len(first) + len(second)
    click.echo(f"{len(lines)} lines, {size:,} bytes, {seconds:.0f} s: {folder}")
