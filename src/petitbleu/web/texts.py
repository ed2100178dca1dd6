"""Texts of the pages of this folder, by language."""

from __future__ import annotations

from petitbleu.typography import table

_WRITTEN: dict[str, dict[str, str]] = {
    "en": {
        "front_lead": "A messaging service run by the people of this server. Members chat in a"
        " browser or with an app.",
        "front_how": "To use it you need an invitation from the people who run it. A browser will"
        " do; an app must be set to this server.",
        "open_client": "Open in the browser",
        "front_dev": "Developer page",
        "dev_title": "Developer page",
        "dev_note": "Only a browser on this machine sees this page, and only with --dev.",
        "dev_address": "Address",
        "dev_fingerprint": "Key fingerprint",
        "dev_key": "Public key",
        "dev_connect": "Connect with Telethon",
        "dev_codes": "Newest login codes",
        "dev_no_codes": "No code is waiting. Codes appear here as soon as an app asks for one;"
        " reload the page.",
        "dev_phone": "Number",
        "dev_code": "Code",
        "dev_until": "Valid until",
        "problem_404": "There is nothing at this address.",
        "problem_405": "This address does not take that kind of request.",
        "problem_500": "Something went wrong on our side. It has been noted.",
        "problem_other": "The request could not be served.",
        "problem_home": "To the front page",
        "colon": ": ",
        "skip": "Skip to the content",
        "legal_links": "Legal",
        "other_language": "Français",
        "other_code": "fr",
        "link_contact": "Contact",
        "link_notice": "Report content",
        "link_status": "Follow a report",
        "link_mine": "My cases",
        "link_authorities": "Authorities",
        "link_rules": "Rules",
        "link_transparency": "Transparency",
        "link_privacy": "Privacy",
        "link_accessibility": "Accessibility",
        "link_legal": "Legal notice",
    },
    "fr": {
        "front_lead": "Messagerie gérée par l’équipe de ce serveur. Les membres discutent dans un"
        " navigateur ou avec une application.",
        "front_how": "Pour l’utiliser, il faut une invitation des personnes qui la tiennent. Un"
        " navigateur suffit ; une application doit être réglée sur ce serveur.",
        "open_client": "Ouvrir dans le navigateur",
        "front_dev": "Page de développement",
        "dev_title": "Page de développement",
        "dev_note": "Seul un navigateur sur cette machine voit cette page, seulement avec --dev.",
        "dev_address": "Adresse",
        "dev_fingerprint": "Empreinte de la clé",
        "dev_key": "Clé publique",
        "dev_connect": "Se connecter avec Telethon",
        "dev_codes": "Derniers codes de connexion",
        "dev_no_codes": "Aucun code en attente. Les codes apparaissent ici dès qu’une application"
        " en demande un ; rechargez la page.",
        "dev_phone": "Numéro",
        "dev_code": "Code",
        "dev_until": "Valable jusqu’à",
        "problem_404": "Il n’y a rien à cette adresse.",
        "problem_405": "Cette adresse n’accepte pas ce genre de requête.",
        "problem_500": "Quelque chose n’a pas marché de notre côté. C’est noté.",
        "problem_other": "La requête n’a pas pu être servie.",
        "problem_home": "À la page d’accueil",
        "colon": " : ",
        "skip": "Aller au contenu",
        "legal_links": "Informations légales",
        "other_language": "English",
        "other_code": "en",
        "link_contact": "Contact",
        "link_notice": "Signaler un contenu",
        "link_status": "Suivre un signalement",
        "link_mine": "Mes dossiers",
        "link_authorities": "Autorités",
        "link_rules": "Règles",
        "link_transparency": "Transparence",
        "link_privacy": "Confidentialité",
        "link_accessibility": "Accessibilité",
        "link_legal": "Mentions légales",
    },
}
TEXTS = table(_WRITTEN)
