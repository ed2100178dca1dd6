"""TL methods of the address book (core.telegram.org/api/contacts)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts import views as account_views
from petitbleu.domain.people.contacts import bar, birthdays, rpc_blocks, service, views
from petitbleu.domain.people.contacts.service import Card
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.updates.views import answer
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

__all__ = ["rpc_blocks"]
"""Imported here so that its methods are served too."""


@rpc("contacts.importContacts", limit="contacts")
async def import_contacts(
    ctx: Ctx, q: api.contacts.ImportContacts
) -> api.contacts.ImportedContacts:
    cards = [
        Card(contact.client_id, contact.phone, contact.first_name, contact.last_name)
        for contact in q.contacts
    ]
    imported = await service.import_cards(ctx.app, ctx.me, cards, ip=ctx.ip)
    return api.contacts.ImportedContacts(
        imported=[
            api.ImportedContact(user_id=user, client_id=card) for card, user in imported.found
        ],
        popular_invites=[],
        retry_contacts=imported.retry,
        users=await account_views.users(ctx.app, ctx.me.id, [user for _, user in imported.found]),
    )


@rpc("contacts.addContact", limit="contacts")
async def add_contact(ctx: Ctx, q: api.contacts.AddContact) -> api.Updates:
    if q.note is not None and q.note.text.strip():  # notes are not kept: it would be lost
        raise Fault("CONTACT_ID_INVALID")
    events = await service.add(
        ctx.app,
        ctx.me,
        await _person(ctx, q.id),
        q.first_name,
        q.last_name,
        q.phone,
        share_phone=q.add_phone_privacy_exception,
        ip=ctx.ip,
    )
    return await answer(ctx, events)


@rpc("contacts.acceptContact", limit="contacts")
async def accept_contact(ctx: Ctx, q: api.contacts.AcceptContact) -> api.Updates:
    return await answer(ctx, await service.accept(ctx.app, ctx.me, await _person(ctx, q.id)))


@rpc("contacts.deleteContacts", limit="contacts")
async def delete_contacts(ctx: Ctx, q: api.contacts.DeleteContacts) -> api.Updates:
    """People named with a wrong access hash are passed over: no error is documented for them."""
    targets: list[int] = []
    for one in q.id:
        try:
            targets.append(await peers.input_user(ctx, one))
        except Fault:
            continue
    return await answer(ctx, await service.remove(ctx.app, ctx.me, targets))


@rpc("contacts.deleteByPhones", limit="contacts")
async def delete_by_phones(ctx: Ctx, q: api.contacts.DeleteByPhones) -> bool:
    await service.remove_phones(ctx.app, ctx.me, q.phones)
    return True


@rpc("contacts.getContacts")
async def get_contacts(ctx: Ctx, q: api.contacts.GetContacts) -> Any:
    lines = await service.all_of(ctx.app, ctx.me.id)
    saved = await service.count_saved(ctx.app, ctx.me.id)
    if lines and q.hash == views.contacts_hash(saved, lines):
        return api.contacts.ContactsNotModified()
    return await views.contacts(ctx.app, ctx.me.id, lines, saved)


@rpc("contacts.getContactIDs")
async def get_contact_ids(ctx: Ctx, q: api.contacts.GetContactIDs) -> list[int]:
    return [line.target for line in await service.all_of(ctx.app, ctx.me.id)]


@rpc("contacts.getStatuses")
async def get_statuses(ctx: Ctx, q: api.contacts.GetStatuses) -> list[Any]:
    lines = await service.all_of(ctx.app, ctx.me.id)
    users = await account_views.users(ctx.app, ctx.me.id, [line.target for line in lines])
    return [
        api.ContactStatus(user_id=user.id, status=user.status)
        for user in users
        if user.status is not None
    ]


@rpc("contacts.getSaved")
async def get_saved(ctx: Ctx, q: api.contacts.GetSaved) -> list[Any]:
    return [
        api.SavedPhoneContact(
            phone=line.phone,
            first_name=line.first_name,
            last_name=line.last_name,
            date=line.added_at,
        )
        for line in await service.saved(ctx.app, ctx.me.id)
    ]


@rpc("contacts.resetSaved", limit="write")
async def reset_saved(ctx: Ctx, q: api.contacts.ResetSaved) -> bool:
    await service.forget_waiting(ctx.app, ctx.me)
    return True


@rpc("contacts.resolveUsername", who=USER | BOT, limit="resolve")
async def resolve_username(ctx: Ctx, q: api.contacts.ResolveUsername) -> api.contacts.ResolvedPeer:
    peer = await usernames.resolve(ctx.app.store, usernames.canonical(q.username))
    if peer is None:
        raise Fault("USERNAME_NOT_OCCUPIED")
    return await views.resolved(ctx.app, ctx.me.id, peer)


@rpc("contacts.resolvePhone", limit="resolve")
async def resolve_phone(ctx: Ctx, q: api.contacts.ResolvePhone) -> api.contacts.ResolvedPeer:
    person = await service.by_phone(ctx.app, ctx.me, q.phone, ip=ctx.ip)
    return await views.resolved(ctx.app, ctx.me.id, person)


@rpc("contacts.getBirthdays")
async def get_birthdays(ctx: Ctx, q: api.contacts.GetBirthdays) -> api.contacts.ContactBirthdays:
    near = await birthdays.near(ctx.app, ctx.me.id)
    return api.contacts.ContactBirthdays(
        contacts=[
            api.ContactBirthday(contact_id=one, birthday=account_views.birthday(day))
            for one, day in near
        ],
        users=await account_views.users(ctx.app, ctx.me.id, [account for account, _ in near]),
    )


@rpc("contacts.getTopPeers")
async def get_top_peers(ctx: Ctx, q: api.contacts.GetTopPeers) -> Any:
    """No rating is kept, so each category asked for is empty; or "disabled", where it was switched
    off.
    """
    asked = (
        q.correspondents,
        q.bots_pm,
        q.bots_inline,
        q.phone_calls,
        q.forward_users,
        q.forward_chats,
        q.groups,
        q.channels,
        q.bots_app,
        q.bots_guestchat,
    )
    if not any(asked):
        raise Fault("TYPES_EMPTY")
    if (await accounts.settings(ctx.app, ctx.me.id)).get("top_peers_off"):
        return api.contacts.TopPeersDisabled()
    return api.contacts.TopPeers(categories=[], chats=[], users=[])


@rpc("contacts.toggleTopPeers", limit="write")
async def toggle_top_peers(ctx: Ctx, q: api.contacts.ToggleTopPeers) -> bool:
    off = None if q.enabled else True
    await accounts.change_settings(ctx.app, ctx.me.id, {"top_peers_off": off})
    return True


@rpc("contacts.resetTopPeerRating", limit="write", stub=True)
async def reset_top_peer_rating(ctx: Ctx, q: api.contacts.ResetTopPeerRating) -> bool:
    await peers.resolve(ctx, q.peer)
    return True


@rpc("messages.getPeerSettings")
async def get_peer_settings(ctx: Ctx, q: api.messages.GetPeerSettings) -> api.messages.PeerSettings:
    peer = await peers.resolve(ctx, q.peer)
    return api.messages.PeerSettings(
        settings=await views.peer_settings(ctx.app, ctx.me.id, peer),
        chats=[],
        users=await account_views.users(ctx.app, ctx.me.id, (peer,)),
    )


@rpc("messages.hidePeerSettingsBar", limit="write")
async def hide_peer_settings_bar(ctx: Ctx, q: api.messages.HidePeerSettingsBar) -> bool:
    await bar.hide(ctx.app, ctx.me, await peers.resolve(ctx, q.peer))
    return True


async def _person(ctx: Ctx, user: Any) -> int:
    """An InputUser of the contact methods: what they document is CONTACT_ID_INVALID."""
    try:
        return await peers.input_user(ctx, user)
    except Fault:
        raise Fault("CONTACT_ID_INVALID") from None
