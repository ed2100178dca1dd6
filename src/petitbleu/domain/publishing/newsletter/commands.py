"""“Newsletter”: owners see the numbers of their newsletter, and get the page of its list."""

from __future__ import annotations

from petitbleu import typography
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.newsletter import counting, lists, subscribing, texts, timetable
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Said, plain

_LIST = frozenset({"list", "liste", "export", "import", "exporter", "importer"})
_LATELY = (counting.SENT, counting.CONFIRMED, *(
    subscribing.LEFT, subscribing.BOUNCED, subscribing.COMPLAINED, counting.RETURNED,
))  # fmt: skip


@servicechat.command("newsletter", "infolettre", "rundbrief", texts=texts.OWNERS)
async def newsletter(app: App, said: Said) -> str:
    """Answer with numbers, or with the address of the list's page; nothing is changed here."""
    words = texts.OWNERS[said.lang]
    if not said.words:
        return words["how"]
    name = said.words[0].rstrip("/").rpartition("/")[2].removeprefix("@")
    page = await _mine(app, said.account, name)
    if page is None:
        return words["not_yours"].format(name=plain(name, 32))
    title = plain(page.chat.title)
    if len(said.words) > 1 and said.words[1].casefold() in _LIST:
        link = lists.link(app, said.account, page.chat.id)
        return words["list"].format(title=title, link=link)
    if not page.switches.newsletter:
        return words["off"].format(title=title, name=page.name)
    return await _figures(app, said.lang, page, title)


async def _mine(app: App, account: int, name: str) -> Page | None:
    """The page of a public name, for its owner; None for everybody else."""
    peer = await usernames.resolve(app.store, name) if len(name) <= 32 else None
    chat = await chats.get(app, peer) if peer is not None and peer < 0 else None
    if chat is None or not await lists.is_owner(app, chat, account):
        return None
    return await pages.load_page(app, chat.id)


async def _figures(app: App, lang: str, page: Page, title: str) -> str:
    words, figures = texts.OWNERS[lang], await counting.figures(app, page.chat.id)

    def line(key: str, value: int) -> str:
        return words[key].format(typography.number(lang, value))

    there = figures.subscribers
    total = sum(there.get(one, 0) for one in timetable.FREQUENCIES)
    now = [line("total", total)]
    now += [line(f"of_{one}", there[one]) for one in timetable.FREQUENCIES if there.get(one)]
    if there.get(subscribing.NEW):
        now.append(line("of_new", there[subscribing.NEW]))
    lately = [line(f"was_{one}", figures.lately.get(one, 0)) for one in _LATELY]
    return words["figures"].format(
        title=title, now="\n".join(now), lately="\n".join(lately), name=page.name
    )
