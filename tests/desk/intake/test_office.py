"""Orders that come as DOCX or ODT are read; files made to do harm are refused by name."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from petitbleu.desk.intake import attachments, office, service
from petitbleu.desk.reference.directory import service as directory
from tests.desk.intake.mails import mail
from tests.desk.intake.papers import (
    DOCX_TYPE,
    ODT_TYPE,
    control_box,
    docx,
    legacy_box,
    odt,
    package,
    para,
    run,
    table,
)
from tests.desk.intake.test_filing import LEGAL, deliver, state
from tests.desk.intake.test_filing import office as desk_office
from tests.kit.world import World

desk = desk_office

UNIT = "Terrorism Referral Unit <tru@police.example>"
POST = "https://petitbleu.example/nordkurs/4711"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def austrian_form() -> bytes:
    """Annex I as a form of tables, boxes and a link behind words; the authority in the header."""
    return docx(
        para(run("REMOVAL ORDER"))
        + para(run("(Article 3 of Regulation (EU) 2021/784)"))
        + table(
            ("Issuing Member State", "Republic of Austria"),
            ("File number", "DSN-II/7734/2027"),
            ("Addressee", "petitbleu"),
        )
        + para(
            run(
                "The provider shall remove the terrorist content without delay and within one hour: "
            ),
            f'<w:hyperlink r:id="rId9">{run("this publication")}</w:hyperlink>',
        )
        + para(legacy_box(checked=True), run(" glorifies terrorist acts"))
        + para(legacy_box(checked=False), run(" instructs in making explosives"))
        + para(control_box(checked=True), run(" The content provider shall not be informed")),
        header="Bundesministerium für Inneres, Direktion Staatsschutz und Nachrichtendienst",
        footer="Legal remedy: Landesverwaltungsgericht Wien",
        links={"rId9": POST},
    )


def french_order() -> bytes:
    """Typed in LibreOffice: sections, a table, a link, boxes of both kinds."""
    return odt(
        "<text:h>ORDONNANCE DE RÉFÉRÉ</text:h>"
        "<text:p>Nous, vice-présidente du tribunal judiciaire, statuant publiquement,"
        " vu l’article 9 du règlement (UE) 2022/2065,</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>N° RG</text:p></table:table-cell>"
        "<table:table-cell><text:p>27/00815</text:p></table:table-cell></table:table-row></table:table>"
        '<text:section><text:p>ORDONNONS<text:s text:c="3"/>à l’hébergeur le retrait de '
        f'<text:a xlink:href="{POST}">la publication litigieuse</text:a> sous 24 heures.</text:p>'
        '<text:p><draw:control draw:control="c1"/>exécution provisoire</text:p>'
        '<text:p><field:fieldmark field:type="vnd.oasis.opendocument.field.FORMCHECKBOX">'
        '<field:param field:name="Checkbox_Checked" field:value="false"/></field:fieldmark>'
        " publication du jugement</text:p></text:section>",
        forms='<form:form><form:checkbox form:id="c1" form:label="avec" form:current-state="checked"/></form:form>',
        header="Tribunal judiciaire de Rennes",
    )


def test_a_form_of_word_says_what_its_reader_sees() -> None:
    seen = attachments.inspect("order.docx", DOCX_TYPE, austrian_form())
    assert seen.attachment.verdict == "read"
    lines = [line for line in seen.text.split("\n") if line]
    assert "Bundesministerium" in lines[0], "the header comes first"
    assert "☒ glorifies terrorist acts" in lines
    assert "☐ instructs in making explosives" in lines
    assert "☒ The content provider shall not be informed" in lines
    assert POST in seen.text
    assert "Landesverwaltungsgericht Wien" in lines[-1]


def test_a_document_of_libreoffice_says_what_its_reader_sees() -> None:
    seen = attachments.inspect("ordonnance.odt", ODT_TYPE, french_order())
    assert seen.attachment.verdict == "read"
    assert seen.text.startswith("Tribunal judiciaire de Rennes")
    assert POST in seen.text
    assert "☒ avec exécution provisoire" in seen.text
    assert "☐ publication du jugement" in seen.text


@pytest.mark.parametrize(
    ("xml", "says", "not_says"),
    [
        (f'<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{run("open")}</w:p>', "open", "hidden"),
        (f'<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>{run("new")}</w:ins></w:p>', "new", "gone"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:t> yes</w:t></w:r></w:p>', "☒ yes", "☐"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F06F"/></w:r><w:r><w:t> no</w:t></w:r></w:p>', "☐ no", "☒"),
        (
            f'<mc:AlternateContent><mc:Choice>{para(run("boxed"))}</mc:Choice><mc:Fallback>{para(run("twice"))}'
            "</mc:Fallback></mc:AlternateContent>", "boxed", "twice",
        ),
        (
            f'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run("Click here")}</w:sdtContent></w:sdt>'
            + para(run("typed")), "typed", "Click",
        ),
        (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://petitbleu'
            '.example/a/3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            f'{run("here")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
            "here <https://petitbleu.example/a/3>", "HYPERLINK",
        ),
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_not_read(xml: str, says: str, not_says: str) -> None:
    seen = attachments.inspect("a.docx", DOCX_TYPE, docx(xml))
    assert says in seen.text
    assert not_says not in seen.text


ENTITIES = (
    '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


def external(kind: str) -> str:
    return f'<Relationship Id="x1" Type="{REL}/{kind}" Target="https://evil.example/a" TargetMode="External"/>'


def many_parts() -> bytes:
    return docx(para(run("x")), more={f"customXml/item{n}.xml": "<a/>" for n in range(1500)})


def overlapping() -> bytes:
    """A document whose directory lies about sizes."""
    data = bytearray(docx(para(run("x" * 5000))))
    at = data.rindex(b"PK\x01\x02")
    data[at + 20 : at + 24] = (1 << 30).to_bytes(4, "little")
    return bytes(data)


HARMFUL = {
    "entities in a docx": (lambda: docx(para(run("x")), prolog=ENTITIES), "refused_entities"),
    "entities in an odt": (lambda: odt("<text:p>x</text:p>", prolog=ENTITIES), "refused_entities"),
    "a bomb of one part": (lambda: docx(para(run(" " * (300 << 20)))), "refused_archive_bomb"),
    "a bomb of one part, odt": (
        lambda: odt("<text:p>" + "a" * (120 << 20) + "</text:p>"), "refused_archive_bomb"),
    "a bomb beside": (
        lambda: docx(para(run("x")), more={"word/media/a.bin": bytes(100 << 20)}), "refused_archive_bomb"),
    "bytes that are shared": (overlapping, "refused_archive_bomb"),
    "too many parts": (many_parts, "refused_office_parts"),
    "macros": (lambda: docx(para(run("x")), more={"word/vbaProject.bin": b"x"}), "refused_macro"),
    "macros by another name": (
        lambda: docx(para(run("x")), more={"word/odd.bin": b"x"}, relations=(
            '<Relationship Id="v" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
            ' Target="odd.bin"/>')), "refused_macro"),
    "macros in an odt": (
        lambda: odt("<text:p>x</text:p>", more={"Basic/Standard/Module1.xml": "x"}), "refused_macro"),
    "an event that runs": (
        lambda: odt('<script:event-listener xlink:href="vnd.sun.star.script:a.py$b?language=Python"/>'),
        "refused_macro"),
    "a remote template": (
        lambda: docx(para(run("x")), more={"word/settings.xml": "<a/>", "word/_rels/settings.xml.rels":
            f'<Relationships>{external("attachedTemplate")}</Relationships>'}), "refused_remote"),
    "a remote picture": (lambda: docx(para(run("x")), relations=external("image")), "refused_remote"),
    "a remote picture, odt": (
        lambda: odt('<text:p>x<draw:image xlink:href="https://evil.example/a.png"/></text:p>'),
        "refused_remote"),
    "a remote section": (
        lambda: odt('<text:section><text:section-source xlink:href="//evil.example/a.odt"/></text:section>'),
        "refused_remote"),
    "a field that fetches": (
        lambda: docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDEPICTURE '
                     '"http://evil.example/p" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
        "refused_remote"),
    "a broken part": (lambda: docx("<w:p>"), "office_unreadable"),
    "two documents in one": (lambda: twice(), "office_unreadable"),
    "a password": (
        lambda: odt("<text:p>x</text:p>", more={"META-INF/manifest.xml":
            '<manifest><encryption-data checksum="x"/></manifest>'}), "office_encrypted"),
    "pictures only": (lambda: docx("<w:p><w:r><w:drawing/></w:r></w:p>"), "office_without_text"),
}  # fmt: skip


def twice() -> bytes:
    made = io.BytesIO(docx(para(run("one"))))
    with zipfile.ZipFile(made, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("word/document.xml", "<a/>")
    return made.getvalue()


@pytest.mark.sometimes(2)
@pytest.mark.parametrize("name", HARMFUL)
def test_a_file_made_to_do_harm_is_refused_by_name(name: str) -> None:
    make, verdict = HARMFUL[name]
    seen = attachments.inspect("order.docx", DOCX_TYPE, make())
    assert seen.attachment.verdict == verdict
    assert seen.attachment.type in (DOCX_TYPE, ODT_TYPE)
    assert ("attachment_refused" in seen.warnings) == verdict.startswith("refused")


def test_deep_and_wide_documents_end_in_their_time() -> None:
    deep = docx("<w:p>" * 200_000)
    wide = docx("<w:p/>" * 1_000_000)
    patience = attachments.Patience(0.5)
    for data in (deep, wide, wide):
        assert attachments.inspect("a.docx", DOCX_TYPE, data, patience).attachment.verdict in (
            "office_unreadable", "office_too_slow", "office_read_in_part", "refused_archive_bomb",
        )  # fmt: skip
    assert patience.left >= -1


def test_a_link_to_a_page_is_no_remote_part() -> None:
    assert office.read(DOCX_TYPE, austrian_form(), 5).verdict == "read"
    assert office.read(ODT_TYPE, french_order(), 5).verdict == "read"


@pytest.fixture
async def unit(desk: World) -> World:
    entries = [
        {"domain": "police.example", "name": "TRU", "country": "AT"},
        {"domain": "justice.example", "name": "Tribunal judiciaire", "country": "FR"},
    ]
    await directory.add(desk.app, entries, "operator")
    return desk


def forwarded(inner: bytes, sender: str) -> bytes:
    """The letter with the order, handed on inside another."""
    message = EmailMessage()
    message.set_content("See the attached.")
    import email
    from email.policy import default

    message.add_attachment(email.message_from_bytes(inner, policy=default))
    made = mail(sender, LEGAL, "Fwd: document", "See the attached.", message_id="fwd")
    head, _, _ = made.partition(b"Content-Type:")
    content = message.as_bytes()
    return head + content[content.index(b"Content-Type:") :]


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize(
    ("paper", "name", "sender", "kind"),
    [
        (austrian_form, "order.docx", UNIT, "tco_removal_order"),
        (french_order, "ordonnance.odt", "Greffe <greffe@justice.example>", "dsa_art9_order"),
    ],
)
async def test_an_order_in_a_document_has_the_clock_of_an_order(
    unit: World, paper: object, name: str, sender: str, kind: str, within: bool
) -> None:
    assert callable(paper)
    letter = mail(
        sender,
        LEGAL,
        "Document",
        "Please find attached.",
        attached=[(name, "application/octet-stream", paper())],
    )
    number, _ = await deliver(unit, forwarded(letter, sender) if within else letter)
    found = await state(unit, number)
    assert found.kind == kind
    assert POST in found.targets
    assert found.reference in ("DSN-II/7734/2027", "27/00815", "RG 27/00815")


@pytest.mark.parametrize(
    "name", ["entities in a docx", "a bomb beside", "macros", "too many parts"]
)
async def test_a_refused_document_leaves_its_letter_and_an_open_case(
    unit: World, name: str
) -> None:
    make, verdict = HARMFUL[name]
    raw = mail(UNIT, LEGAL, "Order", "See attached.", attached=[("o.docx", DOCX_TYPE, make())])
    number, _ = await deliver(unit, raw)
    found = await state(unit, number)
    assert found.closed_at is None
    assert [one["verdict"] for one in found.facts["attachments"]] == [verdict]
    (row,) = await service.of_case(unit.app.store, number)
    assert row.state == "worked"


async def test_an_order_with_a_remote_picture_keeps_its_clock(unit: World) -> None:
    data = docx(
        para(run("Removal order, Article 3 of Regulation (EU) 2021/784: remove within one hour"))
        + para(run(POST)),
        relations=external("image"),
    )
    raw = mail(UNIT, LEGAL, "Order", "See attached.", attached=[("o.docx", DOCX_TYPE, data)])
    found = await state(unit, (await deliver(unit, raw))[0])
    assert found.kind == "tco_removal_order"
    assert found.facts["attachments"][0]["verdict"] == "refused_remote"


def test_a_package_that_is_no_document_stays_an_archive() -> None:
    data = package({"letters/a.txt": "x", "content.xml": "<a/>"})
    assert attachments.inspect("a.zip", "application/zip", data).attachment.verdict == "listed"
