"""Somebody who is blocked and somebody whom every rule excludes are shown the same, to the byte.

One viewer looks twice, with every method that reads: once excluded, once blocked. What a method
answers, with which error it refuses, and what is pushed meanwhile must not tell the two apart.
"""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

import pytest

from petitbleu.domain.people.privacy.views import _KEYS
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api, codec, schema
from tests.domain.communities.members.outsiders import answered
from tests.domain.files.media.shots import location, picture, upload
from tests.kit import chats
from tests.kit.aiming import Aim
from tests.kit.talk import say
from tests.kit.world import Client, World

_random = itertools.count(99_000_000)
LOOKING = (
    "users.getUsers", "users.getFullUser", "photos.getUserPhotos", "contacts.getStatuses",
    "contacts.getContacts", "messages.getHistory", "messages.getDialogs", "messages.getPeerDialogs",
    "messages.getPeerSettings", "contacts.search", "contacts.resolveUsername",
)  # fmt: skip
"""Asked in every layer."""


class Look(NamedTuple):
    """What somebody is shown: by call, and what was pushed."""

    answers: dict[str, str]
    pushes: list[str]


async def _dress(ada: Client) -> tuple[Any, Any]:
    """Everything a profile can have; the picture, and the one shown to the excluded."""
    await ada.call(api.account.UpdateProfile(first_name="Ada", last_name="Lovelace", about="sums"))
    await ada.call(api.account.UpdateUsername(username="ada_lovelace"))
    await ada.call(api.account.UpdateBirthday(birthday=api.Birthday(day=10, month=12, year=1915)))
    await ada.call(api.account.UpdateColor(color=api.PeerColor(color=3)))
    made = []
    for fallback in (False, True):
        file = await upload(ada, picture(300 + fallback, 300))
        made.append(
            (await ada.call(api.photos.UploadProfilePhoto(file=file, fallback=fallback))).photo
        )
    return made[0], made[1]


async def _rule(ada: Client, values: list[Any] | None) -> None:
    """Set every rule; None: as they are where nothing was said."""
    for key in _KEYS:
        rules = values or [api.InputPrivacyValueAllowAll()]
        await ada.call(api.account.SetPrivacy(key=key(), rules=rules))


async def _change(ada: Client, photo: Any) -> None:
    """What others hear of a person; everything is as before in the end."""
    for name in ("Augusta", "Ada"):
        await ada.call(api.account.UpdateProfile(first_name=name))
    for offline in (True, False):
        await ada.call(api.account.UpdateStatus(offline=offline))
    given = api.InputPhoto(
        id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference
    )
    await ada.call(api.photos.UpdateProfilePhoto(id=given))
    await ada.call(api.account.UpdateBirthday(birthday=api.Birthday(day=10, month=12, year=1915)))


async def _look(viewer: Client, aims: list[Aim], layers: tuple[int, ...]) -> dict[str, str]:
    shown = {}
    reading = sorted(name for name, one in METHODS.items() if one.users and one.limit == "read")
    for n, aim in enumerate(aims):
        for method in [*reading, "upload.getFile", "upload.getFileHashes"]:
            for m, q in enumerate(aim.calls(method)):
                fault, result, _ = await answered(viewer, q)
                if type(result) is api.updates.Difference:
                    # What changed in one second stands in no order.
                    for found in (result.other_updates, result.users, result.chats):
                        found.sort(key=repr)
                if type(result) is api.petitbleu.Cases:
                    result.url = ""  # another at each call
                shown[f"{method} {n} {m}"] = fault or repr(result)
        for layer in layers:
            for method in LOOKING:
                q = aim.call(method)
                body = codec.encode(q, layer)
                viewer.link.layer = layer
                raw = await viewer.world.dispatcher.call(
                    viewer.link, next(viewer._ids), body, viewer.world.clock.now()
                )
                viewer.link.layer = viewer.layer
                shown[f"{method} {n} in layer {layer}"] = raw.hex()
    return shown


async def _write(ada: Client, viewer: Client, user: Any, own: Any) -> dict[str, str]:
    """Calls that change something of the viewer's and show the other person."""
    card = api.InputMediaContact(phone_number=ada.phone, first_name="A", last_name="", vcard="")
    line = api.InputPhoneContact(client_id=1, phone=ada.phone, first_name="A", last_name="")
    calls = {
        "resolvePhone": api.contacts.ResolvePhone(phone=ada.phone),
        "importContacts": api.contacts.ImportContacts(contacts=[line]),
        "addContact": api.contacts.AddContact(
            id=user, first_name="A", last_name="", phone=ada.phone
        ),
        "card": api.messages.UploadMedia(peer=api.InputPeerSelf(), media=card),
        "inviteToChannel": api.channels.InviteToChannel(channel=own, users=[user]),
        "deleteContacts": api.contacts.DeleteContacts(id=[user]),
        "back": api.contacts.ImportContacts(contacts=[line]),
    }
    shown = {}
    for name, q in calls.items():
        fault, result, _ = await answered(viewer, q)
        shown[name] = fault or repr(result)
    return shown


