"""The way of a guest's comment: written, confirmed, held or published, edited, taken back."""

from __future__ import annotations

import hmac

from petitbleu import jobs, rates
from petitbleu.app import Actor, App
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.discussions import service as discussions
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.comments import calling, hooks, judging, names, publishing, rules
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.publishing.comments.forms import (
    Invalid,
    NotThere,
    Seen,
    Stale,
    Taken,
    TooLate,
    Typed,
)
from petitbleu.domain.publishing.comments.hooks import (
    Advice,
    Words,
    on_calling,
    on_typed,
    on_written,
)
from petitbleu.domain.publishing.comments.judging import (
    BOXES,
    BULK,
    Also,
    Box,
    Waiting,
    boxes,
    bulk,
    channels,
    decide,
    is_asked,
    queue,
    waiting,
)
from petitbleu.domain.publishing.comments.keeping import CONFIRM_SECONDS, sweep, tidy
from petitbleu.domain.publishing.comments.people import Guest, guests, speakers
from petitbleu.domain.publishing.comments.publishing import Publish, ask, link, macs, opened, seal
from petitbleu.domain.publishing.comments.queries import GuestRow as GuestRow
from petitbleu.domain.publishing.comments.reading import (
    Comment,
    Comments,
    Gone,
    Version,
    find,
    newest,
    of_post,
    one,
    picture_file,
    version,
)
from petitbleu.domain.publishing.comments.rules import RULES, USUAL, Rule, rule, set_rule
from petitbleu.domain.publishing.comments.rules import Invalid as InvalidRule
from petitbleu.domain.publishing.comments.rules import of_channel as rules_of
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.domain.safety.antispam.service import Submission, tokens
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.ids import GUESTS_USER
from petitbleu.store.api import Tx

__all__ = [
    "BOXES",
    "BULK",
    "RULES",
    "USUAL",
    "Advice",
    "Also",
    "Box",
    "Comment",
    "Comments",
    "Gone",
    "Guest",
    "GuestRow",
    "Invalid",
    "InvalidRule",
    "NotThere",
    "Rule",
    "Seen",
    "Stale",
    "Taken",
    "TooLate",
    "Typed",
    "Version",
    "Waiting",
    "Words",
    "admit",
    "ask_people",
    "boxes",
    "bulk",
    "channels",
    "confirm",
    "contest",
    "decide",
    "edit",
    "find",
    "guests",
    "is_asked",
    "link",
    "newest",
    "of_post",
    "on_calling",
    "on_typed",
    "on_written",
    "one",
    "open_to_guests",
    "picture_file",
    "queue",
    "rule",
    "rules_of",
    "see",
    "set_rule",
    "speakers",
    "submit",
    "sweep",
    "tidy",
    "token",
    "unsubscribe",
    "version",
    "waiting",
    "withdraw",
]

NAME_MAX, TEXT_MAX, CONTEST_MAX = 60, 4000, 2000
EDIT_SECONDS = 30 * 60
TWIN_SECONDS, TWINS = 15 * 60, 20
"""So long, the same words under the same post are the same comment, sent again by an impatient
hand; how many others of the name are compared."""
REMIND_SECONDS = 60
"""Who sends a form again after that has not found the mail."""
PAGE = 50
REMOVED = "removed"
"""Of a published comment whose message is not in the group any more."""


def _form(channel: int, post: int) -> str:
    return f"{channel}/{post}/comment"


def token(app: App, channel: int, post: int) -> str:
    """The token of a form that is shown now."""
    return tokens.issue(app, _form(channel, post))


async def open_to_guests(app: App, page: Page, post: int) -> int:
    """The message of the discussion group that comments of guests answer to; raises NotThere where
    the owner lets no guests comment there (any more), or there is no such post.
    """
    if page.under or page.chat.linked is None or not (await rule(app, page, post)).guests:
        raise NotThere
    group = await chats.get(app, page.chat.linked)
    copy = (await discussions.of_posts(app, page.chat.id, [post])).get(post)
    if group is None or chats.dead(group) or copy is None or copy.chat != group.id:
        raise NotThere
    there = await messages.in_place(app, messages.unguarded(group.id, group.id), [copy.message])
    if copy.message not in there:
        raise NotThere
    return copy.message


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


