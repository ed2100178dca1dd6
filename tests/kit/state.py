"""What the modules keep between two calls, by their syntax trees: docs/developers/state.md.

Found is: a typed :class:`~petitbleu.app.Part`; a name of a module that its functions change, or a
function that remembers what it answered; a class whose objects hold a dict, set, list, cache, lock,
queue, open file, thread or task; a module that writes files ("on disk").
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.kit.trees import nodes, tree

KINDS = {"A", "C", "S", "L", "P", "-"}
"""Kinds of a row: authoritative, cache, soft, local, one of a kind; nothing to tell anybody."""

_MADE_BY = {
    *(
        "dict",
        "list",
        "set",
        "deque",
        "defaultdict",
        "OrderedDict",
        "Counter",
        "Cache",
        "bytearray",
    ),
    *(
        "Lock",
        "RLock",
        "Condition",
        "Semaphore",
        "BoundedSemaphore",
        "Event",
        "Queue",
        "SimpleQueue",
    ),
    *("WeakSet", "WeakValueDictionary", "WeakKeyDictionary", "lru_cache", "cache", "cache_of"),
    *("open", "TemporaryFile", "Thread", "ThreadPoolExecutor", "create_task", "ensure_future"),
}
_CONTAINERS = {"dict", "list", "set", "deque", "defaultdict", "OrderedDict", "Counter"}
_CHANGES = {
    *("append", "appendleft", "add", "update", "pop", "popitem", "popleft", "setdefault"),
    *("clear", "discard", "remove", "extend", "insert"),
}
_MEMOS = {"cache", "lru_cache"}
_VALUES = {"Struct", "NamedTuple", "TypedDict"}
"""Bases of classes whose objects are values."""
_WRITES = {
    *("write_bytes", "write_text", "makedirs", "mkstemp", "mkdtemp"),
    *("NamedTemporaryFile", "TemporaryDirectory"),
}
_WRITES_BY = {
    *("os.replace", "os.rename", "os.open", "os.link", "sqlite3.connect"),
    *("shutil.copy", "shutil.copyfile", "shutil.move"),
}
_ROW = re.compile(r"^\| (`.*?) \| (\S+) \|", re.MULTILINE)
_PLACE = re.compile(r"`([\w.*]+(?: on disk)?)`")


def kept(root: Path, files: Iterable[Path]) -> set[str]:
    """Everything that ``files`` of the package at ``root`` keep: ``module.NAME``, ``module.Class``,
    ``module.function``, ``module on disk``.
    """
    found: set[str] = set()
    for path in files:
        parts = path.relative_to(root).with_suffix("").parts
        module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found |= {f"{module}.{name}".lstrip(".") for name in _of_module(path)}
        if any(map(_writes_a_file, nodes(path))):
            found.add(f"{module} on disk")
    return found


def declared(page: str) -> dict[str, str]:
    """Place -> kind, of the rows of the page. ``package.*`` stands for all in a package."""
    return {name: kind for places, kind in _ROW.findall(page) for name in _PLACE.findall(places)}


def problems(found: set[str], rows: dict[str, str]) -> list[str]:
    """What is kept without a row, and rows that name nothing."""
    wide = tuple(name[:-1] for name in rows if name.endswith(".*"))
    lacking = [
        f"{place}: kept beyond a call, without a row"
        for place in sorted(found - rows.keys())
        if not place.startswith(wide)
    ]
    vain = [
        f"{place}: a row, but nothing there is kept"
        for place in sorted(rows.keys() - found)
        if not (place.endswith(".*") and any(one.startswith(place[:-1]) for one in found))
    ]
    unknown = [f"{place}: kind {kind}" for place, kind in rows.items() if kind not in KINDS]
    shared = [f"{place}: only what nobody has to be told" for place in rows if place.endswith(".*")]
    return lacking + vain + unknown + [one for one in shared if rows[one.split(":")[0]] != "-"]


def _of_module(path: Path) -> Iterator[str]:
    names: dict[str, ast.expr | None] = {}
    for statement in tree(path).body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                names[name] = value
                if ast.unparse(annotation).startswith("Part["):
                    yield name
            case ast.Assign(targets=targets, value=value):
                names |= {one.id: value for one in targets if isinstance(one, ast.Name)}
    counted = {name for name, value in names.items() if value and _maker(value) == "counter"}
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if any(_last(one) in _MEMOS for one in node.decorator_list):
                yield node.name
            yield from _changed(node) & (names.keys() - counted)
        elif isinstance(node, ast.ClassDef) and _keeps(node):
            yield node.name


def _keeps(class_: ast.ClassDef) -> bool:
    bases = {_last(one) for one in class_.bases}
    frozen = any("frozen=True" in ast.unparse(one) for one in class_.decorator_list)
    frozen = frozen or any(one.arg == "frozen" for one in class_.keywords)
    if frozen or bases & _VALUES:
        return False
    return bool(bases & _CONTAINERS) or any(map(_holds, _given(class_)))


def _changed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names that a function changes and has not made itself."""
    changed: set[str] = set()
    own = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    outer: set[str] = set()
    for node in ast.walk(function):
        match node:
            case ast.Global(names=names):
                outer |= set(names)
            case ast.Name(id=name, ctx=ast.Store()):
                own.add(name)
            case ast.Call(func=ast.Attribute(attr=act, value=ast.Name(id=name))) if act in _CHANGES:
                changed.add(name)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
                changed.add(name)
    return (changed - own) | outer


def _given(class_: ast.ClassDef) -> Iterator[ast.expr]:
    """What the attributes of a class and of its objects are set to."""
    for node in ast.walk(class_):
        match node:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"))], value=value):
                yield value
            case ast.AnnAssign(
                target=ast.Attribute(value=ast.Name(id="self")), value=ast.expr() as value
            ):
                yield value
    for statement in class_.body:
        match statement:
            case ast.AnnAssign(value=ast.expr() as value, target=target):
                yield from () if ast.unparse(target) == "__slots__" else (value,)


def _holds(value: ast.expr) -> bool:
    match value:
        case ast.Dict() | ast.List() | ast.Set() | ast.DictComp() | ast.ListComp() | ast.SetComp():
            return True
        case ast.BoolOp(values=values):
            return any(map(_holds, values))
        case ast.IfExp(body=body, orelse=orelse):
            return _holds(body) or _holds(orelse)
        case ast.Call(func=ast.Call() as inner):
            return _holds(inner)
        case ast.Call(keywords=keywords):
            made = [one.value for one in keywords if one.arg == "default_factory"]
            return _maker(value) in _MADE_BY or any(_last(one) in _MADE_BY for one in made)
    return False


def _writes_a_file(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = ast.unparse(node.func)
    if name in _WRITES_BY or name.rpartition(".")[2] in _WRITES:
        return True
    if name.rpartition(".")[2] == "mkdir":
        return True
    modes = [*node.args, *(one.value for one in node.keywords if one.arg == "mode")]
    return name.rpartition(".")[2] == "open" and any(
        isinstance(one, ast.Constant) and re.fullmatch(r"[wax][bt+]*|r[bt]*\+[bt]*", str(one.value))
        for one in modes
    )


def _maker(value: ast.expr) -> str:
    return _last(value.func) if isinstance(value, ast.Call) else ""


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Subscript):
        node = node.value
    return ast.unparse(node).rpartition(".")[2]
