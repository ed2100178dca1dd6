"""Words of the mails about the log."""

from petitbleu.typography import table

_HEAD: dict[str, tuple[str, str]] = {
    "en": (
        "Log of {instance}: signed head, {size} lines",
        "This is today’s signed head of the log of {instance}: {size} lines.\n\n"
        "Please keep this mail. If a line were ever changed, the log would no longer match it.\n\n"
        "{note}\nKey: {key}\n",
    ),
    "fr": (
        "Journal de {instance} : tête signée, {size} lignes",
        "Voici la tête signée du jour du journal de {instance} : {size} lignes.\n\n"
        "Merci de garder ce courriel. Si une ligne était modifiée un jour, le journal ne lui"
        " correspondrait plus.\n\n"
        "{note}\nClé : {key}\n",
    ),
}
HEAD = table(_HEAD)

_BROKEN: dict[str, tuple[str, str]] = {
    "en": (
        "Log of {instance}: it has been damaged or changed",
        "The log of {instance} is no longer intact. {what}\n\n"
        "No head is signed until this is explained. To check it: petitbleu desk audit verify\n",
    ),
    "fr": (
        "Journal de {instance} : il a été abîmé ou modifié",
        "Le journal de {instance} n’est plus intact. {what}\n\n"
        "Aucune tête n’est signée tant que cela n’est pas expliqué. Pour vérifier : petitbleu desk"
        " audit verify\n",
    ),
}
BROKEN = table(_BROKEN)

_STILL: dict[str, tuple[str, str]] = {
    "en": (
        "The desk of {instance} stands still: its log is not the one that was published",
        "{what}\n\nMessages are delivered and letters stored; nothing is decided, disclosed or"
        " published until then.\n\n{link}\n",
    ),
    "fr": (
        "Le guichet de {instance} est arrêté : son journal n’est pas celui qui a été publié",
        "{what}\n\nLes messages passent et les lettres sont gardées ; rien n’est décidé,"
        " communiqué ni publié d’ici là.\n\n{link}\n",
    ),
}
STILL = table(_STILL)

_RESTORED: dict[str, tuple[str, str]] = {
    "en": (
        "{instance} was restored from a backup",
        "The instance {instance} was restored from the backup of {when}.\n\nWhat arrived or was"
        " decided after that is lost here, though others may know it. Numbers were moved ahead, so"
        " that none is given out twice. Compare with what you keep: petitbleu desk audit verify"
        " --head FILE\n",
    ),
    "fr": (
        "{instance} a été restauré depuis une sauvegarde",
        "L’instance {instance} a été restaurée depuis la sauvegarde du {when}.\n\nCe qui est"
        " arrivé ou a été décidé depuis est perdu ici, même si d’autres le connaissent. Les numéros"
        " ont été avancés, afin qu’aucun ne soit donné deux fois. Comparez avec ce que vous gardez"
        " : petitbleu desk audit verify --head FICHIER\n",
    ),
}
RESTORED = table(_RESTORED)
