"""Letters that speak of courts and orders and are none: of lawyers who want something taken down, of
people who seek work, write or sell; and the orders that lawyers and authorities do bring.
"""

from __future__ import annotations

import pytest
import weasyprint

from petitbleu.desk.intake.classify.sorting import Sorted
from tests.desk.intake.mails import mail
from tests.desk.intake.sorting import sorted_letter

LEGAL = "legal@petitbleu.example"
BROUGHT = (
    (
        "Zustellung",
        "Namens und in Vollmacht unserer Mandantin stellen wir Ihnen anliegend die einstweilige Verfügung des Landgerichts Burgstadt vom 20. November 2026, Az. 27 O 411/26, zu. Ihnen wird untersagt, den Beitrag https://petitbleu.example/ruf/7 zu verbreiten; er ist unverzüglich zu löschen.",
    ),
    (
        "Signification",
        "Conseil de Mme Aubry, je vous signifie l'ordonnance de référé rendue le 20 novembre 2026 par le tribunal judiciaire de Nantes, RG 26/01911, qui vous ordonne de retirer https://petitbleu.example/ragots/3 sous 48 heures.",
    ),
    (
        "Service of order",
        "We act for Ms Pryce. We enclose by way of service the order of the High Court dated 20 November 2026 (KB-2026-001234) requiring you to remove https://petitbleu.example/tea/5 within 24 hours. A penal notice is attached.",
    ),
    (
        "Notificación",
        "En nombre de mi cliente les notifico el auto dictado por el Juzgado de Primera Instancia n.º 4 de Ciudad Vieja, que ordena la retirada de https://petitbleu.example/cot/8 en el plazo de 3 días.",
    ),
    (
        "Notifica",
        "Nell'interesse del mio assistito Vi notifico l'ordinanza del Tribunale di Borgo (R.G. 4411/2026) che Vi ordina di rimuovere https://petitbleu.example/scand/4 entro 48 ore.",
    ),
    (
        "Betekening",
        "Namens cliënte doe ik u hierbij het vonnis van de rechtbank Amsterdam van 20 november 2026 toekomen (bijgaand), waarin u wordt bevolen het bericht https://petitbleu.example/na/3 binnen 24 uur te verwijderen, op straffe van een dwangsom.",
    ),
    (
        "Doręczenie",
        "Działając w imieniu mojej klientki, w załączeniu przesyłam postanowienie Sądu Okręgowego w Starogrodzie, którym nakazano usunięcie wpisu https://petitbleu.example/pl/2 w terminie 3 dni.",
    ),
)
"""Orders that there are, by lawyers of whoever has them."""
WANTED = (
    (
        "Unterlassung",
        "Wir vertreten die rechtlichen Interessen von Herrn Ohlsen. Das Landgericht Burgstadt hat dem Betreiber eines anderen Portals die Verbreitung derselben Behauptung durch Urteil vom 3. Mai 2025 untersagt. Wir bitten Sie, auch den Beitrag https://petitbleu.example/ruf/9 zu entfernen.",
    ),
    (
        "Contrefaçon",
        "Nous sommes les conseils de la société Verdelyne. Par jugement du 3 mars 2025, le tribunal judiciaire de Paris a ordonné à un tiers de cesser l'usage de la marque. Nous vous demandons de retirer l'offre https://petitbleu.example/parfums/58 sous 8 jours.",
    ),
    (
        "Trade mark",
        "We act for Verdelyne SA. In 2025 the High Court granted an injunction against another seller of these goods. Please remove the listing at https://petitbleu.example/scents/58 within 7 days.",
    ),
    (
        "Marca",
        "En nombre y representación de Verdelyne, S.A.: una sentencia de 2025 condenó a otro vendedor por los mismos hechos. Solicitamos que retiren el anuncio https://petitbleu.example/perfumes/58.",
    ),
    (
        "Marchio",
        "In nome e per conto di Verdelyne S.p.A.: con sentenza del 2025 il Tribunale di Borgo ha condannato un altro venditore. Vi invitiamo a rimuovere l'offerta https://petitbleu.example/profumi/58 entro 5 giorni.",
    ),
    (
        "Merkinbreuk",
        "Namens mijn cliënte Verdelyne B.V.: de rechtbank Amsterdam heeft in 2025 bij vonnis een andere verkoper veroordeeld. Ik verzoek u het aanbod https://petitbleu.example/parfum/58 te verwijderen.",
    ),
    (
        "Znak towarowy",
        "W imieniu mojego klienta, Verdelyne sp. z o.o.: wyrokiem z 2025 r. sąd okręgowy zakazał innemu sprzedawcy tych samych działań. Proszę o usunięcie oferty https://petitbleu.example/perfumy/58.",
    ),
    (
        "Abmahnung Markenverletzung",
        "Sehr geehrte Damen und Herren, wir zeigen an, dass wir die Lederwerk Amsel GmbH vertreten. Unter https://petitbleu.example/taschen_outlet/31 werden Plagiate angeboten (§ 14 MarkenG). Wir fordern Sie auf, das Angebot bis zum 1. Dezember 2026, 12 Uhr, zu entfernen. Nach fruchtlosem Ablauf werden wir beim Landgericht Burgstadt eine einstweilige Verfügung beantragen.\nRechtsanwälte Kolb & Tann",
    ),
    (
        "Diffida",
        "Spett.le Petitbleu, in nome e per conto del Sig. Bruno Falchi, Vi diffido a rimuovere entro 5 giorni il messaggio diffamatorio https://petitbleu.example/scandali_paese/2 (art. 595 c.p.). In difetto adirò il Tribunale e la Procura della Repubblica senza ulteriore avviso.\nAvv. Chiara Monreale",
    ),
    (
        "Requerimiento",
        "Muy señores míos: en nombre de mi cliente, Dña. Pilar Urrutia, les requiero para que en el plazo de cinco días retiren la publicación https://petitbleu.example/cotilleos/5, que vulnera su derecho al honor (LO 1/1982). En caso contrario acudiremos al juzgado y a la fiscalía.\nLetrado M. Aranda",
    ),
    (
        "Cease and desist",
        "We act for Ms Ottoline Pryce. The post at https://petitbleu.example/tea_spill/17 is grossly defamatory of our client. We require you to remove it within 48 hours, failing which we shall apply to the High Court for an injunction and an order for costs.\nFennimore LLP",
    ),
    (
        "Sommatie",
        "Geachte heer, mevrouw, namens cliënte Horlogerie Zandstra B.V. sommeer ik u om binnen 3 dagen de inbreukmakende aanbieding https://petitbleu.example/namaak_horloges/8 te verwijderen (artikel 2.20 BVIE). Bij gebreke daarvan start ik een kort geding bij de rechtbank Amsterdam.\nmr. T. Wolda, advocaat",
    ),
    (
        "Wezwanie do zaprzestania naruszeń",
        "Działając w imieniu mojej klientki wzywam do usunięcia w terminie 3 dni wpisu https://petitbleu.example/plotki/9, który narusza jej dobra osobiste (art. 23 i 24 k.c.). W przeciwnym razie skierujemy sprawę do sądu i zawiadomimy prokuraturę.\nr. pr. Igor Maj",
    ),
    (
        "Mise en demeure",
        "Maître Solal, avocat au barreau de Nantes, conseil de M. Even. Le message https://petitbleu.example/ragots/10 est diffamatoire (article 29 de la loi du 29 juillet 1881). Je vous mets en demeure de le retirer sous 48 heures. À défaut, je saisirai le président du tribunal judiciaire sur le fondement de l'article 6-3 de la LCEN et le procureur de la République.",
    ),
)
"""Orders against others, or that would be asked for."""
SPOKEN_OF = (
    (
        "Stage",
        "Bonjour, étudiante en droit, je cherche un stage. J'ai travaillé au greffe du tribunal judiciaire et au parquet sur des ordonnances de référé et des réquisitions.",
    ),
    (
        "Internship",
        "Dear team, I am a law student and would like to apply for the position of legal intern. I clerked at the High Court, drafting court orders and injunctions against platforms.",
    ),
    (
        "Tesi",
        "Buongiorno, sono una dottoranda: la mia tesi riguarda gli ordini di rimozione (regolamento 2021/784) emessi dalla polizia postale. Potrei avere dei dati?",
    ),
    (
        "Onderzoek",
        "Geachte heer, ik ben onderzoeker aan de universiteit en schrijf over bevelen van de rechtbank en vorderingen van de officier van justitie. Mag ik u interviewen?",
    ),
    (
        "Praca magisterska",
        "Jestem studentem prawa, piszę pracę o nakazach usunięcia treści i postanowieniach prokuratury. Czy mogę zadać kilka pytań?",
    ),
    (
        "Servicios",
        "Ofrecemos traducciones juradas de autos judiciales, requerimientos de la fiscalía y sentencias. Pidan presupuesto.",
    ),
    (
        "Our product",
        "We offer software for law enforcement requests: court orders, EPOCs and removal orders under 2021/784 in one dashboard. Book a demo.",
    ),
    (
        "Schulung",
        "Wir bieten eine Schulung zu Beschlüssen von Amtsgerichten, Auskunftsersuchen der Polizei und Entfernungsanordnungen. Anmeldung bis 10. Dezember.",
    ),
    (
        "Enquête étudiante",
        "Bonjour, étudiante en master de droit à Rennes, je prépare un mémoire sur les réquisitions judiciaires adressées aux hébergeurs (articles 60-1 et 77-1-1 du code de procédure pénale). Accepteriez-vous de répondre à cinq questions ?",
    ),
    (
        "Formation : répondre aux réquisitions et injonctions",
        "Madame, Monsieur, notre organisme propose une formation d'une journée « Répondre aux réquisitions judiciaires et aux injonctions de retrait (TCO, DSA article 9) ». Tarif : 890 € HT. Inscriptions avant le 15 décembre.",
    ),
    (
        "Comply with TCO in one hour",
        "Hi there, did you know that under Regulation (EU) 2021/784 you have one hour to comply with a removal order? Our SaaS automates it. Can we book a 15 minute demo this week?",
    ),
    (
        "Einladung Fachtagung E-Evidence",
        "Sehr geehrte Damen und Herren, wir laden Sie herzlich zur Fachtagung „E-Evidence in der Praxis: Europäische Herausgabeanordnung und Sicherungsanordnung (VO 2023/1543)“ am 14. Januar 2027 in Burgstadt ein. Es sprechen ein Staatsanwalt und eine Richterin am Landgericht. Anmeldung bis zum 20. Dezember.",
    ),
    (
        "Richiesta intervista",
        "Buongiorno, sono una giornalista della Gazzetta del Lago. Sto scrivendo sulle richieste della polizia e della magistratura alle piattaforme. Posso intervistare un vostro responsabile?",
    ),
    (
        "Currículum",
        "Buenos días: adjunto mi currículum. He trabajado tres años en el Juzgado de Instrucción n.º 2 tramitando oficios y requerimientos a plataformas. Estoy interesado en incorporarme a su equipo jurídico.",
    ),
    (
        "Zapytanie o współpracę",
        "Dzień dobry, oferujemy usługi tłumaczeń przysięgłych dla działów prawnych: postanowienia sądów, żądania prokuratury, nakazy usunięcia treści. Chętnie prześlemy ofertę.",
    ),
    (
        "Factuur 2026-118",
        "Beste, bijgaand onze factuur 2026-118 voor de vertaling van een bevel van de rechtbank. Betaling binnen 14 dagen graag.",
    ),
)
OFFICIAL = (
    (
        "Präsidium <post@polizei-burgstadt.example>",
        "Auskunftsersuchen, Rechnung",
        "Polizeipräsidium Burgstadt. Wir bitten um Auskunft über die Bestandsdaten des Nutzers @billig_pillen nach § 100j StPO. Unsere Rechnungsanschrift für die Entschädigung liegt bei.",
    ),
    (
        "Parquet de Nantes <parquet@tj-nantes.justice.example>",
        "Réquisition judiciaire",
        "Réquisition judiciaire (article 77-1-1 du code de procédure pénale). Veuillez communiquer l'identité du titulaire du compte @revente_44. Merci de joindre votre facture. Substitut du procureur de la République, tribunal judiciaire de Nantes.",
    ),
)
"""Letters of authorities in which such words stand too."""

