"""Boxes of official forms are read by the letter of their section and their mark, in any language
and any way of marking; what cannot be read is unknown.
"""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from petitbleu.desk.intake import pdf_text
from petitbleu.desk.intake.classify import boxes
from petitbleu.desk.intake.classify.boxes import NO, UNKNOWN, YES
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import sorted_letter

HEADS = {
    "en": ("SECTION", "ABCDE", "must refrain from informing the content provider"),
    "fr": ("SECTION", "ABCDE", "le fournisseur doit s'abstenir d'informer"),
    "de": ("ABSCHNITT", "ABCDE", "der Anbieter hat davon abzusehen"),
    "es": ("SECCIÓN", "ABCDE", "el prestador se abstendrá"),
    "it": ("SEZIONE", "ABCDE", "il prestatore si astiene"),
    "nl": ("AFDELING", "ABCDE", "de aanbieder onthoudt zich"),
    "pl": ("SEKCJA", "ABCDE", "dostawca powstrzymuje się"),
    "pt": ("SECÇÃO", "ABCDE", "o prestador abstém-se"),
    "ro": ("SECȚIUNEA", "ABCDE", "furnizorul se abține"),
    "cs": ("ODDÍL", "ABCDE", "poskytovatel se zdrží"),
    "hu": ("SZAKASZ", "ABCDE", "a szolgáltató tartózkodik"),
    "fi": ("OSA", "ABCDE", "palveluntarjoajan on pidättäydyttävä"),
    "sv": ("AVSNITT", "ABCDE", "tjänsteleverantören ska avstå"),
    "da": ("AFSNIT", "ABCDE", "tjenesteyderen skal afstå"),
    "et": ("JAGU", "ABCDE", "teenuseosutaja hoidub"),
    "lv": ("IEDAĻA", "ABCDE", "pakalpojumu sniedzējs atturas"),
    "lt": ("SKIRSNIS", "ABCDE", "paslaugų teikėjas susilaiko"),
    "hr": ("ODJELJAK", "ABCDE", "pružatelj se suzdržava"),
    "sk": ("ODDIEL", "ABCDE", "poskytovateľ sa zdrží"),
    "sl": ("ODDELEK", "ABCDE", "ponudnik se vzdrži"),
    "mt": ("TAQSIMA", "ABCDE", "il-fornitur għandu joqgħod lura"),
    "ga": ("ROINN", "ABCDE", "staonfaidh an soláthraí"),
    "el": ("ΤΜΗΜΑ", ("Α", "Β", "Γ", "Δ", "Ε"), "ο πάροχος απέχει από την ενημέρωση"),
    "bg": ("РАЗДЕЛ", ("А", "Б", "В", "Г", "Д"), "доставчикът се въздържа да уведоми"),
}


def form(language: str, mark: str, *, other: str = "☒", end: str = ":") -> str:
    """A removal order in the form of the Regulation; ``mark``: of the box about information."""
    word, letters, said = HEADS[language]
    parts = [
        f"{word} {letters[0]}{end} 1\nxx xxx\n{other} xx (2021/784)\n",
        f"{word} {letters[1]}{end} 2\nhttps://petitbleu.example/bassin/4\n",
        f"{word} {letters[2]}{end} 3\n{mark} {said}\n",
        f"{word} {letters[3]}{end} 4\n☐ xx xx\n{other} yyy\n",
        f"{word} {letters[4]}{end} 5\nxx\n",
    ]
    return "\n".join(parts)


def answer(text: str, kind: str = "tco_removal_order") -> str:
    said = boxes.read_answer(kind, text)
    return said.answer if said is not None else "no form"


@pytest.mark.parametrize("language", HEADS)
def test_the_box_is_found_in_every_language(language: str) -> None:
    assert answer(form(language, "☒")) == NO
    assert answer(form(language, "☐")) == YES
    said = boxes.read_answer("tco_removal_order", form(language, "☒"))
    assert said is not None and (said.mark, said.words) == ("C", HEADS[language][2])


@pytest.mark.parametrize(
    "mark", ["☒", "☑", "✗", "✘", "✓", "✔", "[x]", "[X]", "[ x ]", "(x)", "(X)", "X", "■", "\uf0fe"]
)
def test_every_way_of_ticking_it_forbids(mark: str) -> None:
    for end in (":", ".", " –", ")"):
        assert answer(form("en", mark, other=mark, end=end)) == NO


@pytest.mark.parametrize("mark", ["☐", "□", "[ ]", "[_]", "[]", "( )", "\uf0a8"])
def test_every_empty_box_forbids_nothing(mark: str) -> None:
    assert answer(form("fr", mark)) == YES


@pytest.mark.parametrize("mark", ["[?]", "\ufffd", "\uf123", "", "–"])
def test_what_cannot_be_read_is_unknown(mark: str) -> None:
    assert answer(form("de", mark)) == UNKNOWN


def test_two_boxes_that_contradict_each_other_are_unknown() -> None:
    assert answer(form("en", "☐ the provider may inform\n☒ xx")) == UNKNOWN


