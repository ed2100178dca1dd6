"""Presets: what the decision form says of one rule, written once by whoever writes templates.

A preset fills the measure, the ground and the category (items 1 to 3 of the form), never the
facts: they are those of the case. It fills what is empty. What somebody typed stays and is named,
until they ask for it to be replaced; what an earlier preset filled in gives way. The form is then
checked and previewed like any other.
"""

from __future__ import annotations

import datetime
from typing import Any, ClassVar, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import planning
from petitbleu.desk.adjudication.decisions import queries as q
from petitbleu.desk.adjudication.decisions.form import ACTS, FieldError, Form, Wanted, Wrong
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.reference.law import service as law
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.placing import moved
from petitbleu.refusals import Refusal, Sentences
from petitbleu.store.api import Reader, Tx

OUTCOMES = (forms.MEASURES, forms.NO_ACTION)
"""Obstacles of an order are no matter of a rule."""
NAME = 60
"""Characters of a name."""
DAYS = 3650
"""Longest duration."""
MAX_PRESETS = 100
_encode = msgspec.msgpack.Encoder().encode


class Refused(Refusal):
    """The preset cannot be kept."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.decisions.presets")


class Wording(NamedTuple):
    """What a preset says in one language."""

    name: str
    law: str
    why: str


class Preset(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one rule says. Texts stand in both languages; the letter has one of them."""

    name_en: str = ""
    name_fr: str = ""
    kinds: tuple[str, ...] = ()
    """Kinds of cases it is offered for; none: all."""
    outcome: str = forms.MEASURES
    measure: str = ""
    days: int | None = None
    """How long the measure lasts, from the day it is decided."""
    countries: tuple[str, ...] = ()
    label: str = ""
    ground: str = ""
    law_en: str = ""
    law_fr: str = ""
    why_en: str = ""
    why_fr: str = ""
    also_illegal: str = ""
    ground_url: str = ""
    category: str = ""
    keyword: str = ""
    keyword_other: str = ""

    def in_language(self, language: str) -> Wording:
        """Its texts; in the first of :data:`LANGUAGES` where it has none in this."""
        spoken = language if language in LANGUAGES else LANGUAGES[0]
        name, law, why = (getattr(self, f"{field}_{spoken}") for field in Wording._fields)
        return Wording(name, law, why)


_decode = msgspec.msgpack.Decoder(Preset).decode
LANGUAGES = tuple(
    field.removeprefix("name_") for field in Preset.__struct_fields__ if field.startswith("name_")
)
"""In which presets are kept: those they have fields for."""


class Kept(NamedTuple):
    """A preset as it stands in the list."""

    id: int
    preset: Preset
    changed_at: int
    changed_by: str


class Filled(NamedTuple):
    """A form after a preset. ``kept``: fields (``measures`` for all of item 1) where something
    else was typed, which stays.
    """

    form: Form
    kept: tuple[str, ...]


async def everything(reader: Reader) -> list[Kept]:
    """All presets in their order."""
    rows = await reader.rows(q.PRESETS)
    return [Kept(row.id, _decode(row.data), row.changed_at, row.changed_by) for row in rows]


async def offered(reader: Reader, kind: str, measures: frozenset[str] | None = None) -> list[Kept]:
    """Those for cases of a kind, within the measures that a person may take (None: all)."""
    return [
        preset
        for preset in await everything(reader)
        if (not preset.preset.kinds or kind in preset.preset.kinds)
        and (measures is None or not preset.preset.measure or preset.preset.measure in measures)
    ]


# ── filling a form ──────────────────────────────────────────────────────────────────────────────


def fill(
    app: App,
    form: Form,
    preset: Preset,
    language: str,
    *,
    before: tuple[Preset, str] | None = None,
    replace: bool = False,
) -> Filled:
    """The form with a preset's words in ``language``. ``before``: the preset, and its language,
    that filled it earlier; ``replace``: also what somebody typed.
    """
    old = _says(*before) if before else {}
    filled, kept = msgspec.structs.replace(form), []
    for name, value in _says(preset, language).items():
        now = getattr(filled, name)
        ours = name in old and now == old[name]
        if now == value or (not value and not ours):
            continue
        if replace or ours or not now or (name, now) == _DEFAULT:
            setattr(filled, name, value)
        else:
            kept.append(name)
    if "category" in kept:  # keywords are those of a category
        filled.keywords, filled.keyword_other = list(form.keywords), form.keyword_other
        kept = [name for name in kept if name not in ("keywords", "keyword_other")]
    if preset.outcome == forms.MEASURES and preset.measure:
        last = _row(app, before[0]) if before else Wanted()
        wanted = _row(app, preset)
        rows = form.measures or [Wanted()]
        filled.measures = [_measured(row, wanted, last, replace=replace) for row in rows]
        if any(_differs(row, wanted) for row in filled.measures):
            kept.append("measures")
    return Filled(filled, tuple(kept))


_DEFAULT = ("outcome", forms.MEASURES)
"""What an empty form says already."""


def _until(app: App, preset: Preset) -> str:
    if preset.days is None:
        return ""
    return (planning.today(app) + datetime.timedelta(days=preset.days)).isoformat()


def _says(preset: Preset, language: str) -> dict[str, Any]:
    """Items 2 and 3 of the form, and the outcome."""
    return {
        "outcome": preset.outcome,
        "ground": preset.ground,
        "law": getattr(preset, f"law_{language}"),
        "why": getattr(preset, f"why_{language}"),
        "also_illegal": preset.also_illegal,
        "ground_url": preset.ground_url,
        "category": preset.category,
        "keywords": [preset.keyword] if preset.keyword else [],
        "keyword_other": preset.keyword_other,
    }


