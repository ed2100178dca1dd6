"""What the codes of a case mean. ``docs/desk/codes.md`` is made of this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from petitbleu.catalogues import SOURCE, Catalogue


class Codes(Mapping[str, str]):
    """Codes of one sort, each with its sentence in English."""

    __slots__ = ("texts",)

    def __init__(self, table: str) -> None:
        self.texts = Catalogue("desk", f"codes.{table}")

    def __getitem__(self, code: str) -> str:
        return self.texts[SOURCE][code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts[SOURCE])

    def __len__(self) -> int:
        return len(self.texts[SOURCE])


WARNINGS = Codes("warnings")
DEFECTS = Codes("defects")
VERDICTS = Codes("verdicts")
REASONS = Codes("reasons")
"""Why a letter was sorted as it is: ``code`` or ``code=what``."""


def sentence(code: str, language: str) -> str:
    """What a code says, in a language; the code itself where it is none of ours.

    A reason may bring what it found along: ``sent_to=legal``.
    """
    name, _, what = code.partition("=")
    for table in (WARNINGS, DEFECTS, VERDICTS, REASONS):
        if name in table:
            return table.texts[language][name].replace("{what}", what)
    return code


def document() -> str:
    """``docs/desk/codes.md``."""
    parts = [
        "# Codes of a case",
        "",
        "`petitbleu desk case` and the workplace name what was noticed by codes. This page is made"
        " from",
        "`src/petitbleu/locale/`; a test keeps them the same.",
    ]
    for title, table in (
        ("Warnings (`warnings`)", WARNINGS),
        ("Formal defects (`formal_defects`): they never stop a clock", DEFECTS),
        ("Verdicts on attachments (`attachments[].verdict`)", VERDICTS),
        ("Reasons of the sorting (`reasons`): `code`, or `code=what`", REASONS),
    ):
        parts += ["", f"## {title}", "", "| code | " + " | ".join(table.texts) + " |"]
        parts += ["|---|" + "---|" * len(table.texts)]
        parts += [
            " | ".join([f"| `{code}`", *(table.texts[text][code] for text in table.texts)]) + " |"
            for code in table
        ]
    return "\n".join(parts) + "\n"
