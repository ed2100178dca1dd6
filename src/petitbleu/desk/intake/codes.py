"""What the codes of a case mean, in English and French. ``docs/desk/codes.md`` is made of this."""

from __future__ import annotations

from petitbleu.desk.intake.codes_verdicts import VERDICTS as VERDICTS
from petitbleu.typography import spaced

WARNINGS: dict[str, tuple[str, str]] = {
    # who sends
    "authentication_failed": (
        "The own mail server found that the letter does not come from the domain it names.",
        "Le serveur de courrier a constaté que la lettre ne vient pas du domaine annoncé.",
    ),
    "not_authenticated": (
        "It speaks as an authority; nothing proves that it comes from its domain.",
        "Elle parle au nom d’une autorité ; rien ne prouve qu’elle vient de son domaine.",
    ),
    "forged_authentication_results": (
        "It brought along a result of authentication in our server’s name; it was ignored.",
        "Elle portait un résultat d’authentification au nom de notre serveur ; il a été ignoré.",
    ),
    "look_alike_domain": (
        "The sender’s domain looks like one of the directory and is another.",
        "Le domaine de l’expéditeur ressemble à un domaine de l’annuaire sans en être un.",
    ),
    "free_mail_authority": (
        "It speaks as an authority from an address that anybody can get.",
        "Elle parle au nom d’une autorité depuis une adresse que chacun peut obtenir.",
    ),
    "not_in_directory": (
        "An order whose sender is not in the directory: check before acting.",
        "Une injonction dont l’expéditeur n’est pas dans l’annuaire : à vérifier avant d’agir.",
    ),
    "reply_to_elsewhere": (
        "Answers would go to another domain than the sender’s.",
        "Les réponses iraient à un autre domaine que celui de l’expéditeur.",
    ),
    "no_prior_information": (
        "The first removal order of this authority, without the information that comes before it"
        " (2021/784 Art 3(2)): a formal remark, not a ground to wait.",
        "La première injonction de retrait de cette autorité, sans l’information préalable"
        " (2021/784 art. 3(2)) : une remarque de forme, pas un motif d’attendre.",
    ),
    "trusted_flagger_not_listed": (
        "It says that it comes from a trusted flagger; the directory does not.",
        "Elle se dit d’un signaleur de confiance ; l’annuaire ne le dit pas.",
    ),
    "several_senders": ("It names several senders.", "Elle nomme plusieurs expéditeurs."),
    "no_sender": ("It names no sender.", "Elle ne nomme aucun expéditeur."),
    "notifier_suspended": (
        "Notices of this sender are not worked for a time (Art 23 DSA); a person still looks.",
        "Les signalements de cette personne sont suspendus pour un temps (art. 23 DSA) ; une"
        " personne regarde tout de même.",
    ),
    "complainant_suspended": (
        "Objections of this person are not worked for a time (Art 23 DSA); a person still looks.",
        "Les contestations de cette personne sont suspendues pour un temps (art. 23 DSA) ; une"
        " personne regarde tout de même.",
    ),
    # to which case
    "unknown_reference": (
        "It cites a number of ours that we do not have.",
        "Elle cite un numéro de chez nous qui n’existe pas.",
    ),
    "foreign_reference": (
        "It cites the number of a case of somebody else; it was not joined to it.",
        "Elle cite le numéro du cas de quelqu’un d’autre ; elle n’y a pas été jointe.",
    ),
    "related_case": (
        "It names a case, but is an order of its own with its own clocks.",
        "Elle nomme un cas, mais c’est une injonction à part, avec ses propres délais.",
    ),
    "new_targets": (
        "A later letter names places that the first one did not: they have no clock of their own.",
        "Une lettre suivante nomme des lieux que la première ne nommait pas : sans délai propre.",
    ),
    # how it was written
    "hidden_characters": (
        "Characters that turn or hide text were taken out.",
        "Des caractères qui retournent ou cachent du texte ont été retirés.",
    ),
    "nul_bytes": ("NUL bytes were taken out.", "Des octets nuls ont été retirés."),
    "headers_too_large": (
        "More than 64 KiB of headers: the rest of them was not read.",
        "Plus de 64 Kio d’en-têtes : le reste n’a pas été lu.",
    ),
    "header_unreadable": (
        "A line among the headers is none.",
        "Une ligne parmi les en-têtes n’en est pas un.",
    ),
    "mime_defects": ("Its structure has faults.", "Sa structure a des défauts."),
    "mime_unreadable": (
        "Its structure cannot be read: it was read as plain text.",
        "Sa structure est illisible : elle a été lue comme du texte.",
    ),
    "nested_too_deep": (
        "Parts within parts beyond the limit were not opened.",
        "Des parties emboîtées au-delà de la limite n’ont pas été ouvertes.",
    ),
    "too_many_parts": (
        "It has more than 200 parts: the rest was not opened.",
        "Elle a plus de 200 parties : le reste n’a pas été ouvert.",
    ),
    "too_many_attachments": (
        "It has more than 50 attachments: the rest was not looked at.",
        "Elle a plus de 50 pièces jointes : le reste n’a pas été regardé.",
    ),
    "text_cut": (
        "Its text was too long and was cut.",
        "Son texte était trop long, il a été coupé.",
    ),
    "not_read_in_full": (
        "Reading it took too long or failed: read the original.",
        "La lire a pris trop de temps ou a échoué : lire l’original.",
    ),
    "not_sorted_in_full": (
        "Only the beginning and end of its parts were looked at to sort it: read it all.",
        "Seuls le début et la fin de ses parties ont servi à la trier : la lire en entier.",
    ),
    "no_text": ("It has no text.", "Elle n’a pas de texte."),
    # what is attached
    "attachment_refused": (
        "An attachment may not be opened; its verdict says why.",
        "Une pièce jointe ne doit pas être ouverte ; son verdict dit pourquoi.",
    ),
    "attachment_disguised": (
        "An attachment is not what its name says.",
        "Une pièce jointe n’est pas ce que dit son nom.",
    ),
    "pdf_active_content": (
        "A PDF carries scripts, forms or files; only its text was read.",
        "Un PDF contient scripts, formulaires ou fichiers ; seul son texte a été lu.",
    ),
}

