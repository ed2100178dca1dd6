"""The shape of the tree, read with ``ast``: who may import whom, and how large things may get.

The arrows are those of ``docs/developers/architecture.md``. A file that breaks one is named with
the line of the import, so that the message alone says what to move.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from petitbleu.store import migrate

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
PACKAGE = SRC / "petitbleu"

LEAVES = {"", *(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")}
"""Modules anybody may import: those right in the package ('' is the package itself)."""

MAY_IMPORT: dict[str, set[str]] = {
    "jobs": {"store"},
    "keyring": {"store"},
    "rates": {"store"},
    "recipients": {"store"},
    "account_status": {"store"},
    "tl": {"tl"},
    "mtproto": {"tl", "mtproto"},
    "gateway": {"tl", "mtproto", "gateway", "rpc", "store", "bus"},
    "store": {"store"},
    "bus": {"bus"},
    "blobs": {"blobs"},
    "rpc": {"tl", "store", "bus", "rpc"},
    "domain": {"store", "bus", "blobs", "domain"},
    "domain/tl": {"tl", "rpc", "store", "bus", "blobs", "domain"},
    "web": {"store", "blobs", "domain", "web"},
    "desk": {"store", "blobs", "domain", "desk", "web"},
}
"""Area -> areas it may import besides the leaves. ``run``, ``cli`` and ``bench`` may import all."""

EVERYTHING = {"run", "cli", "bench"}
TL_SIDE = ("rpc", "views", "updates")
"""Files of a room that speak TL: ``rpc.py``, ``views.py``, ``updates.py``, parts
(``rpc_edit.py``).
"""

SHARED_ROOM = "updates"
"""The event log and its rendering: part of every room's ground."""

MORE_DOORS = {
    ("joining", "channels"),
    ("chats", "changes"),
    ("chats", "creating"),
    ("members", "changes"),
    ("members", "invitations"),
    ("members", "channels"),
    ("members", "groups"),
    ("accounts", "presence"),
    ("contacts", "blocks"),
}
"""Modules of a room that other rooms call besides its ``service.py``."""

GENERATED = {"src/petitbleu/tl/api.pyi"}
MODULE_LINES = 500
FUNCTION_LINES = 60
BANNED_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|common|misc)(_|$)")


