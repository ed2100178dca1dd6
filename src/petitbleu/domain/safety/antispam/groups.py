"""Supergroups with the filter on: what new members say is looked at as soon as it was said.

Publishing comes first, so that nobody waits; what is spam is gone a moment later, in the name of an
account that clients know from ``telegram_antispam_user_id``: next to its deletions in the recent
actions they offer "not spam" (channels.reportAntiSpamFalsePositive). A message said in the very
moment the server is killed is not looked at. Nothing is sent to an outside service.
"""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ANTISPAM, SUPERGROUP
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ADMIN, DELETE, MEMBER, role
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import TEXT, Outgoing, Sent
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.safety.antispam import service, verdicts
from petitbleu.domain.safety.antispam.articles import load_answered_article
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.errors import Fault
from petitbleu.ids import ANTISPAM_USER, GUESTS_USER

NEW_SECONDS = 7 * 86_400
"""How long somebody is new in a group."""
HAND = Actor(ANTISPAM_USER)


@messages.on_post
def posted(app: App, item: Outgoing, sent: Sent) -> None:
    """Something was said in a supergroup or channel: look at it, once the caller has its answer."""
    if item.kind == TEXT and item.text and item.sender not in (None, GUESTS_USER):
        assert item.sender is not None
        app.spawn(_look(app, item.author, item.sender, item.text, sent.id))


async def _look(app: App, group: int, sender: int, text: str, message: int) -> None:
    row = await chats.get(app, group)
    if row is None or row.kind != SUPERGROUP or not row.flags & ANTISPAM:
        return
    member = await members.load_member(app, group, sender)
    now = app.clock.now()
    standing = role(member, now)
    if standing >= ADMIN:
        return
    if member is not None and standing == MEMBER and now - member.joined_at >= NEW_SECONDS:
        return
    who = await accounts.get(app, sender)
    name = f"{who.first_name} {who.last_name}".strip() if who is not None else ""
    article = await load_answered_article(app, group, message)
    what = Submission(text, author=name, kind="message", article=article)
    proven = f"account:{sender}"
    verdict = await service.look(app, what, proven=proven)
    if verdict.score < verdicts.SPAM_AT:
        return  # nobody holds anything here: what is only doubtful stands, and nothing is kept
    await service.keep(app, what, verdict, proven=proven, peer=group, message=message)
    await messages.take_posts(app, HAND, group, [message])


async def not_spam(app: App, me: Actor, group: int, message: int) -> bool:
    """An admin says that a removed message was good: the filter learns. Whether it was removed.

    CHANNEL_INVALID for whoever may not delete messages there.
    """
    try:
        standing = await members.require(app, me, group, DELETE)
    except Fault:
        raise Fault("CHANNEL_INVALID") from None
    if standing.chat.kind != SUPERGROUP:
        raise Fault("CHANNEL_INVALID")
    number = await service.of_message(app, group, message)
    if number is None:
        return False
    await service.judge(app, number, spam=False, by=f"account {me.id}")
    return True
