"""Words of the mail that invites."""

from petitbleu.typography import table

_INVITATION: dict[str, tuple[str, str]] = {
    "en": (
        "Your way into the desk of {instance}",
        "You are number {staff} at the desk of {instance}.\n\n"
        "Open this link once, on the device whose passkey you will use:\n\n{link}\n\n"
        "It works until {until} and for one passkey. Whoever has it can come in as you:"
        " pass it to nobody.\n",
    ),
    "fr": (
        "Votre accès au guichet de {instance}",
        "Vous êtes le numéro {staff} au guichet de {instance}.\n\n"
        "Ouvrez ce lien une seule fois, sur l’appareil dont vous utiliserez la clé d’accès :\n\n"
        "{link}\n\n"
        "Il vaut jusqu’au {until} et pour une seule clé. Qui le détient peut entrer à votre"
        " place : ne le transmettez à personne.\n",
    ),
}
INVITATION = table(_INVITATION)
