"""What clients are told about the server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.domain.client.config import addresses, service, views
from petitbleu.domain.client.config.addresses import Address, split
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.domain.client.config import countries_source
from tests.kit.world import Client, World


@pytest.fixture
async def world(sqlite_store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """Nothing here depends on the engine."""
    made = World(sqlite_store, tmp_path)
    await made.start()
    yield made


async def config(client: Client, dc: int = 2) -> Any:
    client.link.dc = dc
    return await client.call(api.help.GetConfig())


@pytest.mark.parametrize(
    ("dialled", "told", "test"),
    [
        (1, 1, False),
        (2, 2, False),
        (5, 5, False),
        (-4, 4, False),
        (10_002, 2, True),
        (77, 2, False),
    ],
)
async def test_the_data_centre_dialled_is_echoed(
    world: World, dialled: int, told: int, test: bool
) -> None:
    found = await config(world.connect(), dialled)
    assert (found.this_dc, found.test_mode) == (told, test)


async def test_every_data_centre_is_at_the_address_the_client_dialled(world: World) -> None:
    client = world.connect()
    client.link.local_address = ("192.0.2.7", 8443)
    found = await config(client)
    assert [(one.id, one.ip_address, one.port) for one in found.dc_options] == [
        (number, "192.0.2.7", 8443) for number in range(1, 6)
    ]
    assert found.expires > found.date == int(world.clock.now())
    assert found.me_url_prefix == "http://192.0.2.7:8443/"


async def test_public_addresses_and_url_are_told_where_they_are_set(
    sqlite_store: Store, tmp_path: Path
) -> None:
    world = World(
        sqlite_store,
        tmp_path,
        public_address=("192.0.2.7:443", "[2001:db8::7]:443", "192.0.2.7:443"),
        public_url="https://chat.example.org/",
    )
    found = await config(world.connect())
    first = [one for one in found.dc_options if one.id == 1]
    assert [(one.ip_address, one.port, one.ipv6) for one in first] == [
        ("192.0.2.7", 443, False),
        ("2001:db8::7", 443, True),
    ]
    assert found.me_url_prefix == "https://chat.example.org/"


async def test_a_host_name_is_told_as_number(sqlite_store: Store, tmp_path: Path) -> None:
    world = World(sqlite_store, tmp_path, public_address=("localhost:443",))
    found = await addresses.dialled(world.app, ("192.0.2.7", 8443))
    assert {one.ip for one in found} <= {"127.0.0.1", "::1"}
    assert found is await addresses.dialled(world.app, ("192.0.2.7", 8443))


async def test_a_name_that_does_not_resolve_leaves_the_dialled_address(
    sqlite_store: Store, tmp_path: Path
) -> None:
    world = World(sqlite_store, tmp_path, public_address=("nowhere.invalid:443",))
    found = await addresses.dialled(world.app, ("::ffff:192.0.2.7", 8443))
    assert found == [Address("192.0.2.7", 8443, False)]


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("example.org", "example.org", 8080),
        ("example.org:443", "example.org", 443),
        ("[2001:db8::1]:443", "2001:db8::1", 443),
        ("[2001:db8::1]", "2001:db8::1", 8080),
        ("2001:db8::1", "2001:db8::1", 8080),
    ],
)
def test_addresses_are_split(text: str, host: str, port: int) -> None:
    assert split(text, 8080) == (host, port)


async def test_the_nearest_data_centre_is_the_one_dialled(world: World) -> None:
    client = world.connect()
    client.link.dc = 4
    found = await client.call(api.help.GetNearestDc())
    assert (found.country, found.this_dc, found.nearest_dc) == ("FR", 4, 4)


@pytest.mark.parametrize(
    ("ask", "unchanged"),
    [
        (lambda h: api.help.GetAppConfig(hash=h), api.help.AppConfigNotModified),
        (
            lambda h: api.help.GetCountriesList(lang_code="fr", hash=h),
            api.help.CountriesListNotModified,
        ),
        (lambda h: api.help.GetTimezonesList(hash=h), api.help.TimezonesListNotModified),
        (lambda h: api.help.GetPeerColors(hash=h), api.help.PeerColorsNotModified),
        (lambda h: api.help.GetPeerProfileColors(hash=h), api.help.PeerColorsNotModified),
    ],
)
async def test_a_known_hash_is_answered_with_not_modified(
    world: World, ask: Any, unchanged: type
) -> None:
    client = world.connect()
    found = await client.call(ask(0))
    assert 0 < found.hash < 2**31
    assert type(await client.call(ask(found.hash))) is unchanged


async def test_the_app_config_holds_what_clients_need(world: World) -> None:
    found = await world.connect().call(api.help.GetAppConfig(hash=0))
    values = {one.key: one.value for one in found.config.value}
    assert values["dialogs_pinned_limit_default"] == api.JsonNumber(value=5.0)
    assert values["premium_purchase_blocked"] == api.JsonBool(value=True)
    assert values["pending_suggestions"] == api.JsonArray(value=[])
    assert not [key for key in values if key.startswith("freeze_")]


def test_every_kind_of_json_has_a_form() -> None:
    made = views.json_value({"a": [1, 2.5, "x", None, True, {}]})
    assert made == api.JsonObject(
        value=[
            api.JsonObjectValue(
                key="a",
                value=api.JsonArray(
                    value=[
                        api.JsonNumber(value=1.0),
                        api.JsonNumber(value=2.5),
                        api.JsonString(value="x"),
                        api.JsonNull(),
                        api.JsonBool(value=True),
                        api.JsonObject(value=[]),
                    ]
                ),
            )
        ]
    )


async def test_countries_have_codes_patterns_and_names_in_the_readers_language(
    world: World,
) -> None:
    found = await world.connect().call(api.help.GetCountriesList(lang_code="de", hash=0))
    by_code = {one.iso2: one for one in found.countries}
    france = by_code["FR"]
    assert (france.default_name, france.name) == ("France", "Frankreich")
    (code,) = france.country_codes
    assert (code.country_code, code.patterns) == ("33", ["X XX XX XX XX"])
    assert by_code["DO"].country_codes[0].prefixes == ["8001", "809", "829", "849"]
    assert by_code["FT"].country_codes[0].country_code == "888"
    assert len(by_code) > 240


def test_an_unknown_language_gets_english_names() -> None:
    assert {one.name for one in service.countries("xx-unknown").countries} == {None}


def test_the_country_file_is_that_of_the_package() -> None:
    kept = (service.schema_text("countries.tsv")).splitlines()
    made = countries_source.table().splitlines()
    assert kept == made, "python -m tests.domain.client.config.countries_source --write"


async def test_time_zones_have_their_present_offset(world: World) -> None:
    found = await world.connect().call(api.help.GetTimezonesList(hash=0))
    by_id = {one.id: one for one in found.timezones}
    assert by_id["Europe/Paris"].utc_offset == 3600  # the clock of the kit stands in January
    assert (by_id["America/New_York"].name, by_id["Etc/UTC"].utc_offset) == ("New York", 0)


async def test_support_is_the_service_account_and_invitations_name_the_server(
    world: World,
) -> None:
    ada = await world.sign_up("Ada")
    assert (await ada.call(api.help.GetSupport())).user.id == 777000
    text = (await ada.call(api.help.GetInviteText())).message
    assert text == "Petitbleu: http://localhost:8080/"


async def test_calls_about_what_does_not_exist_have_empty_answers(world: World) -> None:
    ada = await world.sign_up("Ada")
    promo = await ada.call(api.help.GetPromoData())
    assert isinstance(promo, api.help.PromoDataEmpty) and promo.expires > world.clock.now()
    update = await ada.call(api.help.GetAppUpdate(source=""))
    assert isinstance(update, api.help.NoAppUpdate)
    assert (await ada.call(api.help.GetCdnConfig())).public_keys == []
    assert (await ada.call(api.help.GetPremiumPromo())).period_options == []
    link = await ada.call(api.help.GetDeepLinkInfo(path="x"))
    assert isinstance(link, api.help.DeepLinkInfoEmpty)
    assert (await ada.call(api.help.GetRecentMeUrls(referer=""))).urls == []
    assert await ada.call(api.help.SaveAppLog(events=[]))
    none = api.InputPeerEmpty()
    assert await ada.call(api.help.DismissSuggestion(peer=none, suggestion="X"))
    assert await ada.call(api.help.HidePromoData(peer=none))


async def test_the_seven_built_in_name_colours_come_without_shades(world: World) -> None:
    """Clients have their own; TDLib logs an error for each that brings some."""
    found = await world.connect().call(api.help.GetPeerColors(hash=0))
    assert [option.color_id for option in found.colors] == list(range(7))
    assert all(option.colors is option.dark_colors is None for option in found.colors)
