"""The letters of a decision: to whom it concerns, to who gave notice, to the authority."""

from __future__ import annotations

import datetime
import hmac
from typing import Any, NamedTuple

from petitbleu import folding
from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import (
    kinds,
    numbers,
    printing,
    redress,
    templates,
    texts,
)
from petitbleu.desk.adjudication.decisions import words as wording
from petitbleu.desk.adjudication.decisions.form import FieldError, Wrong
from petitbleu.desk.adjudication.decisions.planning import Person, Plan
from petitbleu.desk.adjudication.decisions.words import Words
from petitbleu.desk.reference.law import calendar
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.safety.case_numbers import service as case_numbers

STATEMENT, STATEMENT_ORDER, TO_NOTIFIER = "statement", "statement_order", "notifier"
_FORMS = ("annex2", "annex3", "eevidence3")
"""Answers that the law has a form for."""
APPEAL_MONTHS = 6
"""Article 20(1) DSA: complaints are taken for at least six months."""


class Mail(NamedTuple):
    """A letter by e-mail."""

    to: str
    purpose: str
    language: str
    letter: texts.Letter
    not_before: int
    attachments: tuple[tuple[str, str, bytes], ...] = ()
    answers: str = ""
    """Message-ID of the letter this one answers."""


class Told(NamedTuple):
    """What one person is told in the service chat."""

    account: int
    purpose: str
    language: str
    letter: texts.Letter
    not_before: int


class Letters(NamedTuple):
    """All letters of a decision, and what could not be written."""

    mails: list[Mail]
    told: list[Told]
    notes: list[str]


class Desk:
    """What letters say of the desk itself, whatever the decision."""

    def __init__(self, app: App, operator: str, country: str) -> None:
        self.app = app
        self.operator = operator or app.config.name
        self._redress = redress.load_redress(app, country)
        self._words: dict[str, Words] = {}

    def words(self, language: str) -> Words:
        """The words of a language there are templates in."""
        if language not in self._words:
            self._words[language] = Words(language, self.app.config.timezone)
        return self._words[language]

    def always(self, language: str, number: int, at: int) -> dict[str, Any]:
        """Variables of every letter."""
        return {
            "operator": self.operator,
            "number": numbers.text(number),
            "case": case_numbers.text(numbers.case_of(number)),
            "date": self.words(language).moment(at),
            "contact": contact(self.app),
        }

    def redress(
        self, language: str, link: str, at: int, extra: str, *, order: bool
    ) -> dict[str, Any]:
        """What can be done against a decision."""
        said = self.words(language)
        pack = redress.in_language(self._redress, language)
        return {
            "appeal_url": link,
            "appeal_until": said.day(_months_after(said, at)),
            "bodies": pack["bodies"],
            "court": pack["order" if order else "court"],
            "remedies": extra,
        }


def _months_after(said: Words, at: int) -> datetime.date:
    return calendar.after(said.date(at), APPEAL_MONTHS, "month", "")


def contact(app: App) -> str:
    """Where one writes to the desk."""
    published = app.config.desk.addresses
    return published[0] if published else f"{joining.base_url(app)}/contact"


def link(app: App, number: int, account: int) -> str:
    """The page of a decision for one person, with the key that opens it for nobody else."""
    return (
        f"{joining.base_url(app)}/decision/{numbers.text(number)}?key={key(app, number, account)}"
    )


def key(app: App, number: int, account: int) -> str:
    """Opens one decision for one person (0: whoever gave notice by e-mail)."""
    return folding.url64(app.secrets.hmac("desk.decision", b"%d %d" % (number, account))[:16])


def opens(app: App, number: int, account: int, key_given: str) -> bool:
    """Whether it is that key, also one given out before secrets were rotated."""
    given = key_given.encode()
    known = app.secrets.hmacs("desk.decision", b"%d %d" % (number, account))
    return any(hmac.compare_digest(folding.url64(mac[:16]).encode(), given) for mac in known)


