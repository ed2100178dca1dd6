"""Words of the desk's pages: the tables of the catalogue that they are written from."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

TABLES = (
    "pages.shell",
    "pages.comments",
    "pages.team",
    "pages.log",
    "pages.did",
    "pages.work",
    "pages.lists",
    "pages.decide",
    "pages.reporter_statements",
    "pages.joining",
    "pages.redress",
    "pages.concerned",
    "pages.letter_templates",
    "pages.reporting",
    "pages.media",
    "pages.present",
    "pages.manual_intake",
    "pages.events",
    "pages.writing",
    "pages.routing",
    "pages.presets",
    "pages.telling",
    "pages.disclosing",
    "pages.threats",
)
"""One for each part of the pages; no key stands in two of them."""

TEXTS = Catalogue("desk", *TABLES)
"""Language -> key -> words."""
