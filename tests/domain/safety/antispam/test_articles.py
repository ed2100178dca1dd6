"""What a comment stands under reaches the filter: how it is compared, and how it gets there."""

from __future__ import annotations

import pytest

from petitbleu.domain.safety.antispam import features, language, relevance, rules, seed, service
from petitbleu.domain.safety.antispam.articles import load_answered_article
from petitbleu.domain.safety.antispam.explaining import sentence
from petitbleu.domain.safety.antispam.rules import Finding
from petitbleu.domain.safety.antispam.submission import Submission, packed, unpacked
from petitbleu.domain.safety.antispam.verdicts import decide
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from tests.domain.publishing.comments.kit import Talk, talk
from tests.kit import chats
from tests.kit.world import World

ARTICLE = (
    "The Mill Bridge is closed until May\n"
    "Engineers found cracks in two pillars of the bridge. Buses of line 14 go round by Kerby."
)
OF_IT = "Will line 14 still stop at the school while the bridge is closed, or only in Kerby?"
OF_NOTHING = "My husband left me after seven years and a wonderful doctor brought him home again."


def about(what: Submission) -> set[str]:
    kinds = ("about", "shares", "named", "fits", "foreign")
    found = features.extract_features(what)
    return {mark for mark in found if mark.partition(":")[0].partition("-")[0] in kinds}


def test_a_comment_is_compared_with_its_article() -> None:
    fitting = about(Submission(OF_IT, article=ARTICLE))
    assert {"about:title", "named:3", "shares:2-3"} <= fitting
    foreign = about(Submission(OF_NOTHING, article=ARTICLE))
    assert {"shares:0", "about:none/middle", "foreign-alone:middle"} <= foreign


def test_without_an_article_nothing_is_said_of_it() -> None:
    assert about(Submission(OF_NOTHING)) == set()


def test_a_few_key_words_speak_for_a_comment_and_never_against_one() -> None:
    assert about(Submission(OF_IT, article="bridge\ntraffic")) == {"about:topic"}
    assert about(Submission(OF_NOTHING, article="bridge\ntraffic")) == set()


def test_a_comment_in_another_language_than_its_article_is_seen() -> None:
    what = Submission("Das ist ein sehr gutes Angebot und wir helfen auch Ihnen", article=ARTICLE)
    assert "about:other-language" in about(what)


@pytest.mark.parametrize(
    ("comment", "article"),
    [
        ("Les travaux dureront ?", "Des travaux sont prévus au gymnase"),
        ("na mostowej", "Zamknięta ulica Mostowa"),
        ("الجسر مغلق", "إغلاق جسر المدينة"),
        ("وللمدرسة", "المدرسة"),
    ],
)
def test_forms_of_a_word_are_one_word(comment: str, article: str) -> None:
    said = {relevance.stem(word) for word in features.wordmarks.split(comment)}
    assert said & relevance.stems(article)


def test_words_of_the_article_are_read_as_such() -> None:
    words = seed.read_words(Submission("A loan for the bridge", article=ARTICLE))
    assert "~bridge" in words and "loan" in words
    what = Submission("x", author="Karim Loans", site="https://www.quick-loans.example/a")
    assert {"@karim", "@loans", "/quick", "/loans"} <= set(seed.read_words(what))


def test_the_article_is_kept_with_the_comment_so_that_a_verdict_teaches_the_same() -> None:
    what = Submission(OF_IT, article=ARTICLE)
    assert unpacked(packed(what)) == what


@pytest.mark.parametrize("lang", ["en", "fr", "de"])
def test_what_is_said_of_the_article_is_a_sentence(lang: str) -> None:
    marks = about(Submission(OF_IT, article=ARTICLE)) | about(
        Submission(OF_NOTHING, site="https://a.example", article=ARTICLE)
    )
    for mark in (*marks, "in-name:karim", "in-host:loans", "about:topic", "brand:capital-2"):
        for weight in (0.9, 0.1):
            said = sentence(Finding("seed", weight, mark), lang)
            assert said.endswith(".") and mark not in said


# ── what must not decide, and what must ─────────────────────────────────────────────────────────


