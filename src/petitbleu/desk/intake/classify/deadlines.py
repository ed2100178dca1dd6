"""Deadlines written in a letter, in seven languages: periods (“dans un délai de 72 heures”,
“binnen 3 werkdagen”) and dates (“bis zum 3. Dezember 2026, 12 Uhr”).

What is found is a proposal with its words, to be confirmed by a person. Periods for redress are
not deadlines for us and are passed over.
"""

from __future__ import annotations

import datetime
import re
import zoneinfo
from functools import cache
from itertools import islice
from typing import NamedTuple

from petitbleu.desk.intake.classify import confidentiality, words
from petitbleu.desk.reference.law import calendar

MAX_PERIODS = 50
"""Periods, and dates, that are looked at."""
MAX_SECONDS_AHEAD = 2 * 366 * 86_400
"""Seconds ahead; a later date is not a deadline but a slip or a hold."""


class Deadline(NamedTuple):
    """A deadline as written: an instant or a day (ISO), and the words that say so."""

    due: int | None
    date: str | None
    words: str
    ends: int
    """The last second of it, for comparison."""


_COUNTS = {
    "un": 1, "une": 1, "one": 1, "ein": 1, "eines": 1, "einer": 1, "eine": 1, "einem": 1,
    "uno": 1, "una": 1, "een": 1,
    "jednej": 1, "jednego": 1, "deux": 2, "two": 2, "zwei": 2, "dos": 2, "due": 2, "twee": 2,
    "dwoch": 2,
    "trois": 3, "three": 3, "drei": 3, "tres": 3, "tre": 3, "drie": 3, "trzech": 3, "quatre": 4,
    "four": 4,
    "vier": 4, "cuatro": 4, "quattro": 4, "czterech": 4, "cinq": 5, "five": 5, "funf": 5,
    "cinco": 5,
    "cinque": 5, "vijf": 5, "pieciu": 5, "six": 6, "sechs": 6, "seis": 6, "sei": 6, "zes": 6,
    "szesciu": 6,
    "sept": 7, "seven": 7, "sieben": 7, "siete": 7, "sette": 7, "zeven": 7, "siedmiu": 7, "huit": 8,
    "eight": 8, "acht": 8, "ocho": 8, "otto": 8, "osmiu": 8, "dix": 10, "ten": 10, "zehn": 10,
    "diez": 10,
    "dieci": 10, "tien": 10, "dziesieciu": 10, "douze": 12, "twelve": 12, "zwolf": 12, "doce": 12,
    "dodici": 12, "twaalf": 12, "dwunastu": 12, "quatorze": 14, "fourteen": 14, "vierzehn": 14,
    "catorce": 14, "quattordici": 14, "veertien": 14, "czternastu": 14, "quinze": 15, "fifteen": 15,
    "funfzehn": 15, "quince": 15, "quindici": 15, "vijftien": 15, "pietnastu": 15,
    "vingt-quatre": 24,
    "twenty-four": 24, "vierundzwanzig": 24, "veinticuatro": 24, "ventiquattro": 24,
    "vierentwintig": 24,
    "dwudziestu czterech": 24, "trente": 30, "thirty": 30, "dreis+ig": 30, "dreissig": 30,
    "dreisig": 30,
    "treinta": 30, "trenta": 30, "dertig": 30, "trzydziestu": 30, "quarante-huit": 48,
    "forty-eight": 48,
    "achtundvierzig": 48, "cuarenta y ocho": 48, "quarantotto": 48, "achtenveertig": 48,
    "czterdziestu osmiu": 48, "soixante-douze": 72, "seventy-two": 72, "zweiundsiebzig": 72,
    "setenta y dos": 72, "settantadue": 72, "tweeenzeventig": 72, "siedemdziesieciu dwoch": 72,
}  # fmt: skip
_COUNT = "|".join(sorted(map(re.escape, _COUNTS), key=len, reverse=True))
_UNITS = (
    ("minute", r"minutes?|mins?|minuten|minutos?|minut[oi]|minuut|minuty?"),
    ("hour", r"heures?|hours?|hrs?|h|stunden?|std|horas?|or[ae]|uur|uren|godzin\w*|godz"),
    ("day", r"jours?|days?|tag(?:en|e|es)?|dias?|giorn[oi]|dag(?:en)?|dni|dnia"),
    ("working day", r"werktag(?:en|e)?|arbeitstag(?:en|e)?|werkdag(?:en)?"),
    ("week", r"semaines?|weeks?|wochen?|semanas?|settiman[ae]|weken|week|tygodni\w*|tydzien"),
    ("month", r"mois|months?|monat(?:en|e|s)?|mes(?:es)?|mes[ei]|maand(?:en)?|miesi\w+"),
)
_UNIT = "|".join(f"(?P<u{index}>{pattern})" for index, (_, pattern) in enumerate(_UNITS))
_WORKING = r"ouvr\w+|working|business|habiles|laborables|lavorativi|feriali|robocz\w+|werk|ouvert"


