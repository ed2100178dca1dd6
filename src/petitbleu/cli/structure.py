"""The areas of ``domain`` and ``desk`` as the source tree has them: who uses whom.

An *area* is a folder of rooms, or a room that stands alone. ``AREAS`` of each package is their
order, lowest first: an area may use those before it. Modules of ``domain`` that speak TL form one
more area, :data:`TL`, above all others: they show what services know, of any area.

Read with ``ast``, so that imports inside functions count and nothing is run.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from petitbleu import desk, domain

PACKAGE = Path(domain.__file__).resolve().parents[1]
ORDER = {"domain": domain.AREAS, "desk": desk.AREAS}
TL = "TL"
"""The area of ``rpc.py``, ``views.py`` and ``updates.py`` of all rooms of ``domain``."""
TL_MODULES = frozenset({"rpc", "views", "updates"})
"""First words of the names of modules that speak TL."""
FANOUT = frozenset({"fanout", "watchers"})
"""Those of the room ``updates`` besides: they render events for sessions."""


class Arrow(NamedTuple):
    """One import between two areas or rooms of a package."""

    path: Path
    line: int
    importer: str
    imported: str


class Place(NamedTuple):
    """Where a module stands; ``room`` and ``module`` are empty for an area's own ``__init__``."""

    package: str
    area: str
    room: str
    module: str

    @property
    def speaks_tl(self) -> bool:
        """Whether it belongs to the layer of TL."""
        first = self.module.split("_")[0]
        return self.package == "domain" and (
            first in TL_MODULES or (self.room == "updates" and first in FANOUT)
        )

    @property
    def level(self) -> str:
        """The area by which arrows are judged."""
        return TL if self.speaks_tl else self.area


def is_room(folder: Path) -> bool:
    """Whether a folder is a room: an area has no modules of its own."""
    return any(path.name != "__init__.py" for path in folder.glob("*.py"))


@cache
def _stands_alone(package: str, area: str) -> bool:
    return is_room(PACKAGE / package / area)


def place_of(name: str) -> Place | None:
    """``petitbleu.domain.people.contacts.rpc`` -> where it stands; None outside both packages."""
    _, package, *rest = name.split(".") if "." in name else ("", "")
    if package not in ORDER or not rest:
        return None
    area, *inner = rest
    room, *module = rest if _stands_alone(package, area) else (inner or [""])
    return Place(package, area, room, module[0] if module else "")


