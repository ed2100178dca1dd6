"""Who may sign up, invitations, numbers without a telephone; and what nobody can find out."""

from __future__ import annotations

import re

import msgspec
import pytest

from petitbleu.domain.access.joining import service
from petitbleu.domain.access.joining.service import Form, Invalid, InviteGone
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.store.query import query
from tests.kit.world import World

ADA = Form("Ada", "ada@example.org", None)


def set_mode(instance: World, mode: str) -> None:
    instance.app.config = msgspec.structs.replace(instance.app.config, signup=mode)


async def admit(instance: World, phone: str | None, email: str | None = None) -> str | None:
    return await instance.app.store.write(
        service.admit, instance.app, phone=phone, email=email, name=""
    )


def link_in(instance: World, number: int = -1) -> str:
    found = re.search(r"https://\S+/confirm/(\S+)", instance.mail.sent[number].text)
    assert found is not None
    return found[1]


async def join(instance: World, form: Form, uses: int | None = None) -> str:
    """Walk through an invitation; the number."""
    invite = await service.create_invite(instance.app, uses=uses, expires_at=None)
    await service.ask(instance.app, invite.token, form, "en")
    number = await service.confirm(instance.app, link_in(instance))
    await instance.settle()
    return number


@pytest.mark.parametrize(
    ("mode", "admitted", "may"),
    [
        ("open", False, True),
        ("invite", False, False),
        ("invite", True, True),
        ("closed", False, False),
        ("closed", True, True),
    ],
)
async def test_who_may_sign_up(instance: World, mode: str, admitted: bool, may: bool) -> None:
    set_mode(instance, mode)
    if admitted:
        await admit(instance, "33612345678")
    assert await service.may_sign_up(instance.app, "33612345678") is may


async def test_an_admission_is_good_for_one_account(instance: World) -> None:
    await admit(instance, "33612345678")
    await instance.app.store.write(service.signed_up, "33612345678", 1000001)
    assert not await service.may_sign_up(instance.app, "33612345678")


async def test_numbers_without_telephone_are_unique_and_readable(instance: World) -> None:
    numbers = [await admit(instance, None) for _ in range(50)]
    assert len(set(numbers)) == 50
    assert all(re.fullmatch(r"888\d{8}", number or "") for number in numbers)
    assert re.fullmatch(r"\+888 \d{4} \d{4}", service.format_phone(numbers[0] or ""))
    assert service.format_phone("33612345678") == "+33 6 12 34 56 78"


async def test_a_number_is_admitted_once(instance: World) -> None:
    assert await admit(instance, "33612345678") == "33612345678"
    assert await admit(instance, "33612345678") is None
    await instance.app.store.write(accounts.create, at=1, first_name="Ada", phone="33611111111")
    assert await admit(instance, "33611111111") is None


async def test_an_invited_person_gets_a_number_by_mail(instance: World) -> None:
    number = await join(instance, ADA)
    assert number.startswith("888")
    assert await service.may_sign_up(instance.app, number)
    confirm, welcome = instance.mail.sent
    assert confirm.to == welcome.to == "ada@example.org"
    assert "Ada" not in confirm.text, "what a stranger typed is not mailed to third parties"
    assert service.format_phone(number) in welcome.text
    admitted = await service.admission(instance.app.store, number)
    assert admitted is not None
    assert (admitted.email, admitted.name) == ("ada@example.org", "Ada")


async def test_confirming_twice_gives_the_same_number(instance: World) -> None:
    number = await join(instance, ADA, uses=1)
    token = link_in(instance, 0)
    assert await service.confirm(instance.app, token) == number
    assert (await service.pending(instance.app, token)).number == number


async def test_an_own_phone_number_is_kept(instance: World) -> None:
    assert await join(instance, ADA._replace(phone="33612345678")) == "33612345678"


async def test_a_taken_phone_number_is_answered_like_a_free_one(instance: World) -> None:
    await accounts.ensure_service_account(instance.app)
    await instance.app.store.write(
        accounts.create, at=1, first_name="Bob", phone="33612345678", email="bob@example.org"
    )
    assert await join(instance, ADA._replace(phone="33612345678")) == "33612345678"
    assert await service.admission(instance.app.store, "33612345678") is None
    row = await accounts.by_phone(instance.app.store, "33612345678")
    assert row is not None
    assert row.email == "bob@example.org", "codes still go to whom the number belongs"


