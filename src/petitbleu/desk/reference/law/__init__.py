"""Legal clocks: dated data in, clocks of a case out."""

__all__ = [
    "calendar",  # pure: days and working days
    "categories",  # pure: the EU's categories as choices
    "service",
    "template",  # pure: the EU's template of reports
]