async def submit(
    app: App, page: Page, post: int, typed: Typed, *, ip: str, agent: str, lang: str
) -> Taken:
    """Take a comment in and mail the link that confirms it.

    Raises NotThere, Invalid, Stale, FLOOD_WAIT_X (:class:`Fault`), OSError where no mail leaves:
    then nothing is kept. Of what is surely spam its author is told so on the page, and no mail is
    sent: the address may be anybody's. A form that is sent twice is one comment.
    """
    top = await open_to_guests(app, page, post)
    name, email, text = await _signed(app, page, post, typed)
    age = tokens.age(app, _form(page.chat.id, post), typed.token)
    if age is not None and age > tokens.MAX_FORM_SECONDS:
        raise Stale
    await antispam.admit(app, ip, email)
    parent = await _parent(app, page, typed.parent, top)
    what = Submission(
        text=text,
        author=name,
        email=email,
        ip=ip,
        agent=agent[:300],
        link=f"{joining.base_url(app)}/{page.name}/{post}",
        seconds=-1 if age is None else age,
        trap=typed.trap,
        forged=age is None,
        article=await antispam.load_article(app, page.chat.id, post),
    )
    checked = await antispam.check(
        app, what, door=antispam.FORM, proven=f"mail:{email}", ask_outside=True
    )
    verdict = "discard" if typed.trap else checked.verdict.verdict
    number = int(app.clock.now() * 1000) << 20 | int.from_bytes(app.random(3), "big") >> 4
    row = GuestRow(
        id=number,
        channel=page.chat.id,
        post=post,
        chat=page.chat.linked or 0,
        parent=parent,
        name=name,
        sealed=seal(app, number, email, text),
        language=lang,
        notify=int(typed.notify),
        state="discarded" if verdict == "discard" else "new",
        spam_check=checked.id,
        message=0,
        at=int(app.clock.now()),
        confirmed_at=None,
        decided_by="",
        verdict=verdict,
        score=round(checked.verdict.score * 1_000_000),
        asked_at=int(app.clock.now()),
        ending="",
        decided_at=0,
        contested_at=0,
        contest=None,
    )
    row, advice = await _keep(app, row, silent=typed.trap)
    review = publishing.link(app, row.id) if row.state == "discarded" else ""
    return Taken(email, review, advice)


async def _signed(app: App, page: Page, post: int, typed: Typed) -> tuple[str, str, str]:
    """:func:`_checked`, under a name that its author may use there."""
    checked = _checked(typed)
    if await names.standing(app, page, post, checked[0]) == names.REFUSED:
        raise Invalid({"name": "taken_name"})
    return checked


def _checked(typed: Typed) -> tuple[str, str, str]:
    """Name, address and text as they are kept."""
    wrong = {}
    name = " ".join(typed.name.split())
    text = typed.text.replace("\r\n", "\n").strip()
    email = joining.check_email(typed.email)
    if not 1 <= len(name) <= NAME_MAX or not any(char.isalnum() for char in name):
        wrong["name"] = "wrong_name"
    if email is None:
        wrong["email"] = "wrong_email"
    if not 1 <= len(text) <= TEXT_MAX:
        wrong["text"] = "wrong_text" if len(text) > TEXT_MAX else "no_text"
    if wrong or email is None:
        raise Invalid(wrong)
    return name, email, text


async def _parent(app: App, page: Page, wanted: int, top: int) -> int:
    """The comment that is answered, if it is one of this post; 0: the post itself."""
    if not wanted or page.chat.linked is None:
        return 0
    place = messages.unguarded(page.chat.linked, page.chat.linked)
    row = (await messages.in_place(app, place, [wanted])).get(wanted)
    return wanted if row is not None and row.top == top else 0


async def _keep(app: App, row: GuestRow, *, silent: bool = False) -> tuple[GuestRow, Advice | None]:
    """Write the comment down and mail its link (unless ``silent``); as it is kept, and what its
    author is told besides. Raises OSError: then it is dropped, but what it tells of danger stays
    heard.
    """
    await hooks.typed(app, opened(app, row)[1])
    row, again, advice = await app.store.write(_insert, app, row)
    if silent:
        return row, advice
    if row.state == "new" and (not again or app.clock.now() >= row.asked_at + REMIND_SECONDS):
        try:
            await ask(app, row)
        except OSError:
            if not again:
                await app.store.write(_drop, row.id)
            raise
    return row, advice


