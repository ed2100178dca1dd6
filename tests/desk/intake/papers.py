# ruff: noqa: E501 - XML as programs write it
"""Office documents for tests, written as programs write them: Word's parts, LibreOffice's parts."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def package(parts: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, kind)
    return made.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*runs: str) -> str:
    return f'<w:p><w:pPr><w:jc w:val="left"/></w:pPr>{"".join(runs)}</w:p>'


def table(*rows: tuple[str, ...]) -> str:
    cells = (
        "<w:tr>" + "".join(f"<w:tc>{para(run(cell))}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(cells)}</w:tbl>"


def legacy_box(*, checked: bool) -> str:
    """A check box of Word's “legacy forms”."""
    state = f'<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked w:val="{int(checked)}"/></w:checkBox>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Box"/>{state}</w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control_box(*, checked: bool, sign: str = "X") -> str:
    """A check box as a content control, with whatever sign its author chose."""
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(checked)}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"
    )


def docx(
    body: str,
    *,
    header: str = "",
    footer: str = "",
    links: dict[str, str] | None = None,
    relations: str = "",
    more: dict[str, str | bytes] | None = None,
    prolog: str = "",
) -> bytes:
    """A DOCX. ``links``: id -> address; ``relations``: more of them as XML."""
    found = "".join(
        f'<Relationship Id="{key}" Type="{_R}/hyperlink" Target="{escape(to)}" TargetMode="External"/>'
        for key, to in (links or {}).items()
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
    }
    for name, text in (("header", header), ("footer", footer)):
        if text:
            kind = "hdr" if name == "header" else "ftr"
            found += f'<Relationship Id="{name}1" Type="{_R}/{name}" Target="{name}1.xml"/>'
            parts[f"word/{name}1.xml"] = (
                f'<w:{kind} xmlns:w="{W}" xmlns:r="{_R}">{para(run(text))}</w:{kind}>'
            )
    parts["word/document.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{prolog}<w:document xmlns:w="{W}"'
        f' xmlns:r="{_R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    parts["word/_rels/document.xml.rels"] = (
        f'<?xml version="1.0"?><Relationships xmlns="{_RELS}">{found}{relations}</Relationships>'
    )
    return package(parts | (more or {}))


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{one}="{_ODF}{one if one != "fo" else "xsl-fo-compatible"}:1.0"'
    for one in ("office", "text", "table", "draw", "form", "style", "fo", "script")
) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def odt(
    text: str,
    *,
    header: str = "",
    forms: str = "",
    more: dict[str, str | bytes] | None = None,
    prolog: str = "",
) -> bytes:
    """An ODT. ``text`` and ``forms``: XML of the document; ``header``: words."""
    parts: dict[str, str | bytes] = {
        "mimetype": ODT_TYPE,
        "content.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {_SPACES}><office:body>'
            f"<office:text><office:forms>{forms}</office:forms>{text}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {_SPACES}><office:master-styles><style:master-page><style:header><text:p>"
            f"{escape(header)}</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"
        ),
        "META-INF/manifest.xml": "<manifest/>",
    }
    return package(parts | (more or {}), stored=("mimetype",))
