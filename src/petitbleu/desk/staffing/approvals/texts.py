"""Words of the mails of this room. Numbers only: no name, no content."""

from petitbleu.typography import table

_MISSING: dict[str, tuple[str, str]] = {
    "en": (
        "Second signature missing: request {id}",
        "Request {id} ({subject}) was carried out as an emergency by {first}. Nobody signed it as"
        " the second person in time.\n\nPlease look into it:\n{link}\n",
    ),
    "fr": (
        "Seconde signature manquante : demande {id}",
        "La demande {id} ({subject}) a été exécutée en urgence par {first}. Personne ne l’a"
        " signée en second dans le délai.\n\nMerci de l’examiner :\n{link}\n",
    ),
}
MISSING = table(_MISSING)
_WHO = table({"en": ("number {}", "the team"), "fr": ("le numéro {}", "l’équipe")})


def who(language: str, name: str) -> str:
    """``staff:7`` and ``staff`` as people say them; the number of a case as it is."""
    person, team = _WHO[language]
    if name.startswith("staff:"):
        return person.format(name[6:])
    return team if name == "staff" else name
