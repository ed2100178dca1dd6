"""In which language a text is, by its letters and its small words: enough to answer in it and to
pick words.

The rules know the words of seven languages, an eighth is answered; a few neighbours stand in the
list so that they are not taken for one of them.
"""

from __future__ import annotations

import re
from collections import Counter

from petitbleu.desk.intake.classify.words import fold

READ = ("fr", "en", "de", "es", "it", "nl", "pl")
"""Languages whose words the rules know."""
ANSWERED = (*READ, "ar")
"""Languages of automatic receipts."""

_SMALL = {
    "fr": "le la les des du de et est une un dans pour que qui par sur avec nous vous je ce"
    " cette votre notre sont pas au aux ne mon ma mes leur ses bonjour madame monsieur"
    " règlement délai ordonnance tribunal l d qu à été être"
    " article j ai n c groupe canal utilisateur message merci urgent"
    " signalement contenu mineurs compte déjà voir signale vu nos vos ici",
    "en": "the of and to in is that for it on with as this be are by you we your our i not"
    " have has was which from my please dear or an been will under within any channel"
    " group user message hello hi thanks thank urgent report content minors account"
    " they them there regulation order removal at he she his her who what if about but when"
    " would could should does did had were than into can how why where been because these those",
    "de": "der die das und ist in den von zu mit sich des auf für nicht ein eine dem im als"
    " auch wir ich sie ihr ihre bitte nach wird wurde sind hat über bei um durch zum"
    " zur einer mein meine am daten kanal gruppe nachricht nutzer hallo danke dringend"
    " werden meldung inhalt konto wurden"
    " verordnung artikel innerhalb anordnung",
    "es": "el la los las de del y en que por con para una un se su al es no lo como más sus"
    " mi este esta le nos han ha solicito usted ustedes buenos señores contenido fecha"
    " canal grupo usuario mensaje hola gracias favor urgente denuncia comparten"
    " menores infantil cuenta dicen muy reglamento artículo plazo orden",
    "it": "il lo la gli le di del della dei delle e che per con una un in non è si sono da"
    " al alla nel nella vi mi ci ho mio mia questo questa ai sul ha dal chiedo"
    " buongiorno gruppo canale utente messaggio grazie urgente segnalazione contenuto"
    " minori alle hanno ciao regolamento articolo entro ordine",
    "nl": "de het een en van in is dat op te voor met niet zijn aan er om ook door bij uit"
    " naar dit deze wij ik u uw mijn heeft wordt worden hebben als onze geachte graag"
    " groep kanaal gebruiker bericht hallo dank dringend melding zegt hij zij"
    " kinderporno verordening artikel binnen bevel",
    "pl": "i w z na do nie że się jest o dla po od za przez to jak lub oraz przy tym mój"
    " moje proszę państwa został została która który których są dnia treści kanał"
    " kanale grupa grupie użytkownik wiadomość dzień dobry dziękuję pilne zgłoszenie"
    " treść mam rozporządzenia ustawy podstawie usunąć ktoś konto koncie",
    "pt": "o os as dos das da do e em que não para com uma um por no na se seu sua ao foi são"
    " mais você nós meu minha é pela pelo meus alguém peço obrigado obrigada está isso esta este"
    " já também muito olá dia cumprimentos",
    "ro": "și de la în cu pe un o să nu este sunt care din pentru al ale prin mai acest",
    "sv": "och att det som en på är av för med till den inte har jag vi ett om från mitt er",
    "da": "og at det som en på er af for med til den ikke har jeg vi et om fra min jeres",
    "cs": "a v na se je že z do s o pro jsem jsou nebo ale jako by mi vás prosím není",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}

_OF_WORD: dict[str, list[str]] = {}
"""Word -> languages that have it."""
for _language, _of_it in _WORDS.items():
    for _word in _of_it:
        _OF_WORD.setdefault(_word, []).append(_language)


def _plain_words() -> dict[str, str]:
    owners: dict[str, set[str]] = {}
    for language, small in _WORDS.items():
        for word in small:
            owners.setdefault(fold(word), set()).add(language)
    return {word: min(of) for word, of in owners.items() if len(word) > 3 and len(of) == 1}


