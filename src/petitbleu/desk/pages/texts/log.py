"""Words of the log page."""

EN = {
    "log_lead": "Everything that was seen, searched, decided, exported or changed. Lines are only"
    " ever added; each hash covers all before it.",
    "log_actor": "Who",
    "log_action": "What",
    "log_subject": "About",
    "log_from": "From",
    "log_to": "To",
    "log_filter": "Show",
    "log_at": "When",
    "log_n": "Line",
    "log_data": "More",
    "log_hash": "Hash",
    "log_older": "Older lines",
    "log_none": "No line fits.",
    "log_head": "Newest signed head",
    "log_no_head": "No head is signed yet; the first one comes within the hour.",
    "log_size": "Lines",
    "log_root": "Root",
    "log_signed": "Signed",
    "log_verify": "Verify all",
    "log_verified": "Sound: {size} lines, each where it was, and all signed heads fit.",
    "log_broken": "Not sound: {what}",
    "log_key": "Key",
    "log_export": "Sign and ask for an export",
    "log_export_hint": "An export of the whole log needs a second person. Once they have agreed it"
    " can be fetched once.",
    "log_take": "Fetch the agreed export",
    "log_not_agreed": "No second person has agreed to an export, or it was fetched already.",
}

FR = {
    "log_lead": "Tout ce qui a été vu, cherché, décidé, exporté ou changé. On ne fait qu’ajouter"
    " des lignes ; chaque empreinte couvre toutes les précédentes.",
    "log_actor": "Qui",
    "log_action": "Quoi",
    "log_subject": "À propos de",
    "log_from": "Du",
    "log_to": "Au",
    "log_filter": "Afficher",
    "log_at": "Quand",
    "log_n": "Ligne",
    "log_data": "Détails",
    "log_hash": "Empreinte",
    "log_older": "Lignes plus anciennes",
    "log_none": "Aucune ligne ne correspond.",
    "log_head": "Dernière tête signée",
    "log_no_head": "Aucune tête n’est encore signée ; la première vient dans l’heure.",
    "log_size": "Lignes",
    "log_root": "Racine",
    "log_signed": "Signée",
    "log_verify": "Tout vérifier",
    "log_verified": "Intact : {size} lignes, chacune à sa place, toutes les têtes signées"
    " concordent.",
    "log_broken": "Pas intact : {what}",
    "log_key": "Clé",
    "log_export": "Signer et demander un export",
    "log_export_hint": "Un export de tout le journal demande une seconde personne. Une fois"
    " accepté, il se retire une seule fois.",
    "log_take": "Retirer l’export accepté",
    "log_not_agreed": "Aucune seconde personne n’a accepté d’export, ou il a déjà été retiré.",
}