async def _insert(tx: Tx, app: App, row: GuestRow) -> tuple[GuestRow, bool, Advice | None]:
    """The comment as it is kept, whether it was there already, and what its author is told."""
    await chats.lock(tx, row.channel)
    of = {"channel": row.channel, "post": row.post, "parent": row.parent, "name": row.name}
    twins = await tx.rows(q.TWINS, **of, since=row.at - TWIN_SECONDS, limit=TWINS)
    for twin in twins:
        if opened(app, twin) == opened(app, row):
            return twin, True, await hooks.written(tx, app, Words(twin, *opened(app, twin)))
    await tx.run(q.INSERT, **row._asdict())
    return row, False, await hooks.written(tx, app, Words(row, *opened(app, row)))


async def _drop(tx: Tx, number: int) -> None:
    await tx.run(q.DROP, id=number)


# ── the author's link ───────────────────────────────────────────────────────────────────────────


async def _of(app: App, signed: str) -> GuestRow:
    """The comment a link is for. Raises NotThere."""
    written, _, mac = signed.partition(".")
    try:
        number = int(written, 16) if len(written) <= 16 else -1
    except ValueError:
        raise NotThere from None
    if not 0 < number < 1 << 63:
        raise NotThere
    if not any(hmac.compare_digest(mac.encode(), one.encode()) for one in macs(app, number)):
        raise NotThere
    row = await app.store.row(q.GET, id=number)
    if row is None:
        raise NotThere
    return row


async def see(app: App, signed: str) -> Seen:
    """What became of a comment, for whoever has its link. Raises NotThere."""
    row = await _of(app, signed)
    _, text = opened(app, row)
    state, removal = row.state, None
    if state in ("published", REMOVED):
        stands = await publishing.stands(app, row)
        state = "published" if stands else REMOVED
        removal = None if stands else await moderation.removal(app, row.chat, row.message)
    elif state == "refused" and row.ending in (judging.SPAM, judging.KEPT):
        contested = row.ending == judging.SPAM and row.contested_at
        # Whose address was never confirmed hears nothing by mail: the page says what becomes of it.
        asked = "contested" if row.confirmed_at else "asked"
        state = asked if contested else row.ending
    until = (row.confirmed_at or row.at) + EDIT_SECONDS
    open_still = state in ("held", "published") and app.clock.now() < until
    return Seen(row, state, text, until if open_still else 0, removal)


async def confirm(app: App, signed: str) -> Seen:
    """The author has the address: the comment is published, or waits for somebody. Said again it
    changes nothing.
    """
    row = await _of(app, signed)
    page = await pages.load_page(app, row.channel)
    if row.state == "new" and page is not None:
        if app.clock.now() >= row.asked_at + CONFIRM_SECONDS:
            raise NotThere
        now = "approved" if await _passes(app, page, row) else "held"
        if await app.store.write(_confirm, row, now, int(app.clock.now())) and now == "approved":
            await publishing.publish(app, row.id)
    return await see(app, signed)


async def _passes(app: App, page: Page, row: GuestRow) -> bool:
    """Whether a confirmed comment is published without anybody looking at it (any more)."""
    if row.decided_by:  # it was discarded, and somebody said that it is none
        return True
    kept = await antispam.get(app, row.spam_check)
    if kept is None or kept.verdict != "publish":
        return False
    return await _unseen(app, page, row)


async def _unseen(app: App, page: Page, row: GuestRow) -> bool:
    """Whether what passes the filter is published under a post without anybody looking at it."""
    if await names.standing(app, page, row.post, row.name) != names.FREE:
        return False
    mode = (await rule(app, page, row.post)).mode
    if mode == rules.DIRECT:
        return True
    email, _ = opened(app, row)
    return mode == rules.HELD and await antispam.known_good(app, f"mail:{email}")


async def _confirm(tx: Tx, row: GuestRow, now: str, at: int) -> bool:
    if not await tx.run(q.CONFIRM, id=row.id, now=now, at=at):
        return False
    if now == "approved":
        await jobs.schedule(tx, Publish(id=row.id), due=at + 60, key=str(row.id))
    else:
        await calling.held(tx, row.id, row.channel, at)
    return True