async def _aims(ada: Client, viewer: Client, group: int, photos: tuple[Any, Any]) -> list[Aim]:
    found = await viewer.call(api.contacts.ResolveUsername(username="ada_lovelace"))
    user = found.users[0]
    named = {"user_id": user.id, "access_hash": user.access_hash}
    person, here = api.InputPeerUser(**named), chats.input_peer(viewer, group)
    ids = [one.id for one in (await chats.history(viewer, person)).messages] or [1]
    page = await chats.history(viewer, here)
    own = chats.input_channel(viewer, await chats.supergroup(viewer, title="Bob's"))
    nothing = api.InputPhoto(id=1, access_hash=1, file_reference=b"")
    beside = Aim(
        peer=api.InputPeerSelf(), channel=own, user=api.InputUserSelf(), bare=0, ids=[1], message=1,
        document=nothing, photo=nothing,
    )  # fmt: skip
    made = []
    for peer, numbers in ((person, ids), (here, [one.id for one in page.messages])):
        for photo, big in ((photos[0], True), (photos[1], False)):
            where = api.InputPeerPhotoFileLocation(peer=person, photo_id=photo.id, big=True)
            made.append(
                Aim(
                    peer=peer, channel=chats.input_channel(viewer, group),
                    user=api.InputUser(**named), bare=group, ids=numbers, message=numbers[0],
                    document=nothing, photo=nothing, word="ada_lovelace", beside=beside,
                    location=where if big else location(photo, "a"),
                )
            )  # fmt: skip
    return made


async def _scene(world: World, known: bool) -> tuple[Client, Client, int, tuple[Any, Any]]:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    photos = await _dress(ada)
    to_bob = await ada.peer(bob)
    if known:
        to_ada = await bob.peer(ada)
        await say(bob, to_ada, "Good evening")
        await say(ada, to_bob, "Good night")
        await bob.call(api.messages.ReadHistory(peer=to_ada, max_id=100))
        await ada.call(api.messages.ReadHistory(peer=to_bob, max_id=100))
    group = await chats.supergroup(ada, bob)
    await chats.said(ada, chats.input_peer(ada, group), "Welcome")
    await ada.call(api.account.UpdateStatus(offline=False))
    return ada, bob, group, photos


async def _seen(
    ada: Client, bob: Client, aims: list[Aim], photo: Any, layers: tuple[int, ...]
) -> Look:
    await ada.world.settle()
    bob.pushed.clear()
    await _change(ada, photo)
    await ada.world.settle()
    pushes = [repr(one) for one in bob.pushed]
    answers = await _look(bob, aims, layers)
    if layers:
        answers |= await _write(ada, bob, aims[0].user, aims[0].beside.channel)
        answers |= {f"after {call}": one for call, one in (await _look(bob, aims, ())).items()}
    return Look(answers, pushes)


@pytest.mark.turns(2)
@pytest.mark.parametrize("known", [True, False])
async def test_a_blocked_viewer_sees_what_an_excluded_one_sees(world: World, known: bool) -> None:
    ada, bob, group, photos = await _scene(world, known)
    layers = schema.load().layers[:: 6 if known else 20]
    aims = await _aims(ada, bob, group, photos)
    open_ = await _seen(ada, bob, aims, photos[0], ())
    await _rule(ada, [api.InputPrivacyValueDisallowAll()])
    # Once ahead, so that the viewer's own contacts are the same before each look.
    await _write(ada, bob, aims[0].user, aims[0].beside.channel)
    excluded = await _seen(ada, bob, aims, photos[0], layers)
    assert excluded.answers != open_.answers
    to_bob = api.InputPeerUser(user_id=bob.user_id, access_hash=(await ada.peer(bob)).access_hash)
    await ada.call(api.contacts.Block(id=to_bob))
    both = await _seen(ada, bob, aims, photos[0], layers)
    await _rule(ada, None)
    blocked = await _seen(ada, bob, aims, photos[0], layers)
    for other in (both, blocked):
        differ = {
            call: (excluded.answers[call], other.answers[call])
            for call in excluded.answers
            if excluded.answers[call] != other.answers[call]
        }
        assert differ == {}
        assert other.pushes == excluded.pushes


async def test_by_name_rules_exclude_as_blocking_does(world: World) -> None:
    ada, bob, group, photos = await _scene(world, True)
    aims = await _aims(ada, bob, group, photos)
    named = await ada.peer(bob)
    user = api.InputUser(user_id=bob.user_id, access_hash=named.access_hash)
    await _rule(
        ada,
        [api.InputPrivacyValueDisallowUsers(users=[user]), api.InputPrivacyValueAllowAll()],
    )
    excluded = await _seen(ada, bob, aims, photos[0], ())
    await _rule(ada, None)
    await ada.call(api.contacts.Block(id=named))
    blocked = await _seen(ada, bob, aims, photos[0], ())
    assert blocked == excluded


async def test_neither_is_shown_as_gone_for_long(world: World) -> None:
    """Telegram's clients write "last seen a long time ago" for userStatusEmpty; both are told
    "recently", as of everybody who hides the exact time."""
    ada, bob, _, _ = await _scene(world, True)
    named, to_ada = await ada.peer(bob), await chats.user(bob, ada)
    await ada.call(api.contacts.Block(id=named))
    (user,) = await bob.call(api.users.GetUsers(id=[to_ada]))
    assert user.status == api.UserStatusRecently()
