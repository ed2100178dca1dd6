"""Words of the mail about differences."""

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("desk", "reconciliation")
DIFFERS = _TEXTS.mails("differs")
