"""Everything that could reach somebody about a case, gathered path by path as text.

:class:`Secret` decides one case whose authority, reference and reasons are canaries, with whoever
could hear of it: the owner of the channel (with an e-mail address), a member who reported, readers
in the country of the measure, a complainant. :func:`walk` gives path -> what is seen there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from petitbleu import outgoing
from petitbleu.app import App
from petitbleu.control import perform
from petitbleu.desk import advice
from petitbleu.desk.adjudication.appeals import service as appeals
from petitbleu.desk.adjudication.correspondence import service as correspondence
from petitbleu.desk.adjudication.decisions import service as decisions
from petitbleu.desk.adjudication.decisions.service import DecisionRow
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.parties import links
from petitbleu.desk.casework.parties.service import Person
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.publishing.newsletter import addresses as newsletter_addresses
from petitbleu.domain.publishing.newsletter import (
    filling,
    queries_sending,
    sending,
    subscribing,
)
from petitbleu.domain.publishing.newsletter import queries as newsletter_queries
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import ORDER, OTHER, Scene, scene
from tests.desk.outside import conftest
from tests.domain.safety.moderation.place import service_chat, service_peer
from tests.domain.transfer.exports.test_export import hand_out
from tests.kit.web import Browser
from tests.kit.world import Client, World

AUTHORITY, REFERENCE, REASON, LAW = "Kanarienamt Zephyr", "KAN-7731/26", "wyvernwhy", "Lex Wyvern 9"
CANARIES = (AUTHORITY, REFERENCE, REASON, LAW)
MAIL = "ada@people.example"
AUTHORITYS = "greffe@kanarien.example"
_EMAIL = query("update account set email = :email where id = :id")
NOT_WALKED = {
    "receipt": "to whoever wrote, with a number and a time",
    "authority_answer": "to the authority, which knows",
    "portal": "to the authority, which knows",
    "threat_notice": "to the authority of the directory that has to know (Article 18)",
    "staff_mail": "to staff",
    "own_mail": "about no case",
    "own_chat": "about no case",
}
"""Paths of the register on which nobody is who must not know."""


class Secret:
    """A decided case, and its people."""

    def __init__(self, at: Scene, case: int, row: DecisionRow, second: int, complaint: int) -> None:
        self.at, self.world, self.case, self.row = at, at.world, case, row
        self.second, self.complaint = second, complaint
        self.site = conftest.site(at.world)

    @property
    def ada(self) -> Client:
        return self.at.ada


async def secret(world: World, kind: dict[str, Any], *facts: CaseEvent, **form: Any) -> Secret:
    """Two posts and the channel's people; one post is removed, one withheld in Germany and the
    channel in France with words in their place; then the owner complains and is answered. ``only``:
    measures of this kind alone.
    """
    at = await scene(world)
    await pages.set_shown(world.app, at.place.peer, True)

    async def known(tx: Tx) -> None:
        await tx.run(_EMAIL, email=MAIL, id=at.ada.user_id)

    await world.app.store.write(known)
    second = await at.place.post(at.ada, "Second post")
    await _subscribed(at)
    reported = await _reported(at, second)
    named = ORDER["authority"] | {"name": AUTHORITY, "domain": "kanarien.example"}
    told = {"authority": named, "reference": REFERENCE, "sender": AUTHORITYS, "title": REFERENCE}
    case = await at.open(kind | told)
    events = [CaseEvent("report", {"number": reported}), *facts]
    await world.app.store.write(cases.append, world.app, case, "system", *events)
    measures = [
        {"kind": "remove", "item": at.link()},
        {
            "kind": "country",
            "item": at.link(second),
            "countries": ["DE"],
            "shown": f"Ordered by {AUTHORITY}: {REASON}",
        },
        {
            "kind": "chat_country",
            "item": "@bassin",
            "countries": ["FR"],
            "shown": f"Ordered by {AUTHORITY}: {REASON}",
        },
    ]
    only = form.pop("only", None)
    measures = [one for one in measures if only is None or one["kind"] == only]
    made = at.form(
        **{"source": "other", "measures": measures, "why": f"{REASON} {AUTHORITY}", "law": LAW}
        | {"facts": f"Facts of {REASON}", "tell": ""}
        | form
    )
    row = await at.decide(case, made, command="secret")
    await at.pass_time(601)
    complaint = await _complaint(at, row)
    await _answered_access(at, case)
    await at.pass_time(601)
    return Secret(at, case, row, second, complaint)


async def _subscribed(at: Scene) -> None:
    """Two readers have been mailed the posts; they get a digest from now on."""
    app = at.world.app
    await pages.set_switch(app, at.place.peer, "newsletter", "on")
    conftest.site(at.world)
    await app.store.write(_readers, app, at.place.peer)
    await filling.digests(app)
    await sending.work(app)


async def _readers(tx: Tx, app: App, channel: int) -> None:
    now = int(app.clock.now())
    for name in ("one", "two"):
        wish, _ = subscribing.read_wish("day", "UTC", "")
        row = subscribing.new_row(
            app, newsletter_addresses.new_number(app), channel, f"{name}@reader.example", wish, now
        )
        known = {"state": "active", "confirmed_at": now, "digest_at": now, "language": "en"}
        await tx.run(newsletter_queries.INSERT, **row._replace(**known)._asdict())
    await tx.run(queries_sending.BEGIN, channel=channel, seen=0, since=now)


async def digest(it: Secret, *, post: bool = True) -> str:
    """What readers of the newsletter are mailed on the next day; nothing where the channel is
    withheld in any country."""
    app, before = it.world.app, len(it.world.mail.sent)
    if post:
        await it.at.place.post(it.ada, "Third post")
    await filling.look(app)
    it.world.clock.advance(86_400)
    await filling.look(app)
    await filling.digests(app)
    await sending.work(app)
    letters = [one for one in it.world.mail.sent[before:] if one.to.endswith("@reader.example")]
    return "\n".join(f"{_letter(one)} {one.message}" for one in letters)


async def _reported(at: Scene, post: int) -> int:
    """Eve reports the post from inside."""
    from petitbleu.domain.safety.moderation import reports

    await at.eve.call(
        api.messages.Report(
            peer=await at.place.named(at.eve), id=[post], option=b"violence", message="x"
        )
    )
    await at.settle()
    rows = await reports.listed(at.world.app)
    return rows[0].number if rows else 0


async def _complaint(at: Scene, row: DecisionRow) -> int:
    app = at.world.app
    lodged = await appeals.lodge(
        app, row, at.ada.user_id, email=MAIL, text="My post was removed, why is that so?",
        language="en",
    )  # fmt: skip
    await appeals.decide(
        app, OTHER, lodged.number, "maintain", f"{AUTHORITY} {REFERENCE} {REASON}", command="keep"
    )
    return lodged.number


async def _answered_access(at: Scene, case: int) -> None:
    """Staff answer an access request in the wrong case."""
    wanted = correspondence.Wanted(
        kind="answer", text=f"We hold {REFERENCE} of {AUTHORITY}: {REASON}", to=MAIL, language="en"
    )
    await correspondence.send(at.world.app, OTHER, case, wanted, once="access")


def abroad(browser: Browser) -> Browser:
    """The same reader, in Germany."""
    inner = browser.app

    async def told(scope: Any, receive: Any, send: Any) -> None:
        await inner({**scope, "petitbleu.country": "DE"}, receive, send)

    return Browser(told)


async def walk(it: Secret, folder: Path) -> dict[str, str]:
    """Path of the register -> all that is seen on it by those who must not know."""
    chats = "\n".join(await service_chat(it.ada))
    others = "\n".join([*await service_chat(it.at.eve), *await service_chat(it.at.bob)])
    mails = "\n".join(_letter(one) for one in it.world.mail.sent if one.to != AUTHORITYS)
    seen = {
        "service_chat": chats,
        "statement": chats,
        "disclosure_notice": chats,
        "notifier_answer": others,
        "complaint_answer": chats + mails,
        "mail": mails,
        "access_request": mails,
        "push": "\n".join(repr(one) for who in _people(it) for one in who.pushed),
        "placeholder": await _placeholders(it),
        "recent_actions": await _recent(it),
        "takeout": await _takeout(it),
        "export": await _export(it, folder),
        "transparency_row": json.dumps(await eu_database.export(it.world.app, "operator")),
        "transparency_report": await _report(it),
        "access_ledger": await _ledger(it),
        "health_page": "\n".join(await advice(it.world.app)),
        "cache_purge": repr(await _purged(it)),
    }
    seen |= await _pages(it)
    seen["newsletter"] = await digest(it, post=False)
    assert seen.keys() | NOT_WALKED.keys() == set(outgoing.PATHS)
    return seen


def _letter(one: Any) -> str:
    return f"{one.to} {one.subject} {one.text}"


def _people(it: Secret) -> tuple[Client, ...]:
    return it.at.ada, it.at.bob, it.at.eve


async def _placeholders(it: Secret) -> str:
    """What clients show: the channel in each country, and its posts."""
    found, place = [], it.at.place
    for who in _people(it):
        found.append(repr(await who.call(api.channels.GetChannels(id=[await place.input(who)]))))
    for who in (it.at.ada, it.at.bob):
        history = api.messages.GetHistory(
            peer=await place.named(who), offset_id=0, offset_date=0, add_offset=0, limit=50,
            max_id=0, min_id=0, hash=0,
        )  # fmt: skip
        full = api.channels.GetFullChannel(channel=await place.input(who))
        found += [repr(await who.call(history)), repr(await who.call(full))]
        found.append(repr(await place.difference(who, 1)))
    return "\n".join(found)


async def _recent(it: Secret) -> str:
    to = await it.at.place.input(it.ada)
    log = api.channels.GetAdminLog(channel=to, q="", max_id=0, min_id=0, limit=100)
    return repr(await it.ada.call(log))


async def _takeout(it: Secret) -> str:
    begun = await it.ada.call(api.account.InitTakeoutSession(contacts=True, message_users=True))
    history = api.messages.GetHistory(
        peer=await service_peer(it.ada), offset_id=0, offset_date=0, add_offset=0, limit=100,
        max_id=0, min_id=0, hash=0,
    )  # fmt: skip
    return repr(await it.ada.call(api.InvokeWithTakeout(takeout_id=begun.id, query=history)))


async def _export(it: Secret, folder: Path) -> str:
    await hand_out(it.world, f"+{it.ada.phone}", folder)
    return (folder / "result.json").read_text("utf-8")


async def _report(it: Secret) -> str:
    answer = await perform(it.world.app, "desk.transparency.build", {"period": "2027"})
    import base64

    said = [json.dumps({k: v for k, v in answer.items() if k != "files"}, default=str)]
    said += [base64.b64decode(one["data"]).decode("utf-8", "replace") for one in answer["files"]]
    return "\n".join(said)


async def _ledger(it: Secret) -> str:
    lines = [
        one for one in await audit.entries(it.world.app.store) if one.action.startswith("content")
    ]
    return repr(lines)


async def _purged(it: Secret) -> list[Any]:
    rows = await moderation.lately(it.world.app, it.at.place.peer, 0)
    return [(row.number, row.messages, row.countries) for row in rows]


async def _own_cases(it: Secret) -> str:
    """What clients of ours show of one's cases."""
    return "\n".join([repr(await who.call(api.petitbleu.GetCases())) for who in _people(it)])


