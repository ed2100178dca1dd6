"""What a letter points at: our case numbers, the sender's reference, links, names, numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from petitbleu.desk.intake.classify import words

MAX_TARGETS = 1000
"""Targets of one letter; more are cut."""

_CASE = re.compile(
    r"(?<![A-Za-z0-9-])PB(?:[-\u2010-\u2015/_.]|\s){0,3}(2[\dO]{3})"
    r"(?:[-\u2010-\u2015/_.]|\s){1,3}([\dO]{4,9})(?!\w)",
    re.I,
)
"""Our numbers, also as people retype them: with blanks, a digit too few or too many, O for 0."""
_LINK = re.compile(
    r"(?:(?:https?|hxxps?|h\*\*ps?|tg)(?:://|\[:\]//)[^\s<>\"'`{}|\\^]{3,500}"
    r"|(?<![\w@./-])(?:[A-Za-z0-9-]{1,63}(?:\[?\.\]?|\(\.\)|[\[(]dot[\])])){1,20}"
    r"[A-Za-z]{2,24}/[^\s<>\"'`{}|\\^]{1,400})",
    re.I,
)
_BROKEN_AT = "/-_=?&"
_NEXT_LINE = re.compile(
    r"[ \t]?\n[ \t]?(?!\d{1,4}[.)/-](?:\s|\d))"
    r"((?:[\w-]{1,64}/){0,5}[\w-]{0,64}?\d[\w-]{0,64})(?=[\s.,;:!?)\]>»”]|$)"
)
"""The rest of a link that a page or a mail program broke after such a sign: a slug with a digit (a
post's number), no next number of a list, no date, no word of a sentence."""
_DOTS = re.compile(r"\[\.\]|\(\.\)|[\[(]dot[\])]", re.I)
_NAME = re.compile(r"(?<![\w@./+-])@[A-Za-z]\w{3,31}(?![\w@]|\.\w)")
_NUMBER = re.compile(
    r"(?:\bids?\b(?:[- ]?n(?:r\.?|ummer|umber))?|identifiant|identifier|kennung"
    r"|numero d'utilisateur|(?:user|chat|channel|account|"
    r"utilisateur|compte|canal|nutzer|konto|kanal|usuario|cuenta|utente|account|gebruiker"
    r"|uzytkownik\w*|"
    r"konta?)[ -]?(?:id|n[or°]?\.?|number|num(?:ero|mer)?)?)"
    r"\s*(?:telegram|petitbleu|n\.?[oº°r]\.?|:|#|=|is|est|"
    r"ist|es|\(|\s)*\s*(-?\d{5,16})(?![\w/-]|\.\d|,\d)"
)
_OF_A_FILE = re.compile(
    r"(?:report|case|ticket|reference|ref|complaint|notice|notification|invoice|order|request|file"
    r"|document|doc|transaction|payment|incident|alert|tracking"
    r"|signalement|dossier|demande|facture|commande|alerte|vorgangs?|melde|melde?ungs?|fall"
    r"|rechnungs?|beschwerde|denuncia|caso|expediente|factura|pedido|segnalazione|pratica|fattura"
    r"|ordine|melding|zaak|factuur|zgloszeni\w*|spraw\w*|faktur\w*)[\s_:#-]{0,2}(?:n[o°r]\.?\s?)?$"
)
"""What stands before an “ID” that numbers a paper, not an account."""
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")
_OWN_PAGES = (
    "suivi", "contact", "signaler", "autorites", "regles", "transparence", "decision",
    "mes-dossiers",
    ".well-known", "desk", "web", "about", "legal", "privacy", "terms",
)  # fmt: skip

_LABEL = re.compile(
    r"(?<!\w)(?:(?:(?:our|your|file|case|order|document|investigation|unsere?|ihr|notre|nos|votre"
    r"|n|v)[ /.])?"
    r"(?:ref(?:erence|erences|erenz|erencia|er)?|reference number|file (?:no|number)|case (?:no"
    r"|number|file)"
    r"|case|ticket|order (?:no|number)|dossier(?: (?:n[o°]|numero))?|affaire(?: n[o°])?"
    r"|procedure(?: n[o°])?"
    r"|n[o°] (?:de )?(?:dossier|procedure|parquet|pv|reference|requisition)|pv(?: n[o°])?"
    r"|minute(?: n[o°])?"
    r"|aktenzeichen|geschaftszeichen|geschaftszahl|geschafts-?nr|vorgangsnummer"
    r"|tagebuch-?n(?:umme)?r|az|gz"
    r"|zeichen|exp(?:ediente|te)?|referencia"
    r"|diligencias(?: previas)?|procedimiento(?: (?:ordinario|abreviado|verbal"
    r"|sancionador|penal|civil))?|atestado|asunto n\w*"
    r"|riferimento|rif|prot(?:ocollo)?|proc(?:edimento)?\.?(?: (?:penale|pen\.?))?|fascicolo"
    r"|r\.?g\.?(?:n\.?r\.?)?"
    r"|kenmerk|zaaknummer|zaak|dossiernummer|parketnummer|proces-verba(?:l|alnummer)|pv-nummer|referentie"
    r"|sygn(?:atura)?\.?(?: akt)?|znak(?: sprawy)?|nr sprawy|sprawa nr|l\.?dz))(?![^\W\d_])"
    r"\s*(?:n\.|n[o°r]\.?|nummer|numero|number|:|#|\.|=|\s)*\s*"
    r"((?:[a-z\d]{1,6}\.?[ ]){0,4}[\w./-]*\d[\w./-]*)"
)
_NUMBERED = re.compile(
    r"(?<!\w)(?:order|ordonnance|injonction|requisition|anordnung|beschluss|verfugung|orden|auto"
    r"|ordine|"
    r"decreto|provvedimento|bevel|vordering|nakaz|postanowienie|removal order"
    r"|epoc(?:-pr)?|notice|signalement)"
    r"(?:\s+(?:de|di|du|van|zu|do)\s+\w{3,20}"
    r"|\s+(?:judici\w+|judicial\w*|administrativ\w+|penal\w*|europe\w+|sadow\w+|a personne))?"
    r"\s+(?:n[or°]?\.?\s*|nr\.?\s*|no\.?\s*|number\s+)?"
    r"(?:(?:cronol|rep|reg)\.?\s+)?"
    r"([a-z]{0,6}[- ]?\d[\w./-]*\d(?:[/.-][a-z]{1,6}(?!\w))?)(?!\w)"
)
_COURT_FILE = re.compile(
    r"(?<![\w/.-])((?:\d{1,4}|[IVXL]{1,6}) [A-Z][A-Za-z]{0,5} \d{1,6}/\d{2,4}[a-z]?)(?![\w/])"
)
_RECORD = re.compile(r"(?<![\w/.-])((20\d\d/\d{1,6}) ?[A-Z]{1,3})(?![\w/])")
"""A record number of a common-law court: “2026/901 P”."""
_BARE = re.compile(r"(?<![\w/.-])20\d\d-\d{5,9}(?![\w/.-])")
_REGISTER = re.compile(
    r"(?<![\w/.-])(\d{1,7}/\d{2,4})(?=\s?(?:r\.? ?g\.?(?![a-z])|rgnr|mod\.? ?\d|rgip|r\.? ?gip))"
)
"""A number before the register it stands in: “n. 7712/26 R.G. GIP”."""
_SHAPED = re.compile(
    r"(?<![\w/.@-])((?:(?:KG|HA|FA|RC) )?[A-Z]{1,6}(?:[-/][A-Z]{1,6}){0,2}[-/ ]?\d{2,4}[-/]\d{2,8}"
    r"(?:[-/]\w{1,6})?|[A-Z][A-Za-z]{0,7}\(\d{4}\) ?\d{2,10})(?![\w@])"
)
_DOTTED = re.compile(
    r"(?<![\w/.@:-])([A-Z0-9]{1,8}(?:[./-][A-Z0-9][A-Za-z0-9]{0,7}){2,6})(?![\w@]|[./-]\w)"
)
_LAWS = re.compile(
    r"^(?:2021/784|2022/2065|2023/1543|2023/1544|2016/679|2024/2835|2011/93|2004-575|2025/1550"
    r"|2000/31)$"
)
_LAW_BEFORE = re.compile(
    r"(?:regulation|reglement|verordnung|reglamento|regolamento|verordening|rozporzadzeni\w*"
    r"|directive|richtlinie|direct?iva|loi|law|\(eu\)|\(ue\))[^\n]{0,12}$"
)
_WORDY = re.compile(
    r"^(?:du|de|del|della|des|dem|der|den|vom|von|of|the|van|dd|z|le|la|il|el|am|and|et|und|on|in"
    r"|is|at)\s|"
    r"\b(?:jan|feb|fev|mar|apr|avr|abr|ma[iy]|maj|ju[in]|jul|lug|aug|aou|ago|sep|set|oct|okt|ott"
    r"|out|nov|dec|dez|dic)[a-z]{0,8}\b"
)
_DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2\d{1,2})$"
)
_PAPER_NUMBER = re.compile(
    r"(?<![\w-])(?:[a-z-]{0,20}(?:akten?|verfahrens?|vorgangs?|ermittlungs|fall|geschafts|einsatz"
    r"|beschwerde|anzeigen?|referenz|register|zaaks?|dossier|notitie|rol|klacht|onderzoeks?"
    r"|besluit|meldings?|registratie|parket)-?(?:nummer|nr\.?)"
    r"|numer (?:akt|sprawy|referencyjny|pisma|decyzji)|not\."
    r"|(?:plainte|requete|demande|saisine|rapport|enquete|instruction|decision|deliberation|notice"
    r"|record|docket|action|claim|suit|petition|application|request|report|inquiry|enquiry|complaint"
    r"|incident|matter|investigation"
    r"|beschwerde|strafanzeige|anzeige|entscheidung|bescheid|verfahren|vorgang"
    r"|queja|denuncia|solicitud|resolucion|autos|juicio|rollo|sumario|causa|pieza|oficio"
    r"|reclamo|esposto|richiesta|delibera|deliberazione|determina|determinazione|decisione|ruolo"
    r"|klacht|aangifte|besluit|beslissing|verzoek|rol|notitie"
    r"|akta?|sprawy|sprawa|skarga|wniosek|decyzja|pismo)"
    r"(?: d[eiu](?:s|l|lla)? \w{3,20}| van \w{3,20})?"
    r"(?: (?:number|numero|nummer|numer|nr\.?|no\.?|num\.?|n\.)| ?n\.? ?[o°º]\.?))"
    r"\s?[:#]?\s{0,3}"
    r"((?:[a-z]{1,6}[ ]){0,4}[\w.-]{0,20}\d[\w./-]{0,40}(?:\(\d{4}\)\d{1,10})?)"
)
"""What authorities call their papers, and its number: sure enough where nothing better stands."""


