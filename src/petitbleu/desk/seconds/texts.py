"""Words of the mails of this room. Numbers only: no name, no content."""

from petitbleu.typography import table

_MISSING: dict[str, tuple[str, str]] = {
    "en": (
        "Second signature missing: request {id}",
        "Request {id} ({subject}), done as an emergency by {first}, got no second signature"
        " within its time.\n\nOpen the desk and look into it.\n",
    ),
    "fr": (
        "Seconde signature manquante : demande {id}",
        "La demande {id} ({subject}), exécutée en urgence par {first}, n’a pas reçu de seconde"
        " signature dans le délai.\n\nOuvrez le guichet et examinez-la.\n",
    ),
}
MISSING = table(_MISSING)
