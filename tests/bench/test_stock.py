"""What ``petitbleu dev fill`` writes is an instance with so much in it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from petitbleu.bench.fill import opened
from petitbleu.bench.stock import Amounts, start_once, stock
from petitbleu.config import Config
from petitbleu.store.query import query


class _Found(NamedTuple):
    accounts: int
    channels: int
    posts: int
    texts: int
    files: int
    cases: int


_COUNT = query(
    """
    select (select count(*) from account where first_name like 'M%') as accounts,
        (select count(*) from chat) as channels,
        (select count(*) from body where text like 'Post %') as posts,
        (select count(*) from body where text like 'A line of ordinary length%') as texts,
        (select count(*) from media) as files,
        (select count(*) from desk_case) as cases
    """,
    _Found,
)


@pytest.mark.sometimes(2)
async def test_an_instance_is_filled_with_what_was_asked_for(tmp_path: Path) -> None:
    asked = Amounts(accounts=30, channels=3, members=4, posts=2, messages=50, files=3, cases=2)
    said: list[str] = []
    config = Config(data=tmp_path / "data")
    await start_once(config)
    async with opened(config) as app:
        await stock(app, asked, said.append)
        found = await app.store.row(_COUNT)
    assert found == _Found(accounts=30, channels=3, posts=6, texts=50, files=3, cases=2)
    assert [line.partition(" in ")[0] for line in said] == [
        "30 accounts", "50 messages", "3 channels", "3 files", "2 cases",
    ]  # fmt: skip
    await start_once(config)  # with the keys of the first start
