"""Second readers in the recent actions of a channel. Clients know no such kinds of actions: they
stand there as messages of whoever acted, in the viewer's language.
"""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.adminlog.views import Look, shows
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.publishing.review import telling, texts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.servicechat import service as servicechat
from petitbleu.tl import api


async def _language(look: Look) -> str:
    viewer = await accounts.get(look.app, look.viewer)
    if viewer is None:
        return texts.TEXTS.language(*look.app.config.languages)
    return servicechat.language(look.app, viewer)


async def _said(look: Look, text: str) -> Any:
    """What is said as a message of the channel."""
    chat = look.chat.id
    row = MessageRow(chat, 0, chat, chat, 0, None, messages.POST, None, 0,
                     int(look.app.clock.now()), None, messages.TEXT, text, None, None,
                     look.viewer, None)  # fmt: skip
    (made,) = await message_views.render_collecting(look.app, look.viewer, [row], look.named)
    return api.ChannelAdminLogEventActionSendMessage(message=made)


async def _names(look: Look, *wanted: int) -> list[str]:
    look.named.update(one for one in wanted if one)
    known = await accounts.get_many(look.app, set(wanted))
    return [telling.name_of(known.get(one)) for one in wanted]


@shows("second_reader")
async def _switched(look: Look, data: dict[str, Any]) -> Any:
    key = "log.on" if data["new"] else "log.off"
    return await _said(look, texts.say(await _language(look), key))


@shows("approved")
async def _approved(look: Look, data: dict[str, Any]) -> Any:
    lang, (author,) = await _language(look), await _names(look, data["author"])
    key = "log.approved_edit" if data["edit"] else "log.approved"
    text = texts.say(lang, key, author=author, post=data["post"])
    if data["reason"]:
        text = texts.say(lang, "log.alone", reason=data["reason"])
    return await _said(look, text)


@shows("published")
async def _published(look: Look, data: dict[str, Any]) -> Any:
    """Nothing of a post that is withheld from the viewer."""
    row = MessageRow._make(data["new"].get(name) for name in MessageRow._fields)
    if not await restrictions.without_withheld(look.app, look.viewer, [row]):
        return None
    author, editor, by = await _names(look, data["author"], data["editor"], data["reader"])
    key = "log.published_alone" if data["reason"] else "log.published"
    if key == "log.published" and data["editor"] != data["author"]:
        key = "log.published_edited"
    values = {"author": author, "editor": editor, "by": by, "reason": data["reason"]}
    return await _said(look, texts.say(await _language(look), key, post=row.id, **values))
