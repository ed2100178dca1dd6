"""The examples do what they say, each in the environment of its library."""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.bench.server import HOST, Server
from tests.clients import environments

EXAMPLES = environments.ROOT / "examples"
GUIDE = environments.ROOT / "docs/guide/groups.md"
LINES_OF_CODE = 40
LINK = re.compile(r"https?://\S+")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("examples") / "data")
    made.start()
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("example", "client", "digit"),
    [
        ("telethon_chat.py", "telethon", 1),
        ("telethon_chat.py", "telethon_old", 2),
        ("pyrogram_chat.py", "pyrogram", 3),
        ("mtcute_chat.mjs", "mtcute_node", 4),
    ],
)
def test_two_people_chat(
    server: Server, tmp_path: Path, example: str, client: str, digit: int
) -> None:
    printed = run(server, tmp_path, example, client, digit, people=2)
    assert printed[-2:] == ["Ada: Hello Bob", "Bob: Hello Ada"]


def test_the_walk_through_of_groups_prints_what_the_guide_shows(
    server: Server, tmp_path: Path
) -> None:
    printed = run(server, tmp_path, "telethon_group.py", "telethon", 5, people=3)
    guide = GUIDE.read_text("utf-8")
    blocks = re.findall(r"```(\w*)\n(.*?)```", guide, re.DOTALL)
    shown = "".join(text for kind, text in blocks if kind == "text").splitlines()
    assert [LINK.sub("LINK", line) for line in printed] == [
        LINK.sub("LINK", line) for line in shown
    ]
    source = (EXAMPLES / "telethon_group.py").read_text("utf-8")
    snippets = [text for kind, text in blocks if kind == "python"]
    assert snippets
    assert [text for text in snippets if textwrap.indent(text, "    ") not in source] == []


def test_a_channel_gets_its_page(server: Server, tmp_path: Path) -> None:
    *said, post = run(server, tmp_path, "telethon_page.py", "telethon", 6, people=1)
    assert "everybody can read it" in said[0]
    with urllib.request.urlopen(post.removeprefix("Post: "), timeout=20) as page:
        html = page.read().decode()
    assert "<h1" in html and "Halle aux poissons : réouverture samedi</h1>" in html
    assert "Qui vient ?" in html and '"NewsArticle"' in html


def run(
    server: Server, folder: Path, example: str, client: str, digit: int, people: int
) -> list[str]:
    """What an example prints, run in ``folder`` with so many test numbers of that digit."""
    environments.prepare(client)
    # Node looks for packages beside the script, so each example runs from a copy of its own.
    for file in EXAMPLES.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    if client in environments.NODE_CLIENTS:
        packages = environments.ENVIRONMENTS / client / "node_modules"
        (folder / "node_modules").symlink_to(packages)
    pem = folder / "public.pem"
    pem.write_text(server.public_key())
    numbers = range(1, people + 1)
    who = [word for n in numbers for word in (f"99966{digit}{n}000", str(digit) * 5)]
    words = [*environments.interpreter(client), str(folder / example)]
    done = subprocess.run(
        [*words, HOST, str(server.port), str(pem), *who],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr + done.stdout
    return done.stdout.splitlines()


def test_the_snippet_that_the_start_prints_signs_up_and_signs_in_again(
    server: Server, tmp_path: Path
) -> None:
    environments.prepare("telethon")
    printed = server.log().partition("Connect with Telethon:\n\n")[2].partition("\n\n2")[0]
    (tmp_path / "snippet.py").write_text(textwrap.dedent(printed))
    words = [*environments.interpreter("telethon"), "snippet.py"]
    for answers in ("9996651111\n55555\nEve\n", "9996651111\n"):
        done = subprocess.run(
            words, cwd=tmp_path, input=answers, capture_output=True, text=True, timeout=60
        )
        assert done.stdout.splitlines()[-1].endswith("You are Eve"), done.stderr[-2000:]


def test_the_telethon_example_is_short() -> None:
    lines = (EXAMPLES / "telethon_chat.py").read_text("utf-8").splitlines()
    code = [line for line in lines if line.strip()]
    assert len(code) < LINES_OF_CODE
