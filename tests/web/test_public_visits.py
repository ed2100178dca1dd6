"""The page with a channel's numbers: for its owner and admins alone, and nothing withheld on it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from petitbleu.domain.publishing.visits import service
from petitbleu.tl import api
from petitbleu.web.public import plots
from petitbleu.web.public.plots import Bar
from tests.domain.publishing.visits.test_counting import read, written
from tests.kit import chats
from tests.kit.servicechat import ask
from tests.kit.world import RpcFault, World
from tests.web.public import Channel, channel, reader
from tests.web.test_public import decide


async def numbers(world: World, made: Channel) -> str:
    """The link that the service chat gives the owner."""
    answer = await ask(made.owner, "visits @mairie")
    return "/visits/" + answer.rpartition("/visits/")[2]


async def test_an_owner_sees_who_led_readers_to_which_page(world: World) -> None:
    made = await channel(world)
    post = await made.say("Le quai <b>rouvre</b>.\nLa suite.")
    await read(world, f"/mairie/{post}", 7, came="https://journal.example/")
    await read(world, "/s/mairie", 2)
    await written(world)
    answer = await ask(made.owner, "visits @mairie")
    assert "in 7 days: 9" in answer and "in 30 days: 9" in answer
    for language, word in (("en", "Readers of Mairie"), ("fr", "Le public de Mairie"),
                           ("de", "Leser von Mairie")):  # fmt: skip
        page = await reader(world, language=language).get(await numbers(world, made))
        assert page.status == 200 and word in page.words
    page = await reader(world).get(await numbers(world, made))
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "script" not in page.text and "set-cookie" not in page.headers
    tree = html.fromstring(page.text)
    (drawing,) = tree.iter("svg")
    ids = drawing.get("aria-labelledby").split()
    told = " ".join(tree.get_element_by_id(one).text for one in ids)
    assert "9 page views in all. Most of them: 9," in told
    assert len(drawing.findall("rect")) == 30
    assert "Le quai <b>rouvre</b>" in page.words and "<b>rouvre" not in page.text
    assert "journal.example 7 78 %" in page.words.replace("\u00a0", " ")
    rows = tree.xpath("//details//tbody/tr")
    assert len(rows) == 30 and rows[0].text_content().strip().endswith("9")
    one = await reader(world).get(await numbers(world, made) + f"?post={post}&days=7")
    assert "7 page views" in one.text and "Most read" not in one.text
    year = await reader(world).get(await numbers(world, made) + "?days=365")
    assert html.fromstring(year.text).xpath("count(//rect)") in (12, 13)


async def test_nobody_else_sees_the_numbers(world: World) -> None:
    made = await channel(world)
    link = await numbers(world, made)
    other = await world.sign_up("Bob")
    assert "/visits/" not in await ask(other, "visits @mairie")
    assert "visits @name" in await ask(other, "visits")
    browser = reader(world)
    assert (await browser.get(link)).status == 200
    account, channel_, until, mac = link.removeprefix("/visits/").split("-")
    for forged in (
        f"{other.user_id:x}-{channel_}-{until}-{mac}",
        f"{account}-{channel_}-{until}f-{mac}",
        f"{account}-{channel_}-{until}-",
        "-", "x", "é", "0" * 3000,
    ):  # fmt: skip
        assert (await browser.get(f"/visits/{forged}")).status == 404, forged
    for odd in ("?days=0", "?days=9999999", "?days=x", "?post=-1", "?post=99999999999", "?post=é"):
        assert (await browser.get(link + odd)).status == 200, odd
    world.clock.advance(86_401)
    assert (await browser.get(link)).status == 404


async def test_an_admin_sees_them_until_the_right_is_taken(world: World) -> None:
    made = await channel(world)
    other = await world.sign_up("Bob")
    await other.call(api.channels.JoinChannel(channel=chats.input_channel(other, made.number)))

    async def admin(**rights: bool) -> None:
        await made.owner.call(
            api.channels.EditAdmin(
                channel=made.input, user_id=await chats.user(made.owner, other),
                admin_rights=api.ChatAdminRights(**rights), rank="",
            )
        )  # fmt: skip

    await admin(post_messages=True)
    assert "/visits/" not in await ask(other, "visits @mairie")
    await admin(change_info=True)
    link = "/visits/" + (await ask(other, "visits @mairie")).rpartition("/visits/")[2]
    assert (await reader(world).get(link)).status == 200
    await admin()
    assert (await reader(world).get(link)).status == 404


async def test_the_web_client_asks_for_the_numbers(world: World) -> None:
    """By a method: for those whom the service chat tells, and while there is a page."""
    made = await channel(world)
    await read(world, "/s/mairie", 3)
    await written(world)
    seen = await made.owner.call(api.petitbleu.GetVisits(channel=made.input))
    assert (seen.week, seen.month) == (3, 3)
    page = await reader(world).get("/visits/" + seen.url.rpartition("/visits/")[2])
    assert page.status == 200 and "3 page views" in page.words
    other = await world.sign_up("Bob")
    named = chats.input_channel(other, made.number)
    await other.call(api.channels.JoinChannel(channel=named))
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await other.call(api.petitbleu.GetVisits(channel=named))
    off = api.petitbleu.SetPage(channel=made.input, name="shown", value="off")
    await made.owner.call(off)
    with pytest.raises(RpcFault, match="PUBLIC_CHANNEL_MISSING"):
        await made.owner.call(api.petitbleu.GetVisits(channel=made.input))
    await made.owner.call(api.channels.DeleteChannel(channel=made.input))
    with pytest.raises(RpcFault, match="CHANNEL_INVALID"):
        await made.owner.call(api.petitbleu.GetVisits(channel=made.input))


async def test_what_is_withheld_has_no_name_there(world: World) -> None:
    made = await channel(world)
    post = await made.say("Un Verbe interdit")
    await read(world, f"/mairie/{post}", 6)
    await written(world)
    link = await numbers(world, made)
    browser = reader(world)
    assert "Verbe" in (await browser.get(link)).text
    await decide(world, made, "withhold", post)
    for path in (link, f"{link}?post={post}"):
        page = await browser.get(path)
        assert page.status == 200 and "Verbe" not in page.text and f"Post {post}" in page.words


async def test_kept_pages_are_counted_too(world: World) -> None:
    made = await channel(world)
    post = await made.say("Le quai #port")
    paths = (f"/mairie/{post}", "/s/mairie", "/s/mairie/tag/port", "/mairie")
    browser = reader(world)
    browser.headers = {"user-agent": "Mozilla/5.0 Firefox/132.0"}
    ready = browser.app._ready
    found: list[Any] = []
    real = ready.find
    for _ in range(5):
        for path in paths:
            answer = await browser.get(path)
            etag = answer.headers["etag"]
    browser.headers["if-none-match"] = etag
    assert (await browser.get(paths[-1])).status == 304

    def watching(scope: Any) -> Any:
        found.append(real(scope))
        return found[-1]

    browser.app._ready = SimpleNamespace(find=watching)
    assert (await browser.get(paths[-1])).status == 304
    assert found[-1] is not None, "it came from memory"
    await written(world)
    assert (await service.figures(world.app, made.peer, 7)).visits == 22


def test_a_scale_ends_at_a_round_number() -> None:
    assert [plots.ceiling(n) for n in (0, 1, 2, 3, 5, 11, 21, 99, 101, 399)] == [
        2, 2, 2, 4, 6, 20, 40, 100, 200, 400
    ]  # fmt: skip
    drawn = plots.bars([Bar(1, "<a>"), Bar(4, "b & c")], name="x", title='"t"', description="<d>")
    assert "<a>" not in drawn and "&lt;a&gt;" in drawn and 'height="160.00"' in drawn
    assert "NaN" not in plots.bars([], name="x", title="", description="")
