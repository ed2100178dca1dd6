"""What second readers write to the service chat: approve, alone, discard, preview, waiting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from petitbleu import acts
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import WRITE
from petitbleu.domain.messaging.scheduled import approving
from petitbleu.domain.messaging.second_reader import held
from petitbleu.domain.messaging.second_reader import service as second_reader
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.review import previews, telling, texts
from petitbleu.domain.publishing.review.telling import ABOUT, CODE
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Said, plain
from petitbleu.errors import Fault

LISTED = 20
_REFUSED = {
    "APPROVAL_OUTDATED": "outdated",
    "APPROVAL_FORBIDDEN": "own",
    "CHAT_ADMIN_REQUIRED": "no_right",
    "MESSAGE_ID_INVALID": "gone",
    "CHAT_NOT_MODIFIED": "not_demanded",
    "PUBLIC_CHANNEL_MISSING": "nameless",
}


class Named(NamedTuple):
    """Which version of what is meant."""

    channel: int
    id: int
    seen: str
    edit: bool


async def _approve(app: App, said: Said) -> str:
    """Agree to what the message answered to is about, or to what is named by its code."""
    named = await _named(app, said, said.words[0] if said.words else "")
    return await _agree(app, said, named, None) if named else texts.say(said.lang, "which")


async def _alone(app: App, said: Said) -> str:
    """Have the owner publish without a second reader, for the reason that is given."""
    words = list(said.words)
    named = _answered(said)
    if named is None and words:
        named = await _named(app, said, words.pop(0))
    if named is None:
        return texts.say(said.lang, "which")
    if not words:
        return texts.say(said.lang, "no_reason")
    return await _agree(app, said, named, " ".join(words))


async def _discard(app: App, said: Said) -> str:
    """Have an edit that waits not be made."""
    named = await _named(app, said, said.words[0] if said.words else "")
    if named is None or not named.edit:
        return texts.say(said.lang, "which_edit")
    me, acting = _acting(app, said, named.channel)
    try:
        await second_reader.drop_edit(acting, me, named.channel, named.id, named.seen)
    except Fault as fault:
        return _refused(said.lang, fault)
    return texts.say(said.lang, "discarded", post=named.id)


async def _preview(app: App, said: Said) -> str:
    """A link to what the message answered to is about, as it will look on the web."""
    named = await _named(app, said, said.words[0] if said.words else "")
    if named is None:
        return texts.say(said.lang, "which")
    make = previews.make_of_edit if named.edit else previews.make
    try:
        link = await make(app, Actor(said.account), named.channel, named.id)
    except Fault as fault:
        return _refused(said.lang, fault)
    return texts.say(said.lang, "preview", link=link)


async def _agree(app: App, said: Said, named: Named, reason: str | None) -> str:
    me, acting = _acting(app, said, named.channel)
    channel, id, seen, edit = named
    try:
        if edit:
            await second_reader.approve_edit(acting, me, channel, id, seen, reason)
            return texts.say(said.lang, "done_edit", post=id)
        post = await second_reader.approve(acting, me, channel, id, seen, reason)
    except Fault as fault:
        return _refused(said.lang, fault)
    if post[0].due <= app.clock.now():
        return texts.say(said.lang, "done_now")
    return texts.say(said.lang, "done", when=texts.moment(app, said.lang, post[0].due))


def _acting(app: App, said: Said, channel: int) -> tuple[Actor, App]:
    act = acts.Act("chat.second_reader", f"person:{said.account}", subject=f"chat:{channel}")
    return Actor(said.account), acts.performing(app, act)


def _refused(lang: str, fault: Fault) -> str:
    return texts.say(lang, _REFUSED.get(fault.name, "no_right"))


# ── what is meant ───────────────────────────────────────────────────────────────────────────────


def _answered(said: Said) -> Named | None:
    if said.about[:1] != [ABOUT] or len(said.about) != 5:
        return None
    _, channel, id, seen, edit = said.about
    return Named(int(channel), int(id), str(seen), bool(edit))


async def _named(app: App, said: Said, code: str) -> Named | None:
    """What the message answered to is about, else what the code names."""
    answered = _answered(said)
    if answered is not None or len(code) < CODE:
        return answered
    found = [
        one for row in await _channels(app, said.account) for one in await _waiting(app, row)
        if one.seen.startswith(code.casefold())
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


async def _channels(app: App, account: int) -> list[ChatRow]:
    """Channels with a second reader in which somebody may post."""
    inside = await members.channels_of(app.store, account)
    rows = await chats.get_many(app, inside)
    mine = await members.of_chats(app, account, rows)
    now = app.clock.now()
    wanted = [
        row for row in rows.values()
        if second_reader.is_demanded(row) and members.may(row, mine.get(row.id), WRITE, now)
    ]  # fmt: skip
    return sorted(wanted, key=lambda row: (row.title.casefold(), row.id))


async def _waiting(app: App, row: ChatRow) -> list[Named]:
    posts = [
        Named(row.id, post[0].id, approving.version(post), edit=False)
        for post in await approving.posts(app.store, row.id)
        if not all(one.approved_by for one in post)
    ]
    edits = await held.waiting(app.store, row.id)
    return posts + [Named(row.id, one.message, held.version(one), edit=True) for one in edits]


async def _list(app: App, said: Said) -> str:
    """What waits for a second reader in the channels in which I may post."""
    lines = []
    for row in await _channels(app, said.account):
        for named in (await _waiting(app, row))[:LISTED]:
            what = await telling.waiting(app, row.id, named.id, named.seen, edit=named.edit)
            if what is None:
                continue
            who = (await accounts.get_many(app, [what.author])).get(what.author)
            key = "listed_edit" if named.edit else "listed"
            lines.append(texts.say(
                said.lang, key, code=named.seen[:CODE], title=plain(row.title), post=named.id,
                who=telling.name_of(who), when=texts.moment(app, said.lang, what.due),
                text=plain(what.shown, 80),
            ))  # fmt: skip
    if not lines:
        return texts.say(said.lang, "nothing")
    return texts.say(said.lang, "list", lines="\n\n".join(lines[:LISTED]))


_DEEDS: dict[str, Callable[[App, Said], Awaitable[str]]] = {
    **dict.fromkeys(("approve", "approuver", "approuve", "freigeben"), _approve),
    **dict.fromkeys(("alone", "seul", "seule", "allein"), _alone),
    **dict.fromkeys(("discard", "abandonner", "verwerfen"), _discard),
    **dict.fromkeys(("preview", "aperçu", "apercu", "vorschau"), _preview),
    **dict.fromkeys(("waiting", "attente", "wartet"), _list),
}


@servicechat.command(*_DEEDS, texts=texts.TEXTS)
async def read(app: App, said: Said) -> str:
    """Each leaves things as asked, however often it is carried out."""
    return await _DEEDS[said.command](app, said)
