"""The shape of the tree, read with ``ast``: who may import whom, and how large things may get.

The arrows are those of ``docs/developers/architecture.md``. A file that breaks one is named with
the line of the import, so that the message alone says what to move.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

from petitbleu import desk, domain, outgoing
from petitbleu.app import App, Part
from petitbleu.cli import structure
from petitbleu.run import parts
from petitbleu.store import migrate
from tests.kit import senders
from tests.kit.trees import nodes, tree

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src"
PACKAGE = SRC / "petitbleu"

LEAVES = {"", *(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")}
"""Modules anybody may import: those right in the package ('' is the package itself)."""

MAY_IMPORT: dict[str, set[str]] = {
    "acts": {"store"},
    "app": {"bus"},
    "jobs": {"store"},
    "keyring": {"store"},
    "rates": {"store"},
    "recipients": {"store"},
    "account_status": {"store"},
    "stamps": {"store"},
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
    "appdoor": {"tl", "rpc", "gateway", "store", "blobs", "domain", "appdoor"},
    "desk": {"store", "blobs", "domain", "desk", "web"},
}
"""Area -> areas it may import besides the leaves. ``run``, ``cli`` and ``bench`` may import all."""

EVERYTHING = {"run", "cli", "bench"}
GENERATED = {"src/petitbleu/tl/api.pyi"}
MODULE_LINES = 500
FUNCTION_LINES = 60
BANNED_NAMES = re.compile(r"(^|_)(utils?|helpers?|managers?|common|misc)(_|$)")


def _modules(*roots: Path) -> list[Path]:
    return sorted(path for root in roots for path in root.rglob("*.py"))


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
        for node in nodes(path)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }


def _found(path: Path, left_out: set[int]) -> Iterator[tuple[int, str]]:
    for node in nodes(path):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield node.lineno, full if _is_module(full) else str(node.module)


def _area(module: str) -> str:
    """``petitbleu.domain.people.contacts.rpc`` -> ``domain/tl``; ``petitbleu.ids`` -> ``ids``."""
    parts = module.split(".")[1:]
    if not parts:
        return ""
    place = structure.place_of(module)
    return "domain/tl" if place is not None and place.speaks_tl else parts[0]


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
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    assert long == []


def test_every_room_has_a_readme_and_tests() -> None:
    rooms = [path.parent for path in (PACKAGE / "domain").rglob("__init__.py")]
    rooms = [path for path in rooms if path != PACKAGE / "domain" and structure.is_room(path)]
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


CONTENT_ROOMS = {"evidence", "holds"}
"""Rooms of the desk that read what people wrote: ``evidence/access.py``, and snapshots of holds."""


def test_the_desk_reads_content_through_one_door() -> None:
    """No page of the desk browses chats: others ask ``evidence/access.py``, which logs first."""
    wrong = []
    for path in _modules(PACKAGE / "desk"):
        place = structure.place_of(_name(path))
        if place is not None and place.room in CONTENT_ROOMS:
            continue
        imported = {name for _, name in _imports(path)}
        named = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
        if "petitbleu.domain.safety.moderation.copies" in imported or named & {
            "moderation_access",
            "copy_of",
        }:
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def _uses_of_parts(path: Path) -> Iterator[ast.expr]:
    """What a module looks up in ``app.parts``."""
    for node in ast.walk(tree(path)):
        if not any(
            isinstance(inner, ast.Attribute)
            and inner.attr == "parts"
            and ast.unparse(inner.value).endswith("app")
            for inner in ast.iter_child_nodes(getattr(node, "func", node))
        ):
            continue
        match node:
            case ast.Subscript(value=ast.Attribute(attr="parts"), slice=key):
                yield key
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="parts"), attr=name), args=[key, *_]
            ) if name in ("get", "pop", "setdefault"):
                yield key
            case ast.Compare(left=key, comparators=[ast.Attribute(attr="parts")]):
                yield key


def _names_imported(path: Path) -> set[str]:
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _declared(path: Path) -> set[str]:
    """Names of the parts that a module declares; every ``Part(…)`` has to be one of them."""
    names: set[str] = set()
    made = 0
    if "petitbleu.app.Part" not in _names_imported(path):
        return names
    for node in tree(path).body:
        match node:
            case ast.AnnAssign(
                target=ast.Name(id=name),
                annotation=ast.Subscript(value=ast.Name(id="Part")),
                value=ast.Call(func=ast.Name(id="Part")),
            ):
                names.add(name)
    for node in ast.walk(tree(path)):
        made += isinstance(node, ast.Call) and ast.unparse(node.func).split("[")[0] == "Part"
    assert made == len(names), f"{path}: NAME: Part[Type] = Part(…), at the top of the module"
    return names


def test_what_an_instance_keeps_is_found_by_typed_keys() -> None:
    """No dictionary from strings to anything: each key is declared, with the type it leads to."""
    assert "parts" in App.__slots__ and not hasattr(App, "caches")
    keys = [
        f"{path.relative_to(ROOT)}:{key.lineno}: {ast.unparse(key)}"
        for path in _modules(PACKAGE, ROOT / "tests")
        for key in _uses_of_parts(path)
        if isinstance(key, ast.Constant | ast.JoinedStr)
    ]
    assert keys == []
    named = [
        path for path in _modules(PACKAGE, ROOT / "tests") if ".caches" in path.read_text("utf-8")
    ]
    assert [path for path in named if path != Path(__file__)] == []
    declared = [_declared(path) for path in _modules(PACKAGE) if path != PACKAGE / "app.py"]
    assert sum(map(len, declared)) > len(parts.STARTED)


def test_keys_that_are_strings_are_seen(tmp_path: Path) -> None:
    source = tmp_path / "keys.py"
    source.write_text(
        'app.parts["one"]\nself._app.parts.pop("two", None)\n"three" in world.app.parts\n'
        'app.parts[f"four.{name}"] = 4\nurl.parts[0]\n'
    )
    assert [ast.unparse(key) for key in _uses_of_parts(source)] == [
        "'one'", "'two'", "'three'", "f'four.{name}'"
    ]  # fmt: skip


def test_parts_that_have_an_end_are_started_with_the_instance() -> None:
    """But for processes of the public pages, which commands do not need."""
    domain.load_rooms()
    desk.load_rooms()
    import_module("petitbleu.web.public.routes")
    ended = {
        (module, name)
        for module, found in sorted(sys.modules.items())
        if module.startswith("petitbleu.")
        for name, part in vars(found).items()
        if isinstance(part, Part) and part.close is not None and part not in parts.STARTED
    }
    assert ended == {
        ("petitbleu.web.public.discovery", "PAINTER"),
        ("petitbleu.web.public.image_variants", "FORMS"),
    }


def test_migrations_are_numbered_one_after_the_other() -> None:
    assert migrate.load()


PLACES = PACKAGE / "domain/messaging/messages/chat_scope.py"
UNGUARDED = {
    "desk/intake/danger/posts.py": (
        "published posts that a process which ended did not read for danger"
    ),
    "domain/publishing/comments/keeping.py": "whether guests' comments still stand",
    "domain/publishing/comments/pictures.py": "pictures of comments, shown to a channel's people",
    "domain/publishing/comments/publishing.py": (
        "says approved comments; mails guests what answers them"
    ),
    "domain/publishing/comments/rules.py": "whether a public channel has a post, and of when",
    "domain/publishing/comments/service.py": (
        "comments under posts of public pages, judged by the page"
    ),
    "domain/messaging/discussions/copies.py": "copies a channel's posts into its own group",
    "domain/publishing/pages/alts.py": "what a channel's own people say of its pictures",
    "domain/publishing/pages/corrections.py": "whether a channel has the post that is corrected",
    "domain/publishing/review/previews.py": "whether a post that had a preview is published",
    "domain/publishing/review/telling.py": "the text that an edit would replace, for its readers",
    "domain/safety/antispam/articles.py": "what a comment stands under, for the spam filter",
    "domain/publishing/pages/posts.py": "public pages, which judge by country themselves",
    "domain/servicechat/service.py": "what people write to the server itself",
}
"""Modules that read a chat for the server's own work, where there is no person to be judged."""


def _names_of_places(path: Path) -> dict[str, str]:
    """Name in the module -> what of ``messages/places.py`` it is; ``messages.`` for the room."""
    found: dict[str, str] = {}
    for node in nodes(path):
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
    for node in nodes(path):
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
        for node in nodes(path):
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
    assert [one for one in used if Path(one).stem.split("_")[0] in structure.TL_MODULES] == []


def test_everything_that_leaves_is_in_the_register() -> None:
    """Who sends, or shows outside what the desk knows, is registered with how it asks whether it
    may; leaving any one out of the register is noticed.
    """
    assert senders.problems(PACKAGE, outgoing.SENDERS) == []
    assert {path for one in outgoing.SENDERS.values() for path in one.paths} <= set(outgoing.PATHS)
    for name in outgoing.SENDERS:
        rest = {other: one for other, one in outgoing.SENDERS.items() if other != name}
        assert any(name in one for one in senders.problems(PACKAGE, rest)), name
