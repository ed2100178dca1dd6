"""Staff who come in through an OpenID provider: a process of its own, two apps, one database."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

import msgspec
import pytest

from petitbleu.clock import ManualClock
from petitbleu.desk.staffing.sso import provider as speaking
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.keys import Secrets
from petitbleu.store.api import Store
from tests.kit.desk import URL, DeskSite, Person
from tests.kit.oidc import Provider
from tests.kit.web import Answer
from tests.kit.world import World, running

ANSWER = "/desk/sso/answer"


class Two(NamedTuple):
    """Two apps over one database, and their provider."""

    one: DeskSite
    two: DeskSite
    provider: Provider

    def carried(self, person: Person) -> Person:
        """The same browser, whose next call reaches the other app."""
        other = Person(self.two, person.device)
        other.id, other.cookie, other.csrf = person.id, person.cookie, person.csrf
        other.sso_cookie = person.sso_cookie
        return other

    async def connected(self, *roles: str, subject: str, **more: Any) -> Person:
        """Somebody of the staff who connected their account."""
        person = await self.one.person(*roles, **more)
        page = await self.connect(person, subject)
        assert page.headers["location"] == "/desk/settings?done=sso", page.words
        return person

    async def connect(self, person: Person, subject: str) -> Answer:
        page = await person.sign("/desk/settings/sso")
        assert page.status == 200, page.words
        found = re.search(r'class="button" href="([^"]+)"', page.text)
        assert found is not None
        url = unescape(found[1])
        assert page.headers["refresh"] == f"0; url={url}"
        return await away(self.carried(person)).get(await self.provider.sign_in(url, subject))

    async def begun(self, person: Person, following: str = "/desk") -> str:
        """Where the button of the sign-in page leads."""
        page = await person.get(f"/desk/sso?next={following}")
        assert page.status == 303, page.words
        return page.headers["location"]

    async def sign_in(self, subject: str, following: str = "/desk") -> tuple[Person, Answer]:
        """Come in as ``subject``: begun at one app, answered at the other."""
        person = self.one.outsider()
        back = await self.provider.sign_in(await self.begun(person, following), subject)
        person = self.carried(person)
        page = await away(person).get(back)
        return home(person), page


def away(person: Person) -> Person:
    """The next call comes from the provider's page: no strict cookie, no Origin."""
    person.headers = {"sec-fetch-site": "cross-site"}
    person.cookie = ""
    return person


def home(person: Person) -> Person:
    person.headers = {"sec-fetch-site": "same-origin", "origin": URL}
    return person


@pytest.fixture
async def two(store: Store, tmp_path: Path, provider: Provider) -> AsyncIterator[Two]:
    clock, secrets = ManualClock(float(int(time.time()))), Secrets.create()
    async with AsyncExitStack() as stack:
        sites = []
        for _ in range(2):
            world = World(
                store,
                tmp_path,
                clock=clock,
                secrets=secrets,
                public_url=URL,
                languages=("en", "fr"),
                sso=provider.settings,
            )
            sites.append(DeskSite(await stack.enter_async_context(running(world))))
        yield Two(sites[0], sites[1], provider)


@pytest.mark.engines
async def test_sign_in_begins_at_one_app_and_is_answered_at_another(two: Two) -> None:
    ada = await two.connected("lead", subject="ada@example.org")
    page = await two.one.outsider().get("/desk/sign-in?next=/desk/team")
    assert "Sign in with Example ID" in page.words and "Use my passkey" in page.words
    person, page = await two.sign_in("ada@example.org", "/desk/team")
    assert (page.status, page.headers["location"]) == (303, "/desk/team")
    cookie = page.headers["set-cookie"].lower()
    for part in ("__host-desk=", "; secure", "; httponly", "; samesite=strict"):
        assert part in cookie
    assert f"No. {ada.id}" in (await person.get("/desk")).words
    log = await two.one.log()
    assert [one.action for one in log if one.action in ("sso.bind", "sign-in")] == [
        *("sign-in", "sso.bind", "sign-in"),
    ]
    assert "ada@example.org" not in repr(log), "the log names the account by a digest"


