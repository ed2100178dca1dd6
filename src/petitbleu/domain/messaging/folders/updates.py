"""How changes of folders look to the person's other devices: always as they are when told."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import Actor
from petitbleu.domain.messaging.folders import service, views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


@renders(service.CHANGED)
async def folder_changed(view: View, events: Sequence[Event]) -> None:
    """updateDialogFilter; without a filter: it is gone"""
    kept = dict((await service.shelf(view.app, Actor(view.viewer))).folders)
    for event in events:
        number = event.data["id"]
        folder = kept.get(number)
        made = None
        if folder is not None:
            made = views.folder(view.app, view.viewer, number, folder)
            view.users.update(folder.pinned + folder.include + folder.exclude)
        view.add(event, api.UpdateDialogFilter(id=number, filter=made))


@renders(service.ORDER)
async def folders_order(view: View, events: Sequence[Event]) -> None:
    """updateDialogFilterOrder"""
    kept = (await service.shelf(view.app, Actor(view.viewer))).folders
    for event in events:
        view.add(event, api.UpdateDialogFilterOrder(order=[number for number, _ in kept]))


@renders(service.RELOAD)
async def folders_reload(view: View, events: Sequence[Event]) -> None:
    """updateDialogFilters: ask for all of them again"""
    for event in events:
        view.add(event, api.UpdateDialogFilters())
