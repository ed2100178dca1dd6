"""The mailbox, on a real Dovecot: everything is taken once, and nothing is lost by a cut."""

from __future__ import annotations

import asyncio
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from petitbleu.config import Imap
from petitbleu.desk.casework.cases import queues
from petitbleu.desk.intake import imap
from tests.desk.intake.mails import mail
from tests.kit.world import World

pytestmark = pytest.mark.deploy

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
SECRET = "secret"


class Mailbox:
    """A Dovecot with one mailbox."""

    def __init__(self, folder: Path, *, idle: bool) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._folder = folder
        self._config = folder / "dovecot.conf"
        self._config.write_text(_configuration(folder, self.port, idle))
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        assert DOVECOT is not None
        command = [DOVECOT, "-F", "-c", str(self._config)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + 15
        while True:
            try:
                return self._client().shutdown()
            except OSError:
                assert time.monotonic() < until, (self._folder / "log").read_text()
                time.sleep(0.1)

    def stop(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)  # connections are cut, not closed in order
        self._process.wait(10)
        (self._folder / "run" / "master.pid").unlink(missing_ok=True)

    def _client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login("desk", SECRET)
        return client

    def put(self, *letters: bytes) -> None:
        client = self._client()
        for letter in letters:
            client.append("INBOX", "", "", letter.replace(b"\n", b"\r\n"))
        client.logout()

    def count(self, criteria: str) -> int:
        client = self._client()
        client.select("INBOX", readonly=True)
        found = client.search(None, criteria)[1][0].split()
        client.logout()
        return len(found)

    def renew(self) -> None:
        """Give the folder a new UIDVALIDITY: it is deleted and made again."""
        client = self._client()
        client.create("Old")
        client.rename("INBOX", "Aside")
        client.logout()

    def settings(self) -> Imap:
        return Imap(
            host="127.0.0.1", port=self.port, username="desk", password=SECRET, security="none",
            seconds=1,
        )  # fmt: skip


def _configuration(folder: Path, port: int, idle: bool) -> str:
    me = pwd.getpwuid(os.getuid()).pw_name
    own = os.getuid() != 0
    users = f"default_internal_user = {me}\ndefault_login_user = {me}\n" if own else ""
    if not own:
        folder.chmod(0o755)
    uid = os.getuid() if own else pwd.getpwnam("nobody").pw_uid
    (folder / "mail").mkdir()
    if not own:
        os.chown(folder / "mail", uid, pwd.getpwnam("nobody").pw_gid)
    gid = (folder / "mail").stat().st_gid
    return (
        f"base_dir = {folder}/run\nstate_dir = {folder}/state\nlog_path = {folder}/log\n"
        f"protocols = imap\nssl = no\ndisable_plaintext_auth = no\nfirst_valid_uid = 0\n"
        f"first_valid_gid = 0\nmail_location = maildir:{folder}/mail/box\n{users}"
        f"imap_capability = IMAP4rev1 {'IDLE ' if idle else ''}UIDPLUS\n"
        f"service imap-login {{\n inet_listener imap {{\n  address = 127.0.0.1\n  port = {port}\n }}\n"
        f" inet_listener imaps {{\n  port = 0\n }}\n chroot =\n}}\n"
        f"service anvil {{\n chroot =\n}}\nservice stats {{\n chroot =\n}}\n"
        f"passdb {{\n driver = static\n args = password={SECRET}\n}}\n"
        f"userdb {{\n driver = static\n args = uid={uid} gid={gid} home={folder}/mail\n}}\n"
    )


@pytest.fixture(params=[True, False], ids=["idle", "no-idle"])
def mailbox(apart: Path, request: pytest.FixtureRequest) -> Iterator[Mailbox]:
    assert DOVECOT, "install the Debian package dovecot-imapd"
    made = Mailbox(apart, idle=request.param)
    yield made
    made.stop()


Reader = Callable[[], Awaitable[None]]


@pytest.fixture
async def reader(world: World, mailbox: Mailbox) -> AsyncIterator[Reader]:
    """Start reading; called again, it stops and starts."""
    running: list[imap.ImapDoor] = []

    async def start() -> None:
        while running:
            await running.pop().stop()
        running.append(imap.start(world.app, mailbox.settings()))

    yield start
    for one in running:
        await one.stop()


async def cases(world: World, wanted: int) -> int:
    """How many cases there are, at the latest when there are as many as wanted."""
    until = time.monotonic() + 60
    while True:
        found = len(await queues.page(world.app, queues.Filter(), limit=100))
        if found >= wanted or time.monotonic() > until:
            await world.settle()
            return found
        await asyncio.sleep(0.1)


def letter(name: str) -> bytes:
    return mail(f"A <{name}@home.example>", subject=f"Question {name}", text="Hello, a question")


async def test_what_lies_there_and_what_comes_is_taken_once_and_marked(
    world: World, mailbox: Mailbox, reader: Reader
) -> None:
    mailbox.put(letter("a"), letter("b"))
    await reader()
    assert await cases(world, 2) == 2
    mailbox.put(letter("c"))
    assert await cases(world, 3) == 3
    await reader()
    mailbox.put(letter("d"))
    assert await cases(world, 4) == 4
    assert mailbox.count("UNSEEN") == 0


async def test_a_letter_that_cannot_be_stored_stays_unread_and_is_taken_later(
    world: World, mailbox: Mailbox, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    mailbox.put(letter("a"))
    with monkeypatch.context() as patched:
        patched.setattr(imap.service, "store", full)
        await reader()
        await asyncio.sleep(1)
        assert mailbox.count("UNSEEN") == 1
    await reader()
    assert await cases(world, 1) == 1


async def test_a_mailbox_that_was_made_anew_is_read_anew(
    world: World, mailbox: Mailbox, reader: Reader
) -> None:
    mailbox.put(letter("a"))
    await reader()
    assert await cases(world, 1) == 1
    mailbox.renew()
    mailbox.put(letter("a"), letter("b"))
    await reader()
    assert await cases(world, 2) == 2


async def test_it_connects_again_after_the_server_was_away(
    world: World, mailbox: Mailbox, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "_PAUSES", (0.2,))
    await reader()
    mailbox.put(letter("a"))
    assert await cases(world, 1) == 1
    mailbox.stop()
    await asyncio.sleep(0.5)
    mailbox.start()
    mailbox.put(letter("b"))
    assert await cases(world, 2) == 2
