"""Texts of the pages for people who were invited, by language."""

from __future__ import annotations

from petitbleu.typography import table

_WRITTEN: dict[str, dict[str, str]] = {
    "en": {
        "title": "Join {name}",
        "lead": "You have been invited to {name}. Tell us who you are; you then confirm your"
        " e-mail address and get the number you sign in with.",
        "name": "Your name",
        "name_hint": "As others here will see it. You can change it later.",
        "email": "E-mail address",
        "email_hint": "Your login codes come here. Other people do not see it.",
        "phone": "Phone number (not needed)",
        "phone_hint": "With the country code, like +33 6 12 34 56 78. Without one you get a number"
        " of the +888 range, which is no telephone number and tells nothing about you.",
        "send": "Go on",
        "problems": "Please look at what you entered:",
        "name.empty": "Enter your name.",
        "name.invalid": "Enter a name of at most 64 characters on one line.",
        "email.empty": "Enter your e-mail address.",
        "email.invalid": "Enter an e-mail address like name@example.org.",
        "phone.invalid": "Enter a phone number with its country code, or leave the field empty.",
        "too_many": "Too many tries. Please try again in {minutes} min.",
        "too_long": "That is more than this form takes.",
        "mail_failed": "The mail could not be sent. What you entered is still here: please try"
        " again in a few minutes.",
        "sent_title": "Check your email",
        "sent": "We have sent a mail to {email}. Open the address in it to go on; it works for"
        " 24 hours.",
        "sent_missing": "Nothing there after a few minutes? Look into the spam folder, check the"
        " address above, and fill in the form again if it is wrong.",
        "back": "Back to the form",
        "confirm_title": "Confirm your e-mail address",
        "confirm": "You want to join {name} with {email}.",
        "confirm_button": "Yes, this is my address",
        "confirm_not_you": "If it was not you, close this page: nothing happens then.",
        "done_title": "Welcome",
        "done": "Your number for {name}:",
        "done_kept": "We have also sent it to {email}. This page shows it again as long as its"
        " address works.",
        "next": "What is next",
        "next_client": "You need nothing but this browser. The code comes to your e-mail address.",
        "next_apps": "With an app",
        "next_app": "Set up an app:",
        "next_app_link": "which apps, and how",
        "next_number": "When the app asks for your phone number, enter the number above.",
        "next_code": "The app then asks for a code. It comes to your e-mail address.",
        "gone_title": "This link does not work (any more)",
        "gone": "It may have been used up, have expired, or be cut off. Check that the whole"
        " address was copied; otherwise ask the person who invited you for a new one.",
        "gone_signed": "If you have your number already, you need no link: sign in with it.",
        "closed_title": "Joining is not possible now",
        "closed": "This server cannot send mail yet. Please tell the person who invited you, and"
        " try the same link again later.",
        "apps_title": "Set up an app",
        "apps_client": "Any browser will do, on a computer or a phone: there is nothing to"
        " install.",
        "apps_lead": "You need an app that is set to this server. The people who run {name} may"
        " have one ready for you: ask them first.",
        "apps_values": "If you set one up yourself, or use a library such as Telethon, Pyrogram or"
        " mtcute, it asks for these:",
        "apps_address": "Address",
        "apps_dc": "Data centre number",
        "apps_fingerprint": "Key fingerprint",
        "apps_key": "Public key",
        "apps_number": "Then sign in with your number. The code comes to your e-mail address, later"
        " to your other devices.",
    },
    "fr": {
        "title": "Rejoindre {name}",
        "lead": "Vous avez reçu une invitation à rejoindre {name}. Dites-nous qui vous êtes ; vous"
        " confirmez"
        " ensuite votre adresse électronique et recevez le numéro avec lequel vous connecter.",
        "name": "Votre nom",
        "name_hint": "Tel que les autres le verront ici. Vous pourrez le changer.",
        "email": "Adresse électronique",
        "email_hint": "Vos codes de connexion y arrivent. Les autres ne la voient pas.",
        "phone": "Numéro de téléphone (facultatif)",
        "phone_hint": "Avec l’indicatif du pays, comme +33 6 12 34 56 78. Sans téléphone, vous"
        " recevez un numéro en +888, qui n’est pas une ligne téléphonique et ne dit rien de vous.",
        "send": "Continuer",
        "problems": "Vérifiez ce que vous avez saisi :",
        "name.empty": "Saisissez votre nom.",
        "name.invalid": "Saisissez un nom de 64 caractères au plus, sur une ligne.",
        "email.empty": "Saisissez votre adresse électronique.",
        "email.invalid": "Saisissez une adresse comme nom@exemple.fr.",
        "phone.invalid": "Saisissez un numéro avec l’indicatif du pays, ou laissez le champ vide.",
        "too_many": "Trop d’essais. Réessayez dans {minutes} min.",
        "too_long": "C’est plus que ce que ce formulaire accepte.",
        "mail_failed": "Le courriel n’a pas pu partir. Votre saisie est toujours là : réessayez"
        " dans quelques minutes.",
        "sent_title": "Consultez votre messagerie",
        "sent": "Nous avons envoyé un courriel à {email}. Ouvrez l’adresse qu’il contient pour"
        " continuer ; elle fonctionne pendant 24 heures.",
        "sent_missing": "Rien après quelques minutes ? Regardez dans les indésirables, vérifiez"
        " l’adresse ci-dessus et remplissez de nouveau le formulaire si elle est fausse.",
        "back": "Retour au formulaire",
        "confirm_title": "Confirmez votre adresse électronique",
        "confirm": "Vous souhaitez rejoindre {name} avec {email}.",
        "confirm_button": "Oui, c’est mon adresse",
        "confirm_not_you": "Si ce n’était pas vous, fermez cette page : il ne se passera rien.",
        "done_title": "Bienvenue",
        "done": "Votre numéro pour {name} :",
        "done_kept": "Nous l’avons aussi envoyé à {email}. Cette page le montre de nouveau tant"
        " que son adresse fonctionne.",
        "next": "Et maintenant",
        "next_client": "Ce navigateur suffit. Le code arrive à votre adresse électronique.",
        "next_apps": "Avec une application",
        "next_app": "Configurez une application :",
        "next_app_link": "lesquelles, et comment",
        "next_number": "Quand l’application demande un numéro de téléphone, saisissez celui"
        " ci-dessus.",
        "next_code": "Elle demande ensuite un code. Il arrive à votre adresse électronique.",
        "gone_title": "Ce lien ne fonctionne pas (ou plus)",
        "gone": "Il a peut-être été utilisé, a expiré ou est coupé. Vérifiez que toute l’adresse a"
        " été copiée ; sinon, demandez-en un nouveau à la personne qui vous a envoyé l’invitation.",
        "gone_signed": "Si vous avez déjà votre numéro, aucun lien n’est nécessaire :"
        " connectez-vous avec lui.",
        "closed_title": "Il n’est pas possible de rejoindre pour le moment",
        "closed": "Ce serveur ne peut pas encore envoyer de courriels. Dites-le à la personne qui"
        " vous a envoyé l’invitation et réessayez le même lien plus tard.",
        "apps_title": "Configurer une application",
        "apps_client": "N’importe quel navigateur convient, sur ordinateur ou téléphone : rien à"
        " installer.",
        "apps_lead": "Il faut une application configurée pour ce serveur. Les personnes qui"
        " tiennent"
        " {name} en ont peut-être une prête : demandez-leur d’abord.",
        "apps_values": "Si vous en configurez une vous-même, ou utilisez une bibliothèque comme"
        " Telethon, Pyrogram ou mtcute, elle demande ceci :",
        "apps_address": "Adresse",
        "apps_dc": "Numéro du centre de données",
        "apps_fingerprint": "Empreinte de la clé",
        "apps_key": "Clé publique",
        "apps_number": "Connectez-vous ensuite avec votre numéro. Le code arrive à votre adresse"
        " électronique, plus tard sur vos autres appareils.",
    },
}
TEXTS = table(_WRITTEN)
