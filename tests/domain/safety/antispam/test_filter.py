"""The filter on a whole instance: what is kept, learnt, asked outside and forgotten."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from petitbleu import jobs
from petitbleu.config import Antispam
from petitbleu.control import CommandRefused, perform
from petitbleu.domain.safety.antispam import learning, outside, queries, service
from petitbleu.domain.safety.antispam.classifier import Count
from petitbleu.domain.safety.antispam.service import FORM
from petitbleu.domain.safety.antispam.submission import Submission, print_of
from petitbleu.errors import Fault
from petitbleu.store.api import Store
from tests.domain.safety.antispam import kit
from tests.domain.safety.antispam.kit import Outside, bad, good, ignorant, train
from tests.kit.waiting import guarded
from tests.kit.world import World


async def test_verdicts_of_people_train_the_filter_and_it_says_why(world: World) -> None:
    ignorant(world.app)
    before = await service.look(world.app, bad(99))
    await train(world.app)
    assert await learning.learnt(world.app) == Count(12, 12)
    after = await service.look(world.app, bad(99))
    assert (before.verdict, after.verdict) == ("publish", "spam")
    assert len(after.reasons) == 5
    assert {reason.name for reason in after.reasons} == {"learnt"}
    assert all(reason.weight > 0.9 and ":" in reason.words for reason in after.reasons)
    assert (await service.look(world.app, good(99))).verdict == "publish"


async def test_a_campaign_that_the_seed_lets_through_is_learnt(world: World) -> None:
    def memoir(n: int) -> Submission:
        return Submission(
            f"Read chapter {n} of Gwen’s memoir, it explains Norbert and the mill better than us.",
            author="Gwen",
            email=f"gwen{n}@example.org",
        )

    assert (await service.look(world.app, memoir(99))).verdict == "publish"
    for n in range(15):
        for text, spam in ((good(n), False), (memoir(n), True)):
            one = await service.check(world.app, text, door=FORM)
            await service.judge(world.app, one.id, spam=spam, by="ada")
    after = await service.look(world.app, memoir(99))
    assert not after.public
    assert "learnt" in {reason.name for reason in after.reasons}
    assert (await service.look(world.app, good(99))).public


async def test_a_changed_mind_is_unlearnt_and_said_again_changes_nothing(world: World) -> None:
    checked = await service.check(world.app, bad(1), door=FORM)
    assert await service.judge(world.app, checked.id, spam=True, by="ada")
    assert not await service.judge(world.app, checked.id, spam=True, by="bob")
    assert await learning.learnt(world.app) == Count(0, 1)
    assert await service.judge(world.app, checked.id, spam=False, by="bob")
    assert await learning.learnt(world.app) == Count(1, 0)
    rows = await world.app.store.rows(queries.TOKENS, corpora=[0], tokens=["word:pills"])
    assert [(row.ham, row.spam) for row in rows] == [(1, 0)]
    assert not await service.judge(world.app, 1, spam=True, by="ada")  # no such decision


async def test_two_people_who_judge_at_once_train_once(world: World) -> None:
    checked = await service.check(world.app, bad(1), door=FORM)
    said = [service.judge(world.app, checked.id, spam=True, by=f"{n}") for n in range(5)]
    assert sorted(await asyncio.gather(*said)) == [False] * 4 + [True]
    assert await learning.learnt(world.app) == Count(0, 1)


async def test_somebody_whose_texts_were_good_is_not_looked_at_until_one_was_not(
    world: World,
) -> None:
    await train(world.app)
    for n in range(2):
        assert not await service.known_good(world.app, "mail:eve@example.org")
        one = await service.check(world.app, good(n), door=FORM, proven="mail:eve@example.org")
        await service.judge(world.app, one.id, spam=False, by="ada")
    lane = await service.check(world.app, bad(1), door=FORM, proven="mail:Eve@example.org")
    assert lane.verdict.reasons[0].name == "known"
    await service.judge(world.app, lane.id, spam=True, by="ada")
    again = await service.check(world.app, bad(2), door=FORM, proven="mail:eve@example.org")
    assert again.verdict.verdict == "spam"


async def test_what_is_kept_is_sealed_and_tests_are_not_kept(world: World) -> None:
    checked = await service.check(world.app, bad(1, ip="192.0.2.9"), door=FORM)
    row = await world.app.store.row(queries.CHECK, id=checked.id)
    assert row is not None
    assert b"pills" not in row.fields
    assert row.ip == "192.0.2.9"
    kept = await service.get(world.app, checked.id)
    assert kept is not None
    assert kept.what == bad(1, ip="192.0.2.9")
    tested = await service.check(world.app, bad(2)._replace(test=True), door=FORM)
    assert tested.id == 0
    printed = print_of(bad(2))
    assert await world.app.store.row(queries.OF_PRINT, corpus=0, print=printed) is None


async def test_addresses_go_after_30_days_discarded_texts_after_15(world: World) -> None:
    await train(world.app)
    trapped = bad(50, ip="192.0.2.9")._replace(trap=True, forged=True)
    thrown = await service.check(world.app, trapped, door=FORM)
    held = await service.check(world.app, bad(51, ip="192.0.2.9"), door=FORM)
    assert thrown.verdict.verdict == "discard"
    world.clock.advance(15 * 86_400 + 1)
    done = await service.tidy(world.app)
    assert (done["discarded"], done["addresses"]) == (1, 0)
    assert await service.get(world.app, thrown.id) is None
    world.clock.advance(15 * 86_400)
    await service.tidy(world.app)
    kept = await service.get(world.app, held.id)
    assert kept is not None
    assert kept.what == bad(51)
    world.clock.advance(400 * 86_400)
    assert (await service.tidy(world.app))["decisions"] > 0
    assert await world.app.store.rows(queries.TOKENS, corpora=[0], tokens=["word:pills"]) == []


# ── limits ──────────────────────────────────────────────────────────────────────────────────────


async def test_too_many_forms_of_a_network_or_an_address_wait(world: World) -> None:
    for n in range(30):
        await service.admit(world.app, f"192.0.2.{n + 1}", f"{n}@example.org")
    with pytest.raises(Fault, match="FLOOD_WAIT"):
        await service.admit(world.app, "192.0.2.200", "new@example.org")
    for n in range(10):
        await service.admit(world.app, f"2001:db8:{n}::1", "one@example.org")
    with pytest.raises(Fault, match="FLOOD_WAIT"):
        await service.admit(world.app, "2001:db8:ff::1", "ONE@example.org ")


def test_a_token_is_of_one_form_and_says_its_age(world_free_of_store: World) -> None:
    app, clock = world_free_of_store.app, world_free_of_store.clock
    token = service.tokens.issue(app, "/news/7/comment")
    clock.advance(5)
    assert service.tokens.age(app, "/news/7/comment", token) == 5
    assert service.tokens.age(app, "/news/8/comment", token) is None
    for forged in ("", "x", token[:-1] + "!", "9" * 40, token.replace(".", "9.")):
        assert service.tokens.age(app, "/news/7/comment", forged) is None


@pytest.fixture
def world_free_of_store(world: World) -> World:
    return world


# ── the outside service ─────────────────────────────────────────────────────────────────────────


@dataclass
class Asking:
    world: World
    service: Outside

    def set(self, **settings: Any) -> None:
        """Other settings, as after a restart."""
        app = self.world.app
        changed = structs.replace(app.config.antispam, **settings)
        app.config = structs.replace(app.config, antispam=changed)


@pytest.fixture
async def asking(store: Store, tmp_path: Path) -> AsyncIterator[Asking]:
    async with kit.outside() as there:
        settings = Antispam(outside_url=there.url, outside_key="a1b2c3d4e5f6")
        url = "https://chat.example.org"
        made = World(store, tmp_path, antispam=settings, public_url=url)
        await made.start()
        yield Asking(made, there)
        await made.settle()
        assert not made.errors


async def checked(asking: Asking, what: Submission) -> service.Checked:
    return await service.check(asking.world.app, what, door=FORM, ask_outside=True)


@pytest.mark.parametrize(
    ("answer", "headers", "expected"),
    [
        ("false", "", "publish"),
        ("true", "", "spam"),
        ("true", "X-akismet-pro-tip: discard\r\n", "spam"),  # one signal only
        ("invalid", "X-akismet-debug-help: no\r\n", "hold"),
        ("<html>", "", "hold"),
        ("", "", "hold"),
    ],
)
async def test_what_the_outside_service_says(
    asking: Asking, answer: str, headers: str, expected: str
) -> None:
    asking.service.answers["comment-check"] = answer
    asking.service.headers = headers
    assert (await checked(asking, good(1))).verdict.verdict == expected


async def test_a_service_that_is_slow_broken_or_gone_holds_within_its_time(asking: Asking) -> None:
    asking.service.wait = 5.0
    with guarded("a service that takes 5 s, given 0.3 s"):
        assert (await checked(asking, good(1))).verdict.verdict == "hold"
    asking.service.wait = 0
    asking.service.status = "500 Oops"
    assert (await checked(asking, good(2))).verdict.verdict == "hold"
    asking.set(outside_url="http://127.0.0.1:1")
    assert (await checked(asking, good(3))).verdict.verdict == "hold"


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: "


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            [b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/false\r\n\r\n"], id="moved"
        ),
        pytest.param([_HEAD + b"5\r\n\r\nfal"], id="cut short"),
        pytest.param([_HEAD + b"99999\r\n\r\n", *[b"false"] * 40], id="drop by drop"),
        pytest.param([_HEAD + b"80000\r\n\r\n" + b"false" * 16_000], id="too much"),
        pytest.param([_HEAD + b"5\r\n\r\nFALSE"], id="shouted"),
        pytest.param([b"\x00\xff\xfe nonsense\r\n\r\n"], id="no HTTP"),
        pytest.param([b""], id="nothing"),
    ],
)
async def test_a_service_that_lies_holds_within_its_time(asking: Asking, raw: list[bytes]) -> None:
    asking.service.raw = raw
    with guarded("a service that lies, given 0.3 s"):  # it would drip for 4 s
        held = await checked(asking, good(1))
    assert held.verdict.verdict == "hold"
    assert held.verdict.reasons[0].name == "outside"


async def test_feedback_repeats_the_fields_it_was_asked_with(asking: Asking) -> None:
    what = good(1, ip="192.0.2.9", agent="Mozilla", link="https://chat.example.org/news/7")
    held = await checked(asking, what)
    await service.judge(asking.world.app, held.id, spam=True, by="ada")
    await service.report(asking.world.app, held.id, spam=True)
    (_, first, _, asked), (_, second, _, told) = asking.service.asked
    assert (first, second) == ("/1.1/comment-check", "/1.1/submit-spam")
    assert asked == told
    assert asked["user_ip"] == "192.0.2.0"  # shortened, as the setting says
    assert asked["blog"] == "https://chat.example.org"
    assert asked["api_key"] == "a1b2c3d4e5f6"


async def test_feedback_that_is_not_taken_comes_again(asking: Asking) -> None:
    held = await checked(asking, good(1))
    asking.service.answers["submit-ham"] = "later"
    with pytest.raises(outside.Down):
        await service.report(asking.world.app, held.id, spam=False)
    assert jobs.KINDS["antispam.feedback"].handler is not None


async def test_certain_spam_and_known_people_are_not_sent_outside(asking: Asking) -> None:
    await checked(asking, good(1)._replace(trap=True))
    await checked(asking, Submission("x", author="akismet-guaranteed-spam"))
    assert asking.service.asked == []


async def test_the_operator_sees_how_the_service_is(asking: Asking) -> None:
    status = await perform(asking.world.app, "spam.status", {})
    assert status["outside"]["ok"] is True
    assert status["outside"]["usage"]["usage"] == 3
    asked = [path for _, path, _, _ in asking.service.asked]
    assert asked == ["/1.1/verify-key", "/1.2/usage-limit", "/1.2/key-sites"]
    asking.service.answers["verify-key"] = "invalid"
    status = await perform(asking.world.app, "spam.status", {})
    assert "invalid" in status["outside"]["problem"]


async def test_the_key_can_stand_before_the_host(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = socket.getaddrinfo
    # What an operator's name server does: any label before the host leads to it.
    here = lambda _, *more, **kw: really("127.0.0.1", *more, **kw)  # noqa: E731 - a stand-in
    monkeypatch.setattr(socket, "getaddrinfo", here)
    named = asking.service.url.replace("127.0.0.1", "localhost")
    asking.set(outside_url=named, outside_key_in_host=True)
    answer = await checked(asking, good(1))
    assert answer.verdict.verdict == "publish"
    assert asking.service.asked[0][2].startswith("a1b2c3d4e5f6.localhost:")


# ── the operator ────────────────────────────────────────────────────────────────────────────────


async def test_the_operator_judges_and_lists_words(world: World) -> None:
    what = bad(1)._replace(trap=True)
    held = await service.check(world.app, what, door=FORM)
    (shown,) = (await perform(world.app, "spam.waiting", {}))["texts"]
    assert shown["id"] == held.id
    assert shown["reasons"][0]["name"] == "trap"
    judged = {"id": str(held.id), "spam": True}
    assert (await perform(world.app, "spam.judge", judged))["changed"]
    assert (await perform(world.app, "spam.waiting", {}))["texts"] == []
    await perform(world.app, "spam.word", {"word": "ACME  Loans", "weight": 95})
    what = Submission("Yesterday I walked past the Acme loans building on my way home.")
    assert (await service.look(world.app, what)).verdict in ("spam", "discard")
    await perform(world.app, "spam.word", {"word": "acme loans", "weight": None})
    assert (await service.look(world.app, what)).verdict == "publish"


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("spam.judge", {"id": "x", "spam": True}),
        ("spam.judge", {"id": "77", "spam": True}),
        ("spam.word", {"word": " "}),
        ("spam.word", {"word": "x", "weight": 101}),
        ("akismet-key.create", {"site": "ftp://x"}),
        ("akismet-key.create", {"site": "https://"}),
        ("akismet-key.revoke", {"key": "nothing"}),
    ],
)
async def test_a_command_that_makes_no_sense_is_refused(
    world: World, name: str, params: dict[str, Any]
) -> None:
    with pytest.raises(CommandRefused):
        await perform(world.app, name, params)
