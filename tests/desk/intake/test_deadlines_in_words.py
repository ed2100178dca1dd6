"""Deadlines as people write them: “by noon tomorrow”, “sous huitaine”, “bis Freitag, 12 Uhr”."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from petitbleu.desk.intake.classify import deadlines
from tests.desk.intake.mails import RECEIVED_AT  # Tuesday 24 November 2026, 10:00 in Paris

ZONE = "Europe/Paris"
WORDS = {
    "disable access by noon tomorrow CET.": "2026-11-25T12:00",
    "remove it by 5 p.m. tomorrow": "2026-11-25T17:00",
    "shall by close of business on 27 November 2026 remove": "2026-11-27",
    "by 17:00 on 30 November 2026": "2026-11-30T17:00",
    "before Friday at 3pm GMT": "2026-11-27T16:00",
    "by midnight on 26 November": "2026-11-27T00:00",
    "You have 24 hours to remove it": "2026-11-25T10:00",
    "by Tuesday 9am": "2026-12-01T09:00",
    "au plus tard demain à 8 h": "2026-11-25T08:00",
    "avant vendredi 17h30": "2026-11-27T17:30",
    "avant le 3 décembre à midi": "2026-12-03T12:00",
    "sous huitaine": "2026-12-02",
    "dans la quinzaine de la notification": "2026-12-09",
    "vous disposez de 48 heures": "2026-11-26T10:00",
    "bis Freitag, 12 Uhr, zu sperren": "2026-11-27T12:00",
    "bis Freitag, 11. Dezember 2026": "2026-12-11",
    "bis heute 20 Uhr": "2026-11-24T20:00",
    "spätestens übermorgen": "2026-11-26",
    "antes de las 12:00 de mañana": "2026-11-25T12:00",
    "antes del viernes": "2026-11-27",
    "entro il termine di giorni dieci": "2026-12-04",
    "entro le ore 18:00 di oggi": "2026-11-24T18:00",
    "entro ore 24 dalla notifica": "2026-11-25T10:00",
    "uiterlijk vrijdag 12.00 uur": "2026-11-27T12:00",
    "u heeft 24 uur": "2026-11-25T10:00",
    "do jutra do godz. 12:00": "2026-11-25T12:00",
    "do dnia 4 grudnia 2026 r. do godz. 12:00": "2026-12-04T12:00",
    "de le retirer endéans les 24 heures": "2026-11-25T10:00",
    "Az. 3 C 44/26\nFrist 48 Stunden": "2026-11-26T10:00",
    "fournir ces données dans le mois": "2026-12-24",
    "remove the post within the hour": "2026-11-24T11:00",
    "binnen Monatsfrist zu löschen": "2026-12-24",
    "w ciągu tygodnia usunąć wpis": "2026-12-01",
    "Provide within 10 days the logs between 1 and 15 November 2026.": "2026-12-04",
    "Please preserve the data and provide the subscriber information within 5 days.": "2026-11-29",
    "Block access within 3 days to the extent it is accessible in Ireland.": "2026-11-27",
    "Sans informer l'utilisateur, vous fournirez ces données avant le 1er décembre 2026.": "2026-12-01",
    "The data are to be kept for 90 days; transmit them within 72 hours.": "2026-11-27T10:00",
    "Confidential: please provide the data within 48 hours.": "2026-11-26T10:00",
    "najpóźniej do poniedziałku": "2026-11-30",
}
NONE = (
    "You may apply to the Court to have this order discharged within 14 days.",
    "L'intéressé dispose de 48 heures pour former un recours.",
    "until further notice",
    "No se informará al titular hasta el 5 de enero de 2027.",
    "The data must be preserved until 5 January 2027.",
    "Die Daten sind bis zum 5. Januar 2027 aufzubewahren.",
    "Vous ne devez pas informer l'utilisateur avant le 1er mars 2027.",
    "Non comunicare all'utente la presente richiesta fino al 1 marzo 2027.",
    "De gebruiker mag niet worden geïnformeerd tot 1 maart 2027.",
    "Der Nutzer darf bis zum 1. März 2027 nicht unterrichtet werden.",
    "The account holder shall not be informed until 1 March 2027.",
    "If you have received this message in error, please notify the sender within 24 hours.",
    "Si vous n'en êtes pas destinataire, merci de le supprimer et d'en avertir l'expéditeur sous"
    " 24 heures.",
    "le signalement fait demain l'objet d'une audience",
)


def _found(text: str) -> list[str]:
    clock = zoneinfo.ZoneInfo(ZONE)
    return [
        one.date or f"{datetime.datetime.fromtimestamp(one.due or 0, clock):%Y-%m-%dT%H:%M}"
        for one in deadlines.find(text, received=RECEIVED_AT, zone=ZONE, country="FR")
    ]


@pytest.mark.parametrize("text", WORDS)
def test_a_deadline_in_words_is_found(text: str) -> None:
    assert _found(text) == [WORDS[text]]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_deadline_for_us_is_passed_over(text: str) -> None:
    assert _found(text) == []


def test_of_several_the_earliest_leads() -> None:
    found = _found(
        "Remove it within 3 days, at the latest by tomorrow 9 am.\nFrist: 2. Dezember 2026"
    )
    assert found == ["2026-11-25T09:00", "2026-11-27", "2026-12-02"]
