"""The Akismet protocol as other sites speak it to us."""

from __future__ import annotations

import csv
import json

import pytest
from starlette.applications import Starlette

from petitbleu.app import App
from petitbleu.control import perform
from petitbleu.domain.safety.antispam import learning, queries, service, sites
from petitbleu.domain.safety.antispam.classifier import Count
from petitbleu.web import akismet
from tests.domain.safety.antispam.kit import ignorant
from tests.kit.web import Answer, Browser
from tests.kit.world import World

BLOG = "https://blog.example.org"
GOOD = "The new bridge is lovely, my children cross it to school with me every morning."
BAD = "Cheap pills and easy loans! Order now: https://pills.example/buy"


class Site:
    """A site with a key."""

    def __init__(self, world: World, key: str) -> None:
        self.world = world
        self.browser = Browser(Starlette(routes=list(akismet.routes(world.app))))
        self.key = key

    async def call(self, name: str, **fields: str) -> Answer:
        sent = {"api_key": self.key, "blog": BLOG, "user_ip": "192.0.2.1"} | fields
        return await self.browser.post(f"/akismet/1.1/{name}", sent)

    async def check(self, text: str, **fields: str) -> str:
        return (await self.call("comment-check", comment_content=text, **fields)).text

    async def learn(self, times: int = 12) -> None:
        for n in range(times):
            await self.call("submit-spam", comment_content=f"{BAD} {n}")
            await self.call("submit-ham", comment_content=f"{GOOD} {n}")


async def site(world: World, **params: object) -> Site:
    ignorant(world.app)
    made = await perform(world.app, "akismet-key.create", {"site": BLOG, **params})
    return Site(world, made["key"])


async def test_a_key_is_verified_in_the_form_and_before_the_host(world: World) -> None:
    here = await site(world)
    url = "/akismet/1.1/verify-key"
    post = here.browser.post
    assert (await post(url, {"key": here.key, "blog": BLOG})).text == "valid"
    assert (await post(url, {"api_key": here.key, "blog": BLOG})).text == "valid"
    assert (await post(f"http://{here.key}.rest.example.org{url}", {"blog": BLOG})).text == "valid"
    wrong = await post(url, {"key": "0" * 12, "blog": BLOG})
    assert (wrong.status, wrong.text) == (200, "invalid")
    empty = await post(url, {"key": here.key})
    assert (empty.text, empty.headers["x-akismet-debug-help"]) == ("invalid", 'Empty "blog" value')


async def test_a_revoked_key_is_worth_nothing(world: World) -> None:
    here = await site(world)
    (listed,) = (await perform(world.app, "akismet-key.list", {}))["keys"]
    assert here.key.endswith(listed["hint"])
    assert here.key not in json.dumps(listed)
    await perform(world.app, "akismet-key.revoke", {"key": here.key})
    assert await here.check(GOOD) == "invalid"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"comment_author": "akismet-guaranteed-spam"}, "true"),
        ({"comment_author_email": "akismet-guaranteed-spam@example.com"}, "true"),
        ({"user_role": "administrator", "comment_content": BAD}, "false"),
        ({"comment_content": GOOD}, "false"),
    ],
)
async def test_the_documented_test_values(
    world: World, fields: dict[str, str], expected: str
) -> None:
    here = await site(world)
    answer = await here.call("comment-check", **fields)
    assert (answer.status, answer.text) == (200, expected)
    assert answer.headers["x-akismet-debug-help"]


async def test_what_a_site_submits_it_learns_and_others_do_not(world: World) -> None:
    one, other = await site(world), await site(world)
    assert await one.check(BAD) == "false"
    await one.learn()
    assert await one.check(BAD) == "true"
    assert await one.check(GOOD) == "false"
    assert await other.check(BAD) == "false"
    assert await learning.learnt(world.app) == Count(0, 0)


async def test_a_site_profits_from_what_this_instance_learnt(world: World) -> None:
    for n in range(12):
        for text, spam in ((f"{GOOD} {n}", False), (f"{BAD} {n}", True)):
            what = service.Submission(text)
            one = await service.check(world.app, what, door=service.FORM)
            await service.judge(world.app, one.id, spam=spam, by="ada")
    assert await (await site(world)).check(BAD) == "true"


