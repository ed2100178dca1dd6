"""Saved views, named queues and rules on their pages."""

from __future__ import annotations

from typing import Any

from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.routing import service as routing
from petitbleu.desk.casework.routing.conditions import Conditions
from petitbleu.desk.casework.routing.service import Draft
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.kit import opened
from tests.kit.desk import DeskSite, holder_on_duty

RULE: dict[str, Any] = {
    "name": "Notices in German",
    "kinds": ["art16_notice"],
    "languages": "DE",
    "words": "lampe\n\nschwarze lampe",
}


async def test_a_filter_is_kept_shared_opened_and_deleted(desk: DeskSite) -> None:
    lead, bo = await desk.person("lead"), await desk.person("moderator", language="fr")
    await holder_on_duty(desk)
    await opened(desk.world, "art16_notice", title="Lampe", language="de")
    await opened(desk.world, "dsar", title="Auskunft", language="de")
    await opened(desk.world, "csam_notice", title="Geheim", language="de")
    page = await lead.get("/desk/queues?language=DE&closed=&category=")
    assert page.text.count("data-row") == 2 and 'value="language=DE"' in page.text
    bare = await lead.get("/desk/queues")
    assert "Keep this view" not in bare.words, "there is nothing to keep"
    kept = {"filter": "language=de&after=1-1&nonsense=1", "name": "Germans", "shared": "1"}
    answer = await lead.post("/desk/views", kept)
    assert answer.headers["location"] == "/desk/queues?language=de&done=view_kept"
    await lead.post("/desk/views", {"filter": "kind=dsar", "name": "Requests"})
    page = await bo.get("/desk/queues")
    assert "Germans" in page.words and "Requests" not in page.words
    opened_ = await bo.get("/desk/queues?language=de")
    assert 'href="/desk/queues?language=de" aria-current="page"' in opened_.text
    assert "Geheim" not in opened_.words, "a view gives no right"
    refused = await bo.post("/desk/views", {"filter": "language=de", "name": "", "shared": "1"})
    assert refused.status == 422 and "donnez à la vue un nom" in refused.words.lower()
    assert 'value="language=de"' in refused.text, "the filter is not lost"
    assert (await bo.post("/desk/views/1/delete")).status == 404
    assert (await lead.post("/desk/views/1/delete")).status == 303
    assert "Germans" not in (await bo.get("/desk/queues")).words
    assert (await desk.actions()).count("view.share") == 1


async def test_a_lead_makes_queues_and_rules_and_orders_them(desk: DeskSite) -> None:
    lead, bo = await desk.person("lead"), await desk.person("moderator")
    assert (await bo.get("/desk/routing")).status == 403
    assert (await bo.post("/desk/routing/rules", RULE)).status == 403
    assert "There is no rule" in (await lead.get("/desk/routing")).words
    assert (
        await lead.post("/desk/routing/queues", {"name": "German", "member": "2"})
    ).status == 303
    wrong = await lead.post("/desk/routing/queues", {"name": "German"})
    assert wrong.status == 422 and "choose another name" in wrong.words
    wrong = await lead.post("/desk/routing/rules", {**RULE, "kinds": ["csam_notice"], "queue": "1"})
    assert wrong.status == 422
    assert "may see cases of the kind “Child abuse material”" in wrong.words
    assert "schwarze lampe" in wrong.text and 'value="de"' in wrong.text, "what was typed is there"
    assert (await lead.post("/desk/routing/rules", {**RULE, "queue": "1"})).status == 303
    urgent = {"name": "Threats", "kinds": ["art18_threat"], "to_urgency": "0"}
    assert (await lead.post("/desk/routing/rules", urgent)).status == 303
    for act in ("down", "off", "on", "up"):
        assert (await lead.post("/desk/routing/rules/1/act", {"act": act})).status == 303
    page = await lead.get("/desk/routing")
    assert page.words.index("Notices in German") < page.words.index("Threats")
    assert "Kind: Notice" in page.words and "Queue: German" in page.words
    form = await lead.get("/desk/routing/rules/1")
    assert 'value="art16_notice" checked' in form.text
    changed = {**RULE, "name": "Deutsch", "queue": "1", "owner": "2"}
    assert (await lead.post("/desk/routing/rules/1/change", changed)).status == 303
    assert "No. 2" in (await lead.get("/desk/routing")).words
    wrong = await lead.post("/desk/routing/queues/1", {"act": "delete"})
    assert wrong.status == 422 and "The rule “Deutsch” puts cases into it" in wrong.words
    assert (await lead.post("/desk/routing/rules/1/act", {"act": "delete"})).status == 303
    assert (await lead.post("/desk/routing/rules/1/act", {"act": "up"})).status == 422
    assert (await lead.get("/desk/routing/rules/1")).status == 404
    assert (await lead.post("/desk/routing/queues/1", {"act": "delete"})).status == 303
    actions = await desk.actions()
    for action in ("rule.add", "rule.change", "rule.move", "rule.switch", "rule.delete"):
        assert action in actions