@cache
def _period_words() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:dans (?:un|le) delai (?:maximal |maximum |imperatif |de rigueur )?de|dans les"
        r"|vous (?:avez|disposez de)|you have|sie haben|dispone[ns]? de|tienen?|u (?:heeft|krijgt)"
        r"|maja panstwo"
        r"|sous|dans(?= la [hq]uin?[tz]aine"
        r"| (?:l'heure|le mois|la semaine|la journee)(?! d[ue]| qui))|delai\s*:"
        r"|d'ici|endeans|dans un delai n'excedant pas"
        r"|(?<=\n)(?:frist|delai|deadline|time limit|plazo|termine|termijn|termin)"
        r"|within(?: a (?:period|time limit|deadline) of| the next| a maximum of)?"
        r"|no(?:t)? later than"
        r"|in the next|deadline(?: is|\s*:)|time limit\s*:|at the latest"
        r"|innerhalb(?: von| einer frist von| der nachsten)?|binnen(?: einer frist von"
        r"| een termijn van)?"
        r"|innert|frist(?: von|\s*:)|spatestens (?:in|nach)"
        r"|en (?:el|un) (?:plazo|termino) (?:maximo |improrrogable )?(?:de|no superior a)"
        r"|dentro de(?:l plazo de)?|plazo\s*:"
        r"|en (?:las|los) proxim[oa]s|antes de|en"
        r"|entro(?: e non oltre)?(?: il termine di| un termine di| le| i)?"
        r"|nel termine di|termine\s*:"
        r"|uiterlijk(?: binnen)?|termijn(?: van|\s*:)"
        r"|w (?:terminie|ciagu|przeciagu)(?: do)?|termin\s*:|nie pozniej niz(?: w ciagu)?)"
        r"(?:\s+(?:de|of|von|di|van|maximaal|maximal|hochstens|maximum|les|las|los|the|den|der|i|le"
        r"|des))?\s+"
        rf"(?:(?P<count>\d{{1,3}}|{_COUNT})\s*(?:\(\s*(?P<figure>\d{{1,3}})\s*\)\s*)?"
        rf"(?P<before>(?:{_WORKING})\s+)?(?:{_UNIT})(?!\w)(?P<after>\s+(?:{_WORKING})(?!\w))?"
        rf"|(?P<backwards>giorni|(?<!le )(?<!alle )ore|mesi)\s+(?P<number>\d{{1,3}}|{_COUNT})"
        r"(?!\w|[:.]\d|\s+d[ie](?:l|\s))"
        r"|(?:la\s+)?(?P<fortnight>huitaine|quinzaine)(?!\w)"
        rf"|(?P<single>{'|'.join(_SINGLE)})(?!\w))"
    )


