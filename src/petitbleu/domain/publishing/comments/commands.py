"""What the people of a channel answer about held comments: ``ok``, ``no``, ``spam``."""

from __future__ import annotations

from petitbleu import acts
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.comments import calling, pictures, service
from petitbleu.domain.publishing.comments import calling_texts as texts
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.domain.servicechat.service import Said
from petitbleu.store.api import Tx

AT_ONCE = 20
_AGREED = frozenset({"ok", "yes", "oui", "ja", "on"})
_REFUSED = frozenset({"no", "non", "nein", "off"})


@servicechat.command("ok", "no", "non", "nein", "spam", texts=texts.TEXTS)
async def verdict(app: App, said: Said) -> str:
    """Decide about the comments that are named, or that stand in the message answered to."""
    numbers = _numbers(said)
    if not numbers and said.about[:1] == [calling.ABOUT] and len(said.about) == 3:
        _, at, channel = said.about
        numbers = await calling.in_message(app, int(channel), int(at))
        told = [
            line for number in numbers if (line := await _decide(app, said, number, silent=True))
        ]
        return "\n".join(told) or texts.say(said.lang, "nothing")
    if not numbers:
        return texts.say(said.lang, "which").format(word=said.command)
    return "\n".join([await _decide(app, said, number) for number in numbers])


@servicechat.command("picture", "image", "bild", texts=texts.PICTURES)
async def picture(app: App, said: Said) -> str:
    """Show the pictures of comments, or do not: ``picture @name 57 ok``; in an answer to the
    message that asks, ``picture ok`` means all that wait in it."""
    words = [word.casefold() for word in said.words]
    shown = words[-1] in _AGREED if words else False
    if not words or not (shown or words[-1] in _REFUSED):
        return texts.say(said.lang, "picture_how")
    if len(words) == 1 and said.about[:1] == [pictures.ABOUT] and len(said.about) == 3:
        channel, numbers = int(said.about[2]), []
        numbers = await pictures.in_message(app, channel, int(said.about[1]))
    elif len(words) > 2:
        name = said.words[0].rstrip("/").rpartition("/")[2].removeprefix("@")
        found = await usernames.resolve(app.store, name) if len(name) <= 32 else None
        channel = found or 0
        numbers = [int(word) for word in words[1:-1] if word.isascii() and word.isdigit()]
    else:
        return texts.say(said.lang, "picture_how")
    chat = await chats.get(app, channel) if channel < 0 else None
    told = [await _show(app, said, chat, number, shown) for number in numbers[:AT_ONCE]]
    return "\n".join(told) or texts.say(said.lang, "nothing")


async def _show(app: App, said: Said, chat: ChatRow | None, number: int, shown: bool) -> str:
    try:
        if chat is None or number >= 1 << 31:
            raise pictures.NoPicture
        act = acts.Act("chat.comment", f"person:{said.account}", subject=f"chat:{chat.id}")
        await pictures.decide(acts.performing(app, act), chat, number, shown, by=said.account)
    except (pictures.NoPicture, calling.NotYours):
        return texts.say(said.lang, "picture_none").format(number=number)
    return texts.say(said.lang, "picture_on" if shown else "picture_off").format(number=number)


def _numbers(said: Said) -> list[int]:
    words = said.rest.replace(",", " ").replace("#", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) < 16 for word in words):
        return []
    return list(dict.fromkeys(map(int, words)))[:AT_ONCE]


async def _decide(app: App, said: Said, number: int, *, silent: bool = False) -> str:
    """One verdict; ``silent``: nothing is said where somebody else came first."""
    call = await calling.by_number(app, said.account, number)
    if call is None:
        return texts.say(said.lang, "unknown").format(number=number)
    by = f"{calling.USER}{said.account}"
    publish, spam = said.command == "ok", said.command == "spam"
    row, chat = call

    async def check(tx: Tx, _: q.GuestRow) -> None:
        await calling.check(tx, app, chat, said.account)

    act = acts.Act("chat.comment", f"person:{said.account}", subject=f"comment:{row.id}")
    acting = acts.performing(app, act)
    try:
        done = await service.decide(
            acting, row.id, publish=publish, spam=spam, by=by, seen=row.spam_check, also=check,
            only_held=True,
        )  # fmt: skip
    except calling.NotYours:
        return texts.say(said.lang, "unknown").format(number=number)
    now = await app.store.row(q.GET, id=row.id)
    if now is None:
        return texts.say(said.lang, "unknown").format(number=number)
    # A repeated message (after a crash) finds its own verdict: it is answered like the first.
    mine = done or (now.decided_by == by and _is(now, said.command))
    if silent and not mine:
        return ""
    key = "done" if mine else "late"
    outcome = await calling.outcome(app, now, said.lang)
    return texts.say(said.lang, key).format(
        number=number, name=texts.plain(row.name), outcome=outcome
    )


def _is(row: q.GuestRow, word: str) -> bool:
    """Whether a comment ended as the word says."""
    if word == "ok":
        return row.state in ("approved", "published")
    return row.state == "refused" and row.ending == ("no" if word in _REFUSED else "spam")
