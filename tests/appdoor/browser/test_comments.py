"""Comments under the posts of a channel."""

from __future__ import annotations

import pytest

from tests.appdoor.browser.looking import look
from tests.appdoor.browser.site import ADA, BEN, Member, Site
from tests.kit.waiting import asked_until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="package")]

_TOP = """[...document.querySelectorAll(".message")]
  .find((one) => one.textContent.includes("Post 10"))?.getBoundingClientRect().top"""


async def test_comment_on_a_post_and_come_back(site: Site) -> None:
    telegram = site.telegram
    channel = await telegram.do("channel", ADA, title="Le courrier", name="courrier_club")
    group = await telegram.do("discussion", ADA, channel="courrier_club", title="Le café")
    posts = [
        await telegram.do("say", ADA, to="courrier_club", text=f"Post {n}\n" + "line\n" * 6)
        for n in range(20)
    ]
    await telegram.do("enter", BEN, way=group["way"])
    reader = await site.join("Blanche")
    page = reader.page
    await reader.go(f"/app/r/courrier_club/{posts[10]}")
    await page.click(".join-bar .primary")
    await page.wait_for_selector(".no-composer")
    await reader.go(f"/app/c/c{channel}/{posts[10]}")
    await page.wait_for_selector(".message.target .comments-link:has-text('Leave a comment')")
    before = await _at_rest(reader)
    await page.click(".message.target .comments-link")
    await page.wait_for_selector(".thread-post:has-text('Post 10')")
    await page.wait_for_selector(".nothing:has-text('No comments yet')")
    await page.fill("#composer", "A fine post")
    await page.click(".send")
    await reader.sees("A fine post")
    # What one has written counts at once.
    await page.wait_for_selector(".chat-head h1:has-text('1 comment')")

    async def there() -> bool:
        return "A fine post" in await telegram.texts(BEN, group["id"])

    await asked_until(there)
    rows = await telegram.do("read", BEN, of=group["id"])
    mine = next(one["id"] for one in rows if one["text"] == "A fine post")
    seen = await telegram.do("seen_by", BEN, of=group["id"], message=mine)
    top = next(one["id"] for one in rows if one["text"].startswith("Post 10"))
    assert seen["answers"] == top
    await look(reader, "comments-en")
    await page.click(".chat-head a.round")
    await page.wait_for_selector(".message .comments-link:has-text('1 comment')")
    await reader.holds(f"Math.abs({_TOP} - {before}) <= 40")
    await reader.close()


async def _at_rest(reader: Member) -> float:
    """Where the message stands, once what is loaded around it no longer moves it."""
    same: list[float] = []
    while len(same) < 10:
        top = float(await reader.page.evaluate(_TOP))
        same = [*(one for one in same if one == top), top]
        await reader.page.evaluate("new Promise((drawn) => requestAnimationFrame(drawn))")
    return same[0]


@pytest.mark.long
async def test_comments_that_others_write(site: Site) -> None:
    telegram = site.telegram
    await telegram.do("channel", ADA, title="La chronique", name="chronique_club")
    group = await telegram.do("discussion", ADA, channel="chronique_club", title="Le salon")
    post = await telegram.do("say", ADA, to="chronique_club", text="À propos du marché")
    await telegram.do("enter", BEN, way=group["way"])

    async def copied() -> int:
        rows = await telegram.do("read", BEN, of=group["id"])
        return next((int(one["id"]) for one in rows if "marché" in one["text"]), 0)

    top = await asked_until(copied)
    await telegram.do("say", BEN, to=group["id"], text="Le pain est bon", answers=top)
    reader = await site.join("Cyrille", "fr")
    page = reader.page
    # In the group: what others write comes by itself.
    await reader.go(f"/app/join/{group['way']}")
    await page.click(".join-bar .primary")
    await page.wait_for_selector("#composer")
    await reader.go("/app/r/chronique_club")
    await page.click(".join-bar .primary")
    await page.click(".comments-link")
    await reader.sees("Le pain est bon")
    await telegram.do("say", BEN, to=group["id"], text="Et les fleurs", answers=top)
    await reader.sees("Et les fleurs")
    await telegram.do("say", BEN, to=group["id"], text="Rien à voir")
    await page.wait_for_selector(".chat-row:has-text('Rien à voir')")
    assert "Rien à voir" not in await reader.texts()
    assert page.url.endswith(f"/{post}/comments")
    await look(reader, "comments-fr")
    await page.reload()
    await reader.sees("Et les fleurs")
    await reader.close()
