"""Joining: who may sign up, invite links, and numbers for people without a telephone.

Nobody can learn here who is a member: a number or address that is known is answered like any other,
and what is true is told only to the mailbox it concerns.
"""

from __future__ import annotations

import base64
import re
from typing import NamedTuple

from petitbleu import phones
from petitbleu.app import App
from petitbleu.domain.access.joining import queries as q
from petitbleu.domain.access.joining.queries import Admitted as Admitted  # given on
from petitbleu.domain.access.joining.queries import Invite, Request
from petitbleu.domain.access.joining.texts import text
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import AccountRow
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.jobs import NoData, job
from petitbleu.store.api import Reader, Tx
from petitbleu.store.where import Where

WITHOUT_TELEPHONE = "888"
"""Country code of numbers that are no telephone's, as on Telegram."""
REQUEST_SECONDS = 24 * 3600
"""How long the confirmation link of an e-mail works."""
NAME_MAX = 64
EMAIL_MAX = 254

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")


class Invalid(Exception):
    """What somebody typed cannot be taken; ``fields`` maps a field to the reason (a text key)."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__(", ".join(f"{field}: {reason}" for field, reason in fields.items()))


class InviteGone(Exception):
    """The link is unknown, expired, revoked or used up."""


class Form(NamedTuple):
    """What an invited person typed, checked and in its canonical form."""

    name: str
    email: str
    phone: str | None


# ── who may sign up ─────────────────────────────────────────────────────────────────────────────


async def may_sign_up(app: App, phone: str) -> bool:
    """Whether a number without an account may get one: everybody, or who was admitted."""
    if app.config.signup_mode == "open":
        return True
    admitted = await admission(app.store, phone)
    return admitted is not None and admitted.account is None


async def admission(reader: Reader, phone: str) -> Admitted | None:
    """What is known of a number that may sign up (canonical digits)."""
    return await reader.row(q.ADMITTED, phone=phone)


async def waiting(app: App, where: Where, limit: int) -> list[Admitted]:
    """Admissions that fulfil ``where`` (columns of ``admitted``), by number."""
    if limit <= 0:
        return []
    listed = where.query(q.SELECT_ADMITTED, Admitted, "order by phone limit :limit")
    return await app.store.scan(listed, limit=limit, **where.params)


async def signed_up(tx: Tx, phone: str, account: int) -> None:
    """The sign-up's transaction: the admission is used."""
    await tx.later(q.SIGNED_UP, phone=phone, account=account)


async def forget(tx: Tx, phone: str) -> bool:
    """Take an admission back; False where there was none."""
    return await tx.run(q.FORGET, phone=phone) > 0


async def admit(
    tx: Tx,
    app: App,
    *,
    phone: str | None,
    email: str | None,
    name: str,
    invite: str | None = None,
) -> str | None:
    """Let a person sign up; the number. ``phone`` None: one that is no telephone's is made.

    None where the number is admitted or has an account already: nothing is changed then.
    """
    if phone is not None:
        if await accounts.by_phone(tx, phone) is not None:
            return None
        return phone if await _insert(tx, app, phone, email, name, invite) else None
    while True:
        number = _number_without_telephone(app)
        if await accounts.by_phone(tx, number) is None and await _insert(
            tx, app, number, email, name, invite
        ):
            return number


async def _insert(
    tx: Tx, app: App, phone: str, email: str | None, name: str, invite: str | None
) -> bool:
    at = int(app.clock.now())
    return await tx.run(q.ADMIT, phone=phone, email=email, name=name, invite=invite, at=at) > 0


def _number_without_telephone(app: App) -> str:
    """+888 and eight random digits."""
    return f"{WITHOUT_TELEPHONE}{int.from_bytes(app.random(8), 'big') % 10**8:08}"


def is_without_telephone(phone: str) -> bool:
    """Whether no call and no SMS can reach the number."""
    return phone.startswith(WITHOUT_TELEPHONE)


def format_phone(phone: str) -> str:
    """A number as people read it: ``+888 1234 5678``, ``+33 6 12 34 56 78``."""
    if is_without_telephone(phone):
        rest = phone[3:]
        return " ".join(["+888", *(rest[at : at + 4] for at in range(0, len(rest), 4))])
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + phone)
    except phonenumbers.NumberParseException:
        return "+" + phone
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


# ── whom somebody means ────────────────────────────────────────────────────────────────────────


class Found(NamedTuple):
    """Whom the operator means: an account, an admission that is not used yet, or both."""

    account: AccountRow | None
    admitted: Admitted | None


