"""Privacy rules: who may see or do what with whom (core.telegram.org/api/privacy).

A key's rules are a list of ``(rule, ids)``; whatever the order they came in, an exception by name
weighs more than a group, a group more than "contacts", and that more than "everybody". A key
without rules has Telegram's default. To somebody whom the owner has blocked every rule says no, and
nothing else of the owner looks different: being blocked looks like being excluded
(docs/decisions/0038-blocked-looks-like-excluded.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

import msgspec

from petitbleu.app import Actor, App, Part
from petitbleu.cache import Cache
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.privacy import queries as q
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.people.social_graph.service import Ties
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Tx

Rule = tuple[str, list[int]]
Rules = list[Rule]

_EVERYBODY: Rules = [("allow_all", [])]
_CONTACTS: Rules = [("allow_contacts", []), ("disallow_all", [])]

DEFAULTS: dict[str, Rules] = {
    "status": _EVERYBODY,
    "chat_invite": _EVERYBODY,
    "phone_call": _EVERYBODY,
    "phone_p2p": _CONTACTS,
    "forwards": _EVERYBODY,
    "profile_photo": _EVERYBODY,
    "phone_number": _CONTACTS,
    "added_by_phone": _EVERYBODY,
    "voice_messages": _EVERYBODY,
    "about": _EVERYBODY,
    "birthday": _CONTACTS,
    "star_gifts_auto_save": _EVERYBODY,
    "no_paid_messages": _EVERYBODY,
    "saved_music": _EVERYBODY,
}
"""Every key, with what holds while its owner has said nothing: Telegram's own defaults."""

WEIGHT = {
    "allow_users": 0,
    "disallow_users": 0,
    "allow_chats": 1,
    "disallow_chats": 1,
    "allow_close_friends": 2,
    "allow_bots": 3,
    "disallow_bots": 3,
    "allow_premium": 4,
    "allow_contacts": 5,
    "disallow_contacts": 5,
    "allow_all": 6,
    "disallow_all": 6,
}
"""Every rule; a lighter one decides before a heavier one."""

_CACHE_LIMIT = 20_000
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Rules).decode


def judge(rules: Sequence[Rule], viewer: int, *, contact: bool, bot: bool = False) -> bool:
    """Whether ``rules`` let ``viewer`` through.

    ``contact``: the owner has the viewer in the address book. Chats, close friends and premium name
    nobody yet: there are none on this server.
    """
    for rule, ids in sorted(rules, key=lambda one: WEIGHT[one[0]]):
        if (
            rule in ("allow_all", "disallow_all")
            or (rule in ("allow_users", "disallow_users") and viewer in ids)
            or (contact and rule in ("allow_contacts", "disallow_contacts"))
            or (bot and rule in ("allow_bots", "disallow_bots"))
        ):
            return rule.startswith("allow")
    return False


ROOM = room("privacy", privacy=())
PRIVACY: Part[Cache[int, dict[str, Rules]]] = Part(lambda app: cache_of(app, ROOM, _CACHE_LIMIT))


async def rules_of(app: App, owners: Iterable[int]) -> dict[int, dict[str, Rules]]:
    """What each owner has set, by key (keys at their default are absent). Remembered."""
    cache = app.parts[PRIVACY]
    rules: dict[int, dict[str, Rules]] = {}
    missing: list[int] = []
    for owner in owners:
        known = cache.get(owner)
        if known is None:
            missing.append(owner)
            known = {}
        rules[owner] = known
    if missing:
        generation = cache.generation
        for row in await app.store.rows(q.OF, ids=missing):
            rules[row.owner][row.key] = _decode(row.rules)
        for owner in missing:
            cache.keep(owner, rules[owner], generation)
    return rules


def permits(
    rules: dict[str, Rules], key: str, owner: int, viewer: int, ties: Ties, *, bot: bool = False
) -> bool:
    """The answer for one owner, from facts already at hand (``rules`` of the owner, ``ties`` of the
    viewer)."""
    if owner == viewer:
        return True
    if owner in ties.blockers:
        return False
    own = rules.get(key) or DEFAULTS[key]
    if own is _EVERYBODY:
        return True
    return judge(own, viewer, contact=owner in ties.theirs, bot=bot)


async def allowed(app: App, key: str, owners: Iterable[int], viewer: int) -> set[int]:
    """Those of ``owners`` whose rules for ``key`` let ``viewer`` through."""
    wanted = list(owners)
    rules = await rules_of(app, wanted)
    ties = await social_graph.ties(app.store, viewer, wanted)
    return {owner for owner in wanted if permits(rules[owner], key, owner, viewer, ties)}


async def allows(app: App, key: str, owner: int, viewer: int) -> bool:
    """Whether the rules of ``owner`` for ``key`` let ``viewer`` through."""
    return bool(await allowed(app, key, (owner,), viewer))


async def get(app: App, owner: int, key: str) -> Rules:
    """The owner's rules for ``key``, or the default."""
    return (await rules_of(app, (owner,)))[owner].get(key) or DEFAULTS[key]


async def set_rules(app: App, me: Actor, key: str, rules: Rules) -> list[Event]:
    """Replace my rules for ``key``; my devices are told."""
    at = int(app.clock.now())
    with (
        app.parts[PRIVACY].changing((me.id,)),
        accounts.changing(app, me.id, viewer=key == "status"),
    ):
        return [await app.store.write(_set, me, key, rules, at)]


async def _set(tx: Tx, me: Actor, key: str, rules: Rules, at: int) -> Event:
    await tx.run(q.SET, owner=me.id, key=key, rules=_encode(rules))
    return await log.state(tx, me.id, "privacy", key, {"key": key, "rules": rules}, at=at, by=me)


def forgetting(app: App, owner: int) -> AbstractContextManager[None]:
    """Around the transaction of :func:`forget`."""
    return app.parts[PRIVACY].changing((owner,))


async def forget(tx: Tx, owner: int) -> None:
    """Drop everything the owner set (the account is being deleted)."""
    await tx.run(q.FORGET, owner=owner)
