"""Words of telling an authority of a threat to life."""

EN = {
    "threat_link": "Tell an authority of a threat",
    "threat_lead": "Where something suggests a crime that threatens somebody’s life or safety, the"
    " authority of the country concerned is told at once (Article 18 DSA). One person suffices. The"
    " letter leaves as soon as it is signed and cannot be taken back; the person it is about is"
    " told nothing. If minutes count, telephone first: 112.",
    "threat_authority": "Authority",
    "threat_authority_hint": "First the one of the country concerned: where it happens or is to"
    " happen, where the suspect or the victim is. Unknown: the one of our country, or Europol.",
    "threat_why_concerned": "country concerned",
    "threat_why_established": "where we are established",
    "threat_why_union": "where no country is known",
    "threat_why_other": "another country",
    "threat_union": "European Union",
    "threat_facts": "What is known",
    "threat_facts_hint": "Only what is necessary: the words that threaten. Take out everything"
    " else, above all who reported it.",
    "threat_at": "When it was written",
    "threat_at_hint": "As 2027-03-01 14:30, in the time of the desk.",
    "threat_items": "Where it was found",
    "threat_people": "Accounts that go along",
    "threat_copy": "Words of the sealed copy",
    "threat_copy_hint": "What you wrote above is replaced. The look is in the log.",
    "threat_copy_take": "Take these words",
    "threat_reason": "Telling an authority of a threat (Article 18 DSA)",
    "threat_send": "Sign and tell",
    "threat_unseen": "The letter is not the one you saw: look at it beside, then sign again.",
    "threat_informed": "Authority told of a threat",
    "done_threat_told": "The authority is told: the letter is on its way.",
}
FR = {
    "threat_link": "Avertir une autorité d’une menace",
    "threat_lead": "Dès que quelque chose fait soupçonner une infraction qui menace la vie ou la"
    " sécurité de quelqu’un, l’autorité du pays concerné est avertie aussitôt (article 18 du DSA)."
    " Une personne suffit. La lettre part dès qu’elle est signée et ne se reprend pas ; la personne"
    " en cause n’en sait rien. Si chaque minute compte, téléphonez d’abord : 112.",
    "threat_authority": "Autorité",
    "threat_authority_hint": "D’abord celle du pays concerné : où cela se passe ou doit se passer,"
    " où se trouve la personne suspecte ou la victime. Inconnu : celle de notre pays, ou Europol.",
    "threat_why_concerned": "pays concerné",
    "threat_why_established": "où nous sommes établis",
    "threat_why_union": "si aucun pays n’est connu",
    "threat_why_other": "un autre pays",
    "threat_union": "Union européenne",
    "threat_facts": "Ce que l’on sait",
    "threat_facts_hint": "Seulement le nécessaire : les mots qui menacent. Enlevez tout le reste,"
    " surtout qui l’a signalé.",
    "threat_at": "Quand cela a été écrit",
    "threat_at_hint": "Comme 2027-03-01 14:30, à l’heure du guichet.",
    "threat_items": "Lieu du constat",
    "threat_people": "Comptes qui sont joints",
    "threat_copy": "Mots de la copie scellée",
    "threat_copy_hint": "Ce qui est écrit plus haut est remplacé. Ce regard est au journal.",
    "threat_copy_take": "Prendre ces mots",
    "threat_reason": "Avertir une autorité d’une menace (article 18 du DSA)",
    "threat_send": "Signer et avertir",
    "threat_unseen": "La lettre n’est pas celle que vous avez vue : regardez-la à côté, puis signez"
    " de nouveau.",
    "threat_informed": "Autorité avertie d’une menace",
    "done_threat_told": "L’autorité est avertie : la lettre est en route.",
}
