"""What ``petitbleu check`` says of newsletters: what is not set, what the domain's records lack."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.publishing.newsletter import composing, records
from petitbleu.domain.publishing.newsletter.records import NoAnswer, Server
from petitbleu.domain.publishing.pages import service as pages

_DOCUMENT = "docs/operate/newsletter.md"


async def advice(app: App) -> list[str]:
    """A sentence for each thing that is missing; none where no channel has a newsletter."""
    if not any(page.switches.newsletter for page in await pages.listed(app)):
        return []
    return [*_settings(app), *await _domain(app)] if app.mail is not None else _settings(app)


def _settings(app: App) -> list[str]:
    config, said = app.config, []
    if app.mail is None:
        said.append("Newsletters are on, but no mail leaves: set [smtp] host and sender.")
    if not config.public_url:
        said.append("Newsletters: public_url is not set, so the links in their mails lead nowhere.")
    if not config.newsletter.bounces:
        said.append(
            "Newsletters: [newsletter] bounces is not set, so mail to addresses that are none is"
            f" sent for ever: {_DOCUMENT} shows how it comes back."
        )
    elif not config.desk.smtp_listen and not config.desk.imap.host:
        said.append(
            "Newsletters: nobody reads what returns to [newsletter] bounces: set [desk] smtp_listen"
            " or [desk.imap]."
        )
    return said


async def _domain(app: App) -> list[str]:
    """What the records of the sending domain lack (RFC 7208, 6376, 7489)."""
    server = app.parts[records.RESOLVER]()
    sender = composing.sender(app).rpartition("@")[2]
    envelope = (app.config.newsletter.bounces or composing.sender(app)).rpartition("@")[2]
    if server is None:
        return [f"Newsletters: no resolver, so the records of {sender} were not looked at."]
    said = []
    try:
        if not await _has(app, server, envelope, "v=spf1"):
            said.append(
                f"Newsletters: {envelope} has no SPF record; many services refuse its mail."
            )
        if not await _has(app, server, f"_dmarc.{sender}", "v=dmarc1"):
            said.append(f"Newsletters: {sender} has no DMARC record (_dmarc.{sender}).")
        selector = app.config.newsletter.dkim_selector
        if not selector:
            said.append(
                "Newsletters: [newsletter] dkim_selector is not set, so it was not looked whether"
                " mails can be signed (DKIM); large services refuse lists that are not."
            )
        elif not await _has(app, server, f"{selector}._domainkey.{sender}", "p="):
            said.append(f"Newsletters: there is no DKIM key at {selector}._domainkey.{sender}.")
    except NoAnswer as error:
        said.append(f"Newsletters: the records of {sender} could not be looked at: {error}.")
    return said


async def _has(app: App, server: Server, name: str, word: str) -> bool:
    query = int.from_bytes(app.random(2), "big")
    found = await records.texts(server, name, query=query)
    return any(word in text.lower() for text in found)
