"""When a rule fits: all its conditions, any of the values of each."""

from __future__ import annotations

from petitbleu.desk.casework.routing.conditions import Conditions, Seen, lacking

NOTICE = Seen(
    kind="art16_notice",
    category="STATEMENT_CATEGORY_VIOLENCE",
    countries=frozenset({"FR"}),
    authority="interieur.gouv.example",
    language="fr",
    urgency=1,
    targets=frozenset({"message"}),
    channel="form",
    text="Menace : « Égorgeur » https://petitbleu.example/lampe/12",
)


def test_a_rule_without_conditions_fits_every_case() -> None:
    assert lacking(Conditions(), NOTICE) == ()
    assert lacking(Conditions(), Seen("unsorted")) == ()


def test_all_conditions_must_hold_and_one_value_of_each_is_enough() -> None:
    wanted = Conditions(
        kinds=("dsar", "art16_notice"),
        categories=("STATEMENT_CATEGORY_VIOLENCE",),
        countries=("DE", "FR"),
        authorities=("gouv.example",),
        languages=("fr",),
        urgency=1,
        targets=("account", "message"),
        channels=("form",),
        words=("nothing of this", "egorgeur"),
    )
    assert lacking(wanted, NOTICE) == ()
    assert lacking(wanted, Seen("dsar", urgency=2)) == (
        *("categories", "countries", "authorities", "languages", "targets", "channels", "words"),
        "urgency",
    )


def test_words_are_whole_words_in_any_case_and_accent() -> None:
    for word, found in (
        ("ÉGORGEUR", True),
        ("egorge", False),
        ("menace egorgeur", True),
        ("https://petitbleu.example/lampe/12", True),
        ("lampe", False),
    ):
        assert (lacking(Conditions(words=(word,)), NOTICE) == ()) is found, word


def test_a_domain_counts_with_those_below_it_and_no_other() -> None:
    for domain, found in (
        ("interieur.gouv.example", True),
        ("gouv.example", True),
        ("uv.example", False),
        ("x.interieur.gouv.example", False),
    ):
        assert (lacking(Conditions(authorities=(domain,)), NOTICE) == ()) is found, domain