def test_ones_own_address_at_ones_own_domain_never_speaks_against() -> None:
    text = "The choir of Kerby sings for the bridge on Saturday, write to {}"
    own = Submission(
        text.format("hello@kerby-choir.org"),
        author="Kerby Choir",
        email="hello@kerby-choir.org",
        site="https://kerby-choir.org",
    )
    marks = set(features.extract_features(own))
    assert {"reach:own-mail", "who:mail-of-site", "own:of-name"} <= marks
    weights = seed.shipped().head.weights
    assert all(weights.get(mark, 0.0) <= 0 for mark in marks & seed.FOR_ALONE)


def test_no_link_does_not_speak_for_a_comment() -> None:
    marks = set(features.extract_features(Submission(OF_NOTHING)))
    assert {"reach:nothing", "links:0", "own:none"} <= marks
    weights = seed.shipped().head.weights
    assert all(weights.get(mark, 0.0) >= 0 for mark in marks & seed.AGAINST_ALONE)


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Der Сhоr singt am Samstag.", ""),
        ("Merci pour la réouverture du pоnt", ""),
        ("Merci pour la réouverture", "Kаrim"),
        ("x " * 1500 + "cаsino", ""),
    ],
)
def test_letters_of_two_alphabets_in_one_word_hold_a_comment(text: str, author: str) -> None:
    surely_good = classifier_says(0.001)
    assert not decide(Submission(text, author=author), opinion=surely_good).public


@pytest.mark.parametrize("text", ["5 µm und 3 kΩ", "Το Bus και το ρεύμα", "Жан и Bus", "10 μg/l"])
def test_units_and_words_beside_each_other_are_no_disguise(text: str) -> None:
    assert not language.mixed(text)
    assert "mixed_alphabets" not in {one.name for one in rules.findings(Submission(text), {}, ())}


def classifier_says(score: float) -> seed.Opinion:
    return seed.Opinion(score, [("word:x", score)])


# ── the ways ────────────────────────────────────────────────────────────────────────────────────


async def article_of_newest(world: World) -> str:
    (kept,) = await service.waiting(world.app)
    return kept.what.article


async def trapped(here: Talk) -> None:
    """A comment that is kept for a look, whatever its words."""
    await here.form(website="https://x.example")


async def test_a_guests_comment_comes_with_the_post(world: World) -> None:
    here = await talk(world)
    await trapped(here)
    assert await article_of_newest(world) == "La rue des Lilas est rouverte."


async def test_a_guests_edited_comment_comes_with_the_post(world: World) -> None:
    here = await talk(world)
    await service.put_word(world.app, "zzyzx", 90)
    await here.form()
    await here.act("confirm")
    await here.act("edit", text="zzyzx maintenant")
    assert await article_of_newest(world) == "La rue des Lilas est rouverte."


async def test_a_members_comment_comes_with_the_post_it_answers(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    to = chats.input_peer(owner, here.group)
    found = await chats.history(owner, to)
    top = next(one for one in found.messages if getattr(one, "fwd_from", None))
    answer = await chats.said(
        owner, to, "Enfin !", reply_to=api.InputReplyToMessage(reply_to_msg_id=top.id)
    )
    aside = await chats.said(owner, to, "Bonjour à tous")
    group = peer_of_channel(here.group)
    assert await load_answered_article(world.app, group, answer.id) == (
        "La rue des Lilas est rouverte."
    )
    assert await load_answered_article(world.app, group, aside.id) == ""
    assert await load_answered_article(world.app, group, 99_999) == ""


async def test_what_a_new_member_writes_under_a_post_is_looked_at_with_the_post(
    world: World,
) -> None:
    here = await talk(world)
    owner, bob = here.channel.owner, await world.sign_up("Bob")
    await service.put_word(world.app, "zzyzx", 95)
    to = chats.input_channel(owner, here.group)
    await owner.call(api.channels.ToggleAntiSpam(channel=to, enabled=True))
    await owner.call(api.channels.InviteToChannel(channel=to, users=[await chats.user(owner, bob)]))
    group = chats.input_peer(owner, here.group)
    found = await chats.history(owner, group)
    top = next(one for one in found.messages if getattr(one, "fwd_from", None))
    answer = api.InputReplyToMessage(reply_to_msg_id=top.id)
    await chats.say(bob, chats.input_peer(bob, here.group), "zzyzx !", reply_to=answer)
    await world.settle()
    assert await article_of_newest(world) == "La rue des Lilas est rouverte."