async def test_a_session_of_the_provider_reads_and_writes_and_signs_with_a_passkey(
    two: Two,
) -> None:
    ada = await two.connected("lead", "moderator", subject="ada")
    person, _ = await two.sign_in("ada")
    person.device = ada.device
    assert (await person.get("/desk/settings")).status == 200
    assert (await person.post("/desk/settings/own", {"language": "en"})).status == 303
    fields = {"name": "Bo", "email": "bo@example.org", "language": "en", "role": "triage"} | {
        "queues_of": "all",
        "measures_of": "all",
    }
    page = await person.post("/desk/team/invite", fields)
    assert page.status == 403 and "signature of your passkey" in page.words
    for path in ("/desk/settings/passkeys", "/desk/cases/PB-2026-000001/target"):
        page = await person.post(path, {"answer": "x"})
        assert page.status == 403 and "began with your passkey" in page.words, path
    signed = await person.sign("/desk/team/invite", fields)
    assert signed.status == 200 and "is invited" in signed.words, signed.words
    actions = await two.one.actions()
    assert "sign" in actions and "passkey.add" in actions


async def test_nobody_is_made_staff_by_the_provider(two: Two) -> None:
    before = len(await staff.everybody(two.one.world.app, two.one.world.app.store))
    person, page = await two.sign_in("stranger")
    assert page.status == 403 and "has connected this account" in page.words
    assert "Use my passkey" in page.words and not person.cookie
    app = two.one.world.app
    assert len(await staff.everybody(app, app.store)) == before


async def test_what_is_forged_replayed_or_late_is_refused(two: Two) -> None:
    await two.connected("lead", subject="ada")
    person = two.one.outsider()
    back = await two.provider.sign_in(await two.begun(person), "ada")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    other = two.one.outsider()
    await two.begun(other)
    person, other, bare = (away(two.carried(one)) for one in (person, other, two.one.outsider()))
    changed = asked["state"][:-2] + ("A" if asked["state"][-2] != "A" else "B") + asked["state"][-1]
    for who, fields in (
        (bare, asked),  # the browser of somebody else, to be signed in as ada
        (other, asked),
        (person, {**asked, "state": changed}),
        (person, {**asked, "state": ""}),
        (person, {**asked, "state": "é" * 9}),
        (person, {**asked, "state": "A" * 9999}),
    ):
        page = await who.get(f"{ANSWER}?{urlencode(fields)}")
        assert page.status == 403 and "does not belong to a sign-in" in page.words, fields
    elsewhere = {**asked, "iss": "https://evil.example"}
    assert "another provider" in (await person.get(f"{ANSWER}?{urlencode(elsewhere)}")).words
    assert (await person.get(back)).status == 303
    person.cookie = ""
    page = await person.get(back)
    assert page.status == 403 and "used already" in page.words
    person = two.one.outsider()
    old = await two.provider.sign_in(await two.begun(person), "ada")
    two.one.world.clock.advance(601)
    page = await away(two.carried(person)).get(old)
    assert page.status == 403 and "too late" in page.words


async def test_a_code_that_was_used_is_refused_under_a_fresh_state(two: Two) -> None:
    await two.connected("lead", subject="ada")
    person = two.one.outsider()
    back = await two.provider.sign_in(await two.begun(person), "ada")
    used = parse_qs(urlsplit(back).query)["code"][0]
    assert (await away(two.carried(person)).get(back)).status == 303
    person = two.one.outsider()
    state = parse_qs(urlsplit(await two.begun(person)).query)["state"][0]
    page = await away(two.carried(person)).get(
        f"{ANSWER}?{urlencode({'state': state, 'code': used})}"
    )
    assert page.status == 403 and "did not confirm" in page.words


async def test_a_token_of_another_sign_in_is_refused(two: Two) -> None:
    await two.connected("lead", subject="ada")
    person = two.one.outsider()
    url = await two.begun(person)
    other = re.sub(r"nonce=[^&]+", "nonce=another", url)
    assert other != url
    page = await away(two.carried(person)).get(await two.provider.sign_in(other, "ada"))
    assert page.status == 403 and "belongs to another sign-in" in page.words


async def test_a_token_that_has_ended_is_refused(two: Two) -> None:
    await two.connected("lead", subject="ada")
    two.one.world.clock.advance(2 * 3600)  # the provider's tokens live an hour
    _, page = await two.sign_in("ada")
    assert page.status == 403 and "no longer valid" in page.words


async def test_whoever_cancels_or_has_left_does_not_come_in(two: Two) -> None:
    ada = await two.connected("triage", subject="ada")
    person = two.one.outsider()
    page = await away(person).get(await two.provider.deny(await two.begun(home(person))))
    assert page.status == 403 and "cancelled at Example ID" in page.words
    app = two.one.world.app
    inside, _ = await two.sign_in("ada")
    await app.store.write(staff.revoke, app=app, id=ada.id, by="operator", why="left")
    assert (await inside.get("/desk")).status == 303
    _, page = await two.sign_in("ada")
    assert page.status == 403 and "has ended" in page.words
    bo = await two.connected("triage", subject="ada")  # the account of nobody: it can be connected
    person, page = await two.sign_in("ada")
    assert page.status == 303 and f"No. {bo.id}" in (await person.get("/desk")).words