def _modules(*roots: Path) -> list[Path]:
    return sorted(path for root in roots for path in root.rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    text = path.read_text("utf-8")
    try:
        return ast.parse(text, str(path))
    except SystemError:
        # Python 3.11 counts the depth of a tree for all threads together: another one was at it.
        return ast.parse(text, str(path))


def _name(path: Path) -> str:
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_module(name: str) -> bool:
    path = SRC.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, module of ours) for every import of ``path``, names that are modules resolved."""
    # app.py names the types it holds, and imports none of them when run
    return _found(path, _for_types(path) if path == PACKAGE / "app.py" else set())


def _for_types(path: Path) -> set[int]:
    """Nodes that only type checkers look at."""
    return {
        id(inner)
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }


def _found(path: Path, left_out: set[int]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(_tree(path)):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node.lineno, full if _is_module(full) else str(node.module)


def _room(path: Path) -> bool:
    """Whether a folder of ``domain`` or ``desk`` is a room: an area has no modules of its own."""
    return any(one.name != "__init__.py" for one in path.glob("*.py"))


@cache
def _areas(top: str) -> frozenset[str]:
    """Folders of ``domain`` or ``desk`` that hold rooms; a room beside them is an area alone."""
    return frozenset(
        path.name
        for path in (PACKAGE / top).iterdir()
        if (path / "__init__.py").is_file() and not _room(path)
    )


def _in_room(module: str) -> list[str]:
    """``petitbleu.domain.people.contacts.rpc`` -> ``["contacts", "rpc"]``."""
    _, top, *rest = module.split(".")
    return rest[1:] if rest and rest[0] in _areas(top) else rest


def _area(module: str) -> str:
    """``petitbleu.domain.people.contacts.rpc`` -> ``domain/tl``; ``petitbleu.ids`` -> ``ids``."""
    parts = module.split(".")[1:]
    if not parts:
        return ""
    if parts[0] == "domain" and len(_in_room(module)) > 1 and _speaks_tl(_in_room(module)):
        return "domain/tl"
    return parts[0]


def _speaks_tl(parts: list[str]) -> bool:
    if parts[0] == SHARED_ROOM:
        return parts[1].split("_")[0] in {"rpc", "views", "fanout", "watchers", "updates"}
    return parts[1].split("_")[0] in TL_SIDE


def _wrong_arrows(path: Path) -> Iterator[str]:
    importer = _name(path)
    area = _area(importer)
    if area in EVERYTHING:
        return
    allowed = MAY_IMPORT.get(area, set()) | LEAVES
    for line, imported in _imports(path):
        if imported.split(".")[0] != "petitbleu":
            continue
        target = _area(imported)
        where = f"{path.relative_to(ROOT)}:{line}: {importer} imports {imported}"
        if target.split("/")[0] not in allowed:
            yield where
        elif target.startswith("domain") and area.startswith("domain"):
            yield from (where for _ in [0] if not _rooms_may(importer, area, imported))


def _rooms_may(importer: str, area: str, imported: str) -> bool:
    """Rooms call one another through ``service.py`` only (views among TL files)."""
    mine, theirs = _in_room(importer), _in_room(imported)
    if mine[:1] == theirs[:1] == [SHARED_ROOM]:
        return True
    if not mine or not theirs or mine[0] == theirs[0]:
        return area == "domain/tl" or _area(imported) != "domain/tl"
    if theirs[0] == SHARED_ROOM:
        return area == "domain/tl" or theirs[1:] in (["log"], ["delivery"], ["pace"], ["service"])
    doors = {"service", "views"} if area == "domain/tl" else {"service"}
    return len(theirs) > 1 and (theirs[1] in doors or (theirs[0], theirs[1]) in MORE_DOORS)


def test_every_import_points_the_allowed_way() -> None:
    assert [wrong for path in _modules(PACKAGE) for wrong in _wrong_arrows(path)] == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    imports = {
        _name(path): {name for _, name in _found(path, _for_types(path)) if name != _name(path)}
        for path in _modules(PACKAGE)
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_only_the_command_line_imports_run() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in _modules(PACKAGE)
        if _area(_name(path)) not in EVERYTHING
        for line, imported in _imports(path)
        if imported.startswith(("petitbleu.run", "petitbleu.cli", "petitbleu.bench"))
    ]
    assert wrong == []


def test_no_module_is_longer_than_500_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _modules(PACKAGE, ROOT / "tests", ROOT / "examples")
        if (lines := len(path.read_text("utf-8").splitlines())) > MODULE_LINES
        and str(path.relative_to(ROOT)) not in GENERATED
    }
    assert long == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name} has {lines} lines"
        for path in _modules(PACKAGE, ROOT / "tests", ROOT / "examples")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    assert long == []


def test_every_room_has_a_readme_and_tests() -> None:
    rooms = [path.parent for path in (PACKAGE / "domain").rglob("__init__.py")]
    rooms = [path for path in rooms if path != PACKAGE / "domain" and _room(path)]
    lacking = [f"{room.name}: README.md" for room in rooms if not (room / "README.md").is_file()]
    lacking += [
        f"{room.name}: tests"
        for room in rooms
        if not any((ROOT / "tests" / room.relative_to(PACKAGE)).glob("test_*.py"))
    ]
    assert lacking == []


def test_every_folder_of_code_says_what_it_is_for() -> None:
    folders = {path.parent for path in _modules(PACKAGE) if path.name != "__init__.py"}
    lacking = sorted(
        str(folder.relative_to(ROOT))
        for folder in folders - {PACKAGE}
        if not (folder / "README.md").is_file()
    )
    assert lacking == []


def test_no_file_is_a_drawer_for_everything() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in _modules(PACKAGE, ROOT / "tests")
        if BANNED_NAMES.search(path.stem)
    ]
    assert named == []


def _tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in names.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_tracked_file_names_a_path_of_somebodys_machine() -> None:
    places = "|".join(["/wo" + "rk/", "/opt/" + "wheels", "/tmp/" + "pb", "/ro" + "ot/"])
    path_of_a_machine = re.compile(rf"(?<![\w.~/$}}-])(?:{places})")
    named = []
    for path in _tracked():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        named += [
            f"{path.relative_to(ROOT)}:{number}"
            for number, line in enumerate(text.splitlines(), 1)
            if path_of_a_machine.search(line)
        ]
    assert named == []


@pytest.mark.parametrize("pattern", ["requirements/*.txt", "tests/**/requirements/**/*"])
def test_lock_files_name_no_place_to_download_from(pattern: str) -> None:
    places = re.compile(
        r"--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\"|https?://\S+\.(?:whl|t?gz)"
    )
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ROOT.glob(pattern)
        if path.is_file()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if places.search(line)
    ]
    assert named == []


DESK_DOORS = {
    "audit.export": "the whole log as a file, a line at a time: pages stream it",
    "audit.heads": "signing and checking the log, apart from appending to it",
    "audit.listing": "the log as a list to be filtered",
    "cases.queues": "cases as lists; service.py is about one case",
    "cases.ranking": "the order in which cases are worked on",
    "cases.related": "which cases have something in common",
    "decisions.form": "pure: what is typed, and what is wrong with it",
    "decisions.misuse": "Article 23, a service of its own beside deciding",
    "decisions.numbers": "pure: numbers of decisions",
    "decisions.presets": "what the form says of a rule, a service of its own beside deciding",
    "decisions.resolve": "what a pasted link means",
    "decisions.suspensions": "numbers and keys of suspensions for misuse",
    "decisions.decision_reads": "what was decided, read by `evidence`, which deciding itself asks",
    "decisions.templates": "versions of templates, a service of its own beside deciding",
    "decisions.texts": "pure: kinds of letters and their variables",
    "disclosures.fields": "pure: which data there are",
    "evidence.access": "the one door to content (docs/developers); the room has no service.py",
    "evidence.comparing": "pure: what became of something since its copy",
    "evidence.exposure": "how much one person looks at",
    "evidence.media": "media of a copy in words",
    "evidence.reveals": "opening one of them",
    "intake.canary": "whether published addresses work",
    "intake.codes": "pure: what codes mean",
    "intake.letter": "pure: a letter as it was read",
    "outside.categories": "pure: the EU's categories as choices",
    "routing.conditions": "pure: what a rule may ask of a case",
    "routing.seeing": "pure: who may see a kind of case",
    "transparency.eu_database": "the queue of statements, written inside the decision",
    "transparency.figures": "pure: a period's tables",
    "transparency.files": "tables as files",
    "transparency.report": "reports as they are published",
    "transparency.rules": "pure: the EU's rules for one statement",
    "transparency.signing": "the key that signs reports",
    "transparency.summary": "pure: main figures",
    "transparency.tables": "pure: tables and cells",
}
"""Modules of the desk's rooms that other rooms call besides ``service.py``, and why. The room
``law`` is pure as a whole, and any room may read it.
"""


def test_rooms_of_the_desk_talk_through_their_doors() -> None:
    """Nobody reaches into another room’s inside; no exception outlives its use."""
    wrong, used = [], set()
    for path in _modules(PACKAGE / "desk"):
        room, *rest = _in_room(_name(path)) or [""]
        if not rest and path.parent.name != room:  # desk/__init__.py starts the rooms
            continue
        for line, name in _imports(path):
            inner = _in_room(name) if name.startswith("petitbleu.desk.") else []
            if not inner or inner[0] == room:
                continue
            door = ".".join(inner[:2])
            if inner[0] == "law" or inner[1:] == ["service"]:
                continue
            used.add(door)
            if door not in DESK_DOORS:
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {name}")
    assert wrong == []
    assert set(DESK_DOORS) - used == set()


CONTENT_ROOMS = {"evidence", "holds"}
"""Rooms of the desk that read what people wrote: ``evidence/access.py``, and snapshots of holds."""


def test_the_desk_reads_content_through_one_door() -> None:
    """No page of the desk browses chats: others ask ``evidence/access.py``, which logs first."""
    wrong = []
    for path in _modules(PACKAGE / "desk"):
        if _in_room(_name(path))[:1] in [[room] for room in CONTENT_ROOMS]:
            continue
        imported = {name for _, name in _imports(path)}
        named = {node.attr for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute)}
        if "petitbleu.domain.safety.moderation.copies" in imported or named & {
            "moderation_access",
            "copy_of",
        }:
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


SHARED_CACHES = {"logins", "rpc.subscribed", "updates.fanout"}
"""Names in ``app.caches`` that two modules know on purpose."""


def test_no_two_modules_keep_different_things_under_one_name() -> None:
    kept: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for name in re.findall(r"\bcaches(?:\.\w+\(|\[)\s*\"([^\"]+)\"", path.read_text("utf-8")):
            kept.setdefault(name, set()).add(path.relative_to(PACKAGE).as_posix())
    twice = {name: where for name, where in kept.items() if len(where) > 1}
    assert set(twice) <= SHARED_CACHES, twice


def test_migrations_are_numbered_one_after_the_other() -> None:
    assert migrate.load()


PLACES = PACKAGE / "domain/messaging/messages/chat_scope.py"
UNGUARDED = {
    "domain/publishing/comments/keeping.py": "whether guests' comments still stand",
    "domain/publishing/comments/publishing.py": (
        "says approved comments; mails guests what answers them"
    ),
    "domain/publishing/comments/rules.py": "whether a public channel has a post, and of when",
    "domain/publishing/comments/service.py": (
        "comments under posts of public pages, judged by the page"
    ),
    "domain/messaging/discussions/copies.py": "copies a channel's posts into its own group",
    "domain/publishing/pages/alts.py": "what a channel's own people say of its pictures",
    "domain/publishing/pages/posts.py": "public pages, which judge by country themselves",
    "domain/servicechat/service.py": "what people write to the server itself",
}
"""Modules that read a chat for the server's own work, where there is no person to be judged."""