async def test_the_test_box_says_which_rule_and_why_not_those_before(desk: DeskSite) -> None:
    lead = await desk.person("lead", language="fr")
    app = desk.world.app
    one = await staff.get(app, app.store, lead.id)
    assert one is not None
    german = await app.store.write(routing.add_queue, app, one, "Allemand", [])
    wanted = Conditions(kinds=("art16_notice",), languages=("de",))
    await routing.add_rule(app, one, Draft("Allemands", wanted, german))
    off = await routing.add_rule(app, one, Draft("Arrêtée", queue=german))
    await routing.switch_rule(app, one, off, on=False)
    urgent = Conditions(words=("wohnungseinbruch", "requete"))
    await routing.add_rule(app, one, Draft("Mots", urgent, urgency=0))
    number = await opened(desk.world, "dsar", title="Ma requête", language="fr")
    before = len(await cases.timeline(app.store, number))
    tried = await lead.post("/desk/routing/test", {"case": case_numbers.text(number)})
    assert "Nature : le cas a Demande d’exercice de droits ; la règle demande Signalement" in (
        tried.words.replace("\u202f", " ").replace("\xa0", " ")
    )
    assert "convient et décide" in tried.words and "arrêtée, elle ne décide rien" in tried.words
    assert len(await cases.timeline(app.store, number)) == before
    text = {"text": "Wohnungseinbruch\n\nIch habe eine Frage zu Ihrem Dienst und bitte um Antwort."}
    tried = await lead.post("/desk/routing/test", text)
    assert tried.status == 200 and "convient et décide" in tried.words
    for wrong in ({"case": "PB-2026-999999"}, {}):
        assert (await lead.post("/desk/routing/test", wrong)).status == 422


async def test_a_case_is_moved_by_hand_and_next_keeps_to_the_queues(desk: DeskSite) -> None:
    lead, bo, cy = [await desk.person(role) for role in ("lead", "moderator", "triage")]
    await lead.post("/desk/routing/queues", {"name": "Bo’s", "member": str(bo.id)})
    number = await opened(desk.world, "art16_notice")
    base = f"/desk/cases/{case_numbers.text(number)}"
    assert (await bo.get("/desk/next")).headers["location"] == base
    assert (await cy.get("/desk/next")).headers["location"] == base
    assert (await cy.post(f"{base}/queue", {"queue": "1"})).status == 303
    assert (
        f'value="{case_numbers.text(number)}"'
        in (await lead.get(f"/desk/routing?case={case_numbers.text(number)}")).text
    )
    page = await cy.get(base)
    assert "Queue: Bo’s" in page.words and "put into a queue Bo’s" in page.words
    assert (await bo.get("/desk/next")).headers["location"] == base
    assert "none_next" in (await cy.get("/desk/next")).headers["location"]
    listed = await cy.get("/desk/queues?queue=1")
    assert case_numbers.text(number) in listed.words, "a queue hides nothing"
    assert (await cy.get("/desk/queues?queue=0")).text.count("data-row") == 0
    child = await opened(desk.world, "csam_notice")
    kay = await desk.person("child_safety")
    wrong = await kay.post(f"/desk/cases/{case_numbers.text(child)}/queue", {"queue": "1"})
    assert wrong.status == 422 and "add somebody who may" in wrong.words