def cases(*texts: str) -> list[int]:
    """Case numbers of ours, as stored, in the order they stand."""
    numbers = [
        _figure(match[1]) * 1_000_000_000 + _figure(match[2])
        for text in texts
        for match in _CASE.finditer(text)
    ]
    return list(dict.fromkeys(numbers))


def _figure(written: str) -> int:
    return int(re.sub("[Oo]", "0", written))


def reference(subject: str, text: str) -> str:
    """The sender's own reference as written; empty where none is found. The subject comes first."""
    normal = [unicodedata.normalize("NFC", place) for place in (subject, text[:8000])]
    places = [(place, words.fold(place)) for place in normal]
    for search in (_labelled, _court_file, _numbered, _shaped, _dotted, _paper_number):
        for place, folded in places:
            if found := search(place, folded):
                return found
    match = _BARE.search(subject)
    return match[0] if match else ""


def same_reference(one: str) -> str:
    """The form in which two writings of one reference are equal; empty where it is too short."""
    plain = re.sub(r"[^a-z0-9]", "", words.fold(one))
    plain = re.sub(r"^(?:rg|az|gz|ref|no|nr|n)(?=\d)", "", plain)
    return plain if len(plain) >= 4 and any(char.isdigit() for char in plain) else ""


def _labelled(place: str, folded: str) -> str:
    for match in _LABEL.finditer(folded):
        written = place[match.start(1) : match.end(1)].rstrip(".,;:/- ")
        label = folded[match.start() : match.start(1)].strip(" .:")
        if _is_reference(written) and not _law(folded, match.start(1)):
            # “RG 26/02841” is one name, “Az. 210 UJs 8841/26” a label and a name.
            return (
                f"{place[match.start() : match.start(1)].strip()} {written}"
                if label == "rg"
                else written
            )
    return ""


