"""Sign-in by a provider, in Chromium, at two workers behind HAProxy that take requests in turn: it
begins at one and is answered at the other. What is forged, replayed or unknown is refused in a
sentence; where the provider is away, passkeys go on.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from petitbleu.bench import haproxy
from tests.kit.chromium import Window, axe
from tests.kit.oidc import Provider
from tests.kit.proxied_desk import ProxiedDesk, proxied_desk

pytestmark = [pytest.mark.browser, pytest.mark.long]
SETTINGS = """
[sso]
issuer = "{url}"
client_id = "desk"
client_secret = "s%cret:"
name = "Example ID"
"""
SUBJECT = "ada@example.org"
ANSWER = "/desk/sso/answer"


class Signing(NamedTuple):
    """The desk and its provider."""

    desk: ProxiedDesk
    provider: Provider

    async def connect(self, window: Window) -> None:
        """Connect the person's account at the provider, with a signature of the passkey."""
        await window.go("/desk/settings")
        await window.page.click("#sso button")
        await self.confirm(window, SUBJECT)
        await window.page.wait_for_url("**/desk/settings?done=sso*")

    async def confirm(self, window: Window, subject: str) -> None:
        """Say at the provider who one is."""
        await window.page.wait_for_url(self.provider.url + "/**")
        await window.page.fill("input[name=sub]", subject)
        await window.page.click("button:has-text('Authorize')")

    async def begin(self, window: Window) -> None:
        """Press the button of the sign-in page, as far as the provider."""
        await window.go("/desk/sign-in")
        await window.page.click("a[href^='/desk/sso']")
        await window.page.wait_for_url(self.provider.url + "/**")


async def reads(window: Window, *words: str) -> None:
    """Wait for the words of a page, which says them as a page does (axe)."""
    for word in words:
        await window.page.wait_for_selector(f"main:has-text('{word}')")
    assert await axe(window.page) == []


@pytest.fixture
async def signing(provider: Provider) -> AsyncIterator[Signing]:
    async with proxied_desk(2, SETTINGS.format(url=provider.url)) as desk:
        yield Signing(desk, provider)


if haproxy.program():

    async def test_it_begins_at_one_worker_and_is_answered_at_the_other(signing: Signing) -> None:
        desk = signing.desk
        person = await desk.invited("lead")
        await signing.connect(person)
        await person.page.click("form[action='/desk/sign-out'] button")
        window = await desk.window(passkeys=False)
        await signing.begin(window)
        await signing.confirm(window, SUBJECT)
        await window.page.wait_for_url(desk.base + "/desk")
        assert "No. " in await window.words()
        asked = [one for one in desk.asked if one[0] in ("/desk/sso", ANSWER)][-2:]
        assert [path for path, *_ in asked] == ["/desk/sso", ANSWER]
        print(f"begun at {asked[0][1]}, answered at {asked[1][1]}")
        assert asked[0][1] != asked[1][1], "begun and answered at one worker"
        # What signs is a passkey, and this browser has none.
        await window.go("/desk/team")
        await window.page.fill("input[name=name]", "Bo")
        await window.page.fill("input[name=email]", "bo@example.org")
        await window.page.check("input[name=role][value=triage]")
        await window.page.click("form[action='/desk/team/invite'] button")
        await window.page.wait_for_timeout(1000)
        assert "Bo" not in await asyncio.to_thread(desk.cluster.run, "admin", "staff", "list")

    async def test_what_does_not_count_is_refused_in_a_sentence(signing: Signing) -> None:
        desk = signing.desk
        person = await desk.invited("lead")
        await signing.connect(person)
        window = await desk.window()
        answers: list[str] = []
        window.page.on(
            "request", lambda one: answers.append(one.url) if ANSWER in one.url else None
        )

        # Somebody whom nobody connected.
        await signing.begin(window)
        await signing.confirm(window, "stranger@example.org")
        await reads(window, "has connected this account", "Use my passkey")

        # Cancelled there.
        await signing.begin(window)
        await window.page.click("button:has-text('Deny')")
        await reads(window, "cancelled at Example ID")

        # A token of another sign-in.
        await signing.begin(window)
        await window.page.goto(re.sub(r"nonce=[^&]+", "nonce=another", window.page.url))
        await signing.confirm(window, SUBJECT)
        await reads(window, "belongs to another sign-in")

        # An answer once more, and one that was changed.
        await signing.begin(window)
        await signing.confirm(window, SUBJECT)
        await window.page.wait_for_url(desk.base + "/desk")
        used = answers[-1]
        await window.page.goto(used)
        await reads(window, "used already")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(used).query).items()}
        state = asked["state"][:-2] + ("A" if asked["state"][-2] != "A" else "B")
        forged = {**asked, "state": state + asked["state"][-1]}
        await window.page.goto(f"{desk.base}{ANSWER}?{urlencode(forged)}")
        await reads(window, "does not belong to a sign-in")
        other = await desk.window()
        await other.page.goto(used)
        await reads(other, "does not belong to a sign-in")

        # A code that was used, under a fresh state.
        await signing.begin(other)
        fresh = parse_qs(urlsplit(other.page.url).query)["state"][0]
        again = urlencode({**asked, "state": fresh})
        await other.page.goto(f"{desk.base}{ANSWER}?{again}")
        await reads(other, "did not confirm")

        # Nobody there: passkeys go on.
        await person.page.click("form[action='/desk/sign-out'] button")
        signing.provider.stop()
        await person.go("/desk/sign-in")
        await person.page.click("a[href^='/desk/sso']")
        await reads(person, "Example ID", "Use my passkey")
        assert person.page.url.startswith(desk.base), "stays at the desk"
        await desk.by_passkey(person)
        assert "No. " in await person.words()
