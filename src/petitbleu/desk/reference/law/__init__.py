"""Legal clocks: dated data in, clocks of a case out."""

__all__ = [
    "calendar",  # pure: days and working days
    "categories",  # pure: the EU's categories as choices
    "criminal",  # pure: which authorities and laws are criminal
    "kinds",  # pure: what each kind of case means
    "service",
    "template",  # pure: the EU's template of reports
]
