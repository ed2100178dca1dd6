"""Who sends a letter, and how far that can be believed.

A name in From is worth nothing by itself. A domain of the directory counts when the operator's own
mail server found that the letter really comes from it; where it found the contrary, or the domain
only looks like one of the directory, that is said.
"""

from __future__ import annotations

from petitbleu.desk.intake.classify import words
from petitbleu.desk.intake.classify.facts import Context, Listed, Who
from petitbleu.desk.intake.letter import Authentication, Letter

_NAME = 3
"""Names (without their top level) no longer than this are no likeness of others that differ."""
_SHORT = 8
"""Longer names than these differ in two letters and still look alike, shorter ones in one."""
_SKELETON = str.maketrans({"0": "o", "1": "l", "i": "l", "3": "e", "5": "s", "8": "b", "|": "l",
                           "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y",
                           "і": "l", "ѕ": "s", "ј": "j", "ԁ": "d", "ɡ": "g", "ո": "n", "α": "a",
                           "ο": "o", "ν": "v", "ı": "l", "q": "g", "v": "u"})  # fmt: skip


def assess_sender(letter: Letter, context: Context) -> Who:
    """Who sends the letter."""
    domain = letter.domain
    passed, failed = checked(letter.authentication, domain)
    listed = context.listed
    free = domain in words.free_mail()
    alike, sibling = "", False
    if listed is None and domain and not free:
        alike, sibling = look_alike(domain, context.directory)
    trust = "unknown"
    if failed and not passed:
        trust = "failed"
    elif listed is not None:
        if passed:
            trust = "trusted-flagger-list" if listed.trusted_flagger else "verified-directory"
        elif letter.authentication is not None:
            trust = "failed"
    return Who(
        name=listed.name if listed else letter.sender_name,
        country=listed.country if listed else "",
        domain=domain,
        trust=trust,
        passed=passed,
        failed=trust == "failed",
        free_mail=free,
        look_alike=alike,
        sibling=sibling,
    )


def checked(results: Authentication | None, domain: str) -> tuple[bool, bool]:
    """(passed, failed) for the domain in From; neither where the mail server could not tell.

    DMARC decides where it was checked. Else a signature or an envelope of the same organisation is
    enough, and a failure of either without the other passing is a failure.
    """
    if results is None or not domain:
        return False, False
    if results.dmarc == "pass":
        right = not results.dmarc_domain or _aligned(results.dmarc_domain, domain)
        return right, not right
    if results.dmarc == "fail":
        return False, True
    signed = any(_aligned(one, domain) for one in results.dkim_domains)
    enveloped = results.spf == "pass" and _aligned(results.spf_domain, domain)
    if signed or enveloped:
        return True, False
    return False, results.spf in ("fail", "softfail") or results.dkim in ("fail", "permerror")


def _aligned(one: str, other: str) -> bool:
    """Whether one domain is the other or lies under it, and both are more than a public suffix."""
    short, long = sorted((one, other), key=len)
    return "." in short and (short == long or long.endswith("." + short))


def look_alike(domain: str, directory: tuple[Listed, ...]) -> tuple[str, bool]:
    """(domain of the directory that ``domain`` resembles, whether both lie under one domain)."""
    best = ("", False)
    for entry in directory:
        known = entry.domain
        if domain == known or domain.endswith("." + known) or known.endswith("." + domain):
            return "", False
        if _resembles(domain, known):
            sibling = _parent(domain) == _parent(known) and _parent(domain).count(".") >= 1
            if not sibling:
                return known, False
            best = (known, True)
    return best


def _parent(domain: str) -> str:
    return domain.partition(".")[2]


def _resembles(domain: str, known: str) -> bool:
    written, meant = _unicode(domain), known
    if skeleton(written) == skeleton(meant):
        return True
    flat, flat_known = _flat(written), _flat(meant)
    if flat == flat_known:
        return True
    name = meant.rpartition(".")[0]  # what tells it from others: the top level does not
    if written.startswith(name + ".") and len(name) >= _NAME:
        return True  # the same name under another top level or with more behind it
    if _dressed(written, meant):
        return True
    if len(_flat(name)) > _NAME and len(flat_known) >= _SHORT and flat_known in flat:
        return True
    most = 0 if len(name) <= _NAME else 1 if len(name) < _SHORT else 2
    return abs(len(written) - len(meant)) <= most and distance(written, meant, most) <= most


def _dressed(written: str, meant: str) -> bool:
    """Whether it is the same name with a word that promises something: ``arcom-support.fr``."""
    name, _, above = written.partition(".")
    known, _, above_known = meant.partition(".")
    if above != above_known or len(known) < _NAME or "-" not in name:
        return False
    more = {name.removeprefix(known + "-"), name.removesuffix("-" + known)} - {name}
    return any(set(one.split("-")) <= _PROMISES for one in more)


_PROMISES = frozenset(
    {
        "support", "secure", "security", "service", "services", "portal", "online", "mail",
        "email", "admin", "official", "officiel", "offiziell", "gov", "gouv", "help",
        "helpdesk", "desk", "urgent", "notice", "notices", "notification", "verify",
        "verification", "info", "contact", "kontakt", "legal", "request", "requests",
        "emergency", "eu", "dsa", "tco",
    }
)  # fmt: skip


def _flat(domain: str) -> str:
    return domain.replace("-", "").replace(".", "")


def _unicode(domain: str) -> str:
    labels = []
    for label in domain.split("."):
        try:
            labels.append(
                label[4:].encode().decode("punycode") if label.startswith("xn--") else label
            )
        except ValueError:
            labels.append(label)
    return ".".join(labels)


def skeleton(domain: str) -> str:
    """What a domain looks like at a glance: letters that are taken for one another made equal."""
    plain = words.fold(domain).translate(_SKELETON)
    return plain.replace("rn", "m").replace("uu", "w").replace("cl", "d")


def distance(one: str, other: str, most: int) -> int:
    """Edits (with swaps of neighbours) from one to the other; ``most + 1`` where there are more."""
    older: list[int] = []
    previous = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        current = [row]
        for column, right in enumerate(other, 1):
            cost = min(
                previous[column] + 1, current[-1] + 1, previous[column - 1] + (left != right)
            )
            if row > 1 < column and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, older[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        older, previous = previous, current
    return min(previous[-1], most + 1)
