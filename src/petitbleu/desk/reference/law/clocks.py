"""What happened in a case -> its clocks. Pure: no store, no present time.

Everything is counted in UTC seconds; only days, weeks, months, years and bare dates look at the
operator's calendar (``law.calendar``). docs/desk/clocks.md says the same in
words for staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from petitbleu.desk.reference.law import calendar, words
from petitbleu.desk.reference.law.calendar import Place
from petitbleu.desk.reference.law.data import Law, Rule, Source

RECEIVED = "received"
Pauses = Sequence[tuple[int, int | None]]


class Given(NamedTuple):
    """A deadline that a document names: ``due`` (Unix second), or ``date`` (ISO; its last second).

    ``confirmed``: a person has compared it with the letter. An unconfirmed one never makes a
    period of the law longer.
    """

    due: int | None
    date: str | None
    source: str
    confirmed: bool


class Step(NamedTuple):
    """One rung of a clock's escalation: when, and what the data say of it."""

    at: int
    what: str


class Clock(NamedTuple):
    """A clock of a case. Times are Unix seconds.

    ``due``: None while the start event has not happened, while a pause without end runs, or where
    only a document could say. ``rolled``: the later date, where a weekend or holiday moves the end.
    ``role``: ``task`` (we must have acted), ``option``, ``other`` (somebody else's time), ``keep``.
    """

    id: str
    due: int | None
    rolled: int | None
    source: Source
    action: str
    hard: bool
    start_event: str
    done: int | None
    alarms: tuple[int, ...]
    started: int | None
    role: str = "task"
    paused: bool = False
    steps: tuple[Step, ...] = ()
    status: str = ""


class _Run(NamedTuple):
    """A clock under way: from, until, the later end, whether a pause without end holds it."""

    started: int | None
    due: int | None
    rolled: int | None = None
    paused: bool = False


def derive(
    law: Law,
    kind: str,
    *,
    moments: Mapping[str, int],
    given: Mapping[str, Given],
    done: Mapping[str, int],
    pauses: Pauses,
    place: Place,
    category: str = "",
) -> list[Clock]:
    """The clocks of a case of ``kind``, in the order of the data; [] for kinds without any.

    ``moments``: start event -> when it happened, ``received`` among them. ``given``, ``done``:
    by clock id. ``category``: of the EU database, for shorter project defaults.
    Raises LookupError for a kind that the law does not have.
    """
    received = moments.get(RECEIVED)
    rules = [
        rule
        for rule in law.kind(kind).clocks
        if received is None or rule.holds_on(calendar.day_of(received, place.zone))
    ]
    case = _Case(moments, given, pauses, place, category)
    runs: dict[str, _Run] = {}
    for rule in rules:
        runs[rule.id] = case.run(rule, runs.get(rule.counted_from_end_of))
    order = case.ordered(rules)
    for rule in rules:
        run = runs[rule.id]
        if order is not None and _by_default(rule) and (run.due or order) < order:
            runs[rule.id] = run._replace(due=order, rolled=None)
    clocks = []
    for rule in rules:
        run = runs[rule.id]
        steps = case.steps(rule, run, law.escalations)
        clocks.append(
            Clock(
                rule.id,
                None if run.paused else run.due,
                None if run.paused else run.rolled,
                _source(rule, given.get(rule.id)),
                rule.action,
                rule.hard_legal_limit,
                rule.start_event,
                done.get(rule.id),
                tuple(sorted({step.at for step in steps})),
                run.started,
                rule.role,
                run.paused,
                steps,
                rule.status,
            )
        )
    return clocks


def _by_default(rule: Rule) -> bool:
    """Whether only the project's default gives the period of a duty that begins with receipt."""
    return rule.duration == 0 and rule.start_event == "received" and rule.role == "task"


def _source(rule: Rule, given: Given | None) -> Source:
    """The article, and the words of the letter that name another time."""
    law = rule.sources
    if given is None or not given.source:
        return law
    return Source(f"{law.en}; {given.source}", f"{law.fr} ; {given.source}")


