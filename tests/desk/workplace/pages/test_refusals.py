"""No refusal without both languages: the source is read, not a list somebody keeps by hand."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import petitbleu
from petitbleu.desk.adjudication.appeals.refused import Refused as AppealRefused
from petitbleu.desk.adjudication.decisions.form import FieldError
from petitbleu.desk.adjudication.decisions.misuse import Denied
from petitbleu.desk.adjudication.decisions.reversing import CannotUndo
from petitbleu.desk.orders.holds.service import Refused
from petitbleu.desk.workplace.pages.render import TEXTS
from petitbleu.desk.workplace.pages.shell import filled
from petitbleu.domain.safety.moderation.refused import Refused as MeasureRefused
from petitbleu.refusals import Refusal
from tests.kit.trees import nodes

PACKAGE = Path(petitbleu.__file__).parent
REASONS = {
    "NotYou": "notyou_",
    "NotAllowed": "not_",
    "Invalid": "invalid_",
    "staff.Refused": "touch_",
    "Problem": "",
}
"""Exceptions whose first word is a key of the pages' texts, and what stands before it."""


def _modules() -> list[Path]:
    return sorted(
        [*(PACKAGE / "desk").rglob("*.py"), *(PACKAGE / "domain/safety/moderation").glob("*.py")]
    )


@cache
def _imported(path: Path) -> dict[str, object]:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return vars(importlib.import_module(name.removesuffix(".__init__")))


