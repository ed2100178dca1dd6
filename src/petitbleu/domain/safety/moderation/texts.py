"""What the service chat says about reports and measures, in French and English."""

from __future__ import annotations

import datetime
import zoneinfo

from petitbleu import ids
from petitbleu.config import Config
from petitbleu.typography import moment, spaced

_RECEIVED = {
    "en": "Thank you. Your report was received: {number}.\n\nReason: {reason}\n\n"
    "The people who run {name} look at it. Please quote the number if you write to them.",
    "fr": "Merci. Votre signalement est enregistré : {number}.\n\nMotif : {reason}\n\n"
    "L’équipe de {name} l’examine. Rappelez ce numéro si vous lui écrivez.",
}
_ADMINS = {
    "en": "Thank you. Your report was received: {number}.\n\nReason: {reason}\n\n"
    "The admins of the group were told, without your name.",
    "fr": "Merci. Votre signalement est enregistré : {number}.\n\nMotif : {reason}\n\n"
    "Les admins du groupe sont prévenus, sans votre nom.",
}
_AGAIN = {
    "en": "You reported this already: {number}. What you wrote now was added to it.",
    "fr": "Vous l’avez déjà signalé : {number}. Votre message y est joint.",
}
_FOLLOW = {"en": "\n\nWhere it stands: {url}", "fr": "\n\nOù il en est : {url}"}
_OUTCOME = {
    "removed": {
        "en": "Your report {number} to the admins of “{chat}”: the messages you reported are no"
        " longer there.",
        "fr": "Votre signalement {number} aux admins de « {chat} » : les messages que vous avez"
        " signalés n’y sont plus.",
    },
    "left": {
        "en": "Your report {number} to the admins of “{chat}”: who wrote the messages is no longer"
        " in it.",
        "fr": "Votre signalement {number} aux admins de « {chat} » : la personne qui a écrit les"
        " messages n’en fait plus partie.",
    },
    "unchanged": {
        "en": "Your report {number} to the admins of “{chat}”: after seven days the messages are"
        " still there. If you think that they break the law or the rules of {name}, report them"
        " again with another reason: then the people who run {name} decide.",
        "fr": "Votre signalement {number} aux admins de « {chat} » : après sept jours, les messages"
        " y sont toujours. S’ils enfreignent à votre avis la loi ou les règles de {name},"
        " signalez-les à nouveau avec un autre motif : l’équipe de {name} décidera.",
    },
}
_FOR_ADMINS = {
    "en": "A member reported messages in “{chat}” to its admins ({number}).\n\nReason: {reason}\n"
    "Messages: {messages}",
    "fr": "Un membre signale des messages dans « {chat} » à ses admins ({number}).\n\n"
    "Motif : {reason}\nMessages : {messages}",
}
_UNWANTED = {
    "en": "So that you see no more of it: mute or leave the chat, or block the person, from the"
    " menu of the chat. Nothing was reported.",
    "fr": "Pour ne plus le voir : mettez la discussion en sourdine, quittez-la ou bloquez la"
    " personne, depuis le menu de la discussion. Rien n’a été signalé.",
}
_WITHHELD = {
    "en": "Access to this content is disabled (decision {number}).",
    "fr": "L’accès à ce contenu est bloqué (décision {number}).",
}
_SENSITIVE = {
    "en": "This may be disturbing (decision {number}).",
    "fr": "Ce contenu peut heurter (décision {number}).",
}
_NAMELESS = {
    "person": {"en": "Account {number}", "fr": "Compte {number}"},
    "chat": {"en": "Chat {number}", "fr": "Salon {number}"},
}
_DECIDED = {
    "profile": {
        "en": "Something in a profile of yours was removed from {name}: {label}.",
        "fr": "Un élément d’un profil à vous a été retiré de {name} : {label}.",
    },
    "remove": {
        "en": "Content of yours was removed from {name}.",
        "fr": "Un contenu que vous avez publié a été retiré de {name}.",
    },
    "withhold": {
        "en": "Content of yours is withheld on {name} ({where}).",
        "fr": "Un contenu que vous avez publié n’est plus visible sur {name} ({where}).",
    },
    "restrict": {
        "en": "Your account on {name} is restricted: you can read, but not write or change"
        " anything.",
        "fr": "Votre compte sur {name} est restreint : vous pouvez lire, mais ni écrire ni rien"
        " modifier.",
    },
    "mute": {
        "en": "You may not write in “{chat}” on {name}.",
        "fr": "Vous ne pouvez plus écrire dans « {chat} » sur {name}.",
    },
    "label": {
        "en": "Content or a name of yours is labelled on {name}: {label}.",
        "fr": "Un contenu ou un nom à vous porte une mention sur {name} : {label}.",
    },
}
_DETAILS = {
    "en": "\n\nDecision: {number}\nReason: {reason}\nDuration: {until}\n\n"
    "You can contest this free of charge: {where_to} (please quote the number), or answer OBJECT to"
    " this message.",
    "fr": "\n\nDécision : {number}\nMotif : {reason}\nDurée : {until}\n\n"
    "Vous pouvez contester gratuitement cette décision : {where_to} (en rappelant le numéro), ou"
    " répondez CONTESTER à ce message.",
}
_ENDED = {
    "en": "Decision {number} does not apply any more.",
    "fr": "La décision {number} ne s’applique plus.",
}
_ANSWERED = {
    "en": "Your report {report} led to a decision ({number}). Thank you.",
    "fr": "Votre signalement {report} a donné lieu à une décision ({number}). Merci.",
}
_NEVER = {"en": "no end date", "fr": "sans date de fin"}
_EVERYWHERE = {"en": "everywhere", "fr": "partout"}


