"""Words of the mails about the log."""

from petitbleu.typography import table

_HEAD: dict[str, tuple[str, str]] = {
    "en": (
        "Log of {instance}: head of {size} lines",
        "The signed head of the log of {instance}, {size} lines.\n\n"
        "Keep this mail: if a line were ever changed, the log would no longer fit it.\n\n"
        "{note}\nKey: {key}\n",
    ),
    "fr": (
        "Journal de {instance} : tête de {size} lignes",
        "La tête signée du journal de {instance}, {size} lignes.\n\n"
        "Gardez ce courriel : si une ligne était changée, le journal ne s’y accorderait plus.\n\n"
        "{note}\nClé : {key}\n",
    ),
}
HEAD = table(_HEAD)

_BROKEN: dict[str, tuple[str, str]] = {
    "en": (
        "Log of {instance}: not sound",
        "The log of {instance} is not sound: {what}.\n\n"
        "No head is signed until this is explained. Check it with: petitbleu desk audit verify\n",
    ),
    "fr": (
        "Journal de {instance} : pas intact",
        "Le journal de {instance} n’est pas intact : {what}.\n\n"
        "Aucune tête n’est signée tant que ce n’est pas expliqué. À vérifier par : petitbleu desk"
        " audit verify\n",
    ),
}
BROKEN = table(_BROKEN)
