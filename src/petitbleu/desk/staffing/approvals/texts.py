"""Words of the mails of this room. Numbers only: no name, no content."""

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("desk", "approvals")
MISSING = _TEXTS.mails("missing")


def who(language: str, name: str) -> str:
    """``staff:7`` and ``staff`` as people say them; the number of a case as it is."""
    texts = _TEXTS[language]
    if name.startswith("staff:"):
        return texts["person"].format(name[6:])
    return texts["team"] if name == "staff" else name
