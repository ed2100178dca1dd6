"""An instance with one of everything that a command can be about, and words for each command."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.staffing.staff import queries as staff_queries
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.store.api import Tx
from petitbleu.tl import api
from tests.desk.kit import signer
from tests.domain.publishing.comments import kit
from tests.domain.safety.antispam.test_filter import FORM, bad
from tests.kit.telegram_export import Maker
from tests.kit.world import World

LETTER = b"From: a@example.org\r\nTo: contact@example.org\r\nSubject: Bonjour\r\n\r\nBonjour.\r\n"
WORKPLACE = {"name": "Cy", "email": "cy@example.org", "language": "en", "again": None}


class Place(NamedTuple):
    """The world, whom commands are about, and numbers."""

    world: World
    ada: Any
    bob: Any
    report: str
    measure: str
    comment: str
    check: str
    waiting: str
    folder: Path


async def place(world: World, folder: Path) -> Place:
    """Ada reported Bob's message; a measure was taken; a comment and a text were kept back."""
    app = world.app
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.call(
        api.messages.SendMessage(peer=await bob.peer(ada), message="Menace", random_id=1)
    )
    option = b"illegal/minors!"
    await ada.call(api.messages.Report(peer=await ada.peer(bob), id=[1], option=option, message=""))
    talk = await kit.talk(world)
    await talk.wrote("Une remarque.")
    await world.settle()
    held = await antispam.check(app, bad(1)._replace(trap=True), door=FORM)
    asked = {"kind": "restrict", "account": bob.phone, "reason": "x", "seconds": 86_400}
    (report,) = (await perform(app, "report.list", {}))["reports"]
    (comment,) = (await perform(app, "comment.waiting", {}))["comments"]
    measure = (await perform(app, "measure.apply", asked))["number"]
    admitted = (await perform(app, "user.add", {"phone": "+33612000001"}))["phone"]
    await perform(app, "bot.create", {"name": "Robot", "username": "robot_bot"})
    Maker(folder / "telegram").account(20, 0)
    return Place(
        world, ada, bob, report["number"], measure, str(comment["id"]), str(held.id), admitted,
        folder,
    )  # fmt: skip


async def set_up_desk(world: World) -> Any:
    """A member of staff with a passkey; who can sign as second."""
    by = await signer(world, "lead")

    async def passkey(tx: Tx) -> None:
        await tx.run(
            staff_queries.INSERT_PASSKEY,
            credential=by.passkey,
            staff=by.staff.id,
            public_key=b"k",
            print=b"p",
            counter=0,
            label="test",
            transports="",
            synced=0,
            at=int(world.clock.now()),
        )

    await world.app.store.write(passkey)
    return by


def words(at: Place) -> dict[str, dict[str, Any]]:
    """Command -> what it is given. In this order they can follow one another."""
    return _people(at) | _content(at) | _at_the_desk() | _whole(at)


def _people(at: Place) -> dict[str, dict[str, Any]]:
    ada, bob = str(at.ada.user_id), str(at.bob.user_id)
    return {
        "user.add": {"phone": "+33612000002"},
        "user.list": {},
        "user.show": {"who": ada},
        "user.country": {"who": ada, "country": "FR"},
        "user.end-sessions": {"who": bob},
        "user.remove": {"who": at.waiting},
        "invite.create": {"uses": 1},
        "invite.list": {},
        "invite.revoke": {"token": "{link}"},
        "bot.create": {"name": "Other", "username": "other_bot"},
        "bot.list": {},
        "bot.token": {"bot": "robot_bot"},
        "bot.privacy": {"bot": "robot_bot", "on": False},
        "bot.remove": {"bot": "robot_bot"},
    }


def _content(at: Place) -> dict[str, dict[str, Any]]:
    about = {"reason": "a reason"}
    return {
        "channel.public": {"channel": "mairie", "set": {"robots": "noindex"}},
        "channel.waiting": {},
        "channel.answer": {"channel": "mairie", "agreed": True},
        "channel.official": {"channel": "mairie", "who": "The town"},
        "comment.rule": {"channel": "mairie", "post": "{post}", "rule": "held"},
        "comment.waiting": {},
        "comment.decide": {"id": at.comment, "answer": "no"},
        "spam.waiting": {},
        "spam.judge": {"id": at.check, "spam": True},
        "spam.word": {"word": "acme loans", "weight": 90},
        "spam.status": {},
        "akismet-key.create": {"site": "https://blog.example.org"},
        "akismet-key.list": {},
        "akismet-key.revoke": {"key": "{key}"},
        "surface.show": {"chat": "@mairie"},
        "surface.set": {"chat": "@mairie", "class": "public", **about},
        "report.list": {},
        "report.show": {"number": at.report},
        "measure.list": {},
        "measure.show": {"number": at.measure},
        "measure.lift": {"number": at.measure, **about},
        "measure.apply": {"kind": "remove", "report": at.report, **about},
    }


