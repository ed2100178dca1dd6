"""Whoever writes of danger is told whom to call: in their language, below neutral words."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import perform
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.intake import receipts
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.classify.language import detect_language
from petitbleu.desk.intake.danger import helping, texts
from tests.desk.intake.danger.kit import all_cases, surely
from tests.desk.intake.mails import MX, mail
from tests.kit.world import World

SCRIPTS = (
    ("أخي يريد أن يقفز من السطح الليلة", "ar"),
    ("برادرم می‌خواهد گریه کند", "fa"),
    ("Мой брат хочет прыгнуть с моста", "ru"),
    ("Мій брат хоче стрибнути з мосту, її ще немає", "uk"),
    ("Ο αδερφός μου θέλει να πηδήξει", "el"),
    ("אחי רוצה לקפוץ מהגשר", "he"),
    ("弟が橋から飛び降りると言っています", "ja"),
    ("我弟弟说他要从桥上跳下去", "zh"),
    ("남동생이 다리에서 뛰어내린다고 해요", "ko"),
    ("मेरा भाई पुल से कूदना चाहता है", "hi"),
)


@pytest.mark.parametrize(("text", "language"), SCRIPTS)
def test_scripts_are_known(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_help_says_whom_to_call_what_the_desk_is_and_what_not_to_send(
    world: World, language: str
) -> None:
    said = helping.words(world.app, language, "CH")
    assert "117, 144, 112" in said and world.app.config.name in said
    heading = helping.page(world.app, language, "")
    assert heading[0] == language and len(heading[2]) >= 4


@pytest.mark.parametrize(
    ("address", "country"),
    [("a@x.fr", "FR"), ("a@x.co.uk", "GB"), ("a@x.example", ""), ("", ""), ("a@x.ma", "MA")],
)
def test_an_address_names_a_country(address: str, country: str) -> None:
    assert helping.country_of_address(address) == country


async def _receipt(world: World, raw: bytes) -> Any:
    operator = {"country": "FR", "authserv_id": MX, "declared_languages": ["fr", "en"]}
    await perform(world.app, "desk.operator.set", {"operator": operator})
    await intake.deliver(world.app, raw, channel="smtp")
    (state,) = await all_cases(world)
    rows = await letters.of_case(world.app.store, state.number)
    for row in rows:
        await letters.send(world.app, row.id)
    return world.mail.sent[-1] if rows else None


async def test_subject_and_preview_of_a_receipt_are_neutral(world: World) -> None:
    raw = mail("A <a@home-mail.fr>", "c@petitbleu.example", "Il va me tuer", surely())
    sent = await _receipt(world, raw)
    assert "tuer" not in sent.subject
    assert "112" in sent.text and "17" in sent.text
    assert "112" not in sent.text[:250] and "danger" not in sent.text[:250].lower()


async def test_a_letter_in_arabic_is_answered_in_arabic(world: World) -> None:
    raw = mail(
        "A <a@home-mail.example>",
        "c@petitbleu.example",
        "رسالة",
        "مرحبا، عندي سؤال عن حسابي من فضلكم",
    )
    sent = await _receipt(world, raw)
    assert "وصلتنا رسالتك" in sent.text


async def test_a_sender_whose_address_is_not_theirs_is_written_nothing(world: World) -> None:
    raw = mail("A <a@home-mail.example>", "c@petitbleu.example", "Aide", surely(), auth="fail")
    assert await _receipt(world, raw) is None
    (state,) = await all_cases(world)
    assert state.danger


async def test_who_has_had_their_receipts_still_hears_whom_to_call(world: World) -> None:
    operator = {"country": "FR", "authserv_id": MX, "declared_languages": ["fr", "en"]}
    await perform(world.app, "desk.operator.set", {"operator": operator})
    for n in range(receipts.FREE):
        raw = mail("A <a@home-mail.fr>", "c@petitbleu.example", f"Question {n}", f"Bonjour, {n}")
        await intake.deliver(world.app, raw, channel="smtp")
    raw = mail("A <a@home-mail.fr>", "c@petitbleu.example", "Bonjour", surely())
    done = await intake.deliver(world.app, raw, channel="smtp")
    rows = await letters.of_case(world.app.store, done.case)
    await letters.send(world.app, rows[-1].id)
    assert "112" in world.mail.sent[-1].text