DEFECTS: dict[str, tuple[str, str]] = {
    "legal_basis_missing": ("No legal basis is named.", "Aucune base légale n’est citée."),
    "reasons_missing": (
        "It does not say why the content is illegal, or what the data are for.",
        "Elle ne dit pas pourquoi le contenu est illicite, ou à quoi serviront les données.",
    ),
    "authority_missing": (
        "The authority cannot be identified.",
        "L’autorité ne peut pas être identifiée.",
    ),
    "issuing_state_missing": ("The issuing State is not named.", "L’État d’émission manque."),
    "location_missing": (
        "No exact place of the content is named.",
        "L’emplacement exact du contenu manque.",
    ),
    "recipient_not_identified": (
        "The person or account cannot be identified.",
        "La personne ou le compte ne peut pas être identifié.",
    ),
    "information_not_named": (
        "It does not say which information is wanted.",
        "Elle ne dit pas quelles informations sont demandées.",
    ),
    "redress_missing": ("No redress is named.", "Aucune voie de recours n’est indiquée."),
    "report_to_missing": (
        "It does not say to whom the effect is to be reported.",
        "Elle ne dit pas à qui rendre compte des suites.",
    ),
    "territorial_scope_missing": (
        "No territorial scope is named (DSA Art 9(2)(b)): taken as national.",
        "La portée territoriale manque (DSA art. 9(2)(b)) : prise pour nationale.",
    ),
    "language_not_declared": (
        "It is in no language that the operator has declared.",
        "Elle n’est dans aucune langue déclarée par l’opérateur.",
    ),
    "addressee_missing": ("No addressee is named.", "Le destinataire manque."),
    "identifiers_missing": (
        "No identifier of an account is named.",
        "Aucun identifiant de compte n’est indiqué.",
    ),
    "data_categories_missing": (
        "No category of data is named.",
        "Aucune catégorie de données n’est indiquée.",
    ),
    "offence_missing": ("No offence is named.", "Aucune infraction n’est indiquée."),
    "issuing_state_is_our_own": (
        "A European order from our own State: an error or a fraud (2023/1543 Art 1).",
        "Une injonction européenne de notre propre État : erreur ou fraude (2023/1543 art. 1).",
    ),
} | {
    f"section_{letter}_missing": (
        f"Section {letter.upper()} of the form of Regulation (EU) 2021/784 is missing.",
        f"La section {letter.upper()} du formulaire du règlement (UE) 2021/784 manque.",
    )
    for letter in "abcdefg"
}

