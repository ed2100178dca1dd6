"""An order about hundreds of places in the decision form."""

from __future__ import annotations

import html
import re

from petitbleu.domain.safety.case_numbers import service as case_numbers
from tests.desk.adjudication.decisions.deciding import FORM, TCO, scene
from tests.kit.desk import DeskSite


def typed(text: str, field: str) -> str:
    """What stands in a text area of the form."""
    found = re.search(rf'<textarea id="f-{re.escape(field)}"[^>]*>(.*?)</textarea>', text, re.S)
    assert found, field
    return html.unescape(found[1])


async def test_the_form_sets_apart_what_is_here_and_takes_hundreds(desk: DeskSite) -> None:
    at = await scene(desk.world)
    lead = await desk.person("lead")
    live = [at.link(), *[at.link(await at.place.post(at.ada, f"p{n}")) for n in range(9)]]
    gone = [at.link(10_000 + n) for n in range(490)]
    number = await at.open(TCO, targets=[*gone[:200], *live, *gone[200:]])
    base = f"/desk/cases/{case_numbers.text(number)}/decide"
    page = await lead.get(base)
    assert typed(page.text, "measures.0.item").split("\n") == live
    assert typed(page.text, "not_found").split("\n") == gone
    form = {name: value for name, value in FORM.items() if isinstance(value, str)} | {
        "source": "other",
        "topic": f"{FORM['category']}/{FORM['keywords'][0]}",
        "content_types": "CONTENT_TYPE_TEXT",
        "outcome": "measures",
        "measures.0.kind": "remove",
        "measures.0.item": "\r\n".join(live[:-1]),
        "not_found": "\r\n".join(gone),
    }
    wrong = await lead.post(f"{base}/preview", form)
    assert wrong.status == 422 and live[-1] in wrong.words
    assert typed(wrong.text, "measures.0.item").split("\n") == live[:-1], "what was typed is there"
    form["not_done"] = f"{live[-1]} A newspaper's report"
    done = await lead.sign(base, form)
    assert done.status == 303, done.words
    assert await at.place.history(at.bob) == ["p8"]
