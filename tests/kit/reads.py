"""Which fields of requests the code reads: an abstract run of the rooms' source.

Values are sets of constructors. Every parameter that is annotated with classes of ``api`` holds
those; an attribute of a value is a read of that field and holds the constructors of the field's
type. Values are followed through assignments, loops, calls of our own functions, tables of handlers
by class, and narrowed by ``isinstance``, ``type(x) is`` and ``match``. What the analysis cannot
follow it does not count: a field that is read in a way it does not know shows as unread, never the
other way round.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import pkgutil
import types
from collections.abc import Iterable
from typing import Any

import petitbleu.domain
import petitbleu.rpc
from petitbleu.rpc.fields import constructors, item, values
from petitbleu.rpc.registry import METHODS
from tests.kit.sources import Module, Names, classes

NONE: Names = frozenset()
_KEEPS = frozenset(
    {"list", "tuple", "set", "reversed", "sorted", "zip", "enumerate", "filter", "iter", "next"}
)
_MAX_DEPTH = 12


class Reads:
    """All reads of the rooms: ``seen`` holds (constructor, attribute)."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, str]] = set()
        self.modules: dict[str, Module] = {}
        self._done: dict[Any, Names] = {}
        for package in (petitbleu.domain, petitbleu.rpc):
            for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
                real = importlib.import_module(found.name)
                self.modules[found.name] = Module(real)
        for module in self.modules.values():
            self._roots(module)
        for name, method in METHODS.items():
            handler = inspect.unwrap(method.handler)
            self.call(handler, [NONE, frozenset({name})], {}, 0)

    def _roots(self, module: Module) -> None:
        for node in ast.walk(module.tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.function(module, node, {})
            elif isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    held = classes(module.look(key)) if key is not None else None
                    if held:
                        self._handler(module, value, held)

    def _handler(self, module: Module, value: ast.AST, held: Names) -> None:
        """A function that a table names for a class."""
        if isinstance(value, ast.Lambda):
            first = value.args.args[0].arg if value.args.args else ""
            Run(self, module, {first: held}).eval(value.body)
            return
        if isinstance(value, ast.Name) and value.id in module.functions:
            node = module.functions[value.id]
            last = node.args.args[-1].arg if node.args.args else ""
            self.function(module, node, {last: held})

    def function(
        self,
        module: Module,
        node: Any,
        given: dict[str, Names],
        depth: int = 0,
        closed: dict[str, Any] | None = None,
    ) -> Names:
        """Run a function with what its parameters hold; what it returns."""
        env = self._annotated(module, node)
        for name, held in given.items():
            env[name] = (
                held & env[name]
                if env.get(name) and held & env[name]
                else held or env.get(name, NONE)
            )
        inner = tuple(sorted((k, id(v)) for k, v in (closed or {}).items()))
        key = (id(node), inner, tuple(sorted((k, tuple(sorted(v))) for k, v in env.items() if v)))
        if key in self._done or depth > _MAX_DEPTH:
            return self._done.get(key, NONE)
        self._done[key] = NONE
        run = Run(self, module, env, depth, closed)
        run.block(node.body)
        self._done[key] = run.returned
        return run.returned

    def call(
        self, target: types.FunctionType, given: list[Names], named: dict[str, Names], depth: int
    ) -> Names:
        """Run what a call of a function object does; what it returns."""
        module = self.modules.get(target.__module__)
        node = module.node_of(target) if module is not None else None
        if module is None or node is None:
            return NONE
        names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        bound = {n: held for n, held in zip(names, given, strict=False) if held}
        bound |= {n: held for n, held in named.items() if held}
        if not bound:
            return NONE
        closed = inspect.getclosurevars(target).nonlocals
        if isinstance(node, ast.Lambda):
            return Run(self, module, bound, depth, dict(closed)).eval(node.body)
        return self.function(module, node, bound, depth, dict(closed))

    def _annotated(self, module: Module, node: Any) -> dict[str, Names]:
        env: dict[str, Names] = {}
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        for one in arguments:
            held = classes(module.look(one.annotation)) if one.annotation else None
            if held:
                env[one.arg] = held
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and arguments and not env:
                held = frozenset().union(*(classes(module.look(a)) or NONE for a in decorator.args))
                if held:
                    env[arguments[-1].arg] = held
        return env


class Run:
    """One function being run with sets in place of values."""

    def __init__(
        self,
        reads: Reads,
        module: Module,
        env: dict[str, Names],
        depth: int = 0,
        closed: dict[str, Any] | None = None,
    ) -> None:
        self.reads, self.module, self.env, self.depth = reads, module, env, depth
        self.closed = closed or {}
        """What the names of an outer function stand for."""
        self.texts: dict[str, tuple[str, ...]] = {}
        self.returned: Names = NONE

    def look(self, node: ast.AST) -> Any:
        """:meth:`Module.look`, and the names of an outer function."""
        if isinstance(node, ast.Name) and node.id in self.closed:
            return self.closed[node.id]
        return self.module.look(node)

    # ── statements ──────────────────────────────────────────────────────────────────────────────

    def block(self, body: Iterable[ast.stmt]) -> bool:
        """Run statements; True where the end is not reached."""
        return any(self.statement(one) for one in body)

    def statement(self, s: ast.stmt) -> bool:
        match s:
            case ast.Return():
                self.returned |= self.eval(s.value)
                return True
            case ast.Raise():
                self.eval(s.exc)
                return True
            case ast.Continue() | ast.Break():
                return True
            case ast.Assign():
                held = self.eval(s.value)
                for target in s.targets:
                    self.bind(target, held, s.value)
                    if isinstance(s.value, ast.Subscript):
                        table = self.look(s.value.value)
                        if isinstance(table, dict):
                            self._columns(target, table.values())
            case ast.AnnAssign() | ast.AugAssign():
                if s.value is not None:
                    held = self.eval(s.value)
                    self.bind(s.target, held | self.env.get(ast.unparse(s.target), NONE))
            case ast.If():
                self._if(s)
            case ast.For() | ast.AsyncFor():
                self.loop(s.target, s.iter)
                before = dict(self.env)
                self.block(s.body)
                self.env = _joined(before, self.env)
                self.block(s.orelse)
            case ast.While():
                self.eval(s.test)
                self.block(s.body)
            case ast.Match():
                self._match(s)
            case ast.Try():
                ended = self.block(s.body)
                for handler in s.handlers:
                    self.block(handler.body)
                self.block(s.orelse)
                self.block(s.finalbody)
                return ended and all(_ends(h.body) for h in s.handlers)
            case ast.With() | ast.AsyncWith():
                for one in s.items:
                    self.eval(one.context_expr)
                return self.block(s.body)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                inner = Run(self.reads, self.module, dict(self.env), self.depth)
                inner.block(s.body)
            case ast.Expr():
                self.eval(s.value)
            case ast.Assert():
                self.env = self._narrow(s.test, True)
        return False

    def _if(self, s: ast.If) -> None:
        self.eval(s.test)
        then, other = self._narrow(s.test, True), self._narrow(s.test, False)
        self.env = then
        ended = self.block(s.body)
        after = self.env
        self.env = other
        ended_else = self.block(s.orelse)
        if ended and not ended_else:
            return
        self.env = after if ended_else and not ended else _joined(after, self.env)

    def _match(self, s: ast.Match) -> None:
        subject = self.eval(s.subject)
        key, left, before = ast.unparse(s.subject), subject, dict(self.env)
        for case in s.cases:
            self.env = dict(before)
            taken = self._pattern(case.pattern, left)
            self.env[key] = taken
            if case.guard is not None:
                self.eval(case.guard)
            else:
                left -= taken
            self.block(case.body)
        self.env = before

    def _pattern(self, p: ast.pattern, subject: Names) -> Names:
        if isinstance(p, ast.MatchClass):
            named = (classes(self.look(p.cls)) or NONE) & subject
            for attr, inner in zip(p.kwd_attrs, p.kwd_patterns, strict=True):
                self._pattern(inner, self.read(named, attr))
            return named
        if isinstance(p, ast.MatchOr):
            return frozenset().union(*(self._pattern(one, subject) for one in p.patterns))
        if isinstance(p, ast.MatchAs):
            taken = self._pattern(p.pattern, subject) if p.pattern is not None else subject
            if p.name:
                self.env[p.name] = taken
            return taken
        return NONE

    def bind(self, target: ast.AST, held: Names, value: ast.AST | None = None) -> None:
        """Assign to a name, or to each of several."""
        if isinstance(target, ast.Name):
            self.env[target.id] = held
            self._forget(target.id)
        elif isinstance(target, (ast.Tuple, ast.List)):
            same = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
            for number, one in enumerate(target.elts):
                self.bind(one, self.eval(value.elts[number]) if same else held)  # type: ignore[union-attr]
        elif isinstance(target, ast.Starred):
            self.bind(target.value, held)

    def _columns(self, target: ast.AST, rows: Iterable[Any]) -> None:
        """Names that stand for the columns of a table: the texts that they may be."""
        names = target.elts if isinstance(target, ast.Tuple) else []
        for number, one in enumerate(names):
            column = [row[number] for row in rows if isinstance(row, tuple) and number < len(row)]
            if isinstance(one, ast.Name):
                self.texts[one.id] = tuple(text for text in column if isinstance(text, str))

    def _forget(self, name: str) -> None:
        for key in [k for k in self.env if k.startswith(f"{name}.")]:
            del self.env[key]

    def loop(self, target: ast.AST, over: ast.AST) -> None:
        """``for target in over``: the constants of a module's tuple are known by value."""
        if isinstance(over, ast.Call) and ast.unparse(over.func) == "enumerate":
            if isinstance(target, ast.Tuple):
                target = target.elts[-1]
            over = over.args[0]
        known = self.look(over)
        if isinstance(known, (tuple, list, set, frozenset, dict)) and isinstance(target, ast.Name):
            texts = tuple(one for one in known if isinstance(one, str))
            if texts:
                self.texts[target.id] = texts
        elif (
            isinstance(over, ast.Call)
            and isinstance(over.func, ast.Attribute)
            and over.func.attr == "items"
        ):
            table = self.look(over.func.value)
            if isinstance(table, dict):
                self._columns(target, table.items())
        self.bind(target, self.eval(over))

    # ── narrowing ───────────────────────────────────────────────────────────────────────────────

    def _narrow(self, test: ast.AST, so: bool) -> dict[str, Names]:
        """What is known where ``test`` is (or is not) so."""
        env = dict(self.env)
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return self._narrow(test.operand, not so)
        if isinstance(test, ast.BoolOp):
            if isinstance(test.op, ast.And) == so:
                saved = self.env
                for one in test.values:
                    self.env = self._narrow(one, so)
                env, self.env = self.env, saved
            return env
        found = self._type_test(test)
        if found is not None:
            key, named, positive = found
            held = env.get(key) or self._peek(key)
            env[key] = held & named if positive == so else held - named
        return env

    def _peek(self, key: str) -> Names:
        return self.eval(ast.parse(key, mode="eval").body)

    def _type_test(self, test: ast.AST) -> tuple[str, Names, bool] | None:
        if isinstance(test, ast.Call) and ast.unparse(test.func) == "isinstance":
            named = classes(self.look(test.args[1]))
            return (ast.unparse(test.args[0]), named, True) if named else None
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, op = test.left, test.ops[0]
            if isinstance(left, ast.Call) and ast.unparse(left.func) == "type":
                named = classes(self.look(test.comparators[0]))
                if named:
                    positive = isinstance(op, (ast.Is, ast.In, ast.Eq))
                    return ast.unparse(left.args[0]), named, positive
        return None

    # ── expressions ─────────────────────────────────────────────────────────────────────────────

    def read(self, held: Names, attr: str) -> Names:
        """A read of an attribute; what it holds."""
        found: set[str] = set()
        for name in held:
            for f in values(name):
                if f.attr == attr:
                    self.reads.seen.add((name, attr))
                    found.update(constructors(item(f.type)))
        return frozenset(found)

    def eval(self, node: ast.AST | None) -> Names:
        """Run an expression: the constructors that it may hold."""
        match node:
            case None | ast.Constant():
                return NONE
            case ast.Name():
                return self.env.get(node.id, NONE)
            case ast.Attribute():
                held = self.read(self.eval(node.value), node.attr)
                return self.env.get(ast.unparse(node), held)
            case ast.Call():
                return self._call(node)
            case ast.NamedExpr():
                held = self.eval(node.value)
                self.bind(node.target, held)
                return held
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node)
            case ast.IfExp():
                self.eval(node.test)
                before = self.env
                self.env = self._narrow(node.test, True)
                first = self.eval(node.body)
                self.env = before
                self.env = self._narrow(node.test, False)
                second = self.eval(node.orelse)
                self.env = before
                return first | second
            case ast.BoolOp():
                before, found = self.env, NONE
                for one in node.values:
                    found |= self.eval(one)
                    self.env = self._narrow(one, isinstance(node.op, ast.And))
                self.env = before
                return found
            case ast.Compare():
                self.eval(node.left)
                for one in node.comparators:
                    self.eval(one)
                return NONE
            case ast.Lambda():
                inner = Run(self.reads, self.module, dict(self.env), self.depth)
                return inner.eval(node.body)
            case ast.Subscript():
                self.eval(node.slice)
                return self.eval(node.value)
        found = NONE
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                found |= self.eval(child)
            elif isinstance(child, ast.FormattedValue):
                self.eval(child.value)
        return found

    def _comprehension(self, node: Any) -> Names:
        before, texts = dict(self.env), dict(self.texts)
        for one in node.generators:
            self.loop(one.target, one.iter)
            for test in one.ifs:
                self.eval(test)
                self.env = self._narrow(test, True)
        if isinstance(node, ast.DictComp):
            found = self.eval(node.key) | self.eval(node.value)
        else:
            found = self.eval(node.elt)
        self.env, self.texts = before, texts
        return found

    def _call(self, node: ast.Call) -> Names:
        name = ast.unparse(node.func)
        given = [self.eval(one.value if isinstance(one, ast.Starred) else one) for one in node.args]
        named = {one.arg: self.eval(one.value) for one in node.keywords if one.arg}
        if name == "getattr":
            return self._getattr(node, given)
        if name in _KEEPS or name == "dict.fromkeys":
            return frozenset().union(*given)
        if name in ("type", "isinstance") or hasattr(builtins, name):
            return NONE
        if isinstance(node.func, ast.Attribute):
            self.eval(node.func.value)
        target = self.look(node.func)
        target = inspect.unwrap(target) if callable(target) else target
        if not isinstance(target, types.FunctionType):
            return NONE
        return self.reads.call(target, given, named, self.depth + 1)

    def _getattr(self, node: ast.Call, given: list[Names]) -> Names:
        what = node.args[1]
        if isinstance(what, ast.Constant):
            return self.read(given[0], str(what.value))
        texts = self.texts.get(what.id, ()) if isinstance(what, ast.Name) else ()
        return frozenset().union(*(self.read(given[0], one) for one in texts))


def _joined(one: dict[str, Names], other: dict[str, Names]) -> dict[str, Names]:
    return {key: one.get(key, NONE) | other.get(key, NONE) for key in one.keys() | other.keys()}


def _ends(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], (ast.Return, ast.Raise, ast.Continue, ast.Break))