REASONS: dict[str, tuple[str, str]] = {
    "tells_csam": (
        "It tells of sexual abuse of children.",
        "Elle parle d’abus sexuels sur des enfants.",
    ),
    "tells_terror": (
        "It tells of terrorism and of a danger that is near.",
        "Elle parle de terrorisme et d’un danger proche.",
    ),
    "tells_threat": (
        "It tells of a threat to somebody’s life or safety.",
        "Elle parle d’une menace pour la vie ou la sécurité de quelqu’un.",
    ),
    "tells_danger": (
        "The model of danger, which reads every text, finds that somebody is in danger.",
        "Le modèle de danger, qui lit chaque texte, trouve que quelqu’un est en danger.",
    ),
    "tells_perhaps": (
        "The model of danger, which reads every text, finds that somebody may be in danger.",
        "Le modèle de danger, qui lit chaque texte, trouve que quelqu’un est peut-être en danger.",
    ),
    "danger_near": (
        "The danger is near.",
        "Le danger est proche.",
    ),
    "from_flagger": (
        "It comes from a trusted flagger of the directory.",
        "Elle vient d’un signaleur de confiance de l’annuaire.",
    ),
    "claims_flagger": (
        "It says that it comes from a trusted flagger.",
        "Elle se dit d’un signaleur de confiance.",
    ),
    "contests_tco": (
        "It contests a removal as terrorist content.",
        "Elle conteste un retrait pour contenu terroriste.",
    ),
    "contests": (
        "It contests a decision.",
        "Elle conteste une décision.",
    ),
    "disputes": (
        "It is about out-of-court dispute settlement.",
        "Elle concerne un règlement extrajudiciaire.",
    ),
    "own_data": (
        "It asks about the sender’s own personal data.",
        "Elle porte sur les données personnelles de son auteur.",
    ),
    "tells_breach": (
        "It tells of a leak of personal data.",
        "Elle parle d’une fuite de données personnelles.",
    ),
    "reports_content": (
        "It reports content.",
        "Elle signale un contenu.",
    ),
    "names_target": (
        "It names what it is about.",
        "Elle nomme ce qu’elle vise.",
    ),
    "reads_bulk": (
        "It reads like a newsletter or advertising.",
        "Elle ressemble à une lettre d’information ou à une publicité.",
    ),
    "cites_tco": (
        "It cites Regulation (EU) 2021/784.",
        "Elle cite le règlement (UE) 2021/784.",
    ),
    "named_removal": (
        "It is called a removal order.",
        "Elle s’intitule injonction de retrait.",
    ),
    "procedures_first": (
        "It tells procedures and deadlines before a first removal order (2021/784 Art 3(2)).",
        "Elle annonce procédures et délais avant une première injonction (2021/784 art. 3(2)).",
    ),
    "no_order_yet": (
        "It says that it is no order yet.",
        "Elle dit n’être pas encore une injonction.",
    ),
    "orders_removal": (
        "It orders content to be removed or blocked.",
        "Elle ordonne de retirer ou de bloquer un contenu.",
    ),
    "names_court": (
        "It names a court or prosecutor.",
        "Elle nomme un tribunal ou un parquet.",
    ),
    "speaks_official": (
        "It speaks as an authority.",
        "Elle parle au nom d’une autorité.",
    ),
    "asks_data": (
        "It asks for data about a user.",
        "Elle demande des données sur un utilisateur.",
    ),
    "cites_data_law": (
        "It cites a law under which authorities of its State ask for data.",
        "Elle cite une loi par laquelle les autorités de son État demandent des données.",
    ),
    "names_justice": (
        "It names a court, prosecutor or police.",
        "Elle nomme un tribunal, un parquet ou la police.",
    ),
    "cites_evidence": (
        "It cites the e-Evidence Regulation (EU) 2023/1543.",
        "Elle cite le règlement e-Evidence (UE) 2023/1543.",
    ),
    "is_epoc_emergency": (
        "It is a European Production Order for an emergency (8 hours).",
        "C’est une injonction européenne de production d’urgence (8 heures).",
    ),
    "is_epoc": (
        "It is a European Production Order.",
        "C’est une injonction européenne de production.",
    ),
    "is_epoc_pr": (
        "It is about a European Preservation Order.",
        "Elle concerne une injonction européenne de conservation.",
    ),
    "cites_cpp": (
        "It cites the French code of criminal procedure.",
        "Elle cite le code de procédure pénale.",
    ),
    "named_requisition": (
        "It is called a requisition.",
        "Elle s’intitule réquisition.",
    ),
    "is_admin_removal": (
        "It is an administrative removal request.",
        "C’est une demande administrative de retrait.",
    ),
    "cites_lcen": (
        "It cites Article 6-1 or 6-2 of the French law of 21 June 2004.",
        "Elle cite l’article 6-1 ou 6-2 de la loi du 21 juin 2004.",
    ),
    "from_office": (
        "It comes from the French office against cybercrime.",
        "Elle vient de l’Office anti-cybercriminalité.",
    ),
    "directory_spoofed": (
        "The domain is in the directory, but the letter does not come from there.",
        "Le domaine est dans l’annuaire, mais la lettre n’en vient pas.",
    ),
    "official_unproved": (
        "It speaks as an authority, but the sender could not be authenticated.",
        "Elle parle au nom d’une autorité, mais l’expéditeur n’a pu être authentifié.",
    ),
    "official_free_mail": (
        "It speaks as an authority from an address that anybody can get.",
        "Elle parle au nom d’une autorité depuis une adresse que chacun peut obtenir.",
    ),
    "answers_free_mail": (
        "Answers go to an address that anybody can get.",
        "Les réponses vont à une adresse que chacun peut obtenir.",
    ),
    "own_state_order": (
        "No authority of our own State can send a European order (2023/1543 Art 1).",
        "Nulle autorité de notre État ne peut envoyer d’injonction européenne (2023/1543 art. 1).",
    ),
    "listed_no_kind": (
        "It comes from an authority of the directory, but fits no kind.",
        "Elle vient d’une autorité de l’annuaire, mais n’entre dans aucune nature.",
    ),
    "official_no_kind": (
        "It looks like the letter of an authority, but fits no kind.",
        "On dirait la lettre d’une autorité, mais elle n’entre dans aucune nature.",
    ),
    "no_kind": (
        "It fits no kind.",
        "Elle n’entre dans aucune nature.",
    ),
    "notice_form": (
        "It came by the notice form (Article 16).",
        "Elle est venue par le formulaire de signalement (article 16).",
    ),
    "cites_dsa": (
        "It cites Article {what} of the Digital Services Act.",
        "Elle cite l’article {what} du règlement sur les services numériques.",
    ),
    "sent_to": (
        "It was sent to {what}@.",
        "Elle fut envoyée à {what}@.",
    ),
    "sections": (
        "It has {what} sections of the form.",
        "Elle a {what} sections du formulaire.",
    ),
    "annex": (
        "It is {what} of the Regulation.",
        "C’est l’annexe du règlement : {what}.",
    ),
    "from_regulator": (
        "It comes from a regulator ({what}).",
        "Elle vient d’un régulateur ({what}).",
    ),
    "list_headers": (
        "It carries headers of a mailing list ({what}).",
        "Elle porte des en-têtes de liste de diffusion ({what}).",
    ),
    "looks_like": (
        "The sender’s domain looks like {what} of the directory.",
        "Le domaine de l’expéditeur ressemble à {what} de l’annuaire.",
    ),
    "complaint_form": (
        "It came by the form of objection to decision {what}.",
        "Elle est venue par le formulaire de contestation de la décision {what}.",
    ),
    "app_report": (
        "It was reported in the app as “{what}”.",
        "Signalé dans l’application comme « {what} ».",
    ),
    "typed_authority": (
        "Whoever typed it in named an authority of the directory: {what}.",
        "Qui l’a saisie a nommé une autorité de l’annuaire : {what}.",
    ),
    "routed": (
        "The rule “{what}” says so.",
        "La règle « {what} » le veut.",
    ),
}
"""Why a letter was sorted as it is: ``code`` or ``code=what``."""


