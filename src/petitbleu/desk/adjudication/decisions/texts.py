"""Letters of the desk from templates: a text of the catalogue per kind, or the operator's version.

A template is a text of Jinja (sandboxed) whose first line is the subject. It may use the variables
of its kind (:data:`KINDS`) and nothing else; what is still to be filled in by hand is written
``### like this ###`` and stops the letter from leaving.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, ClassVar, NamedTuple

from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions import reading
from petitbleu.refusals import Refusal, Sentences

_TEXTS = Catalogue("letters", "words")
_TEMPLATES = Catalogue("letters", "templates")
LANGUAGES = _TEMPLATES
"""Of the templates that come with the program; the first is for everybody else."""

_ALWAYS = {"operator", "number", "case", "date", "contact"}
_REASONS = {
    "measures", "facts", "source", "detection", "automation", "illegal", "law", "why",
    "also_illegal", "ground_url",
}  # fmt: skip
_REDRESS = {"appeal_url", "appeal_until", "bodies", "court", "remedies"}
_ORDER = {"authority", "reference", "received", "effect"}
_OBSTACLE = {"obstacles", "detail", "preserved", "clarification"}
_LOOSE = {"authority", "reference", "received", "signatory"}

KINDS: dict[str, set[str]] = {
    "statement": _REASONS | _REDRESS,
    "statement_order": _REASONS | _REDRESS | {"authority", "reference", "tco", "unmet"},
    "notifier": {"acted", "measures", "why", "law", "automation", "received"} | _REDRESS,
    "authority_effect": _ORDER | {"measures", "nothing", "why", "unmet"},
    "authority_impossible": _ORDER | _OBSTACLE | {"unmet"},
    "annex2": _ORDER | {"measures", "targets", "removed", "signatory", "unmet"},
    "annex3": _ORDER | _OBSTACLE | {"targets", "signatory", "unmet"},
    "eevidence3": _ORDER | _OBSTACLE | {"form", "country", "signatory"},
    "reversal": {"decision", "why", "again", "remedies"},
    "reversal_notifier": {"decision", "why", "received"} | _REDRESS,
    "complaint": {"decision", "complaint", "outcome", "why"} | _REDRESS,
    "withdrawn": {"decision"},
    "warning": {"what", "count", "days", "policy"} | _REDRESS,
    "misuse": {"kind", "what", "count", "until", "why"} | _REDRESS,
    "threat": {"facts", "written", "items", "people", "to", "signatory"},
    "ask_authority": _LOOSE | {"missing", "text", "form"},
    "ask_person": _LOOSE | {"text"},
    "answer": _LOOSE | {"text"},
}
"""Kind -> variables of its templates, besides those that all have."""
for _names in KINDS.values():
    _names |= _ALWAYS


_OPEN = re.compile(r"###.*?###", re.DOTALL)
_SUBJECT = re.compile(r"(?:subject|objet\s?|betreff):", re.IGNORECASE)


def object_here(language: str) -> str:
    """What stands under a statement in the service chat."""
    return _TEXTS[language]["contest_here"]


class Letter(NamedTuple):
    """What is to be sent."""

    subject: str
    text: str


class Unfinished(Refusal):
    """A letter has words still to be filled in."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.decisions.texts.unfinished")


class BadTemplate(Refusal):
    """A template cannot be used; one sentence says why."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.decisions.texts.badtemplate")


Overrides = Mapping[tuple[str, str], str]
"""(kind, language) -> the operator's own template."""


def shipped(kind: str, language: str, ending: str = "txt") -> str:
    """The template that comes with the program, set as its language is."""
    return _TEMPLATES[language][f"{kind}.{ending}"]


def language(*wished: str) -> str:
    """The first of the wished languages there are templates in."""
    return _TEMPLATES.language(*wished)


def variables(kind: str) -> list[str]:
    """What a template of this kind may use."""
    return sorted(KINDS[kind])


def check(kind: str, text: str) -> None:
    """Raise BadTemplate where a template could not be used for letters of this kind."""
    if kind not in KINDS:
        raise BadTemplate("kind", what=kind)
    used, fields = _used(text)
    if unknown := used - KINDS[kind]:
        raise BadTemplate("unknown", what=", ".join(sorted(unknown)))
    if unknown := fields - _fields(kind):
        raise BadTemplate("fields", what=", ".join(sorted(unknown)))
    if not _SUBJECT.match(text):
        raise BadTemplate("subject")


def left_out(kind: str, language: str, text: str) -> list[str]:
    """Variables that the shipped template says and this one does not. Raises BadTemplate."""
    return sorted(_used(shipped(kind, language))[0] - _used(text)[0])


def _used(text: str) -> tuple[set[str], set[str]]:
    """Variables of a template, and fields of what is listed (``one.item``). Raises BadTemplate."""
    from petitbleu.desk.adjudication.decisions import templating

    try:
        return templating.used(text)
    except templating.BadSyntax as error:
        raise BadTemplate("syntax", line=error.line, what=error.what) from None


@functools.cache
def _fields(kind: str) -> set[str]:
    """What the shipped templates of a kind say of what they list."""
    return {field for lang in LANGUAGES for field in _used(shipped(kind, lang))[1]}


def render(
    kind: str, lang: str, values: Mapping[str, Any], overrides: Overrides | None = None
) -> Letter:
    """The letter. Raises Unfinished and BadTemplate."""
    from petitbleu.desk.adjudication.decisions import templating

    source = (overrides or {}).get((kind, lang)) or shipped(kind, lang)
    lacking = KINDS[kind] - set(values)
    if lacking:
        raise BadTemplate("values", kind=kind, what=", ".join(sorted(lacking)))
    try:
        template = templating.template(source, html=False)
        text = template.render({name: values[name] for name in KINDS[kind]})
    except templating.WRITING as error:
        raise BadTemplate("unwritable", kind=kind, language=lang, what=error) from None
    still = _OPEN.search(text)
    if still is not None:
        raise Unfinished("open", words=still[0])
    first, _, rest = text.partition("\n")
    return Letter(first.partition(":")[2].strip(), _tidy(rest))


class _Named:
    """A value that says its name: what a template looks like before there is a case."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __str__(self) -> str:
        return f"[{self._name}]"

    def __getattr__(self, name: str) -> _Named:
        return _Named(name)

    def __iter__(self) -> Iterator[_Named]:
        return iter([self])


def sample(kind: str, text: str) -> Letter | None:
    """The letter with ``[names]`` in the place of values; None where that cannot be written."""
    from petitbleu.desk.adjudication.decisions import templating

    try:
        template = templating.template(text, html=False)
        rendered = template.render({name: _Named(name) for name in KINDS[kind]})
    except templating.WRITING:
        return None
    first, _, rest = rendered.partition("\n")
    return Letter(first.partition(":")[2].strip(), _tidy(rest))


def reading_age(kind: str, text: str) -> int | None:
    """How old a reader should be, by an estimate; None where the letter cannot be written."""
    example = sample(kind, text)
    return reading.age(example.text) if example is not None else None


def _tidy(text: str) -> str:
    """No more than one empty line together, no space at the ends of lines."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def page(kind: str, lang: str, values: Mapping[str, Any]) -> str:
    """The form of this kind as HTML, for printing: values are escaped, nothing is loaded."""
    from petitbleu.desk.adjudication.decisions import templating

    html = templating.template(shipped(kind, lang, "html"), html=True).render(dict(values))
    return html.replace("/*style*/", _style())


@functools.cache
def _style() -> str:
    return files(__package__).joinpath("templates", "form.css").read_text("utf-8")
