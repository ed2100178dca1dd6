"""What the posts room adds to others: counts on messages, dropped with the post."""

from __future__ import annotations

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.posts import service, views

__all__ = ["views"]  # imported to be registered

messages.when_erased(service.erased)