def _at_the_desk() -> dict[str, dict[str, Any]]:
    year = {"period": "2025"}
    template = {"kind": "statement", "language": "en", "text": ""}
    letter = base64.b64encode(LETTER).decode()
    return {
        "staff.invite": WORKPLACE
        | {"roles": ["triage"], "queues": [], "measures": [], "on_call": False, "seconds": None},
        "staff.list": {},
        "staff.revoke": {"number": "{staff}"},
        "desk.deliver": {"letter": letter, "received": None},
        "desk.cases": {},
        "desk.case": {"number": "{case}"},
        "desk.alarms": {},
        "desk.alarms.hear": {"case": "{case}"},
        "desk.alarms.test": {},
        "desk.law": {},
        "desk.canary.run": {},
        "desk.operator.set": {"operator": {"name": "Commune", "country": "FR"}},
        "desk.authorities.import": {"authorities": [{"name": "TJ", "domain": "tj.example"}]},
        "desk.authorities.export": {},
        "desk.statements.list": {},
        "desk.statements.export": {},
        "desk.statements.again": {"puid": "x"},
        "desk.templates.list": {},
        "desk.templates.show": template,
        "desk.templates.set": template,
        "desk.transparency.build": year,
        "desk.transparency.cases": year | {"part": 3, "row": 1, "column": "{column}"},
        "desk.transparency.publish": year,
        "desk.transparency.list": {},
        "desk.audit.head": {},
        "desk.audit.prove": {"line": 0},
        "desk.audit.export": {},
        "desk.audit.accept": {"reason": "nothing to be signed"},
        "desk.audit.verify": {},
        "desk.seed": {"decisions": 1, "seed": 1},
    }


def _whole(at: Place) -> dict[str, dict[str, Any]]:
    ada, bob = str(at.ada.user_id), str(at.bob.user_id)
    return {
        "login-code": {"phone": "{phone}"},
        "export.begin": {"who": ada, "to": str(at.folder / "export")},
        "export.step": {"token": "{token}"},
        "import.begin": {"path": str(at.folder / "telegram"), "who": ada},
        "import.step": {"token": "{token}"},
        "import.people": {},
        "import.claim": {"source": "user101", "phone": "+33612000009"},
        "backup": {"to": str(at.folder / "backup")},
        "server.check": {},
        "cluster.status": {},
        "user.remove:account": {"who": bob},
        "channel.public:off": {"channel": "mairie", "shown": False},
        "measure.lift:decided": {"number": "{decided}", "reason": "a reason"},
    }


async def fill_in(at: Place, given: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """The words with what only is known by now (results of earlier commands in ``before``)."""
    app = at.world.app
    made: dict[str, Any] = {}
    for name, value in given.items():
        if value == "{link}":
            made[name] = before["invite.create"]["link"]
        elif value == "{key}":
            made[name] = before["akismet-key.create"]["key"]
        elif value == "{staff}":
            made[name] = before["staff.invite"]["staff"]
        elif value == "{post}":
            made[name] = "1"
        elif value == "{case}":
            made[name] = before["desk.deliver"]["case"]
        elif value == "{token}":
            begun = before.get("import.begin") or before.get("export.begin") or {}
            made[name] = begun.get("token", "none")
        elif value == "{column}":
            built = await perform(app, "desk.transparency.build", {"period": "2025"})
            made[name] = next(iter(built["figures"]))
        elif value == "{phone}":
            made[name] = at.world.new_phone()
            asked = api.auth.SendCode(
                phone_number=made[name], api_id=1, api_hash="x", settings=api.CodeSettings()
            )
            await at.world.connect().call(asked)
        elif value == "{decided}":
            made[name] = before["decided"]
        else:
            made[name] = value
    return made


async def refusal(at: Place, name: str, given: dict[str, Any]) -> str:
    """What a command is refused with; "" where it is done."""
    try:
        await perform(at.world.app, name.partition(":")[0], given)
    except CommandRefused as refused:
        return str(refused)
    return ""
