"""Letters of the desk from templates: a file per kind and language, or the operator's version.

A template is a text of Jinja (sandboxed) whose first line is the subject. It may use the variables
of its kind (:data:`KINDS`) and nothing else; what is still to be filled in by hand is written
``### like this ###`` and stops the letter from leaving.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, NamedTuple

import jinja2
import msgspec
from jinja2 import meta
from jinja2.sandbox import SandboxedEnvironment

LANGUAGES = ("en", "fr")
"""Of the templates that come with the program; the first is for everybody else."""

_ALWAYS = {"operator", "number", "case", "date", "contact"}
_REASONS = {
    "measures", "facts", "source", "detection", "automation", "illegal", "law", "why",
    "also_illegal", "ground_url",
}  # fmt: skip
_REDRESS = {"appeal_url", "appeal_until", "bodies", "court", "remedies"}
_ORDER = {"authority", "reference", "received", "effect"}
_OBSTACLE = {"obstacles", "detail", "preserved", "clarification"}

KINDS: dict[str, set[str]] = {
    "statement": _REASONS | _REDRESS,
    "statement_order": _REASONS | _REDRESS | {"authority", "reference", "tco"},
    "notifier": {"acted", "measures", "why", "law", "automation", "received"} | _REDRESS,
    "authority_effect": _ORDER | {"measures", "nothing", "why"},
    "authority_impossible": _ORDER | _OBSTACLE,
    "annex2": _ORDER | {"measures", "targets", "removed", "signatory"},
    "annex3": _ORDER | _OBSTACLE | {"targets", "signatory"},
    "eevidence3": _ORDER | _OBSTACLE | {"form", "country", "signatory"},
    "reversal": {"decision", "why", "again", "remedies"},
    "reversal_notifier": {"decision", "why", "received"} | _REDRESS,
    "complaint": {"decision", "complaint", "outcome", "why"} | _REDRESS,
    "withdrawn": {"decision"},
    "warning": {"what", "count", "days", "policy"} | _REDRESS,
    "misuse": {"what", "count", "until", "why"} | _REDRESS,
    "threat": {"facts", "items", "people", "to", "signatory"},
}
"""Kind -> variables of its templates, besides those that all have."""
for _names in KINDS.values():
    _names |= _ALWAYS

_OPEN = re.compile(r"###.*?###", re.DOTALL)


class Letter(NamedTuple):
    """What is to be sent."""

    subject: str
    text: str


class Unfinished(Exception):
    """A letter has words still to be filled in; the text shows the first."""


class BadTemplate(Exception):
    """A template cannot be used; one sentence says why."""


Overrides = Mapping[tuple[str, str], str]
"""(kind, language) -> the operator's own template."""


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


@functools.cache
def shipped(kind: str, language: str, ending: str = "txt") -> str:
    """The template that comes with the program."""
    place = files(__package__).joinpath("templates", language, f"{kind}.{ending}")
    return place.read_text("utf-8")


def language(*wished: str) -> str:
    """The first of the wished languages there are templates in."""
    for one in wished:
        if one[:2].lower() in LANGUAGES:
            return one[:2].lower()
    return LANGUAGES[0]


def variables(kind: str) -> list[str]:
    """What a template of this kind may use."""
    return sorted(KINDS[kind])


def check(kind: str, text: str) -> None:
    """Raise BadTemplate where a template could not be used for letters of this kind."""
    if kind not in KINDS:
        raise BadTemplate(f"there are no letters of the kind “{kind}”")
    environment = _environment(html=False)
    try:
        used = meta.find_undeclared_variables(environment.parse(text))
    except jinja2.TemplateSyntaxError as error:
        raise BadTemplate(f"line {error.lineno}: {error.message}") from None
    unknown = sorted(used - KINDS[kind])
    if unknown:
        raise BadTemplate(f"letters of this kind have no {', '.join(unknown)}")
    if not text.lower().startswith(("subject:", "objet :", "objet:")):
        raise BadTemplate("the first line is the subject: “Subject: …”")


@functools.lru_cache(256)
def _template(source: str, *, html: bool) -> jinja2.Template:
    return _environment(html=html).from_string(source)


def render(
    kind: str, lang: str, values: Mapping[str, Any], overrides: Overrides | None = None
) -> Letter:
    """The letter. Raises Unfinished and BadTemplate."""
    source = (overrides or {}).get((kind, lang)) or shipped(kind, lang)
    lacking = KINDS[kind] - set(values)
    if lacking:
        raise BadTemplate(f"{kind}: no value for {', '.join(sorted(lacking))}")
    try:
        made = _template(source, html=False).render({name: values[name] for name in KINDS[kind]})
    except jinja2.TemplateError as error:
        raise BadTemplate(f"{kind} ({lang}): {error}") from None
    still = _OPEN.search(made)
    if still is not None:
        raise Unfinished(still[0])
    first, _, rest = made.partition("\n")
    return Letter(first.partition(":")[2].strip(), _tidy(rest))


def _tidy(text: str) -> str:
    """No more than one empty line together, no space at the ends of lines."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def page(kind: str, lang: str, values: Mapping[str, Any]) -> str:
    """The form of this kind as HTML, for printing: values are escaped, nothing is loaded."""
    made = _template(shipped(kind, lang, "html"), html=True).render(dict(values))
    return made.replace("/*style*/", _style())


@functools.cache
def _style() -> str:
    return files(__package__).joinpath("templates", "form.css").read_text("utf-8")


class Version(msgspec.Struct, frozen=True):
    """One version of the operator's own template."""

    kind: str
    language: str
    version: int
    text: str
    actor: str
    at: int
