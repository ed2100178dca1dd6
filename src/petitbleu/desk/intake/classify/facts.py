"""What the rules look at: one letter, folded, and what is known of its sender."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from petitbleu.desk.intake.classify import extraction, language, words
from petitbleu.desk.intake.letter import Letter

SORTED_MAX = 60_000
"""Characters of a letter that the rules look at."""
MATCHES = 200
"""Places of one word that are looked at where two must stand close together."""


class Listed(NamedTuple):
    """An entry of the directory of authorities."""

    name: str
    country: str
    domain: str
    trusted_flagger: bool


class Context(NamedTuple):
    """What sorting must know of the operator, plain values."""

    country: str = ""
    coordinator: str = ""
    languages: tuple[str, ...] = ()
    """Languages declared under Art 11(3) DSA; empty: not said."""
    hosts: tuple[str, ...] = ()
    """Hosts of our own pages, for links."""
    zone: str = "UTC"
    received: int = 0
    listed: Listed | None = None
    """The directory's entry of the sender's domain."""
    directory: tuple[Listed, ...] = ()
    """The whole directory, for look-alikes."""


class Who(NamedTuple):
    """Who sends: ``trust`` is verified-directory, trusted-flagger-list, unknown or failed."""

    name: str
    country: str
    domain: str
    trust: str
    passed: bool
    """The own mail server could tell that the letter comes from the domain in From."""
    failed: bool
    free_mail: bool
    look_alike: str
    """Domain of the directory that the sender's resembles; empty: none."""
    sibling: bool
    """The two share a domain above, so a stranger cannot have made it."""


