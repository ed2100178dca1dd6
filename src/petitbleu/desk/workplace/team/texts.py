"""Words of the mail that invites."""

from petitbleu.typography import table

_INVITATION: dict[str, tuple[str, str]] = {
    "en": (
        "Your way into the desk of {instance}",
        "You are number {staff} at the desk of {instance}.\n\n"
        "Open this link on the device whose passkey you will use:\n\n{link}\n\n"
        "It works once, until {until}. Whoever has it can come in as you: pass it on to"
        " nobody.\n",
    ),
    "fr": (
        "Votre accès au guichet de {instance}",
        "Vous êtes le numéro {staff} au guichet de {instance}.\n\n"
        "Ouvrez ce lien sur l’appareil dont vous utiliserez la clé d’accès :\n\n"
        "{link}\n\n"
        "Il sert une seule fois, jusqu’au {until}. Qui le détient peut entrer à votre place :"
        " ne le transmettez à personne.\n",
    ),
}
INVITATION = table(_INVITATION)
NAMES = table(
    {
        "en": {
            "operator": "the command line of the server",
            "log hold": "the log",
            "staff": "the team",
        },
        "fr": {
            "operator": "la ligne de commande du serveur",
            "log hold": "le journal",
            "staff": "l’équipe",
        },
    }
)
"""How those are called in mails who have no number."""

_ENDED: dict[str, tuple[str, str]] = {
    "en": (
        "Desk of {instance}: {who} is no longer lead or director",
        "{by} has ended the access of {who}, or taken the role of lead or director away.\n\n"
        "For 48 hours nobody who is invited now, or gets more rights, signs as the second person."
        " If this surprises you, speak with the others at once.\n\n{link}/desk/team\n",
    ),
    "fr": (
        "Guichet de {instance} : {who} n’est plus responsable ni à la direction",
        "{by} a mis fin à l’accès de {who}, ou lui a retiré son rôle de responsable ou de"
        " direction.\n\n"
        "Pendant 48 heures, aucune personne invitée à présent ou recevant plus de droits ne signe"
        " en second. Si cela vous surprend, parlez-en aux autres sans attendre.\n\n"
        "{link}/desk/team\n",
    ),
}
ENDED = table(_ENDED)

_MARKED: dict[str, tuple[str, str]] = {
    "en": (
        "Desk of {instance}: a second signature is marked ({subject})",
        "{second} signed as the second person what {first} had asked for ({subject}). {first} or"
        " whoever works on the case had brought {second} to the desk less than 30 days ago, and"
        " nobody else could sign.\n\nPlease look at it: {link}/desk/seconds\n",
    ),
    "fr": (
        "Guichet de {instance} : une seconde signature porte une marque ({subject})",
        "{second} a signé en second ce que {first} avait demandé ({subject}). {first}, ou la"
        " personne qui traite le cas, avait fait venir {second} au guichet il y a moins de 30"
        " jours, et personne d’autre ne pouvait signer.\n\nMerci d’y jeter un œil :"
        " {link}/desk/seconds\n",
    ),
}
MARKED = table(_MARKED)
