"""Letters of authorities in seven languages, each with what a lawyer would say it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk.intake.mails import RECEIVED_AT, mail
from tests.desk.intake.sorting import HOUR, said_of, sorted_letter

ORDERS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "tco order in French": (
        mail(
            "OFAC <tco@interieur.gouv.example>", "tco@petitbleu.example",
            "INJONCTION DE RETRAIT - OFAC-2026-00412",
            "Injonction de retrait au titre de l'article 3 du règlement (UE) 2021/784\n\n"
            "SECTION A État membre : France. Référence : OFAC-2026-00412\n"
            "SECTION B https://petitbleu.example/brigade/5 — apologie d'actes terroristes\n"
            "SECTION C Le fournisseur de contenus ne doit pas être informé pendant six semaines.\n"
            "SECTION E Commandant Martin\nSECTION G Recours : tribunal administratif de Paris\n",
        ),
        {"kind": "tco_removal_order", "urgent": "critical", "language": "fr",
         "reference": "OFAC-2026-00412", "targets": ["https://petitbleu.example/brigade/5"],
         "states": 27, "lacking": ["section_d_missing", "section_f_missing"], "secret": True},
    ),
    "tco order in German": (
        mail(
            "BKA <tco@bka.bund.example>", "tco@petitbleu.example",
            "Entfernungsanordnung nach Verordnung (EU) 2021/784",
            "Sehr geehrte Damen und Herren,\nhiermit wird angeordnet, den folgenden terroristischen Inhalt"
            " innerhalb einer Stunde zu entfernen: t.me/kampf_ruf/88\nAktenzeichen: ST 45-2026/117\n"
            "Gegen diese Anordnung ist Klage beim Verwaltungsgericht Wiesbaden zulässig.",
        ),
        {"kind": "tco_removal_order", "urgent": "critical", "language": "de",
         "targets": ["t.me/kampf_ruf/88"], "reference": "ST 45-2026/117"},
    ),
    "tco order in Spanish": (
        mail(
            "CITCO <ordenes@interior.example>", "tco@petitbleu.example",
            "Orden de retirada TERR-88/2026",
            "En virtud del Reglamento (UE) 2021/784 se ordena la retirada del contenido terrorista"
            " https://petitbleu.example/canal/3 en el plazo de una hora.",
        ),
        {"kind": "tco_removal_order", "urgent": "critical", "language": "es"},
    ),
    "first contact before a tco order": (
        mail(
            "Bundeskriminalamt <tco@bka.bund.example>", "tco@petitbleu.example",
            "Prior information under Article 3(2) of Regulation (EU) 2021/784",
            "Dear provider, before issuing a first removal order we inform you of the procedures and"
            " applicable deadlines. This is not yet a removal order. A removal order has to be executed"
            " within one hour.",
        ),
        {"kind": "tco_first_contact", "urgent": "critical", "language": "en"},
    ),
    "court order in German limited to Germany": (
        mail(
            "Landgericht Berlin <verwaltung@lg-berlin.justiz.example>", "legal@petitbleu.example",
            "Einstweilige Verfügung 27 O 115/26",
            "Beschluss\nIn dem Verfahren auf Erlass einer einstweiligen Verfügung wird der Antragsgegnerin"
            " aufgegeben, den Beitrag https://petitbleu.example/geruecht/9 für Nutzer in Deutschland zu sperren.\n"
            "Rechtsgrundlage: §§ 823, 1004 BGB\nGründe: Der Beitrag verletzt das Persönlichkeitsrecht.\n"
            "Frist: bis zum 3. Dezember 2026\nGegen diesen Beschluss ist der Widerspruch statthaft.\n"
            "Bitte teilen Sie uns den Vollzug mit.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["DE"], "reference": "27 O 115/26",
         "given": ("dsa9.order_deadline", "2026-12-03"), "lacking": ["language_not_declared"]},
    ),
    "administrative order in Italian": (
        mail(
            "AGCOM <ordini@agcom.example>", "legal@petitbleu.example",
            "Ordine di rimozione ai sensi dell'articolo 9 del Regolamento (UE) 2022/2065",
            "Si ordina di rimuovere il contenuto https://petitbleu.example/partite/4 entro 48 ore dalla notifica.\n"
            "Base giuridica: articolo 9 del regolamento (UE) 2022/2065; delibera n. 680/13/CONS\n"
            "Motivi: il contenuto viola il diritto d'autore in quanto diffuso senza licenza.\n"
            "Ambito territoriale: Italia\nRiferimento: AGCOM-26/1187\nRicorso al TAR del Lazio entro 60 giorni.\n"
            "Si prega di dare riscontro.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["IT"], "reference": "AGCOM-26/1187",
         "given": ("dsa9.order_deadline", RECEIVED_AT + 48 * HOUR), "language": "it"},
    ),
    "order in Spanish with nothing in it": (
        mail(
            "Juzgado de Instrucción 3 de Valencia <juzgado3@justicia.example>", "legal@petitbleu.example",
            "Auto de 20 de noviembre de 2026",
            "Se acuerda el bloqueo del canal. Cúmplase en el plazo de tres días hábiles.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["ES"],
         "given": ("dsa9.order_deadline", "2026-11-27"),
         "lacking": ["legal_basis_missing", "reasons_missing", "location_missing", "redress_missing",
                     "report_to_missing", "territorial_scope_missing", "language_not_declared"]},
    ),
    "order in Dutch": (
        mail(
            "Rechtbank Amsterdam <griffie@rechtspraak.example>", "legal@petitbleu.example",
            "Beschikking C/13/748812 - bevel ex artikel 9 DSA",
            "De rechtbank beveelt u het bericht https://petitbleu.example/laster/2 binnen 24 uur te verwijderen.\n"
            "Op grond van artikel 6:162 BW; reden: onrechtmatige uitlating.\nTerritoriale reikwijdte: Nederland.\n"
            "Hoger beroep staat open binnen drie maanden. Graag bevestiging van de verwijdering.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["NL"], "language": "nl",
         "given": ("dsa9.order_deadline", RECEIVED_AT + 24 * HOUR)},
    ),
    "order in Polish": (
        mail(
            "Sąd Okręgowy w Warszawie <sekretariat@warszawa.so.example>", "legal@petitbleu.example",
            "Postanowienie sygn. akt XXIV C 1187/26",
            "Sąd Okręgowy w Warszawie nakazuje usunięcie wpisu https://petitbleu.example/plotka/4 w terminie 24"
            " godzin od doręczenia.\nPodstawa prawna: art. 24 k.c.\nUzasadnienie: wpis narusza dobra osobiste.\n"
            "Na postanowienie przysługuje zażalenie.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["PL"], "language": "pl",
         "reference": "XXIV C 1187/26", "given": ("dsa9.order_deadline", RECEIVED_AT + 24 * HOUR)},
    ),
    "order for France and Belgium": (
        mail(
            "Tribunal judiciaire de Paris <greffe@tj-paris.justice.example>", "legal@petitbleu.example",
            "Jugement RG 26/11111",
            "Le tribunal ordonne à la société Petitbleu de bloquer l'accès au canal @match_gratuit.\n"
            "Portée territoriale : France et Belgique.\nDélai : au plus tard le 30 novembre 2026 à 18 h 00.",
        ),
        {"kind": "dsa_art9_order", "scope": ["FR", "BE"], "targets": ["@match_gratuit"],
         "given": ("dsa9.order_deadline", 1_796_058_000)},
    ),
    "information order under Article 10": (
        mail(
            "Amtsgericht Köln <poststelle@ag-koeln.justiz.example>", "legal@petitbleu.example",
            "Anordnung gemäß Artikel 10 DSA, Az. 28 O 12/26",
            "Sie haben Auskunft über die Bestandsdaten des Nutzers @anna_1999 zu erteilen: Name, E-Mail-Adresse und"
            " IP-Adresse der letzten Anmeldung.\nGemäß § 21 TDDDG. Grund: Verletzung des Persönlichkeitsrechts.\n"
            "Innerhalb von zwei Wochen.\nBeschwerde ist zulässig.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "targets": ["@anna_1999"], "reference": "28 O 12/26",
         "given": ("dsa10.order_deadline", "2026-12-08")},
    ),
    "information order in English": (
        mail(
            "Garda National Cyber Crime Bureau <cyber@garda.example>", "legal@petitbleu.example",
            "District Court order - request for subscriber information - Case no. PULSE 77123/26",
            "You are ordered by the Dublin District Court to provide the subscriber information and IP logs for user"
            " ID 100200300 no later than 1 December 2026. You must not inform the account holder until 1 March 2027.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "targets": ["100200300"], "language": "en",
         "given": ("dsa10.order_deadline", "2026-12-01"), "secret": 1_803_941_999},
    ),
    "information order in Dutch": (
        mail(
            "Politie Eenheid Den Haag <digitaal@politie.example>", "legal@petitbleu.example",
            "Vordering verstrekking identificerende gegevens (126na Sv), PV-nummer 2026-334455",
            "Hierbij vorder ik, officier van justitie, de identificerende gegevens van de gebruiker van"
            " https://petitbleu.example/handel te verstrekken binnen 3 werkdagen.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "language": "nl",
         "given": ("dsa10.order_deadline", "2026-11-27")},
    ),
    "information order in the words of the law": (
        mail(
            "Tribunal judiciaire de Lyon <greffe@tj-lyon.justice.example>", "legal@petitbleu.example",
            "Injonction de fournir des informations RG 27/00412",
            "En application de l'article 10 du règlement (UE) 2022/2065, le tribunal judiciaire de Lyon enjoint de"
            " fournir des informations sur le compte @grand_bleu : nom et connexions de janvier 2027. Référence :"
            " RG 27/00412. Motifs : enquête sur une escroquerie.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "targets": ["@grand_bleu"]},
    ),
    "information order in the words of the law in English": (
        mail(
            "Dublin Circuit Court <office@courts.example>", "legal@petitbleu.example",
            "Order to provide information",
            "Pursuant to Article 10 of Regulation (EU) 2022/2065 the court orders you to provide information on the"
            " account @grand_bleu: name and sign-ins in January 2027. Reasons: inquiry into a fraud.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "targets": ["@grand_bleu"]},
    ),
    "production order": (
        mail(
            "Staatsanwaltschaft München I <e-evidence@sta-muenchen.example>", "e-evidence@petitbleu.example",
            "European Production Order Certificate (EPOC) - 112 Js 4455/26",
            "EUROPEAN PRODUCTION ORDER CERTIFICATE pursuant to Regulation (EU) 2023/1543\n"
            "SECTION A Issuing State: Germany. File number: 112 Js 4455/26\nSECTION B Addressee: Petitbleu SAS\n"
            "SECTION C Deadline: within 10 days\nSECTION E Account: @haendler_55\nSECTION F Subscriber data\n"
            "SECTION G Offence: fraud on a commercial scale\nThis is not an emergency case.",
        ),
        {"kind": "epoc", "urgent": "high", "targets": ["@haendler_55"], "lacking": [],
         "reference": "112 Js 4455/26", "issuing": "DE"},
    ),
    "emergency production order in Italian": (
        mail(
            "Procura della Repubblica di Milano <procura@giustizia.example>", "e-evidence@petitbleu.example",
            "URGENTE - Ordine europeo di produzione (EPOC) - caso di emergenza",
            "Ai sensi dell'articolo 10, paragrafo 4, del regolamento (UE) 2023/1543 si ordina la trasmissione dei dati"
            " identificativi dell'utente @rapitore entro 8 ore: sequestro di persona in corso, pericolo di vita.\n"
            "Destinatario: Petitbleu SAS",
        ),
        {"kind": "epoc_emergency", "urgent": "critical", "targets": ["@rapitore"], "issuing": "IT"},
    ),
    "emergency production order in Polish": (
        mail(
            "Prokuratura Krajowa <e-dowody@prokuratura.example>", "e-evidence@petitbleu.example",
            "Europejski nakaz wydania dowodów (EPOC) - sytuacja nadzwyczajna, 8 godzin",
            "Na podstawie rozporządzenia (UE) 2023/1543 proszę o przekazanie danych abonenta konta ID: 55667788,"
            " dotyczy porwania dziecka.",
        ),
        {"kind": "epoc_emergency", "urgent": "critical", "targets": ["55667788"]},
    ),
    "preservation order in French from Belgium": (
        mail(
            "Parquet de Bruxelles <parquet@just.example>", "e-evidence@petitbleu.example",
            "Injonction européenne de conservation (EPOC-PR) BR.21.L4.1234/2026",
            "Règlement (UE) 2023/1543, annexe II. Destinataire : Petitbleu. Données de trafic et d'abonné du compte"
            " @vendeur_x à conserver pendant 60 jours. Une demande de production suivra.",
        ),
        {"kind": "epoc_pr", "urgent": "high", "targets": ["@vendeur_x"], "issuing": "BE"},
    ),
    "requisition in flagrante": (
        mail(
            "Brigade de recherches de Nantes <br.nantes@gendarmerie.interieur.example>", "legal@petitbleu.example",
            "Réquisition judiciaire PV 00412/2026",
            "Nous, OPJ, vu les articles 60-1 et 60-1-2 du code de procédure pénale, requérons Petitbleu de communiquer"
            " l'identité du titulaire et les adresses IP du compte @voleur44, dans un délai de 5 jours ouvrés.",
        ),
        {"kind": "fr_requisition", "urgent": "high", "targets": ["@voleur44"], "lacking": [],
         "given": ("fr.requisition.reply", "2026-12-01"), "reference": "00412/2026"},
    ),
    "requisition of a judge": (
        mail(
            "Cabinet de Mme le juge d'instruction <ji.cab4@justice.example>", "legal@petitbleu.example",
            "Commission rogatoire - art. 99-3 CPP",
            "Veuillez fournir les données de connexion du compte n° 123456789 avant le 10/12/2026.\n"
            "Le secret de l'instruction interdit d'informer l'intéressé.",
        ),
        {"kind": "fr_requisition", "given": ("fr.requisition.reply", "2026-12-10"), "secret": True,
         "targets": ["123456789"]},
    ),
    "administrative removal request": (
        mail(
            "PHAROS - OFAC <retrait@pharos.interieur.example>", "legal@petitbleu.example",
            "Demande de retrait - article 6-1 LCEN",
            "En application de l'article 6-1 de la loi n° 2004-575 du 21 juin 2004, il vous est demandé de retirer sous 24"
            " heures le contenu suivant, à caractère pédopornographique : https://petitbleu.example/x9/31",
        ),
        {"kind": "fr_admin_removal", "urgent": "critical",
         "targets": ["https://petitbleu.example/x9/31"]},
    ),
    "regulator asks": (
        mail(
            "Arcom - Direction des plateformes <plateformes@arcom.example>", "legal@petitbleu.example",
            "Demande d'informations au titre de l'article 24, paragraphe 3, du règlement (UE) 2022/2065",
            "Nous vous prions de nous communiquer le nombre mensuel moyen de destinataires actifs au plus tard le 15 décembre"
            " 2026.",
        ),
        {"kind": "coordinator_request", "urgent": "normal",
         "given": ("dsc.deadline", "2026-12-15")},
    ),
    "regulator of another State": (
        mail(
            "Coimisiún na Meán <dsa@cnam.example>", "legal@petitbleu.example",
            "Request for information under the Digital Services Act",
            "As the Digital Services Coordinator of Ireland we ask you to explain your complaint handling by 20 January 2027.",
        ),
        {"kind": "coordinator_request", "given": ("dsc.deadline", "2027-01-20")},
    ),
    "authority whose letter fits nothing": (
        mail(
            "Préfecture de police <cabinet@prefecture-police.example>", "legal@petitbleu.example",
            "Prise de contact", "Bonjour, merci de nous rappeler à propos du dossier évoqué hier.",
        ),
        {"kind": "unsorted", "urgent": "high"},
    ),
    "order in an attached text": (
        mail(
            "Greffe <greffe@tj-nice.justice.example>", "legal@petitbleu.example", "Notification",
            "Veuillez trouver ci-joint la décision.",
            attached=[("ordonnance.txt", "text/plain",
                       "Ordonnance de référé RG 26/00042 du tribunal judiciaire de Nice : ordonne le retrait de"
                       " https://petitbleu.example/nice/3 sous 48 heures.".encode())],
        ),
        {"kind": "dsa_art9_order", "targets": ["https://petitbleu.example/nice/3"],
         "reference": "RG 26/00042"},
    ),
    "order forwarded by a clerk": (
        mail(
            "Accueil <accueil@tj-nice.justice.example>", "contact@petitbleu.example", "TR: pour exécution",
            "Pour attribution.\n\n-----Message d'origine-----\nDe : Greffe\nOrdonnance du tribunal judiciaire de Nice :"
            " suppression du message https://petitbleu.example/nice/8 sous huit jours.",
        ),
        {"kind": "dsa_art9_order", "targets": ["https://petitbleu.example/nice/8"],
         "given": ("dsa9.order_deadline", "2026-12-02")},
    ),
    "order as HTML with defanged link": (
        mail(
            "Cybercrime Unit <ccu@police.example>", "legal@petitbleu.example", "Court order 2026/CC/881",
            html="<p>By order of the High Court you shall <b>remove</b> hxxps://petitbleu[.]example/scam/7 throughout the"
            " European Union within forty-eight (48) hours.</p><p>Legal basis: section 12 of the Act. Reasons: fraud.</p>",
            text=" ",
        ),
        {"kind": "dsa_art9_order", "targets": ["hxxps://petitbleu[.]example/scam/7"], "states": 27,
         "given": ("dsa9.order_deadline", RECEIVED_AT + 48 * HOUR)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDERS)
def test_a_letter_of_an_authority_is_what_a_lawyer_says_it_is(name: str) -> None:
    raw, wanted = ORDERS[name]
    found = sorted_letter(raw)
    seen = said_of(found, wanted)
    assert {key: seen[key] for key in wanted} == wanted, found.reasons
    assert found.reasons
