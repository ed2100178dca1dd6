"""What the service chat says of decisions and objections, in French and English."""

from petitbleu.typography import table

WORDS = (
    "object",
    *("contest", "objection", "appeal"),
    *("contester", "conteste", "contestation", "réclamation"),
    *("widerspruch", "widersprechen", "einspruch"),
    *("impugnar", "impugno", "recurrir", "reclamar"),
    *("contestare", "contesto", "ricorso", "reclamo"),
    *("bezwaar", "protest"),
    *("sprzeciw", "odwołanie"),
    *("اعتراض", "أعترض"),
)
"""First words that object, in the languages of those who write here; the first is the command."""

_WRITTEN = {
    "en": {
        "help": "object NUMBER — contest a decision about you or your report, with your reasons",
        "said": "{number}\n\n{said}\n\n",
        "link": "On the web, with a form: {url}\n\n",
        "here": "Until {until} you can answer OBJECT to contest it here, free of charge; your"
        " reasons can stand behind the word.",
        "answer": "Answer OBJECT to contest it here, free of charge; your reasons can stand behind"
        " the word.",
        "late": "Decision {number} could be contested until {until}; that time is over.",
        "gone": "Decision {number} does not stand any more; there is nothing to contest.",
        "lodged": "Your complaint about {decision} is received. Its number is {number}."
        " Somebody who had no part in the decision looks at it, usually within {days} days, and"
        " answers you here.",
        "again": "You have contested {decision} already; your complaint has the number {number}.",
        "added": "You have contested {decision} already; your complaint has the number {number},"
        " and what you write now was added to it.",
        "follow": "Where it stands: {url}",
        "unknown": "I know no decision {number} that concerns you.",
        "which": "Which decision? Write OBJECT and its number (PB-…), or answer OBJECT to the"
        " message that tells of it.",
        "report": "Your report {number}: {step}.",
        "admins": "Your report {number} went to the admins of the group; what becomes of it is"
        " written to you here.",
        "received": "received; nobody has looked at it yet",
        "review": "somebody looks at it",
        "decided": "decided; what was decided was written to you here",
        "complaint": "Your complaint {number}: {step}.",
    },
    "fr": {
        "help": "contester NUMÉRO — contester une décision sur vous ou votre signalement, avec vos"
        " raisons",
        "said": "{number}\n\n{said}\n\n",
        "link": "Sur le web, par formulaire : {url}\n\n",
        "here": "Jusqu’au {until}, répondez CONTESTER pour la contester ici, gratuitement ; vous"
        " pouvez écrire vos raisons après ce mot.",
        "answer": "Répondez CONTESTER pour la contester ici, gratuitement ; vous pouvez écrire vos"
        " raisons après ce mot.",
        "late": "La décision {number} pouvait être contestée jusqu’au {until} ; ce délai est"
        " passé.",
        "gone": "La décision {number} ne vaut plus ; il n’y a rien à contester.",
        "lodged": "Nous avons reçu votre réclamation contre {decision}. Son numéro est {number}."
        " Une personne qui n’a pas pris la décision l’examine, d’ordinaire en {days} jours, et vous"
        " répond ici.",
        "again": "Vous avez déjà contesté {decision} ; votre réclamation porte le numéro {number}.",
        "added": "Vous avez déjà contesté {decision} ; votre réclamation porte le numéro {number},"
        " et votre message y est joint.",
        "follow": "Où elle en est : {url}",
        "unknown": "Je ne connais aucune décision {number} qui vous concerne.",
        "which": "Quelle décision ? Écrivez CONTESTER et son numéro (PB-…), ou répondez CONTESTER"
        " au message qui l’annonce.",
        "report": "Votre signalement {number} : {step}.",
        "admins": "Votre signalement {number} est allé aux admins du groupe ; la suite vous sera"
        " écrite ici.",
        "received": "reçu ; personne ne l’a encore examiné",
        "review": "en cours d’examen",
        "decided": "tranché ; la décision vous a été écrite ici",
        "complaint": "Votre réclamation {number} : {step}.",
    },
}
_TEXTS = table(_WRITTEN)


def say(lang: str, key: str, **values: object) -> str:
    """One of the texts, in "en" or "fr"."""
    return _TEXTS[lang][key].format(**values)
