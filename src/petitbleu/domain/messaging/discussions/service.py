"""The discussions room as other rooms see it."""

from __future__ import annotations

from petitbleu.domain.messaging.discussions.copies import begin, of_messages, of_posts

__all__ = ["begin", "of_messages", "of_posts"]
