"""The relying party of the staff's passkeys, from ``public_url``."""

from __future__ import annotations

from typing import ClassVar

from petitbleu import authenticators
from petitbleu.catalogues import Catalogue
from petitbleu.config import Config
from petitbleu.refusals import Refusal, Sentences

COOKIE = "desk"


class NoParty(Refusal):
    """Passkeys cannot be used as the instance is set up; the text says what to set."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.staff.party.noparty")


class Party(authenticators.Party):
    """The desk as a relying party."""

    __slots__ = ()

    @property
    def cookie(self) -> str:
        """The name of the session cookie. ``__Host-`` (over HTTPS): no other host can set it."""
        return f"__Host-{COOKIE}" if self.secure else COOKIE

    @property
    def sso_cookie(self) -> str:
        """The name of the cookie of a sign-in that is under way at the OpenID provider."""
        return f"{self.cookie}-sso"


def relying_party(config: Config) -> Party:
    """The relying party. Raises NoParty with a sentence for the operator."""
    url = config.public_url
    if not url and config.dev:
        url = f"http://localhost:{config.listen[0].rpartition(':')[2]}"
    if not url:
        raise NoParty("none")
    try:
        return Party(*authenticators.party_at(url))
    except authenticators.NoParty as why:
        if why.reason == "number":
            raise NoParty("number", url=url) from None
        raise NoParty("insecure", url=url) from None