def _names_of_places(path: Path) -> dict[str, str]:
    """Name in the module -> what of ``messages/places.py`` it is; ``messages.`` for the room."""
    found: dict[str, str] = {}
    for node in ast.walk(_tree(path)):
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            name = alias.asname or alias.name
            if node.module == "petitbleu.domain.messaging.messages" and alias.name in (
                "service",
                "chat_scope",
            ):
                found[name] = "room"
            elif node.module in (
                "petitbleu.domain.messaging.messages.service",
                "petitbleu.domain.messaging.messages.chat_scope",
            ):
                found[name] = alias.name
    return found


def _of_places(path: Path) -> Iterator[tuple[ast.expr, str]]:
    """Every expression of a module that is something of ``messages/places.py``."""
    names = _names_of_places(path)
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Name) and names.get(node.id, "room") != "room":
            yield node, names[node.id]
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and names.get(node.value.id) == "room"
        ):
            yield node, node.attr


def test_only_the_gate_makes_a_place() -> None:
    """``places.place`` asks what somebody may see; nobody else says where their messages lie."""
    wrong = []
    for path in _modules(PACKAGE):
        if path == PLACES:
            continue
        made = {id(node) for node, name in _of_places(path) if name == "Place"}
        for node in ast.walk(_tree(path)):
            if not isinstance(node, ast.Call):
                continue
            maker = node.func
            inner = maker.value if isinstance(maker, ast.Attribute) else maker
            widened = isinstance(maker, ast.Attribute) and maker.attr == "_replace"
            fields = {one.arg for one in node.keywords}
            if id(maker) in made or id(inner) in made:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: makes a Place")
            elif widened and fields & {"hidden", "member"} and "owner" not in fields:
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: changes a Place")
    assert wrong == []


def test_what_is_read_unguarded_is_for_nobody() -> None:
    """Named modules read a chat without a reader; none of them speaks TL, none is named in vain."""
    used = {
        path.relative_to(PACKAGE).as_posix()
        for path in _modules(PACKAGE)
        if path != PLACES and any(name == "unguarded" for _, name in _of_places(path))
    } - {"domain/messaging/messages/service.py"}
    assert used == set(UNGUARDED)
    assert [one for one in used if Path(one).stem.split("_")[0] in TL_SIDE] == []
