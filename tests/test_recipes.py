"""The recipes of docs/developers can be followed: their blocks are applied to a copy of the tree,
and their own checks are run there.

A block whose first line says ``new=PATH`` is a file, ``end=PATH`` goes to the end of one,
``file=PATH`` is a change of one: lines as they are, less (``-``) and more (``+``). ``sh check``
holds the commands that say what somebody forgot. The pages follow one another: an event needs the
method before it.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
DEVELOPERS = ROOT / "docs" / "developers"
PACKAGE = ROOT / "src" / "petitbleu"
FOLLOWED = (
    "add-a-table.md",
    "add-a-tl-method.md",
    "add-an-event.md",
    "add-a-job.md",
    "add-a-text.md",
    "add-a-page.md",
    "add-a-case-kind.md",
)
"""Pages that are followed, in this order."""
BY_HAND = ("add-a-layer.md",)
"""Pages that need something from outside: the published schema of a layer."""
BLOCK = re.compile(
    r"^```(?P<how>\w+) (?P<what>new|end|file)=(?P<path>\S+)\n(?P<text>.*?)^```$", re.M | re.S
)
CHECK = re.compile(r"^```sh check\n(.*?)^```$", re.M | re.S)
MIGRATIONS = Path("src/petitbleu/store/migrations")


class Block(NamedTuple):
    """One block of a page: what is done to which file."""

    what: str
    path: str
    text: str


def blocks(page: str) -> list[Block]:
    """The blocks of a page that change the tree, in their order."""
    text = (DEVELOPERS / page).read_text("utf-8")
    return [Block(one["what"], one["path"], one["text"]) for one in BLOCK.finditer(text)]


def commands(page: str) -> list[list[str]]:
    """The commands of a page's check, each as its words."""
    text = (DEVELOPERS / page).read_text("utf-8")
    return [shlex.split(line) for found in CHECK.findall(text) for line in found.splitlines()]


def targets(page: str) -> dict[str, str]:
    """The tests that a page's check runs: file or test -> what its ``-k`` chooses of it."""
    found = {}
    for words in commands(page):
        if "pytest" in words:
            named, _, chosen = " ".join(words[3:]).partition(" -k ")
            found |= dict.fromkeys(named.split(), chosen)
    return found


def changed(before: str, change: str) -> str:
    """``before`` with a change made. Raises AssertionError where its place is not found once."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert before.count(old) == 1, f"found {before.count(old)} times:\n{old}"
    return before.replace(old, new)


def apply(tree: Path, block: Block) -> None:
    """Do in ``tree`` what a block says."""
    path = tree / block.path
    if block.what == "new":
        if path.name.startswith("NNNN_"):
            last = max(int(one.name[:4]) for one in (tree / MIGRATIONS).glob("*.sql"))
            path = path.with_name(path.name.replace("NNNN", f"{last + 1:04d}"))
        assert not path.exists(), path
        path.write_text(block.text, "utf-8")
    elif block.what == "end":
        # Code in pages is formatted like a file: the two lines above a function are not there.
        apart = "\n\n" if block.text.startswith(("@", "class ", "def ", "async ")) else ""
        path.write_text(path.read_text("utf-8") + apart + block.text, "utf-8")
    else:
        path.write_text(changed(path.read_text("utf-8"), block.text), "utf-8")


def undo(tree: Path, block: Block) -> None:
    """Take a change (``file=``) or an addition (``end=``) back."""
    if block.what == "end":
        path = tree / block.path
        path.write_text(path.read_text("utf-8").removesuffix(block.text), "utf-8")
        return
    swapped = {"+": "-", "-": "+"}
    lines = block.text.splitlines(keepends=True)
    back = "".join(swapped.get(line[0], line[0]) + line[1:] for line in lines)
    apply(tree, block._replace(text=back))


def copy_tree(into: Path) -> None:
    """What the checks need, with the bytecode there is: else 2,000 modules were compiled again."""
    for name in ("src", "schema", "tests", "docs"):
        shutil.copytree(ROOT / name, into / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "corpora" / "letters", into / "corpora" / "letters")
    shutil.copy2(ROOT / "pyproject.toml", into)
    modules = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    for folder in {path.parent for path in modules}:
        cache = into / folder.relative_to(ROOT) / "__pycache__"
        for cached in Path(importlib.util.cache_from_source(str(folder / "x.py"))).parent.glob(
            "*.pyc"
        ):
            cache.mkdir(exist_ok=True)
            shutil.copy2(cached, cache)


def run(tree: Path, words: list[str]) -> str:
    """What a command of a page prints, in ``tree``."""
    program = {
        ".venv/bin/python": [sys.executable],
        ".venv/bin/petitbleu": [sys.executable, "-c", "from petitbleu.cli import main; main()"],
    }[words[0]]
    plain = {"TESTS_SEED", "TESTS_CALLS", "PYTHONPYCACHEPREFIX", "PYTEST_CURRENT_TEST"}
    env = {key: value for key, value in os.environ.items() if key not in plain}
    env |= {"PYTHONPATH": str(tree / "src")}
    done = subprocess.run(
        [*program, *words[1:]], cwd=tree, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout + done.stderr


def run_tests(tree: Path, wanted: dict[str, str]) -> dict[str, str]:
    """The outcomes of tests on SQLite, by their names. PostgreSQL is what takes minutes."""
    chosen = ["not postgres", *(f"(not {Path(of).name} or {k})" for of, k in wanted.items() if k)]
    options = ["-q", "-rA", "--tb=short", "-p", "no:cacheprovider", "-k", " and ".join(chosen)]
    printed = run(tree, [".venv/bin/python", "-m", "pytest", *options, *wanted])
    found = {
        name: outcome
        for outcome, name in re.findall(
            r"^(PASSED|FAILED|ERROR) (\S+::.*?)(?: - .*)?$", printed, re.M
        )
    }
    assert found, printed
    bad = any(outcome != "PASSED" for outcome in found.values())
    return found | {"printed": printed if bad else ""}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which all recipes were followed."""
    made = tmp_path_factory.mktemp("recipes")
    copy_tree(made)
    for page in FOLLOWED:
        for block in blocks(page):
            apply(made, block)
    for page in FOLLOWED:
        for words in commands(page):
            if "pytest" not in words:
                run(made, words)
    return made


