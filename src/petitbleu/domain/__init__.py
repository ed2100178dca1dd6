"""The rooms: one folder per capability, listed here by hand (no scanning).

Each room holds ``service.py`` (rules), ``queries.py`` (SQL of its tables), ``rpc.py`` (TL handlers),
``views.py`` (rows -> TL) and a README. Rooms call each other only through ``service.py`` (and
``views.py`` among views).
"""

ROOMS = (
    "config",
    "langpack",
    "auth",
    "password",
    "accounts",
    "devices",
    "contacts",
    "privacy",
    "peers",
    "usernames",
    "messages",
    "dialogs",
    "updates",
    "joining",
)
