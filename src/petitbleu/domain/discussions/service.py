"""The discussions room as other rooms see it."""

from __future__ import annotations

from petitbleu.domain.discussions.copies import LINKED_POST, begin, of_messages, of_posts

__all__ = ["LINKED_POST", "begin", "of_messages", "of_posts"]
