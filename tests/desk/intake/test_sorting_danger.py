"""Life in danger and abused children, as people write of them in a hurry: what wakes somebody up,
and what sounds alike and must not."""

from __future__ import annotations

import pytest

from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import sorted_letter

LIVES = (
    "mon frère vient d'écrire qu'il va se jeter du pont ce soir",
    "elle a écrit qu'elle veut mourir et a avalé des comprimés",
    "Je vais vous égorger, vous et votre famille",
    "il a publié mon adresse et appelle à me tuer",
    "on menace de brûler vif mon cousin s'il ne paie pas",
    "I will come and stab every one of you",
    "a girl in the group says goodbye and that she has taken pills, please send help",
    "someone is being held hostage, they will cut her fingers",
    "There is a post saying a bomb will go off at Victoria station",
    "this guy posts pictures of my house and says my kids are next",
    "Er schreibt, dass er sich heute vor den Zug wirft",
    "Ich bring euch alle um, ihr Schweine",
    "Jemand kündigt an, morgen mit einem Messer in die Schule zu kommen",
    "os voy a matar a todos, sé dónde trabajáis",
    "dice que va a entrar en el colegio con una escopeta",
    "il mio ex mi scrive che mi ammazza appena esco",
    "dicono che metteranno una bomba a scuola",
    "mijn ex stuurt dat hij me doodt als ik de deur open doe",
    "ze willen mijn huis in de fik steken vannacht",
    "napisał że skoczy z mostu dziś w nocy",
    "ktoś grozi że wysadzi szkołę",
)
CHILDREN = (
    "un homme demande des photos nues à ma fille de 12 ans dans @jeux_enfants",
    "a man asks my 11 year old son for nudes",
    "they trade nudes of 14 year olds",
    "hier werden Nacktbilder von 13-jährigen Mädchen getauscht",
    "un tipo acosa a niñas y les pide fotos desnudas",
    "un uomo chiede foto nude a mia figlia di 13 anni",
    "een man vraagt mijn dochter van 11 om naaktfoto's",
    "udostępniają nagie zdjęcia dzieci i filmy z nieletnimi",
)
NEITHER = (
    "This price is killing me, please reinstate my account today",
    "Je meurs de rire devant vos règles, rendez-moi mon compte",
    "Ma fille de 12 ans ne peut plus se connecter à son compte",
    "Il vend des couteaux de cuisine contrefaits",
    "I'll shoot you an email with the evidence of copyright infringement",
    "the channel jumps from scam to scam, they burn investors",
    "My account was taken hostage by a hacker who asks a ransom",
    "Der Kanal verkauft gefälschte Tabletten, die er aus China genommen hat",
    "vi segnalo che il canale mi ha rubato le foto",
    "han secuestrado mi cuenta y piden dinero",
    "zabijają mój biznes fałszywymi opiniami",
    "Une photo de mon fils à l'école est publiée sans mon accord sur @ecole_infos",
)


def _kind(text: str) -> str:
    return sorted_letter(
        mail("A <a@home-mail.example>", "notices@petitbleu.example", "!", text)
    ).kind


@pytest.mark.parametrize("text", LIVES)
def test_a_life_in_danger_is_heard_in_plain_words(text: str) -> None:
    assert _kind(text) in ("art18_threat", "imminent_threat_terrorist")


@pytest.mark.parametrize("text", CHILDREN)
def test_a_child_and_nakedness_named_together_are_child_abuse(text: str) -> None:
    assert _kind(text) == "csam_notice"


@pytest.mark.parametrize("text", NEITHER)
def test_what_only_sounds_like_danger_wakes_nobody(text: str) -> None:
    assert _kind(text) not in ("art18_threat", "imminent_threat_terrorist", "csam_notice")


def test_an_order_to_act_at_once_about_threats_stays_an_order() -> None:
    found = sorted_letter(
        mail(
            "Tribunal judiciaire de Paris <greffe@tj-paris.justice.example>",
            "legal@petitbleu.example",
            "Ordonnance RG 26/555",
            "Le tribunal judiciaire de Paris ordonne le retrait immédiat du message"
            " https://petitbleu.example/haine/3, en application de l'article 6-3 de la loi 2004-575,"
            " au motif qu'il contient des menaces de mort. Recours : cour d'appel de Paris.",
        )
    )
    assert found.kind == "dsa_art9_order"
