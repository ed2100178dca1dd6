"""Clauses of secrecy are recognised by what such a sentence is made of; what only asks for data, or
says that the user may be told, is none.
"""

from __future__ import annotations

import pytest

from petitbleu.desk.intake.classify import confidentiality, deadlines, words
from petitbleu.resources import schema_text
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import DIRECTORY, sorted_letter

CLAUSES = """
Vous veillerez à ce que le titulaire de la ligne n'ait pas vent de la présente démarche.
La personne visée ne saurait en être avisée avant la clôture de nos investigations.
Il vous est fait défense d'en donner connaissance à l'intéressé.
Cette requête doit demeurer strictement confidentielle vis-à-vis de votre abonné.
Toute révélation de l'existence de cette réquisition à des tiers est pénalement sanctionnée.
L'administrateur du canal n'en sera instruit qu'après notre feu vert.
You are directed to keep the existence of this warrant from the account holder.
Under no circumstances is the subscriber to learn of this inquiry.
Please treat this request as confidential; the subject must remain unaware of it.
Disclosure of this order to the customer may constitute an offence.
The user is only to be notified once we have confirmed in writing.
No notification shall be made to the person concerned for a period of ninety days.
Der Kontoinhaber darf von diesem Ersuchen nichts erfahren.
Eine Unterrichtung des Betroffenen hat bis auf Weiteres zu unterbleiben.
Wir bitten, über diese Maßnahme Stillschweigen gegenüber dem Nutzer zu wahren.
Von einer Benachrichtigung des Inhabers ist abzusehen, solange das Verfahren läuft.
El titular de la cuenta no deberá tener noticia de la presente diligencia.
Queda prohibido dar a conocer al usuario la existencia de este oficio.
Se ruega guardar la debida reserva sobre el contenido de este requerimiento.
Hasta nueva orden, absténganse de ponerlo en conocimiento del investigado.
All'intestatario non dovrà essere fornita alcuna notizia del presente decreto.
Si prega di mantenere il massimo riserbo sull'attività d'indagine in corso.
È fatto divieto di rendere edotto l'utente dell'avvenuta richiesta.
Il soggetto non dovrà in alcun modo venire a conoscenza degli accertamenti.
De rekeninghouder mag van deze vordering geen weet hebben.
U dient zich te onthouden van enige mededeling aan de betrokkene.
Over dit bevel dient geheimhouding te worden betracht jegens de klant.
De gebruiker wordt door ons zelf ingelicht, niet door u, zodra het onderzoek dit toelaat.
Prosimy o niezawiadamianie właściciela konta o niniejszym żądaniu.
Fakt wydania postanowienia nie może zostać ujawniony osobie, której dotyczy.
Użytkownik nie powinien dowiedzieć się o prowadzonych czynnościach.
Informacja o żądaniu ma charakter poufny i nie podlega przekazaniu abonentowi.
Le présent ordre est couvert par le secret de l'instruction et vous lie.
Toute communication à la personne mise en cause est différée de six mois.
L'existence de la présente mesure ne pourra être portée à la connaissance de quiconque.
The account holder must be left in the dark until 14 March.
Recipients of this notice shall keep it to themselves and may not share it with the poster.
This is a covert investigation; do not do anything that would alert the target.
You must not, directly or indirectly, make the user aware that data were sought.
Informing the data subject would prejudice an ongoing investigation and is therefore prohibited.
Non-disclosure applies for twelve months from the date of this order.
Eine Information der Zielperson würde den Untersuchungszweck gefährden und ist zu unterlassen.
Dem Kunden darf weder der Inhalt noch die Tatsache dieser Abfrage bekannt werden.
Die Anordnung ergeht verdeckt.
Bis zum 30. Juni unterbleibt jede Mitteilung an den Verfasser.
No se dará traslado de esta resolución al afectado mientras dure el secreto de las actuaciones.
Les apercibo de que advertir al investigado puede constituir delito.
La medida se practicará sin que el titular tenga noticia de ella.
Absténgase de cualquier contacto con el abonado relacionado con este asunto.
Di quanto sopra non dovrà essere dato avviso all'interessato.
La notifica al titolare è ritardata per novanta giorni.
Wij verzoeken u dit vertrouwelijk te behandelen en de klant er niet over aan te spreken.
Mededeling aan de gebruiker blijft achterwege tot 1 september.
Zabrania się informowania osób trzecich o treści niniejszego postanowienia.
Właściciela kanału nie należy uprzedzać o planowanych czynnościach.
Do czasu zakończenia śledztwa abonent nie może o nim wiedzieć.
O titular não deve ser informado deste pedido.
Användaren får inte underrättas om detta beslut.
Uživatel nesmí být o tomto příkazu vyrozuměn.
"""
NONE = """
Veuillez nous communiquer les données d'identification de l'utilisateur avant le 3 décembre.
Vous pouvez informer l'auteur de la publication de la présente injonction et des voies de recours.
Merci de retirer ce contenu et d'en aviser son auteur dans les meilleurs délais.
N'hésitez pas à nous informer de toute difficulté concernant ce compte.
Le destinataire peut former un recours devant le tribunal administratif dans un délai de deux mois.
Please remove the content within one hour and inform us of the time of removal.
You may inform the user of this order and of the means of redress.
If you do not hold the data of this user, please tell us without delay.
The content was published by the user on 3 May and depicts a stabbing.
We ask you to provide the subscriber data of the account holder.
Bitte teilen Sie uns die Bestandsdaten des Kontoinhabers mit.
Sie haben den Nutzer über die Entfernung und die Rechtsbehelfe zu unterrichten.
Sollten Sie keine Daten des Nutzers haben, bitten wir um kurze Mitteilung an uns.
Der Inhalt ist binnen einer Stunde zu entfernen.
Rogamos comuniquen a este juzgado los datos del titular de la cuenta.
Deberá informar al usuario de la retirada y de los recursos disponibles.
Si no dispone de los datos del usuario, comuníquenoslo.
Si prega di comunicare a questo ufficio i dati dell'intestatario dell'utenza.
L'utente può essere informato del presente ordine.
Il contenuto deve essere rimosso entro un'ora.
Gelieve ons de gegevens van de gebruiker mee te delen.
U dient de gebruiker over de verwijdering te informeren.
Prosimy o przekazanie danych użytkownika konta w terminie 7 dni.
Należy poinformować użytkownika o usunięciu treści i środkach odwoławczych.
Le contenu doit être retiré sans délai et en tout état de cause dans l'heure.
Nous vous prions de notifier la présente décision à l'auteur du contenu.
À défaut de réponse, une nouvelle réquisition vous sera adressée.
Les données doivent être conservées pendant 90 jours dans l'attente d'une demande.
Vous voudrez bien indiquer si le compte n'existe plus.
La personne qui a publié cette vidéo n'a pas donné son accord.
Please provide the name, address and sign-in records of the user.
Failure to comply may result in a financial penalty.
The recipient has the right to challenge this order before the Regional Court.
You should tell the user why the content was removed and how to appeal.
Payment details of the holder are not needed.
The content incites violence against persons and must not be republished.
Wir bitten um Bestätigung der Sperrung innerhalb von 24 Stunden.
Der Nutzer ist über die Gründe zu informieren, sofern seine Kontaktdaten vorliegen.
Gegen diese Anordnung kann Widerspruch erhoben werden.
Inhaltsdaten werden nicht angefordert.
Remítase la información a la dirección indicada en el plazo de cinco días.
Contra esta resolución cabe recurso de reforma.
No se solicitan datos de contenido de la cuenta.
Si richiede di fornire i file di log dell'utenza indicata.
Avverso il presente provvedimento è ammesso ricorso entro sessanta giorni.
Wij verzoeken u de inhoud binnen een uur te verwijderen.
U kunt tegen dit bevel beroep instellen bij de rechtbank.
Proszę o potwierdzenie usunięcia treści.
Na postanowienie przysługuje zażalenie w terminie 7 dni.
The poster has not been identified; his username is given below.
Le titulaire du compte est majeur et ne bénéficie d'aucune immunité.
Der Beschluss wurde dem Betroffenen bereits zugestellt.
"""