_BACKWARDS = {"giorni": "day", "ore": "hour", "mesi": "month"}
_FORTNIGHTS = {"huitaine": 8, "quinzaine": 15}
_SINGLE = {
    "l'heure": "hour", "la semaine": "week", "le mois": "month", "la journee": "day",
    "an hour": "hour", "a day": "day", "a week": "week", "a month": "month", "the hour": "hour",
    "wochenfrist": "week", "monatsfrist": "month", "het uur": "hour", "de week": "week",
    "de maand": "month", "godziny": "hour", "doby": "day", "tygodnia": "week",
    "miesiaca": "month",
}  # fmt: skip
"""One of a unit, said without a number."""
_MONTHS = {
    1: "janvier january januar janner enero gennaio januari stycznia styczen jan",
    2: "fevrier february februar feber febrero febbraio februari lutego luty feb",
    3: "mars march marz marzo maart marca marzec mar",
    4: "avril april abril aprile kwietnia kwiecien apr",
    5: "mai may mayo maggio mei maja maj",
    6: "juin june juni junio giugno czerwca czerwiec jun",
    7: "juillet july juli julio luglio lipca lipiec jul",
    8: "aout august agosto augustus sierpnia sierpien aug",
    9: "septembre september septiembre setiembre settembre wrzesnia wrzesien sept sep",
    10: "octobre october oktober octubre ottobre pazdziernika pazdziernik oct okt",
    11: "novembre november noviembre listopada listopad nov",
    12: "decembre december dezember diciembre dicembre grudnia grudzien dec dez",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_DAY = (
    r"(?:(?:le |the |am |dem |el |il |de |dnia |dia |giorno )?"
    r"(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|son|mie|jue"
    r"|vie|sab|dom|gio|"
    r"maa|din|woe|vri|zat|zon|pon|wto|sro|czw|pia|sob|nie)\w*,?\s+)?(?:den |dem |the |de |el )?)"
)
_DATE = (
    rf"(?:(?P<y1>\d{{4}})-(?P<m1>\d\d)-(?P<d1>\d\d)"
    rf"|(?P<d2>\d{{1,2}})[./](?P<m2>\d{{1,2}})[./](?P<y2>\d{{4}})"
    rf"|(?P<d3>\d{{1,2}})(?:er|st|nd|rd|th|o|º|\.)?\s+(?:of |de "
    rf"|di )?(?P<n3>{_NAMES})\.?(?:,?\s+(?:de |del )?(?P<y3>\d{{4}}))?"
    rf"|(?P<n4>{_NAMES})\.?\s+(?P<d4>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?\s+(?P<y4>\d{{4}}))?)"
)
_NOON = r"(?:12 )?(?:noon|midday|midi|mittags?|mediodia|mezzogiorno|middag|poludni[ea])"
_MIDNIGHT = r"midnight|minuit|mitternacht|medianoche|mezzanotte|middernacht|polnoc[y]?"
_ZONE = r"utc|gmt|cet|cest|mez|mesz"
_EVENING = (
    r"(?:close of (?:business|play)|cob|eod|(?:the )?end of (?:the )?(?:business |working )?day"
    r"|la fin de (?:la )?journee|fin de journee|dienstschlus+|geschaftsschlus+|einde van de dag)"
)
_AT = r"(?:a|at|um|gegen|alle|ore|om|o godz\.?|do godz\.?|o godzinie|o|h|las|le ore|-)"
"""Several may follow each other (``a las``), so that none may be made of two others: a text of
them could be read in two ways, twice as many with each word."""


def _clock(name: str) -> str:
    """A time of the day, its groups called ``name…``."""
    return (
        rf"(?:(?:(?:{_AT}|,)\s*){{0,6}}(?:(?P<{name}noon>{_NOON})|(?P<{name}late>{_MIDNIGHT})"
        rf"|(?P<{name}hour>\d{{1,2}})(?:\s*(?:[:h.]|heures?|uhr|uur)\s*(?P<{name}minute>\d\d)"
        rf"|\s*(?:h|heures?|uhr|uur)|\s*(?P<{name}half>[ap]\.?m\.?)))"
        rf"(?:\s*(?:h|hrs?|uhr|uur|heures?|horas?))?"
        rf"(?:\s*\(?(?P<{name}zone>{_ZONE})\)?)?(?!\w))"
    )


_SOON = (
    "today tonight aujourd'hui heute hoy oggi vandaag dzis dzisiaj",
    "tomorrow demain morgen manana domani jutra jutro",
    "apres-demain ubermorgen dopodomani overmorgen pojutrze",
)
_WEEK = (
    "monday lundi montag lunes lunedi maandag poniedzialku poniedzialek",
    "tuesday mardi dienstag martes martedi dinsdag wtorku wtorek",
    "wednesday mercredi mittwoch miercoles mercoledi woensdag srody sroda",
    "thursday jeudi donnerstag jueves giovedi donderdag czwartku czwartek",
    "friday vendredi freitag viernes venerdi vrijdag piatku piatek",
    "saturday samedi samstag sonnabend sabado sabato zaterdag soboty sobota",
    "sunday dimanche sonntag domingo domenica zondag niedzieli niedziela",
)
_AHEAD = {name: days for days, names in enumerate(_SOON) for name in names.split()}
_WEEKDAY = {name: day for day, names in enumerate(_WEEK) for name in names.split()}
_RELATIVE = "|".join(sorted(map(re.escape, (*_AHEAD, *_WEEKDAY)), key=len, reverse=True))


@cache
def _until_words() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:avant(?: le)?|au plus tard(?: le)?|jusqu'au|d'ici(?: le| au)?"
        r"|pour(?: le|(?= demain))"
        r"|date limite\s*:?(?: le)?"
        r"|(?:termi[jn]*e?|plazo|delai|echeance|antwoordtermijn)\s*:(?: le)?"
        r"|by|no later than|not later than|before|until|on or before|deadline\s*:?"
        r"|due(?: date)?(?: on| by|\s*:)?"
        r"|bis(?: zum| spatestens(?: zum| am)?| einschlies+lich)?|spatestens(?: bis)?(?: zum| am)?"
        r"|vor dem|frist\s*:?"
        r"|antes del?|a mas tardar(?: el)?|hasta(?: el)?|fecha limite\s*:?"
        r"|entro(?: e non oltre)?(?: il)?|non oltre(?: il)?|prima del|fino al|scadenza\s*:?"
        r"|voor|uiterlijk(?: op| tegen)?|tegen|tot(?: en met)?|niet later dan"
        r"|do(?: dnia)?|najpozniej(?: do| w dniu)?(?: dnia)?|nie pozniej niz(?: do"
        r"| w dniu)?(?: dnia)?|przed dniem)"
        rf"\s+(?:(?:{_clock('p')}|{_EVENING})\s+(?:(?:on|of|de|di|du|am|del?|il|op|le|,)\s+)?)?"
        rf"{_DAY}(?:{_DATE}(?: r\.?(?!\w))?"
        r"|(?:next |nachsten |kommenden |komende |prossimo |proximo )?"
        rf"(?P<soon>{_RELATIVE})(?!\w))(?:\s*{_clock('')})?"
        rf"(?:\s*\(?(?P<lastzone>{_ZONE})\)?(?!\w))?"
    )


