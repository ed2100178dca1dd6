"""How changes of people look to a device: names, phone, full profile, status."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.people.accounts import views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


@renders("user_name")
async def user_name(view: View, events: Sequence[Event]) -> None:
    """Names as the viewer knows them: the own name for a contact stays."""
    people = await views.by_id(view.app, view.viewer, (event.data["user"] for event in events))
    for event in events:
        person = people.get(event.data["user"])
        if person is None:
            continue
        view.users.add(person.id)
        view.add(
            event,
            api.UpdateUserName(
                user_id=person.id,
                first_name=person.first_name or "",
                last_name=person.last_name or "",
                usernames=views.usernames_of(person),
            ),
        )


@renders("user_phone")
async def user_phone(view: View, events: Sequence[Event]) -> None:
    """The new phone, to whoever may see it."""
    people = await views.by_id(view.app, view.viewer, (event.data["user"] for event in events))
    for event in events:
        person = people.get(event.data["user"])
        if person is not None and person.phone is not None:
            view.users.add(person.id)
            view.add(event, api.UpdateUserPhone(user_id=person.id, phone=person.phone))


@renders("user")
async def user(view: View, events: Sequence[Event]) -> None:
    """The full profile is to be fetched anew."""
    for event in events:
        view.users.add(event.data["user"])
        view.add(event, api.UpdateUser(user_id=event.data["user"]))


@renders("status")
async def status(view: View, events: Sequence[Event]) -> None:
    """Online or offline, for viewers who may know the exact time; nobody else is told."""
    for event in events:
        one = event.data["user"]
        exact = await views.exact_status(view.app, view.viewer, one)
        if exact is not None:
            view.users.add(one)
            view.add(event, api.UpdateUserStatus(user_id=one, status=exact))
