"""Letters of ours that another server could not deliver, and come back."""

from __future__ import annotations

import pytest

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.letters import service as letters
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Tx
from tests.desk.intake.mails import mail
from tests.desk.intake.test_filing import COURT, LEGAL, ORDER, deliver, office, post, state
from tests.kit.world import World

__all__ = ["office"]

DSN = """From: Mail Delivery System <MAILER-DAEMON@mx.other.example>
To: legal@petitbleu.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <dsn{n}@mx.other.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=d

--d
Content-Type: text/plain

Your message could not be delivered.
--d
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.other.example

Final-Recipient: rfc822; greffe@tj-lyon.justice.example
Action: {action}
Status: 5.1.1

--d
Content-Type: {kind}

Message-ID: {id}
Subject: whatever
--d--
"""


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
async def test_a_letter_of_ours_that_comes_back_opens_its_case_again(
    office: World, kind: str
) -> None:
    number, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance", ORDER))

    async def answer(tx: Tx) -> None:
        await letters.queue(
            tx, office.app, case=number, to="greffe@tj-lyon.justice.example", purpose="authority",
            language="fr", subject="Suites", text="Fait.",
        )  # fmt: skip
        closed = cases.CaseEvent("closed", {"end": "executed", "reason": "done"})
        await cases.append(tx, office.app, number, "staff:1", closed)

    await office.app.store.write(answer)
    receipt, told = await post(office, number)
    for n, (action, back, closed) in enumerate(
        [("delayed", told, True), ("failed", receipt, True), ("failed", told, False)]
    ):
        dsn = DSN.format(n=n, action=action, kind=kind, id=back["Message-ID"])
        case, joined = await deliver(office, dsn.encode())
        assert joined is (action == "failed") and (case == number) is joined
        assert ((await state(office, number)).closed_at is not None) is closed
    rows = await letters.of_case(office.app.store, number)
    assert [(one.state, "5.1.1" in one.proof) for one in rows] == [("failed", True)] * 2
    said = [one.kind for one in await cases.timeline(office.app.store, number)]
    assert said.count("letter.returned") == 2 and said[-1] == "reopened"


async def test_nobody_makes_up_that_a_letter_came_back(office: World) -> None:
    number, _ = await deliver(office, mail(COURT, LEGAL, "Ordonnance", ORDER))
    await post(office, number)
    false = f"<{case_numbers.text(number).lower()}.{'0' * 32}@petitbleu.example>"
    dsn = DSN.format(n=9, action="failed", kind="message/rfc822", id=false)
    case, joined = await deliver(office, dsn.encode())
    assert not joined and case != number
    (row,) = await letters.of_case(office.app.store, number)
    assert row.state == "sent"