_OFFSETS = {"utc": 0, "gmt": 0, "cet": 1, "mez": 1, "cest": 2, "mesz": 2}
_HELD = re.compile(
    r"(?<!\w)(?:prolong\w*|verlanger\w*|prorog\w*|prorrog\w*|verleng\w*|przedluz\w*"
    r"|exten(?:d|sion)\w*|preserv\w*|conserv(?!ato(?:ire|ri))\w*|aufbewahr\w*"
    r"|aufzubewahr\w*|(?:zu )?sichern|(?:be )?kept|keep"
    r"|(?<!zur )(?<!die )sicherung\w*|bewaar\w*|bewar\w*"
    r"|(?<!udzielic )(?<!udziela )(?<!udzieleniu )(?<!tytulem )zabezpiecz\w*(?! roszcz| powodz)"
    r"|gag|confidential\w*|geheim\w*"
    r"|inform\w* (?:the )?(?:user|author)\w*)"
)
"""Words of holds and of secrecy: the time after them is theirs, unless something is to be done."""
_RANGE = re.compile(
    r"(?<!\w)(?:fait (?:le|a)|date des faits|entre (?:le|el)|between|zwischen|tra il|tussen"
    r"|pomiedzy|miedzy|periode du|period from|periodo del|okres od)(?!\w)"
)
"""What is between two days is what is asked about."""
_JUST_BEFORE = 40
_JUST_AFTER = 30