def received(lang: str, config: Config, number: str, reason: str, *, admins_only: bool) -> str:
    """A report was taken."""
    form = spaced(lang, (_ADMINS if admins_only else _RECEIVED)[lang])
    return form.format(number=number, reason=reason, name=config.name)


def follow(lang: str, url: str) -> str:
    """Under an acknowledgement."""
    return spaced(lang, _FOLLOW[lang]).format(url=url)


def outcome(lang: str, config: Config, key: str, number: str, chat: str) -> str:
    """What became of a report to the admins of a group."""
    return spaced(lang, _OUTCOME[key][lang]).format(number=number, chat=chat, name=config.name)


def again(lang: str, number: str) -> str:
    """The same report came once more."""
    return spaced(lang, _AGAIN[lang]).format(number=number)


def for_admins(lang: str, number: str, chat: str, reason: str, messages: list[str]) -> str:
    """To the admins of the group the reporter turned to."""
    return spaced(lang, _FOR_ADMINS[lang]).format(
        number=number, chat=chat, reason=reason, messages=", ".join(messages)
    )


def unwanted(lang: str) -> str:
    """Somebody only wanted not to see something any more."""
    return spaced(lang, _UNWANTED[lang])


def withheld(lang: str, number: str) -> str:
    """In the place of a channel that is withheld."""
    return spaced(lang, _WITHHELD[lang]).format(number=number)


def nameless(lang: str, peer: int) -> str:
    """The name of a person or chat whose own was taken away."""
    return _NAMELESS["person" if peer > 0 else "chat"][lang].format(number=ids.bare(peer))


def sensitive(lang: str, number: str) -> str:
    """Over content that readers uncover by hand."""
    return spaced(lang, _SENSITIVE[lang]).format(number=number)


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
    where_to = config.moderation.appeal_url or config.public_url or config.name
    end = _NEVER[lang]
    if until:
        zone = zoneinfo.ZoneInfo(config.timezone)
        end = moment(lang, datetime.datetime.fromtimestamp(until, zone))
    return spaced(lang, _DECIDED[kind][lang] + _DETAILS[lang]).format(
        name=config.name,
        where=countries.replace(",", ", ") or _EVERYWHERE[lang],
        chat=chat,
        label=label,
        number=number,
        reason=reason,
        until=end,
        where_to=where_to,
    )


def ended(lang: str, number: str) -> str:
    """To whom it concerned: a measure is over."""
    return spaced(lang, _ENDED[lang]).format(number=number)


def answered(lang: str, report: str, number: str) -> str:
    """To a reporter: something was done about it."""
    return spaced(lang, _ANSWERED[lang]).format(report=report, number=number)
