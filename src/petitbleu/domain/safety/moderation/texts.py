"""What the service chat says about reports and measures."""

from __future__ import annotations

import datetime
import zoneinfo

from petitbleu import ids
from petitbleu.catalogues import Catalogue
from petitbleu.config import Config
from petitbleu.typography import moment

_TEXTS = Catalogue("members", "moderation")


def received(lang: str, config: Config, number: str, reason: str, *, admins_only: bool) -> str:
    """A report was taken."""
    key = "received_admins" if admins_only else "received"
    return _TEXTS.say(lang, key, number=number, reason=reason, name=config.name)


def receipt(
    lang: str, config: Config, number: str, *, again: bool, admins_only: bool, due: str
) -> str:
    """What happens next with a report; ``due``: the day by which it is meant to be decided."""
    key = "receipt.admins" if admins_only else "receipt"
    text = _TEXTS.say(lang, key, name=config.name)
    if due:
        text += " " + _TEXTS.say(lang, "receipt.due", day=due)
    return f"{_TEXTS.say(lang, 'receipt.again', number=number)} {text}" if again else text


def follow(lang: str, url: str) -> str:
    """Under an acknowledgement."""
    return _TEXTS.say(lang, "follow", url=url)


def outcome(lang: str, config: Config, key: str, number: str, chat: str) -> str:
    """What became of a report to the admins of a group."""
    return _TEXTS.say(lang, f"outcome.{key}", number=number, chat=chat, name=config.name)


def again(lang: str, number: str) -> str:
    """The same report came once more."""
    return _TEXTS.say(lang, "again", number=number)


def for_admins(lang: str, number: str, chat: str, reason: str, messages: list[str]) -> str:
    """To the admins of the group the reporter turned to."""
    return _TEXTS.say(
        lang, "for_admins", number=number, chat=chat, reason=reason, messages=", ".join(messages)
    )


def unwanted(lang: str) -> str:
    """Somebody only wanted not to see something any more."""
    return _TEXTS[lang]["unwanted"]


def withheld(lang: str, number: str) -> str:
    """In the place of a channel that is withheld."""
    return _TEXTS.say(lang, "withheld", number=number)


def nameless(lang: str, peer: int) -> str:
    """The name of a person or chat whose own was taken away."""
    key = "nameless.person" if peer > 0 else "nameless.chat"
    return _TEXTS.say(lang, key, number=ids.bare(peer))


def sensitive(lang: str, number: str) -> str:
    """Over content that readers uncover by hand."""
    return _TEXTS.say(lang, "sensitive", number=number)


def decided(
    lang: str,
    config: Config,
    *,
    kind: str,
    number: str,
    reason: str,
    until: int,
    chat: str = "",
    label: str = "",
    countries: str = "",
) -> str:
    """To whom a measure concerns: what, why, for how long, and what can be done against it."""
    texts = _TEXTS[lang]
    return (texts[f"decided.{kind}"] + texts["details"]).format(
        name=config.name,
        where=countries.replace(",", ", ") or texts["everywhere"],
        chat=chat,
        label=label,
        number=number,
        reason=reason,
        until=_end(lang, config, until),
        where_to=_where_to(config),
    )


def suspended(lang: str, config: Config, *, number: str, reason: str, until: int) -> str:
    """To somebody whose account is suspended, who can answer no message."""
    return _TEXTS.say(
        lang,
        "suspended",
        name=config.name,
        number=number,
        reason=reason,
        until=_end(lang, config, until),
        where_to=_where_to(config),
    )


def _where_to(config: Config) -> str:
    return config.moderation.appeal_url or config.public_url or config.name


def _end(lang: str, config: Config, until: int) -> str:
    if not until:
        return _TEXTS[lang]["never"]
    zone = zoneinfo.ZoneInfo(config.timezone)
    return moment(lang, datetime.datetime.fromtimestamp(until, zone))


def ended(lang: str, number: str) -> str:
    """To whom it concerned: a measure is over."""
    return _TEXTS.say(lang, "ended", number=number)


def answered(lang: str, report: str, number: str) -> str:
    """To a reporter: something was done about it."""
    return _TEXTS.say(lang, "answered", report=report, number=number)
