"""What other rooms ask of the law: the data of this instance, and the clocks of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from petitbleu import resources
from petitbleu.app import App, Part
from petitbleu.desk.reference.law import data
from petitbleu.desk.reference.law import kinds as table
from petitbleu.desk.reference.law.calendar import Place as Place
from petitbleu.desk.reference.law.clocks import Clock as Clock
from petitbleu.desk.reference.law.clocks import Given as Given
from petitbleu.desk.reference.law.clocks import Step as Step
from petitbleu.desk.reference.law.clocks import derive as derive
from petitbleu.desk.reference.law.data import Kind as Kind
from petitbleu.desk.reference.law.data import Law as Law
from petitbleu.desk.reference.law.data import LawError as LawError
from petitbleu.desk.reference.law.data import Rule as Rule
from petitbleu.desk.reference.law.preparing import ready as ready
from petitbleu.desk.reference.law.sayings import clock as clock
from petitbleu.desk.reference.law.sayings import duty as duty
from petitbleu.desk.reference.law.sayings import kind as kind
from petitbleu.desk.reference.law.sayings import kinds as kinds
from petitbleu.desk.reference.law.sayings import step as step

FOLDER = "law"
"""Folder inside the data folder where the operator's counsel puts files."""
DOCUMENTS = ("statement-of-reasons", "transparency-report-template", "redress")


def _read_all(app: App) -> Law:
    """A file that cannot be used is left out and logged (``faults``; health page): a slip of the
    pen must not stop the desk.
    """
    law = read(app.config.data)
    for fault in law.faults:
        app.log.error("law file left out", reason=fault)
    return law


LAW: Part[Law] = Part(_read_all)


def load_law(app: App) -> Law:
    """The law of this instance, read once."""
    return app.parts[LAW]


def reload(app: App) -> Law:
    """Read the files again, all or nothing. Raises LawError where one cannot be used."""
    law = read(app.config.data)
    if law.faults:
        raise LawError(law.faults[0])
    app.parts[LAW] = law
    return law


def read(folder: Path) -> Law:
    """Shipped data with the files of ``folder``/law laid over it."""
    merged = table.shipped()
    faults: list[str] = []
    for path in sorted((folder / FOLDER).glob("*.json")):
        if path.stem in DOCUMENTS:
            continue
        name = f"{FOLDER}/{path.name}"
        try:
            candidate = data.merge(merged, data.parse(_text(path, name), name))
            data.build(candidate, name)
        except LawError as error:
            said = str(error)
            faults.append(said if said.startswith(name) else f"{name}: {said}")
        else:
            merged = candidate
    return data.build(merged, table.FILE, tuple(faults))


def document(app: App, name: str) -> dict[str, Any]:
    """One of :data:`DOCUMENTS` with what the operator changed of it: objects are merged key by
    key, everything else is replaced. Raises LawError.
    """
    shipped: dict[str, Any] = data.parse(resources.schema_text(f"law/{name}.json"), name)
    path = app.config.data / FOLDER / f"{name}.json"
    if not path.is_file():
        return shipped
    changes = data.parse(_text(path, f"{FOLDER}/{name}.json"), f"{FOLDER}/{name}.json")
    return _laid_over(shipped, changes)


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LawError(f"{name} cannot be read: {error}.") from None


def _laid_over(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        before = merged.get(key)
        both = isinstance(before, dict) and isinstance(value, dict)
        merged[key] = _laid_over(before, value) if both else value  # type: ignore[arg-type]
    return merged
