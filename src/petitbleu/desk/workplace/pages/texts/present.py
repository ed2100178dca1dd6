"""Words that any page may say while it is open: time left, a lost connection, support."""

EN = {
    "clock_60": "One hour is left in this case.",
    "clock_15": "15 minutes are left in this case.",
    "clock_5": "5 minutes are left in this case.",
    "lost": "The connection is lost. What you wrote stays here and can be sent once it is back."
    " Clocks go on.",
    "support": "Was it hard? Somebody is there for you:",
}
FR = {
    "clock_60": "Il reste une heure dans ce cas.",
    "clock_15": "Il reste 15 minutes dans ce cas.",
    "clock_5": "Il reste 5 minutes dans ce cas.",
    "lost": "La connexion est perdue. Ce que vous avez écrit reste ici et partira quand elle sera"
    " revenue. Les échéances continuent.",
    "support": "C’était dur ? Quelqu’un est là pour vous :",
}
