"""What alarms say, in French and English: number, kind, time left; never content or names."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from petitbleu import typography

LANGUAGES = ("fr", "en")

_WRITTEN: dict[str, dict[str, str]] = {
    "fr": {
        "left": "reste {time}",
        "late": "en retard de {time}",
        "undated": "sans date",
        "subject": "[{number}] {kind} — {left}",
        "desk.subject": "[Guichet] {what}",
        "pool.subject": "[Guichet] {count} alarmes, la plus proche : {left}",
        "body": "{number}\nGenre : {kind}\nHorloge : {clock}\nÉchéance : {due} ({left})\n"
        "Alarme : {what}\nNiveau : {level}\n\n{link}\n\n"
        "Ouvrir le cas arrête cette alarme, pas l’horloge.\n",
        "desk.body": "{what}\n\n{link}\n",
        "line": "{number}  {left}  {kind}  {clock}  {what}",
        "pool.body": "{lines}\n\n{link}\n\nOuvrir un cas arrête son alarme, pas l’horloge.\n",
        "no_clock": "—",
        "at-once": "cas critique ou urgent, à lire maintenant",
        "unread": "personne n’a ouvert ce cas",
        "waits": "divulgation acceptée à deux, non préparée : la préparer ou l’abandonner",
        "absence": "Personne n’a ouvert le guichet depuis 24 heures, des horloges courent.",
        "mail_stuck": "Des lettres ne partent pas depuis plus de cinq minutes : serveur de courrier"
        " à vérifier. Leurs horloges courent.",
        "late_cases": "{count} cas en retard, le plus ancien depuis {time}.",
        "test": "Essai des alarmes : si vous lisez ceci, cette voie fonctionne.",
        "trouble": "Panne : {what}",
        "level.owner": "responsable du cas",
        "level.queue": "file",
        "level.on_call": "astreinte",
        "level.lead": "chef du guichet",
        "level.director": "direction",
        "level.all": "tous",
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
        "body": "{number}\nKind: {kind}\nClock: {clock}\nDue: {due} ({left})\n"
        "Alarm: {what}\nLevel: {level}\n\n{link}\n\n"
        "Opening the case stops this alarm, not the clock.\n",
        "desk.body": "{what}\n\n{link}\n",
        "line": "{number}  {left}  {kind}  {clock}  {what}",
        "pool.body": "{lines}\n\n{link}\n\nOpening a case stops its alarm, not the clock.\n",
        "no_clock": "—",
        "at-once": "critical or urgent case, read it now",
        "unread": "nobody has opened this case",
        "waits": "a disclosure two people agreed to is not made: make it, or withdraw it",
        "absence": "Nobody has opened the desk for 24 hours while clocks run.",
        "mail_stuck": "Letters have not left for more than five minutes: look at the mail server."
        " Their clocks run on.",
        "late_cases": "{count} cases are late, the oldest by {time}.",
        "test": "Trial of the alarms: if you read this, this way works.",
        "trouble": "Trouble: {what}",
        "level.owner": "owner of the case",
        "level.queue": "queue",
        "level.on_call": "on call",
        "level.lead": "head of the desk",
        "level.director": "director",
        "level.all": "everybody",
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


def text(language: str, key: str, **words: object) -> str:
    """One text in ``language`` (another language: the first)."""
    found = _TEXTS.get(language, _TEXTS[LANGUAGES[0]])[key]
    return found.format(**words) if words else found


def knows(key: str) -> bool:
    """Whether there is a text of that name."""
    return key in _TEXTS[LANGUAGES[0]]


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
