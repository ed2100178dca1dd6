"""Who may comment on a post: the channel's switches, its age, and what was decided for it alone."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.pages.service import Page
from petitbleu.ids import SERVICE_USER
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Tx

CLOSED, MEMBERS, HELD, DIRECT = "closed", "members", "held", "direct"
OPEN, USUAL = "open", "usual"
RULES = (OPEN, CLOSED, MEMBERS, HELD, DIRECT)
"""For one post: as the channel's switch says, however old it is; or one of the switch's values."""
_DAY = 86_400
_CHANNELS = 1000


class Invalid(Exception):
    """A rule that does not exist, or of a post that does not; the text is one sentence."""


class Rule(NamedTuple):
    """How a post stands. ``mode``: closed, members, held, direct; ``closed_at`` (Unix seconds):
    since when it is too old for comments of guests, 0: it is not.
    """

    mode: str
    closed_at: int = 0

    @property
    def guests(self) -> bool:
        """Whether people without an account may write."""
        return self.mode in (HELD, DIRECT)


async def rule(app: App, page: Page, post: int) -> Rule:
    """How a post stands now. Under a preview nobody comments, whatever was said of the post."""
    if page.under:
        return Rule(CLOSED)
    own = (await of_channel(app, page.chat.id)).get(post, "")
    mode = page.switches.comments if own in ("", OPEN) else own
    if own or not page.switches.comments_days or mode not in (HELD, DIRECT):
        return Rule(mode)
    place = messages.unguarded(page.chat.id, page.chat.id)
    row = (await messages.in_place(app, place, [post])).get(post)
    end = row.date + page.switches.comments_days * _DAY if row is not None else 0
    return Rule(MEMBERS, end) if end and app.clock.now() >= end else Rule(mode)


# ── what was decided for one post ───────────────────────────────────────────────────────────────


ROOM = room("comment_rules", comment_rule=())
BY_CHANNEL: Part[Cache[int, dict[int, str]]] = Part(lambda app: cache_of(app, ROOM, _CHANNELS))


async def of_channel(app: App, channel: int) -> dict[int, str]:
    """The posts of a channel that have a rule of their own: post -> one of :data:`RULES`."""
    cache = app.parts[BY_CHANNEL]
    known = cache.get(channel)
    if known is None:
        generation = cache.generation
        known = {row.post: row.rule for row in await app.store.rows(q.RULES, channel=channel)}
        cache.keep(channel, known, generation)
    return known


async def set_rule(
    app: App, channel: int, post: int, wanted: str, *, by: int = SERVICE_USER
) -> None:
    """Give one post a rule of its own, or ``usual``: none. Raises Invalid, pages.NotYours.

    It stands in the recent actions of the channel, as done ``by`` an account (777000: the
    operator).
    """
    if wanted not in (*RULES, USUAL):
        raise Invalid(f"“{wanted}” is none of {', '.join((USUAL, *RULES))}")
    if wanted != USUAL:
        there = await messages.in_place(app, messages.unguarded(channel, channel), [post])
        if post not in there:
            raise Invalid(f"the channel has no post {post}")
    with app.parts[BY_CHANNEL].changing([channel]):
        await app.store.write(_set_rule, app, channel, post, wanted, by)


async def _set_rule(tx: Tx, app: App, channel: int, post: int, wanted: str, by: int) -> None:
    await pages.lock(tx, app, channel, by)
    rows = await tx.rows(q.RULES, channel=channel)
    before = next((row.rule for row in rows if row.post == post), USUAL)
    if before == wanted:
        return
    await pages.note(tx, app, channel, by, f"comments, post {post}: {before} → {wanted}")
    if wanted == USUAL:
        await tx.run(q.DROP_RULE, channel=channel, post=post)
    else:
        await tx.run(q.PUT_RULE, channel=channel, post=post, rule=wanted)