def module_name(path: Path) -> str:
    """The dotted name of a source file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """(line, module) of every import of ours in a file, wherever in it."""
    imported: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                imported.append((node.lineno, full if _is_module(full) else node.module))
    return tuple(entry for entry in imported if entry[1].startswith("petitbleu."))


def arrows(package: str) -> Iterator[tuple[Place, Place, Arrow]]:
    """Every import from one room of a package to another."""
    for path in sorted((PACKAGE / package).rglob("*.py")):
        importer = module_name(path)
        here = place_of(importer)
        if here is None:
            continue
        for line, imported in imports(path):
            there = place_of(imported)
            if there is None or there.package != package:
                continue
            if here.room != there.room or here.speaks_tl != there.speaks_tl:
                yield here, there, Arrow(path, line, importer, imported)


def levels(package: str) -> list[str]:
    """The areas of a package by which arrows are judged, lowest first."""
    return [*ORDER[package], *([TL] if package == "domain" else [])]


def area_arrows(package: str) -> dict[str, set[str]]:
    """Area -> the others it uses."""
    used: dict[str, set[str]] = {area: set() for area in levels(package)}
    for here, there, _ in arrows(package):
        if here.level != there.level:
            used[here.level].add(there.level)
    return used


def upward(package: str) -> list[Arrow]:
    """Imports that point up in the order."""
    height = {area: at for at, area in enumerate(levels(package))}
    return [
        arrow for here, there, arrow in arrows(package) if height[there.level] > height[here.level]
    ]


def rooms(package: str) -> dict[str, list[str]]:
    """Area -> its rooms, in the order of the areas."""
    by_area: dict[str, list[str]] = {}
    for area in ORDER[package]:
        folder = PACKAGE / package / area
        inside = sorted(path.parent for path in folder.glob("*/__init__.py"))
        by_area[area] = [area] if is_room(folder) else [path.name for path in inside]
    return by_area


def room_circles(package: str) -> list[tuple[str, list[str]]]:
    """Rooms of one area that use one another in a circle, services alone: (area, rooms)."""
    uses: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for here, there, _ in arrows(package):
        if here.level == there.level != TL:
            uses[here.area][here.room].add(there.room)
    return [(area, sorted(circle)) for area in ORDER[package] for circle in _circles(uses[area])]


def _circles(uses: dict[str, set[str]]) -> list[set[str]]:
    """Strongly connected parts of more than one room."""
    reach = {room: _reachable(room, uses) for room in uses}
    circles: list[set[str]] = []
    for room, beyond in reach.items():
        circle = {other for other in beyond if room in reach.get(other, set())}
        if len(circle) > 1 and circle not in circles:
            circles.append(circle)
    return circles


def _reachable(room: str, uses: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(uses.get(room, ()))
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting += uses.get(module, ())
    return reached


def circle_of_areas(package: str) -> list[str] | None:
    """Areas that use one another in a circle; None where there is none."""
    try:
        TopologicalSorter(area_arrows(package)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return None


# ── what an instance keeps ──────────────────────────────────────────────────────────────────────


class KeptPart(NamedTuple):
    """A ``Part`` that a module declares."""

    module: str
    name: str
    type: str
    started: bool
    """Whether it is made when an instance is opened (``run/parts.py``)."""
    ended: bool


def kept_parts() -> list[KeptPart]:
    """All of them: those that are started in their order, then the others by module."""
    order = _started()
    listed = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = module_name(path).removeprefix("petitbleu.")
        for node in ast.parse(path.read_text("utf-8")).body:
            match node:
                case ast.AnnAssign(
                    target=ast.Name(id=name),
                    annotation=ast.Subscript(value=ast.Name(id="Part"), slice=kind),
                    value=ast.Call(args=[_, *end]),
                ):
                    key = f"petitbleu.{module}.{name}"
                    kept = KeptPart(module, name, ast.unparse(kind), key in order, bool(end))
                    listed.append(kept)
    last = len(order)
    place = {key: at for at, key in enumerate(order)}
    return sorted(listed, key=lambda one: place.get(f"petitbleu.{one.module}.{one.name}", last))


def _started() -> list[str]:
    """``STARTED`` of ``run/parts.py`` as full names."""
    tree = ast.parse((PACKAGE / "run/parts.py").read_text("utf-8"))
    places = {
        alias.name: f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in tree.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id="STARTED"), value=ast.Tuple(elts=names)):
                return [places[ast.unparse(name)] for name in names]
    raise LookupError("run/parts.py lists no STARTED")


# ── hooks ───────────────────────────────────────────────────────────────────────────────────────

_HOOK = re.compile(r"(on|when)_\w+")


def hooks() -> dict[str, list[str]]:
    """Hook, as ``area.room.name`` (``petitbleu.name``: of a leaf) -> the functions that are called,
    by name. A hook is a function
    ``on_…`` or ``when_…`` that appends what it is given to a list of its module.
    """
    trees = {
        module_name(path).removeprefix("petitbleu."): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    registered: dict[str, list[str]] = {
        f"{module.rpartition('.')[0] or 'petitbleu'}.{node.name}": []
        for module, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and _HOOK.fullmatch(node.name)
        if any(
            ast.unparse(line).endswith(f".append({node.args.args[0].arg})") for line in node.body
        )
    }
    for module, tree in trees.items():
        for line in tree.body:  # service.on_change(listener)
            match line:
                case ast.Expr(value=ast.Call(func=func, args=[listener])):
                    if (hook := _hook_named(func, tree)) in registered:
                        registered[hook].append(f"{module}: {ast.unparse(listener)}")
        for node in ast.walk(tree):
            for decorator in getattr(node, "decorator_list", ()):
                hook = _hook_named(decorator, tree)
                if hook in registered and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    registered[hook].append(f"{module}.{node.name}")
    return registered


def _hook_named(decorator: ast.expr, tree: ast.Module) -> str:
    """The hook of ``@service.on_change`` or ``@on_change``, by the room it is imported from."""
    *start, name = ast.unparse(decorator).split(".")
    if _HOOK.fullmatch(name):
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    if [alias.asname or alias.name] == (start or [name]):
                        room = node.module if start else node.module.rpartition(".")[0]
                        return f"{room.removeprefix('petitbleu.')}.{name}"
    return ""


# ── the drawing ─────────────────────────────────────────────────────────────────────────────────

BEGIN = "<!-- structure: written by `petitbleu dev structure --write` -->"
END = "<!-- structure: end -->"


def drawing() -> str:
    """Both packages as Markdown: a drawing of areas and arrows, and a table of rooms; then
    hooks, and what an instance keeps in memory.
    """
    return "\n".join([BEGIN, "", *_part("domain"), *_part("desk"), *_hooks(), *_kept(), END])


def _part(package: str) -> list[str]:
    used = area_arrows(package)
    inside = rooms(package)
    lines = [f"### `{package}/`", "", "```mermaid", "graph TD"]
    for area in reversed(levels(package)):
        names = ["rpc, views and updates of all rooms"] if area == TL else inside[area]
        label = area if names == [area] else f"{area}<br>{'<br>'.join(_rows(names))}"
        lines.append(f'    {area}["{label}"]')
    for area in reversed(levels(package)):
        lines += [f"    {area} --> {other}" for other in _direct(area, used, package)]
    lines += ["```", "", "| area (lowest last) | rooms | uses |", "|---|---|---|"]
    for area in reversed(levels(package)):
        shown = "`rpc.py`, `views.py`, `updates.py` of all rooms"
        if area != TL:
            shown = " ".join(f"`{room}`" for room in inside[area])
        below = [level for level in reversed(levels(package)) if level in used[area]]
        lines.append(f"| **{area}** | {shown} | {' '.join(below) or '-'} |")
    return [*lines, ""]


def _hooks() -> list[str]:
    lines = ["### Who is called by whom", "", "| hook | called |", "|---|---|"]
    for hook, called in hooks().items():
        lines.append(f"| `{hook}` | {' · '.join(f'`{one}`' for one in called) or '-'} |")
    return [*lines, ""]


def _kept() -> list[str]:
    lines = ["### What an instance keeps", ""]
    lines += ["| part | type | made | ended |", "|---|---|---|---|"]
    for part in kept_parts():
        moment = "at the start" if part.started else "when asked for"
        kind = part.type.replace("|", "\\|")
        ended = "with the instance" if part.ended else "-"
        lines.append(f"| `{part.module}.{part.name}` | `{kind}` | {moment} | {ended} |")
    return [*lines, ""]


def _rows(names: list[str]) -> Iterator[str]:
    for first in range(0, len(names), 4):
        yield " · ".join(names[first : first + 4])


def _direct(area: str, used: dict[str, set[str]], package: str) -> Iterable[str]:
    """What an area uses, without what it reaches through another that it uses."""
    beyond = {other: _reachable(other, used) for other in used[area]}
    return [
        other
        for other in reversed(levels(package))
        if other in used[area] and not any(other in reached for reached in beyond.values())
    ]
