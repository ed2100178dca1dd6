"""What was found of each attachment, in English and French."""

from __future__ import annotations

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
    "office_read_in_part": ("A DOCX or ODT read in part.", "Un DOCX ou ODT lu en partie."),
    "office_without_text": ("No text: a person must read it.", "Sans texte : à lire."),
    "office_encrypted": ("A DOCX or ODT with a password.", "Un DOCX ou ODT à mot de passe."),
    "office_unreadable": ("A broken DOCX or ODT.", "Un DOCX ou ODT abîmé."),
    "office_too_slow": ("Reading it took too long.", "La lire a pris trop de temps."),
    "refused_entities": ("A document with entities.", "Un document avec des entités."),
    "refused_office_parts": ("More than 1,000 parts.", "Plus de 1 000 parties."),
    "refused_remote": (
        "A DOCX or ODT that loads parts from elsewhere when opened: its own text was read.",
        "Un DOCX ou ODT qui charge des éléments d’ailleurs à l’ouverture : son texte a été lu.",
    ),
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
        "A package (7z, RAR, TNEF, …) that cannot be listed here: ask for a ZIP or the files.",
        "Un paquet (7z, RAR, TNEF…) non listé ici : demander un ZIP ou les fichiers.",
    ),
    "refused_archive_bomb": (
        "An archive or document that unpacks to far more than it is.",
        "Une archive ou un document qui se déploie bien au-delà de sa taille.",
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
