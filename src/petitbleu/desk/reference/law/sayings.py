"""The law data in the words of people: kinds, duties and steps of an escalation. Pure.

``schema/law/kinds.json`` says them in English and short. What the operator's counsel added is
shown in the words they gave it, in both languages.
"""

from __future__ import annotations

from petitbleu import typography
from petitbleu.desk.reference.law import words
from petitbleu.desk.reference.law.data import Law
from petitbleu.typography import spaced

KINDS = {
    "tco_removal_order": (
        "Terrorist content removal order",
        "Injonction de retrait (contenu à caractère terroriste)",
    ),
    "tco_first_contact": ("First contact (terrorist content)", "Premier contact (terrorisme)"),
    "tco_complaint": (
        "Complaint, terrorist content",
        "Réclamation, contenu à caractère terroriste",
    ),
    "imminent_threat_terrorist": ("Terrorist threat to life", "Menace terroriste imminente"),
    "dsa_art9_order": ("Order to act", "Injonction d’agir"),
    "dsa_art10_order": ("Order to give information", "Injonction de fournir des informations"),
    "epoc": ("Production order", "Injonction de production"),
    "epoc_emergency": ("Emergency production order", "Injonction de production d’urgence"),
    "epoc_pr": ("Preservation order", "Injonction de conservation"),
    "fr_requisition": ("French requisition", "Réquisition"),
    "fr_admin_removal": ("French removal request", "Demande administrative de retrait"),
    "art16_notice": ("Notice", "Signalement"),
    "trusted_flagger_notice": ("Trusted flagger notice", "Signaleur de confiance"),
    "csam_notice": ("Child abuse material", "Contenu pédocriminel"),
    "art18_threat": ("Threat to life", "Menace pour la vie"),
    "moderation_decision": ("Own decision", "Décision d’office"),
    "complaint_art20": ("Complaint", "Réclamation"),
    "ods_dispute": ("Out-of-court dispute", "Litige extrajudiciaire"),
    "dsar": ("Data-subject request", "Demande d’exercice de droits"),
    "personal_data_breach": ("Personal data breach", "Violation de données"),
    "coordinator_request": ("Coordinator’s request", "Demande du coordinateur"),
    "transparency_report": ("Transparency report", "Rapport de transparence"),
    "user_numbers": ("Number of users", "Nombre d’utilisateurs"),
    "duplicate": ("Duplicate", "Doublon"),
    "suspected_fraud": ("Suspected fraud", "Fraude présumée"),
    "bulk_mail": ("Bulk mail", "Envoi en nombre"),
    "unsorted": ("Unsorted", "Non trié"),
    "possible_danger": ("Possible danger", "Danger possible"),
}

