"""Presets fill in what is empty, never the facts, and say what they left alone."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest

from petitbleu.desk.adjudication.decisions import form as forms
from petitbleu.desk.adjudication.decisions import presets
from petitbleu.desk.adjudication.decisions.form import Form, Wanted, Wrong
from petitbleu.desk.adjudication.decisions.presets import Preset, Refused
from petitbleu.desk.staffing.staff.service import Staff
from tests.desk.kit import signer
from tests.kit.world import World

SPAM = Preset(
    name_en="Spam",
    name_fr="Pourriel",
    kinds=("art16_notice",),
    measure="suspend",
    days=30,
    ground="rule",
    law_en="Rule 4: no advertising nobody asked for",
    law_fr="Règle 4 : pas de publicité non demandée",
    why_en="The account wrote the same advertising to people who had not asked for it.",
    why_fr="Le compte a écrit la même publicité à des gens qui ne l’avaient pas demandée.",
    also_illegal="no",
    category="STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    keyword="KEYWORD_PHISHING",
)
HATE = Preset(
    name_en="Hate",
    name_fr="Haine",
    measure="remove",
    ground="illegal",
    law_en="Act of 29 July 1881, Article 24",
    law_fr="Loi du 29 juillet 1881, article 24",
    why_en="It incites to hatred.",
    why_fr="Le propos incite à la haine.",
    category="STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
    keyword="KEYWORD_HATE_SPEECH",
)


def altered(preset: Preset, **more: Any) -> Preset:
    return msgspec.structs.replace(preset, **more)


@pytest.fixture
async def lead(world: World) -> Staff:
    return (await signer(world, "lead")).staff


async def test_an_empty_form_is_filled_but_for_the_facts(world: World) -> None:
    form = Form(measures=[Wanted(item="@ada")], source="notice")
    made, kept = presets.fill(world.app, form, SPAM, "fr")
    assert kept == ()
    (row,) = made.measures
    today = datetime.datetime.fromtimestamp(world.clock.now(), datetime.UTC).date()
    assert (row.kind, row.item) == ("suspend", "@ada")
    assert row.until == (today + datetime.timedelta(days=30)).isoformat()
    assert (made.law, made.why) == (SPAM.law_fr, SPAM.why_fr)
    assert (made.ground, made.also_illegal) == ("rule", "no")
    assert (made.category, made.keywords) == (SPAM.category, [SPAM.keyword])
    assert (made.facts, made.content_types, made.source) == ("", [], "notice")
    assert {one.field for one in forms.check(made, today)} >= {"facts", "content_date"}, (
        "the checks run all the same"
    )
    assert form.measures[0].kind == "", "the form that was sent is another"


async def test_what_was_typed_stays_and_is_named_until_it_is_to_be_replaced(world: World) -> None:
    form = Form(
        measures=[Wanted("remove", "x"), Wanted(item="y", until="2027-12-24")],
        law="Rule 7",
        category="STATEMENT_CATEGORY_VIOLENCE",
        keyword_other="my own",
        ground_url="https://example.org/rules",
    )
    made, kept = presets.fill(world.app, form, SPAM, "en")
    assert kept == ("law", "category", "measures")
    assert [row.kind for row in made.measures] == ["remove", "suspend"]
    assert made.measures[1].until == "2027-12-24"
    assert (made.law, made.why) == ("Rule 7", SPAM.why_en)
    assert (made.keywords, made.keyword_other) == ([], "my own")
    made, kept = presets.fill(world.app, made, SPAM, "en", replace=True)
    assert kept == ()
    assert (made.law, made.category) == (SPAM.law_en, SPAM.category)
    assert [row.kind for row in made.measures] == ["suspend", "suspend"]
    assert made.ground_url == "https://example.org/rules", "a preset without one replaces none"


async def test_another_preset_takes_the_place_of_the_last_but_not_of_what_was_typed(
    world: World,
) -> None:
    first, _ = presets.fill(world.app, Form(measures=[Wanted(item="x")]), SPAM, "fr")
    first.why += " Trois fois."
    made, kept = presets.fill(world.app, first, HATE, "en", before=(SPAM, "fr"))
    assert kept == ("why",)
    assert (made.law, made.category, made.also_illegal) == (HATE.law_en, HATE.category, "")
    assert [(row.kind, row.until) for row in made.measures] == [("remove", "")]


async def test_presets_are_kept_ordered_offered_by_kind_and_deleted(
    world: World, lead: Staff
) -> None:
    write, store = world.app.store.write, world.app.store
    spam = await presets.keep(world.app, lead, SPAM)
    hate = await presets.keep(world.app, lead, HATE)
    await write(presets.move, world.app, lead, hate, True)
    await write(presets.move, world.app, lead, hate, True)
    assert [one.id for one in await presets.everything(store)] == [hate, spam]
    assert [one.id for one in await presets.offered(store, "dsa_art9_order")] == [hate]
    mine = await presets.offered(store, "art16_notice", frozenset({"suspend"}))
    assert [one.id for one in mine] == [spam], "of measures that a person may take"
    await presets.keep(world.app, lead, altered(SPAM, name_en=" Junk  mail"), spam)
    kept = {one.id: one.preset for one in await presets.everything(store)}
    assert kept[spam].name_en == "Junk mail"
    await write(presets.delete, world.app, lead, hate)
    for act in (
        presets.keep(world.app, lead, HATE, hate),
        write(presets.delete, world.app, lead, hate),
        write(presets.move, world.app, lead, hate, False),
    ):
        with pytest.raises(Refused) as refused:
            await act
        assert refused.value.code == "none"


UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"name_fr": ""}, "name"),
    ({"why_fr": ""}, "texts"),
    ({"law_en": ""}, "texts"),
    ({"outcome": "impossible"}, "outcome"),
    ({"days": 0}, "days"),
    ({"days": 3651}, "days"),
    ({"measure": "close"}, "endless"),
    ({"measure": ""}, "endless"),
    ({"kinds": ("nonsense",)}, "kind"),
    ({"measure": "explode"}, "measures.0.kind"),
    ({"ground": ""}, "ground"),
    ({"ground": "illegal"}, "also_illegal"),
    ({"ground_url": "x"}, "ground_url"),
    ({"category": "STATEMENT_CATEGORY_VIOLENCE"}, "keywords"),
    ({"why_en": "x" * 2001}, "why"),
    ({"measure": "country"}, "measures.0.countries"),
    ({"measure": "label_account"}, "measures.0.label"),
]


async def test_what_no_decision_could_say_is_refused(world: World) -> None:
    for more, code in UNFIT:
        with pytest.raises((Refused, Wrong)) as refused:
            presets.check(world.app, altered(SPAM, **more))
        found = refused.value
        named = [one.field for one in found.errors] if isinstance(found, Wrong) else [found.code]
        assert code in named, (more, named)


async def test_a_preset_may_leave_measure_end_and_category_to_the_case(world: World) -> None:
    for more in (
        {"measure": "", "days": None},
        {"days": None},
        {"category": "", "keyword": ""},
        {"outcome": "no_action", "measure": "", "days": None},
    ):
        assert presets.check(world.app, altered(SPAM, **more))
