"""The reading age of letters: a figure that is shown, never a bar."""

from __future__ import annotations

from petitbleu.control import perform
from petitbleu.desk.adjudication.decisions import reading
from tests.kit.world import World

EASY = "We took your post down. It was not fair to her. You can ask us to look again."
HARD = (
    "Notwithstanding considerations regarding proportionality, restrictions concerning"
    " aforementioned publications necessitate comprehensive reconsideration."
)


def test_short_words_in_short_sentences_are_for_the_young() -> None:
    assert reading.age(EASY) == 6
    assert reading.age(HARD) == 18
    assert reading.age(f"{EASY} {HARD}") not in (6, 18)


def test_addresses_and_places_to_fill_are_not_read() -> None:
    assert reading.age(f"{EASY} https://petitbleu.example/considerations") == reading.age(EASY)
    assert reading.age("[number] 2026 --") is None


async def test_the_list_of_templates_says_the_age_of_each(world: World) -> None:
    listed = (await perform(world.app, "desk.templates.list", {}))["templates"]
    ages = {(one["kind"], one["language"]): one["age"] for one in listed}
    assert ages["statement", "fr"] and ages["statement", "en"]
    assert all(age is None or 6 <= age <= 18 for age in ages.values())