def _court_file(place: str, folded: str) -> str:
    if match := _COURT_FILE.search(place) or _REGISTER.search(folded):
        return place[match.start(1) : match.end(1)]
    for match in _RECORD.finditer(place):
        if not _law(folded, match.start(1)) and not _LAWS.match(match[2]):
            return match[1]
    return ""


def _numbered(place: str, folded: str) -> str:
    for match in _NUMBERED.finditer(folded):
        written = place[match.start(1) : match.end(1)].strip()
        if _is_reference(written) and not _law(folded, match.start(1)):
            return written
    return ""


def _shaped(place: str, folded: str) -> str:
    for match in _SHAPED.finditer(place):
        if _is_reference(match[1]) and not _law(folded, match.start(1)):
            return match[1]
    return ""


def _dotted(place: str, folded: str) -> str:
    for match in _DOTTED.finditer(place):
        mixed = sum(map(str.isdigit, match[1])) > _DIGITS and any(map(str.isupper, match[1]))
        if mixed and _is_reference(match[1]) and not _law(folded, match.start(1)):
            return match[1]
    return ""


def _paper_number(place: str, folded: str) -> str:
    for match in _PAPER_NUMBER.finditer(folded):
        written = place[match.start(1) : match.end(1)].strip(".,;:/- ")
        many = sum(map(str.isdigit, written)) >= _DIGITS
        if many and _is_reference(written) and not _law(folded, match.start(1)):
            return written
    return ""


