"""What a comment stands under: the text of a post, with the captions of its album."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.discussions import service as discussions
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.safety.antispam.relevance import ARTICLE_MAX


async def load_article(app: App, channel: int, post: int) -> str:
    """The text of a channel's post, as :class:`~.submission.Submission` has it; '' of none."""
    where = messages.unguarded(channel, channel)
    row = (await messages.in_place(app, where, [post])).get(post)
    if row is None:
        return ""
    rows = await messages.albums.whole(app, where, row)
    return "\n".join(one.text for one in rows if one.text)[:ARTICLE_MAX]


async def load_answered_article(app: App, group: int, message: int) -> str:
    """The text of the post that a message of a discussion group answers, in its thread; '' where
    it answers none.
    """
    where = messages.unguarded(group, group)
    row = (await messages.in_place(app, where, [message])).get(message)
    if row is None or row.top is None:
        return ""
    copied = (await discussions.of_messages(app, group, [row.top])).get(row.top)
    return await load_article(app, copied.channel, copied.post) if copied is not None else ""