ELSEWHERE = (
    'Last year the Circuit Court in Galway ordered the newspaper to take down an article about me ("the Court orders that the said article be removed within 14 days"). That was about the newspaper, not about you. But now somebody posts the same lies about me in https://petitbleu.example/galway_gossip/45. It is defamatory and illegal. Please remove it.',
    "En 2023, le tribunal de Quimper a ordonné à mon ancien voisin de retirer ses panneaux injurieux. Il recommence ici : https://petitbleu.example/voisins/3. C'est diffamatoire, merci de supprimer ce message.",
    "Letztes Jahr hat das Amtsgericht meinem Ex-Mann verboten, Fotos von mir zu zeigen und angeordnet, seine Webseite zu löschen. Jetzt tut er es hier: https://petitbleu.example/ex/4. Bitte entfernen.",
    "Hace dos años un juzgado condenó a una revista y ordenó retirar un reportaje sobre mí. Ahora lo copian en https://petitbleu.example/copias/2, es ilegal, pido que lo retiren.",
    "Il giudice ordinò al giornale di cancellare un articolo su di me. Ora lo ripubblicano in https://petitbleu.example/copie/2. È diffamazione, chiedo la rimozione.",
    "De rechtbank heeft de krant vorig jaar bevolen een artikel te verwijderen. Nu staat het op https://petitbleu.example/kopie/2. Dat is smaad, graag verwijderen.",
)
"""Told by people whom the same thing happened to before, elsewhere."""


