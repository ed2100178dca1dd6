"""The catalogues of texts: whole, in line with their English, read as gettext means them."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from petitbleu import catalogue_files, catalogues
from petitbleu.catalogues import FOLDER, SOURCE, Catalogue, Entry
from petitbleu.desk.reference.law import categories, template
from petitbleu.typography import spaced
from tests.kit.catalogues import GERMAN, SURFACES, texts
from tests.kit.german import faults

TRANSLATED = [("fr", surface) for surface in SURFACES] + [("de", surface) for surface in GERMAN]
FILES = sorted(FOLDER.glob("*/LC_MESSAGES/*.po"))
_MARKS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|</?\w+[^>]*>", re.DOTALL)


@pytest.mark.parametrize(("language", "surface"), TRANSLATED)
def test_a_translation_is_whole_and_of_the_english_there_is(language: str, surface: str) -> None:
    english, found = texts(SOURCE, surface), texts(language, surface)
    assert list(found) == list(english), "run petitbleu dev texts --write"
    assert [name for name, one in found.items() if not one.translated] == []
    stale = [name for name in found if catalogue_files.is_stale(found[name], english[name])]
    assert stale == [], "the English has changed since"
    assert language in Catalogue(surface)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_what_is_filled_in_is_the_same_in_every_language(path: Path) -> None:
    language, surface = path.parts[-3], path.stem
    english = texts(SOURCE, surface)
    wrong = [
        name
        for name, one in texts(language, surface).items()
        if one.translated
        for text, meant in zip(one.forms, _forms(english[name], len(one.forms)), strict=True)
        if _filled(name, text) != _filled(name, meant)
    ]
    assert wrong == []


def _forms(english: Entry, count: int) -> list[str]:
    """The English that each of so many forms is made from: first of first, else the last."""
    return [english.forms[0], *[english.forms[-1]] * (count - 1)]


def _filled(name: str, text: str) -> list[str]:
    """Places of a text that are filled; of a template its marks and elements, in their order."""
    if name.startswith("templates."):
        return [mark for mark in _MARKS.findall(text) if not mark.startswith("<html")]
    return sorted(
        {f"{one}:{form}" for _, one, form, _ in Formatter().parse(text) if one is not None}
    )


def test_files_stand_in_the_form_that_the_command_writes() -> None:
    assert catalogue_files.write(FOLDER, dry=True) == [], "run petitbleu dev texts --write"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_other_tools_read_the_same(path: Path) -> None:
    read = read_po(BytesIO(path.read_bytes()), locale=path.parts[-3], abort_invalid=True)
    theirs = {
        (one.context, one.id[0] if isinstance(one.id, tuple) else one.id): (
            one.string if isinstance(one.string, tuple) else (one.string,)
        )
        for one in read
        if one.id
    }
    ours = {one[:2]: one.forms for one in catalogues.parse(path.read_text("utf-8")) if one.key}
    assert ours == theirs


def test_no_entry_stands_twice() -> None:
    for path in FILES:
        names = [one[:2] for one in catalogues.parse(path.read_text("utf-8"))]
        assert len(names) == len(set(names)), path


def test_members_are_not_sent_to_menus_that_their_app_may_not_have() -> None:
    """Only those who have set a second password are told where: it is set in such an app."""
    menu = re.compile(r"\w > \w")
    for lang in ("en", "fr", "de"):
        found = {
            name
            for name, one in texts(lang, "members").items()
            if any(menu.search(form) for form in one.forms)
        }
        assert {one for one in found if not one.startswith("password.")} == set(), lang


def test_german_has_the_signs_of_german() -> None:
    wrong = {
        name: found
        for surface in GERMAN
        for name, one in texts("de", surface).items()
        for form in one.forms
        if not name.startswith("templates.") and (found := faults(spaced("de", form)))
    }
    assert wrong == {}


def test_the_european_list_of_categories_is_in_the_catalogue() -> None:
    words = Catalogue("notifiers", "categories")[SOURCE]
    for category, english, keywords in template.categories():
        if category in words:
            assert words[category] == english
            for keyword, text in keywords:
                assert keyword == "KEYWORD_OTHER" or words[keyword] == text
    for group in categories.groups("de"):
        assert all(choice.words for choice in group.choices)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


def test_a_text_is_read_and_written_as_it_is() -> None:
    said = 'Two "lines",\n\n\ta tab, a \\ and « un deux »  \n' + "long words " * 30
    entry = Entry("table", "key", (said, "many\n"), plural=True, english="One\n\n  two", fuzzy=True)
    (found,) = catalogues.parse(catalogue_files.text([entry]))
    assert found == entry
    assert all(len(line) <= 100 for line in catalogue_files.text([entry]).splitlines())


def test_what_is_no_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="not a line"):
        list(catalogues.parse('msgid "a"\nmsgstr a\n'))


def test_a_language_is_asked_for_as_clients_name_it() -> None:
    site = Catalogue("readers", "site")
    assert [site.language(one) for one in ("fr-CA", "de_AT", "EN-gb", "fil", "")] == [
        *("fr", "de", "en", "en", "en")
    ]
    assert site.language("xx", "fr") == "fr"


def test_what_is_no_language_is_english_and_remembered_nowhere() -> None:
    site = Catalogue("readers", "site")
    before = catalogues._table.cache_info().currsize, catalogues.entries.cache_info().currsize
    for name in ("../en", "xx", "", "en/LC_MESSAGES", "README.md"):
        assert name not in site and site[name] == site[SOURCE]
    after = catalogues._table.cache_info().currsize, catalogues.entries.cache_info().currsize
    assert after[0] <= before[0] + 1 and after[1] <= before[1] + len(FILES)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["{} comments", "{} comment", "{} comments"]),
        ("fr", ["{} commentaire", "{} commentaire", "{} commentaires"]),
        ("de", ["{} Kommentare", "{} Kommentar", "{} Kommentare"]),
    ],
)
def test_forms_go_by_the_rule_of_the_language(language: str, shown: list[str]) -> None:
    public = Catalogue("readers", "public")
    assert [public.plural(language, "count.comment", count) for count in (0, 1, 2)] == shown


# ── a language that is new ──────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the catalogues that is read in their place."""
    made = tmp_path / "locale"
    shutil.copytree(FOLDER, made)
    monkeypatch.setattr(catalogues, "FOLDER", made)
    return made