def test_a_mark_behind_its_words_counts() -> None:
    text = form("en", "").replace(
        " must refrain from informing the content provider",
        "must refrain from informing the content provider   X",
    )
    assert answer(text) == NO


def test_a_letter_that_is_no_form_has_no_box() -> None:
    assert answer("Guten Tag,\n\nA. Müller hat ☒ gesagt.\n\nMfG") == "no form"
    assert answer(form("en", "☒"), "art16_notice") == "no form"


def test_under_e_evidence_no_box_lets_anybody_be_told() -> None:
    word, letters = "SECTION", "ABCDEFGHI"
    text = "\n".join(f"{word} {one}:\n{'☐' if one == 'H' else '☒'} xx" for one in letters)
    assert answer(text, "epoc") == UNKNOWN
    assert answer(text.replace("☐", "☒"), "epoc") == NO


# ── form fields of a PDF ────────────────────────────────────────────────────────────────────────


def pdf(lines: list[tuple[float, float, str]], ticks: list[dict[str, Any]]) -> bytes:
    """A page with text at places, and check boxes: ``{x, y, state, value?}``."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    stream = DecodedStreamObject()
    said = "".join(f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, text in lines)
    stream.set_data(said.encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    made = [writer._add_object(_field(one)) for one in ticks]
    page[NameObject("/Annots")] = ArrayObject(made)
    form = DictionaryObject({NameObject("/Fields"): ArrayObject(made)})
    form[NameObject("/NeedAppearances")] = BooleanObject(True)
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def _field(one: dict[str, Any]) -> DictionaryObject:
    x, y = one["x"], one["y"]
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject(one.get("kind", "/Btn")),
            NameObject("/T"): TextStringObject(f"Feld{x}{y}"),
            NameObject("/Rect"): ArrayObject([FloatObject(v) for v in (x, y, x + 10, y + 10)]),
        }
    )
    if "text" in one:
        field[NameObject("/V")] = TextStringObject(one["text"])
        return field
    shown = DictionaryObject(
        {NameObject("/Ja"): DictionaryObject(), NameObject("/Off"): DictionaryObject()}
    )
    field[NameObject("/AP")] = DictionaryObject({NameObject("/N"): shown})
    if one["state"]:
        field[NameObject("/AS")] = field[NameObject("/V")] = NameObject(one["state"])
    return field


def order(state: str | None) -> bytes:
    """A removal order whose boxes are fields, in columns of their own, written in any order."""
    lines = [
        (60.0, 300.0, "ABSCHNITT E: Rechtsbehelfe"),
        (60.0, 800.0, "ABSCHNITT A: Mitgliedstaat"),
        (80.0, 780.0, "Verordnung 2021/784 Entfernungsanordnung"),
        (60.0, 700.0, "ABSCHNITT B: Inhalt"),
        (80.0, 680.0, "https://petitbleu.example/bassin/4"),
        (60.0, 600.0, "ABSCHNITT C: Unterrichtung des Inhalteanbieters"),
        (80.0, 580.0, "aus Gruenden der Sicherheit, keine Mitteilung"),
        (60.0, 400.0, "ABSCHNITT D: Angaben"),
        (80.0, 380.0, "Behoerde"),
    ]
    ticks = [
        {"x": 62.0, "y": 378.0, "state": "/Ja"},
        {"x": 62.0, "y": 578.0, "state": state},
        {"x": 200.0, "y": 378.0, "kind": "/Tx", "text": "Polizeidirektion Nord"},
    ]
    return pdf(lines, ticks)


@pytest.mark.parametrize(
    ("state", "wanted"), [("/Ja", NO), ("/Off", YES), ("/Nein", UNKNOWN), (None, UNKNOWN)]
)
def test_form_fields_of_a_pdf_are_read_where_they_stand(state: str | None, wanted: str) -> None:
    page = pypdf.PdfReader(io.BytesIO(order(state))).pages[0]
    text = pdf_text.page_text(page)
    assert "Polizeidirektion Nord" in text.split("ABSCHNITT D")[1].split("ABSCHNITT E")[0]
    said = boxes.read_answer("tco_removal_order", text)
    assert said is not None and (said.mark, said.answer) == ("C", wanted)
    assert "keine Mitteilung" in said.words


def test_a_page_without_fields_is_read_as_before() -> None:
    made = pdf([(60.0, 800.0, "ABSCHNITT A: Mitgliedstaat")], [])
    page = pypdf.PdfReader(io.BytesIO(made)).pages[0]
    assert pdf_text.page_text(page) == page.extract_text()


def test_a_ticked_box_is_a_clause_of_the_case() -> None:
    raw = mail(
        "Behörde <order@polizei-nord.example>",
        "tco@petitbleu.example",
        "Removal order, Regulation (EU) 2021/784, Article 3",
        "REMOVAL ORDER under Article 3 of Regulation (EU) 2021/784\n\n" + form("de", "☒"),
    )
    found = sorted_letter(raw)
    assert found.kind == "tco_removal_order"
    facts = found.facts()
    assert facts["form_box"][0]["answer"] == NO and "confidentiality" in facts
