"""Accounts -> TL ``User``, as one viewer may see them.

Names are the viewer's own where the person is in the address book; phone and status follow the
person's privacy rules; each object carries the access hash of this viewer. The finished object is
remembered (``cache.py``): a hit costs well under a microsecond.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.domain.files.photos import service as photos
from petitbleu.domain.files.photos import views as photo_views
from petitbleu.domain.messaging.peers import service as peers
from petitbleu.domain.people.accounts import presence
from petitbleu.domain.people.accounts.cache import SIGHTS, RenderedUser
from petitbleu.domain.people.accounts.presence import Presence
from petitbleu.domain.people.accounts.queries import AccountRow
from petitbleu.domain.people.accounts.service import (
    BOT,
    NAME_COLOR,
    PERSON,
    PROFILE_COLOR,
    bots_in_privacy_mode,
    get_many,
    settings_of,
)
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.people.privacy.service import Rules
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.people.social_graph.service import Ties
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.restrictions import views as mark_views
from petitbleu.ids import SERVICE_USER
from petitbleu.tl import api, forms
from petitbleu.tl.objects import Raw

_DAY = 86_400
_NEVER = float("inf")
_APPROXIMATE = (
    (api.UserStatusRecently, 3),
    (api.UserStatusLastWeek, 7),
    (api.UserStatusLastMonth, 30),
)


async def users(app: App, viewer: int, ids: Iterable[int]) -> list[Any]:
    """The people among ``ids`` as ``viewer`` sees them, each once (unknown ids and groups left
    out).

    The objects are shared with other callers: do not change them.
    """
    return [sight.user for sight in await _sights(app, viewer, ids)]


async def encoded(
    app: App, viewer: int, ids: Iterable[int], wanted: Iterable[int]
) -> dict[int, list[Raw]]:
    """Form (a layer, or JSON) -> :func:`users` written in it, remembered with them."""
    rendered_users = await _sights(app, viewer, ids)
    encoded_users: dict[int, list[Raw]] = {}
    for form in wanted:
        encoded_users[form] = raws = []
        for sight in rendered_users:
            raw = sight.encoded.get(form)
            if raw is None:
                raw = sight.encoded[form] = Raw(forms.encode(sight.user, form))
            raws.append(raw)
    return encoded_users


async def least(app: App, ids: Iterable[int]) -> list[Any]:
    """People in the ``min`` form that many viewers share: nothing that depends on who looks."""
    return [
        api.User(
            id=one.id,
            min=True,
            deleted=one.deleted,
            bot=one.bot,
            verified=one.verified,
            scam=one.scam,
            fake=one.fake,
            first_name=one.first_name,
            last_name=one.last_name,
            username=one.username,
            photo=one.photo,
            color=one.color,
            profile_color=one.profile_color,
        )
        for one in await users(app, 0, ids)
    ]


async def user(app: App, viewer: int, account: int) -> Any:
    """One person as ``viewer`` sees them; ``userEmpty`` for an id that was never given out."""
    rendered_users = await _sights(app, viewer, (account,))
    return rendered_users[0].user if rendered_users else api.UserEmpty(id=account)


async def _sights(app: App, viewer: int, ids: Iterable[int]) -> list[RenderedUser]:
    of = app.parts[SIGHTS].of
    now = app.clock.now()
    rendered: dict[int, RenderedUser | None] = {}
    missing: list[int] = []
    for id in ids:
        if id in rendered:
            continue
        seen = of(id)
        sight = None if seen is None else seen.get(viewer)
        rendered[id] = sight
        if sight is None:
            if id > 0:
                missing.append(id)
        elif now >= sight.until:
            _restatus(app, id, sight, now)
    if missing:
        await _load(app, viewer, missing, now, rendered)
    return [sight for sight in rendered.values() if sight is not None]


async def _load(
    app: App, viewer: int, ids: list[int], now: float, found: dict[int, RenderedUser | None]
) -> None:
    """Read what is needed about ``ids`` in one go and remember the result."""
    cache = app.parts[SIGHTS]
    generation = cache.generation
    rows = await get_many(app, ids)
    people = list(rows)
    names = await usernames.load_usernames(app.store, people)
    ties = await social_graph.ties(app.store, viewer, people)
    rules = await privacy.rules_of(app, {*people, viewer})
    measures = await restrictions.on(app, viewer, people)
    pictures = await photos.seen(app, viewer, people, ties, rules)
    for one, row in rows.items():
        marked = measures.get(one, ())
        if any(mark.kind == restrictions.SUSPENDED for mark in marked):
            sight = _gone(app, viewer, one)
        else:
            sight = _sight(app, viewer, row, names.get(one), ties, rules)
            if one in pictures and row.deleted_at is None:
                sight.user.photo = photo_views.small(app, pictures[one])
            mark_views.dress(sight.user, marked)
        _restatus(app, one, sight, now)
        cache.keep(one, viewer, sight, generation)
        found[one] = sight


def _gone(app: App, viewer: int, account: int) -> RenderedUser:
    """Whoever deleted the account, or is suspended (as on Telegram)."""
    proof = peers.access_hash(app, viewer, account)
    return RenderedUser(api.User(id=account, access_hash=proof, deleted=True))


def _sight(
    app: App,
    viewer: int,
    row: AccountRow,
    username: str | None,
    ties: Ties,
    rules: dict[int, dict[str, Rules]],
) -> RenderedUser:
    one = row.id
    if row.deleted_at is not None:
        return _gone(app, viewer, one)
    proof = peers.access_hash(app, viewer, one)
    mine = ties.mine.get(one)
    own = rules[one]
    me = one == viewer
    # Whoever saved this number knows it already; else the person's rule decides.
    shows_phone = (mine is not None and mine.phone == row.phone) or privacy.permits(
        own, "phone_number", one, viewer, ties
    )
    user = api.User(
        id=one,
        access_hash=proof,
        self=me,
        contact=mine is not None,
        mutual_contact=mine is not None and one in ties.theirs,
        bot=row.kind == BOT,
        bot_chat_history=row.kind == BOT and one not in bots_in_privacy_mode(app),
        bot_info_version=1 if row.kind == BOT else None,
        verified=one == SERVICE_USER,
        support=one == SERVICE_USER,
        first_name=(row.first_name if mine is None else mine.first_name) or None,
        last_name=(row.last_name if mine is None else mine.last_name) or None,
        username=username,
        phone=row.phone if shows_phone else None,
    )
    if row.settings is not None:
        chosen = settings_of(row)
        user.color = _color(chosen.get(NAME_COLOR))
        user.profile_color = _color(chosen.get(PROFILE_COLOR))
    if row.kind != PERSON:
        return RenderedUser(user)
    if me:
        return RenderedUser(user, exact=True, last_seen=row.last_seen)
    # Who hides the own time from somebody does not get to see theirs
    # (core.telegram.org/api/privacy).
    shown = privacy.permits(own, "status", one, viewer, ties)
    mutual = _shows_status(rules[viewer], viewer, one, mine is not None)
    return RenderedUser(
        user, exact=shown and mutual, by_me=shown and not mutual, last_seen=row.last_seen
    )


def _color(number: int | None) -> Any:
    return None if number is None else api.PeerColor(color=number)


def _shows_status(rules: dict[str, Rules], owner: int, viewer: int, contact: bool) -> bool:
    own = rules.get("status")
    return own is None or privacy.judge(own, viewer, contact=contact)


def _restatus(app: App, account: int, sight: RenderedUser, now: float) -> None:
    """Bring ``sight.user.status`` up to date and note until when it holds."""
    if sight.last_seen < 0:
        sight.until = _NEVER
        return
    known = presence.load_presence(app, account, sight.last_seen)
    sight.user.status, sight.until = status(known, now, exact=sight.exact, by_me=sight.by_me)
    sight.encoded.clear()


def status(known: Presence, now: float, *, exact: bool, by_me: bool = False) -> tuple[Any, float]:
    """The TL UserStatus and until when it holds.

    Not ``exact``: only recently (3 days), within a week, within a month, or long ago.
    """
    if exact:
        if known.online_until > now:
            return api.UserStatusOnline(expires=int(known.online_until)), known.online_until
        if known.last_seen:
            return api.UserStatusOffline(was_online=known.last_seen), _NEVER
        return api.UserStatusEmpty(), _NEVER
    seen = max(known.last_seen, int(min(known.online_until, now)))
    for form, days in _APPROXIMATE:
        if now < seen + days * _DAY:
            return form(by_me=by_me), seen + days * _DAY
    return api.UserStatusEmpty(), _NEVER


async def by_id(app: App, viewer: int, ids: Iterable[int]) -> dict[int, Any]:
    """:func:`users` as a mapping."""
    return {sight.user.id: sight.user for sight in await _sights(app, viewer, ids)}


async def exact_status(app: App, viewer: int, account: int) -> Any:
    """The exact UserStatus of ``account``, or None where the viewer may not know it."""
    rendered_users = await _sights(app, viewer, (account,))
    return rendered_users[0].user.status if rendered_users and rendered_users[0].exact else None


def usernames_of(user: Any) -> list[api.Username]:
    """The names of a TL User as ``updateUserName`` carries them."""
    if user.username is None:
        return []
    return [api.Username(editable=user.self, active=True, username=user.username)]


def birthday(day: str) -> api.Birthday:
    """A kept birthday (YYYY-MM-DD or --MM-DD) as TL."""
    year = day[:-6]
    return api.Birthday(
        day=int(day[-2:]), month=int(day[-5:-3]), year=None if year == "-" else int(year)
    )


def terms(app: App) -> api.help.TermsOfService | None:
    """The terms people accept when they join; None where the operator has none."""
    version, text = app.config.terms_version, app.config.terms_text
    if not version or not text:
        return None
    data = msgspec.json.encode({"version": version}).decode()
    return api.help.TermsOfService(popup=True, id=api.DataJSON(data=data), text=text, entities=[])
