"""The arithmetic of the filter: marks, classifier, rules, verdicts. No store."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from petitbleu.domain.safety.antispam import (
    classifier,
    disguise,
    features,
    language,
    lexicon,
    reach,
    rules,
    seed,
    verdicts,
)
from petitbleu.domain.safety.antispam.classifier import Count, Opinion
from petitbleu.domain.safety.antispam.explaining import sentence
from petitbleu.domain.safety.antispam.rules import Finding
from petitbleu.domain.safety.antispam.submission import Submission, packed, print_of, unpacked
from petitbleu.domain.safety.antispam.verdicts import DISCARD, HOLD, PUBLISH, SPAM, decide
from petitbleu.folding import fold
from tests.domain.safety.antispam.kit import bad, good
from tests.kit.waiting import bounded

LEARNT = Count(100, 100)


def test_a_classifier_that_has_learnt_little_says_nothing() -> None:
    assert classifier.opinion(["word:pills"], {}, Count(500, classifier.NEEDED - 1)) is None


def test_marks_of_one_sort_decide_and_marks_of_both_leave_it_open() -> None:
    seen = {"bad": Count(0, 60), "worse": Count(1, 80), "good": Count(70, 0), "fine": Count(80, 1)}
    spam = classifier.opinion(["bad", "worse"], seen, LEARNT)
    ham = classifier.opinion(["good", "fine"], seen, LEARNT)
    both = classifier.opinion(list(seen), seen, LEARNT)
    assert spam is not None and ham is not None and both is not None
    assert spam.score > 0.95
    assert ham.score < 0.05
    assert 0.3 < both.score < 0.7


def test_the_five_strongest_reasons_are_told_with_their_share_of_spam() -> None:
    seen = {f"word:{n}": Count(n, 50) for n in range(12)}
    found = classifier.opinion(seen, seen, LEARNT)
    assert found is not None
    assert [mark for mark, _ in found.reasons] == [f"word:{n}" for n in range(5)]
    assert found.reasons[0][1] > 0.95


def test_a_corpus_of_unequal_sizes_does_not_lean_to_the_larger_sort() -> None:
    seen = {"seen": Count(10, 100)}
    found = classifier.opinion(["seen"], seen, Count(100, 1000))
    assert found is not None
    assert found.score == pytest.approx(0.5)


def test_a_thousand_certain_marks_do_not_overflow() -> None:
    seen = {str(n): Count(0, 10**9) for n in range(1000)}
    found = classifier.opinion(seen, seen, Count(10**9, 10**9))
    assert found is not None
    assert found.score == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Merci pour ces nouvelles, nous sommes très contents dans la rue", "fr"),
        ("Thanks for the news, we are very happy with the new street", "en"),
        ("Лучшие кредиты онлайн без отказа", "ru"),
        ("最好的贷款", "zh"),
        ("Ok", "?"),
        ("", "?"),
    ],
)
def test_the_language_of_a_text(text: str, expected: str) -> None:
    assert language.guess_language(text) == expected


def test_disguises_do_not_change_the_words() -> None:
    dressed = Submission("Ｖｉａ\u200bgra for Y\u00adou")
    assert {"word:viagra", "word:you", "disguise:invisible"} <= set(
        features.extract_features(dressed)
    )


@pytest.mark.parametrize(
    ("text", "worn", "said"),
    [
        ("Cas\u200bino en li\u00adgne", "invisible", "casino en ligne"),
        ("\u0420r\u0435t r\u0430pide", "look-alikes", "pret rapide"),
        ("c4sin0 b0nu5 now", "figures", "casino bonus now"),
        ("p.r.e.t.s and l o a n s", "apart", "prets and loans"),
        ("Y2FzaW5vIGJvbnVzIGhlcmUgbm93", "encoded", "casino bonus here now"),
        ("Nice" + "\n" * 20 + "casino", "hidden", "casino"),
        ('ok <b style="display: none">casino</b>', "hidden", "casino"),
        ("write to ada (at) mail (dot) example", "spelled", "ada@mail.example"),
        ("xkcdq wrtzp qwrtp", "noise", "xkcdq"),
    ],
)
def test_what_is_said_under_a_disguise(text: str, worn: str, said: str) -> None:
    found = disguise.bare(text)
    assert worn in found.worn
    assert said in fold(found.text)


@pytest.mark.parametrize(
    "text",
    [
        "Merci à tous, rendez-vous à 14h30 place du Marché, salle B2 !",
        "The 2nd bus at 7.30, see A.B. Smith; CO2 is up 3% 👨\u200d👩\u200d👧",
        "Thank you!",
        "First line\n\nSecond line\n\n\nThird",
        "Жан говорит по-русски",
    ],
)
def test_an_ordinary_text_wears_no_disguise(text: str) -> None:
    assert disguise.bare(text).worn == ()


def test_ways_to_reach_somebody_are_found_and_plain_prose_has_none() -> None:
    ways = reach.find_contacts(
        "See shop.example/x?ref=7 or ada@mail.example, call 07700 900123, @ada_deals"
    )
    assert [(one.host, one.shape, one.bare) for one in ways.links] == [
        ("shop.example", "partner", True)
    ]
    assert (ways.mails, ways.phones, ways.handles) == (("ada@mail.example",), 1, 1)
    assert not reach.find_contacts(
        "C’est fini.Merci. Le 12/03/2026, 1 200 000 euros en 2019 et 2020."
    ).any


def test_phrases_with_numbers_and_gaps_are_found_in_folded_words() -> None:
    said = lexicon.found(lexicon.spelled("J’ai PERDU 12 kg ! Gagnez 300 € par jour"))
    assert {"medicine", "earn"} <= said.keys()
    assert lexicon.found(lexicon.spelled("La rue est barrée.")) == {"place": 1}


@pytest.mark.parametrize(
    "text",
    ["\n " * 10_000, "a.b@" * 5_000, "((" * 10_000, "a1" * 10_000, "x" + " " * 19_000 + "arobase"],
)
def test_a_hostile_text_is_looked_at_in_bounded_time(text: str) -> None:
    with bounded("looking at a text"):
        what = Submission(text, author=text, email=text, site=text[:500], article=text)
        found = seed.opinion(what, features.extract_features(what))
    assert 0 <= found.score <= 1


@pytest.mark.turns(3)
@pytest.mark.parametrize("sign", ["!", "$", "!$", "0!", "_$", "Z!", "é$", "%", "a0"])
def test_a_disguise_is_looked_for_in_time_that_grows_with_the_text(sign: str) -> None:
    """Of texts longer than any that is looked at: what grows with the square takes minutes."""
    with bounded("taking a disguise off"):
        disguise.bare(sign * (200_000 // len(sign)))


def test_what_is_learnt_here_outweighs_what_was_known_at_first() -> None:
    surely = Opinion(0.999, [("word:pills", 0.99)], trust=1.0)
    at_first = Opinion(0.07, [("reach:nothing", 0.1)])
    assert decide(good(1), seed=at_first).verdict == PUBLISH
    assert not decide(good(1), seed=at_first, opinion=surely).public
    little = surely._replace(trust=0.1)
    assert decide(good(1), seed=at_first, opinion=little).public


def test_an_answer_to_somebody_names_no_account() -> None:
    assert not reach.find_contacts("@Bryony exactly what I meant").handles
    assert reach.find_contacts("find me, @bryony_fx").handles == 1


def test_wide_letters_are_a_disguise() -> None:
    shown = disguise.bare("ＢＵＹ　ＦＯＬＬＯＷＥＲＳ")
    assert shown == ("BUY FOLLOWERS", ("look-alikes",))


def test_a_first_name_or_a_host_says_nothing_before_it_was_judged() -> None:
    own = ["name:karim", "mail:mail.example", "link:a.example", "ending:ru"]
    assert seed.heard(own) == []


def test_look_alikes_of_another_alphabet_are_found() -> None:
    assert language.mixed("p\u0430ypal")
    assert not language.mixed("Жан-Пьер paypal")


def test_every_letter_of_cyrillic_and_greek_is_seen_beside_latin_ones() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isalpha()]
    passing = [one for one in letters if unicodedata.name(one, "").startswith(("GREEK", "CYRI"))]
    assert len(passing) > 500
    assert all(language.mixed(f"a{one}") for one in passing)


def test_links_are_hosts_and_a_broken_one_is_passed_over() -> None:
    assert features.links("http://www.A.example/x http://[broken www.b.example") == [
        "a.example",
        "b.example",
    ]


def test_a_kept_submission_is_read_again_and_its_print_ignores_layout() -> None:
    what = good(3, ip="192.0.2.1")
    assert unpacked(packed(what)) == what
    assert print_of(what) == print_of(what._replace(text=what.text.replace(" ", "  ").upper()))
    assert print_of(what) != print_of(bad(3))


def test_an_ordinary_comment_is_published_without_any_learning() -> None:
    assert decide(good(1)).verdict == PUBLISH


@pytest.mark.parametrize(
    ("what", "verdict"),
    [
        (good(1)._replace(trap=True), SPAM),
        (good(1)._replace(forged=True), SPAM),
        (good(1)._replace(seconds=2), HOLD),
        (good(1)._replace(seconds=3), PUBLISH),
        (Submission(" ".join(f"https://a{n}.example" for n in range(3))), HOLD),
        (Submission("please see [url=https://a.example]this[/url]"), HOLD),
    ],
)
def test_what_form_and_rules_decide_alone(what: Submission, verdict: str) -> None:
    assert decide(what).verdict == verdict


def test_nothing_is_discarded_on_one_signal_however_strong() -> None:
    sure = Opinion(1.0, [("word:pills", 1.0)])
    assert decide(Submission("pills"), opinion=sure).verdict == SPAM
    trapped = Submission("pills", trap=True, forged=True, seconds=0)
    assert decide(trapped).verdict == SPAM  # of the form alone: one origin, one signal
    assert decide(trapped, opinion=sure).verdict == DISCARD


def test_a_classifier_that_knows_the_site_outweighs_a_rule_but_not_the_trap() -> None:
    linked = Submission("see https://a.example https://b.example https://c.example")
    surely_good = Opinion(0.01, [("word:see", 0.01)])
    assert decide(linked).verdict == HOLD
    assert decide(linked, opinion=surely_good).verdict == PUBLISH
    assert decide(linked._replace(trap=True), opinion=surely_good).verdict == SPAM


def test_somebody_known_is_published_unless_the_form_was_not_theirs() -> None:
    assert decide(bad(1), known_good=True).verdict == PUBLISH
    assert decide(bad(1)._replace(trap=True), known_good=True).verdict != PUBLISH


def test_the_operators_words_weigh_what_they_say() -> None:
    words = {"acme loans": 0.95, "pills7.example": 0.8}
    assert decide(Submission("try acme loans today"), words=words).verdict == SPAM
    assert decide(Submission("at https://pills7.example/x"), words=words).verdict == HOLD
    assert decide(Submission("acmeloans"), words=words).verdict == PUBLISH


def test_a_language_nobody_writes_here_is_doubtful_only_where_languages_are_named() -> None:
    text = Submission("Спасибо за новости, очень рады")
    assert decide(text, languages=("fr", "en")).score > decide(text).score


def test_a_silent_outside_service_holds_and_never_publishes() -> None:
    fine = decide(good(1))
    assert verdicts.outside(fine, "ham").verdict == PUBLISH
    assert verdicts.outside(fine, "down").verdict == HOLD
    assert verdicts.outside(fine, "spam").verdict == SPAM
    assert verdicts.outside(fine, "discard").verdict == SPAM
    doubtful = decide(bad(1), opinion=Opinion(0.85, []))
    assert verdicts.outside(doubtful, "down") == doubtful
    assert verdicts.outside(doubtful, "discard").verdict == DISCARD


def test_every_reason_is_a_sentence_in_both_languages() -> None:
    found = [
        *rules.findings(
            Submission(
                "[url=x] https://bit.ly/a https://b.ru https://c.ru gаgner сasino",
                author="www.pills.com",
            ),
            {"b.ru": 0.5},
            ["de"],
        ),
        *verdicts.door(Submission("x", trap=True, forged=True, seconds=1)),
        *[
            Finding("learnt", share, mark)
            for share in (0.9, 0.1)
            for mark in (
                "word:casino",
                "pair:a b",
                "links:0",
                "links:1",
                "links:2",
                "links:4",
                "link:b.ru",
                "ending:ru",
                "site:x.org",
                "mail:x.org",
                "name:ada",
                "seconds:<3",
                "length:7",
                "language:fr",
                "shape:capitals",
                "new:thing",
            )
        ],
        *[
            Finding("outside", 0.9, f"the outside service says {one}")
            for one in ("spam", "discard")
        ],
        Finding("outside", 0.8, "the outside service did not answer"),
        Finding("known", 0.0, "good before"),
    ]
    assert len({one.name for one in found}) >= 10
    for lang in ("en", "fr"):
        said = [sentence(one, lang) for one in found]
        assert all(one.endswith(".") and "{" not in one for one in said), said
        assert len(set(said)) >= len(found) - 1
    assert sentence(Finding("haste", 0.8, "written within 2 s"), "fr") == "Écrit en 2\u00a0s."
    assert sentence(Finding("later", 0.8, "unheard of"), "fr") == "unheard of"