_DIGITS = 4
"""Figures of a reference that only its shape or a common noun before it tells."""


def _is_reference(written: str) -> bool:
    return (
        3 <= len(written) <= 60
        and any(char.isdigit() for char in written)
        and not _CASE.fullmatch(written)
        and not _WORDY.search(words.fold(written))
        and not _LAWS.match(written)
        and not _DATE.fullmatch(written)
        and not re.fullmatch(r"(?:19|20)\d\d", written)
    )


def _law(folded: str, start: int) -> bool:
    return _LAW_BEFORE.search(folded[max(0, start - 40) : start]) is not None


def targets(text: str, hosts: Sequence[str], *, ours: bool = False) -> list[str]:
    """What the letter is about, as written: links to ours and Telegram's, @names, ids with a label.

    ``hosts``: where our own pages are. While none is known, any link counts. ``ours``: only links
    to them.
    """
    links = [link for link in _links(text) if _about_us(link, hosts, () if ours else _TELEGRAM)]
    if ours:
        return links[:MAX_TARGETS]
    covered = _LINK.sub(lambda match: " " * len(match[0]), text)
    links += [match[0] for match in _NAME.finditer(covered)]
    folded = words.fold(covered)
    links += [
        covered[match.start(1) : match.end(1)]
        for match in _NUMBER.finditer(folded)
        if not _OF_A_FILE.search(folded[max(0, match.start() - 30) : match.start()])
    ]
    return list(dict.fromkeys(links))[:MAX_TARGETS]


def _links(text: str) -> Iterable[str]:
    for match in _LINK.finditer(text):
        broken = match[0][-1] in _BROKEN_AT and _NEXT_LINE.match(text, match.end())
        link = (match[0] + (broken[1] if broken else "")).rstrip(".,;:!?»”’*_")
        while link.endswith((")", "]")) and link.count("(") + link.count("[") < link.count(
            ")"
        ) + link.count("]"):
            link = link[:-1].rstrip(".,;:")
        yield link


def _about_us(link: str, hosts: Sequence[str], others: Sequence[str]) -> bool:
    scheme, _, rest = link.replace("[:]", ":").rpartition("://")
    if scheme.lower() == "tg":
        return True
    host, _, path = _DOTS.sub(".", rest).partition("/")
    host = host.lower().rpartition("@")[2].partition(":")[0].removeprefix("www.")
    if path.partition("/")[0].partition("?")[0].lower() in _OWN_PAGES:
        return False
    if host in others:
        return True
    if not hosts:
        return bool(scheme)
    return any(host == one or host.endswith("." + one) for one in hosts)
