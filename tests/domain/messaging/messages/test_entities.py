"""Texts and entities: bounds, trimming, what the server finds by itself."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.messaging.messages.entities import Entity, caption, decode, encode, normalize
from petitbleu.errors import Fault


def _cut(text: str, entity: Entity) -> str:
    raw = text.encode("utf-16-le")
    return raw[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")


def _found(text: str) -> list[tuple[int, str]]:
    clean, entities = normalize(text)
    return [(entity.kind, _cut(clean, entity)) for entity in entities]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hello @alice_1 and @bob!", [(kinds.MENTION, "@alice_1")]),
        ("mail a.b+c@example.org now", [(kinds.EMAIL, "a.b+c@example.org")]),
        ("see https://example.org/a_(b).", [(kinds.URL, "https://example.org/a_(b)")]),
        ("(see www.example.fr/x)", [(kinds.URL, "www.example.fr/x")]),
        ("http://user:pw@10.0.0.1:8080/?q=1#top", [(kinds.URL, "http://user:pw@10.0.0.1:8080/?q=1#top")]),
        ("http://localhost:8080", [(kinds.URL, "http://localhost:8080")]),
        ("tg://resolve?domain=x", [(kinds.URL, "tg://resolve?domain=x")]),
        ("file.txt 1.5 and a.b.notanending", []),
        ("#tag #42 #été2026 a#b", [(kinds.HASHTAG, "#tag"), (kinds.HASHTAG, "#été2026")]),
        ("$EUR $eur a$USD", [(kinds.CASHTAG, "$EUR")]),
        ("/start@some_bot and/or 10/12", [(kinds.BOT_COMMAND, "/start@some_bot")]),
        ("call +33 6 12 34 56 78 or +12", [(kinds.PHONE, "+33 6 12 34 56 78")]),
        ("🎉 https://exämple.org 🎉", [(kinds.URL, "https://exämple.org")]),
        ("plain words, nothing else", []),
    ],
)  # fmt: skip
def test_the_server_finds(text: str, found: list[tuple[int, str]]) -> None:
    assert _found(text) == found


def test_offsets_count_utf16_units() -> None:
    text, entities = normalize("🎉🎉 bold", [Entity(kinds.BOLD, 5, 4)])
    assert entities == [Entity(kinds.BOLD, 5, 4)]
    assert _cut(text, entities[0]) == "bold"


def test_white_space_around_the_text_goes_and_entities_move() -> None:
    text, entities = normalize("  \n bold \n", [Entity(kinds.BOLD, 0, 10)])
    assert (text, entities) == ("bold", [Entity(kinds.BOLD, 0, 4)])


def test_white_space_at_an_edge_of_an_entity_is_not_part_of_it_but_of_code_it_is() -> None:
    _, entities = normalize("a b c d", [Entity(kinds.BOLD, 1, 3), Entity(kinds.CODE, 3, 3)])
    assert entities == [Entity(kinds.BOLD, 2, 1), Entity(kinds.CODE, 3, 3)]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("abc", Entity(kinds.BOLD, 0, 4)),
        ("abc", Entity(kinds.BOLD, -1, 2)),
        ("abc", Entity(kinds.BOLD, 1, -1)),
        ("🎉", Entity(kinds.BOLD, 0, 1)),
        ("🎉", Entity(kinds.BOLD, 1, 1)),
    ],
)
def test_entities_outside_the_text_or_inside_a_pair_are_refused(text: str, entity: Entity) -> None:
    with pytest.raises(Fault, match="ENTITY_BOUNDS_INVALID"):
        normalize(text, [entity])


def test_nothing_is_found_inside_code_and_links() -> None:
    text = "https://a.fr https://b.fr https://c.fr"
    marked = [Entity(kinds.CODE, 0, 12), Entity(kinds.TEXT_URL, 13, 12, "https://x.fr/")]
    _, entities = normalize(text, marked)
    assert [e.kind for e in entities] == [kinds.CODE, kinds.TEXT_URL, kinds.URL]


def test_code_stands_alone_and_equal_styles_join() -> None:
    _, entities = normalize(
        "abcdefgh",
        [
            Entity(kinds.BOLD, 0, 2),
            Entity(kinds.BOLD, 2, 2),
            Entity(kinds.PRE, 5, 3, "py"),
            Entity(kinds.ITALIC, 6, 1),
        ],
    )
    assert entities == [Entity(kinds.BOLD, 0, 4), Entity(kinds.PRE, 5, 3, "py")]


def test_what_only_the_server_finds_is_not_believed_from_a_client() -> None:
    _, entities = normalize("nothing here", [Entity(kinds.URL, 0, 7), Entity(kinds.MENTION, 8, 4)])
    assert entities == []


def test_control_characters_and_overrides_do_not_get_through() -> None:
    text, entities = normalize("a\x00b\r\n\u202ec\td", [Entity(kinds.BOLD, 5, 3)])
    assert text == "a b\nc d"
    assert [_cut(text, entity) for entity in entities] == ["c"]


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u202e\r"])
def test_nothing_is_not_a_message(text: str) -> None:
    with pytest.raises(Fault, match="MESSAGE_EMPTY"):
        normalize(text)


@pytest.mark.parametrize("character", ["x", "é", "字", "🎉"])
def test_4096_characters_are_the_limit(character: str) -> None:
    """Characters are counted, not the UTF-16 units of entities."""
    text = character * 4096
    assert normalize(text)[0] == text
    assert caption(character * 1024)[0] == character * 1024
    for long in (text + character, character * 1_000_000):
        with pytest.raises(Fault, match="MESSAGE_TOO_LONG"):
            normalize(long)
    with pytest.raises(Fault, match="MEDIA_CAPTION_TOO_LONG"):
        caption(character * 1025)


def test_entities_of_a_long_text_count_units() -> None:
    text, entities = normalize("🎉" * 4095 + "x", [Entity(kinds.BOLD, 8190, 1)])
    assert (len(text), entities) == (4096, [Entity(kinds.BOLD, 8190, 1)])


def test_too_many_entities_are_dropped_and_far_too_many_refused() -> None:
    text = "x " * 150
    marked = [Entity(kinds.BOLD, 2 * n, 1) for n in range(150)]
    assert normalize(text, marked)[1] == marked[:100]
    assert len(normalize("@mention " * 300)[1]) == 100
    with pytest.raises(Fault, match="ENTITIES_TOO_LONG"):
        normalize("x", [Entity(kinds.BOLD, 0, 1)] * 1001)


_TEXTS = st.text(st.sampled_from("ab @#$/.:+1-_🎉é\n\r\x00\u202e()"), max_size=60)
_ENTITIES = st.lists(
    st.builds(
        Entity,
        st.sampled_from([kinds.BOLD, kinds.CODE, kinds.BLOCKQUOTE, kinds.SPOILER, kinds.URL]),
        st.integers(-2, 70),
        st.integers(-2, 70),
        st.none(),
    ),
    max_size=5,
)


@given(_TEXTS, _ENTITIES)
def test_whatever_comes_in_what_goes_out_is_sound(text: str, marked: list[Entity]) -> None:
    try:
        said, entities = normalize(text, marked)
    except Fault as fault:
        assert fault.name in {"MESSAGE_EMPTY", "ENTITY_BOUNDS_INVALID"}
        return
    assert said == said.strip() != ""
    for entity in entities:
        assert entity.length > 0
        assert (
            0
            <= entity.offset
            <= entity.offset + entity.length
            <= len(said.encode("utf-16-le")) // 2
        )
        _cut(said, entity)  # a cut through a pair cannot be decoded
    assert entities == sorted(entities, key=lambda e: (e.offset, -e.length, e.kind))
    assert encode([]) is None
    if entities:
        assert decode(encode(entities) or b"") == entities
    again = normalize(said, [e for e in entities if e.kind not in kinds.FOUND_KINDS])
    assert again == (said, entities)


@given(st.text(st.sampled_from("@.:/#+-a1 "), max_size=400))
def test_found_entities_never_overlap(text: str) -> None:
    try:
        _, entities = normalize(text)
    except Fault:
        return
    for one, other in pairwise(entities):
        assert one.offset + one.length <= other.offset
