"""Words of related cases, and of joining one to another."""

EN = {
    "related_title": "Related cases",
    "related_link": "Related cases ({count})",
    "related_lead": "Cases with the same reference, target or sender, as far as you may see them.",
    "related_none": "There is none that you may see.",
    "related_why": "In common",
    "related_reference": "reference",
    "related_target": "target",
    "related_sender": "sender",
    "join_title": "Join to a case",
    "join_lead": "Everything that arrived here goes to the other case, whose deadlines stay as they"
    " are; this one is closed as a duplicate and leads there. This cannot be taken back.",
    "join_into": "To which case",
    "join_button": "Join",
    "done_joined": "Joined. What arrived stands here now.",
    "ev_joined": "joined",
    "joined_case": "with {number}",
    "joined_into": "to {number}",
    "joined_joined": "joined by hand",
}
FR = {
    "related_title": "Cas liés",
    "related_link": "Cas liés ({count})",
    "related_lead": "Les cas de même référence, de même cible ou de même expéditeur, autant que"
    " vous pouvez les voir.",
    "related_none": "Il n’y en a pas que vous puissiez voir.",
    "related_why": "En commun",
    "related_reference": "référence",
    "related_target": "cible",
    "related_sender": "expéditeur",
    "join_title": "Joindre à un cas",
    "join_lead": "Tout ce qui est arrivé ici passe à l’autre cas, dont les échéances restent telles"
    " quelles ; celui-ci est clos comme doublon et y conduit. On ne peut pas revenir en arrière.",
    "join_into": "À quel cas",
    "join_button": "Joindre",
    "done_joined": "C’est joint. Ce qui était arrivé se trouve ici.",
    "ev_joined": "jonction",
    "joined_case": "avec {number}",
    "joined_into": "à {number}",
    "joined_joined": "joint à la main",
}