async def test_a_text_is_learnt_once_and_a_test_never(world: World) -> None:
    here = await site(world)
    row = await sites.find(world.app, here.key)
    assert row is not None
    for _ in range(3):
        answer = await here.call("submit-spam", comment_content=BAD)
        assert answer.text == "Thanks for making the web a better place."
    assert await learning.learnt(world.app, row.id) == Count(0, 1)
    await here.call("submit-ham", comment_content=BAD)
    assert await learning.learnt(world.app, row.id) == Count(1, 0)
    await here.call("submit-spam", comment_content="other", is_test="1")
    await here.call("comment-check", comment_content="other", is_test="1")
    assert await learning.learnt(world.app, row.id) == Count(1, 0)
    assert (await sites.usage(world.app, row)).calls == 0


async def test_blatant_spam_has_the_tip_to_discard_it(world: World) -> None:
    here = await site(world)
    await here.learn()
    trapped = {"honeypot_field_name": "fax", "fax": "1"}
    answer = await here.call("comment-check", comment_content=BAD, **trapped)
    assert (answer.text, answer.headers["x-akismet-pro-tip"]) == ("true", "discard")
    plain = await here.call("comment-check", comment_content=GOOD)
    assert "x-akismet-pro-tip" not in plain.headers


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"comment_context[]": ["bridges", "traffic"]}, "bridges\ntraffic"),
        ({"comment_context[0]": "bridges", "comment_context[1]": "traffic"}, "bridges\ntraffic"),
        ({"comment_context": "bridges, traffic"}, "bridges, traffic"),
        ({"comment_context[]": ["x" * 9000]}, "x" * 4000),
        ({"comment_contexts": "no"}, ""),
        ({}, ""),
    ],
)
async def test_what_the_page_is_about_reaches_the_filter(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    sent: dict[str, str | list[str]],
    expected: str,
) -> None:
    seen: list[str] = []
    look = service.look

    async def looked(app: App, what: service.Submission, **more: int) -> service.Verdict:
        seen.append(what.article)
        return await look(app, what, **more)

    monkeypatch.setattr(service, "look", looked)
    here = await site(world)
    usual = {"api_key": here.key, "blog": BLOG, "user_ip": "192.0.2.1", "comment_content": GOOD}
    answer = await here.browser.post("/akismet/1.1/comment-check", usual | sent)
    assert (answer.text, seen) == ("false", [expected])


async def test_usage_and_sites_count_calls_and_mistakes(world: World) -> None:
    here = await site(world, limit=200)
    await here.check(BAD)
    await here.call("submit-spam", comment_content=BAD)  # missed
    await here.check("x", comment_author="akismet-guaranteed-spam")
    await here.call("submit-ham", comment_content="x", comment_author="akismet-guaranteed-spam")
    usage = await here.browser.get(f"/akismet/1.2/usage-limit?api_key={here.key}")
    assert json.loads(usage.text) == {
        "limit": 200, "usage": 2, "percentage": "1.00", "throttled": False
    }  # fmt: skip
    listed = json.loads((await here.browser.get(f"/akismet/1.2/key-sites?api_key={here.key}")).text)
    (month,) = listed.keys() - {"limit", "offset", "total"}
    assert listed[month] == [
        {"site": "blog.example.org", "api_calls": "2", "spam": "1", "ham": "1",
         "missed_spam": "1", "false_positives": "1", "is_revoked": False}
    ]  # fmt: skip
    text = (await here.browser.get(f"/akismet/1.2/key-sites?api_key={here.key}&format=csv")).text
    head, *rows = text.splitlines()
    assert head.startswith(f"Active sites for {here.key} during {month}")
    assert next(csv.DictReader(rows))["Missed Spam"] == "1"


async def test_without_a_key_no_site_is_listed_and_a_wrong_one_is_refused(world: World) -> None:
    here = await site(world)
    await here.check(GOOD)
    bare = json.loads((await here.browser.get("/akismet/1.2/key-sites")).text)
    assert bare["total"] == 0
    long = f"/akismet/1.2/key-sites?api_key={here.key}&limit={'9' * 5000}&offset={'9' * 5000}"
    assert json.loads((await here.browser.get(long)).text)["offset"] == 0
    wrong = await here.browser.get("/akismet/1.2/key-sites?api_key=ffffffffffff")
    assert wrong.text == "invalid"


