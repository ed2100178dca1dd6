"""Letters say all that the law asks, in both languages, and never leave unfinished."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.adjudication.decisions import notifications, printing, texts
from petitbleu.desk.adjudication.decisions.service import Wrong
from petitbleu.desk.adjudication.decisions.words import Words
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.intake import service as intake
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.desk.adjudication.decisions.deciding import FORM, NOTICE, TCO, Scene, scene
from tests.domain.safety.moderation.place import service_chat
from tests.kit.world import World

_FORGET = query("update statement set told_at = null where number = :number")
VALUES: dict[str, Any] = {name: name for names in texts.KINDS.values() for name in names} | {
    "measures": [{"what": "W", "item": "I", "territory": "T", "until": "U"}],
    "unmet": [{"item": "I", "what": "N"}],
    "obstacles": ["O"],
    "targets": ["https://petitbleu.example/x/1"],
    "items": ["i"],
    "people": ["p"],
    "also_illegal": "no",
}


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("kind", sorted(texts.KINDS))
def test_every_template_uses_its_variables_and_nothing_else(kind: str, language: str) -> None:
    texts.check(kind, texts.shipped(kind, language))
    letter = texts.render(kind, language, VALUES)
    assert letter.subject and "{" not in letter.subject + letter.text
    assert "\n\n\n" not in letter.text


def test_all_languages_say_the_same() -> None:
    for kind in texts.KINDS:
        used = [
            sorted(set(re.findall(r"\b[a-z_]+\b", " ".join(
                re.findall(r"{[{%](.*?)[%}]}", texts.shipped(kind, language))
            ))))
            for language in texts.LANGUAGES
        ]  # fmt: skip
        assert all(one == used[0] for one in used), kind


def _everything(letter: str, words: dict[str, str]) -> None:
    for said, text in words.items():
        assert text in letter, said


async def test_a_statement_holds_all_of_article_17(world: World) -> None:
    at = await scene(world)
    form = at.form(
        ground="rule", law="Rules, 4.2", also_illegal="no", source="trusted",
        source_identity="An association", found_by_machine="yes", decided_by_machine="partly",
        ground_url="https://petitbleu.example/rules", remedies="Ask us anything.",
        measures=[{"kind": "remove", "item": at.link(), "until": "2027-03-01"}],
    )  # fmt: skip
    await at.decide(await at.open(NOTICE), form)
    (letter,) = await service_chat(at.ada)
    _everything(
        letter,
        {
            "(a) restriction": "The content was removed.",
            "(a) territory": "Where: everywhere",
            "(a) duration": "until 1 March 2027",
            "(b) facts": FORM["facts"],
            "(b) source": "notice of a trusted flagger",
            "(b) identity": "An association",
            "(c) detection": "It was found by automated means.",
            "(c) decision": "Automated means helped to take the decision",
            "(e) clause": "Rules, 4.2",
            "(e) why": FORM["why"],
            "(e) not said to be illegal": "does not say that it is illegal",
            "(f) complaint": "until 15 July 2027",
            "(f) out of court": "Article 21 of Regulation (EU) 2022/2065",
            "(f) court": "tribunal judiciaire",
            "more": "Ask us anything.",
        },
    )


async def test_a_letter_with_open_places_stops_the_decision(world: World) -> None:
    at = await scene(world)
    mine = "Subject: Decision {{ number }}\nBecause {{ why }} ### name the article ###\n"
    asked = {"kind": "statement", "language": "en", "text": mine}
    await perform(world.app, "desk.templates.set", asked)
    case = await at.open(NOTICE)
    with pytest.raises(Wrong) as wrong:
        await at.decide(case)
    (fault,) = wrong.value.errors
    assert "reste dans la lettre quelque chose à remplir\u00a0: ### name" in fault.say("fr")
    assert "### name the article ###" in fault.say("en")
    assert await at.place.history(at.bob) == ["Saluons l’attentat"]
    await perform(world.app, "desk.templates.set", asked | {"text": mine.replace("#", "")})
    await at.decide(case)
    (letter,) = await service_chat(at.ada)
    assert letter.startswith("Decision PB-") and "name the article" in letter
    await perform(world.app, "desk.templates.set", asked | {"text": ""})
    found = await perform(world.app, "desk.templates.show", asked)
    assert found["text"] == texts.shipped("statement", "en") and not found["own"]
    listed = (await perform(world.app, "desk.templates.list", {}))["templates"]
    (row,) = [one for one in listed if (one["kind"], one["language"]) == ("statement", "en")]
    assert row.pop("age") == texts.reading_age("statement", found["text"])
    assert row == {"kind": "statement", "language": "en", "own": False, "version": 3}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ('{"FR": {"en": {"court": "before the court of Brumeville"}}}', "court of Brumeville"),
        ('{"FR": {"en": {"court": 7}}}', "tribunal judiciaire"),
        ("{", "tribunal judiciaire"),
    ],
)
async def test_counsel_changes_what_is_said_of_courts(world: World, file: str, said: str) -> None:
    folder = world.app.config.data / "law"
    folder.mkdir()
    (folder / "redress.json").write_text(file)
    at = await scene(world)
    await at.decide(await at.open(NOTICE))
    assert said in (await service_chat(at.ada))[0]
    assert all("redress.json" in one["reason"] for one in world.errors)
    world.errors.clear()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Because {{ why }}", "subject"),
        ("Subject: x\n{{ password }}", "password"),
        ("Subject: x\n{% for x in %}", "line 2"),
    ],
)
async def test_a_template_that_cannot_be_used_is_refused(world: World, text: str, why: str) -> None:
    asked = {"kind": "statement", "language": "en", "text": text}
    with pytest.raises(CommandRefused, match=why):
        await perform(world.app, "desk.templates.set", asked)
    for wrong in ({"kind": "poem"}, {"language": "xx"}):
        with pytest.raises(CommandRefused):
            await perform(world.app, "desk.templates.set", asked | wrong)


@pytest.mark.parametrize(
    "text", ["{{ ''.__class__.__mro__ }}", "{{ operator.__init__ }}", "{{ 'x' * 10 ** 9 }}"]
)
def test_a_template_reaches_nothing_of_the_program(text: str) -> None:
    with pytest.raises(texts.BadTemplate):
        texts.render("withdrawn", "en", VALUES, {("withdrawn", "en"): f"Subject: x\n{text}"})


async def test_a_statement_is_said_once_however_often_the_job_runs(world: World) -> None:
    at = await scene(world)
    row = await at.decide(await at.open(NOTICE))

    async def forget(tx: Tx) -> None:
        await tx.run(_FORGET, number=row.number)

    await world.app.store.write(forget)  # as if the process had ended before it was written
    await notifications.tell(world.app, row.number, at.ada.user_id, "statement")
    assert len(await service_chat(at.ada)) == 1


async def test_a_long_statement_is_said_in_parts(world: World) -> None:
    at = await scene(world)
    await at.decide(await at.open(NOTICE), at.form(facts="Un fait. " * 550))
    parts = await service_chat(at.ada)
    assert len(parts) > 1 and max(len(one) for one in parts) <= 4096
    whole = "".join(reversed(parts)).replace("\n", "")
    assert whole.count("Un fait.") == 550


# ── forms ───────────────────────────────────────────────────────────────────────────────────────


async def _pdf(world: World, kind: str, language: str, **more: Any) -> str:
    every = [{"yes": True, "text": "Force majeure"}, {"yes": False, "text": "Other"}]
    page = texts.page(kind, language, VALUES | {"every": every} | more)
    made = await printing.pdf(world.app, page)
    assert made is not None, printing.trouble(world.app)
    return "\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(made)).pages)


@pytest.mark.sometimes(2)
@pytest.mark.parametrize("language", texts.LANGUAGES)
async def test_forms_are_printed(world: World, language: str) -> None:
    annex2 = await _pdf(world, "annex2", language)
    annex3 = await _pdf(world, "annex3", language)
    eevidence = await _pdf(world, "eevidence3", language)
    effect = await _pdf(world, "authority_effect", language)
    stopped = await _pdf(world, "authority_impossible", language)
    for text, law in (
        (annex2, "2021/784"),
        (annex3, "2021/784"),
        (eevidence, "2023/1543"),
        (effect, "2022/2065"),
        (stopped, "2022/2065"),
    ):
        assert law in text and "reference" in text and "signatory" in text
    assert "detail" in stopped
    assert "https://petitbleu.example/x/1" in annex2
    assert "Force majeure" in annex3 and "detail" in eevidence


async def test_what_somebody_typed_is_no_markup_in_a_form(world: World) -> None:
    text = await _pdf(world, "annex3", "en", detail='<img src="file:///etc/passwd"><b>x</b>')
    assert '<img src="file:///etc/passwd">' in text


async def test_a_page_can_load_nothing(world: World, tmp_path: Any) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body::after { content: 'leaked' }")
    html = (
        f'<html lang="en"><link rel="stylesheet" href="{secret.as_uri()}"><body>fine</body></html>'
    )
    made = await printing.pdf(world.app, html)
    assert made is None or "leaked" not in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()


async def test_without_the_printer_the_letter_leaves_as_text(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(self: Any, job: dict[str, Any]) -> dict[str, Any]:
        return {"error": "WeasyPrint cannot be used: cannot load library 'libpango'"}

    monkeypatch.setattr("petitbleu.sandbox.Sandbox.run", broken)
    at: Scene = await scene(world)
    await at.decide(await at.open(TCO), at.form(source="other"))
    (mail,) = at.mails("greffe@tribunal.example")
    assert "annexe II" in mail.text and not mail.message.is_multipart()
    assert "libpango" in printing.trouble(world.app)


def test_dates_and_countries_are_said_in_both_languages() -> None:
    french, english = Words("fr", "Europe/Paris"), Words("en", "Europe/Paris")
    assert french.moment(1_800_000_000) == "15 janvier 2027 à 9\u00a0h\u00a000 (CET)"
    assert english.moment(1_800_000_000) == "15 January 2027, 09:00 (CET)"
    assert french.countries(["DE", "FR"]) == "Allemagne et France"
    assert english.countries([]) == "everywhere"


async def test_the_answer_stands_in_the_thread_of_the_letter(world: World) -> None:
    at = await scene(world)
    raw = (
        b"From: greffe@tribunal.example\r\nTo: legal@petitbleu.example\r\n"
        b"Message-ID: <order-1@tribunal.example>\r\nSubject: Ordonnance\r\n\r\n"
        b"Ordonnance TJ 26/0412, retrait : " + at.link().encode() + b"\r\n"
    )
    arrived = await intake.deliver(world.app, raw, channel="smtp")
    state = await at.case(arrived.case)
    await world.app.store.write(
        cases.append,
        world.app,
        state.number,
        "staff:7",
        CaseEvent("kind", {"kind": "dsa_art9_order"}),
    )
    await at.decide(state.number, at.form(source="other"))
    await at.pass_time(601)
    answer = at.mails("greffe@tribunal.example")[-1].message
    assert answer["In-Reply-To"] == answer["References"] == "<order-1@tribunal.example>"
