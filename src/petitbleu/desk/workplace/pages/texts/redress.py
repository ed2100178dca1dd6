"""Words of appeals, of decisions taken back or corrected, and of private context."""

EN = {
    "appeal_over": "This complaint is decided.",
    "wrong_appeal": "A complaint is decided on its own page.",
    "bind_hint": "This complaint came as an email. Say which decision it is about, and it is"
    " decided like any other; if it is about none (a suspension for misuse: “Those concerned”),"
    " answer it by letter and close it.",
    "objects_to_suspension": "Somebody objects to suspension {number}. Whoever suspended does not"
    " answer; your words reach the person.",
    "suspension_stays": "the suspension stays",
    "suspension_ends": "the suspension ends now",
    "objects_to_suspension_link": "Those concerned",
    "bind_decision": "Number of the decision (PB-…-1)",
    "bind_button": "Bind it to this decision",
    "done_bound": "It is a complaint about that decision now.",
    "wrong_replaced": "This decision does not stand any more.",
    "decide_corrects": "This takes the place of decision {number}; its measures end in the same"
    " moment. What was removed comes back for that, also to a lesser measure: its link counts,"
    " though nobody can open it now. What two people decided, two correct.",
    "done_undo_asked": "A second person is asked: two people decided, two cancel. Once they have"
    " agreed, sign again within the ten minutes.",
    "shown_undo": "take back",
    "decision_replaced": "replaced",
    "outcome_reversed": "an earlier decision is reversed",
    "act_undo": "Cancel the decision (possible until)",
    "act_correct": "Correct it",
    "done_undone": "Decision cancelled. Nothing was sent.",
    "context_title": "What was said around it",
    "context_hint": "Only where the case cannot be judged without it. Two people each time; up to"
    " ten messages before and after. Sign once to ask; once a second person has agreed, sign again"
    " to see it.",
    "context_ask": "Sign, and ask or see",
    "done_context_asked": "A second person is asked. Nothing was opened.",
    "shown_case": "case",
    "shown_report": "report",
    "shown_reason": "reason",
    "shown_hold": "preservation",
    "shown_until": "until",
    "shown_account": "account",
    "shown_fields": "fields",
    "shown_since": "from",
    "shown_key": "age key",
    "shown_key_of": "key of",
    "shown_key_called": "confirmed by calling",
    "shown_minimised": "why these and no more",
    "shown_emergency": "emergency",
}

FR = {
    "appeal_over": "Cette réclamation est tranchée.",
    "wrong_appeal": "Une réclamation se tranche sur sa propre page.",
    "bind_hint": "Cette réclamation est venue par lettre. Dites quelle décision elle vise, et elle"
    " se tranche comme les autres ; si elle n’en vise aucune (suspension pour abus : « Personnes"
    " concernées »), répondez par lettre, puis classez-la.",
    "objects_to_suspension": "Quelqu’un conteste la suspension {number}. Qui a suspendu ne répond"
    " pas ; vos mots parviennent à la personne.",
    "suspension_stays": "la suspension est maintenue",
    "suspension_ends": "la suspension est levée",
    "objects_to_suspension_link": "Les personnes concernées",
    "bind_decision": "Numéro de la décision (PB-…-1)",
    "bind_button": "La lier à cette décision",
    "done_bound": "C’est désormais une réclamation contre cette décision.",
    "wrong_replaced": "Cette décision ne vaut plus.",
    "decide_corrects": "Ceci prend la place de la décision {number} ; ses mesures finissent au même"
    " instant. Les contenus retirés reviennent pour cela, aussi sous une moindre mesure : son lien"
    " vaut,"
    " même si personne ne peut l’ouvrir. Ce que deux personnes ont décidé, deux le corrigent.",
    "done_undo_asked": "Une seconde personne est sollicitée : deux personnes ont décidé, deux"
    " annulent."
    " Après son accord, signez de nouveau dans les dix minutes.",
    "shown_undo": "annuler",
    "decision_replaced": "remplacée",
    "outcome_reversed": "une décision antérieure est annulée",
    "act_undo": "Annuler la décision (possible jusqu’au)",
    "act_correct": "Corriger",
    "done_undone": "Décision annulée. Rien n’a été envoyé.",
    "context_title": "Ce qui s’est dit autour",
    "context_hint": "Seulement si le cas ne peut être jugé sans cela. Deux personnes à chaque fois,"
    " dix messages au plus avant et après. Signez une fois pour demander ; l’accord donné, signez"
    " de nouveau pour voir.",
    "context_ask": "Signer, et demander ou voir",
    "done_context_asked": "Une seconde personne est sollicitée. Rien n’a été ouvert.",
    "shown_case": "cas",
    "shown_report": "signalement",
    "shown_reason": "motif",
    "shown_hold": "conservation",
    "shown_until": "jusqu’au",
    "shown_account": "compte",
    "shown_fields": "champs",
    "shown_since": "du",
    "shown_key": "clé age",
    "shown_key_of": "clé de",
    "shown_key_called": "confirmée en appelant",
    "shown_minimised": "pourquoi ceux-ci et rien de plus",
    "shown_emergency": "urgence",
}
