"""Pages in a language that is nothing but files, and in German: no text is outside catalogues."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from petitbleu import catalogue_files, catalogues
from petitbleu.catalogues import FOLDER, SOURCE
from petitbleu.desk.adjudication.decisions import texts as letters
from petitbleu.desk.adjudication.decisions.words import Words
from petitbleu.domain.safety.moderation import options
from petitbleu.domain.servicechat import texts as servicechat
from tests.desk.outside.test_about import PAGES
from tests.kit.web import Browser

_OWN = re.compile(
    r"[\W\d_]*|petitbleu .*|(– )?Chez nous( SAS)?|English|Français|Deutsch|Esperanto"
    r"|RCS Paris.*|24 h|.*@chez-nous\.example|1 rue du Tube.*|Ada Lovelace|Arcom|age1.*"
    r"|/\.well-known/.*|PB-2026-000123|SHA-256|Francujo|petitbleu-contact.*|\S{43}="
    r"|.*/transparence/journal|.*angla.*",
)
"""What the operator and the instance say of themselves, and names."""


@pytest.fixture
def pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esperanto, in which every text stands in brackets; its files are all that is made."""
    folder = tmp_path / "locale"
    shutil.copytree(FOLDER, folder)
    for path in (folder / SOURCE / "LC_MESSAGES").glob("*.po"):
        found = [catalogue_files.header("eo")]
        for one in list(catalogues.parse(path.read_text("utf-8")))[1:]:
            inner = [form.strip("\n") for form in one.forms]
            made = tuple(
                form.replace(said, f"⟦{said}⟧", 1) if said else form
                for form, said in zip(one.forms, inner, strict=True)
            )
            as_it_is = one.key == "language_name" or one.context == "templates"
            found.append(one if as_it_is else one._replace(forms=made))
        place = folder / "eo" / "LC_MESSAGES" / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(catalogue_files.text(found), "utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", folder)


@pytest.mark.parametrize("path", ["/", *PAGES])
async def test_every_text_of_a_page_is_in_the_catalogue(
    pseudo: None, lite: Browser, path: str
) -> None:
    lite.language = "eo"
    page = await lite.get(path)
    assert page.status == 200 and page.headers["content-language"] == "eo"
    text = " ".join(page.pieces)
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "\n", text)) != text:
        text = shorter
    left = [part.strip() for part in text.split("\n") if part.strip()]
    assert [one for one in left if not _OWN.fullmatch(one)] == []


async def test_members_and_letters_speak_it_too(pseudo: None) -> None:
    assert servicechat.language("eo-XX") == "eo" == letters.language("eo")
    assert servicechat.say("eo", "unknown").startswith("⟦")
    assert Words("eo", "Europe/Paris").countries([]) == "⟦everywhere⟧"
    assert options.language("eo") == "eo"


@pytest.mark.parametrize("path", ["/", *PAGES])
async def test_a_german_browser_gets_german(lite: Browser, path: str) -> None:
    lite.language = "de-AT,de;q=0.9,en;q=0.5"
    page = await lite.get(path)
    assert page.status == 200 and '<html lang="de"' in page.text
    assert "Zum Inhalt springen" in page.words and "Skip to" not in page.words
    assert not re.search(r"\b(the|and|with|your)\b", page.words)
    english = await lite.get(f"{path}?lang=en")
    assert '<html lang="en"' in english.text
    assert f'href="{path}?lang=de"' in english.text