class Facts:
    """One letter under the eyes of the rules. Patterns match :attr:`folded`."""

    def __init__(self, letter: Letter, context: Context, who: Who, *, whole: bool = False) -> None:
        self.letter = letter
        self.context = context
        self.who = who
        self.whole = whole
        """Also what is quoted below counts: a letter that was only handed on."""
        parts = [letter.subject, letter.text, letter.attached]
        if whole:
            parts.append(letter.quoted)
        self.cut = sum(map(len, parts)) > SORTED_MAX
        """More was written than the rules look at."""
        self.plain = chosen(unicodedata.normalize("NFC", "\n".join(shares(parts, SORTED_MAX))))
        self.folded = words.fold(self.plain)
        self._found: dict[str, bool] = {}

    def has(self, *names: str) -> bool:
        """Whether a word of each group stands in the letter."""
        return all(self._has(name) for name in names)

    def _has(self, name: str) -> bool:
        known = self._found.get(name)
        if known is None:
            known = self._found[name] = words.occur(name, self.folded)
        return known

    def count(self, name: str) -> int:
        """How many different words of a group stand in it."""
        if not self.has(name):
            return 0
        return len({match[0] for match in words.group(name).finditer(self.folded)})

    def near(self, first: str, second: str, distance: int = 200) -> bool:
        """Whether words of two groups stand close to each other."""
        return close(self.folded, first, second, distance)

    @cached_property
    def deeds(self) -> str:
        """What is said to happen, folded: without the names of laws and orders, and in a letter of
        somebody whose work was copied without what stands in quotation marks (titles)."""
        told = blanked(_LAW_OF_TERROR, self.folded)
        told = without("removal_order", told)
        return blanked(_QUOTED, told) if self.has("authorship") else told

    @cached_property
    def children(self) -> str:
        """The letter without what is said of children who could see something."""
        return without("minors_reached", self.folded)

    @cached_property
    def ordered(self) -> bool:
        """Whether an order is spoken of as one that there is: not only as what a private sender
        would ask a court for otherwise."""
        if self.official:
            # An authority's “mise en demeure” binds, a lawyer's does not.
            return self.has("order") or self.has("order_official")
        if not self.has("order"):
            return False
        if self.ordinary or (self.has("client") and not self._hands_over):
            return False
        kept, after = [], 0
        for match in words.group("otherwise").finditer(self.folded):
            if match.start() < after:
                continue
            kept.append(self.folded[after : match.start()])
            end = _END.search(self.folded, match.end())
            after = end.end() if end else len(self.folded)
        kept.append(self.folded[after:])
        return any(words.occur("order", text) for text in kept)

    @cached_property
    def decided(self) -> bool:
        """Whether a decision of a court or authority is here, whoever brings it: in its own
        form, as a paper, or as one that binds our company. What a court once did to somebody else
        is none.
        """
        if not (self.has("court") or self.has("police") or self.has("regulator")):
            return False
        return bool(
            self.has("decision_form")
            or self.letter.attachments
            or (self.has("client") and self._hands_over)
            or self.near("order", "our_company", 120)
            or self._orders_removal
        )

    @cached_property
    def ordinary(self) -> bool:
        """Whether it is what people write who only speak of orders: for a job, the press, their
        studies, to sell something."""
        if self.official:
            return False
        begins = words.fold(f"{self.letter.subject}\n{self.letter.text[:_BEGINNING]}")
        return words.occur("ordinary", begins)

    @cached_property
    def _hands_over(self) -> bool:
        """Whether somebody who acts for a client brings an order that there is, not one that the
        client has against others or would ask for."""
        if self.has("decision_form") or close(self.folded, "order", "served", 200):
            return True
        begins = words.fold(self.letter.attached[:_BEGINNING])
        return (
            words.occur("court", begins)
            and words.occur("order", begins)
            and not words.occur("client", begins)
        )

    @cached_property
    def unlinked(self) -> str:
        """The letter folded, without the links and names that part words which go together."""
        return _PIECE.sub(
            lambda match: "" if "/" in match[0] or "@" in match[0] else match[0], self.folded
        )

    @cached_property
    def _orders_removal(self) -> bool:
        """Whether an order and what is to be removed stand in one breath, and in one sentence with
        something that can be of ours: others are ordered to take down things of theirs."""
        for match in islice(words.group("order").finditer(self.folded), MATCHES):
            before = self.folded[max(0, match.start() - _SENTENCE_MAX) : match.start()]
            after = self.folded[match.start() : match.end() + _SENTENCE_MAX]
            rest = _END.split(after, maxsplit=1)[0]
            if not words.group("remove").search(rest[: _BREATH + len(match[0])]):
                continue
            sentence = _END.split(before)[-1] + rest
            if words.group("our_thing").search(sentence) or extraction.targets(
                sentence, self.context.hosts
            ):
                return True
        return False

    @cached_property
    def language(self) -> str:
        """ISO 639-1 code of the language it is in, or ``und``."""
        return language.detect_language(self.plain)

    @cached_property
    def unread(self) -> bool:
        """Whether its language is none whose words the rules know."""
        return self.language not in language.READ

    @cached_property
    def points_somewhere(self) -> bool:
        """Whether there is something to act on: a place of ours, or papers that may name it."""
        return bool(self.letter.attachments or self.targets)

    @cached_property
    def targets(self) -> list[str]:
        """What it names of ours and Telegram's."""
        return extraction.targets(self.plain, self.context.hosts)

    @cached_property
    def linked(self) -> bool:
        """Whether it leads to a page of ours: what was written for many seldom does."""
        return any(
            "/" in target
            for target in extraction.targets(self.plain, self.context.hosts, ours=True)
        )

    @cached_property
    def mass(self) -> bool:
        """Whether it was written for many, by its headers and by its words: what it tells of, it
        tells as news."""
        return bool(self.letter.bulk) and self.has("newsletter") and not self.linked

    @cached_property
    def mailboxes(self) -> frozenset[str]:
        """Local parts of the addresses it was sent to: ``tco``, ``legal``, …"""
        return frozenset(address.partition("@")[0] for address in self.letter.to)

    @cached_property
    def head(self) -> str:
        """Subject and beginning, folded."""
        return words.fold(f"{self.letter.subject}\n{self.letter.text[:600]}")

    @cached_property
    def signed(self) -> str:
        """The sender's name, letterhead and signature, folded: first and last lines that are no
        sentences of a person.
        """
        lines = [line for line in self.letter.text.split("\n") if line.strip()]
        ends = words.fold("\n".join(dict.fromkeys([*lines[:4], *lines[-6:]]))).split("\n")
        heads = [line for line in ends if len(line) <= _LINE and not is_sentence(line)]
        return "\n".join([words.fold(self.letter.sender_name), *heads])

    @cached_property
    def sections(self) -> int:
        """How many different lettered sections of an official form it has."""
        return len({match[1] for match in _SECTION.finditer(self.folded)})

    @cached_property
    def official(self) -> bool:
        """Whether it speaks as an authority: by its name, its domain or its signature."""
        if self.context.listed is not None and not self.context.listed.trusted_flagger:
            return True
        if self.named_official:
            return True
        return any(words.occur(kind, self.signed) for kind in ("court", "police"))

    @cached_property
    def named_official(self) -> bool:
        """Whether the sender's name or address is that of an authority."""
        plain = re.sub(r"[-_.@]", " ", f"{self.letter.sender_name} {self.letter.sender}")
        name = words.fold(plain)
        return any(words.occur(kind, name) for kind in _AUTHORITIES) or any(
            courts.search(name) for courts in words.courts().values()
        )


