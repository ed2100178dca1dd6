"""Mail out over a real SMTP server: connections are shared, and one that is lost costs no mail."""

from __future__ import annotations

import asyncio
from email.headerregistry import Address
from email.message import EmailMessage

import pytest

from petitbleu import mailout
from petitbleu.config import Smtp
from petitbleu.mailout import SmtpMail
from tests.kit.mail import SmtpSink, smtp_sink
from tests.kit.waiting import GUARD

TO = "ada@example.org"


def _mail(sink: SmtpSink) -> SmtpMail:
    sender = "Péti Bleu <no-reply@petitbleu.example>"
    return SmtpMail(Smtp("127.0.0.1", sink.port, security="none", sender=sender))


def _letter(number: int, body: bytes = b".hidden dot\n") -> bytes:
    return b"To: ada@example.org\nSubject: Letter %d\n\nFrom: nobody\n%s" % (number, body)


def _subjects(sink: SmtpSink) -> list[str]:
    return [str(mail["Subject"]) for mail in sink.mails]


async def test_mails_in_a_row_share_a_connection_and_arrive_as_written() -> None:
    async with smtp_sink() as sink:
        mail = _mail(sink)
        for number in range(3):
            assert await mail.post(_letter(number), TO) == "OK"
        await mail.send(TO, "Code", "à vous\n")
        await mail.close()
    assert sink.connections == 1
    assert _subjects(sink) == ["Letter 0", "Letter 1", "Letter 2", "Code"]
    for one in sink.mails:
        assert one["From"].addresses == (Address("Péti Bleu", "no-reply", "petitbleu.example"),)
    assert sink.text(0).splitlines() == ["From: nobody", ".hidden dot"]
    assert sink.text(3).strip() == "à vous"


async def test_a_sender_that_is_named_stays() -> None:
    async with smtp_sink() as sink:
        mail = _mail(sink)
        await mail.post(b"from: desk@petitbleu.example\r\n" + _letter(1), TO)
        await mail.close()
    assert sink.mails[0].get_all("From") == ["desk@petitbleu.example"]


async def test_a_letter_of_eight_bits_arrives_too() -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = TO, "Reçu"
    message.set_content("déjà vu\n", cte="8bit")
    async with smtp_sink() as sink:
        mail = _mail(sink)
        await mail.post(message.as_bytes(), TO)
        await mail.close()
    assert (_subjects(sink), sink.text().strip()) == (["Reçu"], "déjà vu")


async def test_a_connection_the_server_dropped_between_mails_loses_and_doubles_none() -> None:
    async with smtp_sink() as sink:
        mail = _mail(sink)
        for number in range(6):
            await mail.post(_letter(number), TO)
            if number % 2:
                sink.drop()
                await asyncio.sleep(0.01 * (number % 3))  # known at once, or only when it is used
        await mail.close()
    assert _subjects(sink) == [f"Letter {number}" for number in range(6)]
    assert sink.connections == 3


async def test_a_server_that_has_had_enough_of_a_connection_gets_another() -> None:
    async with smtp_sink() as sink:
        sink.most = 2
        mail = _mail(sink)
        for number in range(5):
            await mail.post(_letter(number), TO)
        await mail.close()
    assert _subjects(sink) == [f"Letter {number}" for number in range(5)]
    assert sink.connections == 3


async def test_a_drop_after_the_text_is_an_error_and_no_second_mail() -> None:
    """The server may have taken it: only the caller knows whether to send it again."""
    async with smtp_sink() as sink:
        mail = _mail(sink)
        await mail.post(_letter(0), TO)
        sink.vanish = True
        with pytest.raises(OSError, match="SMTPServerDisconnected"):
            await mail.post(_letter(1), TO)
        sink.vanish = False
        await mail.post(_letter(2), TO)
        await mail.close()
    assert _subjects(sink) == ["Letter 0", "Letter 1", "Letter 2"]


async def test_a_refused_recipient_is_an_error_and_the_next_mail_goes() -> None:
    async with smtp_sink() as sink:
        mail = _mail(sink)
        sink.refuse = True
        with pytest.raises(OSError, match="SMTPRecipientsRefused"):
            await mail.post(_letter(0), TO)
        sink.refuse = False
        await mail.post(_letter(1), TO)
        await mail.close()
    assert _subjects(sink) == ["Letter 1"]


async def test_mails_at_the_same_time_do_not_mix() -> None:
    async with smtp_sink() as sink:
        mail = _mail(sink)
        await asyncio.gather(*(mail.post(_letter(number), TO) for number in range(8)))
        await mail.close()
    assert sorted(_subjects(sink)) == [f"Letter {number}" for number in range(8)]


async def test_an_idle_connection_is_left_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailout, "KEPT_SECONDS", 0.01)
    async with smtp_sink() as sink:
        mail = _mail(sink)
        await mail.post(_letter(0), TO)
        async with asyncio.timeout(GUARD):
            await sink.quit.wait()
        await mail.close()
