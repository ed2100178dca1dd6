"""Deferred work of comments."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.publishing.comments import calling, judging, pictures, publishing, service
from petitbleu.jobs import NoData, job


@job(publishing.Publish)
async def publish(app: App, data: publishing.Publish) -> None:
    """Say an approved comment that the process did not get to say."""
    await publishing.publish(app, data.id)


@job(publishing.AskToConfirm)
async def ask(app: App, data: publishing.AskToConfirm) -> None:
    """Ask whose comment was discarded by mistake to confirm it, until the mail leaves."""
    await judging.ask(app, data.id)


@job(publishing.TellAnswered)
async def answered(app: App, data: publishing.TellAnswered) -> None:
    """Tell a guest of an answer; comes again while no mail leaves."""
    await publishing.tell_answered(app, data.id, data.answer)


@job(judging.TellSettled)
async def settled(app: App, data: judging.TellSettled) -> None:
    """Tell what became of a contested verdict; comes again while no mail leaves."""
    await judging.tell_settled(app, data.id)


@job(calling.AskChannel)
async def call(app: App, data: calling.AskChannel) -> int | None:
    """Ask the people of a channel about comments that are held."""
    return await calling.call(app, data.channel)


@job(pictures.AskPictures)
async def ask_pictures(app: App, data: pictures.AskPictures) -> int | None:
    """Ask the people of a channel about pictures in comments."""
    return await pictures.ask(app, data.channel)


@job(calling.MarkAsked)
async def mark(app: App, data: calling.MarkAsked) -> None:
    """Say in the messages that asked about a comment what became of it."""
    await calling.mark(app, data.comment)


@job("comments.sweep", every=86_400)
async def sweep(app: App, data: NoData) -> None:
    """Note which published comments are gone."""
    await service.sweep(app)


@job("comments.tidy", every=3600)
async def tidy(app: App, data: NoData) -> None:
    """Forget what need not be kept any longer."""
    await service.tidy(app)
