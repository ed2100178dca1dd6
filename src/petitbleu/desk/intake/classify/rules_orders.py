"""Rules for what authorities send."""

from __future__ import annotations

import re

from petitbleu.desk.intake.classify import scope, words
from petitbleu.desk.intake.classify.facts import Facts
from petitbleu.desk.intake.classify.rules import Rule, sent_to

_NO_ORDER_YET = re.compile(
    r"(?<!\w)(?:ne? (?:constitue pas|vaut pas|saurait (?:constituer|valoir))|n'est pas|n'est"
    r"|this is not|(?:does|do) not (?:yet )?(?:constitute|amount to)"
    r"|is not(?: to be (?:read|regarded) as)?|no (?=(?:removal )?order (?:has|is))"
    r"|(?:stellt|ist|sind)(?: (?:noch|selbst|damit))* kein\w*|noch kein\w*"
    r"|no (?:constituye|es|supone|tiene la consideracion de)|non (?:costituisce|e|vale)"
    r"|(?:is|vormt|betreft)(?: (?:nog|zelf))* geen|nog geen|nie (?:jest|stanowi))"
    r"(?: (?:encore|en soi|elle-meme|yet|itself|in itself|a|an|une|todavia|aun|por si|ancora"
    r"|di per se|jeszcze|un|una|als|oder|samo w sobie))*"
    r" (?:(?:removal )?order|injonction|(?:entfernungs)?anordnung|orden|ordine"
    r"|(?:verwijderings)?bevel|nakaz\w*)"
)
"""A letter that says it is no order: what comes before a first one (2021/784 Art 3(2))."""


class TcoRemovalOrder(Rule):
    """Regulation (EU) 2021/784 Art 3, form of Annex I."""

    kind = "tco_removal_order"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        cites = "2021/784" in facts.folded
        named = facts.has("removal_order")
        terror = facts.has("terror")
        # The form is the same in all languages of the Union: what it cites and names is enough.
        foreign = cites and facts.unread and facts.official and bool(facts.targets)
        if not (foreign or (cites and (named or facts.has("remove"))) or (named and terror)):
            return 0, []
        to = sent_to(facts, "tco")
        if not (facts.official or to or facts.sections >= 3 or facts.points_somewhere):
            return 0, []  # somebody speaks of such orders
        points, reasons = 0, []
        if cites:
            points += 4
            reasons.append("cites_tco")
        if named:
            points += 5
            reasons.append("named_removal")
        elif foreign or (facts.has("order") and facts.has("remove")):
            points += 2
        if facts.sections >= 3:
            points += 3
            reasons.append(f"sections={facts.sections}")
        if facts.official:
            points += 1
        points += bool(to)
        reasons += to
        if _NO_ORDER_YET.search(facts.folded) or _contested(facts):
            points -= 8
        elif facts.has("first_contact") and not (facts.points_somewhere or facts.sections >= 3):
            points -= 4  # tells of orders to come: one that is here names a place
        return points, reasons


class TcoFirstContact(Rule):
    """2021/784 Art 3(2): information before a first order."""

    kind = "tco_first_contact"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        if not ("2021/784" in facts.folded or (facts.has("terror") and facts.has("removal_order"))):
            return 0, []
        if not facts.has("first_contact") or facts.sections >= 3:
            return 0, []
        reasons = ["procedures_first"]
        points = 7
        if _NO_ORDER_YET.search(facts.folded):
            points += 5
            reasons.append("no_order_yet")
        if words.occur("first_contact", words.fold(facts.letter.subject)):
            points += 4
        if not facts.letter.subject or not words.group("removal_order").search(
            words.fold(facts.letter.subject)
        ):
            points += 2
        return points, reasons


class DsaArt9Order(Rule):
    """An order of a court or authority of any Member State to act against content."""

    kind = "dsa_art9_order"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        cites = facts.near("article9", "dsa", 60)
        if not facts.ordered or not (cites or facts.has("remove")):
            return 0, []
        authority = facts.official or facts.decided
        if not (cites or authority):
            return 0, []
        if not (facts.official or facts.points_somewhere):
            return 0, []  # somebody speaks of orders
        points, reasons = 2, []
        if cites:
            points += 5
            reasons.append("cites_dsa=9")
        if facts.near("order", "remove", 400):
            points += 2
            reasons.append("orders_removal")
        if facts.has("court"):
            points += 2
            reasons.append("names_court")
        if facts.official:
            points += 2
            reasons.append("speaks_official")
        points += _mailbox(facts, reasons)
        if _contested(facts):
            points -= 6
        return (points if points >= 5 else 0), reasons


