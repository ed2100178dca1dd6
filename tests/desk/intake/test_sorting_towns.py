"""The same orders as other towns write them: in the first person of a judge, as the operative part
of a decision, by a bailiff, as a list of sections; and letters that only speak of orders.
"""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.intake.classify.facts import Listed
from tests.desk.intake.mails import RECEIVED_AT, mail
from tests.desk.intake.sorting import HOUR, said_of, sorted_letter

LEGAL = "legal@petitbleu.example"
EVIDENCE = "e-evidence@petitbleu.example"
NEWSLETTER = {
    "List-Id": "<wochenblatt.rechtswoche.example>",
    "List-Unsubscribe": "<https://rechtswoche.example/abmelden>",
    "Precedence": "bulk",
}
DIRECTORY = (
    Listed("Parket Antwerpen", "BE", "parket-antwerpen.example", False),
    Listed("Tribunal da Comarca de Lisboa", "PT", "tribunais-pt.example", False),
    Listed("European Commission", "EU", "ec.europa.example", False),
    Listed("CNIL", "FR", "cnil.example", False),
)
LETTERS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "information before a first removal order, in Italian": (
        mail(
            "UCIGOS <tco@ucigos.interno.example>", "tco@petitbleu.example",
            "Regolamento (UE) 2021/784, art. 3, par. 2 - informazioni preliminari",
            "Non avendo finora emesso nei Vostri confronti alcun ordine di rimozione, Vi forniamo le informazioni"
            " sulle procedure e sui termini applicabili. I contenuti dovranno essere rimossi entro un'ora dal"
            " ricevimento.\nLa presente non costituisce un ordine di rimozione.\nRif. UCIGOS/TCO/2026/77",
        ),
        {"kind": "tco_first_contact", "urgent": "critical", "language": "it", "reference": "UCIGOS/TCO/2026/77"},
    ),
    "operative part of a Spanish court": (
        mail(
            "Juzgado de lo Mercantil n.º 3 <mercantil3@justicia-bcn.example>", LEGAL,
            "Notificación auto medidas cautelares - Procedimiento 1123/2026-B",
            "AUTO\n\nFUNDAMENTOS DE DERECHO. Artículo 138 de la Ley de Propiedad Intelectual.\n\nPARTE DISPOSITIVA\n"
            "ACUERDO requerir a PETITBLEU SAS para que en el plazo de 24 horas bloquee el acceso desde el territorio"
            " español al canal https://petitbleu.example/cine_gratis.\nContra este auto cabe recurso de apelación en"
            " el plazo de veinte días.\nEl cumplimiento deberá comunicarse a este Juzgado.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["ES"], "reference": "1123/2026-B",
         "lacking": ["language_not_declared"], "given": ("dsa9.order_deadline", RECEIVED_AT + 24 * HOUR)},
    ),
    "an authority's resolution with its own number": (
        mail(
            "AGCOM <protocollo@agcom.example>", LEGAL, "Notifica della delibera n. 212/26/CONS",
            "L'AUTORITÀ, VISTO il regolamento (UE) 2022/2065, in particolare l'articolo 9;\nORDINA a Petitbleu di"
            " disabilitare l'accesso, per gli utenti situati in Italia, a https://petitbleu.example/calcio_live/3 entro"
            " 3 giorni dalla notifica.\nIl provvedimento può essere impugnato davanti al TAR entro 60 giorni.",
        ),
        {"kind": "dsa_art9_order", "scope": ["IT"], "reference": "212/26/CONS",
         "given": ("dsa9.order_deadline", "2026-11-27")},
    ),
    "interim relief of a Polish court has a deadline": (
        mail(
            "Sąd Okręgowy w Warszawie <kancelaria@so-warszawa.example>", LEGAL, "Postanowienie, sygn. akt I C 1187/26",
            "Sąd Okręgowy postanawia udzielić zabezpieczenia roszczenia przez nakazanie Petitbleu SAS zablokowania"
            " dostępu na terytorium Polski do wpisu https://petitbleu.example/plotki/410 w terminie 7 dni od doręczenia"
            " postanowienia.\nUzasadnienie: wpis narusza dobra osobiste powoda (art. 23 i 24 Kodeksu cywilnego).\n"
            "Pouczenie: na postanowienie przysługuje zażalenie w terminie tygodniowym.",
        ),
        {"kind": "dsa_art9_order", "scope": ["PL"], "given": ("dsa9.order_deadline", "2026-12-01")},
    ),
    "order of an Irish court in its own form": (
        mail(
            "High Court, Chancery Registrar <chancery@courts-ie.example>", LEGAL, "Order - Record No. 2026/4432P",
            "THE HIGH COURT\nCHANCERY\n\nIT IS ORDERED pursuant to section 33 of the Defamation Act 2009 that the"
            " defendant, Petitbleu SAS, do by 4 December 2026 disable access, in Ireland, to the post published at"
            " https://petitbleu.example/dublin_eye/5571 on the grounds that the statement is defamatory.\n"
            "The defendant may appeal within 28 days.\nCompliance is to be confirmed to the Registrar. Dublin, Ireland",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "reference": "2026/4432P",
         "given": ("dsa9.order_deadline", "2026-12-04")},
    ),
    "order of a Belgian investigating judge": (
        mail(
            "Juge d'instruction Bruxelles <cabinet@just-be.example>", LEGAL,
            "Ordonnance - not. BR.30.L2.4410/2026 - blocage",
            "Nous, juge d'instruction près le tribunal de première instance francophone de Bruxelles,\nVu l'article 39bis,"
            " § 6, du Code d'instruction criminelle,\nOrdonnons de rendre inaccessible, sous 48 heures, sur le territoire"
            " belge, le canal @gains_rapides.\nMotifs : le canal attire des victimes d'escroquerie.\nVoie de recours :"
            " chambre des mises en accusation.\nLe fournisseur rendra compte de l'exécution à notre cabinet.",
        ),
        {"kind": "dsa_art9_order", "scope": ["BE"], "reference": "BR.30.L2.4410/2026", "lacking": [],
         "given": ("dsa9.order_deadline", RECEIVED_AT + 48 * HOUR)},
    ),
    "injunction of an Austrian commercial court": (
        mail(
            "Handelsgericht Wien <hg.wien@justiz-at.example>", LEGAL, "GZ 19 Cg 88/26k - einstweilige Verfügung",
            "Der Gegnerin der gefährdeten Partei, Petitbleu SAS, wird aufgetragen, das Posting"
            " https://petitbleu.example/wiener_blatt/77 für Nutzer in Österreich bis zum 3. Dezember 2026, 12:00 Uhr, zu"
            " entfernen.\nBegründung: § 1330 Abs 2 ABGB.\nRekurs binnen 14 Tagen.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["AT"], "issuing": "AT", "reference": "19 Cg 88/26k",
         "given": ("dsa9.order_deadline", 1_796_295_600)},
    ),
    "a court of the directory writes in a language that is not read": (
        mail(
            "Juízo Local Cível <lisboa.civel@tribunais-pt.example>", LEGAL, "Notificação - Proc. 1820/26.4T8LSB",
            "Fica notificada a Petitbleu SAS da decisão proferida nos autos, que determinou a remoção, no prazo de 48 horas,"
            " da publicação https://petitbleu.example/lisboa/9, por ofensa ao bom nome da requerente.",
        ),
        {"kind": "unsorted", "urgent": "high", "language": "pt"},
    ),
    "a German prosecutor's aim is a reason": (
        mail(
            "Staatsanwaltschaft Köln <zac@sta-koeln.example>", LEGAL, "Auskunftsersuchen - 118 Js 402/26",
            "In dem Ermittlungsverfahren wegen Betruges ersuche ich gemäß § 100j StPO i. V. m. Art. 10 der Verordnung (EU)"
            " 2022/2065 um Auskunft über die Bestandsdaten des Nutzers @rheinland_tickets.\nDie Maßnahme ist erforderlich"
            " und verhältnismäßig.\nRechtsbehelf: Antrag auf gerichtliche Entscheidung.\nAntwort bitte an"
            " zac@sta-koeln.example.",
        ),
        {"kind": "dsa_art10_order", "lacking": ["language_not_declared"], "reference": "118 Js 402/26"},
    ),
    "a Polish prosecutor demands the handing over of data": (
        mail(
            "Komenda Wojewódzka Policji w Krakowie <dw@krakow-policja.example>", LEGAL,
            "Postanowienie o żądaniu wydania rzeczy, 4107-1.Ds.221.2026",
            "Prokurator na podstawie art. 217 § 1 i art. 218 § 1 k.p.k. postanawia zażądać od Petitbleu SAS wydania danych"
            " abonenta oraz adresów IP logowania użytkownika @krakow_bilety w terminie do 10 grudnia 2026 r.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "reference": "4107-1.Ds.221.2026",
         "targets": ["@krakow_bilety"], "given": ("dsa10.order_deadline", "2026-12-10")},
    ),
    "a Belgian prosecutor asks in Dutch": (
        mail(
            "Parket Antwerpen <ccu@parket-antwerpen.example>", LEGAL, "Vordering art. 46bis Sv - AN.21.F1.7702/2026",
            "De procureur des Konings te Antwerpen, gelet op artikel 46bis van het Wetboek van Strafvordering,\nVordert"
            " Petitbleu SAS om binnen 10 dagen de identificatiegegevens en de IP-adressen mee te delen van de gebruiker"
            " @haven_info.",
        ),
        {"kind": "dsa_art10_order", "reference": "AN.21.F1.7702/2026", "trust": "verified-directory",
         "given": ("dsa10.order_deadline", "2026-12-04")},
    ),
    "the Commission's register number": (
        mail(
            "European Commission - DG CONNECT <cnect-dsa@ec.europa.example>", LEGAL, "Request under Article 24(3) DSA",
            "Pursuant to Article 24(3) of Regulation (EU) 2022/2065 the Commission requests you to communicate the number"
            " of average monthly active recipients by 11 December 2026 at the latest.\nRef. Ares(2026)8812043",
        ),
        {"kind": "coordinator_request", "reference": "Ares(2026)8812043", "given": ("dsc.deadline", "2026-12-11")},
    ),
    "a data-protection authority names its complaint": (
        mail(
            "CNIL, service des plaintes <plaintes@cnil.example>", LEGAL, "Plainte n° 26019930 - demande d'observations",
            "La CNIL a été saisie d'une plainte (n° 26019930). Je vous remercie de me faire parvenir vos observations.",
        ),
        {"urgent": "high", "reference": "26019930"},
    ),
    "an Italian production certificate names the offence by the code": (
        mail(
            "Procura della Repubblica di Torino <eevidence@procura-torino.example>", EVIDENCE,
            "Certificato di ordine europeo di produzione (EPOC)",
            "SEZIONE A - Stato di emissione: Italia. Numero di fascicolo: 812/26 R.G.N.R.\nSEZIONE B - Destinatario:"
            " Petitbleu SAS\nSEZIONE E - Account: https://petitbleu.example/mole_affari\nSEZIONE F - dati relativi agli"
            " abbonati\nSEZIONE G - truffa, art. 640 c.p.",
        ),
        {"kind": "epoc", "lacking": ["language_not_declared"], "issuing": "IT"},
    ),
    "a file number that looks a little like a date": (
        mail(
            "Landelijk Parket <eev@om-nl.example>", EVIDENCE, "SPOED - Europees verstrekkingsbevel (EPOC)",
            "DEEL A: uitvaardigende staat: Nederland; dossiernummer 26-10-0442\nDEEL C: uiterlijk binnen 8 uur\n"
            "DEEL E: gebruikers-ID 7002215588\nDEEL G: gijzeling, artikel 282a Sr",
        ),
        {"kind": "epoc_emergency", "urgent": "critical", "reference": "26-10-0442"},
    ),
    "a Polish file number": (
        mail(
            "Prokuratura Okręgowa w Gdańsku <eev@prokuratura-gdansk.example>", EVIDENCE,
            "Europejski nakaz zabezpieczenia dowodów",
            "SEKCJA A: państwo wydające: Polska; numer akt: 3031-0.Ds.88.2026\nSEKCJA C: użytkownik @baltyk_handel\n"
            "SEKCJA D: dane abonenta",
        ),
        {"kind": "epoc_pr", "reference": "3031-0.Ds.88.2026"},
    ),
    "somebody says what a court could order": (
        mail(
            "Claire M. <claire.m@courriel.example>", "notices@petitbleu.example", "Signalement d'un message diffamatoire",
            "Je signale le message https://petitbleu.example/potins/640 : il m'accuse d'un vol. J'ai porté plainte au"
            " commissariat et mon avocat dit que le tribunal judiciaire pourra en ordonner le retrait. Je vous demande de"
            " le retirer, sinon je demanderai une ordonnance de référé.",
        ),
        {"kind": "art16_notice", "urgent": "normal"},
    ),
    "a newsletter tells of the first production orders": (
        mail(
            "Rechtswoche <newsletter@rechtswoche.example>", LEGAL, "Rechtswoche 47/2026: neue EPOC-Praxis",
            "Der BGH bestätigt die einstweilige Verfügung des LG Hamburg; Staatsanwaltschaften erlassen die ersten EPOC nach"
            " der Verordnung (EU) 2023/1543.\nZum Abbestellen: https://rechtswoche.example/abmelden",
            headers=NEWSLETTER,
        ),
        {"kind": "bulk_mail", "urgent": "low"},
    ),
    "resolution of a Spanish administrative body": (
        mail(
            "Comisión de Propiedad Intelectual <s2cpi@cultura-es.example>", LEGAL, "Resolución, exp. S2CPI 2026/00412",
            "RESUELVO:\nRequerir al prestador Petitbleu SAS para que, en un plazo no superior a 48 horas, proceda a la"
            " retirada de https://petitbleu.example/libros_gratis/201, con efectos en España.\nMotivación: artículo 195"
            " TRLPI.\nContra esta resolución puede interponerse recurso contencioso-administrativo.\nDeberá comunicarse el"
            " cumplimiento.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "issuing": "ES", "reference": "S2CPI 2026/00412",
         "given": ("dsa9.order_deadline", RECEIVED_AT + 48 * HOUR)},
    ),
    "warrant of a Maltese court": (
        mail(
            "Civil Court (First Hall), Malta <registry@courts-mt.example>", LEGAL,
            "Warrant of prohibitory injunction No 1882/2026 LM",
            "The Court, having seen the application and Article 873 of the Code of Organisation and Civil Procedure, orders"
            " Petitbleu SAS to remove from its service, not later than Thursday, 3 December 2026 at 16:00, the video at"
            " https://petitbleu.example/valletta/310, insofar as accessible in Malta.\nA request for revocation of this"
            " warrant may be filed within ten days.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "scope": ["MT"], "issuing": "MT",
         "given": ("dsa9.order_deadline", 1_796_310_000)},
    ),
    "judgment that is open to appeal names redress": (
        mail(
            "Greffe TJ Marseille <greffe.civil@tj-marseille.example>", LEGAL, "Jugement - N° RG : 26/10233",
            "TRIBUNAL JUDICIAIRE DE MARSEILLE\nPAR CES MOTIFS\nFAIT INJONCTION à la SAS PETITBLEU de mettre en oeuvre, dans"
            " les trois jours de la signification du présent jugement, toutes mesures propres à empêcher l'accès, depuis le"
            " territoire français, au canal @stade_direct_13 ;\nRAPPELLE que le jugement est susceptible d'appel.\n"
            "Fondement : article L. 333-10 du code du sport, en raison d'une atteinte aux droits du demandeur.",
        ),
        {"kind": "dsa_art9_order", "scope": ["FR"], "lacking": ["report_to_missing"],
         "given": ("dsa9.order_deadline", "2026-11-27")},
    ),
    "a German police office asks for what is stored": (
        mail(
            "LKA 54, Polizei Hamburg <lka54@polizei-hh.example>", LEGAL, "Bestandsdatenauskunft 054/1K/0712345/2026",
            "Landeskriminalamt\nVorgangsnummer: 054/1K/0712345/2026\nEs wird gebeten, gemäß § 100j StPO, § 22 TDDDG die zum"
            " Nutzer @elbe_elektro gespeicherten Daten (Name, Anschrift, Rufnummer) sowie die letzten Login-IPs"
            " mitzuteilen, spätestens bis 01.12.2026.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "issuing": "DE", "reference": "054/1K/0712345/2026",
         "given": ("dsa10.order_deadline", "2026-12-01")},
    ),
    "an Austrian police office asks for master data": (
        mail(
            "LPD Tirol, LKA <lka-t@polizei-at.example>", LEGAL, "GZ PAD/26/02288190/001/KRIM - Auskunftsersuchen",
            "Im Auftrag der Staatsanwaltschaft Innsbruck wird gemäß § 76a Abs. 1 StPO um Auskunft über die Stammdaten des"
            " Inhabers von https://petitbleu.example/alpen_deals ersucht. Delikt: Betrug (§ 146 StGB). Frist: 14 Tage.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "issuing": "AT", "reference": "PAD/26/02288190/001/KRIM",
         "given": ("dsa10.order_deadline", "2026-12-08")},
    ),
    "official letter of a Spanish court with an account's number": (
        mail(
            "Juzgado de Instrucción n.º 12 de Valencia <i12@justicia-es.example>", LEGAL, "Oficio DPA 1544/2026",
            "Dirijo a Vds. el presente a fin de que, en el término de diez días, informen a este Juzgado sobre la titularidad"
            " y los datos de contacto de la cuenta n.º 6990011223. Delito: estafa.",
        ),
        {"kind": "dsa_art10_order", "targets": ["6990011223"], "given": ("dsa10.order_deadline", "2026-12-04")},
    ),
    "a Polish court asks for name and address": (
        mail(
            "Sąd Rejonowy Poznań-Stare Miasto <wydz1@sr-poznan.example>", LEGAL, "I C 2201/26 - zobowiązanie",
            "Sąd zobowiązuje Petitbleu SAS do wskazania imienia, nazwiska i adresu użytkownika @poznan_nieruchomosci, w"
            " terminie 14 dni pod rygorem grzywny (art. 248 § 1 k.p.c.).",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "given": ("dsa10.order_deadline", "2026-12-08")},
    ),
    "a judge of Luxembourg sends no French requisition": (
        mail(
            "Cabinet d'instruction Luxembourg <cabinet.ji@justice-lu.example>", LEGAL,
            "Ordonnance de perquisition et de saisie - CRIL 26/4471",
            "Nous, juge d'instruction,\nVu les articles 65 et 66 du Code de procédure pénale luxembourgeois,\nOrdonnons la"
            " saisie des données d'identification et de connexion du compte @kirchberg_invest ; dit que ces données seront"
            " transmises sous huitaine.\nInfraction : escroquerie.",
        ),
        {"kind": "dsa_art10_order", "issuing": "LU", "reference": "CRIL 26/4471",
         "given": ("dsa10.order_deadline", "2026-12-02")},
    ),
    "a requisition that is all in its scan": (
        mail(
            "Gendarmerie de Guéret <bta.gueret@gendarmerie.interieur.example>", LEGAL,
            "Réquisition judiciaire 01552/00871/2026", "Veuillez trouver ci-joint une réquisition judiciaire.",
            attached=[("scan0001.png", "image/png", b"\x89PNG\r\n\x1a\n")],
        ),
        {"kind": "fr_requisition", "urgent": "high", "reference": "01552/00871/2026"},
    ),
    "administrative removal request with a bare number": (
        mail(
            "OFAC PHAROS <pharos@ofac.interieur.example>", LEGAL, "Demande de retrait n° 2026-22871",
            "Sur le fondement de l'article 6-1 de la loi n° 2004-575 du 21 juin 2004, l'Office anti-cybercriminalité vous"
            " demande de retirer le contenu https://petitbleu.example/martyrs_fr/12, qui fait l'apologie d'actes de"
            " terrorisme, dans un délai de vingt-quatre heures.",
        ),
        {"kind": "fr_admin_removal", "urgent": "critical", "reference": "2026-22871"},
    ),
    "a Polish prosecutor's register": (
        mail(
            "Prokuratura Regionalna w Lublinie <eev@pr-lublin.example>", EVIDENCE, "PILNE: EPOC",
            "CERTYFIKAT EUROPEJSKIEGO NAKAZU WYDANIA DOWODÓW (EPOC)\nSEKCJA A: państwo wydające: Polska; numer akt: RP I Ds"
            " 12.2026\nSEKCJA C: sytuacja nadzwyczajna w rozumieniu art. 10 ust. 4\nSEKCJA E: @lublin_zaginiona",
        ),
        {"kind": "epoc_emergency", "reference": "RP I Ds 12.2026"},
    ),
    "what a court once did to somebody else": (
        mail(
            "Fatou D. <fatou.d@courriel.example>", "notices@petitbleu.example", "Il recommence",
            "Le tribunal a condamné cet homme l'an dernier pour harcèlement et il recommence à m'insulter dans"
            " https://petitbleu.example/le_mur_44/9. Merci de supprimer ce message.",
        ),
        {"kind": "art16_notice", "urgent": "normal"},
    ),
    "a footer of the mail server sets no deadline and no secrecy": (
        mail(
            "Dublin Circuit Court Office <circuit@courts-dub.example>", LEGAL, "Circuit Court Order - 2026/01883",
            "THE CIRCUIT COURT, DUBLIN CIRCUIT\nRecord No. 2026/01883\n\nThe Judge DOTH ORDER that Petitbleu SAS take down"
            " the post at https://petitbleu.example/d4_gossip/12 within 5 working days of service of this Order.\nAny party may"
            " appeal to the High Court within ten days.\n\n--\nThis e-mail is confidential. If you have received it in error"
            " you must not disclose it to anyone; please notify the sender within 24 hours and delete it.",
        ),
        {"kind": "dsa_art9_order", "issuing": "IE", "scope": ["IE"], "secret": False,
         "given": ("dsa9.order_deadline", "2026-12-01")},
    ),
    "a Belgian court has a thing stopped, in French": (
        mail(
            "Tribunal de l'entreprise francophone <greffe@tribunal-bxl.example>", LEGAL, "A/26/02211",
            "Le président du tribunal de l'entreprise francophone de Bruxelles, siégeant en référé,\nCondamne Petitbleu SAS à"
            " cesser, dans les cinq jours ouvrables de la signification, toute mise à disposition en Belgique du canal"
            " @streaming_diables sous peine d'une astreinte.\nAppel possible devant la cour d'appel de Bruxelles.",
        ),
        {"kind": "dsa_art9_order", "scope": ["BE"], "given": ("dsa9.order_deadline", "2026-12-01")},
    ),
    "a binding instruction of a Dutch regulator": (
        mail(
            "Kansspelautoriteit <handhaving@ksa-nl.example>", LEGAL, "Bindende aanwijzing 14.882/26",
            "Op grond van artikel 34n van de Wet op de kansspelen geeft de Kansspelautoriteit u de bindende aanwijzing om het"
            " kanaal https://petitbleu.example/casino_zonder binnen drie werkdagen ontoegankelijk te maken voor gebruikers in"
            " Nederland.\nTegen dit besluit kunt u binnen zes weken bezwaar maken.\nZaaknummer: 14.882/26",
        ),
        {"kind": "dsa_art9_order", "scope": ["NL"], "reference": "14.882/26",
         "given": ("dsa9.order_deadline", "2026-11-27")},
    ),
    "the Spanish police solicit the sending of data": (
        mail(
            "Policía Nacional - UCC <ucc@policia-es.example>", LEGAL, "Solicitud de datos - Atestado 8812/26",
            "En el marco del atestado 8812/26 se solicita la remisión de los datos de alta y conexiones IP asociados al perfil"
            " @perfil_5560, en todo caso antes del 30/11/2026.",
        ),
        {"kind": "dsa_art10_order", "urgent": "high", "reference": "8812/26",
         "given": ("dsa10.order_deadline", "2026-11-30")},
    ),
    "an Italian register stands behind its number": (
        mail(
            "Tribunale di Napoli - Ufficio GIP <gip@tribunale-napoli.example>", LEGAL, "Decreto ex art. 132 - n. 7712/26 R.G. GIP",
            "Il Giudice dispone l'acquisizione presso Petitbleu dei dati di traffico dell'utenza @vesuvio_auto, da trasmettere"
            " entro il 4 dicembre 2026.",
        ),
        {"kind": "dsa_art10_order", "reference": "7712/26"},
    ),
    "within the month": (
        mail(
            "Parquet de Namur <parquet.namur@just-be.example>", LEGAL, "Réquisitoire art. 46bis CIC - NA.36.L7.5512/26",
            "Le procureur du Roi de Namur,\nVu l'article 46bis du Code d'instruction criminelle,\nRequiert Petitbleu SAS de lui"
            " fournir, dans le mois, les données d'identification de l'utilisateur @meuse_motos.",
        ),
        {"kind": "dsa_art10_order", "issuing": "BE", "reference": "NA.36.L7.5512/26",
         "given": ("dsa10.order_deadline", "2026-12-24")},
    ),
    "no emergency, in many words": (
        mail(
            "Juzgado Central 2 <eev@audiencia-es.example>", EVIDENCE, "EPOC DP 88/2026",
            "Certificado de orden europea de producción (EPOC)\nSección A: España\nSección C: diez días. No es un caso de"
            " emergencia.\nSección E: @lonja_coruna",
        ),
        {"kind": "epoc", "urgent": "high"},
    ),
    "not later than eight hours is an emergency": (
        mail(
            "Public Prosecutor <eev@prosecutor-ie.example>", EVIDENCE, "EPOC 26/118",
            "European Production Order Certificate (EPOC)\nSection C: without undue delay and not later than 8 hours upon"
            " receipt\nSection E: @cork_missing",
        ),
        {"kind": "epoc_emergency", "urgent": "critical"},
    ),
    "a removal order in Latvian": (
        mail(
            "Valsts drošības dienests <tco@vdd-lv.example>", "tco@petitbleu.example",
            "Izņemšanas rīkojums, Regula (ES) 2021/784",
            "Saskaņā ar Regulas (ES) 2021/784 3. pantu ne vēlāk kā vienas stundas laikā dzēsiet saturu:"
            " https://petitbleu.example/melnais/2",
        ),
        {"kind": "tco_removal_order", "urgent": "critical"},
    ),
    "a removal order in a language that nobody here reads": (
        mail(
            "Tribunal da Comarca <tco@tribunais-pt.example>", "tco@petitbleu.example", "(UE) 2021/784",
            "Nos termos do Regulamento (UE) 2021/784 deve ser retirado no prazo de uma hora: https://petitbleu.example/negro/2",
        ),
        {"kind": "tco_removal_order", "urgent": "critical"},
    ),
    "a Croatian court that is in no directory": (
        mail(
            "Općinski građanski sud u Zagrebu <pisarnica@sud-zg.example>", LEGAL, "Rješenje P-4412/2026",
            "Općinski građanski sud u Zagrebu nalaže da se u roku od 3 dana ukloni objava https://petitbleu.example/zagreb/8.",
        ),
        {"urgent": "high"},
    ),
    "a lawyer names a judgment of acquittal": (
        mail(
            "Avv. Greco <studio@greco.example>", "notices@petitbleu.example", "Richiesta di rimozione",
            "Il mio assistito è citato nel messaggio https://petitbleu.example/cronaca/12, relativo a un procedimento penale"
            " conclusosi con sentenza di assoluzione del Tribunale. Chiedo la cancellazione: il messaggio è diffamatorio.",
        ),
        {"kind": "art16_notice", "urgent": "normal"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_an_order_is_known_in_the_words_of_another_town(name: str) -> None:
    raw, wanted = LETTERS[name]
    found = sorted_letter(raw, DIRECTORY)
    seen = said_of(found, wanted)
    assert {key: seen[key] for key in wanted} == wanted, found.reasons
