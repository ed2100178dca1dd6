"""Points of contact (DSA 11 to 13), made of the operator's settings: one source for the page, the
machine files and the health line that says what is missing.

Keys the operator may set besides those that ``desk operator set`` knows stand in :data:`MORE`;
``docs/desk/public-pages.md`` explains them.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.access.joining import service as joining

MORE = (
    "postal_address",
    "phone",
    "hours",
    "user_email",
    "security_email",
    "privacy_email",
    "legal_representative",
    "legal_form",
    "company_number",
    "publication_director",
    "hosting",
    "tco_contact",
    "e_evidence_contact",
)
"""Names of single texts in the operator's settings."""
_EXPIRY_DAYS = 180
_DAY = 86_400


class Contact(NamedTuple):
    """Who answers here, and how they are reached. Empty: not set."""

    provider: str
    service: str
    country: str
    coordinator: str
    languages: tuple[str, ...]
    authorities: tuple[str, ...]
    """E-mail addresses for authorities, all of them published and tested every day."""
    base: str
    """Where pages are reached, without a slash at the end."""
    published: bool
    """Whether ``public_url`` says so; else it is only where the instance listens."""
    more: dict[str, str]

    def url(self, path: str) -> str:
        """An absolute address of this instance."""
        return f"{self.base}{path}"


async def contact(app: App) -> Contact:
    """The contact as it is now."""
    operator = await directory.operator(app.store, app)
    more = {name: str(operator.more.get(name) or "").strip() for name in MORE}
    return Contact(
        operator.name,
        app.config.name,
        operator.country,
        operator.coordinator,
        tuple(operator.declared_languages),
        app.config.desk.addresses,
        joining.base_url(app),
        bool(app.config.public_url),
        more,
    )


def lacking(found: Contact) -> list[str]:
    """What a page of contact may not lack, in sentences for the operator (health page)."""
    wrong = []
    if not found.provider or not found.country:
        wrong.append("The contact page names no operator: `petitbleu desk operator set`.")
    if not found.authorities:
        wrong.append("The contact page has no address for authorities: set [desk] addresses.")
    if not found.languages:
        wrong.append(
            "The contact page names no language for authorities: `declared_languages` of"
            " `petitbleu desk operator set`."
        )
    if not found.more["postal_address"]:
        wrong.append("The contact page has no `postal_address`: `petitbleu desk operator set`.")
    if not found.published:
        wrong.append("public_url is not set: letters cannot name the pages for the public.")
    return wrong


def machine(found: Contact, *, age: str, reports: str) -> dict[str, Any]:
    """``/.well-known/petitbleu-contact.json``. ``age``: key to encrypt orders to; ``reports``: the
    Ed25519 key (base64) that published reports are signed with.
    """
    return {
        "version": 1,
        "provider": found.provider,
        "service": found.service,
        "country": found.country,
        "digital_services_coordinator": found.coordinator,
        "authorities": {
            "articles": ["2022/2065 art. 11", "2021/784 art. 15"],
            "email": list(found.authorities),
            "upload": found.url("/autorites"),
            "languages": list(found.languages),
            "terrorist_content": found.more["tco_contact"] or None,
            "e_evidence": found.more["e_evidence_contact"] or None,
            "age_recipient": age,
        },
        "users": {
            "articles": ["2022/2065 art. 12"],
            "email": found.more["user_email"] or None,
            "phone": found.more["phone"] or None,
            "notice_form": found.url("/signaler"),
            "status": found.url("/suivi"),
        },
        "legal_representative": found.more["legal_representative"] or None,
        "postal_address": found.more["postal_address"] or None,
        "hours": found.more["hours"] or None,
        "rules": found.url("/regles"),
        "transparency": {"page": found.url("/transparence"), "ed25519": reports},
    }


def security_text(found: Contact, now: float) -> str:
    """``/.well-known/security.txt`` (RFC 9116)."""
    ways = [f"mailto:{found.more['security_email']}"] if found.more["security_email"] else []
    ways.append(found.url("/contact"))
    end = datetime.datetime.fromtimestamp(now // _DAY * _DAY, datetime.UTC)
    end += datetime.timedelta(days=_EXPIRY_DAYS)
    lines = [f"Contact: {way}" for way in ways]
    lines.append(f"Expires: {end.isoformat().replace('+00:00', 'Z')}")
    if found.languages:
        lines.append(f"Preferred-Languages: {', '.join(found.languages)}")
    lines.append(f"Canonical: {found.url('/.well-known/security.txt')}")
    return "\n".join([*lines, ""])
