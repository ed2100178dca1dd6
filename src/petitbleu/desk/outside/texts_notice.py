"""Words of the notice form and of the authorities' page, in English and French."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "notice_title": "Report content",
        "notice_lead": "You saw something on {service} that is against the law or the rules? Tell"
        " us here. You need no account. A person reads it.",
        "danger_title": "Is somebody in danger now?",
        "danger": "Call for help first: {numbers}. Then tell us.",
        "child_title": "Sexual abuse of children",
        "child": "You may stay anonymous. Do not send us files, and do not save or forward any:"
        " that is an offence in most countries, and a link is enough for us. You can also report to"
        " the police: in France PHAROS (internet-signalement.gouv.fr) or Point de Contact"
        " (pointdecontact.net); elsewhere a hotline of inhope.org.",
        "links": "Where is it?",
        "links_hint": "One link, @name or number per line. In the app: hold the message or post,"
        " “Copy link”. No link? Name the group or channel and quote the beginning of the text.",
        "category": "What is it about?",
        "category_choose": "Choose…",
        "explanation": "Why do you think it is illegal or against the rules?",
        "explanation_hint": "Say what there is to see and what is wrong with it, at least"
        " {least} characters. A person who knows nothing of it should understand.",
        "law": "Law or rule (optional)",
        "law_hint": "If you know it, e.g. French Penal Code, article 226-1.",
        "name": "Your name, or that of your organisation",
        "name_hint": "We give your name to the person concerned only if strictly necessary"
        " (Article 17(3)(b) DSA).",
        "email": "Your e-mail address",
        "email_hint": "We send you a receipt and the decision. You confirm the address by a link.",
        "anonymous": "Stay anonymous (only for sexual abuse of children). You get a number and a"
        " key to follow the report.",
        "language": "Language of our answer",
        "faith": "I believe in good faith that what I write here is accurate and complete.",
        "trap": "Leave this field empty",
        "send": "Send the report",
        "fields_required": "All fields are needed, except where it says “optional”.",
        "problems": "The report has not been sent yet. Please look at this:",
        "links.missing": "Say where it is.",
        "links.many": "Name at most {most} places in one report.",
        "links.long": "One of the lines is too long for a link.",
        "category.missing": "Choose what it is about, or “I am not sure”.",
        "explanation.short": "Please explain a little more: at least {least} characters.",
        "explanation.long": "The explanation is too long: at most {longest} characters.",
        "law.long": "Please name the law in at most {law} characters.",
        "name.missing": "Say your name, or that of your organisation.",
        "name.long": "The name is too long.",
        "email.missing": "Give an e-mail address.",
        "email.invalid": "This is not an e-mail address.",
        "anonymous.other": "Only reports of sexual abuse of children may be anonymous (Article 16"
        " of Regulation (EU) 2022/2065). Give a name and an address.",
        "faith.missing": "Please confirm that you report in good faith.",
        "shield.trap": "Please leave the last field empty and send again: machines fill it.",
        "shield.quick": "That was very fast. Please send once more.",
        "shield.stale": "The page was open for long. Nothing is lost: please send once more.",
        "too_long": "That is too much text for this form. Nothing was sent.",
        "too_many": "Too many from this connection. Please try again in {minutes} min. If a"
        " child or a life is in danger, call {numbers} or write to {address}.",
        "received_title": "We have your report",
        "received_joined": "You reported this before: it was added to the report you made then.",
        "received_number": "Number",
        "received_key": "Key",
        "received_keep": "Keep both: with them you can see at any time what became of it.",
        "received_follow": "Follow the report",
        "received_next": "What happens now",
        "received_next_text": "A person looks at it, usually within {hours} hours. You are told"
        " what was decided and what you can do if you disagree.",
        "received_confirm": "We have sent you an e-mail. Please open the link in it: then we know"
        " that we can write to you there.",
        "received_child": "It goes to a specialist at once.",
        "confirm_title": "Is this your address?",
        "confirm_text": "Report {number}: we write to this address what is decided.",
        "confirm_button": "Yes, this is my address",
        "confirmed_title": "Thank you",
        "confirmed_text": "We write to you about {number}.",
        "gone_title": "This link does not work",
        "gone_text": "It is too old or incomplete. The report itself is not lost: follow it with"
        " its number and key.",
        "orders_title": "For authorities",
        "orders_lead": "Upload an order or request here: removal orders, orders to act or to give"
        " information, production and preservation orders, requisitions. You need no account.",
        "orders_time": "The time of receipt is that of the upload. A case is opened at once and"
        " the person on call is alerted, day and night.",
        "authority": "Authority",
        "authority_hint": "Name and State of the authority.",
        "authority_email": "E-mail address for our answer",
        "authority_email_hint": "At the authority’s own domain. We verify it before anything is"
        " disclosed.",
        "reference": "Your reference (optional)",
        "phone": "Telephone (optional)",
        "phone_hint": "For urgent questions. For disclosures we call a number from our own"
        " directory.",
        "orders_links": "Content or accounts concerned (optional)",
        "files": "Files",
        "files_hint": "PDF (signed), mail files, office documents, images or age-encrypted files;"
        " at most {files} files and {megabytes} MB together.",
        "message": "Message (optional)",
        "orders_send": "Upload",
        "orders_key": "Encryption",
        "orders_key_text": "You may encrypt files with age (age-encryption.org) to this key:",
        "files.missing": "Choose at least one file, or write a message of {least} characters.",
        "files.many": "At most {files} files at once.",
        "files.large": "The files are larger than {megabytes} MB together.",
        "authority.missing": "Name the authority.",
        "authority.long": "The name of the authority is too long.",
        "authority_email.missing": "Give an e-mail address.",
        "authority_email.invalid": "This is not an e-mail address.",
        "orders_problems": "Nothing has been stored yet. Please look at this:",
        "receipt_title": "Received",
        "receipt_at": "Time of receipt",
        "receipt_files": "What was stored",
        "receipt_print": "This page is your receipt: print it. Number and key show what becomes of"
        " it.",
        "bytes": "{count} bytes",
        "sha": "SHA-256",
    },
    "fr": {
        "notice_title": "Signaler un contenu",
        "notice_lead": "Vous avez vu sur {service} quelque chose de contraire à la loi ou aux"
        " règles ? Dites-le ici. Aucun compte n’est nécessaire. Une personne vous lit.",
        "danger_title": "Quelqu’un est en danger maintenant ?",
        "danger": "Appelez d’abord à l’aide : {numbers}. Ensuite, prévenez-nous.",
        "child_title": "Violences sexuelles sur mineurs",
        "child": "Vous pouvez rester anonyme. Ne nous envoyez pas de fichier, n’en enregistrez et"
        " n’en transférez aucun : c’est un délit dans la plupart des pays, et un lien nous suffit."
        " Vous pouvez aussi prévenir la police : en France PHAROS (internet-signalement.gouv.fr) ou"
        " Point de Contact (pointdecontact.net) ; ailleurs, un service d’inhope.org.",
        "links": "Où est-ce ?",
        "links_hint": "Un lien, un @nom ou un numéro par ligne. Dans l’application : appui long sur"
        " le message ou la publication, « Copier le lien ». Pas de lien ? Nommez le groupe ou le"
        " canal et citez le début du texte.",
        "category": "De quoi s’agit-il ?",
        "category_choose": "Choisissez…",
        "explanation": "Pourquoi est-ce illégal ou contraire aux règles, selon vous ?",
        "explanation_hint": "Dites ce qu’on voit et ce qui ne va pas, en {least} caractères au"
        " moins. Une personne qui n’en sait rien doit comprendre.",
        "law": "Loi ou règle (facultatif)",
        "law_hint": "Si vous la connaissez, p. ex. code pénal, article 226-1.",
        "name": "Votre nom, ou celui de votre organisation",
        "name_hint": "Votre nom n’est communiqué à la personne concernée que si c’est strictement"
        " nécessaire (article 17, paragraphe 3, point b), du DSA).",
        "email": "Votre adresse électronique",
        "email_hint": "Nous y envoyons un accusé de réception et la décision. Vous confirmez"
        " l’adresse par un lien.",
        "anonymous": "Rester anonyme (seulement pour les violences sexuelles sur mineurs). Vous"
        " recevez un"
        " numéro et une clé pour suivre le signalement.",
        "language": "Langue de notre réponse",
        "faith": "Je crois de bonne foi que ce que j’écris ici est exact et complet.",
        "trap": "Laissez ce champ vide",
        "send": "Envoyer le signalement",
        "fields_required": "Tous les champs sont nécessaires, sauf mention « facultatif ».",
        "problems": "Le signalement n’est pas encore envoyé. Merci de regarder ceci :",
        "links.missing": "Dites où cela se trouve.",
        "links.many": "Indiquez au plus {most} endroits par signalement.",
        "links.long": "Une des lignes est trop longue pour un lien.",
        "category.missing": "Choisissez de quoi il s’agit, ou « Je ne sais pas ».",
        "explanation.short": "Expliquez un peu plus : au moins {least} caractères.",
        "explanation.long": "L’explication est trop longue : au plus {longest} caractères.",
        "law.long": "Indiquez la loi en {law} caractères au plus.",
        "name.missing": "Indiquez votre nom ou celui de votre organisation.",
        "name.long": "Le nom est trop long.",
        "email.missing": "Indiquez une adresse électronique.",
        "email.invalid": "Ce n’est pas une adresse électronique.",
        "anonymous.other": "Seuls les signalements de violences sexuelles sur mineurs peuvent être"
        " anonymes"
        " (article 16 du règlement (UE) 2022/2065). Indiquez un nom et une adresse.",
        "faith.missing": "Confirmez que vous signalez de bonne foi.",
        "shield.trap": "Laissez vide le dernier champ et envoyez de nouveau : les machines le"
        " remplissent.",
        "shield.quick": "C’était très rapide. Merci d’envoyer encore une fois.",
        "shield.stale": "La page est restée longtemps ouverte. Rien n’est perdu : envoyez encore"
        " une fois.",
        "too_long": "C’est trop de texte pour ce formulaire. Rien n’a été envoyé.",
        "too_many": "Trop d’envois depuis cette connexion. Réessayez dans {minutes} min. Si un"
        " enfant ou une vie est en danger, appelez le {numbers} ou écrivez à {address}.",
        "received_title": "Nous avons votre signalement",
        "received_joined": "Vous l’aviez déjà signalé : ceci est joint au dossier de la première"
        " fois.",
        "received_number": "Numéro",
        "received_key": "Clé",
        "received_keep": "Gardez les deux : ils permettent de voir à tout moment où cela en est.",
        "received_follow": "Suivre le signalement",
        "received_next": "Et maintenant",
        "received_next_text": "Une personne l’examine, d’ordinaire en {hours} heures. Vous apprenez"
        " ce qui est décidé et ce que vous pouvez faire si vous n’êtes pas d’accord.",
        "received_confirm": "Nous vous avons envoyé un courriel. Ouvrez le lien qu’il contient :"
        " nous saurons que nous pouvons vous y écrire.",
        "received_child": "Il part tout de suite chez une personne spécialisée.",
        "confirm_title": "Est-ce votre adresse ?",
        "confirm_text": "Signalement {number} : nous écrivons à cette adresse ce qui est décidé.",
        "confirm_button": "Oui, c’est mon adresse",
        "confirmed_title": "Merci",
        "confirmed_text": "Nous vous écrivons au sujet de {number}.",
        "gone_title": "Ce lien ne marche pas",
        "gone_text": "Il est trop ancien ou incomplet. Le signalement n’est pas perdu : suivez-le"
        " avec son numéro et sa clé.",
        "orders_title": "Pour les autorités",
        "orders_lead": "Déposez ici une injonction ou une demande : injonctions de retrait, d’agir"
        " ou de fournir des informations, injonctions de production et de conservation,"
        " réquisitions. Aucun compte n’est nécessaire.",
        "orders_time": "L’heure de réception est celle du dépôt. Un dossier est ouvert aussitôt et"
        " la personne d’astreinte est alertée, jour et nuit.",
        "authority": "Autorité",
        "authority_hint": "Nom et État de l’autorité.",
        "authority_email": "Adresse électronique pour notre réponse",
        "authority_email_hint": "Dans le domaine de l’autorité. Nous la vérifions avant toute"
        " communication de données.",
        "reference": "Votre référence (facultatif)",
        "phone": "Téléphone (facultatif)",
        "phone_hint": "Pour les questions urgentes. Avant de communiquer des données, nous appelons"
        " un numéro de notre propre annuaire.",
        "orders_links": "Contenus ou comptes visés (facultatif)",
        "files": "Fichiers",
        "files_hint": "PDF (signé), courriels, documents, images ou fichiers chiffrés avec age ;"
        " au plus {files} fichiers et {megabytes} Mo en tout.",
        "message": "Message (facultatif)",
        "orders_send": "Déposer",
        "orders_key": "Chiffrement",
        "orders_key_text": "Vous pouvez chiffrer les fichiers avec age (age-encryption.org) pour"
        " cette clé :",
        "files.missing": "Choisissez au moins un fichier, ou écrivez un message de {least}"
        " caractères.",
        "files.many": "Au plus {files} fichiers à la fois.",
        "files.large": "Les fichiers dépassent {megabytes} Mo en tout.",
        "authority.missing": "Indiquez l’autorité.",
        "authority.long": "Le nom de l’autorité est trop long.",
        "authority_email.missing": "Indiquez une adresse électronique.",
        "authority_email.invalid": "Ce n’est pas une adresse électronique.",
        "orders_problems": "Rien n’est encore enregistré. Merci de regarder ceci :",
        "receipt_title": "Reçu",
        "receipt_at": "Heure de réception",
        "receipt_files": "Ce qui est enregistré",
        "receipt_print": "Cette page est votre accusé de réception : imprimez-la. Le numéro et la"
        " clé montrent la suite.",
        "bytes": "{count} octets",
        "sha": "SHA-256",
    },
}
