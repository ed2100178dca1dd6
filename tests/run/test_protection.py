"""What holds workers in, in words; and what works on a kernel that lacks a part."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pypdf
import pytest

from petitbleu import landlock
from petitbleu.desk.intake import reading
from petitbleu.run import health, protection
from petitbleu.sandbox import Sandbox, Walls
from tests.domain.files.media.test_hostile import SVG, as_file, as_photo, picture, probing
from tests.kit.older_kernel import lacking
from tests.kit.world import World

PAGE = "<title>テスト — é</title>"
WORKERS = {
    "petitbleu.web.public.card_worker": {"title": "A post", "channel": "C", "site": "example.org"},
    "petitbleu.web.public.smaller_worker": {"data": picture(300, 200), "avif": True},
    "petitbleu.domain.messaging.webpages.worker": {
        "body": PAGE.encode("shift_jis", "replace"),
        "charset": "shift_jis",
        "url": "https://example.org/",
    },
    "petitbleu.desk.reference.law.holidays_of": {"country": "FR", "years": [2027]},
    "petitbleu.desk.adjudication.decisions.printer": {
        "html": "<html lang=fr><title>T</title><p>Été"
    },
}
"""Those besides pictures and letters, with a job."""
LANDLOCK, SECCOMP = "landlock_create_ruleset", "prctl"


@pytest.mark.parametrize(
    ("denied", "words"),
    [
        ((), f"reach nothing else (Landlock {landlock.version()}, seccomp)."),
        ((LANDLOCK,), "This system has no Landlock: processes"),
        ((SECCOMP,), "This system does not filter system calls (seccomp): whoever"),
        ((LANDLOCK, SECCOMP), "has neither Landlock nor seccomp: whoever finds a fault"),
    ],
    ids=["both", "no Landlock", "no seccomp", "neither"],
)
async def test_check_and_log_say_what_is_missing(
    world: World, monkeypatch: pytest.MonkeyPatch, denied: tuple[str, ...], words: str
) -> None:
    lacking(monkeypatch, *denied)
    report = await health.examine(world.app)
    assert report.ok
    assert len([line for line in report.lines if words in line]) == 1
    logged: list[tuple[str, str]] = []

    class Log:
        def warning(self, event: str, reason: str) -> None:
            logged.append((event, reason))

    world.app.log, before = Log(), world.app.log
    await protection.log(world.app)
    world.app.log = before
    assert [event for event, _ in logged] == (["sandbox.partial"] if denied else [])
    assert all(words in reason for _, reason in logged)


async def test_check_says_that_workers_do_not_start(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking(monkeypatch, "read")
    report = await health.examine(world.app)
    assert not report.ok
    assert any("do not work" in line for line in report.lines)


def test_an_older_landlock_lets_signals_through() -> None:
    assert "send signals" in protection.in_words(Walls(5, False))
    assert "send signals" not in protection.in_words(Walls(6, False))


@pytest.mark.parametrize("denied", [LANDLOCK, SECCOMP], ids=["no Landlock", "no seccomp"])
async def test_pictures_and_files_are_served_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, denied: str
) -> None:
    lacking(monkeypatch, denied)
    probing(world, 'echo \'{"format":{"duration":"12.5"},"streams":[]}\'')
    ada = await world.sign_up()
    for form in ("JPEG", "PNG", "WEBP", "GIF", "BMP"):
        assert await as_photo(ada, picture(60, 40, form)) == ""
    assert await as_photo(ada, SVG) == "PHOTO_EXT_INVALID"
    assert await as_photo(ada, picture(64, 64, "TIFF")) == "PHOTO_EXT_INVALID"
    assert (await as_file(ada, b"\0\0\0\x18ftypisom" + bytes(50), "video/mp4")).size == 62


@pytest.mark.sometimes(2)
@pytest.mark.turns(3)
@pytest.mark.parametrize("denied", [LANDLOCK, SECCOMP], ids=["no Landlock", "no seccomp"])
@pytest.mark.parametrize("module", WORKERS)
async def test_workers_answer_the_same_with_less_to_hold_them(
    monkeypatch: pytest.MonkeyPatch, denied: str, module: str
) -> None:
    async def answer() -> dict[str, object]:
        pool = Sandbox(module, workers=1, seconds=50, memory=1 << 30)
        found = await pool.run(WORKERS[module])
        await pool.close()
        if "pdf" in found:  # it has a time and a random name in it
            return {"pages": len(pypdf.PdfReader(io.BytesIO(found["pdf"])).pages)}
        if "days" in found:
            return {year: set(days) for year, days in found["days"].items()}
        return found

    expected = await answer()
    lacking(monkeypatch, denied)
    assert await answer() == expected
    assert expected and "error" not in expected


@pytest.mark.parametrize("denied", [LANDLOCK, SECCOMP], ids=["no Landlock", "no seccomp"])
async def test_letters_are_read_the_same_with_less_to_hold_workers(
    world: World, monkeypatch: pytest.MonkeyPatch, denied: str
) -> None:
    made = EmailMessage()
    made["From"], made["To"] = "a@court.example", "legal@petitbleu.example"
    made["Subject"] = "Injonction"
    made.set_content("Retirez le contenu sous 24 heures. Été", charset="windows-1252")
    made.add_attachment("これは".encode("iso2022_jp"), maintype="text", subtype="plain",
                        filename="a.txt", params={"charset": "iso-2022-jp"})  # fmt: skip
    writer, pdf, packed = pypdf.PdfWriter(), io.BytesIO(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(pdf)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("inside.txt", "inside")
    made.add_attachment(pdf.getvalue(), maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="a.zip")
    expected = await reading.read(world.app, made.as_bytes(), now=1_800_000_000, received=None)
    await world.app.parts.pop(reading.READERS).close()
    lacking(monkeypatch, denied)
    found = await reading.read(world.app, made.as_bytes(), now=1_800_000_000, received=None)
    assert found == expected
    assert found.letter.subject == "Injonction"
    assert found.letter.attachments, "a worker has read it, not only its beginning"