_WITHOUT_ACCENTS = _plain_words()
"""Words as they are typed without accents, where no other language has them so."""
_WORD = re.compile(r"[^\W\d_]+")
_NOT_WORDS = re.compile(r"(?<!\S)\S*(?:://|@)\S*")
"""Links, addresses, @names: written alike in all languages."""
_LETTERS = {"ł": "pl", "ą": "pl", "ę": "pl", "ż": "pl", "ś": "pl", "ß": "de", "ñ": "es", "ç": "fr",
            "ê": "fr", "û": "fr", "œ": "fr", "ì": "it", "ò": "it", "¿": "es",
            "ã": "pt", "õ": "pt", "ș": "ro", "ț": "ro", "å": "sv", "ø": "da", "ř": "cs",
            "ů": "cs"}  # fmt: skip
_LATIN = "\u024f"
_BEYOND = re.compile(r"[\u0250-\U0010ffff]")
_SEEN = 6000
_SCRIPTS = (
    ("\u0370", "\u03ff", "el"), ("\u0400", "\u052f", "ru"), ("\u0530", "\u058f", "hy"),
    ("\u0590", "\u05ff", "he"), ("\u0600", "\u06ff", "ar"), ("\u0750", "\u077f", "ar"),
    ("\u0900", "\u097f", "hi"), ("\u0980", "\u09ff", "bn"), ("\u0b80", "\u0bff", "ta"),
    ("\u0e00", "\u0e7f", "th"), ("\u10a0", "\u10ff", "ka"), ("\u1200", "\u139f", "am"),
    ("\u1f00", "\u1fff", "el"), ("\u3040", "\u30ff", "ja"), ("\u4e00", "\u9fff", "zh"),
    ("\uac00", "\ud7af", "ko"), ("\ufb50", "\ufdff", "ar"), ("\ufe70", "\ufefc", "ar"),
)  # fmt: skip
"""First and last letter of a script, and the language that is taken for it."""
_OWN_LETTERS = (
    ("ar", "ur", "ٹڈڑےں"), ("ar", "fa", "پچژگکی"), ("ru", "uk", "іїєґ"), ("ru", "sr", "ђћџљњј"),
)  # fmt: skip
"""(script’s language, another of that script, letters that only the other has)."""


def detect_language(text: str) -> str:
    """ISO 639-1 code, or ``und`` where no language is clear."""
    sample = _NOT_WORDS.sub(" ", text[:_SEEN].lower())
    words = [word for word in _WORD.findall(sample) if len(word) < 20]
    letters = "".join(words)
    if not words:
        return "und"
    ascii_only = sample.isascii()
    if not ascii_only and 2 * len(_BEYOND.findall(letters)) > len(letters):
        return _by_script(letters)
    score: Counter[str] = Counter()
    for word, times in Counter(words).items():
        for language in _OF_WORD.get(word, ()):
            score[language] += (2 if len(word) > 1 else 1) * times
        if (language := _WITHOUT_ACCENTS.get(word, "")) and word not in _WORDS[language]:
            score[language] += 2 * times
    if not ascii_only:
        for char, language in _LETTERS.items():
            score[language] += min(6, 3 * sample.count(char))
    ranked = score.most_common(2)
    best = ranked[0][1] if ranked else 0
    second = ranked[1][1] if len(ranked) > 1 else 0
    # In a short text one word is enough that no other language has.
    if best < (2 if second == 0 else 4) or best == second or best * 12 < len(words):
        return "und"
    return ranked[0][0]


def _by_script(letters: str) -> str:
    """The language of a script that is not Latin, or ``und``. Japanese is known by its kana, though
    most of its letters may be Chinese."""
    counts: Counter[str] = Counter()
    for char in letters:
        for first, last, language in _SCRIPTS:
            if first <= char <= last:
                counts[language] += 1
    if not counts:
        return "und"
    best, count = counts.most_common(1)[0]
    if best == "zh" and 10 * counts["ja"] > count:
        return "ja"
    for script, other, own in _OWN_LETTERS:
        if script == best and 50 * sum(map(letters.count, own)) > count:
            return other
    return best
