"""The marks of a text that classifiers count: words, what it speaks of and does, where it sends its
reader, who its author says to be, disguise, shape, haste.

A mark says in clear what it is (``word:casino``, ``link:example.org``): people read reasons
(``explaining.py``). Words are those under the disguise, without accents, cut to seven letters, so
that forms of one word are one mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from petitbleu import wordmarks
from petitbleu.domain.safety.antispam import disguise, language, lexicon, reach, relevance
from petitbleu.domain.safety.antispam.reach import Reach
from petitbleu.domain.safety.antispam.reach import host_of as host_of
from petitbleu.domain.safety.antispam.submission import TEXT_MAX, Submission, plain
from petitbleu.folding import fold

MAX_FEATURES = 600
"""Marks of one text at the most."""
CUT = 7
"""Letters of a word that count."""
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"<a\s|\[url|\[link|</", re.IGNORECASE)
_MONEY = re.compile(r"[$€£]\s?\d|\d\s?[$€£]|\d\s?%")
_PICTURES = re.compile("[\u2190-\u21ff\u2600-\u27bf\U0001f300-\U0001faff]")
_HANDLE = re.compile(r"\d{2,}$|_")
_LOOKS = frozenset((disguise.LOOK_ALIKES, disguise.INVISIBLE, disguise.FIGURES, disguise.APART))
_TALK = frozenset(("praise", "spread"))
"""Acts that want nothing of the reader."""
_ODD_CASE = re.compile(r"[^\W\d_A-Z][A-Z]")
"""A capital within a word: of a brand, or of letters at random."""
_WITHIN = re.compile(r"(?<=[^\W\d_] )[A-Z][^\W\d_]{3,}")
"""A word with a capital within a sentence."""
_FEW, _MANY = 12, 4
_SPEEDS = ((1, "<1"), (3, "<3"), (6, "<6"), (12, "<12"), (25, "<25"), (60, "<60"))


def links(text: str) -> list[str]:
    """The host names that a text links to, in its order, ``www.`` left off."""
    return [link.host for link in reach.find_contacts(text[:TEXT_MAX]).links]


def extract_features(what: Submission) -> list[str]:
    """The marks of a submission, each once, in a fixed order."""
    return list(dict.fromkeys(_all(what)))[:MAX_FEATURES]


def _all(what: Submission) -> Iterator[str]:
    bare = disguise.bare(what.text[:TEXT_MAX])
    ways = reach.find_contacts(bare.text)
    words = lexicon.spelled(reach.without(bare.text))
    said = lexicon.found(words)
    name = disguise.bare(what.author[:200])
    worn = name.worn if not _LOOKS.isdisjoint(name.worn) else ()
    for one in dict.fromkeys((*bare.worn, *worn)):
        yield f"disguise:{one}"
    yield from _shape(what, bare.text, len(words))
    yield from _reached(what, ways)
    yield from _author(what, name.text, ways)
    if what.site:
        yield from _own_site(what, name.text, praised="praise" in said, short=len(words) < _FEW)
    else:
        yield "own:none"
    yield from _coined(bare.text, what)
    follow = _follow(what, ways)
    yield from _said(said, follow)
    yield from relevance.describe(bare.text, wordmarks.split(bare.text), what.article, follow)
    yield from _led(said, ways)
    yield from _words(words)


def _coined(text: str, what: Submission) -> Iterator[str]:
    """Words that look like names of goods: in the article they do not stand."""
    there = what.article.casefold()
    found = {one for one in _WITHIN.findall(text) if one.casefold() not in there}
    if found:
        yield f"brand:capital-{min(len(found), 4)}"
    if any(_ODD_CASE.search(one) for one in _LETTERS.findall(text) if one.casefold() not in there):
        yield "brand:odd-case"


def _words(words: Sequence[str]) -> Iterator[str]:
    before = ""
    for word in words:
        cut = word[:CUT]
        if len(cut) > 1:
            yield f"word:{cut}"
        if before:
            yield f"pair:{before} {cut}"
        before = cut


def _shape(what: Submission, text: str, words: int) -> Iterator[str]:
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 20 and sum(char.isupper() for char in letters) > len(letters) * 0.6:
        yield "shape:capitals"
    if _MARKUP.search(text):
        yield "shape:markup"
    if _MONEY.search(text):
        yield "shape:money"
    if text.count("!") > 3:
        yield "shape:shouting"
    if _PICTURES.search(text):
        yield "shape:pictures"
    if text[:1].islower():
        yield "shape:small-start"
    yield f"language:{language.guess_language(text)}"
    yield f"length:{min(words.bit_length(), 7)}"
    if what.seconds >= 0:
        speed = len(what.text) / (what.seconds + 1)
        yield "speed:" + next((name for most, name in _SPEEDS if speed < most), ">=60")


def _reached(what: Submission, ways: Reach) -> Iterator[str]:
    yield f"links:{min(len(ways.links), 4)}"
    own = {host_of(what.site), plain(what.email.rpartition("@")[2])} - {""}
    for link in ways.links[:20]:
        yield f"link:{link.host}"
        yield f"reach:{'bare-' if link.bare else ''}{link.shape}"
        if link.host in own:
            yield "reach:own-site"
        yield from _host("link", link.host)
    for mail in ways.mails[:5]:
        yield "reach:mail"
        if mail == what.email.casefold():
            yield "reach:own-mail"
    if ways.phones:
        yield "reach:phone"
    if ways.handles:
        yield "reach:handle"
    if not ways.any:
        yield "reach:nothing"


def _author(what: Submission, name: str, ways: Reach) -> Iterator[str]:
    """Name and address, and how they fit what is linked to."""
    parts = _parts(name)
    domain = plain(what.email.rpartition("@")[2])
    for part in parts[:6]:
        yield f"name:{part[:CUT]}"
    if domain:
        yield f"mail:{domain[:80]}"
    if _HANDLE.search(name):
        yield "who:handle"
    if name and name == name.casefold():
        yield "who:no-capitals"
    if _ODD_CASE.search(name):
        yield "who:odd-case"
    for concept in _trades(name):
        yield f"called:{concept}"
    hosts = [link.host for link in ways.links]
    if domain and (domain == host_of(what.site) or domain in hosts):
        yield "who:mail-of-site"
    if any(part in host.replace("-", "") for host in hosts for part in parts if len(part) > 3):
        yield "who:name-in-link"


def _own_site(what: Submission, name: str, *, praised: bool, short: bool) -> Iterator[str]:
    """The site an author gives as theirs: whose it seems to be, and what it is like."""
    host = host_of(what.site)
    yield f"site:{host}"
    yield "own:given"
    if what.site.partition("://")[2].partition("/")[2]:
        yield "own:page"
    if short:
        yield "own:short"
    joined = host.replace("-", "")
    local = fold(what.email).partition("@")[0].partition(".")[0]
    named = any(part in joined for part in _parts(name)) or (len(local) > 4 and local in joined)
    whose = "of-trade" if _trades(name) else "of-name" if named else "of-others"
    fits = f"{whose}/{lexicon.host_like(host.rpartition('.')[0])}"
    yield f"own:{whose}"
    yield f"fits:{fits}"
    if praised:
        yield f"praise:{fits}"
    yield from _host("site", host)


def _parts(name: str) -> list[str]:
    return [part for part in _LETTERS.findall(fold(name)) if len(part) > 2]


def _trades(name: str) -> list[str]:
    """What somebody sells who is called so; empty for people."""
    phrases = lexicon.found(lexicon.spelled(name))
    trades = [phrase for phrase in sorted(phrases) if lexicon.kinds()[phrase] != lexicon.ASIDE]
    if not trades and lexicon.host_like(" ".join(_parts(name))) in ("selling", "both"):
        return ["goods"]
    return trades


def _host(kind: str, host: str) -> Iterator[str]:
    """What a host's name is like."""
    label, _, ending = host.rpartition(".")
    yield f"ending:{ending}"
    yield f"{kind}-like:{lexicon.host_like(label)}"
    if "-" in label:
        yield f"{kind}-like:hyphen"
    if any(char.isdigit() for char in label):
        yield f"{kind}-like:figures"