def _polish(folder: Path, surface: str, least: float) -> None:
    """Files of Polish with the first ``least`` of the texts."""
    english = list(catalogues.entries(folder, SOURCE, surface))[1:]
    rule = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    made = [
        one._replace(forms=tuple(f"pl{n} {one.forms[-1]}" for n in range(3 if one.plural else 1)))
        for one in english[: int(len(english) * least)]
    ]
    path = folder / "pl" / "LC_MESSAGES" / f"{surface}.po"
    path.write_text(catalogue_files.text([catalogue_files.header("pl", rule), *made]), "utf-8")


def test_a_file_is_all_that_a_language_needs(folder: Path) -> None:
    public = Catalogue("readers", "public")
    assert "pl" not in public
    catalogues.entries.cache_clear()
    catalogues._languages.cache_clear()
    _polish(folder, "readers", 1)
    assert "pl" in public and public.language("pl-PL") == "pl"
    assert public["pl"]["search"] == "pl0 Search"
    forms = [public.plural("pl", "count.vote", count).format(count) for count in (1, 2, 5, 22)]
    assert forms == ["pl0 1 votes", "pl1 2 votes", "pl2 5 votes", "pl1 22 votes"]


@pytest.mark.parametrize(
    ("surface", "have", "offered"),
    [("readers", 0.96, True), ("readers", 0.9, False), ("letters", 0.96, False)],
)
def test_a_language_is_offered_where_it_has_nearly_all(
    folder: Path, surface: str, have: float, offered: bool
) -> None:
    _polish(folder, surface, have)
    assert ("pl" in Catalogue(surface)) is offered
    names = {one.context for one in catalogues.entries(folder, SOURCE, surface) if one.context}
    for name in names:  # what it lacks is shown in English
        table = Catalogue(surface, name)
        assert table["pl"].keys() == table[SOURCE].keys()


def test_a_text_whose_english_has_changed_is_shown_in_english(folder: Path) -> None:
    path = folder / SOURCE / "LC_MESSAGES" / "readers.po"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"Search in this channel"', '"Search here"'), "utf-8")
    changed = catalogue_files.write(folder)
    assert {"de/LC_MESSAGES/readers.po", "fr/LC_MESSAGES/readers.po"} == set(changed)
    table = Catalogue("readers", "public")
    assert table["de"]["search_here"] == "Search here"
    assert table["de"]["search"] == "Suchen"
    fuzzy = [one.key for one in catalogues.entries(folder, "de", "readers") if one.fuzzy]
    assert fuzzy == ["search_here"]
    assert catalogue_files.write(folder) == []


def test_a_new_text_comes_empty_into_the_others_and_one_that_is_gone_leaves(folder: Path) -> None:
    path = folder / SOURCE / "LC_MESSAGES" / "receipts.po"
    found = list(catalogues.parse(path.read_text("utf-8")))
    found[1:2] = [Entry("receipt", "new", ("New",))]
    path.write_text(catalogue_files.text(found), "utf-8")
    catalogue_files.write(folder, "sv")
    for language in ("fr", "sv"):
        other = list(catalogues.parse((folder / language / "LC_MESSAGES" / path.name).read_text()))
        assert [one.key for one in other] == [one.key for one in found]
        assert (other[1].key, other[1].forms, other[1].english) == ("new", ("",), "New")
    assert "sv" not in Catalogue("receipts")
