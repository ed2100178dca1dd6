"""The corpus of comments: articles, and lines that people wrote to stand under them.

``corpora/spam/<author>/<language>.tsv``. Articles come first: ``article``, number, title, what it
says. Then a line a comment: label, kind, number of its article, name, site (``-``: none), text. A
line break within a text is written ``\\n``. A line of another form is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from petitbleu.bench.corpus_files import LANGUAGES as LANGUAGES
from petitbleu.bench.corpus_files import Broken as Broken
from petitbleu.bench.corpus_files import check_kind, check_text, list_files, read_lines
from petitbleu.domain.safety.antispam.submission import Submission

CORPUS = Path(__file__).parents[3] / "corpora" / "spam"
"""In a checkout; an installation does without."""
SPAM, HAM = "spam", "ham"
LABELS = (SPAM, HAM)
ARTICLE = "article"
TEXT_MAX, NAME_MAX, SITE_MAX = 4000, 200, 200
NOTHING = "-"


class Line(NamedTuple):
    """One comment with the article it stands under."""

    author: str
    language: str
    label: str
    kind: str
    article: str
    """Title and text of the article, a line each."""
    name: str
    site: str
    text: str

    @property
    def submission(self) -> Submission:
        """The comment as the filter gets it."""
        return Submission(self.text, author=self.name, site=self.site, article=self.article)


def load(folder: Path = CORPUS) -> list[Line]:
    """All comments, in the order of authors, languages and lines. Raises Broken."""
    return [line for path in list_files(folder) for line in read(path)]


def read(path: Path) -> list[Line]:
    """The comments of one file. Raises Broken."""
    articles: dict[str, str] = {}
    found: list[Line] = []
    first: dict[str, str] = {}
    for where, columns in read_lines(path):
        if columns[0] == ARTICLE:
            _article(where, columns, articles)
            continue
        label, kind, name, site, text = _comment(where, columns, articles)
        if text in first:
            raise Broken(f"{where}: the text of {first[text]} once more")
        first[text] = where
        article, shown = articles[columns[2]], text.replace("\\n", "\n")
        found.append(Line(path.parent.name, path.stem, label, kind, article, name, site, shown))
    return found


def _article(where: str, columns: list[str], articles: dict[str, str]) -> None:
    if len(columns) != 4:
        raise Broken(f"{where}: an article has four columns, not {len(columns)}")
    _, number, title, text = columns
    if not number.isdecimal():
        raise Broken(f"{where}: “{number[:40]}” is no number of an article")
    if number in articles:
        raise Broken(f"{where}: the article {number} once more")
    for part in (title, text):
        check_text(where, part, TEXT_MAX)
    articles[number] = f"{title}\n{text}".replace("\\n", "\n")


def _comment(
    where: str, columns: list[str], articles: dict[str, str]
) -> tuple[str, str, str, str, str]:
    if len(columns) != 6:
        raise Broken(f"{where}: a comment has six columns, not {len(columns)}")
    label, kind, article, name, site, text = columns
    if label not in LABELS:
        raise Broken(f"{where}: the label “{label[:40]}” is none of {', '.join(LABELS)}")
    check_kind(where, kind)
    if article not in articles:
        raise Broken(f"{where}: there is no article “{article[:40]}” above it")
    if len(name) > NAME_MAX or len(site) > SITE_MAX or not site:
        raise Broken(f"{where}: the name or the site is too long, or the site is not “-”")
    check_text(where, text, TEXT_MAX)
    return label, kind, name, "" if site == NOTHING else site, text


def digest(lines: Iterable[Line]) -> str:
    """SHA-256 of a corpus: what a model says that it was made of."""
    found = sha256()
    for line in lines:
        found.update("\t".join(line).encode() + b"\n")
    return found.hexdigest()
