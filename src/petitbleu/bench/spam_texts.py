"""Texts the spam filter's seed is learnt from, made from ``spam_sets/{fr,en,people}.toml``.

The grammars say what is said; this adds what people and programs add: names, addresses, sites,
haste, typing errors, disguises. The same for a seed. Hosts are under ``.example`` (RFC 2606),
telephone numbers of ranges that are kept for fiction.
"""

from __future__ import annotations

import base64
import random
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.folding import fold

HAM, SPAM = "ham", "spam"
LANGUAGES = ("fr", "en")
_SLOT = re.compile(r"\{(\w+)\}")
_LOOKS = str.maketrans("aceiopxyABCEHIKMOPTX", "асеіорхуАВСЕНІКМОРТХ")
_FIGURES = str.maketrans("aeiost", "431057")
_SOUNDS = "bcdfghjklmnpqrstvwxz"
_CODE = "abcdefghkmnpqrstuvwxyzABCDEFGH23456789"
_ALONE = ("short", "noise", "bait", "foreign", "story")
"""Topics of which one text is enough."""
_TALK = ("town", "reply", "price", "hard", "club", "angry", "money", "health", "machine", "banter")
_DESKS = ("contact", "info", "sales", "hello", "support", "admin", "x")
_CLUBS = ("contact", "bureau", "secretary", "hello")
_AFAR = ("Виктор", "Ирина", "王伟", "slot", "Mario", "admin", "Анна", "abdul")
_PARTNER = ("?ref={}", "?aff={}", "/top10?ref={}", "?utm_source={}", "/go/{}", "/avis")
_SHORT = ("lnk", "go3", "t-u", "clic", "vu", "bit-l", "sh0rt", "mini", "url7")


class Example(NamedTuple):
    """A text and what it is: ``ham`` or ``spam``."""

    kind: str
    what: Submission


@cache
def read(name: str) -> dict[str, Any]:
    """A file of ``spam_sets`` by its name without ending."""
    return tomllib.loads((files("petitbleu.bench.spam_sets") / f"{name}.toml").read_text("utf-8"))


def examples(each: int, seed: int) -> Iterator[Example]:
    """``each`` texts of both kinds in both languages, by turns."""
    chance = random.Random(seed)  # noqa: S311 - texts, not secrets
    for _ in range(each):
        for language in LANGUAGES:
            for kind in (HAM, SPAM):
                yield Example(kind, _Writer(language, kind, chance).text())


