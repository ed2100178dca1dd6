"""Mail that comes back ends a subscription or is counted; letters of people stay letters."""

from __future__ import annotations

import aiosmtplib
import pytest

from petitbleu.desk.casework.cases import queues
from petitbleu.desk.intake import smtp_in
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter import returns, service
from petitbleu.store.query import query
from tests.domain.publishing.newsletter.kit import paper, rows, subscribe
from tests.domain.publishing.newsletter.test_sending import later
from tests.kit.world import World

ZOE = "zoe@example.net"
BOUNCE = """\
From: MAILER-DAEMON@mx.example.net
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; zoe@example.net
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <1@example.org>

--b--
"""
COMPLAINT = """\
From: feedback@mail.example
To: {to}
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Feedback/1
Version: 1

--b
Content-Type: message/rfc822

{held}

--b--
"""


async def _mailed(world: World) -> tuple[str, str]:
    """A reader who was mailed a post: the return address, and the mail."""
    made = await paper(world)
    await subscribe(world, ZOE)
    await made.say("Guten Morgen.")
    (letter,) = await later(world)
    return letter.sender, str(letter.message)


def bounce(to: str, status: str = "5.1.1", action: str = "failed") -> bytes:
    """What a mail server says."""
    return BOUNCE.format(to=to, status=status, action=action).replace("\n", "\r\n").encode()


async def _why(world: World) -> list[str]:
    return [
        str(one[0]) for one in await world.app.store.rows(query("select why from newsletter_ended"))
    ]


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.1", "5.0.0", "5.5.0"])
async def test_an_address_that_is_none_ends_the_subscription(world: World, status: str) -> None:
    to, _ = await _mailed(world)
    for _ in range(2):
        assert await service.take(world.app, bounce(to, status), [to])
    assert await rows(world) == [] and await _why(world) == ["bounced"]


@pytest.mark.parametrize(
    ("status", "action"),
    [("4.4.1", "delayed"), ("2.0.0", "delivered"), ("5.1.1", "relayed"), ("x", "failed")],
)
async def test_delays_and_successes_are_nothing(world: World, status: str, action: str) -> None:
    to, _ = await _mailed(world)
    assert await service.take(world.app, bounce(to, status, action), [to])
    (row,) = await rows(world)
    assert row.soft == 0


async def test_what_passes_is_counted_by_days(world: World) -> None:
    to, _ = await _mailed(world)
    for day in range(returns.SOFT_MOST):
        for _ in range(3):
            assert await service.take(world.app, bounce(to, "5.2.2"), [to])
        if day < returns.SOFT_MOST - 1:
            (row,) = await rows(world)
            assert row.soft == day + 1
        world.clock.advance(86_400)
    assert await rows(world) == [] and await _why(world) == ["bounced"]


async def test_what_was_long_ago_is_not_counted(world: World) -> None:
    to, _ = await _mailed(world)
    for _ in range(2 * returns.SOFT_MOST):
        await service.take(world.app, bounce(to, "4.2.2"), [to])
        world.clock.advance(returns.SOFT_SECONDS + 1)
    (row,) = await rows(world)
    assert row.soft == 1


@pytest.mark.parametrize("bare", [False, True])
async def test_a_complaint_ends_it(world: World, bare: bool) -> None:
    to, held = await _mailed(world)
    where = "back@example.org" if bare else to
    for kind, left in (("not-spam", 1), ("abuse", 0)):
        raw = COMPLAINT.format(to=where, kind=kind, held=held).encode()
        assert await service.take(world.app, raw, [where]) is (not bare or kind == "abuse")
        assert len(await rows(world)) == left
    assert await _why(world) == ["complained"]


async def test_strangers_end_nothing(world: World) -> None:
    to, held = await _mailed(world)
    local, _, host = to.partition("@")
    forged = f"{local[:-1]}{'0' if local[-1] != '0' else '1'}@{host}"
    assert await service.take(world.app, bounce(forged), [forged])
    for other in ("legal@example.org", "back@elsewhere.example", "back+paris@example.org",
                  "back@example.org"):  # fmt: skip
        assert not await service.take(world.app, bounce(other), [other])
        assert not await service.take(world.app, bounce(to), [to, other])
    assert not await service.take(world.app, bounce(to), [])
    two = COMPLAINT.format(to="back@example.org", kind="abuse", held=held.replace(local, "x" * 30))
    await service.take(
        world.app, two.replace("/newsletter/", "/no/").encode(), ["back@example.org"]
    )
    assert len(await rows(world)) == 1


async def test_garbage_is_read_within_bounds(world: World) -> None:
    to, _ = await _mailed(world)
    for raw in (b"", b"\0" * 5_000_000, b"status: " * 500_000, b"Action: failed\n" * 300_000):
        assert await service.take(world.app, raw, [to])
    assert len(await rows(world)) == 1


def test_a_mailbox_names_its_recipients() -> None:
    raw = b"From: x@y.example\r\nDelivered-To: back+1.2@example.org\r\n\r\nTo: not@this.example"
    assert service.recipients_of(raw) == ["back+1.2@example.org"]


async def test_the_desks_door_takes_what_came_back_and_keeps_letters(world: World) -> None:
    to, _ = await _mailed(world)
    door = await smtp_in.start(world.app, "127.0.0.1:0")
    try:
        host, port = door.addresses[0]
        client = aiosmtplib.SMTP(hostname=host, port=port, use_tls=False, start_tls=False)
        async with client as smtp:
            _, said = await smtp.sendmail("", [to], bounce(to))
            assert "Noted" in said
            _, said = await smtp.sendmail(
                "a@b.example", ["legal@example.org"], bounce("legal@x.example")
            )
            assert "Stored" in said
    finally:
        await door.stop()
    await world.settle()
    assert await rows(world) == []
    assert len(await queues.page(world.app, queues.Filter(), limit=10)) == 1
    figures = dict(await world.app.store.rows(q.COUNTS, channel=await _channel(world), after=0))
    assert figures["bounced"] == 1


async def _channel(world: World) -> int:
    (row,) = await world.app.store.rows(query("select channel from newsletter_channel"))
    return int(row[0])
