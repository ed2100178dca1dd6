"""The order of areas, the interfaces of rooms, and the owners of tables.

What the tree is said to be (``AREAS``, ``__all__`` of rooms, ``store/tables.py``, the drawing in
``docs/developers/architecture.md``) against what it is.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from petitbleu import acts, desk, domain
from petitbleu.cli import dev_structure, structure
from petitbleu.cli.structure import PACKAGE, Place
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.staffing.approvals import independence
from petitbleu.domain.access.codes import wrong
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import edit, erase, send
from petitbleu.domain.people.accounts import presence
from petitbleu.domain.publishing.comments import hooks as comment_hooks
from petitbleu.domain.publishing.pages import purged
from petitbleu.domain.safety.antispam import hooks as antispam_hooks
from petitbleu.domain.safety.moderation import (
    hooks,
    own_cases,
    public_notice,
    receipts,
    suspension_notice,
)
from petitbleu.store import tables
from tests.kit.trees import nodes

pytestmark = pytest.mark.sources

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("domain", "desk")


@pytest.mark.parametrize("package", PACKAGES)
def test_no_import_points_up_in_the_order_of_areas(package: str) -> None:
    wrong = [
        f"{arrow.path.relative_to(ROOT)}:{arrow.line}: {arrow.importer} imports {arrow.imported}"
        for arrow in structure.upward(package)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_areas_use_one_another_in_a_circle(package: str) -> None:
    assert structure.circle_of_areas(package) is None


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_is_an_area_with_a_place_in_the_order(package: str) -> None:
    folders = {path.parent.name for path in (PACKAGE / package).glob("*/__init__.py")}
    assert set(structure.ORDER[package]) == folders
    assert len(structure.ORDER[package]) == len(folders)


@pytest.mark.parametrize(("package", "listed"), [("domain", domain.ROOMS), ("desk", desk.ROOMS)])
def test_rooms_that_register_something_are_started(package: str, listed: tuple[str, ...]) -> None:
    parts = ("rpc", "updates", "jobs", "admin", "start", "commands")
    there = set()
    for path in (PACKAGE / package).rglob("*.py"):
        place = structure.place_of(structure.module_name(path))
        if place is not None and place.module in parts:
            there.add(place.room if place.area == place.room else f"{place.area}.{place.room}")
    assert there - set(listed) == set()
    assert len(set(listed)) == len(listed)


def test_imports_inside_functions_and_of_whole_modules_are_seen(tmp_path: Path) -> None:
    source = tmp_path / "late.py"
    source.write_text(
        "import petitbleu.desk.outside.service\n"
        "def late():\n"
        "    from petitbleu.domain.messaging.messages import service, queries\n"
        "    from petitbleu.domain.people.accounts.service import get\n"
    )
    assert [name for _, name in structure.imports(source)] == [
        "petitbleu.desk.outside.service",
        "petitbleu.domain.messaging.messages.service",
        "petitbleu.domain.messaging.messages.queries",
        "petitbleu.domain.people.accounts.service",
    ]


@pytest.mark.parametrize(
    ("name", "place", "level"),
    [
        ("petitbleu.domain.people.contacts.rpc_blocks", ("people", "contacts", "rpc_blocks"), "TL"),
        ("petitbleu.domain.people.contacts.blocks", ("people", "contacts", "blocks"), "people"),
        ("petitbleu.domain.updates.fanout", ("updates", "updates", "fanout"), "TL"),
        ("petitbleu.domain.updates.log", ("updates", "updates", "log"), "updates"),
        ("petitbleu.domain.search.rpc", ("search", "search", "rpc"), "TL"),
        ("petitbleu.desk.casework.views.service", ("casework", "views", "service"), "casework"),
        ("petitbleu.desk.workplace", ("workplace", "", ""), "workplace"),
    ],
)
def test_where_a_module_stands(name: str, place: tuple[str, str, str], level: str) -> None:
    found = structure.place_of(name)
    assert found is not None
    assert (found.area, found.room, found.module) == place
    assert found.level == level


def test_circles_of_rooms_are_found() -> None:
    uses = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"d"}, "e": {"a"}}
    assert structure._circles(uses) == [{"a", "b", "c"}]


def test_the_drawing_is_that_of_the_tree() -> None:
    page = (ROOT / dev_structure.DOCUMENT).read_text("utf-8")
    assert page == dev_structure.renewed(page), "petitbleu dev structure --write"


def test_every_hook_is_listed_with_those_it_calls() -> None:
    """As many as were really registered: a listing that misses one would mislead."""
    domain.load_rooms()
    desk.load_rooms()
    registered = {
        "desk.casework.cases.on_change": cases._HOOKS,
        "desk.casework.cases.on_sorting": cases._SORTERS,
        "desk.casework.letters.on_end": letters._HOOKS,
        "desk.staffing.approvals.on_marked": independence.MARKS,
        "domain.access.codes.on_many_wrong": wrong._alarms,
        "domain.access.devices.on_end": devices._ENDINGS,
        "domain.communities.chats.on_change": chats._listeners,
        "domain.messaging.messages.on_edit": edit._EDITED,
        "domain.messaging.messages.on_post": send._posted,
        "domain.messaging.messages.when_erased": erase._AFTER,
        "domain.people.accounts.when_online": presence._CAME,
        "domain.publishing.comments.on_calling": comment_hooks._KEPT_BACK,
        "domain.publishing.comments.on_typed": comment_hooks._TYPED,
        "domain.publishing.comments.on_written": comment_hooks._WRITTEN,
        "domain.publishing.pages.on_purged": purged._HOOKS,
        "domain.safety.antispam.on_left_open": antispam_hooks._READERS,
        "domain.safety.moderation.on_confirm": hooks._FOLLOW,
        "domain.safety.moderation.on_asked": public_notice._ASKED,
        "domain.safety.moderation.on_own_cases": own_cases._ASKED,
        "domain.safety.moderation.on_receipt": receipts._ASKED,
        "domain.safety.moderation.on_report": hooks._HOOKS,
        "domain.safety.moderation.on_typed": hooks._TYPED,
        "domain.safety.moderation.on_suspended": suspension_notice._ASKED,
        "petitbleu.on_act": acts._LINES,
        "petitbleu.on_gate": acts._GATES,
        "petitbleu.on_second": acts._SECONDS,
    }
    listed = structure.hooks()
    assert {hook: len(called) for hook, called in listed.items()} == {
        hook: len(called) for hook, called in registered.items()
    }


def test_the_command_prints_areas_their_arrows_and_circles_of_rooms() -> None:
    printed = CliRunner().invoke(dev_structure.structure, [])
    assert printed.exit_code == 0, printed.output
    assert "no import points up" in printed.output
    for package in PACKAGES:
        for area, rooms in structure.room_circles(package):
            assert f"circle of rooms in {area}: {' '.join(rooms)}" in printed.output
        for area in structure.levels(package):
            assert f"  {area:<15}" in printed.output


AREAS = [(package, area) for package in PACKAGES for area in structure.ORDER[package]]


@pytest.mark.parametrize(("package", "area"), AREAS)
def test_every_area_says_what_it_is_about(package: str, area: str) -> None:
    """Its rooms and the tables that it owns; an area that is one room says more."""
    text = (PACKAGE / package / area / "README.md").read_text("utf-8")
    rooms = structure.rooms(package)[area]
    named = set(re.findall(r"`(\w+)`", text))
    assert named >= set(tables.OWNERS.get(f"{package}/{area}", ())), "store/tables.py"
    if rooms != [area]:
        assert named >= set(rooms)
        assert len(text.splitlines()) <= 10


# ── interfaces of rooms ─────────────────────────────────────────────────────────────────────────


def _interface(place: Place) -> set[str]:
    """Modules of a room that others may use: its ``__all__``, or ``service.py``."""
    inside = [place.area] if place.area == place.room else [place.area, place.room]
    path = PACKAGE.joinpath(place.package, *inside, "__init__.py")
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return {str(name) for name in ast.literal_eval(node.value)}
    return {"service"}


def _uses_of_rooms(package: str) -> Iterator[tuple[Place, Place, str]]:
    for here, there, arrow in structure.arrows(package):
        if here.room != there.room:
            yield here, there, f"{arrow.path.relative_to(ROOT)}:{arrow.line}: {arrow.imported}"


@pytest.mark.parametrize("package", PACKAGES)
def test_rooms_use_one_another_through_their_interface(package: str) -> None:
    """``service.py``, what ``__all__`` names, and ``views.py`` among modules that speak TL."""
    wrong = []
    for here, there, where in _uses_of_rooms(package):
        among_tl = here.speaks_tl and there.module == "views"
        if not among_tl and there.module not in _interface(there):
            wrong.append(where)
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_interface_names_what_nobody_uses(package: str) -> None:
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, there, _ in _uses_of_rooms(package):
        used[there.area, there.room].add(there.module)
    idle = []
    for area, rooms in structure.rooms(package).items():
        for room in rooms:
            named = _interface(Place(package, area, room, "")) - {"service"}
            idle += [f"{area}/{room}: {module}" for module in named - used[area, room]]
    assert idle == []


# ── tables ──────────────────────────────────────────────────────────────────────────────────────

_WRITES = re.compile(r"\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)", re.I)
_MADE = re.compile(
    r"\b(create\s+(?:virtual\s+)?table|drop\s+table)\s+(?:if\s+(?:not\s+)?exists\s+)?([a-z_]+)"
    r"|\balter\s+table\s+([a-z_]+)\s+rename\s+to\s+([a-z_]+)",
    re.I,
)
NOT_SERVING = ("bench/",)
"""Parts that fill a database for measuring."""


def _tables() -> set[str]:
    """Tables that the migrations leave behind."""
    found: set[str] = set()
    for path in sorted((PACKAGE / "store" / "migrations").glob("*.sql")):
        for what, table, before, after in _MADE.findall(path.read_text("utf-8")):
            if not what:
                found = found - {before} | {after}
            elif what.lower().startswith("create"):
                found.add(table)
            else:
                found.discard(table)
    return found


def _texts(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_texts(one) or " {} " for one in node.values)
    if isinstance(node, ast.BinOp):
        return _texts(node.left) + _texts(node.right)
    return ""


def _written(found: list[ast.AST], known: set[str]) -> set[str]:
    """Tables that the SQL of a module's nodes writes; docstrings are not SQL."""
    prose = {id(node.value) for node in found if isinstance(node, ast.Expr)}
    return {
        table
        for node in found
        if id(node) not in prose
        for table in _WRITES.findall(_texts(node))
        if table in known
    }