class DsaArt10Order(Rule):
    """An order of a court or authority of any Member State to give information."""

    kind = "dsa_art10_order"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        cites = facts.near("article10", "dsa", 60)
        # Article 10 is about "information": who cites it need not name data in other words.
        authority = facts.official or facts.has("court") or facts.has("police")
        by_law = facts.official and facts.has("data_law")
        if not facts.has("provide") or not (cites or by_law or facts.has("data")):
            return 0, []
        asks = facts.official and facts.near("data", "provide", 250)
        if not (cites or (authority and (facts.ordered or facts.named_official or asks))):
            return 0, []
        points, reasons = 2, []
        if cites:
            points += 6
            reasons.append("cites_dsa=10")
        if by_law:
            points += 2
            reasons.append("cites_data_law")
        if facts.near("data", "provide", 250):
            points += 3
            reasons.append("asks_data")
        if facts.has("court") or facts.has("police"):
            points += 1
            reasons.append("names_justice")
        if facts.official:
            points += 2
            reasons.append("speaks_official")
        points += _mailbox(facts, reasons)
        return (points if points >= 5 else 0), reasons


class _Evidence(Rule):
    """Regulation (EU) 2023/1543."""

    def told_of(self, facts: Facts) -> bool:
        """Whether such orders are only spoken of: no authority, form, place or paper is here."""
        return not (
            facts.official
            or facts.sections >= 3
            or facts.points_somewhere
            or sent_to(facts, *_EVIDENCE_BOXES)
        )

    def grounds(self, facts: Facts) -> tuple[int, list[str]]:
        points, reasons = 0, []
        if facts.has("evidence_law"):
            points += 2
            reasons.append("cites_evidence")
        if facts.sections >= 3:
            points += 2
            reasons.append(f"sections={facts.sections}")
        if to := sent_to(facts, *_EVIDENCE_BOXES):
            points += 1
            reasons += to
        return points, reasons


_EVIDENCE_BOXES = ("e-evidence", "eevidence", "evidence")


class Epoc(_Evidence):
    """European Production Order."""

    kind = "epoc"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        if not _produces(facts) or self.told_of(facts):
            return 0, []
        points, reasons = self.grounds(facts)
        if emergency(facts):
            return 0, []
        return points + 10, ["is_epoc", *reasons]


class EpocEmergency(_Evidence):
    """European Production Order in an emergency (Art 10(4): 8 hours)."""

    kind = "epoc_emergency"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        if not _produces(facts) or not emergency(facts) or self.told_of(facts):
            return 0, []
        points, reasons = self.grounds(facts)
        return points + 12, ["is_epoc_emergency", *reasons]


class EpocPr(_Evidence):
    """European Preservation Order, and its Annexes V and VI."""

    kind = "epoc_pr"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        later = annex(facts)
        if not (facts.has("epoc_pr") or (later and facts.has("evidence_law"))):
            return 0, []
        if self.told_of(facts) and not later:
            return 0, []
        points, reasons = self.grounds(facts)
        named = words.occur("epoc_pr", facts.head)
        reasons.insert(0, "is_epoc_pr")
        if later:
            reasons.insert(1, f"annex={later}")
        return points + (11 if named or later else 6), reasons


def annex(facts: Facts) -> str:
    """``Annex VI`` (extension), ``Annex V`` (production follows), or nothing."""
    if not (facts.has("evidence_law") or facts.has("epoc_pr")):
        return ""
    six = r"(?:annexe?|anhang|anlage|anexo|allegato|bijlage|zalacznik\w*)\s+vi(?!\w)"
    if re.search(six, facts.folded) or (
        facts.has("epoc_pr") and facts.near("extension", "epoc_pr", 400)
    ):
        return "Annex VI"
    return "Annex V" if facts.has("subsequent") else ""


def emergency(facts: Facts) -> bool:
    """Whether a production order claims an emergency."""
    for match in words.group("emergency").finditer(facts.folded):
        before = facts.folded[max(0, match.start() - 50) : match.start()]
        if _NO_EMERGENCY.search(before) or _NO.match(facts.folded, match.end()):
            continue
        return True
    return False


_NO = re.compile(r"(?: case)?\s?[:?]\s?(?:no|non|nein|nee|nie)(?!\w)")
_NO_EMERGENCY = re.compile(
    r"(?<!\w)(?:no|not|pas|kein\w*|nicht|non|geen|niet|nie|hors|sans|without|ohne|sin|zonder|bez)\s"
    r"(?![^\n.]{0,30}(?:later|spater|tarde|oltre|pozniej|plus tard|exce|longer|delay|more than))"
    r"[^\n.:;]{0,32}$"
)
"""What stands before “emergency” where there is none; “not later than 8 hours” is no such thing."""


