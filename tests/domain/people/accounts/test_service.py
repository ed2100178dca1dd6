"""Accounts at the level of the service: ids, names, settings."""

from __future__ import annotations

import pytest

from petitbleu import ids
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.errors import Fault
from petitbleu.tl import api
from tests.kit.world import RpcFault, World


async def test_ids_are_given_out_in_order_and_never_twice(world: World) -> None:
    made = [
        await world.app.store.write(accounts.create, at=1, first_name=name, phone=None)
        for name in ("Ada", "Bob", "Eve")
    ]
    assert [row.id for row in made] == [ids.FIRST_USER + n for n in range(3)]


async def test_a_failed_sign_up_uses_up_no_id(world: World) -> None:
    write = world.app.store.write
    first = await write(accounts.create, at=1, first_name="Ada", phone="33612345678")
    with pytest.raises(Fault, match="PHONE_NUMBER_OCCUPIED"):
        await write(accounts.create, at=1, first_name="Eve", phone="33612345678")
    assert (await write(accounts.create, at=1, first_name="Bob")).id == first.id + 1


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [
        (" \n", "", "FIRSTNAME_INVALID"),
        ("x" * 65, "", "FIRSTNAME_INVALID"),
        ("A", "x" * 65, "LASTNAME_INVALID"),
    ],
)
async def test_bad_names_are_refused(world: World, first: str, last: str, error: str) -> None:
    with pytest.raises(Fault, match=error):
        await world.app.store.write(accounts.create, at=1, first_name=first, last_name=last)


async def test_the_service_account_is_made_once(world: World) -> None:
    await accounts.ensure_service_account(world.app)
    row = await accounts.get(world.app, ids.SERVICE_USER)
    assert row is not None and row.kind == accounts.SERVICE


async def test_looking_people_up(world: World) -> None:
    row = await world.app.store.write(
        accounts.create, at=1, first_name="Ada", phone="33612345678", email="ada@example.org"
    )
    store = world.app.store
    assert await accounts.by_phone(store, "33612345678") == row
    assert await accounts.by_phones(store, ["33612345678", "1"]) == {"33612345678": row}
    assert await accounts.by_email(store, "ada@example.org") == row
    assert await accounts.get_many(world.app, [row.id, 5]) == {row.id: row}
    assert await accounts.get_many(world.app, []) == {}
    assert await accounts.get(world.app, 5) is None


async def test_settings_change_key_by_key(world: World) -> None:
    ada = await world.sign_up("Ada")
    await accounts.change_settings(world.app, ada.user_id, {"a": 1, "b": [2]})
    await accounts.change_settings(world.app, ada.user_id, {"a": None, "c": True})
    assert await accounts.settings(world.app, ada.user_id) == {"b": [2], "c": True}


async def test_the_days_of_absence_that_an_account_outlives(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert (await ada.call(api.account.GetAccountTTL())).days == 365
    assert await ada.call(api.account.SetAccountTTL(ttl=api.AccountDaysTTL(days=180)))
    assert (await ada.call(api.account.GetAccountTTL())).days == 180
    for days in (29, 731):
        with pytest.raises(RpcFault, match="TTL_DAYS_INVALID"):
            await ada.call(api.account.SetAccountTTL(ttl=api.AccountDaysTTL(days=days)))


async def test_content_and_global_privacy_settings_are_kept(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert not (await ada.call(api.account.GetContentSettings())).sensitive_enabled
    await ada.call(api.account.SetContentSettings(sensitive_enabled=True))
    assert (await ada.call(api.account.GetContentSettings())).sensitive_enabled
    asked = api.GlobalPrivacySettings(keep_archived_unmuted=True, hide_read_marks=True)
    await ada.call(api.account.SetGlobalPrivacySettings(settings=asked))
    assert await ada.call(api.account.GetGlobalPrivacySettings()) == asked


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"new_noncontact_peers_require_premium": True}, "PREMIUM_ACCOUNT_REQUIRED"),
        ({"noncontact_peers_paid_stars": 5}, "PREMIUM_ACCOUNT_REQUIRED"),
        ({"archive_and_mute_new_noncontact_peers": True}, "AUTOARCHIVE_NOT_AVAILABLE"),
    ],
)
async def test_what_does_not_exist_here_cannot_be_switched_on(
    world: World, asked: dict[str, bool], error: str
) -> None:
    ada = await world.sign_up("Ada")
    settings = api.GlobalPrivacySettings(**asked)
    with pytest.raises(RpcFault, match=error):
        await ada.call(api.account.SetGlobalPrivacySettings(settings=settings))


TERMS = {"terms_version": "2", "terms_text": "Be kind."}


async def test_changed_terms_are_shown_until_they_are_accepted(
    store: object, tmp_path: object
) -> None:
    world = World(store, tmp_path, **TERMS)  # type: ignore[arg-type]
    await world.start()
    ada = await world.sign_up("Ada")
    await world.app.store.write(_forget_terms, ada.user_id)
    shown = await ada.call(api.help.GetTermsOfServiceUpdate())
    assert shown.terms_of_service.text == "Be kind."
    with pytest.raises(RpcFault, match="DATA_JSON_INVALID"):
        await ada.call(api.help.AcceptTermsOfService(id=api.DataJSON(data="[")))
    assert await ada.call(api.help.AcceptTermsOfService(id=shown.terms_of_service.id))
    again = await ada.call(api.help.GetTermsOfServiceUpdate())
    assert isinstance(again, api.help.TermsOfServiceUpdateEmpty)


async def _forget_terms(tx: object, account: int) -> None:
    from petitbleu.domain.people.accounts import queries

    await tx.run(queries.SET_TERMS, id=account, version="1", at=1)  # type: ignore[attr-defined]