class _Writer:
    """The author of one text."""

    def __init__(self, language: str, kind: str, chance: random.Random) -> None:
        self._grammar = read(language)
        self._people = read("people")[language]
        self._spam = kind == SPAM
        self._chance = chance
        self._topic: dict[str, Any] = self._pick(self._grammar[kind])
        self._first = self._of("first")
        self._last = self._of("last")
        self._host = self._sold()
        self._who = self._sort()
        self._name = self._called()
        if self._who == "person" and self._spam and self._luck(0.15):
            goods = self._of("sell_b")
            joined = (f"{self._first}s-{goods}", f"{goods}-{self._first}", f"{self._first}{goods}")
            self._host = f"{_label(self._pick(joined))}.example"
        self._site = self._sold_at() if self._spam else self._own()
        self._mail = self._address()

    def text(self) -> Submission:
        """What is written, by whom."""
        text = self._filled(self._pick(self._topic["texts"]))
        if self._topic["kind"] not in _ALONE and self._luck(0.2):
            text = f"{text} {self._filled(self._pick(self._topic['texts']))}"
        return Submission(
            text=self._dressed(text) if self._spam else self._typed(text),
            author=self._name,
            email=self._mail,
            site=self._site,
            seconds=self._haste(text),
        )

    def _pick(self, among: Any) -> Any:
        return self._chance.choice(among)

    def _of(self, name: str) -> str:
        return str(self._pick(self._people[name]))

    def _luck(self, share: float) -> bool:
        return self._chance.random() < share

    # ── who ─────────────────────────────────────────────────────────────────────────────────────

    def _sort(self) -> str:
        fallback = "club" if self._topic["kind"] in ("club", "contact") else "someone"
        who = str(self._topic.get("who", fallback))
        return str(self._pick(("person", "brand"))) if who == "mixed" else who

    def _called(self) -> str:
        first, last = self._first, self._last
        if self._who == "brand":
            name = self._filled(self._of("brand"))
            return str(self._pick((name, name.lower(), name.title())))
        if self._who == "noise":
            return self._slot_bruit()
        if self._who == "foreign":
            return str(self._pick((*_AFAR, first)))
        if self._who == "club" and self._luck(0.7):
            return self._of("club")
        if self._who == "someone" and self._luck(0.15):
            return self._of("nick")
        if self._spam and self._luck(0.25):
            word = self._of("handle")
            named = (f"{first}_{word}", f"{first} {word}", f"{word}{self._chance.randrange(99)}")
            return str(self._pick(named))
        return str(
            self._pick((first, first, f"{first} {last}", f"{first} {last[0]}.", first.lower()))
        )

    def _address(self) -> str:
        first, last = self._first, self._last
        if self._spam and self._luck(0.6 if self._who == "brand" else 0.1):
            return f"{self._pick((*_DESKS, _label(first)))}@{self._host}"
        if not self._spam and self._site and self._luck(0.3):
            host = self._site.removeprefix("https://")
            return f"{self._pick((*_CLUBS, _label(first)))}@{host}"
        number = self._chance.randrange(99)
        local = self._pick(
            (f"{first}.{last}", f"{first}{number}", f"{first}.{last[0]}", self._name)
        )
        return f"{re.sub('[^a-z0-9.]+', '', fold(local)).strip('.') or 'x'}@{self._of('mail')}"

    def _own(self) -> str:
        """The site of somebody who sells nothing."""
        how, luck = self._topic.get("site", "none"), self._chance.random()
        if luck < (0.6 if how == "club" else 0.05):
            club, town = self._of("club_host"), self._of("town")
            return f"https://{self._pick((club, club, f'www.{town}'))}.example"
        if luck < {"own": 0.45, "some": 0.2}.get(how, 0.12):
            first, last, hobby = self._first, self._last, self._of("hobby")
            if self._luck(0.1):
                return f"https://{self._of('plain')}-{self._of('plain')}.example"
            parts = (first, last), (hobby, first), (hobby, last), (first, last[0])
            named = ["-".join(self._pick((*parts, (hobby, self._of("town"))))), f"{first}{last}"]
            return f"https://{_label(self._pick((*named, named[0])))}.example"
        return ""

    def _sold_at(self) -> str:
        if self._topic.get("site") != "sell" and not self._luck(0.4):
            return ""
        page = self._pick(("", "", "", "/", "/shop", f"/{self._of('sell_b')}"))
        return f"https://{self._host}{page}"

    def _sold(self) -> str:
        """The host of somebody who sells, or who hides it."""
        kinds = (
            ("sell_a", "sell_b"),
            ("sell_b", "sell_c"),
            ("sell_a", "sell_b", "sell_c"),
            ("sell_b", "sell_b"),
            ("plain", "sell_b"),
            ("plain", "plain"),
            ("plain", "plain"),
        )
        parts = [self._of(kind) for kind in self._pick(kinds)]
        return f"{self._pick(('-', '-', '')).join(part for part in parts if part)}.example"

    # ── what ────────────────────────────────────────────────────────────────────────────────────

    def _filled(self, template: str) -> str:
        return _SLOT.sub(lambda slot: self._filled(self._slot(slot[1])), template)

    def _slot(self, name: str) -> str:
        made = getattr(self, f"_slot_{fold(name)}", None)
        if made is not None:
            return str(made())
        return str(self._pick(self._grammar["slots"].get(name) or self._people[name]))

    def _slot_dit(self) -> str:
        """Something else that people say."""
        topics = [rule for rule in self._grammar[HAM] if rule["kind"] in _TALK]
        return str(self._pick(self._pick(topics)["texts"]))

    def _slot_prenom(self) -> str:
        return self._of("first")

    def _slot_nom(self) -> str:
        return self._of("last")

    def _slot_moi(self) -> str:
        return self._mail

    def _slot_pseudo(self) -> str:
        return f"@{_label(self._of('first'))}_{self._of('handle')}"

    def _slot_ab(self) -> str:
        return f"{self._chance.randrange(100):02}"

    def _slot_un(self) -> str:
        return str(self._chance.randrange(10))

    def _slot_hote(self) -> str:
        return self._host + str(self._pick(("", "", f"/{self._of('sell_b')}")))

    def _slot_url(self) -> str:
        return str(self._pick((f"https://{self._slot_hote()}", self._slot_hote())))

    def _slot_ici(self) -> str:
        """Where to go; sometimes the author's site says it, sometimes one has to write."""
        if self._site and self._luck(0.12):
            return "."
        return "{contact}" if self._luck(0.1) else "{ici_mots}"

    def _slot_lien(self) -> str:
        host = self._filled(self._of("doc_host"))
        bare = host.startswith("www.") and self._luck(0.25)
        scheme = "" if bare else self._pick(("https://", "https://", "http://"))
        return f"{scheme}{host}/{self._of('doc_path')}"

    def _slot_mien(self) -> str:
        """A page of the author's own site."""
        return f"{self._site}/{self._of('doc_path')}" if self._site else self._slot_lien()

    def _slot_mail_asso(self) -> str:
        return f"{self._pick(_CLUBS)}@{self._of('club_host')}.example"

    def _slot_partenaire(self) -> str:
        tail = self._pick(_PARTNER).format(self._chance.randrange(1000, 99999))
        return f"https://{self._host}{tail}"

    def _slot_court(self) -> str:
        code = "".join(self._pick(_CODE) for _ in range(5)) + self._slot_un()
        return f"{self._pick(('https://', 'http://', ''))}{self._pick(_SHORT)}.example/{code}"

    def _slot_code(self) -> str:
        return f"{_label(self._of('last')).upper()[:5]}{self._pick(('10', '15', '20', ''))}"

    def _slot_bruit(self) -> str:
        return "".join(self._pick(_SOUNDS) for _ in range(self._chance.randrange(5, 9)))

    # ── how ─────────────────────────────────────────────────────────────────────────────────────

    def _typed(self, text: str) -> str:
        """As people type: mostly with care, some in haste."""
        luck = self._chance.random()
        if luck > 0.2 and self._topic["kind"] != "loose":
            text = text[0].upper() + text[1:]
        if luck < 0.06:
            return fold(text)
        if luck < 0.1:
            return text.upper()
        if luck < 0.14:
            return text + str(self._pick((" !!!", " 😡", " 🙏", " 👍", "...")))
        return text

    def _dressed(self, text: str) -> str:
        """As programs disguise it, one time in four."""
        luck = self._chance.random()
        if luck < 0.035:
            return text.translate(_LOOKS)
        if luck < 0.07:
            sign = self._pick(("\u200b", "\u00ad", "\u2060", "\u200d"))
            between = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
            return between.sub(lambda _: sign if self._luck(0.25) else "", text)
        if luck < 0.1:
            words = re.compile(r"(?<![\w@./])[a-z]{4,}(?![\w@./])")
            return words.sub(lambda one: one[0].translate(_FIGURES), text)
        if luck < 0.125:
            mark = self._pick((".", "*", "-", "_"))
            words = re.compile(r"\b[^\W\d_]{5,}\b(?![./@])")
            return words.sub(lambda one: mark.join(one[0]) if self._luck(0.6) else one[0], text)
        if luck < 0.15:
            return base64.b64encode(text.encode()).decode()
        if luck < 0.18:
            hidden = (
                "\n" * 20 + text,
                f'<span style="display:none">{text}</span>',
                f"[size=0]{text}[/size]",
            )
            return str(self._pick(self._grammar["slots"]["eloge"])) + str(self._pick(hidden))
        if luck < 0.22:
            return text.upper()
        return text.lower() if luck < 0.26 else text

    def _haste(self, text: str) -> int:
        """Seconds on the form; -1, not known, one time in three."""
        luck, chance = self._chance.random(), self._chance
        if luck < 0.33:
            return -1
        if self._spam and luck < 0.7:
            return chance.randrange(1, 9)
        # What people bring along is pasted: announcements, links.
        if not self._spam and luck < (0.55 if "http" in text or self._site else 0.42):
            return chance.randrange(3, 12)
        return int(6 + len(text) / chance.uniform(1.5, 7) + chance.expovariate(1 / 20))


def _label(text: str) -> str:
    """``text`` as a part of a host's name."""
    return re.sub("[^a-z0-9-]", "", fold(text))