async def find(app: App, who: str) -> Found | None:
    """By number, @name, e-mail address or account id. None where nobody is meant."""
    who = who.strip()
    account: AccountRow | None = None
    admitted: Admitted | None = None
    phone = phones.canonical(who)
    if who.startswith("@"):
        peer = await usernames.resolve(app.store, who[1:])
        account = await accounts.get(app, peer) if peer is not None and peer > 0 else None
    elif "@" in who:
        account = await accounts.by_email(app.store, who.lower())
        phone = await number_of_email(app, who.lower())
        admitted = None if phone is None else await admission(app.store, phone)
    else:
        if phone is not None:
            account = await accounts.by_phone(app.store, phone)
            admitted = await admission(app.store, phone)
        if account is None and admitted is None and who.isdecimal() and len(who) < 16:
            account = await accounts.get(app, int(who))
    if account is not None and (account.deleted_at is not None or account.kind != accounts.PERSON):
        account = None
    if account is None and (admitted is None or admitted.account is not None):
        return None
    return Found(account, admitted)


# ── what people type ────────────────────────────────────────────────────────────────────────────


def check_email(typed: str) -> str | None:
    """The address in its one form (lower case), None where it cannot be one."""
    email = typed.strip().lower()
    if len(email) > EMAIL_MAX or not _EMAIL.fullmatch(email) or ".." in email:
        return None
    return email


def check(name: str, email: str, phone: str) -> Form:
    """The form of an invited person. Raises Invalid with a reason per field."""
    wrong: dict[str, str] = {}
    name = " ".join(name.split())
    if not name:
        wrong["name"] = "name.empty"
    elif len(name) > NAME_MAX or not name.isprintable():
        wrong["name"] = "name.invalid"
    address = check_email(email)
    if not email.strip():
        wrong["email"] = "email.empty"
    elif address is None:
        wrong["email"] = "email.invalid"
    number = phones.canonical(phone.strip()) if phone.strip() else None
    # Numbers of the +888 range are given out, not chosen.
    if phone.strip() and (number is None or is_without_telephone(number)):
        wrong["phone"] = "phone.invalid"
    if wrong or address is None:
        raise Invalid(wrong)
    return Form(name, address, number)


# ── invitations ─────────────────────────────────────────────────────────────────────────────────


async def create_invite(app: App, *, uses: int | None, expires_at: int | None) -> Invite:
    """A new link; ``uses`` None: any number of people."""
    token = base64.urlsafe_b64encode(app.random(15)).decode("ascii")
    invite = Invite(token, uses, expires_at, int(app.clock.now()), 0)
    await app.store.write(_create_invite, invite)
    return invite


async def _create_invite(tx: Tx, invite: Invite) -> None:
    await tx.run(
        q.NEW_INVITE,
        token=invite.token,
        uses_left=invite.uses_left,
        expires_at=invite.expires_at,
        created_at=invite.created_at,
    )


async def invites(app: App) -> list[Invite]:
    """All links, oldest first."""
    return await app.store.rows(q.ALL_INVITES)


async def revoke_invite(app: App, token: str) -> bool:
    """End a link; False where there is none."""
    return await app.store.write(_revoke_invite, token)


async def _revoke_invite(tx: Tx, token: str) -> bool:
    return await tx.run(q.REVOKE_INVITE, token=token) > 0


async def open_invite(app: App, token: str) -> Invite:
    """The link, if it can be used now. Raises InviteGone."""
    invite = await app.store.row(q.INVITE, token=token)
    if app.config.signup_mode == "closed" or invite is None:
        raise InviteGone
    if invite.uses_left is not None and invite.uses_left <= 0:
        raise InviteGone
    if invite.expires_at is not None and invite.expires_at <= app.clock.now():
        raise InviteGone
    return invite


def base_url(app: App) -> str:
    """Where links lead: the public address of the instance, else where it listens."""
    config = app.config
    if config.public_url:
        return config.public_url.rstrip("/")
    scheme = "https" if config.tls_cert else "http"
    return f"{scheme}://{config.listen[0]}"


def media_url(app: App) -> str:
    """Where pictures and files of public pages are."""
    return app.config.web.media_url.rstrip("/") or base_url(app)


def invite_link(app: App, token: str) -> str:
    """The address of the invitation's page."""
    return f"{base_url(app)}/join/{token}"


def confirm_link(app: App, token: str) -> str:
    """The address of the page that confirms an e-mail."""
    return f"{base_url(app)}/join/confirm/{token}"


def apps_link(app: App) -> str:
    """The address of the page that explains how to set up an app."""
    return f"{base_url(app)}/join/apps"