def _lines(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("sentence", _lines(CLAUSES))
def test_a_clause_is_found_with_its_sentence(sentence: str) -> None:
    letter = f"Sehr geehrte Damen und Herren,\n\nRef. 77/26.\n{sentence}\n\nMfG\nK. M."
    span = confidentiality.find(letter)
    assert span is not None and sentence[:40] in letter[span[0] : span[1]]


@pytest.mark.parametrize("sentence", _lines(NONE))
def test_what_is_no_clause_is_not_taken_for_one(sentence: str) -> None:
    assert confidentiality.find(sentence) is None


def test_the_old_words_alone_knew_few_of_them() -> None:
    """Why sentences are taken apart: the list of wordings knew less than one in five."""
    known = [one for one in _lines(CLAUSES) if words.group("gag").search(words.fold(one))]
    assert len(known) * 5 < len(_lines(CLAUSES))


def test_a_clause_that_ends_says_when() -> None:
    found = deadlines.secrecy(
        "Kindly hold the matter in confidence. The account holder must not learn of this order"
        " before 14 March 2027.\n",
        received=1_800_000_000, zone="Europe/Paris", country="FR",
    )  # fmt: skip
    assert found is not None
    other = deadlines.secrecy(
        "The account holder must not learn of this order until 14 March 2027.",
        received=1_800_000_000, zone="Europe/Paris", country="FR",
    )  # fmt: skip
    assert other is not None and other.until is not None and "14 March" in other.words


def test_stems_are_data_and_each_language_has_each_part() -> None:
    assert "forbids telling" in schema_text("desk/secrecy-words.json")
    for parts in confidentiality.tongues().values():
        assert all(parts)


def test_a_long_hostile_text_is_read_in_bounded_time() -> None:
    text = "ne pas informer " * 200_000
    assert confidentiality.find(text[:60_000]) is None, "nobody is named"
    assert confidentiality.find("a" * 60_000) is None


def test_an_order_keeps_the_sentence_and_that_it_is_a_criminal_matter() -> None:
    raw = mail(
        "Bundeskriminalamt <zcb@bka.bund.example>",
        "legal@petitbleu.example",
        "Anordnung nach Artikel 10 DSA, 88 Js 41/26",
        "Auf Grund von Artikel 10 der Verordnung (EU) 2022/2065 ordnen wir an, die Bestandsdaten"
        " des Kontos https://petitbleu.example/bassin zu übermitteln.\n\n"
        "Der Kontoinhaber darf von diesem Ersuchen nichts erfahren.\n\nBundeskriminalamt",
    )
    found = sorted_letter(raw, DIRECTORY)
    assert found.secrecy is not None and "nichts erfahren" in found.secrecy.words
    facts = found.facts()
    assert facts["criminal"] and facts["confidentiality"]["until"] is None
