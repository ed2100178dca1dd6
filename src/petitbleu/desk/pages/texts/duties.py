"""What a clock asks for, in French: the law data (``schema/law/deadlines.json``) say it in English.

A duty that the operator's counsel added is shown in the words they gave it.
"""

from __future__ import annotations

from petitbleu.typography import spaced

FRENCH = {
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
    "inform complainant of outcome with reasons": "informer le plaignant de l’issue, motivée",
    "inform authorities of the Member State(s) or own contact point and Europol": (
        "informer les autorités des États concernés, ou son point de contact et Europol"
    ),
    "give effect": "exécuter",
    "tell the authority if and when effect was given": (
        "dire à l’autorité si et quand l’ordre a été exécuté"
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
        "l’autorité fait valider après coup ; sinon l’ordre est retiré, les données inutilisables"
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
}


def duty(action: str, lang: str) -> str:
    """What is to be done, in the reader's language."""
    return spaced("fr", FRENCH.get(action, action)) if lang == "fr" else action
