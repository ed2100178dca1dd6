"""Letters that are written to keep the desk busy: reading them takes no longer than others."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from petitbleu.desk.intake import reading
from petitbleu.desk.intake.classify import deadlines
from petitbleu.sandbox import TookTooLong
from petitbleu.store.sqlite import SqliteStore
from tests.desk.intake.sorting import sorted_letter
from tests.kit.waiting import bounded
from tests.kit.world import World, running

EVIL = (
    "a[.]", "a(dot)", "a.", ".", "a", " ", "a@", "[ ] ", "\n[ ] a", "at ", "a las ", "alle ore ",
    "within three (3) ", "by 12 ", "order. if i had a court order ", "i will kill ",
)  # fmt: skip
LONG = 60_000


def letter(text: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "a@b.example", "legal@petitbleu.example", "Order"
    made.set_content(text, cte="8bit")
    return made.as_bytes()


@pytest.mark.sometimes(2)
@pytest.mark.turns(4)
@pytest.mark.parametrize("evil", EVIL)
def test_what_repeats_itself_is_sorted_in_bounded_time(evil: str) -> None:
    with bounded("sorting"):
        sorted_letter(
            letter(f"Order of the court: [x] remove by {evil * (LONG // len(evil))} y!\n")
        )


@pytest.mark.parametrize("evil", ["a las ", "alle ore ", "at ", "o godzinie "])
@pytest.mark.parametrize("day", ["", "3 may ", "monday "])
def test_words_before_an_hour_are_read_in_one_way(evil: str, day: str) -> None:
    with bounded("looking for a deadline"):
        deadlines.find(f"remove it by {day}{evil * 40}", received=0, zone="UTC", country="FR")


class Busy:
    """Workers that get through no letter."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def run(self, job: dict[str, Any]) -> dict[str, Any]:
        self.sizes.append(len(job["raw"]))
        raise TookTooLong("30 seconds")

    async def close(self) -> None:
        """Nothing to end."""


async def test_words_that_no_worker_gets_through_are_not_read_by_the_server(
    sqlite_store: SqliteStore, tmp_path: Path
) -> None:
    async with running(World(sqlite_store, tmp_path)) as world:
        workers = world.app.parts[reading.READERS] = Busy()
        raw = letter("Order: remove by a las a las. " * 9000).replace(b"Order\n", b"Order\n by\n")
        now = int(world.clock.now())
        done = await reading.read(world.app, raw, now=now, received=now)
        assert workers.sizes == [len(raw), len(raw), reading._KEPT]
        assert done.letter.sender == "a@b.example"
        assert "not_read_in_full" in done.letter.warnings
        assert (done.letter.subject, done.letter.text.strip()) == ("", "")
