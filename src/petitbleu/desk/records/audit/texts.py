"""Words of the mails about the log."""

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("desk", "audit")
HEAD = _TEXTS.mails("head")

BROKEN = _TEXTS.mails("broken")

STILL = _TEXTS.mails("still")

RESTORED = _TEXTS.mails("restored")