@pytest.fixture(scope="module")
def outcomes(tree: Path) -> dict[str, str]:
    """What the checks of all pages say."""
    return run_tests(tree, {of: k for page in FOLLOWED for of, k in targets(page).items()})


def _of(outcomes: dict[str, str], target: str) -> list[str]:
    """The outcomes of the tests of ``target``, a file or one test with any parameters."""
    return [one for name, one in outcomes.items() if re.split(r"::|\[", name)[0] == target] or [
        one for name, one in outcomes.items() if name.partition("[")[0] == target
    ]


@pytest.mark.parametrize("page", FOLLOWED)
def test_a_recipe_that_is_followed_passes_its_check(page: str, outcomes: dict[str, str]) -> None:
    assert targets(page)
    for target in targets(page):
        assert set(_of(outcomes, target)) == {"PASSED"}, target + "\n" + outcomes["printed"][-6000:]


@pytest.mark.parametrize("words", [["check"], ["format", "--check"]], ids=lambda words: words[0])
def test_the_code_of_the_recipes_is_what_make_lint_lets_pass(tree: Path, words: list[str]) -> None:
    written = {one.path for page in FOLLOWED for one in blocks(page) if one.path.endswith(".py")}
    ruff = [sys.executable, "-m", "ruff", *words, "--no-cache", *sorted(written)]
    done = subprocess.run(ruff, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


FORGOTTEN = {
    "src/petitbleu/store/tables.py": "tests/test_structure.py::test_every_table_has_one_owner",
    "docs/developers/repeated-calls.md": (
        "tests/rpc/test_repeats.py::test_every_method_that_writes_is_listed_once"
    ),
    "schema/reserved-names.txt": (
        "tests/web/test_public_addresses.py"
        "::test_no_channel_can_take_the_name_of_an_address_of_the_server"
    ),
    "corpora/letters/a01/fr.toml": (
        "tests/bench/test_letters.py::test_every_kind_that_a_letter_can_be_of_has_one_in_the_corpus"
    ),
    "tests/desk/reference/law/test_every_clock.py": (
        "tests/desk/reference/law/test_every_clock.py"
        "::test_every_clock_of_the_data_stands_in_the_table"
    ),
}
"""File whose change is left out -> the test that its page says will tell."""


def test_the_checks_tell_what_was_forgotten(tree: Path, outcomes: dict[str, str]) -> None:
    left_out = [one for page in FOLLOWED for one in blocks(page) if one.path in FORGOTTEN]
    assert len(left_out) == len(FORGOTTEN)
    assert {outcome for test in FORGOTTEN.values() for outcome in _of(outcomes, test)} == {"PASSED"}
    for block in left_out:
        undo(tree, block)
    try:
        said = run_tests(tree, dict.fromkeys(FORGOTTEN.values(), ""))
    finally:
        for block in left_out:
            apply(tree, block)
    assert {test: _of(said, test) for test in FORGOTTEN.values()} == {
        test: ["FAILED"] for test in FORGOTTEN.values()
    }


# ── what pages say of the tree ──────────────────────────────────────────────────────────────────


RECIPES = sorted(path.name for path in DEVELOPERS.glob("add-*.md"))
LIVES = sorted(path.name for path in DEVELOPERS.glob("life-of-*.md"))


def test_every_recipe_is_followed_or_said_to_need_something() -> None:
    assert sorted((*FOLLOWED, *BY_HAND)) == RECIPES
    assert len(LIVES) == 3


@pytest.mark.parametrize("page", [*RECIPES, *LIVES])
def test_a_page_is_short(page: str) -> None:
    assert len((DEVELOPERS / page).read_text("utf-8").splitlines()) <= 120


def _named(page: str) -> Iterator[tuple[str, str]]:
    """(file, function or "") that a page names in backticks, outside its blocks."""
    text = re.sub(r"^```.*?^```$", "", (DEVELOPERS / page).read_text("utf-8"), flags=re.M | re.S)
    for path, function in re.findall(
        r"`([\w./-]+\.(?:py|pyi|toml|tsv|tl|json|sql))(?::(\w+))?`", text
    ):
        if "/" in path and "NNNN" not in path:
            yield path, function


@pytest.mark.parametrize("page", [*RECIPES, *LIVES])
def test_files_and_functions_that_a_page_names_exist(page: str) -> None:
    missing = []
    for path, function in _named(page):
        places = [one / path for one in (ROOT, PACKAGE, PACKAGE / "desk") if (one / path).is_file()]
        if not places:
            missing.append(path)
        elif function:
            defined = {
                node.name
                for node in ast.walk(ast.parse(places[0].read_text("utf-8")))
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            }
            if function not in defined:
                missing.append(f"{path}:{function}")
    assert missing == []