def find(text: str, *, received: int, zone: str, country: str) -> list[Deadline]:
    """All deadlines for us in a text, the earliest first; those that are over are left out."""
    folded = words.fold(text)
    clock = zoneinfo.ZoneInfo(zone)
    deadlines = []
    for match in islice(_period_words().finditer(folded), MAX_PERIODS):
        if _ours(folded, match):
            deadlines.append(_period(match, text, received, zone, country))
    for match in islice(_until_words().finditer(folded), MAX_PERIODS):
        between = _RANGE.search(folded[max(0, match.start() - _JUST_BEFORE) : match.start()])
        if not between and _ours(folded, match) and (date := _date(match, text, received, clock)):
            deadlines.append(date)
    real = {
        one.ends: one
        for one in reversed(deadlines)
        if received < one.ends < received + MAX_SECONDS_AHEAD
    }
    return sorted(real.values(), key=lambda one: one.ends)


def _ours(folded: str, match: re.Match[str]) -> bool:
    """Whether the sentence is about what we must do: not about redress, holds or secrecy, nor about
    what one who got the letter by mistake shall do."""
    start = max(folded.rfind(mark, 0, match.start()) for mark in ("\n", "; ", ". ", "? ", "! "))
    ends = [end for mark in ("\n", "; ", ". ") if (end := folded.find(mark, match.end())) >= 0]
    start, end = max(start, match.start() - 200, 0), min([*ends, match.end() + 120])
    line = folded[max(folded.rfind("\n", 0, match.start()), match.start() - 400, 0) : match.end()]
    return not (
        words.group("redress").search(folded[start:end])
        or words.group("footer").search(line)
        or _held(folded[start : match.start()], folded[match.end() : end])
        or any(
            start + gag.start() < match.start() and match.end() < start + gag.end()
            for gag in words.group("gag").finditer(folded[start:end])
        )
    )


def _held(before: str, after: str) -> bool:
    """Whether the time between two halves of a sentence is that of a hold or of secrecy: such a
    word stands before it, or just behind it, with nothing to do between."""
    for pattern in (_HELD, words.group("gag")):
        ends = [match.end() for match in pattern.finditer(before)]
        if ends and not _something_to_do(before[ends[-1] :]):
            return True
    behind = _HELD.search(after[:_JUST_AFTER])
    return behind is not None and not _something_to_do(after[: behind.start()])


def _something_to_do(text: str) -> bool:
    return any(words.group(name).search(text) for name in ("remove", "provide"))


def _period(match: re.Match[str], text: str, received: int, zone: str, country: str) -> Deadline:
    count, unit = _length(match)
    written = " ".join(text[match.start() : match.end()].split())
    if unit in ("minute", "hour"):
        due = received + count * (60 if unit == "minute" else 3600)
        return Deadline(due, None, written, due)
    day = calendar.after(calendar.day_of(received, zone), count, unit, country)
    return Deadline(None, day.isoformat(), written, calendar.end_of(day, zone))


def _length(match: re.Match[str]) -> tuple[int, str]:
    """(how many, of what) of a period."""
    groups = match.groupdict()
    if groups.get("fortnight"):
        return _FORTNIGHTS[match["fortnight"]], "day"
    if single := groups.get("single"):
        return 1, _SINGLE[single]
    said = groups.get("number") or match["figure"] or match["count"]
    count = int(said) if said.isdigit() else _COUNTS[said]
    if groups.get("backwards"):
        return count, _BACKWARDS[match["backwards"]]
    unit = next(name for index, (name, _) in enumerate(_UNITS) if match[f"u{index}"])
    if unit == "day" and (match["before"] or match["after"]):
        unit = "working day"
    return count, unit


