"""“Visits”: a channel's people see how often its pages are read, and get the page with plots."""

from __future__ import annotations

from petitbleu import typography
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.publishing.visits import service
from petitbleu.domain.publishing.visits.texts import TEXTS
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Said, plain


@servicechat.command("visits", "visites", "besuche", texts=TEXTS)
async def visits(app: App, said: Said) -> str:
    """Answer with two numbers and the address of the page; nothing is changed here."""
    words = TEXTS[said.lang]
    if not said.words:
        return words["how"]
    name = said.words[0].rstrip("/").rpartition("/")[2].removeprefix("@")
    page = await _mine(app, said.account, name)
    if page is None:
        return words["not_yours"].format(name=plain(name, 32))
    week, month = [
        typography.number(said.lang, await service.lately(app, page.chat.id, days))
        for days in (7, 30)
    ]
    link = service.link(app, said.account, page.chat.id)
    return words["figures"].format(title=plain(page.chat.title), week=week, month=month, link=link)


async def _mine(app: App, account: int, name: str) -> Page | None:
    """The page of a public name, for who owns the channel or may change its info."""
    peer = await usernames.resolve(app.store, name) if len(name) <= 32 else None
    chat = await chats.get(app, peer) if peer is not None and peer < 0 else None
    if chat is None or not await service.may_see(app, chat, account):
        return None
    return await pages.load_page(app, chat.id)