def _raised(path: Path) -> Iterator[tuple[ast.Call, type[BaseException]]]:
    """Every call that makes an exception, with its class as the module knows it."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            known: object = _imported(path)
            for part in ast.unparse(node.func).split("."):
                known = known.get(part) if isinstance(known, dict) else getattr(known, part, None)
            if inspect.isclass(known) and issubclass(known, BaseException):
                yield node, known


def _fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _classes() -> set[type[Refusal]]:
    for path in _modules():
        _imported(path)
    found, waiting = set(), [Refusal]
    while waiting:
        below = waiting.pop().__subclasses__()
        found |= set(below)
        waiting += below
    return found


@pytest.mark.sources
def test_every_refusal_has_a_sentence_in_both_languages_with_the_words_it_is_given() -> None:
    made: dict[type, set[str]] = {}
    wrong = []
    for path in _modules():
        for call, kind in _raised(path):
            if not issubclass(kind, Refusal):
                continue
            where = f"{path.relative_to(PACKAGE)}:{call.lineno}"
            code = call.args[0] if call.args else None
            if not isinstance(code, ast.Constant) or code.value not in kind.SAID["en"]:
                wrong.append(f"{where}: no code of {kind.__name__}")
                continue
            said = [kind.SAID[language][str(code.value)] for language in ("en", "fr")]
            given = {str(one.arg) for one in call.keywords}
            if not all(said) or any(_fields(sentence) != given for sentence in said):
                wrong.append(f"{where}: the sentences of {code.value} have other words")
            made.setdefault(next(one for one in kind.__mro__ if "SAID" in vars(one)), set()).add(
                code.value
            )
    assert wrong == []
    kinds = {kind for kind in _classes() if kind.__module__.startswith("petitbleu.")}
    left = {
        f"{kind.__module__}.{kind.__name__}: {code}"
        for kind in kinds
        if "SAID" in vars(kind)
        for code in set(kind.SAID["en"]) - made.get(kind, set())
    }
    assert left == set(), "sentences that nobody says"


@pytest.mark.sources
def test_every_reason_that_a_page_says_is_a_text_in_both_languages() -> None:
    wrong = []
    for path in _modules():
        for call, kind in _raised(path):
            own = "staff.Refused" if kind.__module__.endswith("staff.passkeys") else kind.__name__
            # What the sign-in through a provider refuses is said by its reason alone.
            prefix = (
                "" if "sso" in path.parts or path.name == "single_sign_on.py" else REASONS.get(own)
            )
            if prefix is None or issubclass(kind, Refusal) or "outside" in path.parts:
                continue
            if kind.__module__.endswith("directory.service") or not call.args:
                continue  # a file that a command imports: said on the command line, in English
            code = call.args[0]
            for one in ast.walk(code):
                if isinstance(one, ast.Constant) and not isinstance(code, ast.JoinedStr):
                    key = f"{prefix}{one.value}"
                    if not all(key in TEXTS[lang] for lang in ("en", "fr")):
                        wrong.append(f"{path.relative_to(PACKAGE)}:{call.lineno}: {key}")
    assert wrong == []


ENGLISH = {
    "law.data.LawError": "a file of law that a command reads",
    "directory.service.Invalid": "a file of authorities that a command reads",
    "transparency.report.BadPeriod": "a command's period; the page has a text of its own",
    "eu_database.client.Refused": "what the EU's database answered",
    "eu_database.client.Later": "what the EU's database answered",
    "eu_database.client.Denied": "what the EU's database answered",
    **dict.fromkeys(
        (
            "witnesses.client.NoAnswer",
            "witnesses.cosignatures.BadCosignature",
            "witnesses.service._Disputed",
            "witnesses.service._Refused",
        ),
        "what a witness answered, for check",
    ),
    "witnesses.cosignatures.BadKey": "settings and a command",
    "witnesses.keeping.Unusable": "a command",
    "witnesses.requests.Malformed": "what a witness of ours answers to machines",
    "cases.events.UnknownEvent": "a fault: code or a later version wrote what is not known",
}
"""Exceptions of the desk that carry an English sentence, and why no page shows it."""


@pytest.mark.sources
def test_no_other_exception_of_the_desk_carries_a_sentence() -> None:
    found = set()
    for path in _modules():
        for call, kind in _raised(path):
            code = call.args[0] if call.args else None
            sentence = isinstance(code, ast.JoinedStr) or (
                isinstance(code, ast.Constant) and " " in str(code.value)
            )
            desk = kind.__module__.removeprefix("petitbleu.desk.")
            if sentence and desk != kind.__module__ and not issubclass(kind, Refusal):
                found.add(".".join([*desk.split(".")[-2:], kind.__name__]))
    prefixed = {"pages.shell.Problem", "pages.shell.Again"}
    assert found - prefixed == set(ENGLISH)


@pytest.mark.sources
def test_no_page_shows_an_exception_as_it_is() -> None:
    """``str(error)`` would be English, or a program's."""
    shown = []
    for path in sorted([*(PACKAGE / "desk/workplace/pages").rglob("*.py")]):
        for handler in [one for one in nodes(path) if isinstance(one, ast.ExceptHandler)]:
            shown += [
                f"{path.name}:{one.lineno}"
                for one in ast.walk(handler)
                if (isinstance(one, ast.Call) and ast.unparse(one) == f"str({handler.name})")
                or (isinstance(one, ast.FormattedValue) and ast.unparse(one.value) == handler.name)
            ]
    assert shown == []


@pytest.mark.parametrize(
    ("refusal", "english", "french"),
    [
        (Refused("scope", scopes="x"), "A hold is of x.", "On peut conserver\u00a0: x."),
        (
            AppealRefused("cannot_undo", why=CannotUndo("stands_not", number="PB-1/1")),
            "PB-1/1 does not stand any more.",
            "PB-1/1 ne vaut plus.",
        ),
        (
            Denied("refused", why=MeasureRefused("no_account")),
            "There is no such account.",
            "Ce compte n’existe pas.",
        ),
    ],
)
def test_a_refusal_is_said_in_the_readers_language(
    refusal: Refusal, english: str, french: str
) -> None:
    assert (refusal.say("en"), refusal.say("fr")) == (english, french)
    assert str(refusal) in (english[0].lower() + english[1:-1], english[:-1])
    assert filled("{why}", {"why": refusal}, "fr") == french
    assert FieldError("measures", "refused", {"why": refusal}).say("fr").endswith(french)
