"""Each purpose, each sort of text and each text has its own yes and no; so has credit."""

import re
from collections.abc import Callable, Mapping

import pytest

from sayso.consent.fold import fold
from sayso.wiring import Network
from visitors import Hands, Visitor, answers, hidden, history

Visit = Callable[..., Visitor]
TRAINING = "/settings/data-privacy/generative-ai"
RESEARCH = "/settings/data-privacy/research"
WRITING = "/settings/data-privacy/writing"


def forms(page: str) -> list[Mapping[str, str]]:
    """The hidden fields of each form that takes a choice."""
    return [
        dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
        for form in re.findall(r'action="/choices">(.*?)</form>', page, re.DOTALL)
    ]


def clicks(ana: Visitor, path: str, answer: str, **wanted: str) -> None:
    """Press a button of the one form on the page that is about `wanted`."""
    page = ana.get(path).text
    fitting = [form for form in forms(page) if wanted.items() <= form.items()]
    assert fitting, page[:3000]
    assert fitting, f"{path} has no form for {wanted}"
    ana.client.post("/choices", data={**fitting[-1], "answer": answer})


def said(network: Network) -> list[tuple[object, ...]]:
    return [
        tuple(each.event.body[name] for name in ("purpose", "scope", "target", "answer"))
        for each in history(network, "ana")
        if each.event.kind == "choice"
    ]


@pytest.mark.parametrize(
    ("path", "purpose"),
    [
        (TRAINING, "genai-training"),
        (RESEARCH, "ai-research"),
        (WRITING, "writing-assistance"),
    ],
)
def test_every_purpose_has_its_switch(
    visit: Visit, hamlet: Network, path: str, purpose: str
) -> None:
    ana = visit("ana")

    clicks(ana, path, "no", purpose=purpose, scope="purpose")

    assert said(hamlet) == [(purpose, "purpose", "", "no")]
    assert path in ana.get("/settings/data-privacy").text


def test_every_sort_of_text_that_the_notice_names_has_its_switch(
    visit: Visit, hamlet: Network
) -> None:
    ana = visit("ana")
    page = ana.get(TRAINING).text
    targets = {form["target"] for form in forms(page) if form["scope"] == "category"}

    clicks(ana, TRAINING, "no", scope="category", target="profile")

    assert targets == {"content", "profile", "groups", "jobs", "feedback", "writing-history"}
    assert said(hamlet) == [("genai-training", "category", "profile", "no")]
    told = ana.get(TRAINING).text
    assert "You said no, for your profile." in told
    assert "Your profile <span" in told


@pytest.mark.parametrize("purpose", ["genai-training", "ai-research"])
def test_one_text_has_its_switch_for_each_purpose_it_may_serve(
    visit: Visit, hamlet: Network, purpose: str
) -> None:
    ana = visit("ana")

    clicks(ana, "/documents/ana-public", "no", purpose=purpose, scope="document")

    assert said(hamlet) == [(purpose, "document", "ana-public", "no")]
    assert not any(
        form["scope"] == "document" for form in forms(ana.get("/documents/ben-public").text)
    )


def test_a_no_to_help_with_writing_shows_at_once(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")
    assert "On, when you ask for it" in ana.get("/settings/data-privacy").text

    clicks(ana, WRITING, "no", scope="purpose", purpose="writing-assistance")

    assert "On, when you ask for it" not in ana.get("/settings/data-privacy").text


def test_each_choice_comes_with_its_receipt_and_proof(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")
    ana.say("no")

    links = re.findall(r'href="(/api/choices/[^"]+)" download="([^"]+)"', ana.get(TRAINING).text)

    assert [name for _, name in links] == ["receipt.json", "receipt.tlog-proof"]
    receipt, proof = (ana.get(link) for link, _ in links)
    assert receipt.json()["proof"]["log_proof"] == proof.text


@pytest.mark.parametrize("credit", ["name", "pseudonym", "nobody"])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_how_one_is_credited_never_changes_whether_one_is_used(
    visit: Visit, hamlet: Network, clock: Hands, *, credit: str, answer: str
) -> None:
    ana = visit("ana")
    ana.say(answer)
    page = ana.get("/documents/ana-public").text
    before = "May be used" in page
    clock.later(minutes=1)

    ana.post("/settings/data-privacy/credit", credit=credit, pseudonym="The Lamplighter")

    assert fold(history(hamlet, "ana")).credit == credit
    assert answers(hamlet, "ana") == [answer]
    assert ("May be used" in ana.get("/documents/ana-public").text) is before


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_whether_one_is_used_never_changes_how_one_is_credited(
    visit: Visit, hamlet: Network, answer: str
) -> None:
    ana = visit("ana")
    assert fold(history(hamlet, "ana")).credit is None
    ana.post("/settings/data-privacy/credit", credit="pseudonym", pseudonym="Lamp")

    ana.say(answer)

    assert fold(history(hamlet, "ana")).credit == "pseudonym"
    assert hidden(ana.get(TRAINING).text, "scope") == "purpose"
