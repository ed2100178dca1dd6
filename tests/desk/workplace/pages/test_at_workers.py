"""The desk in Chromium at three workers, each request at the next: pages, keys, a signature whose
challenge one worker gave and another one checks, a letter that becomes a case.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from petitbleu.bench import haproxy
from tests.kit.chromium import Window, axe
from tests.kit.proxied_desk import ProxiedDesk, proxied_desk

pytestmark = [pytest.mark.browser, pytest.mark.long]
LETTER = """\
From: Jean Martin <jean@ville.example>
To: contact@desk.example
Subject: Une question sur votre service
Message-ID: <one@ville.example>
Date: Mon, 02 Nov 2026 10:00:00 +0000
Content-Type: text/plain; charset=utf-8

Bonjour, à qui faut-il écrire pour la fête du port ?
"""


@pytest.fixture
async def desk() -> AsyncIterator[ProxiedDesk]:
    async with proxied_desk(3) as made:
        yield made


async def _walk(window: Window) -> list[str]:
    """Open each page that the rail names; their addresses."""
    found = await window.page.evaluate(
        "[...document.querySelectorAll('nav.rail a')].map((one) => one.getAttribute('href'))"
    )
    paths = sorted({path for path in found if path.startswith("/desk")})
    for path in paths:
        answer = await window.page.goto(window.base + path)
        assert answer is not None and answer.status == 200, path
        assert await axe(window.page) == [], path
    return paths


if haproxy.program():

    async def test_a_day_at_the_desk(desk: ProxiedDesk, tmp_path: Path) -> None:
        ada = await desk.invited("director", "legal", "triage")
        page = ada.page
        paths = await _walk(ada)
        assert {"/desk/mail", "/desk/queues", "/desk/team"} <= set(paths)

        # A letter comes in at one worker, and is read at all.
        letter = tmp_path / "letter.eml"
        letter.write_text(LETTER, "utf-8")
        said = await asyncio.to_thread(desk.cluster.run, "desk", "deliver", str(letter), "--json")
        number = json.loads(said)["case"]
        for _ in range(3):
            await ada.go(f"/desk/cases/{number}")
            assert "fête du port" in await ada.words()
        await page.keyboard.press("a")
        await page.wait_for_selector("text=The case is yours")
        for _ in range(3):
            await ada.go("/desk/mine")
            assert number in await ada.words()

        # A signature: the challenge of one worker, checked by another one.
        await ada.go("/desk/team")
        await page.fill("#f-name", "Bo")
        await page.fill("#f-email", "bo@example.org")
        await page.check("input[name=role][value=triage]")
        desk.asked.clear()
        await page.click("form[action='/desk/team/invite'] button")
        await page.wait_for_selector("text=is invited")
        signed = [worker for path, worker, _ in desk.asked if path.startswith("/desk/t")]
        assert len(set(signed)) > 1, "challenge and signature at one worker"

        # Signed out at one, signed out at all.
        await page.click("form[action='/desk/sign-out'] button")
        for _ in range(3):
            await ada.go("/desk/team")
            assert "Use my passkey" in await ada.words()
        await ada.go("/desk/sign-in")  # not of a page that would be shown afterwards
        await desk.by_passkey(ada)
        workers = {worker for _, worker, _ in desk.asked}
        print(f"{len(paths)} pages of the rail; answers of {sorted(workers)}")
        assert len(workers) == 3
        assert ada.problems == []
        assert not [line for line in desk.cluster.log().splitlines() if "[error" in line]
