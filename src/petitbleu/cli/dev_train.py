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
@click.option("--measure", is_flag=True, help="Train nothing; print scores, each author left out.")
def danger(corpus: Path | None, to: Path | None, measure: bool) -> None:
    """Train the model of danger on a corpus: the same corpus gives the same bytes."""
    from petitbleu.bench import danger as bench
    from petitbleu.bench import danger_corpus, danger_training
    from petitbleu.desk.intake.danger.model import FILE

    try:
        lines = danger_corpus.load(corpus or danger_corpus.CORPUS)
    except danger_corpus.Broken as broken:
        raise click.ClickException(str(broken)) from None
    if measure:
        click.echo(bench.report(lines))
        return
    began = time.perf_counter()
    data = danger_training.train(lines)
    path = to or FILE
    path.write_bytes(data)
    seconds = time.perf_counter() - began
    click.echo(f"{len(lines)} lines, {len(data):,} bytes, {seconds:.0f} s: {path}")


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