def _sorted(subject: str, text: str, sender: str = "Robin Feld <robin@feld.example>") -> Sorted:
    return sorted_letter(mail(sender, LEGAL, subject, text))


@pytest.mark.parametrize(("subject", "text"), BROUGHT)
def test_a_lawyer_who_brings_an_order_brings_one(subject: str, text: str) -> None:
    found = _sorted(subject, text, "Kanzlei Brandl <brandl@kanzlei-brandl.example>")
    assert (found.kind, found.urgent) == ("dsa_art9_order", "high")


@pytest.mark.parametrize(("subject", "text"), WANTED)
def test_a_lawyer_who_tells_of_orders_gives_notice(subject: str, text: str) -> None:
    found = _sorted(subject, text, "Kanzlei Brandl <brandl@kanzlei-brandl.example>")
    assert (found.kind, found.urgent) == ("art16_notice", "normal")


@pytest.mark.parametrize(("subject", "text"), SPOKEN_OF)
def test_who_seeks_work_or_writes_or_sells_sends_no_order(subject: str, text: str) -> None:
    found = _sorted(subject, text)
    assert (found.kind, found.urgent) == ("unsorted", "normal")


@pytest.mark.parametrize(("sender", "subject", "text"), OFFICIAL)
def test_an_authority_that_uses_such_words_sends_an_order(
    sender: str, subject: str, text: str
) -> None:
    assert _sorted(subject, text, sender).urgent == "high"


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_a_court_ordered_others_is_told_in_a_notice(text: str) -> None:
    found = sorted_letter(
        mail("Robin Feld <robin@feld.example>", "notices@petitbleu.example", "!", text)
    )
    assert (found.kind, found.urgent) == ("art16_notice", "normal")


