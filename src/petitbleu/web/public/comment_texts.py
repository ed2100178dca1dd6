"""Words of the pages of comments."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

TEXTS = Catalogue("readers", "comment_pages")
