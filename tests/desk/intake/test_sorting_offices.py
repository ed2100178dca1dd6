"""Orders of still more courts and offices, by their own numbers, forms and intermediaries."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk.intake.mails import RECEIVED_AT, mail
from tests.desk.intake.sorting import HOUR, said_of, sorted_letter

LEGAL = "legal@petitbleu.example"
EVIDENCE = "e-evidence@petitbleu.example"
LETTERS: dict[str, tuple[bytes, dict[str, Any]]] = {
    "an Austrian criminal court": (
        mail(
            "Landesgericht für Strafsachen Graz <lg.graz@justiz-at.example>", LEGAL, "12 Hv 88/26d",
            "Beschluss\nGemäß § 36a MedienG wird die Löschung der Stellen auf https://petitbleu.example/steirer_blick/610"
            " angeordnet, binnen fünf Tagen.\nRechtsmittel: Beschwerde an das Oberlandesgericht Graz binnen 14 Tagen.",
        ),
        {"kind": "dsa_art9_order", "issuing": "AT", "reference": "12 Hv 88/26d",
         "given": ("dsa9.order_deadline", "2026-11-29")},
    ),
    "a Dutch court's roll": (
        mail(
            "Rechtbank Den Haag, team handel <kortgeding@rb-denhaag.example>", LEGAL, "Verstekvonnis KG ZA 26-1077",
            "IN NAAM VAN DE KONING\nDe voorzieningenrechter gebiedt Petitbleu SAS om binnen 24 uur na betekening de publicatie"
            " op https://petitbleu.example/haagse_roddel/8 offline te halen, op straffe van een dwangsom.",
        ),
        {"kind": "dsa_art9_order", "scope": ["NL"], "reference": "KG ZA 26-1077"},
    ),
    "a court of Cyprus": (
        mail(
            "The District Court of Nicosia <registry@dc-nicosia.example>", LEGAL, "Interim Order, Action No. 1188/2026",
            "THIS COURT DOTH HEREBY ORDER that the Respondent Petitbleu SAS block, within the Republic of Cyprus and within two"
            " (2) days of service hereof, access to https://petitbleu.example/cy_leaks. Liberty to apply to set aside.",
        ),
        {"kind": "dsa_art9_order", "scope": ["CY"], "reference": "1188/2026",
         "given": ("dsa9.order_deadline", "2026-11-26")},
    ),
    "a regulator's formal notice binds": (
        mail(
            "Arcom - Direction juridique <juridique@arcom-fr.example>", LEGAL, "Décision n° 2026-771 de mise en demeure",
            "Le président de l'Autorité de régulation de la communication audiovisuelle et numérique (Arcom),\nVu l'article 10-1"
            " de la loi n° 2004-575 du 21 juin 2004,\nMet en demeure la société Petitbleu d'empêcher l'accès des mineurs au"
            " canal https://petitbleu.example/adulte_libre dans un délai de quinze jours.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "reference": "2026-771"},
    ),
    "a requisition without accents": (
        mail(
            "Brigade numerique <bn.rennes@gendarmerie-bn.example>", LEGAL, "REQUISITION",
            "PROCES-VERBAL No 20112/03991/2026\nVu l'article 77-1-1 du CPP. Prions, et au besoin requerons, PETITBLEU de nous"
            " communiquer sous quinzaine l'identite de l'utilisateur de @rennes_velos.",
        ),
        {"kind": "fr_requisition", "reference": "20112/03991/2026",
         "given": ("fr.requisition.reply", "2026-12-09")},
    ),
    "boxes drawn with round brackets": (
        mail(
            "GStA Celle <eev@gsta-celle.example>", EVIDENCE, "Certificate EPOC - Emergency: no",
            "EUROPEAN PRODUCTION ORDER CERTIFICATE (EPOC)\nSection A: Issuing State: Germany. File number: 2204 Js 12/26\n"
            "Section B: Addressee: Petitbleu SAS\nSection C:\n( ) emergency case, within 8 hours\n(X) within 10 days\n"
            "Section E: @celle_kleinanzeigen",
        ),
        {"kind": "epoc", "urgent": "high", "issuing": "DE"},
    ),
    "the form names the State that issues it": (
        mail(
            "Juge d'instruction, tribunal judiciaire <ri@just-be.example>", EVIDENCE, "EPOC AN.70.F1.1/26",
            "Europees verstrekkingsbevel (EPOC) - noodgeval, uiterlijk binnen acht uren: IP-adressen van @weg_met_lisa.\nDeel A:"
            " België, onderzoeksrechter Antwerpen, dossier AN.70.F1.1/26. Deel B: Petitbleu, Frankrijk. Deel G: ontvoering.",
        ),
        {"kind": "epoc_emergency", "urgent": "critical", "issuing": "BE"},
    ),
    "an advocate brings a Spanish order": (
        mail(
            "Procuradora de los Tribunales <procuradora@procuradores.example>", LEGAL, "Traslado auto Juzgado 33 Madrid",
            "Adjunto le doy traslado del auto dictado en el procedimiento ordinario 812/2026 del Juzgado de Primera Instancia"
            " n.º 33 de Madrid, por el que se ordena a Petitbleu SAS la retirada cautelar de"
            " https://petitbleu.example/madrid/501 en el plazo de dos días.",
        ),
        {"kind": "dsa_art9_order", "urgent": "high", "issuing": "ES", "reference": "812/2026",
         "given": ("dsa9.order_deadline", "2026-11-26")},
    ),
    "solicitors serve an Irish order": (
        mail(
            "Solicitors O'Hara LLP <service@oharallp.example>", LEGAL, "Service of Order - Murphy v X - 2026/901 P",
            'By way of service please find below the Order of the High Court. "IT IS ORDERED that Petitbleu SAS do forthwith and'
            ' in any event within 48 hours remove https://petitbleu.example/cork_talk/9."',
        ),
        {"kind": "dsa_art9_order", "reference": "2026/901 P",
         "given": ("dsa9.order_deadline", RECEIVED_AT + 48 * HOUR)},
    ),
    "a chronological number of an Italian decree": (
        mail(
            "Tribunale per i Minorenni <tribmin@giustizia-it.example>", LEGAL, "Decreto n. cronol. 3312/2026",
            "Il Tribunale per i Minorenni dispone l'oscuramento del video https://petitbleu.example/liceo/44 entro"
            " ventiquattro ore.",
        ),
        {"kind": "dsa_art9_order", "reference": "3312/2026"},
    ),
    "an id with a number sign, and a date as a term": (
        mail(
            "Staatsanwaltschaft Leipzig <verwaltung@sta-leipzig.example>", LEGAL, "607 Js 1188/26",
            "Es wird um Auskunft zu den Bestandsdaten des Profils mit der ID-Nr. 6200119988 ersucht. Termin: 04.12.2026.",
        ),
        {"kind": "dsa_art10_order", "targets": ["6200119988"], "given": ("dsa10.order_deadline", "2026-12-04")},
    ),
    "an article is no reference": (
        mail(
            "Politie Team Cybercrime <cyber@politie-nl.example>", LEGAL, "Vordering 126ng Sv / 2026-887711",
            "Op vordering van de officier van justitie verzoek ik u naam, e-mailadres en gebruikte IP-adressen van @fatbike_deals"
            " aan te leveren vóór 8 december 2026, 12.00 uur.",
        ),
        {"kind": "dsa_art10_order", "reference": "2026-887711", "given": ("dsa10.order_deadline", 1_796_727_600)},
    ),
    "what is asked about hides no deadline": (
        mail(
            "Garda Cyber Bureau <gnccb@garda-ie.example>", LEGAL, "Preservation and production",
            "Please preserve all data on @galway_lets until 1 June 2027 and furnish the subscriber details and IP addresses used"
            " between 1 and 20 November 2026 within ten days. The account holder must not be notified.",
        ),
        {"kind": "dsa_art10_order", "given": ("dsa10.order_deadline", "2026-12-04"), "secret": True},
    ),
    "a Spanish court has a service interrupted": (
        mail(
            "Juzgado Central de lo Contencioso-Administrativo n.º 6 <jcca6@audiencia-es.example>", LEGAL, "Auto 118/2026",
            "DISPONGO: Autorizar la medida y requerir a Petitbleu SAS la interrupción del servicio del canal @futbol_pirata_tv"
            " para los usuarios de España en setenta y dos horas. Contra el presente auto cabe recurso.",
        ),
        {"kind": "dsa_art9_order", "scope": ["ES"], "reference": "118/2026",
         "given": ("dsa9.order_deadline", RECEIVED_AT + 72 * HOUR)},
    ),
    "an order under penalty of a Dutch regulator": (
        mail(
            "ACM <toezicht@acm-nl.example>", LEGAL, "ACM/UIT/771882 last onder dwangsom",
            "De Autoriteit Consument en Markt legt Petitbleu een last onder dwangsom op: het kanaal"
            " https://petitbleu.example/nep_vouchers moet binnen een week na bekendmaking van dit besluit voor Nederlandse"
            " gebruikers onbereikbaar zijn gemaakt.",
        ),
        {"kind": "dsa_art9_order", "issuing": "NL", "reference": "ACM/UIT/771882",
         "given": ("dsa9.order_deadline", "2026-12-01")},
    ),
    "a candidate knows court orders": (
        mail(
            "Recruiter <jobs@recruit.example>", LEGAL, "Legal counsel",
            "Here is somebody with experience in court orders, police requests, EPOC and DSA removal orders.",
        ),
        {"kind": "unsorted", "urgent": "normal"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LETTERS)
def test_an_order_is_known_whichever_office_it_is_of(name: str) -> None:
    raw, wanted = LETTERS[name]
    found = sorted_letter(raw)
    seen = said_of(found, wanted)
    assert {key: seen[key] for key in wanted} == wanted, found.reasons