async def test_a_key_beyond_its_calls_waits(world: World) -> None:
    here = await site(world, limit=2)
    assert [await here.check(GOOD) for _ in range(2)] == ["false", "false"]
    late = await here.call("comment-check", comment_content=GOOD)
    assert late.status == 429
    assert int(late.headers["retry-after"]) > 0
    usage = await here.browser.get(f"/akismet/1.2/usage-limit?api_key={here.key}")
    assert json.loads(usage.text)["throttled"] is True


@pytest.mark.parametrize("said", ["0", "false", " "])
async def test_who_says_that_it_is_no_test_is_counted(world: World, said: str) -> None:
    here = await site(world, limit=2)
    for _ in range(2):
        assert await here.check(GOOD, is_test=said) == "false"
    assert (await here.call("comment-check", comment_content=GOOD, is_test=said)).status == 429


@pytest.mark.parametrize(
    "blog", ["http://=1+1/", "http://+33.example", "http://-2+3.example/", "http://=hyperlink(1)/"]
)
async def test_a_list_of_sites_holds_no_formula(world: World, blog: str) -> None:
    here = await site(world)
    await here.check(GOOD, blog=blog)
    address = f"/akismet/1.2/key-sites?api_key={here.key}&format=csv"
    line = (await here.browser.get(address)).text.splitlines()[2]
    assert line.split(",")[0] == BLOG


async def test_guessing_keys_ends_soon(world: World) -> None:
    here = await site(world)
    url = "/akismet/1.1/verify-key"
    answers = [await here.browser.post(url, {"key": f"{n:012x}", "blog": BLOG}) for n in range(25)]
    assert [one.status for one in answers] == [200] * 20 + [429] * 5


@pytest.mark.parametrize("key", ["", "x" * 5000, "é\x00", "0" * 12])
async def test_a_call_without_a_good_key_is_invalid(world: World, key: str) -> None:
    here = await site(world)
    answer = await here.call("comment-check", comment_content=GOOD, api_key=key)
    assert (answer.status, answer.text) == (200, "invalid")
    assert answer.headers["x-akismet-debug-help"]


@pytest.mark.parametrize("name", ["comment-check", "submit-spam", "submit-ham"])
async def test_a_call_that_names_no_site_says_what_is_missing(world: World, name: str) -> None:
    here = await site(world)
    answer = await here.call(name, comment_content=GOOD, blog=" ")
    assert (answer.status, answer.text) == (400, "Missing required field: blog.")
    assert answer.headers["x-akismet-debug-help"] == 'Empty "blog" value'


async def test_a_check_without_an_address_says_what_is_missing(world: World) -> None:
    here = await site(world)
    answer = await here.call("comment-check", comment_content=GOOD, user_ip="")
    assert (answer.status, answer.text) == (400, "Missing required field: user_ip.")


async def test_a_form_that_cannot_be_read_is_refused_with_the_reason(world: World) -> None:
    here = await site(world)
    many = await here.call("comment-check", **{f"f{n}": "x" for n in range(400)})
    strange = await here.call("comment-check", blog_charset="klingon")
    files = {"api_key": here.key, "blog": BLOG}
    other = await here.browser.upload("/akismet/1.1/comment-check", files, [])
    for answer, why in ((many, "fields"), (strange, "blog_charset"), (other, "urlencoded")):
        assert (answer.status, answer.text) == (400, "invalid")
        assert why in answer.headers["x-akismet-debug-help"]


async def test_a_form_is_read_in_the_encoding_it_names(world: World) -> None:
    here = await site(world)
    row = await sites.find(world.app, here.key)
    assert row is not None
    for charset, sent in (("ISO-8859-1", b"%E9t%E9"), ("UTF-8", b"%C3%A9t%C3%A9"), ("", b"%FF")):
        body = f"api_key={here.key}&blog=https://b.example&user_ip=192.0.2.1&blog_charset={charset}"
        raw = f"{body}&comment_content=".encode() + sent
        answer = await here.browser.send_form("/akismet/1.1/submit-ham", raw)
        assert answer.text == "Thanks for making the web a better place."
    found = await world.app.store.rows(queries.TOKENS, corpora=[row.id], tokens=["word:ete"])
    assert [one.ham for one in found] == [1]  # the same text in two encodings is one text


async def test_a_huge_form_is_refused_and_odd_text_is_taken(world: World) -> None:
    here = await site(world)
    assert (await here.call("comment-check", comment_content="x" * 300_000)).status == 413
    odd = await here.call("comment-check", comment_content="\x00\ud7ff[url=http://[ \u202e" * 900)
    assert odd.text in ("true", "false")
