"""Words of the mail about differences."""

from petitbleu.typography import table

_DIFFERS: dict[str, tuple[str, str]] = {
    "en": (
        "Log of {instance}: {count} differences to what the desk holds",
        "The log of {instance} and what the desk holds differ in {count} places:\n\n"
        "{what}\n\n"
        "Nobody should change the database meanwhile; keep the backups. The whole list:\n"
        "petitbleu desk audit verify\n",
    ),
    "fr": (
        "Journal de {instance} : {count} écarts avec ce que détient le guichet",
        "Le journal de {instance} et ce que détient le guichet diffèrent en {count} endroits :\n\n"
        "{what}\n\n"
        "Ne modifiez pas la base en attendant ; gardez les sauvegardes. La liste entière :\n"
        "petitbleu desk audit verify\n",
    ),
}
DIFFERS = table(_DIFFERS)