def can_mail(app: App) -> bool:
    """Whether an address can be confirmed: by mail, or with ``--dev`` on the terminal."""
    return app.mail is not None or app.config.dev


async def _mail(app: App, to: str, lang: str, key: str, **values: object) -> None:
    """Send the text ``key``. Raises OSError."""
    name = app.config.name
    body = text(lang, key, name=name, **values)
    if app.mail is not None:
        await app.mail.send(to, text(lang, f"{key}.subject", name=name), body)
    elif app.config.dev:
        # Printed, not logged, as codes are: no log ever holds an address or a token.
        print(f"Mail to {to}:\n{body}", flush=True)
    else:
        raise OSError("no mail server is set")


async def ask(app: App, token: str, form: Form, lang: str) -> None:
    """An invited person has filled in the form: mail them what is next.

    The page says the same whoever it is; only the mailbox learns that it has a number already.
    Raises InviteGone, or OSError where the mail cannot be sent (nothing is kept then).
    """
    await open_invite(app, token)
    known = await number_of_email(app, form.email)
    if known is not None:
        await _mail(app, form.email, lang, "known", number=format_phone(known))
        return
    now = int(app.clock.now())
    request = Request(
        base64.urlsafe_b64encode(app.random(24)).decode("ascii"),
        token,
        form.name,
        form.email,
        form.phone,
        lang,
        now,
        now + REQUEST_SECONDS,
        None,
    )
    await app.store.write(_keep_request, request)
    hours = REQUEST_SECONDS // 3600
    link = confirm_link(app, request.token)
    try:
        await _mail(app, form.email, lang, "confirm", link=link, hours=hours)
    except OSError:
        await app.store.write(_drop_request, request.token)
        raise


async def _keep_request(tx: Tx, request: Request) -> None:
    values = request._asdict()
    del values["number"]
    await tx.run(q.NEW_REQUEST, **values)


async def _drop_request(tx: Tx, token: str) -> None:
    await tx.run(q.DROP_REQUEST, token=token)


async def number_of_email(app: App, email: str) -> str | None:
    """The number an address belongs to, of an account or of an admission."""
    account = await accounts.by_email(app.store, email)
    if account is not None:
        return account.phone
    admitted = await app.store.row(q.ADMITTED_EMAIL, email=email)
    return None if admitted is None else admitted.phone


async def pending(app: App, token: str) -> Request:
    """The request a confirmation link names. Raises InviteGone."""
    request = await app.store.row(q.REQUEST, token=token)
    if request is None or request.expires_at <= app.clock.now():
        raise InviteGone
    return request


async def confirm(app: App, token: str) -> str:
    """The e-mail is confirmed: admit the person; their number. The same again if asked again.

    Raises InviteGone, also where the invitation was used up meanwhile.
    """
    request = await pending(app, token)
    if request.number is not None:
        return request.number
    number = await app.store.write(_confirm, app, request)
    app.spawn(_welcome(app, request, number))
    return number


async def _confirm(tx: Tx, app: App, request: Request) -> str:
    locked = await tx.row(q.LOCK_REQUEST, token=request.token)
    if locked is None:
        raise InviteGone
    if locked.number is not None:
        return locked.number
    # A link that expired since the form was filled in is still good for who began in time.
    if not await tx.run(q.USE_INVITE, token=request.invite):
        raise InviteGone
    same = await tx.row(q.ADMITTED_EMAIL, email=request.email)
    if same is not None:
        number = same.phone
    else:
        admitted = await admit(
            tx,
            app,
            phone=request.phone,
            email=request.email,
            name=request.name,
            invite=request.invite,
        )
        # A number that somebody has already is answered as if it were free: its codes go to whom
        # it belongs, so nothing is learned and nothing is taken.
        number = admitted or request.phone or ""
    await tx.run(q.CONFIRMED, token=request.token, number=number)
    return number


async def _welcome(app: App, request: Request, number: str) -> None:
    try:
        await _mail(
            app,
            request.email,
            request.lang,
            "welcome",
            number=format_phone(number),
            link=apps_link(app),
        )
    except OSError as error:
        # The page has shown the number; the mail is for keeping.
        app.log.warning("joining.mail_failed", reason=str(error))


@job("joining.prune", every=3600)
async def prune(app: App, data: NoData) -> None:
    """Forget requests whose link has expired: names and addresses of people who did not join."""
    await app.store.write(_prune, int(app.clock.now()))


async def _prune(tx: Tx, now: int) -> int:
    return await tx.run(q.PRUNE_REQUESTS, now=now)
