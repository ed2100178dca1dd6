"""Words of the log page."""

EN = {
    "log_ledger": "in the ledger",
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
    "log_head": "Latest signed checkpoint",
    "log_no_head": "No checkpoint is signed yet; the first one comes within the hour.",
    "log_size": "Lines",
    "log_root": "Root",
    "log_signed": "Signed",
    "log_verify": "Verify all",
    "log_verified": "Verified: {size} lines, each in its place, all signed checkpoints match, and"
    " so does what the desk holds.",
    "log_broken": "Verification failed. Differences: {count}",
    "log_unproved": "Rows older than the digests in the log, of which nothing is proved: {count}",
    "log_hold": "The desk stands still",
    "log_hold_lead": "Letters and reports are still taken. Nothing is decided, disclosed or"
    " published until two people have signed why the log is as it is, for example: a backup of"
    " yesterday was restored after a disk failed. Compare it first with the heads that were mailed:"
    " petitbleu desk audit verify --head FILE",
    "log_hold_first": "Signed by {who}:",
    "log_hold_wait": "You have signed. A second person has to sign too.",
    "log_hold_alone": "You have signed. Nobody else here can sign: on the server, run petitbleu"
    " desk audit accept --reason",
    "log_hold_reason": "Why the log is as it is",
    "log_hold_sign": "Sign",
    "log_hold_cannot": "Your roles give no second signature.",
    "log_hold_why": "Write why the log is as it is, in at least ten characters.",
    "log_hold_other": "Another person has to sign.",
    "log_key": "Key",
    "log_export": "Sign and ask for an export",
    "log_export_hint": "An export of the whole log needs a second person. Once they have agreed it"
    " can be fetched once.",
    "log_take": "Download the agreed export",
    "log_not_agreed": "No second person has agreed to an export, or it was fetched already.",
}

FR = {
    "log_ledger": "au registre des accès",
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
    "log_head": "Dernier point de contrôle signé",
    "log_no_head": "Aucun point de contrôle n’est encore signé ; le premier vient dans l’heure.",
    "log_size": "Lignes",
    "log_root": "Racine",
    "log_signed": "Signée",
    "log_verify": "Tout vérifier",
    "log_verified": "Vérifié : {size} lignes, chacune à sa place, tous les points de contrôle"
    " signés concordent, et ce que détient le guichet aussi.",
    "log_broken": "La vérification a échoué. Écarts : {count}",
    "log_unproved": "Enregistrements antérieurs aux empreintes du journal, dont rien n’est prouvé"
    " : {count}",
    "log_hold": "Le guichet est arrêté",
    "log_hold_lead": "Les lettres et les signalements sont toujours reçus. Rien n’est décidé,"
    " communiqué ni publié avant que deux personnes aient signé pourquoi le journal est ainsi, par"
    " exemple : la sauvegarde d’hier a été restaurée après une panne de disque. Comparez-le d’abord"
    " avec les têtes reçues par courriel : petitbleu desk audit verify --head FICHIER",
    "log_hold_first": "Signé par {who} :",
    "log_hold_wait": "Vous avez signé. Une seconde personne doit signer aussi.",
    "log_hold_alone": "Vous avez signé. Personne d’autre ici ne peut signer : sur le serveur,"
    " lancez petitbleu desk audit accept --reason",
    "log_hold_reason": "Pourquoi le journal est ainsi",
    "log_hold_sign": "Signer",
    "log_hold_cannot": "Vos rôles ne donnent pas de seconde signature.",
    "log_hold_why": "Écrivez pourquoi le journal est ainsi, en dix caractères au moins.",
    "log_hold_other": "Une autre personne doit signer.",
    "log_key": "Clé",
    "log_export": "Signer et demander un export",
    "log_export_hint": "Un export de tout le journal demande une seconde personne. Une fois"
    " accepté, il se retire une seule fois.",
    "log_take": "Retirer l’export accepté",
    "log_not_agreed": "Aucune seconde personne n’a accepté d’export, ou il a déjà été retiré.",
}