_DUTIES = {
    "send receipt": "accuser réception",
    "remove or disable in all Member States": "retirer ou bloquer dans tous les États membres",
    "send Annex III": "envoyer l’annexe III",
    "send Annex II with date and time": "envoyer l’annexe II, avec date et heure",
    "keep content and related data; longer only on request for pending proceedings (Art 6(2))": (
        "conserver le contenu et les données ; plus longtemps seulement sur demande, pour une"
        " procédure en cours (art. 6(2))"
    ),
    "inform content provider unless blocked": "informer l’auteur, sauf interdiction",
    "option for provider or author: ask own authority to scrutinise a cross-border order": (
        "faculté : demander à son autorité d’examiner l’injonction transfrontière"
    ),
    "authority decides; reinstate at once if annulled (Art 4(7))": (
        "l’autorité décide ; rétablir aussitôt en cas d’annulation (art. 4(7))"
    ),
    "administrative court; ruling within 72 h": "tribunal administratif ; jugement sous 72 h",
    "warm up: test contact point, staff the desk": (
        "se préparer : tester le point de contact, armer le guichet"
    ),
    "inform complainant of outcome with reasons": "informer l’auteur de la réclamation de l’issue,"
    " motivée",
    "inform authorities of the Member State(s) or own contact point and Europol": (
        "informer les autorités des États concernés, ou son point de contact et Europol"
    ),
    "give effect": "exécuter",
    "tell the authority if and when effect was given": (
        "dire à l’autorité si et quand l’injonction a été exécutée"
    ),
    "inform recipient: reasons, redress, territorial scope": (
        "informer la personne : motifs, recours, portée territoriale"
    ),
    "inform of receipt": "confirmer la réception",
    "provide data already held": "fournir les données déjà détenues",
    "inform of effect": "informer de l’exécution",
    "inform recipient: reasons and redress": "informer la personne : motifs et recours",
    "freeze data": "geler les données",
    "transmit to the authority named in section L": "transmettre à l’autorité de la section L",
    "send Annex III to issuing and, where notified, enforcing authority": (
        "envoyer l’annexe III à l’autorité d’émission et, si notifiée, d’exécution"
    ),
    "issuing authority answers; production clock suspended meanwhile": (
        "l’autorité d’émission répond ; le délai de production est suspendu"
    ),
    "reasoned objection when third-country law forbids": (
        "objection motivée si le droit d’un pays tiers l’interdit"
    ),
    "transmit": "transmettre",
    "authority obtains ex-post validation where none; else order withdrawn and data not usable": (
        "l’autorité fait valider après coup ; sinon l’injonction est retirée, les données"
        " inutilisables"
    ),
    "enforcing authority may object; does not suspend": (
        "l’autorité d’exécution peut s’opposer ; ne suspend pas"
    ),
    "hold data": "conserver les données",
    "release hold unless Annex V or VI received": "libérer, sauf annexe V ou VI reçue",
    "extend hold once": "prolonger une fois",
    "keep hold": "maintenir la conservation",
    "receipt": "accuser réception",
    "provide": "fournir",
    "hold at most one year": "conserver un an au plus",
    "remove and inform": "retirer et informer",
    "first CSAM request: prior information": "première demande (pédocriminalité) : information",
    "tell the authority why (force majeure, errors, missing data); clock restarts after": (
        "dire à l’autorité pourquoi (force majeure, erreurs, manques) ; le délai repart ensuite"
    ),
    "confirm receipt": "confirmer la réception",
    "decide": "décider",
    "tell notifier decision, redress, use of automation": (
        "dire à l’auteur du signalement la décision, les recours, l’usage de machines"
    ),
    "decide before ordinary notices": "décider avant les signalements ordinaires",
    "restrict access, seal copy": "bloquer l’accès, sceller une copie",
    "report to PHAROS/OFAC (or NCMEC for a US nexus)": (
        "signaler à PHAROS/OFAC (ou NCMEC en cas de lien avec les États-Unis)"
    ),
    "inform authorities of the Member State concerned, else of establishment, or Europol": (
        "informer les autorités de l’État concerné, sinon d’établissement, ou Europol"
    ),
    "statement of reasons to recipient": "exposé des motifs à la personne",
    "submit to EU database": "envoyer à la base européenne",
    "accept complaints": "accepter les contestations",
    "decide, human supervised": "trancher, sous contrôle humain",
    "reasoned decision, Art 21 and other redress": "décision motivée, article 21, autres recours",
    "body decides (up to 180 in complex cases)": "l’organe décide (jusqu’à 180 si complexe)",
    "answer the body": "répondre à l’organe",
    "answer": "répondre",
    "latest after extension told within the first month": (
        "au plus tard, après une prolongation annoncée dans le premier mois"
    ),
    "notify CNIL": "notifier à la CNIL",
    "tell persons when high risk": "avertir les personnes si le risque est élevé",
    "user numbers and method (micro and small too)": (
        "nombre d’utilisateurs et méthode (petites entreprises aussi)"
    ),
    "publish CSV set": "publier les fichiers CSV",
    "keep public with all versions": "garder public, avec toutes les versions",
    "TCO report if any action that year": "rapport TCO s’il y a eu action dans l’année",
    "publish on the site": "publier sur le site",
    "call back through the directory; preserve, do not disclose": (
        "rappeler par l’annuaire ; conserver, ne rien divulguer"
    ),
    "kept out of the queues; a weekly sample is read by another person": (
        "hors des files ; une autre personne en lit un échantillon chaque semaine"
    ),
    "a person sorts it": "quelqu’un trie",
    "a person reads it: it names somebody": "une personne la lit : elle nomme quelqu’un",
    "a person reads it: somebody may be in danger": (
        "une personne la lit : quelqu’un est peut-être en danger"
    ),
}

