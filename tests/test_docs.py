"""The documentation points at files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from petitbleu.desk.outside import door
from petitbleu.desk.reference.law.service import duty
from petitbleu.desk.workplace.pages import texts as desk
from tests.kit import german
from tests.kit.french import CODE, faults

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "schema").glob("*.md"),
    *(ROOT / "examples").glob("*.md"),
    *(ROOT / "deploy").glob("*.md"),
    *(ROOT / "src").rglob("README.md"),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    dead = [
        target
        for target in LINK.findall(text)
        if "://" not in target
        and not target.startswith("mailto:")
        and not (page.parent / target).exists()
    ]
    assert dead == []


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs/desk/fr").glob("*.md")), ids=lambda one: one.name
)
def test_signs_of_the_french_manual_keep_to_their_words(page: Path) -> None:
    wrong = faults(CODE.sub("", page.read_text("utf-8")))
    assert wrong == [], "mended by: python -m tests.kit.french docs/desk/fr/*.md"


GERMAN = sorted((ROOT / "docs/desk/de").glob("*.md"))
_OTHERS = re.compile(r"^\*(\[.*\.md\))\*$", re.MULTILINE)
"""The line of a chapter that leads to its other languages."""


@pytest.mark.parametrize("page", GERMAN, ids=lambda one: one.name)
def test_signs_of_the_german_manual_are_german(page: Path) -> None:
    wrong = german.faults(german.prose(page.read_text("utf-8")))
    assert wrong == [], "no-break spaces are set by: python -m tests.kit.german docs/desk/de/*.md"


@pytest.mark.parametrize(
    "page",
    sorted((ROOT / "docs/desk").glob("??/*.md")),
    ids=lambda one: f"{one.parent.name}-{one.name}",
)
def test_the_manual_quotes_what_stands_on_the_pages_of_the_desk(page: Path) -> None:
    """A label is quoted whole, or up to “…”."""
    labels = LABELS[page.parent.name]
    assert [one for one in _quoted(page) if not _is_label(one, labels)] == []


def _quoted(page: Path) -> list[str]:
    """The labels that a chapter quotes (in italics)."""
    text = " ".join(CODE.sub("", _OTHERS.sub("", page.read_text("utf-8"))).split())
    return list(dict.fromkeys(german.QUOTED.findall(text.replace("**", ""))))


def _is_label(quoted: str, labels: set[str]) -> bool:
    if quoted.endswith(" …"):
        begun = quoted.removesuffix(" …")
        return any(re.match(rf"{re.escape(begun)}(?!\w)", one) for one in labels)
    return quoted in labels


def _labels(language: str) -> set[str]:
    """Texts of the pages, whole and up to what is filled in, and what clocks ask for."""
    said = [*desk.TEXTS[language].values(), *door.TEXTS[language].values()]
    texts = [" ".join(text.split()) for text in said if isinstance(text, str)]
    law = (ROOT / "schema/law/kinds.json").read_text("utf-8")
    duties = [duty(one, language) for one in re.findall(r'"action": "([^"]+)"', law)]
    return {*texts, *(one.partition("{")[0].rstrip(" (.?:") for one in texts), *duties}


LABELS = {language: _labels(language) for language in desk.TEXTS}


def _chapters() -> list[dict[str, Path]]:
    """The chapters of the desk's manual as its index pairs them: language -> page."""
    folder = ROOT / "docs/desk"
    rows = (
        re.findall(r"\]\(((\w\w)/[^)]+)\)", line)
        for line in (folder / "README.md").read_text("utf-8").splitlines()
    )
    return [{language: folder / path for path, language in row} for row in rows if row]


CHAPTERS = _chapters()
MANUALS = ("en", "fr", "de")


def test_the_index_pairs_every_chapter_in_every_language() -> None:
    assert all(tuple(row) == MANUALS for row in CHAPTERS)
    named = [page for row in CHAPTERS for page in row.values()]
    assert len(set(named)) == len(named)
    assert set(named) == {
        page for one in MANUALS for page in (ROOT / "docs/desk" / one).glob("*.md")
    }


