"""What a browser is called, from its User-Agent: "Firefox" on "Android"; empty where unknown.

For the list of devices only: nothing depends on it.
"""

from __future__ import annotations

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def browser(agent: str) -> str:
    """The browser's name."""
    return next((name for mark, name in _BROWSERS if mark in agent), "")


def system(agent: str) -> str:
    """What it runs on."""
    return next((name for mark, name in _SYSTEMS if mark in agent), "")
