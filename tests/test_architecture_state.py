"""What is kept beyond a call stands in docs/developers/state.md, with its kind and its bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kit import state

pytestmark = pytest.mark.sources

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "petitbleu"
ROWS = state.declared((ROOT / "docs" / "developers" / "state.md").read_text("utf-8"))


def test_everything_that_is_kept_has_a_row() -> None:
    found = state.kept(PACKAGE, sorted(PACKAGE.rglob("*.py")))
    assert state.problems(found, ROWS) == [], "a row is missing in docs/developers/state.md"


PLANTED = {
    "KEPT: Part[dict[int, str]] = Part(lambda _: {})": "KEPT",
    "KEPT: Part[int] = Part(lambda _: 0)": "KEPT",
    "_seen = {}\ndef note(one):\n    _seen[one] = True": "_seen",
    "_seen = set()\nasync def note(one):\n    _seen.add(one)": "_seen",
    "_task = None\ndef start(task):\n    global _task\n    _task = task": "_task",
    "@cache\ndef look(one):\n    return one": "look",
    "@functools.lru_cache(maxsize=9)\ndef look(one):\n    return one": "look",
    "class Known:\n    def __init__(self):\n        self.rows = {}": "Known",
    "class Known:\n    def __init__(self):\n        self.rows: Cache[int, str] = Cache(9)": "Known",
    "class Known:\n    def __init__(self):\n        self.turn = asyncio.Lock()": "Known",
    "class Known:\n    def start(self):\n        self.task = asyncio.create_task(go())": "Known",
    "class Known:\n    def start(self, path):\n        self._file = path.open('rb')": "Known",
    "class Known:\n    def __init__(self, rows):\n        self.rows = rows or []": "Known",
    "class Known:\n    def __init__(self, rows):\n        self.rows = lru_cache(9)(rows)": "Known",
    "class Known(dict[int, str]):\n    pass": "Known",
    "class Known:\n    rows: ClassVar[dict[int, str]] = {}": "Known",
    "@dataclass\nclass Known:\n    rows: set[int] = field(default_factory=set)": "Known",
    "def keep(path, text):\n    path.write_text(text)": "on disk",
    "def keep(path):\n    return path.open('ab')": "on disk",
}


@pytest.mark.parametrize("source", PLANTED)
def test_what_is_planted_is_found(source: str, tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text(source, "utf-8")
    found = state.kept(tmp_path, [tmp_path / "room.py"])
    name = PLANTED[source]
    place = "room on disk" if name == "on disk" else f"room.{name}"
    assert found == {place}
    assert state.problems(found, {}) == [f"{place}: kept beyond a call, without a row"]
    assert state.problems(found, {place: "C"}) == []
    assert state.problems(found, {"room.*": "C"}), "many at once only where nobody has to be told"
    assert state.problems(found, {place: "X"}) == [f"{place}: kind X"]


@pytest.mark.parametrize(
    "source",
    [
        "ROWS = {1: 'one'}\ndef look(one):\n    return ROWS[one]",
        "def look(rows):\n    found = []\n    found.append(rows)\n    return found",
        "class Row(NamedTuple):\n    rows: list[int] = []",
        "class Row(msgspec.Struct, frozen=True):\n    rows: list[int] = []",
        "SENT = counter('sent_total', 'Sent', 'how')\ndef send():\n    SENT.add(1, 'mail')",
        "class Rule:\n    def __init__(self, limit):\n        self.limit = limit",
        "def look(path):\n    return path.open('rb').read()",
    ],
)
def test_what_ends_with_its_call_is_left_alone(source: str, tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text(source, "utf-8")
    assert state.kept(tmp_path, [tmp_path / "room.py"]) == set()


def test_a_row_that_names_nothing_is_found() -> None:
    assert state.problems(set(), {"gone.KEPT": "C", "gone.*": "-"}) == [
        "gone.*: a row, but nothing there is kept",
        "gone.KEPT: a row, but nothing there is kept",
    ]
