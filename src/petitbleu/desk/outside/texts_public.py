"""Words of the pages that say who we are and what holds here, in English and French."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "en": {
        "contact_title": "Contact",
        "contact_lead": "{service} is run by {provider} ({country}). This page names the points of"
        " contact of Articles 11 to 13 of Regulation (EU) 2022/2065.",
        "contact_authorities": "For authorities",
        "contact_authorities_text": "Orders and requests reach us by e-mail or by the upload page."
        " Both are watched around the clock; a receipt with a number follows within minutes.",
        "contact_authorities_what": "Please name: the legal basis, the reasons, the exact links,"
        " the territory, the language, until when the matter is secret, and how we can call you"
        " back.",
        "contact_upload": "Upload an order",
        "contact_users": "For users",
        "contact_users_text": "Everybody may write to us, with or without an account. A person"
        " reads what you write.",
        "contact_notice": "Report content",
        "contact_follow": "Follow a report or complaint",
        "contact_mine": "My cases, and objecting to a decision",
        "contact_email": "E-mail",
        "languages": "Languages",
        "postal": "By post",
        "contact_phone": "Telephone",
        "hours": "Hours",
        "tco": "Terrorist content (Regulation (EU) 2021/784), day and night",
        "evidence": "Electronic evidence (Regulation (EU) 2023/1543)",
        "representative": "Legal representative (Article 13)",
        "coordinator": "Digital Services Coordinator",
        "contact_machine": "For machines",
        "contact_nothing": "The operator has not published an address yet. Use the upload page.",
        "rules_title": "Rules of {service}",
        "rules_version": "Version {version}",
        "rules_none": "The operator has published no rules of its own. What the law forbids is"
        " forbidden here too.",
        "rules_moderation": "How content is looked at",
        "rules_how": "People look at what is reported, nobody reads private chats on their own"
        " account. People decide on reports. The spam filter can keep back or discard a visitor’s"
        " comment automatically; its author can write to us. Who is affected by a decision is told"
        " which rule or law"
        " it rests on, and can lodge a complaint for six months, free of charge; somebody else"
        " then decides.",
        "rules_misuse": "People who frequently provide manifestly illegal content are warned"
        " first; their account can then be suspended for a time. People who frequently send"
        " manifestly unfounded notices or complaints are warned first; we can then stop processing"
        " their notices or complaints for a time (Article 23(1) and (2) of Regulation (EU)"
        " 2022/2065).",
        "transparency_title": "Transparency",
        "transparency_lead": "What was ordered, reported and decided here. Figures are counted from"
        " the cases themselves.",
        "transparency_year": "This year so far",
        "transparency_orders": "Orders to act",
        "transparency_information": "Orders to give information",
        "transparency_notices": "Reports of illegal content",
        "transparency_trusted": "of them from trusted flaggers",
        "transparency_measures": "Restrictions on our own initiative",
        "transparency_complaints": "Complaints",
        "transparency_reversed": "of them with a decision that was changed",
        "transparency_median": "Median time until action on a report (hours)",
        "transparency_active": "Monthly active recipients in the Union (average of six months)",
        "transparency_none": "not counted yet",
        "transparency_reports": "Published reports",
        "transparency_no_report": "No report has been published yet.",
        "transparency_corrected": "version {version}: {why}",
        "transparency_signed": "SHA-256 of the list of files: {sha}",
        "transparency_key": "Reports are signed with this Ed25519 key:",
        "transparency_small": "{provider} is a micro or small enterprise: Articles 15(2) and 19 of"
        " Regulation (EU) 2022/2065 do not oblige it to publish this.",
        "transparency_log": "Log of the desk",
        "transparency_log_text": "Every step of a case is written to a log that cannot be changed"
        " unnoticed. Its newest head:",
        "transparency_figure": "Figure",
        "transparency_value": "Value",
        "privacy_title": "Privacy",
        "privacy_lead": "What {provider} keeps about you, why and for how long.",
        "privacy_account": "Your account",
        "privacy_account_text": "Telephone number or the number made for you, name, photo, contacts"
        " you keep, your messages and files: needed for the service (GDPR, Article 6(1)(b))."
        " Sign-ins with address are kept {days} days for your safety and because the law asks hosts"
        " to.",
        "privacy_case": "Reports, orders and complaints",
        "privacy_case_text": "Your name and address when you report something, the text you write"
        " and our answer: a legal duty (Article 6(1)(c)). We give your name to the person concerned"
        " only if strictly necessary (Article 17(3)(b) DSA). Evidence is kept sealed for {kept}"
        " days, longer only while somebody may still object or a court says so.",
        "privacy_comments": "Comments from the web",
        "privacy_comments_text": "Your name and text are published; your e-mail address never is:"
        " it confirms the comment, brings you answers if you ask for them, and our reasons if we"
        " remove it. Against spam we look at the text and at your IP address, which is kept for 30"
        " days (Article 6(1)(f)). By the link in your mail you change or delete the comment for 30"
        " minutes and end mails; later, write to us. What is gone is forgotten with your address"
        " after 220 days at the latest.",
        "privacy_comments_outside": "The text, your name and your browser are also sent to {host},"
        " a service against spam: the form says what exactly.",
        "privacy_pages": "These pages",
        "privacy_pages_text": "No cookie, nothing kept in your browser, nothing from other servers."
        " Pages of channels have a small script of ours, for telling of new posts and copying"
        " links; they work without it. How often a post is read is counted: for a day your reading"
        " it is known by a number made of your IP address, your browser and a key that is thrown"
        " away every day. The number is written nowhere and leads nobody to you.",
        "privacy_rights": "Your rights",
        "privacy_rights_text": "You have the rights of access, rectification, erasure, restriction"
        " of processing, portability and objection (Articles 15 to 21 GDPR). The app exports it"
        " all at once (Settings). We answer within a month. You may also lodge a complaint with a"
        " supervisory authority.",
        "privacy_write": "Write to",
        "accessibility_title": "Accessibility",
        "accessibility_lead": "Goal: WCAG 2.2 AA (EN 301 549). Conformity has not been audited"
        " yet.",
        "accessibility_how": "These pages work without a script, with a keyboard alone, with a"
        " screen"
        " reader, enlarged to 400 %, in light and dark, and on paper. Every form says what is wrong"
        " in words and keeps what you typed.",
        "accessibility_client": "The chat in the browser (/app) needs a script. Everything in it is"
        " done with a keyboard alone; each screen is tested with axe in light, dark and on a phone"
        " of 360 pixels, and reflows at 320. Not yet: captions for videos and transcripts of voice"
        " messages.",
        "accessibility_state": "State: tested with an automatic checker (axe) and by hand; no"
        " independent audit has been made yet. The apps you use are made by others.",
        "accessibility_help": "Something is in your way? Tell us, and we answer in the way you"
        " need: the addresses are on the contact page.",
        "legal_title": "Legal notice",
        "legal_operator": "Operator",
        "legal_form": "Legal form",
        "legal_number": "Registration",
        "legal_director": "Director of publication",
        "legal_hosting": "Hosting",
        "legal_country": "Country",
        "legal_software": "Software: petitbleu {version}, free software under the Apache 2.0"
        " licence.",
    },
    "fr": {
        "contact_title": "Contact",
        "contact_lead": "{service} est tenu par {provider} ({country}). Cette page indique les"
        " points de contact des articles 11 à 13 du règlement (UE) 2022/2065.",
        "contact_authorities": "Pour les autorités",
        "contact_authorities_text": "Les injonctions et demandes nous parviennent par courriel ou"
        " par la page de dépôt. Les deux sont surveillés jour et nuit ; un accusé de réception"
        " numéroté suit en quelques minutes.",
        "contact_authorities_what": "Merci d’indiquer : la base légale, les motifs, les liens"
        " exacts, le territoire, la langue, jusqu’à quand l’affaire est secrète, et comment vous"
        " rappeler.",
        "contact_upload": "Déposer une injonction",
        "contact_users": "Pour les utilisateurs",
        "contact_users_text": "Tout le monde peut nous écrire, avec ou sans compte. Une personne"
        " lit ce que vous écrivez.",
        "contact_notice": "Signaler un contenu",
        "contact_follow": "Suivre un signalement ou une réclamation",
        "contact_mine": "Mes dossiers, contester une décision",
        "contact_email": "E-mail",
        "languages": "Langues",
        "postal": "Par courrier",
        "contact_phone": "Téléphone",
        "hours": "Horaires",
        "tco": "Contenus terroristes (règlement (UE) 2021/784), jour et nuit",
        "evidence": "Preuves électroniques (règlement (UE) 2023/1543)",
        "representative": "Représentant légal (article 13)",
        "coordinator": "Coordinateur pour les services numériques",
        "contact_machine": "Pour les machines",
        "contact_nothing": "L’exploitant n’a pas encore publié d’adresse. Utilisez la page de"
        " dépôt.",
        "rules_title": "Règles de {service}",
        "rules_version": "Version {version}",
        "rules_none": "L’exploitant n’a pas publié de règles propres. Ce que la loi interdit est"
        " interdit ici aussi.",
        "rules_moderation": "Comment les contenus sont examinés",
        "rules_how": "Des personnes examinent ce qui est signalé ; personne ne lit les discussions"
        " privées de sa propre initiative. Les décisions sur les signalements sont prises par des"
        " personnes. Le filtre antispam peut retenir ou écarter automatiquement le commentaire d’un"
        " visiteur, qui peut nous écrire. La personne concernée par"
        " une décision apprend sur quelle règle ou quelle loi elle repose et peut la contester"
        " gratuitement pendant six mois ; quelqu’un d’autre décide alors.",
        "rules_misuse": "Les personnes qui fournissent fréquemment des contenus manifestement"
        " illicites reçoivent d’abord un avertissement ; leur compte peut ensuite être suspendu"
        " pour un temps. Celles qui envoient fréquemment des signalements ou des réclamations"
        " manifestement infondés reçoivent d’abord un avertissement ; le traitement de leurs"
        " signalements ou réclamations peut ensuite être suspendu pour un temps (article 23,"
        " paragraphes 1 et 2, du règlement (UE) 2022/2065).",
        "transparency_title": "Transparence",
        "transparency_lead": "Ce qui a été ordonné, signalé et décidé ici. Les chiffres sont"
        " comptés sur les dossiers eux-mêmes.",
        "transparency_year": "Cette année, à ce jour",
        "transparency_orders": "Injonctions d’agir",
        "transparency_information": "Injonctions de fournir des informations",
        "transparency_notices": "Signalements de contenus illégaux",
        "transparency_trusted": "dont signaleurs de confiance",
        "transparency_measures": "Restrictions de notre propre initiative",
        "transparency_complaints": "Réclamations",
        "transparency_reversed": "dont décision modifiée",
        "transparency_median": "Délai médian d’action sur un signalement (heures)",
        "transparency_active": "Destinataires actifs par mois dans l’Union (moyenne de six mois)",
        "transparency_none": "pas encore compté",
        "transparency_reports": "Rapports publiés",
        "transparency_no_report": "Aucun rapport n’a encore été publié.",
        "transparency_corrected": "version {version} : {why}",
        "transparency_signed": "SHA-256 de la liste des fichiers : {sha}",
        "transparency_key": "Les rapports sont signés avec cette clé Ed25519 :",
        "transparency_small": "{provider} est une micro ou petite entreprise : les articles 15(2)"
        " et 19 du règlement (UE) 2022/2065 ne l’obligent pas à publier ceci.",
        "transparency_log": "Journal du guichet",
        "transparency_log_text": "Chaque étape d’un dossier est inscrite dans un journal qu’on ne"
        " peut modifier sans que cela se voie. Sa dernière tête :",
        "transparency_figure": "Donnée",
        "transparency_value": "Valeur",
        "privacy_title": "Confidentialité",
        "privacy_lead": "Ce que {provider} conserve sur vous, pourquoi et combien de temps.",
        "privacy_account": "Votre compte",
        "privacy_account_text": "Numéro de téléphone ou numéro créé pour vous, nom, photo, contacts"
        " que vous gardez, vos messages et fichiers : nécessaires au service (RGPD, article 6(1)b)."
        " Les connexions avec leur adresse sont gardées {days} jours pour votre sécurité et parce"
        " que la loi le demande aux hébergeurs.",
        "privacy_case": "Signalements, injonctions, réclamations",
        "privacy_case_text": "Votre nom et votre adresse quand vous signalez, votre texte et notre"
        " réponse : une obligation légale (article 6(1)c). Votre nom n’est communiqué à la personne"
        " concernée que si c’est strictement nécessaire (article 17, paragraphe 3, point b), du"
        " DSA). Les preuves restent"
        " scellées {kept} jours, plus longtemps seulement tant qu’une contestation est possible ou"
        " si un juge le demande.",
        "privacy_comments": "Commentaires depuis le site",
        "privacy_comments_text": "Votre nom et votre texte sont publiés ; votre adresse"
        " électronique ne l’est jamais : elle confirme le commentaire, vous apporte les"
        " réponses si vous le demandez, et nos motifs si nous le retirons. Contre le spam nous"
        " regardons le texte et votre adresse IP, gardée 30 jours (article 6(1)f). Par le lien"
        " reçu, vous modifiez ou supprimez le commentaire pendant 30 minutes et arrêtez les"
        " envois ; ensuite, écrivez-nous. Ce qui a disparu est oublié avec votre adresse après"
        " 220 jours au plus.",
        "privacy_comments_outside": "Le texte, votre nom et votre navigateur sont aussi envoyés à"
        " {host}, un service contre le spam : le formulaire dit quoi exactement.",
        "privacy_pages": "Ces pages",
        "privacy_pages_text": "Aucun cookie, rien qui soit gardé dans votre navigateur, rien qui"
        " vienne d’autres serveurs. Les pages des canaux ont un petit script à nous, qui annonce"
        " les nouvelles publications et copie les liens ; elles fonctionnent sans lui. Les lectures"
        " d’une publication sont comptées : la vôtre est reconnue pendant un jour par un nombre"
        " tiré de votre adresse IP, de votre navigateur et d’une clé jetée chaque jour. Ce nombre"
        " n’est écrit nulle part et ne mène personne à vous.",
        "privacy_rights": "Vos droits",
        "privacy_rights_text": "Vous disposez des droits d’accès, de rectification, d’effacement,"
        " de limitation du traitement, de portabilité et d’opposition (articles 15 à 21 du RGPD)."
        " L’application les exporte en une fois (Réglages). Nous répondons sous un"
        " mois. Vous pouvez aussi introduire une réclamation auprès de la CNIL ou de l’autorité de"
        " votre pays.",
        "privacy_write": "Écrire à",
        "accessibility_title": "Accessibilité",
        "accessibility_lead": "Objectif : RGAA 4.1 (niveau AA), WCAG 2.2 AA. Audit de conformité"
        " non encore réalisé.",
        "accessibility_how": "Ces pages fonctionnent sans script, au clavier seul, avec un lecteur"
        " d’écran, agrandies à 400 %, en clair et en sombre, et sur papier. Chaque formulaire dit"
        " avec des mots ce qui ne va pas et garde ce que vous avez écrit.",
        "accessibility_client": "La discussion dans le navigateur (/app) a besoin d’un script. Tout"
        " s’y fait au clavier seul ; chaque écran est testé avec axe, en clair, en sombre et sur un"
        " téléphone de 360 pixels, et se réorganise à 320. Pas encore : sous-titres des vidéos et"
        " transcriptions des messages vocaux.",
        "accessibility_state": "État : vérifiées par un outil automatique (axe) et à la main ; pas"
        " encore d’audit indépendant. Les applications que vous utilisez sont faites par d’autres.",
        "accessibility_help": "Quelque chose vous gêne ? Dites-le-nous, nous répondrons par le"
        " moyen qui vous convient : les adresses sont sur la page de contact.",
        "legal_title": "Mentions légales",
        "legal_operator": "Exploitant",
        "legal_form": "Forme juridique",
        "legal_number": "Immatriculation",
        "legal_director": "Directeur ou directrice de la publication",
        "legal_hosting": "Hébergement",
        "legal_country": "Pays",
        "legal_software": "Logiciel : petitbleu {version}, logiciel libre sous licence Apache 2.0.",
    },
}