def sentence(code: str, language: str) -> str:
    """What a code says, in French or English; the code itself where it is none of ours.

    A reason may bring what it found along: ``sent_to=legal``.
    """
    name, _, what = code.partition("=")
    for table in (WARNINGS, DEFECTS, VERDICTS, REASONS):
        if name in table:
            return spaced(language, table[name][language == "fr"]).replace("{what}", what)
    return code


def document() -> str:
    """``docs/desk/codes.md``."""
    parts = [
        "# Codes of a case",
        "",
        "`petitbleu desk case` and the workplace name what was noticed by codes. This page is made"
        " from",
        "`src/petitbleu/desk/intake/codes.py`; a test keeps them the same.",
    ]
    for title, table in (
        ("Warnings (`warnings`)", WARNINGS),
        ("Formal defects (`formal_defects`): they never stop a clock", DEFECTS),
        ("Verdicts on attachments (`attachments[].verdict`)", VERDICTS),
        ("Reasons of the sorting (`reasons`): `code`, or `code=what`", REASONS),
    ):
        parts += ["", f"## {title}", "", "| code | meaning | sens |", "|---|---|---|"]
        parts += [
            f"| `{code}` | {english} | {spaced('fr', french)} |"
            for code, (english, french) in table.items()
        ]
    return "\n".join(parts) + "\n"