def _follow(what: Submission, ways: Reach) -> str:
    """How a reader would follow: by a ``door`` in the text, by ``phone``, ``onsite``, or not."""
    if ways.links or ways.mails or ways.handles:
        return "door"
    return "phone" if ways.phones else "onsite" if what.site else "alone"


def _said(said: Mapping[str, int], follow: str) -> Iterator[str]:
    """What is spoken of and done, by itself and together with a way to follow it."""
    kinds = lexicon.kinds()
    subjects = [phrase for phrase in said if kinds[phrase] == lexicon.SUBJECT]
    acts = [phrase for phrase in said if kinds[phrase] == lexicon.ACT]
    asides = sum(kinds[phrase] == lexicon.ASIDE for phrase in said)
    for one in sorted(said):
        yield f"says:{one}"
        if kinds[one] != lexicon.ASIDE:
            yield f"{follow}:{one}"
    if subjects:
        yield f"{follow}:subject"
        if "warning" in said:
            yield "warns:subject"
        if sum(said[subject] for subject in subjects) >= _MANY:
            yield "many:subject"
    pushing = [act for act in acts if act not in _TALK]
    if pushing:
        yield f"{follow}:act"
        yield f"acts:{min(len(pushing), 5)}"
    if subjects and pushing:
        yield f"{follow}:both"
    yield f"asides:{min(asides, 3)}"
    if "praise" in said and not subjects and not asides:
        yield f"{follow}:only-praise"


def _led(said: Mapping[str, int], ways: Reach) -> Iterator[str]:
    """Where links lead, and what the text about them is: ``goods`` (it has a subject), ``push`` (an
    act), ``both``, ``neither``.
    """
    kinds = lexicon.kinds()
    subject = any(kinds[phrase] == lexicon.SUBJECT for phrase in said)
    act = any(kinds[phrase] == lexicon.ACT and phrase not in _TALK for phrase in said)
    about = "both" if subject and act else "goods" if subject else "push" if act else "neither"
    for link in ways.links[:5]:
        like = lexicon.host_like(link.host.rpartition(".")[0])
        yield f"leads:{link.shape}/{like}"
        yield f"leads:{link.shape}/{about}"
        yield f"leads:{like}/{about}"
