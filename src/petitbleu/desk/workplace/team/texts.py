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
