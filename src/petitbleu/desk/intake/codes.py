"""What the codes of a case mean, in English and French. ``docs/desk/codes.md`` is made of this."""

from __future__ import annotations

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

VERDICTS: dict[str, tuple[str, str]] = {
    "read": ("Its text was read with the letter.", "Son texte a été lu avec la lettre."),
    "image": ("A picture.", "Une image."),
    "kept": ("Kept, not read.", "Conservée, non lue."),
    "listed": ("An archive: names listed, not opened.", "Une archive : noms listés, non ouverte."),
    "empty": ("Nothing is in it.", "Elle est vide."),
    "pdf_read_in_part": (
        "A PDF with more pages or text than are read.",
        "Un PDF de plus de pages ou de texte qu’il n’en est lu.",
    ),
    "pdf_without_text": (
        "A PDF without text (a scan): a person must read it.",
        "Un PDF sans texte (numérisé) : à lire par une personne.",
    ),
    "pdf_encrypted": ("A PDF with a password.", "Un PDF à mot de passe."),
    "pdf_unreadable": ("A broken PDF.", "Un PDF abîmé."),
    "pdf_too_slow": ("Reading the PDF took too long.", "Lire le PDF a pris trop de temps."),
    "refused_too_large": ("Larger than 25 MiB.", "Plus de 25 Mio."),
    "refused_executable": ("A program.", "Un programme."),
    "refused_script": ("A script.", "Un script."),
    "refused_html": ("A page that can run scripts.", "Une page qui peut exécuter des scripts."),
    "refused_macro": (
        "A document that carries or can carry macros.",
        "Un document qui contient ou peut contenir des macros.",
    ),
    "refused_unknown": ("Of no known kind.", "D’aucun genre connu."),
    "refused_archive": (
        "An archive of a kind that is not listed.",
        "Une archive d’un genre qui n’est pas listé.",
    ),
    "refused_archive_bomb": (
        "An archive that unpacks to far more than it is.",
        "Une archive qui se déploie bien au-delà de sa taille.",
    ),
    "refused_archive_count": ("More than 500 entries.", "Plus de 500 entrées."),
    "refused_archive_depth": ("Folders too deep.", "Dossiers trop profonds."),
    "refused_archive_path": (
        "Names that lead out of a folder, or links.",
        "Noms qui mènent hors d’un dossier, ou liens.",
    ),
    "refused_archive_nested": ("Archives within an archive.", "Des archives dans une archive."),
    "refused_archive_program": ("Programs or scripts within.", "Programmes ou scripts dedans."),
    "refused_archive_encrypted": ("An archive with a password.", "Une archive à mot de passe."),
    "refused_archive_broken": ("A broken archive.", "Une archive abîmée."),
}


def sentence(code: str, language: str) -> str:
    """What a code says, in French or English; the code itself where it is none of ours."""
    for table in (WARNINGS, DEFECTS, VERDICTS):
        if code in table:
            return table[code][language == "fr"]
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
    ):
        parts += ["", f"## {title}", "", "| code | meaning | sens |", "|---|---|---|"]
        parts += [
            f"| `{code}` | {english} | {french} |" for code, (english, french) in table.items()
        ]
    return "\n".join(parts) + "\n"
