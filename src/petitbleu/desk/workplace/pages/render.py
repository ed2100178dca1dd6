"""Jinja2 for the desk: autoescape, strict, texts in French and English, times people can read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from petitbleu import __version__, typography
from petitbleu.app import App
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff.service import ROLES
from petitbleu.desk.workplace.pages import languages
from petitbleu.desk.workplace.pages.texts import TEXTS
from petitbleu.web.countries import country_name
from petitbleu.web.texts import TEXTS as SITE

_HERE = Path(__file__).resolve().parent
STATIC = _HERE / "static"

__all__ = ["STATIC", "TEXTS", "clock", "html", "when"]


@cache
def _environment() -> Any:
    # Imported at the first page: a server that only chats never needs the template engine.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["roles_known"] = list(ROLES)
    return environment


def html(app: App, template: str, lang: str, /, **values: Any) -> str:
    """A page. Templates have ``t`` (texts), ``when``, ``clock``, ``age`` (times), ``now``,
    ``named`` (choices of a field: values with the texts of ``prefix`` + value), ``kind_of`` (what a
    kind of case is called), ``kinds_named`` (choices of kinds), ``tongue`` and ``country`` (what a
    language or country is called) and ``tongues`` (languages to choose from), ``language_name`` (a
    language by its own name) and ``own_languages`` (those of these pages).
    """

    def kind_of(name: str) -> str:
        return law.kind(law.load_law(app), name, lang)

    zone = ZoneInfo(app.config.timezone)
    now = int(app.clock.now())
    text: str = (
        _environment()
        .get_template(template)
        .render(
            lang=lang,
            t=TEXTS[lang],
            instance=app.config.name,
            version=__version__,
            now=now,
            when=lambda at: when(at, zone, lang),
            date_of=lambda date: date_of(date, lang),
            clock=lambda due: clock(due, now, lang),
            named=lambda values, prefix: [(one, TEXTS[lang][f"{prefix}{one}"]) for one in values],
            kind_of=kind_of,
            tongues=lambda: languages.groups(lang),
            tongue=lambda code: languages.name(code, lang),
            language_name=lambda code: SITE[code]["language_name"],
            own_languages=[(name, SITE[name]["language_name"]) for name in TEXTS],
            country=lambda code: country_name(code, lang),
            kinds_named=lambda kinds: [(one, kind_of(one)) for one in kinds],
            age=lambda at: _age(now - at, lang),
            **{"me": None, **values},
        )
    )
    return text


def _age(seconds: int, lang: str) -> str:
    if seconds < _NOW:
        return TEXTS[lang]["just_now"]
    return TEXTS[lang]["since"].format(span=typography.span(lang, seconds))


def when(at: int, zone: ZoneInfo, lang: str) -> Any:
    """A time in the operator's zone, as an element that carries it exactly (``<time>``)."""
    from markupsafe import Markup

    if not at:
        return TEXTS[lang]["never"]
    here = datetime.fromtimestamp(at, zone)
    exact = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    zoned = _zoned(here, lang)
    return Markup('<time datetime="{}">{}</time>').format(exact, zoned)


_NOW = 60
"""Seconds around its due time in which a duty is neither ahead nor late."""


def plain_time(app: App, at: int, lang: str) -> str:
    """A time in the operator's zone, where no element can stand."""
    return _zoned(datetime.fromtimestamp(at, ZoneInfo(app.config.timezone)), lang)


def plain_day(app: App, at: int, lang: str) -> str:
    """The day of a time in the operator's zone."""
    return date_of(datetime.fromtimestamp(at, ZoneInfo(app.config.timezone)), lang)


def date_of(day: date, lang: str) -> str:
    """A day as lists write it."""
    return typography.short_day(lang, day)


def _zoned(here: datetime, lang: str) -> str:
    return typography.short_moment(lang, here)


def clock(due: int, now: int, lang: str) -> str:
    """What is left until ``due``, or by how much it is late, in words (colour only repeats it)."""
    left = due - now
    if abs(left) < _NOW:
        return TEXTS[lang]["due_now"]
    said = TEXTS[lang]["left" if left >= 0 else "late"]
    return said.format(span=typography.span(lang, abs(left)))
