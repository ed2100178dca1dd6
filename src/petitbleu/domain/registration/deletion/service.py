"""Deleting an account (core.telegram.org/api/account-deletion).

At once where the person proved enough; after a week where a password is set and was not given,
unless one of the person's devices is used in that time: then it was not the owner who asked.
"""

from __future__ import annotations

from petitbleu import acts, jobs
from petitbleu.app import App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.access.passkeys import service as passkeys
from petitbleu.domain.access.password import service as password
from petitbleu.domain.access.password.service import Proof
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.messaging.folders import service as folders
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.polls import service as polls
from petitbleu.domain.messaging.reactions import service as reactions
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.registration.deletion import queries as q
from petitbleu.domain.registration.deletion.texts import warning
from petitbleu.domain.transfer.exports import own as own_exports
from petitbleu.domain.transfer.takeout import service as takeout
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

WAIT_SECONDS = 7 * 86_400
IDLE_BATCH = 50


class DeletePlanned(Job, tag="deletion.planned", frozen=True):
    """A deletion asked for without the password: ``auth`` asked, at ``asked``."""

    account: int
    auth: int
    asked: int


class EmptyAccount(Job, tag="deletion.empty", frozen=True):
    """The message copies of a deleted account go."""

    account: int


async def ask(app: App, account: int, auth: int, proof: Proof | None) -> None:
    """Delete ``account`` for the key ``auth``, which is signed in or owes only the password.

    Raises PASSWORD_HASH_INVALID, SRP_ID_INVALID; 2FA_CONFIRM_WAIT_X (seconds) where the deletion
    is now planned, or was before.
    """
    if await password.is_set(app.store, account):
        if proof is None:
            raise Fault("2FA_CONFIRM_WAIT_X", await _plan(app, account, auth))
        await password.check(app, account, proof)
    await delete(app, account)


async def _plan(app: App, account: int, auth: int) -> int:
    """Plan the deletion and warn the devices; seconds until it happens."""
    now = int(app.clock.now())
    planned = await app.store.row(q.PLANNED, kind=jobs.kind_of(DeletePlanned), key=str(account))
    if planned is not None:
        return max(planned.due - now, 1)
    due = now + WAIT_SECONDS
    await app.store.write(_schedule, account, auth, now, due)
    wishes = [device.lang for device in await devices.devices(app, account)]
    await messages.send_service(app, account, warning(wishes, app.config, due))
    return WAIT_SECONDS


async def _schedule(tx: Tx, account: int, auth: int, now: int, due: int) -> None:
    work = DeletePlanned(account=account, auth=auth, asked=now)
    await jobs.schedule(tx, work, due=due, key=str(account))


async def carry_out(app: App, account: int, auth: int, asked: int) -> bool:
    """The week is over: delete, unless another device of the person was used in it."""
    for device in await devices.devices(app, account):
        if device.id != auth and device.active_at > asked:
            return False
    await _delete_later(app, account)
    return True


async def _delete_later(app: App, account: int) -> None:
    """By a job: its line is in the transaction that deletes."""
    act = acts.Act("job.account.delete", acts.SYSTEM, subject=f"account:{account}")
    await delete(acts.performing(app, act), account)


async def delete(app: App, account: int) -> list[Event]:
    """Delete the account now: end its devices, free its phone, drop what it kept, tell those close.

    Messages it sent stay with those who have them; its own copies, its reactions and votes are
    dropped by a job.
    """
    with accounts.changing(app, account), privacy.forgetting(app, account):
        events = await app.store.write(_delete, account, int(app.clock.now()))
    await devices.end_all(app, account, event="account_deleted")
    return events


async def _delete(tx: Tx, account: int, now: int) -> list[Event]:
    row = await accounts.get_in(tx, account)
    if row is not None and row.phone is not None:
        await joining.forget(tx, row.phone)
    events = await accounts.erase(tx, account, at=now)
    await usernames.release(tx, account, now)
    await contacts.forget(tx, account)
    await folders.forget(tx, account)
    await takeout.forget(tx, account)
    await own_exports.forget(tx, account, now)
    await social_graph.unlink(tx, account)
    await privacy.forget(tx, account)
    await photos.forget(tx, account, at=now)
    await password.remove(tx, account)
    await passkeys.forget(tx, account)
    await pages.authors.forget(tx, account)
    await jobs.unschedule(tx, DeletePlanned, str(account))
    await jobs.schedule(tx, EmptyAccount(account=account), due=now, key=str(account))
    return events


async def empty(app: App, account: int) -> None:
    """Take back what the deleted account reacted and voted; drop its own copies of
    messages, in private chats and in groups.
    """
    await reactions.forget(app, account)
    await polls.forget(app, account)
    while await messages.drop_box(app, account):
        pass
    await app.parts[media.STORAGE].parts.forget(account)


async def delete_idle(app: App) -> int:
    """Delete the accounts of people who stayed away longer than they had set; how many."""
    deleted = 0
    while idle := await accounts.idle(app, IDLE_BATCH):
        for account in idle:
            await _delete_later(app, account)
        deleted += len(idle)
    return deleted