def close(folded: str, first: str, second: str, distance: int) -> bool:
    """Whether words of two groups stand close to each other in a folded text."""
    if not (words.occur(first, folded) and words.occur(second, folded)):
        return False
    matches = words.group(second).finditer(folded)
    ends = [match.span() for match in islice(matches, MATCHES)]
    return any(
        abs(match.start() - start) <= distance or abs(match.end() - end) <= distance
        for match in islice(words.group(first).finditer(folded), MATCHES)
        for start, end in ends
    )


def is_sentence(line: str) -> bool:
    """Whether a folded line is a person's sentence: one of theirs, a question, an exclamation, or
    ten words and a full stop.
    """
    words_ = line.split()
    if not words_:
        return False
    if words_[-1][-1] in "!?":
        return True
    many, last = len(words_) - _WORDS_OF_A_SENTENCE, words_[-1]
    # A stop that is the tenth word itself ends nothing.
    if last[-1] == "." and (many > 0 or (many == 0 and len(last) > 1)):
        return True
    return _SPEAKS.search(line) is not None


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """``text`` with what matches made blank, of the same length."""
    return pattern.sub(lambda match: " " * len(match[0]), text)


def without(name: str, folded: str) -> str:
    """A folded text with the words of a group made blank, of the same length."""
    return blanked(words.group(name), folded) if words.occur(name, folded) else folded


def shares(parts: list[str], most: int) -> list[str]:
    """The parts that are not empty, cut so that all together are no longer than ``most``: each gets
    as much as the shorter ones leave it, and of a cut one the beginning and the end stay."""
    left, waiting, room = most, len(parts), dict[int, int]()
    for at in sorted(range(len(parts)), key=lambda one: len(parts[one])):
        room[at] = min(len(parts[at]), left // waiting)
        left -= room[at]
        waiting -= 1
    return [_ends(part, room[at]) for at, part in enumerate(parts) if part]


def _ends(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    last = most // 3
    return f"{text[: most - last - 2]}\n\n{text[len(text) - last :]}"


def chosen(text: str) -> str:
    """``text`` with the options of a form that are not ticked made blank, of the same length.

    An option runs to the next box or the end of its line, and over lines that go on with it. Where
    nothing at all is ticked the form was filled in otherwise, and all of it stays.
    """
    if _TICKED.search(text) is None:
        return text
    return _EMPTY_BOX.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


_LAW_OF_TERROR = re.compile(
    r"(?<!\d)2021/784(?!\d)|(?<!\w)tco(?:[ -](?:regulation|order)s?)?(?!\w)"
)
_QUOTED = re.compile(
    r"[\u201c\u201e\u201f\u00ab\u2039][^\u201c\u201d\u201e\u00ab\u00bb\n]{2,120}[\u201c\u201d\u00bb\u203a]"
    r"|\"[^\"\n]{2,120}\"|(?<!\w)'[^'\n]{2,120}'(?!\w)"
)
_EMPTY = "\u2610\u25a1\u274f\uf0a8\uf06f"
_FULL = "\u2611\u2612\u2713\u2714\u2717\u2718\uf0fe\uf0fd\uf078"
"""Boxes; the private characters are what forms in Wingdings leave in a PDF."""
_TICKED = re.compile(
    rf"\[\s?[xX\u2713\u2714]\s?\]|[{_FULL}]|(?<![\w)])\(\s?[xX\u2713\u2714]\s?\)(?=\s)"
)
_NO_BOX = rf"(?!\(\s?[xX\u2713\u2714 _]\s?\))[^\n\[{_EMPTY}{_FULL}]"
_EMPTY_BOX = re.compile(
    rf"(?:\[[ \t_]{{0,3}}\]|\([ \t_]{{1,3}}\)|[{_EMPTY}])(?:{_NO_BOX}){{0,400}}"
    rf"(?:\n[ \t]*(?=[^\W\d_])(?![A-Z])(?:{_NO_BOX}){{1,200}}){{0,3}}"
)
_BEGINNING = 1000
"""Characters in which a letter says what it is."""
_PIECE = re.compile(r"\S+")
_SENTENCE_MAX = 500
_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_LINE = 200
_BREATH = 60
_SPEAKS = re.compile(
    r"(?<!\w)(?:i|je|j'ai|nous|ich|wir|yo|he|hemos|io|ho|abbiamo|ik|wij|we|ja|my|mon|ma|mein\w*"
    r"|mi|mio|mijn|moj\w*|me|mich|mir)(?!\w)"
)
_WORDS_OF_A_SENTENCE = 10
_AUTHORITIES = ("court", "police", "regulator")
_SECTION = re.compile(
    r"(?:^|\n|\s)(?:section|rubrique|partie|abschnitt|teil|seccion|sezione|rubriek|deel|afdeling"
    r"|sekcja|czesc)\s+([a-m])(?![a-z])"
)
