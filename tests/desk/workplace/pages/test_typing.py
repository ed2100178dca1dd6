"""Letters on paper and calls, typed in."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import service as letters
from petitbleu.desk.intake import delivering, filing, particulars, reading
from petitbleu.desk.intake import service as intake
from petitbleu.desk.intake.particulars import Particulars
from petitbleu.desk.intake.queries import InboundRow
from petitbleu.desk.reference.directory import service as directory
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.kit.desk import DeskSite

PNG = b"\x89PNG\r\n\x1a\n" + b"scan" * 50
COURT = {"name": "Cour d’appel de Lyon", "country": "FR", "domain": "justice.example"}
CALL = {
    "channel": "phone",
    "subject": "Appel du greffe",
    "text": "Le greffe demande où en est sa lettre du 3 novembre.",
    "name": "Mme Durand",
    "authority": "justice.example",
    "language": "fr",
}


def ago(desk: DeskSite, hours: int) -> tuple[str, int]:
    """A time in the past as the field writes it, and as Unix seconds."""
    zone = zoneinfo.ZoneInfo(desk.world.app.config.timezone)
    at = int(desk.world.clock.now()) // 60 * 60 - hours * 3600
    return f"{datetime.datetime.fromtimestamp(at, zone):%Y-%m-%dT%H:%M}", at


ARRIVED = query(
    "select id, sha, channel, received_at, stored_at, message_id, sender, number, state, parsed"
    " from desk_inbound",
    InboundRow,
)


async def only_case(desk: DeskSite) -> cases.CaseState:
    (row,) = await desk.world.app.store.rows(ARRIVED)
    state = await cases.get(desk.world.app.store, row.number)
    assert state is not None
    return state


async def test_a_letter_typed_in_is_a_case_timed_from_its_receipt(desk: DeskSite) -> None:
    await directory.add(desk.world.app, [COURT], "operator")
    ada = await desk.person("triage")
    assert "/desk/mail/new" in (await ada.get("/desk/mail")).text
    assert "Cour d’appel de Lyon" in (await ada.get("/desk/mail/new")).text
    written, at = ago(desk, 30)
    form = CALL | {
        "channel": "letter",
        "received": written,
        "email": "Greffe@justice.example",
        "receipt": "1",
    }
    done = await ada.upload("/desk/mail/new", form, [("files", "scan.png", PNG)])
    assert done.status == 303, done.words
    state = await only_case(desk)
    assert done.headers["location"].startswith(f"/desk/cases/{case_numbers.text(state.number)}")
    assert (state.channel, state.received_at, state.language) == ("letter", at, "fr")
    assert state.authority is not None
    assert (state.authority.name, state.authority.trust) == (COURT["name"], "unknown")
    assert state.urgency == cases.URGENCIES.index("high")
    assert [one["name"] for one in state.facts["attachments"]] == ["scan.png"]
    events = {
        row.kind: row.actor for row in await cases.timeline(desk.world.app.store, state.number)
    }
    assert events["typed"] == f"staff:{ada.id}"
    (letter,) = await letters.of_case(desk.world.app.store, state.number)
    assert (letter.purpose, letter.recipient) == ("receipt", "greffe@justice.example")
    assert "typed in" in (await ada.get(done.headers["location"])).words


async def test_no_receipt_goes_out_unasked(desk: DeskSite) -> None:
    await directory.add(desk.world.app, [COURT], "operator")
    ada = await desk.person("triage")
    form = CALL | {"received": ago(desk, 0)[0], "email": "greffe@justice.example"}
    assert (await ada.upload("/desk/mail/new", form)).status == 303
    state = await only_case(desk)
    assert not await letters.of_case(desk.world.app.store, state.number)
    assert state.channel == "phone"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"received": "2031-01-01T00:00"}, "that are past"),
        ({"received": "yesterday"}, "that are past"),
        ({"authority": "nobody.example"}, "no such authority"),
        ({"text": ""}, "Write what it says"),
        ({"email": "no address", "receipt": "1"}, "no e-mail address"),
        ({"receipt": "1"}, "A receipt needs an address"),
        ({"channel": "portal"}, "Say how it came"),
    ],
)
async def test_what_cannot_be_filed_comes_back_with_its_words(
    desk: DeskSite, change: dict[str, str], said: str
) -> None:
    await directory.add(desk.world.app, [COURT], "operator")
    ada = await desk.person("triage")
    page = await ada.upload("/desk/mail/new", CALL | {"received": ago(desk, 1)[0]} | change)
    assert page.status == 422 and said in page.words
    assert 'value="Appel du greffe"' in page.text
    assert not await desk.world.app.store.rows(ARRIVED)


async def test_only_scans_are_taken(desk: DeskSite) -> None:
    ada = await desk.person("triage")
    form = {"channel": "letter", "received": ago(desk, 1)[0], "text": "x"}
    page = await ada.upload("/desk/mail/new", form, [("files", "scan.pdf", b"MZ evil")])
    assert page.status == 422 and "Scan it again" in page.words


async def test_who_may_not_sort_types_nothing_in(desk: DeskSite) -> None:
    dan = await desk.person("director")
    assert (await dan.get("/desk/mail/new")).status == 403
    assert (await dan.upload("/desk/mail/new", CALL)).status == 403


async def test_a_case_of_another_queue_is_filed_and_not_shown(desk: DeskSite) -> None:
    ada = await desk.person("triage", queues=["dsar"])
    done = await ada.upload("/desk/mail/new", CALL | {"authority": "", "received": ago(desk, 1)[0]})
    assert done.headers["location"].startswith("/desk/mail?")
    assert await only_case(desk)


async def test_a_kill_between_storing_and_filing_loses_nothing_of_what_was_said(
    desk: DeskSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk.world.app
    await directory.add(app, [COURT], "operator")

    async def killed(*_: object, **__: object) -> reading.Done:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "prepare", killed)
        with pytest.raises(RuntimeError):
            await intake.typed(
                app,
                intake.Typed(
                    channel="letter", subject="x", text="y", by="staff:7",
                    authority="justice.example", language="fr",
                ),
            )  # fmt: skip
    (row,) = await app.store.rows(ARRIVED)
    await delivering.work(app, row.id)
    state = await only_case(desk)
    assert state.language == "fr"
    assert state.authority is not None and state.authority.domain == "justice.example"
    told = await cases.timeline(app.store, state.number)
    assert [one.actor for one in told if one.kind == "typed"] == ["staff:7"]


async def test_mail_cannot_say_that_staff_typed_it(desk: DeskSite) -> None:
    header = particulars.write(Particulars("staff:1", receipt=True))
    raw = f"From: a@b.example\n{particulars.HEADER}: {header}\n\nhello".encode()
    assert particulars.read("smtp", raw) is None
    assert particulars.read("letter", raw) == Particulars("staff:1", receipt=True)
    done = await intake.deliver(desk.world.app, raw, channel="smtp")
    assert "typed" not in [
        row.kind for row in await cases.timeline(desk.world.app.store, done.case)
    ]


async def test_filing_twice_types_it_in_once(desk: DeskSite) -> None:
    app = desk.world.app
    done = await intake.typed(
        app, intake.Typed(channel="letter", subject="x", text="y", by="staff:7")
    )
    (row,) = await app.store.rows(ARRIVED)
    read = await reading.read(app, b"Subject: x\n\ny", now=row.stored_at, received=None)

    async def again(tx: Tx) -> filing.Delivered:
        return await filing.file(tx, app, row.id, read, Particulars("staff:7"))

    assert (await app.store.write(again)).case == done.case
    told = [one.kind for one in await cases.timeline(app.store, done.case)]
    assert told.count("typed") == 1


@pytest.mark.parametrize(
    "name", ("a\u2028b.png", "a\x0bb\x85.png", "../../etc/é\u202egnp.png", "x" * 3000 + ".png")
)
async def test_odd_names_of_scans_are_taken_or_refused(desk: DeskSite, name: str) -> None:
    ada = await desk.person("triage")
    written, _ = ago(desk, 1)
    done = await ada.upload(
        "/desk/mail/new",
        CALL | {"channel": "letter", "authority": "", "received": written},
        [("files", name, PNG)],
    )
    assert done.status in (303, 422), done.words
