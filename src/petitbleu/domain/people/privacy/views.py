"""Privacy rules <-> TL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.people.privacy.service import Rule, Rules
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

_KEYS: dict[type[Any], str] = {
    api.InputPrivacyKeyStatusTimestamp: "status",
    api.InputPrivacyKeyChatInvite: "chat_invite",
    api.InputPrivacyKeyPhoneCall: "phone_call",
    api.InputPrivacyKeyPhoneP2P: "phone_p2p",
    api.InputPrivacyKeyForwards: "forwards",
    api.InputPrivacyKeyProfilePhoto: "profile_photo",
    api.InputPrivacyKeyPhoneNumber: "phone_number",
    api.InputPrivacyKeyAddedByPhone: "added_by_phone",
    api.InputPrivacyKeyVoiceMessages: "voice_messages",
    api.InputPrivacyKeyAbout: "about",
    api.InputPrivacyKeyBirthday: "birthday",
    api.InputPrivacyKeyStarGiftsAutoSave: "star_gifts_auto_save",
    api.InputPrivacyKeyNoPaidMessages: "no_paid_messages",
    api.InputPrivacyKeySavedMusic: "saved_music",
}
_KEY_FORMS: dict[str, Any] = {
    "status": api.PrivacyKeyStatusTimestamp,
    "chat_invite": api.PrivacyKeyChatInvite,
    "phone_call": api.PrivacyKeyPhoneCall,
    "phone_p2p": api.PrivacyKeyPhoneP2P,
    "forwards": api.PrivacyKeyForwards,
    "profile_photo": api.PrivacyKeyProfilePhoto,
    "phone_number": api.PrivacyKeyPhoneNumber,
    "added_by_phone": api.PrivacyKeyAddedByPhone,
    "voice_messages": api.PrivacyKeyVoiceMessages,
    "about": api.PrivacyKeyAbout,
    "birthday": api.PrivacyKeyBirthday,
    "star_gifts_auto_save": api.PrivacyKeyStarGiftsAutoSave,
    "no_paid_messages": api.PrivacyKeyNoPaidMessages,
    "saved_music": api.PrivacyKeySavedMusic,
}
_PLAIN: dict[type[Any], str] = {
    api.InputPrivacyValueAllowContacts: "allow_contacts",
    api.InputPrivacyValueAllowAll: "allow_all",
    api.InputPrivacyValueDisallowContacts: "disallow_contacts",
    api.InputPrivacyValueDisallowAll: "disallow_all",
    api.InputPrivacyValueAllowCloseFriends: "allow_close_friends",
    api.InputPrivacyValueAllowPremium: "allow_premium",
    api.InputPrivacyValueAllowBots: "allow_bots",
    api.InputPrivacyValueDisallowBots: "disallow_bots",
}
_PLAIN_FORMS: dict[str, Any] = {
    "allow_contacts": api.PrivacyValueAllowContacts,
    "allow_all": api.PrivacyValueAllowAll,
    "disallow_contacts": api.PrivacyValueDisallowContacts,
    "disallow_all": api.PrivacyValueDisallowAll,
    "allow_close_friends": api.PrivacyValueAllowCloseFriends,
    "allow_premium": api.PrivacyValueAllowPremium,
    "allow_bots": api.PrivacyValueAllowBots,
    "disallow_bots": api.PrivacyValueDisallowBots,
}


def key_of(key: Any) -> str:
    """InputPrivacyKey -> our name of it; PRIVACY_KEY_INVALID."""
    name = _KEYS.get(type(key))
    if name is None:
        raise Fault("PRIVACY_KEY_INVALID")
    return name


def key_form(key: str) -> Any:
    """Our name of a key -> PrivacyKey."""
    return _KEY_FORMS[key]()


async def rules_of(ctx: Ctx, values: Iterable[Any]) -> Rules:
    """InputPrivacyRules -> rules; PRIVACY_VALUE_INVALID."""
    return [await _rule_of(ctx, value) for value in values]


async def _rule_of(ctx: Ctx, value: Any) -> Rule:
    plain = _PLAIN.get(type(value))
    if plain is not None:
        return plain, []
    if isinstance(value, api.InputPrivacyValueAllowUsers | api.InputPrivacyValueDisallowUsers):
        try:
            users = [await peers.input_user(ctx, user) for user in value.users]
        except Fault:
            raise Fault("PRIVACY_VALUE_INVALID") from None
        allow = isinstance(value, api.InputPrivacyValueAllowUsers)
        return ("allow_users" if allow else "disallow_users"), sorted(set(users))
    if isinstance(value, api.InputPrivacyValueAllowChatParticipants):
        return "allow_chats", sorted(set(value.chats))
    if isinstance(value, api.InputPrivacyValueDisallowChatParticipants):
        return "disallow_chats", sorted(set(value.chats))
    raise Fault("PRIVACY_VALUE_INVALID")


def rule_forms(rules: Iterable[Rule]) -> list[Any]:
    """Rules -> PrivacyRules."""
    return [_rule_form(rule, ids) for rule, ids in rules]


def _rule_form(rule: str, ids: list[int]) -> Any:
    if rule == "allow_users":
        return api.PrivacyValueAllowUsers(users=ids)
    if rule == "disallow_users":
        return api.PrivacyValueDisallowUsers(users=ids)
    if rule == "allow_chats":
        return api.PrivacyValueAllowChatParticipants(chats=ids)
    if rule == "disallow_chats":
        return api.PrivacyValueDisallowChatParticipants(chats=ids)
    return _PLAIN_FORMS[rule]()


def named(rules: Iterable[Rule]) -> set[int]:
    """The users that exceptions name."""
    return {id for rule, ids in rules if rule.endswith("_users") for id in ids}


async def answer(app: App, viewer: int, rules: Rules) -> api.account.PrivacyRules:
    """account.privacyRules"""
    users = await accounts.users(app, viewer, named(rules))
    return api.account.PrivacyRules(rules=rule_forms(rules), chats=[], users=users)