_OF_A_ROW = ("kind", "until", "label", "countries")


def _row(app: App, preset: Preset) -> Wanted:
    """A preset as a row of item 1."""
    countries = list(preset.countries)
    return Wanted(
        preset.measure, until=_until(app, preset), label=preset.label, countries=countries
    )


def _measured(row: Wanted, wanted: Wanted, last: Wanted, *, replace: bool) -> Wanted:
    """A row of item 1 with a preset's measure, where no other was chosen."""
    if row.kind not in ("", wanted.kind, last.kind) and not replace:
        return row
    made = msgspec.structs.replace(row)
    for name in _OF_A_ROW:
        now, value = getattr(row, name), getattr(wanted, name)
        ours = row.kind == last.kind != "" and now == getattr(last, name)
        if ours or not now or (replace and value):
            setattr(made, name, value)
    return made


def _differs(row: Wanted, wanted: Wanted) -> bool:
    """Whether something else than the preset says stands in a row."""
    said = [(getattr(row, name), getattr(wanted, name)) for name in _OF_A_ROW]
    return any(value and now != value for now, value in said)


# ── writing them ────────────────────────────────────────────────────────────────────────────────


def check(app: App, preset: Preset) -> Preset:
    """The preset as it is kept. Raises Refused, Wrong (fields as the form names them)."""
    names = [" ".join(name.split()) for name in (preset.name_en, preset.name_fr)]
    if not all(1 <= len(name) <= NAME for name in names):
        raise Refused("name", most=NAME)
    if preset.outcome not in OUTCOMES:
        raise Refused("outcome")
    if not all((preset.law_en, preset.law_fr, preset.why_en, preset.why_fr)):
        raise Refused("texts")
    if preset.days is not None and not 1 <= preset.days <= DAYS:
        raise Refused("days", most=DAYS)
    if preset.days is not None and (preset.measure == "close" or not preset.measure):
        raise Refused("endless")
    for kind in preset.kinds:
        if kind not in law.load_law(app).kinds:
            raise Refused("kind", what=kind[:60])
    wrong = {
        (problem.field, problem.code): problem
        for language in LANGUAGES
        for problem in _wrong(app, preset, language)
    }
    if wrong:
        raise Wrong(list(wrong.values()))
    return msgspec.structs.replace(preset, name_en=names[0], name_fr=names[1])


_OF_A_PRESET = ("outcome", "ground", "law", "why", "also_illegal", "ground_url", "category")
_LEFT_TO_THE_CASE = ("missing.category", "missing.measures", "missing.item", "missing.member")


def _wrong(app: App, preset: Preset, language: str) -> list[FieldError]:
    """What the form's own checks say of a preset's part of it."""
    until = _until(app, preset)
    if not until and preset.measure in ACTS and ACTS[preset.measure].dated:
        # A preset may leave the end of a measure to whoever decides.
        until = (planning.today(app) + datetime.timedelta(days=1)).isoformat()
    row = Wanted(preset.measure, "@it", countries=list(preset.countries), until=until)
    row.label = preset.label
    form = Form(**_says(preset, language), measures=[row] if preset.measure else [])
    parts = (*_OF_A_PRESET, "keyword", "measures")
    return [
        problem
        for problem in forms.check(form, planning.today(app))
        if problem.field.startswith(parts) and problem.code not in _LEFT_TO_THE_CASE
    ]


async def keep(app: App, by: Staff, preset: Preset, id: int = 0) -> int:
    """A new preset at the end, or (``id``) one as it is now; its number. Raises Refused, Wrong."""
    return await app.store.write(_keep, app, by, check(app, preset), id)


async def _keep(tx: Tx, app: App, by: Staff, preset: Preset, id: int) -> int:
    said = {"data": _encode(preset), "at": int(app.clock.now()), "by": by.actor}
    if id:
        if not await tx.run(q.CHANGE_PRESET, id=id, **said):
            raise Refused("none")
    else:
        if len(await tx.rows(q.PRESETS)) >= MAX_PRESETS:
            raise Refused("many", most=MAX_PRESETS)
        row = await tx.row(q.ADD_PRESET, **said)
        assert row is not None
        id = row.id
    await audit.append(
        tx, app, by.actor, "preset.keep", f"preset:{id}", msgspec.to_builtins(preset)
    )
    return id


async def move(tx: Tx, app: App, by: Staff, id: int, up: bool) -> None:
    """Let a preset change places with the one before or after it: its key changes. Raises
    Refused.
    """
    before = [row.id for row in await tx.rows(q.PRESETS)]
    if id not in before:
        raise Refused("none")
    order = moved(before, id, up=up)
    if order == before:
        return
    for place, key in enumerate(order, 1):
        await tx.run(q.PLACE_PRESET, id=key, place=place)
    await audit.append(tx, app, by.actor, "preset.move", f"preset:{id}", {"order": order})


async def delete(tx: Tx, app: App, by: Staff, id: int) -> None:
    """It is offered no more; decisions it helped with stay. Raises Refused."""
    if not await tx.run(q.DELETE_PRESET, id=id):
        raise Refused("none")
    await audit.append(tx, app, by.actor, "preset.delete", f"preset:{id}")
