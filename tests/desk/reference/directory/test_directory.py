"""The directory of authorities and what the operator says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.reference.directory import service
from tests.kit.world import World

POLICE = {"name": "Police", "country": "fr", "domain": "Police.Gouv.example", "desk": "3e"}
FLAGGER = {"name": "Vigie", "country": "FR", "domain": "vigie.example", "trusted_flagger": True}


async def test_what_is_imported_is_exported_and_covers_subdomains(world: World) -> None:
    app = world.app
    answer = await perform(app, "desk.authorities.import", {"authorities": [POLICE, FLAGGER]})
    assert answer == {"imported": 2}
    found = await service.authority(app.store, "mail.police.gouv.example")
    assert found is not None and (found.domain, found.country) == ("police.gouv.example", "FR")
    assert await service.authority(app.store, "gouv.example") is None
    assert await service.authority(app.store, "police.gouv.example.evil.test") is None
    exported = (await perform(app, "desk.authorities.export", {}))["authorities"]
    assert [one["trusted_flagger"] for one in exported] == [False, True]
    assert exported[0]["desk"] == "3e"
    await perform(app, "desk.authorities.import", {"authorities": exported})
    assert (await perform(app, "desk.authorities.export", {}))["authorities"] == exported


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"domain": "a.example"}, "JSON list"),
        (["a.example"], "entry 1 is no object"),
        ([POLICE, {"name": "x", "domain": "nodot"}], "entry 2 has no usable domain"),
        ([{"domain": "a.example"}], "has no name"),
        ([POLICE | {"country": "France"}], "no two-letter country code"),
    ],
)
async def test_a_list_with_a_mistake_changes_nothing(world: World, given: Any, words: str) -> None:
    with pytest.raises(CommandRefused, match=words):
        await perform(world.app, "desk.authorities.import", {"authorities": given})
    assert await service.authorities(world.app.store) == []


async def test_the_operator_keeps_what_it_does_not_name_and_what_we_do_not_know(
    world: World,
) -> None:
    app = world.app
    first = await service.operator(app.store, app)
    assert (first.country, first.declared_languages) == ("FR", ["fr", "en"])
    given = {"name": "Petitbleu SAS", "authserv_id": "mx1.petitbleu.example", "siren": "1"}
    await perform(app, "desk.operator.set", {"operator": given})
    answer = await perform(app, "desk.operator.set", {"operator": {"micro_or_small": True}})
    assert answer["siren"] == "1" and answer["name"] == "Petitbleu SAS"
    now = await service.operator(app.store, app)
    assert (now.micro_or_small, now.authserv_id) == (True, "mx1.petitbleu.example")
    for wrong in ({"declared_languages": "fr"}, {"country": "France"}, {"online_platform": 3}):
        with pytest.raises(CommandRefused):
            await perform(app, "desk.operator.set", {"operator": wrong})
    assert await service.operator(app.store, app) == now