def _produces(facts: Facts) -> bool:
    """Whether a production order is meant: the name stands there, and not only in “EPOC-PR”."""
    plain = facts.folded
    if facts.has("epoc_pr"):
        plain = words.group("epoc_pr").sub(" ", plain)
    if not words.occur("epoc", plain):
        return False
    preserved = words.group("epoc_pr").search(facts.head)
    produced = words.group("epoc").search(words.group("epoc_pr").sub(" ", facts.head))
    return preserved is None or produced is not None


class FrRequisition(Rule):
    """Requisition under the French code of criminal procedure."""

    kind = "fr_requisition"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        cites = facts.near("cpp_article", "cpp", 200) or re.search(
            r"(?:article|art\.?)s?\s+(?:60-[12]|77-1-[12]|99-[34])(?!\d)", facts.folded
        )
        named = facts.has("requisition")
        papers = facts.has("data") or facts.letter.attachments
        if not (cites or (named and facts.has("cpp"))) and not (
            named and facts.official and papers
        ):
            return 0, []
        if scope.issuing_state(facts) not in ("", "FR"):
            return 0, []  # other States have a code of criminal procedure too
        points, reasons = 4, []
        if cites:
            points += 5
            reasons.append("cites_cpp")
        if named:
            points += 4
            reasons.append("named_requisition")
        if facts.has("police") or facts.has("court"):
            points += 1
        points += _mailbox(facts, reasons)
        return points, reasons


class FrAdminRemoval(Rule):
    """Removal asked by the French office against cybercrime (LCEN Art 6-1, 6-2)."""

    kind = "fr_admin_removal"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        if not facts.has("remove") or "2021/784" in facts.folded:
            return 0, []
        cites = facts.has("lcen_admin")
        office = re.search(
            r"(?<!\w)(?:ofac|pharos|office anti-?cybercriminalite|oclctic)(?!\w)", facts.signed
        )
        asked = facts.has("withdrawal_request")
        if not ((cites and (asked or office or facts.official)) or (office and asked)):
            return 0, []
        reasons = ["is_admin_removal"]
        if cites:
            reasons.append("cites_lcen")
        if office:
            reasons.append("from_office")
        return 6 + 5 * bool(cites) + 3 * bool(office) + 2 * asked, reasons


class CoordinatorRequest(Rule):
    """Arcom, another coordinator or the Commission asks the operator itself."""

    kind = "coordinator_request"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        name = facts.context.coordinator
        if not is_coordinator(facts):
            return 0, []
        if not (facts.has("coordinator_ask") or facts.has("dsa") or facts.has("provide")):
            return 0, []
        points = 8 + 2 * facts.has("coordinator_ask")
        if facts.has("removal_order") or (
            facts.has("order") and facts.near("order", "remove", 200)
        ):
            points -= 4
        return points, [f"from_regulator={facts.who.name or name or facts.who.domain}"]


_COORDINATORS = re.compile(
    r"(?<!\w)(?:arcom|coimisiun na mean|cnam\.ie|bundesnetzagentur|bnetza|agcom|cnmc"
    r"|autoriteit consument|acm\.nl|"
    r"urzad komunikacji elektronicznej|uke\.gov\.pl|bipt|ibpt|european commission"
    r"|commission europeenne|"
    r"europaische kommission|comision europea|commissione europea|europese commissie"
    r"|komisja europejska|"
    r"ec\.europa\.eu|digital services coordinator|coordinateur pour les services numeriques|"
    r"koordinator fur digitale dienste|digital services act enforcement)(?!\w)"
)


def is_coordinator(facts: Facts) -> bool:
    """Whether the sender is the operator's coordinator, another one, or the Commission."""
    name = words.fold(f"{facts.who.name} {facts.letter.sender_name} {facts.who.domain}")
    own = words.fold(facts.context.coordinator).strip()
    if own and re.search(
        rf"(?<!\w){re.escape(own)}(?!\w)", name.replace("-", " ").replace(".", " ")
    ):
        return True
    return _COORDINATORS.search(name) is not None


def _contested(facts: Facts) -> bool:
    """Whether somebody who is no authority complains of a decision."""
    return facts.has("contest") and not facts.official and not facts.sections >= 3


def _mailbox(facts: Facts, reasons: list[str]) -> int:
    to = sent_to(facts, "legal", "authorities", "autorites", "law-enforcement", "requisitions")
    reasons += to
    return int(bool(to))


ORDERS: tuple[Rule, ...] = (
    TcoRemovalOrder(),
    TcoFirstContact(),
    EpocEmergency(),
    Epoc(),
    EpocPr(),
    FrAdminRemoval(),
    FrRequisition(),
    CoordinatorRequest(),
    DsaArt9Order(),
    DsaArt10Order(),
)
"""In the order in which they win where points are equal."""
