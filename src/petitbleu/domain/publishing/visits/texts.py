"""What owners are told in the service chat."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

TEXTS = Catalogue("members", "visits")