async def test_an_account_is_one_persons(two: Two) -> None:
    await two.connected("triage", subject="ada")
    bo = await two.one.person("triage")
    page = await two.connect(bo, "ada")
    assert page.status == 403 and "already belongs" in page.words
    person = await two.one.person("triage")
    page = await person.post("/desk/settings/sso")
    assert page.status == 403 and "signature of your passkey" in page.words


async def test_disconnecting_ends_what_the_provider_opened(two: Two) -> None:
    ada = await two.connected("triage", subject="ada")
    person, _ = await two.sign_in("ada")
    assert "Connected with your account" in (await ada.get("/desk/settings")).words
    assert (await ada.post("/desk/settings/sso/end")).status == 303
    assert (await person.get("/desk")).status == 303
    assert (await ada.get("/desk")).status == 200, "the passkey's session stays"
    assert (await two.sign_in("ada"))[1].status == 403
    assert (await two.one.actions()).count("sso.unbind") == 1


async def test_connecting_needs_the_session_that_asked_for_it(two: Two) -> None:
    ada = await two.one.person("triage")
    page = await ada.sign("/desk/settings/sso")
    url = page.headers["refresh"].removeprefix("0; url=")
    kept = two.carried(ada)
    await ada.post("/desk/sign-out")
    page = await away(kept).get(await two.provider.sign_in(url, "ada"))
    assert page.status == 403 and "session ended" in page.words


async def test_where_the_provider_is_away_passkeys_go_on(two: Two) -> None:
    ada = await two.connected("triage", subject="ada")
    person = two.one.outsider()
    back = await two.provider.sign_in(await two.begun(person), "ada")
    two.provider.stop()
    for page in (
        await two.one.outsider().get("/desk/sso"),
        await away(two.carried(person)).get(back),
    ):
        assert page.status == 503
        assert "Example ID cannot be reached" in page.words and "Use my passkey" in page.words
    assert (await ada.sign_in()).status == 303
    assert (await ada.sign("/desk/settings/sso")).status == 503
    ada.language = "fr"
    ada.cookie = ""
    assert "est injoignable" in (await ada.get("/desk/sso")).words
    two.provider.start()
    assert (await two.sign_in("ada"))[1].status == 303


async def test_the_code_is_bound_to_whoever_began(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    call = speaking._call

    async def noted(app: Any, method: str, url: str, *more: Any) -> Any:
        sent.append((method, *more))
        return await call(app, method, url, *more)

    monkeypatch.setattr(speaking, "_call", noted)
    await two.connected("triage", subject="ada")
    sent.clear()
    person = two.one.outsider()
    url = await two.begun(person)
    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["scope"] == ["openid"]
    assert asked["redirect_uri"] == [URL + ANSWER]
    back = await two.provider.sign_in(url, "ada")
    assert (await away(two.carried(person)).get(back)).status == 303
    ((headers, body),) = [more for method, *more in sent if method == "POST"]
    verifier = parse_qs(body.decode())["code_verifier"][0].encode()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=")
    assert asked["code_challenge"] == [challenge.decode()]
    assert base64.b64decode(headers["Authorization"][6:]) == b"desk:s%25cret%3A"
    assert person.sso_cookie and verifier.decode() not in url


async def test_a_link_elsewhere_begins_no_sign_in(two: Two) -> None:
    person = away(two.one.outsider())
    page = await person.get("/desk/sso?next=/desk/team")
    assert page.headers["location"] == "/desk/sign-in?next=%2Fdesk%2Fteam"
    for following in ("https://evil.example", "//evil.example", "/join"):
        await two.begun(home(person), following)
        await two.connected("triage", subject=following)
        assert (await two.sign_in(following, following))[1].headers["location"] == "/desk"


async def test_without_a_provider_there_is_no_button(two: Two) -> None:
    for site in (two.one, two.two):
        app = site.world.app
        app.config = msgspec.structs.replace(app.config, sso=type(app.config.sso)())
    eve = two.one.outsider()
    assert "Sign in with" not in (await eve.get("/desk/sign-in")).words
    for path in ("/desk/sso", f"{ANSWER}?state=x&code=y"):
        assert (await eve.get(path)).status in (403, 404)
