"""Texts of the pages for people who were invited, by language."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

TEXTS = Catalogue("readers", "joining_pages")