async def test_a_known_address_is_told_its_number_and_nothing_else_happens(
    instance: World,
) -> None:
    number = await join(instance, ADA)
    invite = await service.create_invite(instance.app, uses=1, expires_at=None)
    await service.ask(instance.app, invite.token, ADA, "en")
    assert service.format_phone(number) in instance.mail.sent[-1].text
    assert (await service.open_invite(instance.app, invite.token)).uses_left == 1


async def test_an_invitation_ends_by_use_time_and_revocation(instance: World) -> None:
    app = instance.app
    once = await service.create_invite(app, uses=1, expires_at=None)
    await service.ask(app, once.token, ADA, "en")
    await service.ask(app, once.token, ADA._replace(email="bob@example.org"), "en")
    await service.confirm(app, link_in(instance, 0))
    with pytest.raises(InviteGone):
        await service.confirm(app, link_in(instance, 1))
    with pytest.raises(InviteGone):
        await service.open_invite(app, once.token)

    timed = await service.create_invite(app, uses=None, expires_at=int(app.clock.now()) + 60)
    await service.open_invite(app, timed.token)
    instance.clock.advance(61)
    with pytest.raises(InviteGone):
        await service.open_invite(app, timed.token)

    revoked = await service.create_invite(app, uses=None, expires_at=None)
    await service.ask(app, revoked.token, ADA._replace(email="eve@example.org"), "en")
    assert await service.revoke_invite(app, revoked.token)
    assert not await service.revoke_invite(app, revoked.token)
    with pytest.raises(InviteGone):
        await service.confirm(app, link_in(instance))


async def test_a_link_that_expires_meanwhile_is_good_for_who_began_in_time(
    instance: World,
) -> None:
    app = instance.app
    invite = await service.create_invite(app, uses=1, expires_at=int(app.clock.now()) + 60)
    await service.ask(app, invite.token, ADA, "en")
    instance.clock.advance(600)
    assert await service.confirm(app, link_in(instance))


async def test_a_confirmation_link_expires_and_is_forgotten(instance: World) -> None:
    app = instance.app
    invite = await service.create_invite(app, uses=1, expires_at=None)
    await service.ask(app, invite.token, ADA, "en")
    instance.clock.advance(service.REQUEST_SECONDS + 1)
    with pytest.raises(InviteGone):
        await service.confirm(app, link_in(instance))
    await service.prune(app, {})
    assert await app.store.rows(query("select token from join_request")) == []


async def test_a_mail_that_cannot_go_keeps_nothing(
    instance: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(instance.mail, "send", refuse)
    invite = await service.create_invite(instance.app, uses=1, expires_at=None)
    with pytest.raises(OSError, match="full"):
        await service.ask(instance.app, invite.token, ADA, "en")
    kept = await instance.app.store.rows(query("select token from join_request"))
    assert kept == []


async def test_closed_means_no_invitations(instance: World) -> None:
    invite = await service.create_invite(instance.app, uses=None, expires_at=None)
    set_mode(instance, "closed")
    with pytest.raises(InviteGone):
        await service.open_invite(instance.app, invite.token)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        (("", "", ""), {"name": "name.empty", "email": "email.empty"}),
        (("x" * 65, "a@example.org", ""), {"name": "name.invalid"}),
        (("a\x07b", "a@example.org", ""), {"name": "name.invalid"}),
        (("Ada", "ada", ""), {"email": "email.invalid"}),
        (("Ada", "ada@example.org\nBcc: x@y.org", ""), {"email": "email.invalid"}),
        (("Ada", "a..b@example.org", ""), {"email": "email.invalid"}),
        (("Ada", "ada@example.org", "12"), {"phone": "phone.invalid"}),
        (("Ada", "ada@example.org", "+888 1234 5678"), {"phone": "phone.invalid"}),
    ],
)
def test_what_cannot_be_taken_is_named_by_field(
    typed: tuple[str, str, str], wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        service.check(*typed)
    assert refused.value.fields == wrong


def test_what_can_be_taken_comes_in_its_one_form() -> None:
    assert service.check("  Ada   Lovelace ", " Ada@Example.ORG ", " +33 6 12 34 56 78 ") == Form(
        "Ada Lovelace", "ada@example.org", "33612345678"
    )
