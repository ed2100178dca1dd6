"""Many comments: pages, two levels, lasting addresses, the feed; what was removed or withheld."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest

from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Order
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from tests.domain.publishing.comments.kit import Talk, talk
from tests.domain.safety.antispam.kit import ignorant
from tests.kit import chats
from tests.kit.web import Browser
from tests.kit.world import World
from tests.web import rules


async def thread(here: Talk) -> int:
    """The copy of the post, where members answer."""
    owner = here.channel.owner
    found = await chats.history(owner, chats.input_peer(owner, here.group))
    return int(min(one.id for one in found.messages if getattr(one, "fwd_from", None)))


async def say(here: Talk, text: str, to: int) -> int:
    """A member answers a message of the group."""
    owner = here.channel.owner
    peer = chats.input_peer(owner, here.group)
    reply = api.InputReplyToMessage(reply_to_msg_id=to)
    return int((await chats.said(owner, peer, text, reply_to=reply)).id)


def _from(app: Any, country: str) -> Any:
    async def located(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "petitbleu.country": country}, receive, send)

    return located


def order(text: str) -> list[str]:
    """The comments of a page."""
    return re.findall(r'<article class="comment" id="c(\d+)"', text)


async def test_many_comments_have_pages_of_their_own(world: World) -> None:
    here = await talk(world)
    top = await thread(here)
    ids = [str(await say(here, f"Remarque {n}.", top)) for n in range(103)]
    post = await here.browser.get(here.page)
    assert order(post.text) == ids[:50] and "103 comments" in post.words
    pages, address = [], f"{here.page}/comments"
    while address:
        page = await here.browser.get(address)
        pages += order(page.text)
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = following[1].replace("&amp;", "&") if following is not None else ""
    assert pages == ids
    assert 'rel="first"' in page.text and 'name="robots" content="noindex"' in page.text
    kept = await here.browser.get(here.page)
    await say(here, "Une de plus.", top)
    assert (await here.browser.get(here.page)).headers["etag"] != kept.headers["etag"]


async def test_answers_stand_below_what_they_answer_in_two_levels(world: World) -> None:
    here = await talk(world)
    top = await thread(here)
    first = await say(here, "Premier.", top)
    second = await say(here, "Second.", top)
    answer = await say(here, "Réponse au premier.", first)
    deeper = await say(here, "Réponse à la réponse.", answer)
    page = await here.browser.get(here.page)
    assert order(page.text) == [str(one) for one in (first, answer, deeper, second)]
    assert page.text.count('<div class="answers">') == 1
    assert page.words.count("In answer to") == 1, "only where it does not stand right above"
    for n in range(50):
        await say(here, f"Remarque {n}.", top)
    late = await say(here, "Réponse tardive.", first)
    page = await here.browser.get(f"{here.page}/comments?after={second + 10}")
    assert str(late) in order(page.text) and "In answer to an earlier comment" in page.words


async def test_a_comment_has_an_address_that_lasts(world: World) -> None:
    here = await talk(world)
    top = await thread(here)
    ids = [await say(here, f"Remarque {n}.", top) for n in range(60)]
    for at, expected in ((3, here.page), (55, f"{here.page}/comments?after={ids[55] - 1}")):
        lead = await here.browser.get(f"{here.page}?comment={ids[at]}")
        assert lead.status == 302
        assert lead.headers["location"] == f"{expected}#c{ids[at]}"
        shown = await here.browser.get(lead.headers["location"].partition("#")[0])
        assert f'id="c{ids[at]}"' in shown.text
        assert f"?comment={ids[at]}" in shown.text
        assert f"/app/r/mairie/{here.post}?comment={ids[at]}" in shown.text, "the way into a client"
    for wrong in (ids[-1] + 99, top, "x", "99999999999999999999"):
        assert (await here.browser.get(f"{here.page}?comment={wrong}")).status == 404


async def test_links_in_comments_are_marked_as_what_readers_wrote(world: World) -> None:
    ignorant(world.app)  # the filter would hold this one: how it is shown is the point
    here = await talk(world, "direct")
    await here.wrote("Voir https://example.org/plan et <script>alert(1)</script> #Lilas")
    page = await here.browser.get(here.page)
    assert 'href="https://example.org/plan" rel="noopener nofollow ugc"' in page.text
    assert "<script>alert" not in page.text
    assert f'href="/s/{here.channel.name}/tag/Lilas"' in page.text


async def test_the_feed_of_comments_is_read_by_a_feed_reader(world: World) -> None:
    here = await talk(world, "direct")
    await here.wrote("Un & deux < trois.")
    await here.wrote("Merci !", "Bo")
    answer = await here.browser.get(f"{here.page}/comments.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.body)
    assert not feed.bozo
    assert rules.atom_problems(answer.body) == []
    assert [one.author for one in feed.entries] == ["Bo", "Léa"]
    assert "Un &amp; deux &lt; trois." in feed.entries[1].content[0].value
    first = feed.entries[1]
    lead = await here.browser.get(here.page + first.link.partition(here.page)[2])
    assert lead.status == 302
    assert "comments.atom" in (await here.browser.get(here.page)).text
    again = await here.browser.get(f"{here.page}/comments.atom")
    assert again.headers["etag"] == answer.headers["etag"]
    assert (await here.browser.get(f"/{here.channel.name}/999/comments.atom")).status == 404


async def stones(here: Talk, browser: Browser | None = None) -> dict[int, str]:
    """The tombstones of the feed: comment -> since when."""
    body = (await (browser or here.browser).get(f"{here.page}/comments.atom")).body
    assert rules.atom_problems(body) == []
    found = {str(one.get("ref")): one.get("when") for one in rules.xml(body).iter(rules.GONE)}
    assert all(f"/{here.post}/comment/" in ref for ref in found)
    return {int(ref.rpartition("/")[2]): when for ref, when in found.items()}


async def test_the_feed_buries_what_is_taken_back_and_removed_under_its_own_post(
    world: World,
) -> None:
    here = await talk(world, "direct")
    top = await thread(here)
    other = await here.channel.say("Une autre rue.")
    await world.settle()
    kept, dead, taken = [await say(here, f"Remarque {n}.", top) for n in range(3)]
    loose = int(
        (
            await chats.said(
                here.channel.owner, chats.input_peer(here.channel.owner, here.group), "hors"
            )
        ).id
    )
    await here.wrote("Je me ravise.")
    withdrawn = (await here.said())[0].id
    assert await stones(here) == {}
    await here.browser.post(here.mine, {"act": "delete"})
    group = chats.input_channel(here.channel.owner, here.group)
    await here.channel.owner.call(api.channels.DeleteMessages(channel=group, id=[dead, loose]))
    peer = peer_of_channel(here.group)
    order = Order(command="1", kind="remove", actor="operator", reason="rule 3", subject=peer,
                  owner=peer, messages=(taken,))  # fmt: skip
    measure = await measures.apply(world.app, order)
    gone = await stones(here)
    assert set(gone) == {dead, taken, withdrawn}
    feed = feedparser.parse((await here.browser.get(f"{here.page}/comments.atom")).body)
    assert [one.link.rpartition("=")[2] for one in feed.entries] == [str(kept)]
    assert feed.feed.updated == max(gone.values())
    here.post, here.page = other, f"/{here.channel.name}/{other}"
    assert await stones(here) == {}, "nothing was said under that post"
    here.post, here.page = other - 1, f"/{here.channel.name}/{other - 1}"
    await measures.lift(world.app, measure.number, command="2", actor="operator", reason="an error")
    assert set(await stones(here)) == {dead, withdrawn}, "what came back is alive"


@pytest.mark.parametrize("kind", ["remove", "withhold"])
async def test_a_measure_follows_everywhere_and_says_so(world: World, kind: str) -> None:
    here = await talk(world, "direct")
    await here.wrote("Un mot de trop.")
    (message,) = await here.said()
    places = (here.page, f"{here.page}/comments", f"{here.page}/comments.atom")
    for place in places:
        assert "Un mot de trop." in (await here.browser.get(place)).text
    peer = peer_of_channel(here.group)
    await measures.apply(
        world.app,
        Order(
            command="1", kind=kind, actor="operator", reason="rule 3", subject=peer, owner=peer,
            messages=(message.id,), shown="Règle 3",
        ),
    )  # fmt: skip
    for place in places:
        assert "Un mot de trop." not in (await here.browser.get(place)).text
    gone = await here.browser.get(f"{here.page}?comment={message.id}")
    assert gone.status == (410 if kind == "remove" else 451)
    assert "Règle 3" in gone.words
    assert ("This comment is not available" in gone.words) is (kind == "withhold")
    if kind == "remove":
        assert "removed on" in (await here.browser.get(here.link)).words


async def test_a_comment_withheld_in_one_country_is_shown_in_another(world: World) -> None:
    here = await talk(world, "direct")
    await here.wrote("Un mot de trop.")
    (message,) = await here.said()
    peer = peer_of_channel(here.group)
    await measures.apply(
        world.app,
        Order(
            command="1", kind="withhold", actor="operator", reason="order", subject=peer,
            owner=peer, messages=(message.id,), countries=("FR",),
        ),
    )  # fmt: skip
    for country, seen in (("FR", False), ("BE", True), ("FR", False)):
        browser = Browser(_from(here.browser.app, country))
        page = await browser.get(here.page)
        assert ("Un mot de trop." in page.text) is seen, country
        assert set(await stones(here, browser)) == (set() if seen else {message.id})
        assert page.headers["cache-control"].startswith("private")


async def test_of_what_is_said_beside_the_comments_an_address_tells_nothing(world: World) -> None:
    here = await talk(world)
    owner, peer = here.channel.owner, peer_of_channel(here.group)
    other = await here.channel.say("Another post")
    never = await here.browser.get(f"{here.page}?comment=999")
    for kind in ("withhold", "remove"):
        among = await chats.said(owner, chats.input_peer(owner, here.group), "unter uns")
        order = Order(kind, kind, "operator", "why", subject=peer, owner=peer,
                      messages=(int(among.id),), shown="Rule 3")  # fmt: skip
        await measures.apply(world.app, order)
        for post in (here.post, other):
            answer = await here.browser.get(f"/mairie/{post}?comment={among.id}")
            assert (answer.status, "Rule 3" in answer.words) == (404, False), (kind, post)
            said = answer.text.replace(str(among.id), "999").replace(
                f"mairie/{post}", here.page[1:]
            )
            assert said == never.text, (kind, post)