def test_the_index_names_every_chapter_by_its_heading() -> None:
    index = (ROOT / "docs/desk/README.md").read_text("utf-8")
    named = {path: title for title, path in re.findall(r"\[([^\]]+)\]\((\w\w/[^)]+)\)", index)}
    headings = {
        path: (ROOT / "docs/desk" / path).read_text("utf-8").partition("\n")[0] for path in named
    }
    assert {path: f"# {title}" for path, title in named.items()} == headings


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one["en"].stem)
def test_a_chapter_is_built_alike_in_every_language(chapter: dict[str, Path]) -> None:
    built = {language: _built(page) for language, page in chapter.items()}
    for language in ("fr", "de"):
        assert built[language] == built["en"], language


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one["en"].stem)
def test_a_chapter_leads_to_its_other_languages(chapter: dict[str, Path]) -> None:
    for language, page in chapter.items():
        others = [f"../{one}/{chapter[one].name}" for one in MANUALS if one != language]
        line = page.read_text("utf-8").splitlines()[2]
        assert _OTHERS.match(line) and LINK.findall(line) == others, page


def _built(page: Path) -> dict[str, object]:
    """What a chapter has in every language: headings, lists, tables, links, settings."""
    text = _OTHERS.sub("", page.read_text("utf-8"))
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    english = {row[one]: row["en"] for row in CHAPTERS for one in row}
    links = [(page.parent / target).resolve() for target in LINK.findall(prose)]
    return {
        "headings": re.findall(r"^#+(?= )", prose, re.MULTILINE),
        "lists": re.findall(r"^ *(?:\*|\d+\.)(?= )", prose, re.MULTILINE),
        "tables": [line.count("|") for line in prose.splitlines() if line.lstrip().startswith("|")],
        "code": [code.count("\n") for code in re.findall(r"```.*?```", text, re.DOTALL)],
        "links": sorted(str(english.get(target, target)) for target in links),
        "settings": _settings(prose),
    }


def _settings(prose: str) -> set[str]:
    """Commands, files, settings and keys, but for words in them that a reader makes up."""
    found = {re.sub(r"\s+", " ", one) for one in re.findall(r"`([^`]+)`", prose)}
    found = {re.sub(r"(mkdir|--data) \w+", r"\1 …", one) for one in found}
    return {re.sub(r"^### [^…]+ ###$", "### … ###", one) for one in found}


def test_the_readme_shows_the_two_commands() -> None:
    first_screen = "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:25])
    assert "make run" in first_screen
    assert "make test" in first_screen


@pytest.mark.parametrize("page", ["media.md", "link-previews.md"])
def test_every_attack_that_is_listed_names_tests_that_exist(page: str) -> None:
    text = (ROOT / "docs" / "operate" / page).read_text("utf-8")
    (table,) = re.findall(
        r"\| Attack \| Outcome \| Test \|\n\|---\|---\|---\|\n((?:\|.*\n?)+)", text
    )
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)\(", written))
    lines = table.splitlines()
    assert len(lines) >= 19
    for line in lines:
        named = re.findall(r"`(test_\w+)`", line.rpartition(" | ")[2])
        assert named and set(named) <= there, line


def test_every_decision_has_a_number_of_its_own_and_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    numbers = [int(path.name[:4]) for path in pages]
    assert len(set(numbers)) == len(numbers), [path.name for path in pages]
    headings = [path.read_text("utf-8").partition(". ")[0] for path in pages]
    assert headings == [f"# {number}" for number in numbers]
    listed = LINK.findall((folder / "README.md").read_text("utf-8"))
    assert listed == [path.name for path in pages]


@pytest.mark.parametrize(
    ("index", "folders"),
    [
        ("README.md", ["guide", "operate", "developers", "protocol", "desk"]),
        ("desk/README.md", ["desk/en", "desk/fr", "desk/de"]),
    ],
)
def test_every_page_is_named_in_the_index(index: str, folders: list[str]) -> None:
    docs = ROOT / "docs"
    named = LINK.findall((docs / index).read_text("utf-8"))
    there = {page for folder in folders for page in (docs / folder).glob("*.md")}
    assert there <= {(docs / index).parent.joinpath(target).resolve() for target in named}
