"""The room, as others may use it: the modules named here."""

__all__ = [
    "decision_reads",  # what was decided, read by `evidence`, which deciding itself asks
    "form",  # pure: what is typed, and what is wrong with it
    "misuse",  # Article 23, a service of its own beside deciding
    "numbers",  # pure: numbers of decisions
    "presets",  # what the form says of a rule
    "resolve",  # what a pasted link means
    "service",
    "suspensions",  # numbers and keys of suspensions for misuse
    "templates",  # versions of templates
    "texts",  # pure: kinds of letters and their variables
    "threats",  # Article 18, a service of its own beside deciding
]
