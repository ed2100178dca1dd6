"""Templates of letters as Jinja reads them, sandboxed. Imported at the first letter: a server
without a desk never needs the template engine.
"""

from __future__ import annotations

import functools
from typing import Any

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import SandboxedEnvironment

WRITING = (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError)
"""What a template may raise that reads well and cannot be written."""


class BadSyntax(Exception):
    """It cannot be read: the line, and what is wrong there."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(line, what)
        self.line, self.what = line, what


class _Environment(SandboxedEnvironment):
    intercepted_binops = frozenset({"**", "*"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise jinja2.exceptions.SecurityError(f"templates do not compute ({operator})")


@functools.cache
def _environment(*, html: bool) -> _Environment:
    return _Environment(
        autoescape=html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


@functools.lru_cache(256)
def template(source: str, *, html: bool) -> jinja2.Template:
    """Ready to be rendered. Raises one of :data:`WRITING`."""
    return _environment(html=html).from_string(source)


def used(text: str) -> tuple[set[str], set[str]]:
    """Variables of a template, and fields of what is listed (``one.item``). Raises BadSyntax."""
    try:
        parsed = _environment(html=False).parse(text)
        names = meta.find_undeclared_variables(parsed)
    except jinja2.TemplateSyntaxError as error:
        raise BadSyntax(error.lineno, error.message or "") from None
    fields = {node.attr for node in parsed.find_all(nodes.Getattr)}
    return names, fields - {"first", "last", "index", "length"}
