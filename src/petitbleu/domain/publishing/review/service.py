"""The room as pages see it: links to posts that are not published yet."""

from __future__ import annotations

from petitbleu.domain.publishing.review.previews import Published, Shown, open_link

__all__ = ["Published", "Shown", "open_link"]