def _letter_with(html: str, text: str) -> Sorted:
    paper = weasyprint.HTML(string=html).write_pdf()
    attached = [("a.pdf", "application/pdf", paper)]
    return sorted_letter(mail("X <x@feld.example>", LEGAL, "", text, attached=attached))


def test_a_curriculum_vitae_that_names_orders_is_none() -> None:
    found = _letter_with(
        "<p>Lebenslauf. Landgericht und Staatsanwaltschaft Burgstadt: Beschlagnahme, Auskunftsersuchen."
        " Promotion: die Entfernungsanordnung nach der Verordnung (EU) 2021/784.</p>",
        "hiermit bewerbe ich mich um die Stelle in Ihrer Rechtsabteilung.",
    )
    assert (found.kind, found.urgent) == ("unsorted", "normal")


def test_the_order_on_the_paper_of_a_court_counts_whoever_sends_it() -> None:
    found = _letter_with(
        "<h1>Tribunal judiciaire de Nantes</h1><p>Ordonnance de référé du 20 novembre 2026, RG 26/01911."
        " Ordonnons à la société Petitbleu de retirer https://petitbleu.example/ragots/3.</p>",
        "Conseil de Mme Aubry, je vous prie de trouver un courrier.",
    )
    assert (found.kind, found.urgent) == ("dsa_art9_order", "high")


def test_the_letter_of_a_lawyer_on_paper_is_no_order() -> None:
    found = _letter_with(
        "<p>Cabinet Vauquelin, conseils de la société Verdelyne. Par jugement du 3 mars 2025, le tribunal"
        " judiciaire de Paris a ordonné à un tiers de cesser l'usage de la marque. Nous vous mettons en"
        " demeure de retirer https://petitbleu.example/parfums/58 sous 8 jours.</p>",
        "Veuillez trouver notre courrier.",
    )
    assert (found.kind, found.urgent) == ("art16_notice", "normal")
