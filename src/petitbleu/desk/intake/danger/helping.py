"""What whoever writes of danger is told at once: whom to call, that the desk is not the police, and
what not to send.

Other people may read the same telephone or mailbox: subject and preview say nothing of it, the
words stand below those of any receipt.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from typing import Any

import msgspec

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.intake.danger import texts
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.jobs import Job
from petitbleu.resources import schema_text
from petitbleu.store.api import Tx

EVERYWHERE = "112"
_A_DAY = 86_400


class TellHelp(Job, tag="desk.danger.tell", frozen=True):
    """Somebody is told in the service chat whom to call."""

    account: int
    day: int


@cache
def _numbers() -> dict[str, list[str]]:
    table: dict[str, Any] = msgspec.json.decode(schema_text("desk/emergency-numbers.json"))
    return dict(table["countries"])


def numbers(app: App, country: str) -> str:
    """Whom to call in a country (ISO 3166 alpha-2; empty: the operator's): its own emergency
    numbers and 112. Of the operator's country those that the configuration names.
    """
    own = app.config.moderation.emergency
    here = country or app.config.country
    known = _numbers().get(here.upper(), [])
    named = [own] if here == app.config.country and own != EVERYWHERE else known
    return ", ".join(dict.fromkeys([*named, EVERYWHERE]))


def country_of_address(address: str) -> str:
    """The country that an e-mail address names by its ending; empty: none that is known."""
    ending = address.rpartition(".")[2].upper()
    ending = {"UK": "GB"}.get(ending, ending)
    return ending if ending in _numbers() else ""


def words(app: App, language: str, country: str) -> str:
    """The help itself, without any greeting."""
    return texts.text(language, "help", numbers=numbers(app, country), name=app.config.name)


def page(app: App, language: str, country: str) -> tuple[str, str, list[str]]:
    """The help as a page shows it: its language, a heading, paragraphs."""
    known = texts.language(language)
    return known, texts.text(known, "page"), words(app, known, country).split("\n\n")


def letter(app: App, language: str, country: str) -> str:
    """The help as it stands below a receipt."""
    return f"\n{texts.text(language, 'chat', help=words(app, language, country))}\n"


async def plan(tx: Tx, app: App, account: int) -> None:
    """Have somebody told in the service chat: at once, and once a day however much they write."""
    now = int(app.clock.now())
    work = TellHelp(account=account, day=now // _A_DAY)
    await jobs.schedule(tx, work, due=now, key=str(account))


async def tell(app: App, account: int, day: int) -> None:
    """Say it in the service chat, in the language of the person."""
    row = await accounts.get(app, account)
    if row is None or row.kind != accounts.PERSON or row.deleted_at is not None:
        return
    language = texts.language(row.lang, *app.config.languages)
    said = texts.text(language, "chat", help=words(app, language, row.country or ""))
    name = blake2b(b"danger %d %d" % (account, day), digest_size=8).digest()
    once = int.from_bytes(name, "big") >> 1
    await messages.send_service(app, account, said, once=once, find=False)
