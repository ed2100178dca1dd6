"""The documentation points at files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
        ("desk/README.md", ["desk/en", "desk/fr"]),
    ],
)
def test_every_page_is_named_in_the_index(index: str, folders: list[str]) -> None:
    docs = ROOT / "docs"
    named = LINK.findall((docs / index).read_text("utf-8"))
    there = {page for folder in folders for page in (docs / folder).glob("*.md")}
    assert there <= {(docs / index).parent.joinpath(target).resolve() for target in named}
