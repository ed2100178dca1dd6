"""When an instance is opened: a cache in front of it is told what changed meanwhile. What articles
said is kept when they are edited, and goes with them."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.second_reader import held
from petitbleu.domain.publishing.pages import alts, corrections, kept, purging, versions
from petitbleu.domain.updates import delivery

held.when_described(alts.approved, lambda app, chat: app.parts[kept.PAGES].changing([chat]))
chats.on_change(versions.replaced)
messages.when_erased(versions.erased)
messages.when_erased(corrections.erased)


async def begin(app: App) -> None:
    """Follow every commit from now on."""
    if app.config.web.purge_url:
        delivery.follow(app, app.parts[purging.PURGER].wake)
        app.parts[purging.PURGER].wake()
