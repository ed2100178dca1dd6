"""What alarms say, in French and English: number, kind, duty, time; never content or names."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu import typography
from petitbleu.desk.reference.law import service as law

LANGUAGES = ("fr", "en")

_WRITTEN: dict[str, dict[str, str]] = {
    "fr": {
        "left": "reste {time}",
        "late": "en retard de {time}",
        "undated": "sans date",
        "subject": "[{number}] {kind} — {left}",
        "desk.subject": "[Guichet] {what}",
        "pool.subject": "[Guichet] {count} alarmes, la plus proche : {left}",
        "body": "{number}\n{facts}\n\n{link}\n\n"
        "Ouvrir le dossier arrête les alertes, pas le délai.\n",
        "fact.kind": "Nature : {what}",
        "fact.urgency": "Urgence : {what}",
        "fact.clock": "À faire : {what}",
        "fact.due": "Échéance : {what}",
        "fact.what": "Alarme : {what}",
        "fact.level": "Destinataire : {what}",
        "due": "{at}, {left}",
        "desk.body": "{what}\n\n{link}\n",
        "pool.body": "{lines}\n\n{link}\n\nOuvrir un dossier arrête ses alertes, pas son délai.\n",
        "at-once": "un cas critique ou urgent est arrivé, à lire maintenant",
        "unread": "personne n’a ouvert ce cas",
        "danger": "quelqu’un est ou peut être en danger, à lire maintenant",
        "counted": "cette alarme compte pour {count} messages",
        "waits": "une communication de données acceptée à deux n’est pas préparée : la préparer ou"
        " y renoncer",
        "secret": "la personne concernée n’est pas informée : décider si elle peut l’être"
        " maintenant",
        "absence": "Personne n’a ouvert le guichet depuis 24 heures, et des délais courent.",
        "mail_stuck": "Des lettres attendent de partir depuis plus de cinq minutes : vérifiez le"
        " serveur de courrier. Leurs délais courent toujours.",
        "wrong_codes_address": "Depuis une adresse, on a saisi trop de codes de connexion faux :"
        " quelqu’un les devine peut-être. Cette adresse est refusée ; voyez le journal"
        " (codes.many_wrong).",
        "wrong_codes_instance": "Trop de codes de connexion faux en une heure, depuis de nombreuses"
        " adresses : quelqu’un les devine peut-être. Voyez le journal (codes.many_wrong).",
        "test": "Essai des alarmes : si vous lisez ceci, cette voie fonctionne.",
        "eu_refused": "La base européenne a refusé des exposés des motifs : {count}.",
        "eu_late": "Des exposés des motifs attendent la base européenne depuis plus d’un jour"
        " : {count}.",
        "level.owner": "la personne à qui le cas est attribué",
        "level.queue": "les personnes de la file",
        "level.on_call": "l’astreinte",
        "level.lead": "l’encadrement",
        "level.director": "la direction",
        "level.all": "tout le guichet et la direction",
        "urgency.critical": "critique",
        "urgency.high": "haute",
        "urgency.normal": "normale",
        "urgency.low": "basse",
        "digest.subject": "[Guichet] {open} cas ouverts, {late} en retard, {soon} avant 24 h",
        "digest.body": "Non lus : {unread}\nSans responsable : {without_owner}\n"
        "À échéance avant 24 h : {soon}\nEn retard : {late}\n"
        "En attente d’une seconde signature : {second}\n\n{mine}{next}{link}\n",
        "digest.mine": "Mes cas :\n{lines}\n\n",
        "digest.next": "Prochaines échéances :\n{lines}\n\n",
        "proof.subject": "[Guichet] Preuve de lecture, semaine du {first} au {last}",
        "proof.body": "Arrivés cette semaine : {arrived}\n{kinds}\n"
        "Premier regard : médiane {median}, 9 sur 10 en {p90}, le pire {worst}\n"
        "Arrivés et encore jamais ouverts : {unread}, le plus ancien depuis {oldest}\n"
        "Ouverts en tout : {open}, sans responsable : {without_owner}\n"
        "En retard maintenant : {late}\n{late_lines}"
        "Alarmes de la semaine : {raised}, entendues : {heard}\n\n"
        "Cette lettre part aussi quand tout va bien.\n{link}\n",
        "never": "—",
    },
    "en": {
        "left": "{time} left",
        "late": "late by {time}",
        "undated": "no date",
        "subject": "[{number}] {kind} — {left}",
        "desk.subject": "[Desk] {what}",
        "pool.subject": "[Desk] {count} alarms, the nearest: {left}",
        "body": "{number}\n{facts}\n\n{link}\n\n"
        "Opening the case stops the alerts, not the deadline.\n",
        "fact.kind": "Kind: {what}",
        "fact.urgency": "Urgency: {what}",
        "fact.clock": "To do: {what}",
        "fact.due": "Due: {what}",
        "fact.what": "Alarm: {what}",
        "fact.level": "Sent to: {what}",
        "due": "{at}, {left}",
        "desk.body": "{what}\n\n{link}\n",
        "pool.body": "{lines}\n\n{link}\n\nOpening a case stops its alerts, not its deadline.\n",
        "at-once": "a critical or urgent case has come, read it now",
        "unread": "nobody has opened this case",
        "danger": "somebody is or may be in danger, read it now",
        "counted": "this alarm stands for {count} messages",
        "waits": "a disclosure that two people agreed to is not made: make it, or withdraw it",
        "secret": "the person concerned is not told: decide whether they may be told now",
        "absence": "Nobody has opened the desk for 24 hours while deadlines run.",
        "mail_stuck": "Letters have waited to leave for more than five minutes: look at the mail"
        " server. Their deadlines run on.",
        "wrong_codes_address": "Too many wrong login codes came from one address: somebody may be"
        " guessing. The address is refused; see the log (codes.many_wrong).",
        "wrong_codes_instance": "Too many wrong login codes in an hour, from many addresses:"
        " somebody may be guessing. See the log (codes.many_wrong).",
        "test": "Test of the alarms: if you read this, this way works.",
        "eu_refused": "Statements of reasons that the EU database has refused: {count}.",
        "eu_late": "Statements of reasons that wait for the EU database, the oldest for more than"
        " a day: {count}.",
        "level.owner": "the owner of the case",
        "level.queue": "the people of the queue",
        "level.on_call": "whoever is on call",
        "level.lead": "the head of the desk",
        "level.director": "the director",
        "level.all": "the whole desk and the director",
        "urgency.critical": "critical",
        "urgency.high": "high",
        "urgency.normal": "normal",
        "urgency.low": "low",
        "digest.subject": "[Desk] {open} open cases, {late} late, {soon} due in 24 h",
        "digest.body": "Unread: {unread}\nWithout owner: {without_owner}\nDue in 24 h: {soon}\n"
        "Late: {late}\nAwaiting a second signature: {second}\n\n{mine}{next}{link}\n",
        "digest.mine": "My cases:\n{lines}\n\n",
        "digest.next": "Next due:\n{lines}\n\n",
        "proof.subject": "[Desk] Proof of reading, {first} to {last}",
        "proof.body": "Arrived this week: {arrived}\n{kinds}\n"
        "First look: median {median}, 9 of 10 within {p90}, the worst {worst}\n"
        "Arrived and never opened so far: {unread}, the oldest for {oldest}\n"
        "Open in all: {open}, without owner: {without_owner}\n"
        "Late now: {late}\n{late_lines}"
        "Alarms of the week: {raised}, heard: {heard}\n\n"
        "This letter comes when all is well, too.\n{link}\n",
        "never": "—",
    },
}
_TEXTS = typography.table(_WRITTEN)
_REASONS = frozenset(
    (
        *("at-once", "unread", "danger", "waits", "secret", "absence", "mail_stuck", "test"),
        *("eu_refused", "eu_late"),
        *("wrong_codes_address", "wrong_codes_instance"),
    )
)
"""Texts that say why an alarm rings."""


def text(language: str, key: str, **words: object) -> str:
    """One text in ``language`` (another language: the first)."""
    found = _TEXTS.get(language, _TEXTS[LANGUAGES[0]])[key]
    return found.format(**words) if words else found


def reason(language: str, what: str) -> str:
    """Why an alarm rings: ``what`` is names of texts (``name``, ``name=count``, divided by ``; ``)
    or a step of the law.
    """
    found = []
    for part in what.split("; "):
        name, _, count = part.partition("=")
        if name not in _REASONS:
            return law.step(what, language)
        found.append(text(language, name, count=count))
    return " ".join(found)


def line(*parts: str) -> str:
    """One line of a list, of what there is to say."""
    return " · ".join(part for part in parts if part)


def left(language: str, due: int | None, now: int) -> str:
    """How much time a clock has left, or how late it is."""
    if due is None:
        return text(language, "undated")
    if due >= now:
        return text(language, "left", time=typography.span(language, due - now))
    return text(language, "late", time=typography.span(language, now - due))


def local(language: str, at: int | None, zone: str) -> str:
    """A moment in the operator's zone."""
    if at is None:
        return "—"
    return typography.moment(language, datetime.fromtimestamp(at, ZoneInfo(zone)))
