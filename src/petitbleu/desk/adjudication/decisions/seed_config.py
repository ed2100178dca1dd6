"""What stands ready in a practice desk: named queues, rules, presets and saved views.

Made before the first case, so that the rules lead the practice cases where they belong. What bears
a name that is there already is left as it is: a second seed finds the first one's.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.adjudication.decisions import presets
from petitbleu.desk.adjudication.decisions.presets import LANGUAGES, Preset
from petitbleu.desk.adjudication.decisions.seed_data import PRACTICE
from petitbleu.desk.casework.routing import service as routing
from petitbleu.desk.casework.routing.conditions import Conditions
from petitbleu.desk.casework.routing.seeing import ORDERS
from petitbleu.desk.casework.routing.service import Draft
from petitbleu.desk.casework.views import service as views
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff

_LEAD = 1
"""The number of whoever decides in a practice desk (``seed.FIRST``)."""


class Made(NamedTuple):
    """How much is new."""

    queues: int
    rules: int
    presets: int
    views: int


_TEXTS = Catalogue("desk", "practice")


def _preset(key: str, **more: Any) -> Preset:
    """With its name, law and reason in both languages."""
    said: dict[str, Any] = {
        f"{field}_{lang}": texts[f"{key}{of}"]
        for lang, texts in ((language, _TEXTS[language]) for language in LANGUAGES)
        for field, of in (("name", ""), ("law", "_law"), ("why", "_why"))
    }
    return Preset(**said, **more)


def _practice_presets() -> tuple[Preset, ...]:
    return (
        _preset(
            "scam",
            kinds=PRACTICE.presets["scam"],
            measure="suspend",
            days=30,
            ground="rule",
            also_illegal="yes",
            category="STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
            keyword="KEYWORD_INAUTHENTIC_ACCOUNTS",
        ),
        _preset(
            "hate",
            measure="remove",
            ground="illegal",
            category="STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
            keyword="KEYWORD_HATE_SPEECH",
        ),
        _preset(
            "fine",
            kinds=PRACTICE.presets["fine"],
            outcome="no_action",
            ground="rule",
            category="STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
            keyword="KEYWORD_DEFAMATION",
        ),
    )


async def run(app: App) -> Made:
    """Make what is not there yet."""
    words = _TEXTS[_TEXTS.language(*app.config.languages)]
    lead = _lead()
    places, queues = await _queues(app, lead, words)
    return Made(
        queues,
        await _rules(app, lead, words, places),
        await _presets(app, lead),
        await _views(app, lead, words, places),
    )


def _lead() -> Staff:
    """Whoever furnishes it. Nobody has to have come in yet, as for the decisions."""
    roles = frozenset({"lead"})
    return Staff(
        _LEAD, "", "", "en", roles, staff.rights_of(roles),
        *(frozenset({staff.EVERYTHING}), frozenset({staff.EVERYTHING})),
        on_call=False, on_duty=False, keys=True, rest_until=0, until=0, active=True, ended=False,
    )  # fmt: skip


async def _queues(app: App, lead: Staff, words: dict[str, str]) -> tuple[dict[str, int], int]:
    places = {queue.name: queue.id for queue in await routing.queues(app.store)}
    missing = [
        name for name in (words["orders"], words["notices"], words["people"]) if name not in places
    ]
    for name in missing:
        places[name] = await app.store.write(routing.add_queue, app, lead, name, ())
    return places, len(missing)


async def _rules(app: App, lead: Staff, words: dict[str, str], places: dict[str, int]) -> int:
    known = {rule.name for rule in await routing.rules(app, app.store)}
    drafts = (
        Draft(words["to_orders"], Conditions(kinds=ORDERS), places[words["orders"]]),
        Draft(
            words["flagged"],
            Conditions(kinds=PRACTICE.queues["flagged"]),
            places[words["notices"]],
            urgency=1,
        ),
        Draft(
            words["to_notices"],
            Conditions(kinds=PRACTICE.queues["notices"]),
            places[words["notices"]],
        ),
        Draft(
            words["to_people"],
            Conditions(kinds=PRACTICE.queues["people"]),
            places[words["people"]],
        ),
    )
    missing = [draft for draft in drafts if draft.name not in known]
    for draft in missing:
        await routing.add_rule(app, lead, draft)
    return len(missing)


async def _presets(app: App, lead: Staff) -> int:
    known = {one.preset.name_en for one in await presets.everything(app.store)}
    missing = [preset for preset in _practice_presets() if preset.name_en not in known]
    for preset in missing:
        await presets.keep(app, lead, preset)
    return len(missing)


async def _views(app: App, lead: Staff, words: dict[str, str], places: dict[str, int]) -> int:
    known = {view.name for view in await views.visible_views(app.store, lead)}
    filters = {
        words["unowned"]: "owner=0",
        words["critical"]: "urgency=0",
        words["orders"]: f"queue={places[words['orders']]}",
        words["english"]: "kind=art16_notice&language=en",
    }
    missing = {name: kept for name, kept in filters.items() if name not in known}
    for name, kept in missing.items():
        await app.store.write(views.keep, app, lead, name, kept, shared=True)
    return len(missing)
