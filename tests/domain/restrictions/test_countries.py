"""Where somebody is taken to be: members by their number, web readers by proxy or file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from petitbleu.config import Moderation
from petitbleu.control import CommandRefused, perform
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions import readers, service
from petitbleu.store.api import Store
from tests.kit import mmdb
from tests.kit.world import World


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Addresses of documentation (RFC 5737), in Germany, and one only registered in Austria."""
    return mmdb.write(
        tmp_path / "countries.mmdb",
        {
            "192.0.2.0/24": {
                "country": {"iso_code": "DE"},
                "registered_country": {"iso_code": "FR"},
            },
            "198.51.100.0/25": {"registered_country": {"iso_code": "AT"}},
            "203.0.113.0/24": {"continent": {"code": "EU"}},
        },
    )


@pytest.mark.parametrize(
    ("ip", "told", "expected"),
    [
        ("192.0.2.7", "", "DE"),
        ("198.51.100.9", "", "AT"),
        ("198.51.100.200", "", "FR"),
        ("203.0.113.1", "", "FR"),
        ("192.0.2.7", "ES", "ES"),
        ("192.0.2.7", "XX", "DE"),
        ("192.0.2.7", "T1", "DE"),
        ("192.0.2.7", "Spain", "DE"),
        ("2001:db8::1", "", "FR"),
        ("nonsense", "", "FR"),
    ],
)
def test_a_web_reader_is_where_the_proxy_or_the_file_says(
    file: Path, sqlite_store: Store, tmp_path: Path, ip: str, told: str, expected: str
) -> None:
    world = World(sqlite_store, tmp_path, moderation=Moderation(country_database=str(file)))
    assert readers.country(world.app, ip, told) == expected


def test_without_a_file_readers_are_where_the_operator_is(
    sqlite_store: Store, tmp_path: Path
) -> None:
    world = World(sqlite_store, tmp_path, country="CH")
    assert readers.country(world.app, "192.0.2.7") == "CH"
    assert readers.country(world.app, "192.0.2.7", "de") == "DE"


async def test_a_member_is_where_the_number_says(world: World) -> None:
    german = await world.app.store.write(
        accounts.create,
        at=1,
        first_name="Otto",
        phone="4915112345678",
        country="DE",
    )
    plain = await world.app.store.write(accounts.create, at=1, first_name="X", phone="8881234567")
    found = await service.countries(world.app, [german.id, plain.id, 999])
    assert found == {german.id: "DE", plain.id: "FR", 999: "FR"}
    told = await perform(world.app, "user.country", {"who": "+888 123 4567", "country": "it"})
    assert told == {"name": "X", "country": "IT"}
    assert await service.country(world.app, plain.id) == "IT"
    for who, country, words in (
        ("4915112345678", "IT", "the number says DE"),
        ("8881234567", "XX", "no country code"),
        ("4", "IT", "nobody"),
    ):
        with pytest.raises(CommandRefused, match=words):
            await perform(world.app, "user.country", {"who": who, "country": country})


async def test_nothing_is_looked_up_where_no_measure_exists(world: World) -> None:
    rows = [_Row(5, 1, 6)]
    assert await service.without_withheld(world.app, 5, rows) is rows
    assert await service.veil(world.app, 5, 5, 6) is None
    assert await service.country_classes(world.app, -5, [1, 2]) is None
    assert await service.on(world.app, 5, [1, 2]) == {}


class _Row(msgspec.Struct):
    owner: int
    id: int
    peer: int
