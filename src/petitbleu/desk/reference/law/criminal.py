"""Whether a name or text is that of an authority of criminal justice: police, prosecutor,
investigating judge, criminal court or procedure, by stems in the languages of the Union. Pure.

It only ever asks for more care (a second person); nothing is allowed because nothing was found.
"""

from __future__ import annotations

import re
import unicodedata

_NAME = (
    # police
    r"police", r"polic(?:j|ia|ie|ii|ij)\w*", r"\w*polizei\w*", r"polizia",
    r"politi(?:a|e|et|ets|i)?", r"politsei\w*", r"polis(?:en|ens|myndighet\w*)?", r"poliisi\w*",
    r"gendarm\w*", r"zandarm\w*", r"carabinieri", r"guardia (?:civil|di finanza)", r"questura",
    r"garda(?:i)?", r"constabulary", r"sheriff", r"rendorseg\w*", r"poliis\w*", r"pulizija",
    r"kriminal\w*", r"\w*kriminalamt\w*", r"rijkswacht", r"marechaussee", r"europol", r"interpol",
    r"mossos", r"ertzaintza", r"law enforcement", r"crime (?:agency|bureau|unit|branch)",
    r"\w*recherche(?:dienst|team|eenheid)", r"fiod", r"ofac", r"pharos", r"oclctic", r"opj",
    r"direccao central de investigacao criminal",
    # prosecutors
    r"procur(?:eur|eurs|ador|adoria|atore|atrice|a|aduria)\w*", r"parquet\w*", r"parchet\w*",
    r"prosecut\w*", r"\w*staatsanw\w*", r"\w*anwaltschaft", r"fiscalia\w*", r"ministerio fiscal",
    r"ministerio publico", r"ministere public", r"openbaar ministerie", r"officier van justitie",
    r"prokurat\w*", r"prokur\w*", r"ugyeszseg\w*", r"statni zastupitel\w*", r"statny zastupitel\w*",
    r"zastupitelstv\w*", r"drzavno (?:odvjetnistvo|tozilstvo)", r"aklagar\w*",
    r"anklagemyndighed\w*", r"syyttaja\w*", r"prokuratuur\w*", r"pubblico ministero",
    r"procura della repubblica",
    r"crown office", r"director of public prosecutions", r"state attorney",
    # judges and procedure
    r"juge (?:d.instruction|des libertes)\w*", r"ermittlungsrichter\w*", r"onderzoeksrechter\w*",
    r"rechter-commissaris", r"investigating (?:judge|magistrate)", r"juez de instruccion",
    r"juzgado (?:central )?de instruccion", r"giudice per le indagini", r"gip",
    # their courts
    r"penal\w*", r"strafrechter", r"strafgericht\w*", r"strafkammer\w*", r"karn[yaei]\w*",
    r"kazneni\w*", r"kazenski\w*", r"crime", r"criminal\w*", r"correctionnel\w*", r"assises",
)  # fmt: skip
_PROCEDURE = (
    r"procedures? penales?", r"procedura penale", r"procedimiento penal", r"diligencias previas",
    r"enjuiciamiento criminal", r"strafprozess\w*", r"stpo", r"strafverfahren\w*", r"strafsache\w*",
    r"ermittlungsverfahren\w*", r"strafvordering", r"strafzaak\w*",
    r"strafrechtelijk onderzoek", r"opsporingsonderzoek", r"gerechtelijk onderzoek",
    r"criminal (?:proceeding|investigation|procedure|court|case|matter|justice|division)s?",
    r"enquete (?:preliminaire|de flagrance|judiciaire|penale)", r"information judiciaire",
    r"commission rogatoire", r"instruction penale", r"indagini preliminari", r"kpk",
    r"postepowani\w+ (?:karn|przygotowawcz)\w*", r"sledztw\w*", r"dochodzeni\w*",
    r"postupku karn\w*", r"trestn\w* (?:rizeni|konani)", r"buntetoelj\w*",
    r"investigation (?:penale|criminelle)", r"proceso penal", r"processo penal\w*",
    r"inquerito(?: criminal)?", r"urmarire\w* penal\w*", r"forundersokning\w*", r"esitutkinta\w*",
)  # fmt: skip
_PROCEDURES = re.compile(rf"(?<!\w)(?:{'|'.join(_PROCEDURE)})(?!\w)")
_NAMES = re.compile(rf"(?<!\w)(?:{'|'.join((*_NAME, *_PROCEDURE))})(?!\w)")
_OTHER_SCRIPTS = re.compile(
    "αστυνομ|εισαγγελ|ποινικ|ανακρι|полици|прокурат|следств|следовател|наказател|досъдебн"
    "|кримина|уголовн|поліц|кримінал"
)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ł", "l").lower())
    return "".join(char for char in folded if not unicodedata.combining(char))


def is_criminal(name: str) -> bool:
    """Whether the name of an authority, its domain or its signature is one of criminal justice."""
    plain = re.sub(r"\s+", " ", _plain(name))
    return _NAMES.search(plain) is not None or _OTHER_SCRIPTS.search(plain) is not None


def is_procedure(text: str) -> bool:
    """Whether a text speaks of criminal proceedings as its own; to name a penal law is not
    enough.
    """
    return _PROCEDURES.search(re.sub(r"\s+", " ", _plain(text))) is not None
