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
