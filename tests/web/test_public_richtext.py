"""Texts with entities as HTML: whatever stands in them, tags are ours and balanced."""

from __future__ import annotations

import random
from html.parser import HTMLParser

import html5lib
import pytest

from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.messaging.messages.service import Entity
from petitbleu.domain.publishing.pages.views import Rich
from petitbleu.web.public import links, paragraphs, richtext
from petitbleu.web.public.characters import clean
from petitbleu.web.public.links import link_of, target
from petitbleu.web.public.richtext import Scene, html

SCENE = Scene("/s/news/tag/", {"news"})
TAGS = {"strong", "em", "u", "s", "code", "pre", "blockquote", "details", "summary", "a", "br",
        "time", "ins", "del"}  # fmt: skip
ATTRIBUTES = {"href", "rel", "class", "tabindex", "datetime"}


class Strict(HTMLParser):
    """Reads a fragment; fails on a tag that is not ours or not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.said = ""
        self.links: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS and {name for name, _ in attrs} <= ATTRIBUTES, (tag, attrs)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert not (tag == "a" and "a" in self.open), "a link in a link"
        if tag == "br":
            self.said += "\n"
        else:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "summary" not in self.open:
            self.said += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


@pytest.mark.parametrize("seed", range(150))
def test_any_entities_over_any_text_are_balanced_and_lose_no_word(seed: int) -> None:
    chance = random.Random(seed)
    letters = ["<", ">", '"', "'", "&", "é", "🙂", " ", "a", "b", "javascript:", "]]>", "<!--"]
    text = "".join(chance.choice(letters) for _ in range(60))
    units = len(text.encode("utf-16-le")) // 2
    arguments = {
        kinds.TEXT_URL: 'javascript:alert(1)//"><script>',
        kinds.FORMATTED_DATE: [chance.choice([0, 1 << 62, -5]), 3],
        kinds.PRE: '"><b>',
        kinds.BLOCKQUOTE: True,
        kinds.MENTION_NAME: 5,
        kinds.CUSTOM_EMOJI: 7,
        kinds.DIFF_REPLACE: "<old>",
    }
    entities = [
        Entity(kind, chance.randrange(-3, units + 3), chance.randrange(0, 30), arguments.get(kind))
        for kind in (chance.randrange(0, 24) for _ in range(12))
    ]
    read = Strict(html(Rich(text, entities), SCENE))
    assert read.said.replace("\n", "") == clean(text)
    for link in read.links:
        assert link.partition(":")[0] in links.SCHEMES or link.startswith("/")


@pytest.mark.parametrize("seed", range(150))
def test_any_entities_over_any_lines_are_valid_blocks(seed: int) -> None:
    chance = random.Random(seed)
    pieces = ["\n", "\n", "\n\n", "- a", "• b", "1. c", "2. d", "> e", "<b>", "&", "🙂", "مرحبا"]
    text = "".join(chance.choice(pieces) for _ in range(40))
    units = len(text.encode("utf-16-le")) // 2
    block = (kinds.BLOCKQUOTE, kinds.PRE, kinds.SPOILER, kinds.BOLD, kinds.TEXT_URL)
    entities = [
        Entity(kind, chance.randrange(0, units), chance.randrange(0, 30),
               "https://example.org" if kind == kinds.TEXT_URL else None)
        for kind in (chance.choice(block) for _ in range(8))
    ]  # fmt: skip
    made = paragraphs.html(Rich(text, entities), SCENE, "fr")
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(made)
    assert parser.errors == [], made
    said = "".join(one for one in tree.itertext() if not one.startswith(SCENE.hidden))
    letters = "abcde<>&🙂مرحبا"
    lost = [one for one in letters if one not in ">ab" and text.count(one) != said.count(one)]
    assert not lost, (lost, text, made)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Un.\n\nDeux.\nTrois.", "<p>Un.</p><p>Deux.<br>Trois.</p>"),
        ("\n\n\nUn\n\n\n\n", "<p>Un</p>"),
        ("A :\n- b\n- c\nD", "<p>A :</p><ul><li>b</li><li>c</li></ul><p>D</p>"),
        ("- seul", "<p>- seul</p>"),
        ("3) c\n4) d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("1. c\n1. d", "<p>1. c<br>1. d</p>"),
        ("2027. Fin\n2028. Fin", "<p>2027. Fin<br>2028. Fin</p>"),
        ("> dit\n> elle", "<blockquote><p>dit<br>elle</p></blockquote>"),
        ("1 < 2\n\n> 3", "<p>1 &lt; 2</p><blockquote><p>3</p></blockquote>"),
        (" \n \t\n", ""),
    ],
)
def test_lines_are_paragraphs_lists_and_quotes(text: str, made: str) -> None:
    assert paragraphs.html(Rich(text), SCENE, "fr") == made


def test_code_with_a_hidden_passage_is_hidden() -> None:
    entities = [Entity(kinds.PRE, 0, 8), Entity(kinds.SPOILER, 2, 3)]
    rich = Rich("ab = 123", entities)
    assert paragraphs.html(rich, SCENE, "fr").startswith("<details")
    covered = paragraphs.html(rich, SCENE._replace(folds=False), "fr")
    assert "▒▒▒" in covered and "<details" not in covered


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://Example.org", "HTTP://Example.org"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("https://example.org/\u202egpj", "https://example.org/gpj"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://example.org/%0aalert(1)", None),
        ("java\x00script:alert(1)", None),
        ("data:text/html,<script>", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://[::1", None),
        ("https://a b.org", None),
        ("https://a.org:99999", None),
        ("//example.org", None),
        ("https://" + "a" * 5000, None),
    ],
)
def test_links_lead_only_where_links_may(url: str, made: str | None) -> None:
    assert target(url) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("example.org/x", "https://example.org/x"),
        ("example.org:8080/x", "https://example.org:8080/x"),
        ("javascript:alert(1)", None),
        ("word", None),
        ("\x01javascript:alert(1)", None),
    ],
)
def test_a_link_may_lack_its_scheme(text: str, made: str | None) -> None:
    assert link_of(text) == made


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("First sentence of it. Second.", "First sentence of it"),
        ("\n\n  A   line\nmore", "A line"),
        ("", ""),
        ("Oh! This is a longer sentence, is it? Yes.", "Oh! This is a longer sentence, is it?"),
        ("word " * 30, "word word word word word word word word word word word word word…"),
    ],
)
def test_titles_are_cut_where_people_would(text: str, title: str) -> None:
    assert richtext.title(text) == title
    assert len(richtext.title(text)) <= 70


def test_a_hashtag_and_a_public_name_are_links_other_names_are_not() -> None:
    text = "#Élections @news @somebody"
    entities = [
        Entity(kinds.HASHTAG, 0, 10),
        Entity(kinds.MENTION, 11, 5),
        Entity(kinds.MENTION, 17, 9),
    ]
    read = Strict(html(Rich(text, entities), SCENE))
    assert read.links == ["/s/news/tag/%C3%89lections", "/news"]


def bold(offset: int, length: int, kind: int = kinds.BOLD) -> Entity:
    return Entity(kind, offset, length)


def test_a_bold_first_line_is_a_headline_and_the_rest_keeps_its_entities() -> None:
    rich = Rich("🦀 Halle\n\nLe port", [bold(0, 8), bold(10, 2, kinds.ITALIC)])
    assert richtext.headline(rich) == ("🦀 Halle", Rich("Le port", [bold(0, 2, kinds.ITALIC)]))
    across = Rich("Halle\nLe port", [bold(0, 8)])
    assert richtext.headline(across) == ("Halle", Rich("Le port", [bold(0, 2)]))


@pytest.mark.parametrize(
    "rich",
    [
        Rich("Halle\nLe port"),
        Rich("Halle\nLe port", [bold(0, 4)]),
        Rich("Halle", [bold(0, 5)]),
        Rich("Halle\n \n", [bold(0, 5)]),
        Rich("Halle\nLe port", [bold(0, 5), bold(0, 3, kinds.SPOILER)]),
        Rich("#Halle\nLe port", [bold(0, 6), bold(0, 6, kinds.HASHTAG)]),
        Rich("\nLe port", [bold(0, 5)]),
        Rich("H" * 151 + "\nLe port", [bold(0, 151)]),
    ],
)
def test_other_first_lines_stay_in_the_text(rich: Rich) -> None:
    assert richtext.headline(rich) == ("", rich)