def _date(
    match: re.Match[str], text: str, received: int, zone: zoneinfo.ZoneInfo
) -> Deadline | None:
    today = datetime.datetime.fromtimestamp(received, zone).date()
    try:
        date = _day(match, today)
        hours = _hours(match)
    except ValueError:  # 31 February, 25 o'clock
        return None
    written = " ".join(text[match.start() : match.end()].split())
    if hours is None:
        end = calendar.end_of(date, zone.key)
        return Deadline(None, date.isoformat(), written, end)
    named = match["zone"] or match["pzone"] or match["lastzone"]
    place: datetime.tzinfo = zone
    if named:
        place = datetime.timezone(datetime.timedelta(hours=_OFFSETS[named]))
    start = datetime.datetime.combine(date, datetime.time(), place)
    due = int((start.replace(hour=hours[0] % 24, minute=hours[1])).timestamp())
    due += 86_400 if hours[0] == 24 else 0
    if due <= received and match["soon"] in _WEEKDAY:
        due += 7 * 86_400
    return Deadline(due, None, written, due)


def _day(match: re.Match[str], today: datetime.date) -> datetime.date:
    """The day that is named: as a date, or from today on."""
    if soon := match["soon"]:
        if soon in _AHEAD:
            return today + datetime.timedelta(_AHEAD[soon])
        return today + datetime.timedelta((_WEEKDAY[soon] - today.weekday()) % 7)
    day = match["d1"] or match["d2"] or match["d3"] or match["d4"]
    name = match["n3"] or match["n4"]
    month = _MONTH[name] if name else int(match["m1"] or match["m2"])
    year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
    date = datetime.date(int(year or today.year), month, int(day))
    return date.replace(year=today.year + 1) if not year and date < today else date


def _hours(match: re.Match[str]) -> tuple[int, int] | None:
    """(hour, minute) of the time of the day that stands before or after the day."""
    for name in ("", "p"):
        if match[f"{name}noon"]:
            return 12, 0
        if match[f"{name}late"]:
            return 24, 0
        if hour := match[f"{name}hour"]:
            count, minute = int(hour), int(match[f"{name}minute"] or 0)
            if half := match[f"{name}half"]:
                count = count % 12 + 12 * half.startswith("p")
            if count > 24 or minute > 59:
                raise ValueError(hour)
            return count, minute
    return None


class Secrecy(NamedTuple):
    """A clause that forbids telling the person: its end (Unix second; None: none is named)."""

    until: int | None
    words: str


def secrecy(text: str, *, received: int, zone: str, country: str) -> Secrecy | None:
    """The clause that forbids to inform the person concerned, if there is one: a sentence that is
    made like one (``confidentiality.py``), or has the words of one.
    """
    if span := confidentiality.find(text):
        sentence = text[span[0] : span[1]]
        until = _end(sentence, received, zone, country)
        return Secrecy(until, " ".join(sentence.split())[:400])
    folded = words.fold(text)
    for match in islice(words.group("gag").finditer(folded), MAX_PERIODS):
        start = max(folded.rfind("\n", 0, match.start()), folded.rfind(". ", 0, match.start())) + 1
        end = folded.find("\n", match.end())
        end = len(folded) if end < 0 else end
        line = folded[folded.rfind("\n", 0, match.start()) + 1 : end]
        if words.group("footer").search(line):
            continue  # whoever got the letter by mistake shall keep quiet
        sentence = text[start : min(end, match.end() + 250)]
        until = _end(sentence, received, zone, country)
        return Secrecy(until, " ".join(sentence.split())[:400])
    return None


@cache
def _span_words() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:pendant|pour une duree de|for(?: a period of)?|up to|fur(?: die dauer von"
        r"| einen zeitraum von)?|wahrend"
        r"|durante|per(?: un periodo di)?|gedurende|przez(?: okres)?)\s+(?:un |une |a |einen |una "
        r"|een )?"
        rf"(?P<count>\d{{1,3}}"
        rf"|{_COUNT})\s*(?:\(\s*(?P<figure>\d{{1,3}})\s*\)\s*)?(?P<before>(?:{_WORKING})\s+)?"
        rf"(?:{_UNIT})(?!\w)(?P<after>\s+(?:{_WORKING})(?!\w))?"
    )


def _end(sentence: str, received: int, zone: str, country: str) -> int | None:
    folded = words.fold(sentence)
    if (match := _until_words().search(folded)) and (
        date := _date(match, sentence, received, zoneinfo.ZoneInfo(zone))
    ):
        return date.ends
    if match := _span_words().search(folded):
        return _period(match, sentence, received, zone, country).ends
    return None