async def _pages(it: Secret) -> dict[str, str]:
    app, here = it.world.app, Browser(it.site)
    there = abroad(here)

    async def seen(reader: Browser, *paths: str) -> str:
        answers = [await reader.get(path) for path in paths]
        return "\n".join(f"{one.headers} {one.text}" for one in answers)

    number = decisions.number_text(it.row.number)
    key = decisions.key(app, it.row.number, it.ada.user_id)
    own = [f"/decision/{number}?key={key}", f"/decision/{number}/contester?key={key}"]
    status = [f"/suivi/{case_numbers.text(it.complaint)}?secret={cases.secret(app, it.complaint)}"]
    mine = []
    for person in (Person(it.ada.user_id, ""), Person(0, MAIL), Person(it.at.eve.user_id, "")):
        token = links.mine(app, person)
        mine.append(f"/mes-dossiers/{token}")
        mine += [
            f"/mes-dossiers/{token}/{case_numbers.text(one)}" for one in (it.case, it.complaint)
        ]
    feeds = [f"/s/bassin/feed.{form}" for form in ("atom", "rss", "json")]
    gone = [f"/bassin/{it.at.post}", f"/bassin/{it.second}", "/s/bassin"]
    return {
        "decision_page": await seen(here, *own),
        "status_page": await seen(here, *status),
        "my_cases": await seen(here, *mine) + await _own_cases(it),
        "public_decision": await seen(here, f"/decision/{number}"),
        "feeds": await seen(here, *feeds) + await seen(there, *feeds),
        "gone_page": await seen(here, *gone) + await seen(there, *gone),
    }