def signatory(actor: str, language: str) -> str:
    """Staff appear outside by role and number, never by name (desk.md §15)."""
    kind, _, number = actor.partition(":")
    return Words(language, "UTC").office(number if kind == "staff" else "")


async def compose(app: App, plan: Plan, number: int) -> Letters:
    """Write all letters of a decision. Raises Wrong where a template leaves something open."""
    writer = _Writer(app, plan, number, await templates.overrides(app.store))
    try:
        writer.people()
        writer.notifiers()
        await writer.authority()
    except (texts.Unfinished, texts.BadTemplate) as error:
        raise Wrong([FieldError("outcome", "template.bad", {"why": error})]) from None
    return writer.made


class _Writer:
    def __init__(self, app: App, plan: Plan, number: int, overrides: texts.Overrides) -> None:
        self.app, self.plan, self.number, self.overrides = app, plan, number, overrides
        self.desk = Desk(app, plan.operator.name, plan.operator.country or app.config.country)
        self.made = Letters([], [], [])

    def _render(self, kind: str, language: str, values: dict[str, Any]) -> texts.Letter:
        whole = self.desk.always(language, self.number, self.plan.at) | values
        return texts.render(kind, language, whole, self.overrides)

    def _measures(self, language: str, *, named: bool) -> list[dict[str, str]]:
        said = self.desk.words(language)
        return [
            said.measure(target.wanted, target.item, named=named) for target in self.plan.targets
        ]

    # ── whom it concerns ────────────────────────────────────────────────────────────────────────

    def people(self) -> None:
        """The statement of reasons, all of Article 17(3), or news of an order (Article 9(5))."""
        form = self.plan.form
        if form.outcome != forms.MEASURES or form.short_path == "yes":
            return
        order = self.plan.case.kind in kinds.ORDERS
        purpose = STATEMENT_ORDER if order else STATEMENT
        for person in self.plan.people:
            language = texts.language(person.language, *self.app.config.languages)
            letter = self._render(purpose, language, self._reasons(person, language, order=order))
            self._send(person, purpose, language, letter, self.plan.tell_at)

    def _send(
        self, person: Person, purpose: str, language: str, letter: texts.Letter, at: int
    ) -> None:
        self.made.told.append(Told(person.id, purpose, language, letter, at))
        if person.email:
            self.made.mails.append(Mail(person.email, purpose, language, letter, at))

    def _reasons(self, person: Person, language: str, *, order: bool) -> dict[str, Any]:
        form, case, said = self.plan.form, self.plan.case, self.desk.words(language)
        mine = [target for target in self.plan.targets if person.id in target.item.people]
        authority = case.authority
        values = {
            "measures": [said.measure(one.wanted, one.item) for one in mine or self.plan.targets],
            "facts": form.facts.strip(),
            "source": said.source(form),
            "detection": said.detection(form),
            "automation": said.automation(form),
            "illegal": form.ground == forms.ILLEGAL,
            "law": form.law.strip(),
            "why": form.why.strip(),
            "also_illegal": form.also_illegal,
            "ground_url": form.ground_url.strip(),
            "authority": (authority.name or authority.domain) if authority else case.sender,
            "reference": case.reference or case_numbers.text(case.number),
            "tco": case.kind == kinds.TCO,
            "unmet": [
                said.unmet(target.said.written, target.said.why)
                for target in self.plan.unmet
                if person.id in target.item.people
            ],
        }
        address = link(self.app, self.number, person.id)
        return values | self.desk.redress(
            language, address, self.plan.at, form.remedies.strip(), order=order
        )

    # ── who gave notice ─────────────────────────────────────────────────────────────────────────

    def notifiers(self) -> None:
        """The decision on a notice, with redress (Article 16(5))."""
        plan = self.plan
        for person in plan.reporters:
            language = texts.language(person.language, *self.app.config.languages)
            letter = self._render(TO_NOTIFIER, language, self._notice(language, person.id))
            self.made.told.append(Told(person.id, TO_NOTIFIER, language, letter, plan.leave_at))
        if plan.case.sender and plan.case.kind in kinds.NOTICES:
            language = texts.language(plan.case.language)
            letter = self._render(TO_NOTIFIER, language, self._notice(language, 0))
            self.made.mails.append(
                Mail(
                    plan.case.sender,
                    TO_NOTIFIER,
                    language,
                    letter,
                    plan.leave_at,
                    answers=plan.answers,
                )
            )

    def _notice(self, language: str, account: int) -> dict[str, Any]:
        form, said = self.plan.form, self.desk.words(language)
        values = {
            "acted": form.outcome == forms.MEASURES,
            "measures": self._measures(language, named=False),
            "why": form.why.strip(),
            "law": form.law.strip(),
            "automation": said.automation(form),
            "received": said.moment(self.plan.case.received_at),
        }
        address = link(self.app, self.number, account)
        return values | self.desk.redress(language, address, self.plan.at, "", order=False)

    # ── the authority ───────────────────────────────────────────────────────────────────────────

    async def authority(self) -> None:
        """If and when effect was given (Article 9(1) DSA; 2021/784 Annex II), or why not."""
        plan = self.plan
        case = plan.case
        if case.kind not in kinds.ORDERS | kinds.REQUESTS:
            return
        if not case.sender:
            self.made.notes.append("There is no address of the authority: answer by another way.")
            return
        language = texts.language(case.language)
        kind = self._form_of_answer()
        values = self._answer(language)
        letter = self._render(kind, language, values)
        attachments: tuple[tuple[str, str, bytes], ...] = ()
        if kind in _FORMS or case.kind == kinds.ART9:
            whole = self.desk.always(language, self.number, plan.at) | values
            pdf = await printing.pdf(self.app, texts.page(kind, language, whole))
            if pdf is None:
                self.made.notes.append(f"{kind} leaves as text: {printing.trouble(self.app)}")
            else:
                name = f"{numbers.text(self.number)}-{kind}.pdf"
                attachments = ((name, "application/pdf", pdf),)
        self.made.mails.append(
            Mail(case.sender, kind, language, letter, plan.leave_at, attachments, plan.answers)
        )

    def _form_of_answer(self) -> str:
        case, outcome = self.plan.case, self.plan.form.outcome
        stopped = outcome in (forms.IMPOSSIBLE, forms.REFUSED)
        if case.kind == kinds.TCO and outcome != forms.NO_ACTION:
            return "annex3" if stopped else "annex2"
        if case.kind in kinds.E_EVIDENCE and stopped:
            return "eevidence3"
        return "authority_impossible" if stopped else "authority_effect"

    def _answer(self, language: str) -> dict[str, Any]:
        plan, said = self.plan, self.desk.words(language)
        case, form = plan.case, plan.form
        authority = case.authority
        known = wording.TCO_OBSTACLES if case.kind == kinds.TCO else tuple(wording.OBSTACLES)
        open_questions = ("manifest_errors", "insufficient_information", "not_valid")
        named = [target.item.written for target in plan.targets]
        named = [*named, *(target.said.written for target in plan.unmet)] or case.targets
        return {
            "authority": (authority.name if authority else "") or case.sender,
            "country": (authority.country if authority else "") or "-",
            "reference": case.reference or case_numbers.text(case.number),
            "received": said.moment(case.received_at),
            "effect": said.moment(plan.at),
            "measures": self._measures(language, named=True),
            "targets": named,
            "unmet": [said.unmet(target.said.written, target.said.why) for target in plan.unmet],
            "removed": any(target.wanted.kind == "remove" for target in plan.targets),
            "nothing": form.outcome == forms.NO_ACTION,
            "why": form.why.strip(),
            "obstacles": [said.obstacle(form.obstacle)] if form.obstacle else [],
            "every": [
                {"yes": code == form.obstacle, "text": said.obstacle(code)} for code in known
            ],
            "detail": form.obstacle_detail.strip(),
            "preserved": form.preserved == "yes",
            "clarification": form.obstacle in open_questions,
            "form": said.order_form(case.kind),
            "signatory": signatory(plan.actor, language),
        }
