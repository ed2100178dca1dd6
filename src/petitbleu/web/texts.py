"""Texts of the pages of this folder, by language."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

TEXTS = Catalogue("readers", "site")