async def admit(app: App, signed: str, *, ip: str) -> None:
    """Count something that an author does by their link; FLOOD_WAIT_X where it was too much.

    Raises NotThere. Each change is told to everybody in the group, and to who must approve it.
    """
    row = await _of(app, signed)
    await rates.durable(app, "comment_link", f"{row.id:x}", ip=ip)


async def edit(app: App, signed: str, text: str) -> Seen:
    """The author says it otherwise. What does not pass the filter any more waits for somebody, and
    so does what somebody approved: they saw another text.

    Raises NotThere, TooLate, Invalid.
    """
    seen = await see(app, signed)
    if not seen.editable:
        raise TooLate
    row = seen.row
    email, _ = opened(app, row)
    _, _, text = _checked(Typed(row.name, email, text, ""))
    article = await antispam.load_article(app, row.channel, row.post)
    what = Submission(text=text, author=row.name, email=email, article=article)
    checked = await antispam.check(app, what, door=antispam.FORM, proven=f"mail:{email}")
    page = await pages.load_page(app, row.channel)
    passes = checked.verdict.public and page is not None and await _unseen(app, page, row)
    now = row.state if passes else "held"
    sealed = seal(app, row.id, email, text)
    changed = {
        "id": row.id,
        "sealed": sealed,
        "spam_check": checked.id,
        "was": row.state,
        "now": now,
        "verdict": checked.verdict.verdict,
        "score": round(checked.verdict.score * 1_000_000),
    }
    await hooks.typed(app, text)
    if (
        await app.store.write(_rewrite, app, row, changed, int(app.clock.now()))
        and row.state == "published"
    ):
        if now == "held":
            await messages.take_posts(app, Actor(GUESTS_USER), row.chat, [row.message])
        else:
            await publishing.rewrite(app, row, text)
    return await see(app, signed)


async def _rewrite(tx: Tx, app: App, row: GuestRow, changed: dict[str, object], at: int) -> bool:
    if not await tx.run(q.REWRITE, **changed):
        return False
    new = await tx.row(q.GET, id=row.id)
    assert new is not None
    await hooks.written(tx, app, Words(new, *opened(app, new)))
    if changed["now"] == "held":  # nobody's "ok" to the text before is one to this
        await calling.held(tx, row.id, row.channel, at)
    return True


async def withdraw(app: App, signed: str) -> Seen:
    """The author takes it back, while it can be edited. Raises NotThere, TooLate."""
    seen = await see(app, signed)
    if not seen.editable:
        raise TooLate
    row = seen.row
    if await app.store.write(_withdraw, row, int(app.clock.now())) and row.message:
        await messages.take_posts(app, Actor(GUESTS_USER), row.chat, [row.message])
    return await see(app, signed)


async def contest(app: App, signed: str, text: str) -> Seen:
    """The author says that what was taken for spam is none: somebody looks (again), once.

    Raises NotThere, TooLate (where there is nothing to contest), Invalid.
    """
    row = await _of(app, signed)
    said = text.replace("\r\n", "\n").strip()
    if not 1 <= len(said) <= CONTEST_MAX:
        raise Invalid({"why": "no_why" if not said else "wrong_why"})
    if not await judging.contest(app, row, said):
        raise TooLate
    return await see(app, signed)


async def ask_people(tx: Tx, app: App, number: int) -> None:
    """Ask the people of a channel about a comment that was kept back from them."""
    row = await tx.row(q.GET, id=number)
    if row is not None and row.state == "held":
        await calling.held(tx, row.id, row.channel, int(app.clock.now()))


async def unsubscribe(app: App, signed: str) -> None:
    """No more mail about answers. Raises NotThere."""
    row = await _of(app, signed)
    await app.store.write(_hush, row.id)


async def _hush(tx: Tx, number: int) -> None:
    await tx.run(q.QUIET, id=number)


async def _withdraw(tx: Tx, row: GuestRow, at: int) -> bool:
    if not await tx.run(q.MOVE, id=row.id, was=row.state, now="withdrawn", by="author"):
        return False
    await calling.ended(tx, row.id, at)
    return True