def _owner(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] in PACKAGES else parts[0]


def _writers() -> Iterator[tuple[str, str]]:
    """(table, module that writes it)."""
    known = _tables()
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(NOT_SERVING):
            for table in sorted(_written(nodes(path), known)):
                yield table, name


def test_every_table_has_one_owner() -> None:
    owned = [table for tables_ in tables.OWNERS.values() for table in tables_]
    assert sorted(owned) == sorted(_tables())
    missing = [owner for owner in tables.OWNERS if not (PACKAGE / owner).exists()]
    assert missing == []


def test_only_its_owner_writes_a_table() -> None:
    owner = {table: who for who, owned in tables.OWNERS.items() for table in owned}
    wrong, hot, elsewhere = [], defaultdict(set), set()
    for table, module in _writers():
        if module.startswith("store/hot/"):
            hot[module].add(table)
        elif owner[table] != _owner(module):
            elsewhere.add((table, module))
    wrong = sorted(elsewhere - set(tables.ELSEWHERE))
    assert wrong == [], "ask the owner (store/tables.py)"
    assert set(tables.ELSEWHERE) - elsewhere == set(), "an exception that is not needed any more"
    assert hot == {module: set(written) for module, written in tables.HOT.items()}


def test_exceptions_are_few_and_decided() -> None:
    assert len(tables.ELSEWHERE) <= 5
    decision = (ROOT / "docs/decisions/0041-one-owner-for-each-table.md").read_text("utf-8")
    for table, module in tables.ELSEWHERE:
        assert f"`{table}`" in decision, table
        assert f"`{module}`" in decision, module


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Q = query("insert into chat (id)" " values (:id)")', {"chat"}),
        ('Q = query(f"update member set {X} where chat = :chat")', {"member"}),
        ('Q = query("delete " "from box where owner = :owner")', {"box"}),
        ('def f():\n    """insert into chat: prose."""', set()),
        ('Q = query("select id from chat where id = :id")', set()),
    ],
)
def test_writing_sql_is_recognised(source: str, found: set[str]) -> None:
    assert _written(list(ast.walk(ast.parse(source))), {"chat", "member", "box"}) == found
