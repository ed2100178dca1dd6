"""The corpus of comments: a broken line is refused, the same corpus gives the same model."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from petitbleu.bench import spam_authors, spam_corpus, spam_training
from petitbleu.bench.shares import Share
from petitbleu.bench.spam_corpus import Broken, Line
from petitbleu.cli.main import cli
from petitbleu.domain.safety.antispam import features, seed
from petitbleu.weighttables import Unusable

ARTICLE = "article\t1\tBridge closed\tThe old bridge is closed until May.\n"
HAM = "ham\tquestion\t1\tAda\t-\tIs the bridge closed to bicycles, too?\n"
MEBIBYTE = 1 << 20


def written(folder: Path, text: str | bytes, name: str = "s01/en.tsv") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def some(authors: int = 3) -> list[Line]:
    """A few lines of some authors: enough to train with, not to be right."""
    return [
        Line(f"s{n:02}", "en", label, "kind", "Bridge\nThe bridge is closed.", name, site, text)
        for n in range(authors)
        for label, name, site, text in (
            ("spam", "Loans", "https://loans.example", f"Quick loans for everybody, call {n}00"),
            ("spam", "Best Pills", "", f"I was ill for {n} years, then I found these pills"),
            ("ham", "Ada", "", f"The bridge was closed for {n} weeks last year, too"),
            ("ham", "Bob", "", f"My bus stops there, line {n}: how do we get to school now?"),
        )
    ]


def test_a_comment_comes_with_its_article_and_line_breaks(tmp_path: Path) -> None:
    path = written(tmp_path, ARTICLE + "spam\tshop\t1\tShop\tshop.info\tone\\ntwo\n")
    article = "Bridge closed\nThe old bridge is closed until May."
    (line,) = spam_corpus.read(path)
    assert line == Line("s01", "en", "spam", "shop", article, "Shop", "shop.info", "one\ntwo")
    what = line.submission
    assert (what.author, what.site, what.article) == ("Shop", "shop.info", article)
    (bare,) = spam_corpus.read(written(tmp_path, ARTICLE + HAM))
    assert bare.site == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("article\t1\tTitle\n", "s01/en.tsv:1: an article has four columns, not 3"),
        ("article\tone\tTitle\tText\n", "“one” is no number of an article"),
        (ARTICLE * 2, "s01/en.tsv:2: the article 1 once more"),
        ("article\t1\t \tText\n", "there is no text"),
        (ARTICLE + "ham\tx\t1\tAda\t-\n", "s01/en.tsv:2: a comment has six columns, not 5"),
        (ARTICLE + "good\tx\t1\tAda\t-\ttext\n", "the label “good”"),
        (ARTICLE + "ham\tno word!\t1\tAda\t-\ttext\n", "is no word"),
        (ARTICLE + "ham\tx\t2\tAda\t-\ttext\n", "there is no article “2” above it"),
        (HAM + ARTICLE, "s01/en.tsv:1: there is no article “1” above it"),
        (ARTICLE + "ham\tx\t1\tAda\t\ttext\n", "the site is not “-”"),
        (ARTICLE + "ham\tx\t1\t" + "a" * 201 + "\t-\ttext\n", "the name or the site is too long"),
        (ARTICLE + "ham\tx\t1\tAda\t-\t \n", "there is no text"),
        (ARTICLE + "ham\tx\t1\tAda\t-\t" + "x" * 4001 + "\n", "longer than 4000"),
        (ARTICLE + HAM * 2, "s01/en.tsv:3: the text of s01/en.tsv:2 once more"),
        (ARTICLE.encode() + b"ham\tx\t1\tAda\t-\t\xff\n", "not UTF-8 at byte"),
        (ARTICLE + "ham\tx\t1\tAda\t-\ttext", "the last line does not end"),
    ],
)
def test_a_broken_line_is_refused_by_name(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(Broken) as refused:
        spam_corpus.read(written(tmp_path, text))
    assert said in str(refused.value)


def test_an_unknown_language_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="there is no"):
        spam_corpus.load(tmp_path)
    written(tmp_path, ARTICLE + HAM, "s01/xx.tsv")
    with pytest.raises(Broken, match="xx"):
        spam_corpus.load(tmp_path)


def test_the_command_refuses_a_broken_corpus_in_a_sentence(tmp_path: Path) -> None:
    written(tmp_path, "spam\tonly\n")
    done = CliRunner().invoke(
        cli, ["dev", "train", "spam", "--corpus", str(tmp_path), "--to", str(tmp_path / "m.bin")]
    )
    assert done.exit_code != 0 and "s01/en.tsv:1" in done.output
    assert "Traceback" not in done.output and not (tmp_path / "m.bin").exists()


def test_the_shipped_corpus_can_be_read_and_is_the_models() -> None:
    lines = spam_corpus.load()
    head = seed.shipped().head
    assert spam_corpus.digest(lines) == head.corpus
    assert spam_training.marks_digest(lines) == head.marks, "run: petitbleu dev train spam"
    assert seed.FILE.stat().st_size <= 2 * MEBIBYTE


def test_every_author_of_the_shipped_corpus_wrote_in_all_languages() -> None:
    lines = spam_corpus.load()
    for author in {line.author for line in lines}:
        of_author = [line for line in lines if line.author == author]
        assert {line.language for line in of_author} == set(spam_corpus.LANGUAGES), author
        assert {line.label for line in of_author} == set(spam_corpus.LABELS), author


@pytest.mark.sometimes(2)
def test_the_same_corpus_gives_the_same_bytes() -> None:
    assert spam_training.train(some(), ()) == spam_training.train(some(), ())


def test_the_file_scores_as_was_measured() -> None:
    """What is measured adds up matrices, what ships bytes."""
    lines = some()
    counted = spam_training.Counted(lines)
    learnt = counted.fit({line.author for line in lines})
    reader = seed.Model(spam_training.write(lines, learnt, 0.0))
    for line, odds in counted.scores(learnt, {"s01"}):
        what = line.submission
        found = reader.opinion(what, features.extract_features(what))
        assert found.score == pytest.approx(seed.as_score(odds, 0.0, 1.0), abs=1e-9)


def test_an_author_left_out_teaches_nothing() -> None:
    lines = [line for line in some(2) if line.author == "s00" or line.label == "ham"]
    odd = [line._replace(author="s09", text="xyzzy") for line in some(1)[:1]]
    counted = spam_training.Counted([*lines, *odd])
    without = counted.fit({"s00", "s01"})
    alone = spam_training.Counted(lines).fit({"s00", "s01"})
    assert without.weights == alone.weights
    assert without.fitted.to_bytes() == alone.fitted.to_bytes()


def test_figures_stand_beside_the_goals_with_their_intervals() -> None:
    scored = [(line, 3.0 if line.label == "spam" else -3.0) for line in some()]
    judged = spam_authors.judge(scored)
    assert spam_authors.share(judged, "spam") == Share(6, 6)
    shown = spam_authors.table(judged)
    assert "goal >= 96%" in shown and "goal <= 2%" in shown
    assert Share(6, 6).text in shown and Share(0, 6).text in shown


def test_marks_that_may_speak_one_way_only_do() -> None:
    weights = seed.shipped().head.weights
    assert all(weights.get(mark, 0.0) <= 0 for mark in seed.FOR_ALONE)
    assert all(weights.get(mark, 0.0) >= 0 for mark in seed.AGAINST_ALONE)


@pytest.mark.parametrize("data", [b"", b"{}\n", b"not json\n123"])
def test_a_file_that_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(Unusable):
        seed.Model(data)


def test_a_model_that_was_cut_is_refused() -> None:
    with pytest.raises(Unusable):
        seed.Model(seed.FILE.read_bytes()[:-1])