class _Case:
    """What one case gives to each of its clocks."""

    def __init__(
        self,
        moments: Mapping[str, int],
        given: Mapping[str, Given],
        pauses: Pauses,
        place: Place,
        category: str,
    ) -> None:
        self._moments = moments
        self._given = given
        self._pauses = sorted(pauses, key=lambda pause: pause[0])
        self._zone, self._country = place
        self._category = category

    def run(self, rule: Rule, before: _Run | None) -> _Run:
        """The clock of ``rule``; ``before``: the clock whose end it is counted from, if any."""
        own = self._by_law(rule, before)
        given = self._given.get(rule.id)
        if given is None or (given.due is None and not given.date):
            return own
        written = self._by_document(given, own.started)
        if words.written(rule.duration) or given.confirmed or own.due is None:
            return written
        return min(written, own, key=lambda run: run.due or 0)

    def ordered(self, rules: Sequence[Rule]) -> int | None:
        """The date that the order itself sets, once a person has confirmed it: it beats our
        defaults (``order_deadline_beats_default``).
        """
        for rule in rules:
            given = self._given.get(rule.id)
            if given is not None and given.confirmed and words.written(rule.duration):
                return self._by_document(given, None).due
        return None

    def _by_document(self, given: Given, started: int | None) -> _Run:
        """A date that somebody set stands as it is: pauses do not move it."""
        if given.due is not None:
            return _Run(started, given.due)
        day = date.fromisoformat(given.date or "")
        return self._until(started, None, day)

    def _until(self, started: int | None, event: date | None, last: date) -> _Run:
        moved = calendar.rolled(event, last, self._country)
        return _Run(
            started,
            calendar.end_of(last, self._zone),
            None if moved == last else calendar.end_of(moved, self._zone),
        )

    def _by_law(self, rule: Rule, before: _Run | None) -> _Run:
        yearly = words.days_of_year(rule.start_event)
        if yearly and rule.start_event not in self._moments:
            return self._yearly(rule, yearly)
        started = self._started(rule.start_event)
        if started is None:
            return _Run(None, None)
        paused = False
        if rule.pause == "restart":
            started, paused = self._restarted(rule, started)
        run = self._from(rule, started, before)
        if rule.pause == "shift" and run.due is not None:
            run = self._shifted(rule, run)
        return run._replace(paused=paused or run.paused)

    def _started(self, event: str) -> int | None:
        """When the start event happened; “A or B” starts with the earlier of the two."""
        moments = [
            self._moments[name]
            for name in dict.fromkeys((event, *event.split(" or ")))
            if name in self._moments
        ]
        return min(moments, default=None)

    def _from(self, rule: Rule, started: int, before: _Run | None) -> _Run:
        limit = words.before(rule.duration)
        if limit is not None:
            return self._before(limit, started)
        if words.endless(rule.duration):
            return _Run(started, None)
        count, unit = self._period(rule)
        if unit in words.SECONDS:
            return _Run(started, started + count * words.SECONDS[unit])
        if unit:
            base = started if before is None or before.due is None else before.due
            event = calendar.day_of(base, self._zone)
            return self._until(started, event, calendar.after(event, count, unit, self._country))
        return _Run(started, None if words.written(rule.duration) else started)

    def _period(self, rule: Rule) -> tuple[int, str]:
        """Count and unit: of the law, else of the project's default, else (0, "")."""
        if isinstance(rule.duration, int) and rule.duration:
            return rule.duration, rule.unit
        for shorter in rule.project_default_hours_for:
            if self._category in shorter.categories:
                return shorter.hours, "hour"
        defaults = (
            (rule.project_default_minutes, "minute"),
            (rule.project_default_hours, "hour"),
            (rule.project_default_days, "day"),
            (rule.project_default_working_days, "working day"),
        )
        return next(((count, unit) for count, unit in defaults if count is not None), (0, ""))

    def _before(self, limit: words.DayOfYear, started: int) -> _Run:
        event = calendar.day_of(started, self._zone)
        day = calendar.yearly(limit.month, limit.day, event.year)
        if day <= event:
            day = calendar.yearly(limit.month, limit.day, event.year + 1)
        return self._until(started, None, date.fromordinal(day.toordinal() - 1))

    def _yearly(self, rule: Rule, days: Sequence[words.DayOfYear]) -> _Run:
        """A clock of the calendar: the first period whose end is not over at receipt."""
        received = self._moments.get(RECEIVED)
        if received is None:
            return _Run(None, None)
        year = calendar.day_of(received, self._zone).year
        for day in sorted(
            calendar.yearly(month, day, year + more) for month, day in days for more in (-1, 0, 1)
        ):
            started = calendar.start_of(day, self._zone)
            run = self._until(started, None, day)
            if rule.duration:
                run = self._from(rule, started, None)
            if run.due is not None and run.due >= received:
                return run
        return _Run(None, None)

    def _restarted(self, rule: Rule, started: int) -> tuple[int, bool]:
        """2021/784 Art 3(7)-(8): the whole period begins when the obstacle is gone."""
        for begin, end in self._pauses:
            due = self._from(rule, started, None).due
            if end is not None and end <= started:
                continue
            if due is not None and begin >= due:
                break
            if end is None:
                return started, True
            started = end
        return started, False

    def _shifted(self, rule: Rule, run: _Run) -> _Run:
        """The end, later by what pauses took; of a period in days, by whole days of pause."""
        if run.started is None or run.due is None:
            return run
        seconds, paused = self._lost(run.started, run.due)
        if self._period(rule)[1] in words.SECONDS or not seconds:
            return run._replace(due=run.due + seconds, paused=paused)
        last = calendar.day_of(run.due, self._zone)
        moved = self._until(
            run.started,
            calendar.day_of(run.started, self._zone),
            date.fromordinal(last.toordinal() + seconds // 86400),
        )
        return moved._replace(paused=paused)

    def _lost(self, started: int, due: int) -> tuple[int, bool]:
        """Seconds that pauses took from a clock, and whether one still runs."""
        lost = 0
        for begin, end in self._pauses:
            begin = max(begin, started)
            if begin >= due + lost:
                break
            if end is None:
                return lost, True
            lost += max(end - begin, 0)
            started = max(started, end)
        return lost, False

    def steps(
        self, rule: Rule, run: _Run, escalations: Mapping[str, Sequence[str]]
    ) -> tuple[Step, ...]:
        """The rungs of a clock, in order. A paused one rings at its end as if it ran on: a pause
        is looked at again, never forgotten.
        """
        if run.due is None or run.started is None:
            return () if run.due is None else (Step(run.due, "due"),)
        if run.paused:
            return (Step(run.due, "still paused"),)
        parsed: list[Step] = []
        for text in rule.escalation:
            same = words.same_as(text)
            for step in escalations.get(same, ()) if same else (text,):
                parsed += self._step(step, run.started, run.due)
        if not parsed and rule.role == "task":
            parsed = [
                Step(run.started + (run.due - run.started) * percent // 100, f"{percent} %")
                for percent in (50, 80)
                if run.due > run.started
            ]
        parsed.append(Step(run.due, "due"))
        return tuple(sorted(set(parsed)))

    def _step(self, text: str, started: int, due: int) -> list[Step]:
        instant = words.instant(text)
        match instant:
            case words.After(seconds, hourly):
                first = started + seconds if seconds >= 0 else self._days_before(due, seconds)
                return [Step(at, text) for at in range(first, max(due, first + 1), 3600)][
                    : None if hourly else 1
                ]
            case words.Day(number):
                day = date.fromordinal(calendar.day_of(started, self._zone).toordinal() + number)
                return [Step(calendar.morning_of(day, self._zone), text)]
            case words.Share(percent):
                return [Step(started + (due - started) * percent // 100, text)]
            case words.DayOfYear(month, day_number):
                first_day = calendar.day_of(started, self._zone)
                day = calendar.yearly(month, day_number, first_day.year)
                if day <= first_day:
                    day = calendar.yearly(month, day_number, first_day.year + 1)
                return [Step(calendar.morning_of(day, self._zone), text)]
            case None:
                return []

    def _days_before(self, due: int, seconds: int) -> int:
        if seconds % 86400:
            return due + seconds
        last = calendar.day_of(due, self._zone)
        return calendar.morning_of(
            date.fromordinal(last.toordinal() + seconds // 86400), self._zone
        )