_DIRECTIVES = {
    "page": ("call whoever is on duty", "appeler l’astreinte"),
    "page on-call": ("call whoever is on call", "appeler l’astreinte"),
    "page on-call + deputy": ("call on-call and deputy", "appeler l’astreinte et l’adjoint"),
    "page all legal desk and operator head": (
        "call the whole legal desk and the head of the operator",
        "appeler tous les juristes et la direction",
    ),
    "page deputy and head": (
        "call deputy and head of the desk",
        "appeler l’adjoint et le chef du guichet",
    ),
    "hourly page": ("call every hour", "appeler toutes les heures"),
    "phone chain": ("start the phone chain", "lancer la chaîne téléphonique"),
    "conference call": ("hold a conference call", "se réunir par téléphone"),
    "pre-armed disable action offered to any two-person quorum": (
        "any two people may block the content now",
        "deux personnes, quelles qu’elles soient, peuvent bloquer le contenu",
    ),
    "owner": ("the owner of the case acts", "le responsable du cas agit"),
    "owner + deputy": ("owner and deputy act", "le responsable et l’adjoint agissent"),
    "head": ("the head of the desk acts", "le chef du guichet agit"),
    "head of desk": ("the head of the desk acts", "le chef du guichet agit"),
    "on-call": ("whoever is on call acts", "l’astreinte agit"),
    "breach record": ("record the breach", "consigner le dépassement"),
    "remind authority": ("remind the authority", "relancer l’autorité"),
    "release with second reviewer": (
        "release, with a second reviewer",
        "libérer, avec un second relecteur",
    ),
    "freeze data": ("freeze the figures", "figer les chiffres"),
    "draft": ("write the draft", "rédiger le projet"),
    "last day": ("last day", "dernier jour"),
}
"""What a step of an escalation asks for, in English and French."""
_WITHOUT_INSTANT = {
    "due": ("the time is up", "l’échéance est atteinte"),
    "still paused": (
        "still paused, though its time would be up",
        "toujours suspendue, alors que son délai serait écoulé",
    ),
}
_SO_FAR = {
    "unread": ("nobody has read the case", "cas que personne n’a lu"),
    "without hold": ("nothing is held", "rien n’est conservé"),
}
"""What must not have happened for a step to count."""
_DAY = 86_400


def kinds(law: Law) -> list[str]:
    """All kinds of cases, those that counsel added last."""
    return [*KINDS, *(name for name in law.kinds if name not in KINDS)]


def kind(law: Law, name: str, lang: str) -> str:
    """The short name of a kind of case; of one that counsel added, its title."""
    if name in KINDS:
        return _said(KINDS[name], lang)
    added = law.kinds.get(name)
    return added.title if added is not None else name


def duty(action: str, lang: str) -> str:
    """What is to be done, in the reader's language."""
    return spaced("fr", _DUTIES.get(action, action)) if lang == "fr" else action


def clock(law: Law, name: str, lang: str) -> str:
    """What the clock of that ``id`` asks for; one that the law no longer has: its id."""
    for one in law.kinds.values():
        for rule in one.clocks:
            if rule.id == name:
                return duty(rule.action, lang)
    return name


def step(what: str, lang: str) -> str:
    """Why a clock rings now (``law.Step.what``): how far it is, and what is to be done about it."""
    if what in _WITHOUT_INSTANT:
        return _said(_WITHOUT_INSTANT[what], lang)
    when = _when(what, lang)
    if not when:
        return what
    head, _, asked = (part.strip() for part in what.partition(":"))
    so_far = [_said(said, lang) for name, said in _SO_FAR.items() if name in head]
    begun = ", ".join([when, *so_far])
    if not asked:
        return begun
    do = _said(_DIRECTIVES[asked], lang) if asked in _DIRECTIVES else asked
    return f"{begun}{typography.colon(lang)}{do}"


def _when(what: str, lang: str) -> str:
    """How far a clock is at a step; empty for words that name no instant."""
    match words.instant(what):
        case words.After(0):
            pair = ("the clock begins", "le délai commence")
        case words.After(seconds) if seconds < 0:
            left = _span(-seconds, lang)
            pair = (f"{left} before the end", f"{left} avant l’échéance")
        case words.After(seconds):
            gone = _span(seconds, lang)
            pair = (f"{gone} after the clock began", f"{gone} après le départ de l’échéance")
        case words.Day(number):
            pair = (f"day {number} of the clock", f"{number}e jour de l’échéance")
        case words.Share(percent):
            pair = (f"{percent}% of the time has gone", f"{percent} % du délai est écoulé")
        case words.DayOfYear(month, day):
            pair = (f"{day} {typography.month_name('en', month)}", _french_day(day, month))
        case None:
            return ""
    return _said(pair, lang)


def _french_day(day: int, month: int) -> str:
    return f"{'1er' if day == 1 else day} {typography.month_name('fr', month)}"


def _span(seconds: int, lang: str) -> str:
    if seconds % _DAY:
        return typography.span(lang, seconds)
    days = seconds // _DAY
    return f"{days} {('jour' if lang == 'fr' else 'day')}{'s' if days > 1 else ''}"


def _said(pair: tuple[str, str], lang: str) -> str:
    return spaced("fr", pair[1]) if lang == "fr" else pair[0]
