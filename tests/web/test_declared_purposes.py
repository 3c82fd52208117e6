"""A purpose that a policy file declares, from the file to the switch, the receipt and a dataset."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from sayso.audit.explain import explain
from sayso.community import Category, DocumentId, MemberId
from sayso.consent.choices import Answer, Choice
from sayso.consent.decision import Decision
from sayso.consent.notices import Notice
from sayso.consent.policy import load_policy, load_preset
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, Refused
from sayso.jobs.build import build_dataset
from sayso.jobs.choosing import import_choices, say
from sayso.jobs.learn import train_model
from sayso.jobs.tell import draft, publish, use_policy
from sayso.rights.proofs import controller_of, receipt_of
from sayso.wiring import Network
from visitors import START, Hands, Visitor

Visit = Callable[..., Visitor]
SEARCH = Purpose("personal-search")
PAGE = "/settings/data-privacy/uses/personal-search"
EVENT = "5b3c5b0e-6f8a-4a3e-9d5c-0d6a3f9be222"
DECLARED = """
[[purposes]]
name = "personal-search"
title = "Search in what I wrote"
question = "May we make what you wrote searchable for you?"
plain = "What you wrote is made searchable for you alone."
if_no = "Your search finds nothing any more."
dpv = "dpv:ServicePersonalisation"
"""
TEXT = """+++
purposes = ["personal-search"]
categories = ["content"]
+++
# Your own search

We would like to make what you wrote searchable for you.
"""


@pytest.fixture
def searching(hamlet: Network, tmp_path: Path, clock: Hands) -> Network:
    """The hamlet under a policy that declares a purpose, which a published notice asks about."""
    policy, notice = tmp_path / "mine.toml", tmp_path / "search.md"
    policy.write_text(load_preset("opt-in").text + DECLARED, encoding="utf-8")
    notice.write_text(TEXT, encoding="utf-8")
    use_policy(hamlet, load_policy(str(policy)))
    draft(hamlet, [notice])
    publish(hamlet, "search")
    clock.later(days=40)
    return hamlet


def drop(network: Network) -> None:
    use_policy(network, load_preset("opt-in"))


def says(network: Network, answer: Answer, purpose: Purpose = SEARCH, event: str = EVENT) -> None:
    choice = Choice(
        event_id=event,
        member_id=MemberId("ana"),
        purpose=purpose,
        answer=answer,
        occurred_at=network.clock(),
        is_now=True,
    )
    say(network, choice)


def decided(network: Network, purpose: Purpose = SEARCH) -> Decision:
    with network.reading() as stores:
        found = explain(stores, DocumentId("ana-public"), purpose, as_of=network.clock())
    return found.decision


def test_it_has_its_switch_beside_the_three(searching: Network, visit: Visit) -> None:
    ana = visit("ana")

    settings = ana.get("/settings/data-privacy").text
    page = ana.get(PAGE).text

    links = re.findall(r'href="(/settings/data-privacy/[^"]+)"', settings)
    assert links == [
        "/settings/data-privacy/generative-ai",
        "/settings/data-privacy/research",
        "/settings/data-privacy/writing",
        PAGE,
        "/settings/data-privacy/credit",
    ]
    assert "Search in what I wrote" in settings
    assert "May we make what you wrote searchable for you?" in page
    assert "Your search finds nothing any more." in page
    assert "Hamlet alone. Nothing is passed on." in page
    assert 'name="purpose" value="personal-search"' in page
    assert ana.get("/settings/data-privacy/uses/elsewhere").status_code == 404


def test_a_yes_by_its_switch_counts_for_it_alone(searching: Network, visit: Visit) -> None:
    ana = visit("ana")

    said = ana.say("yes", purpose=SEARCH, back=PAGE)

    assert "You said yes: Search in what I wrote." in said.text
    assert decided(searching).rule == "purpose_choice"
    assert not decided(searching, Purpose.GENAI_TRAINING).permit
    assert "You said yes" in ana.get(PAGE).text


def test_the_notice_and_each_text_ask_about_it(searching: Network, visit: Visit) -> None:
    ana = visit("ana")

    asked = ana.get("/notices/search").text
    text = ana.get("/documents/ana-public").text

    assert "<dt>For</dt><dd>Search in what I wrote</dd>" in asked
    assert "May we make what you wrote searchable for you?" in asked
    assert "Search in what I wrote: may this text be used?" in text


def test_programs_choose_it_and_hold_its_receipt(searching: Network, visit: Visit) -> None:
    ana = visit("ana")
    body: dict[str, object] = {
        "event_id": EVENT,
        "purpose": "personal-search",
        "answer": "yes",
        "occurred_at": START.isoformat(),
    }

    given = ana.send("/api/choices", body)
    unknown = ana.send("/api/choices", body | {"event_id": EVENT[:-3] + "333", "purpose": "ads"})
    standing = {each["purpose"]: each for each in ana.get("/api/me").json()["standing"]}

    assert given.status_code == 201
    process = given.json()["dpv:hasProcess"][0]
    assert process["dpv:hasPurpose"]["dct:title"] == "Search in what I wrote"
    assert process["dpv:hasPurpose"]["dpv:isSubTypeOf"] == "dpv:ServicePersonalisation"
    assert process["dpv:hasNotice"]["@id"] == "sayso:notice:search"
    assert "dpv:hasRecipientThirdParty" not in process
    assert list(standing) == ["genai-training", "ai-research", "writing-assistance", SEARCH]
    assert standing[SEARCH]["used"]
    assert unknown.status_code == 400
    assert "'ads'" in unknown.text
    assert "personal-search" in unknown.text


def test_a_dataset_is_built_for_it_and_trains_nothing(searching: Network) -> None:
    says(searching, Answer.YES)

    manifest = build_dataset(searching, SEARCH).manifest

    assert (manifest.purpose, manifest.rows, manifest.members) == ("personal-search", 1, 1)
    assert manifest.refusals["policy_default"] == 2
    with searching.reading() as stores:
        (dataset_id,) = stores.datasets.ids()
    with pytest.raises(Refused, match="personal-search"):
        train_model(searching, dataset_id, size="tiny")


def test_while_it_is_dropped_all_of_it_is_denied_and_nothing_is_lost(
    searching: Network, visit: Visit
) -> None:
    says(searching, Answer.YES)
    with searching.reading() as stores:
        before = receipt_of(stores, EVENT, controller_of(searching.settings))
    ana, again = visit("ana"), load_policy_text(searching)

    drop(searching)

    assert decided(searching).rule == "purpose_known"
    assert ana.get(PAGE).status_code == 404
    assert ana.get("/notices/search").status_code == 200
    assert ana.get("/settings/data-privacy").status_code == 200
    with searching.reading() as stores:
        assert receipt_of(stores, EVENT, controller_of(searching.settings)) == before
    with pytest.raises(BadInput, match="personal-search"):
        build_dataset(searching, SEARCH)
    says(searching, Answer.YES)  # the same act again is the same act

    searching.settings.home.joinpath("again.toml").write_text(again, encoding="utf-8")
    use_policy(searching, load_policy(str(searching.settings.home / "again.toml")))
    assert decided(searching).rule == "purpose_choice"


def load_policy_text(network: Network) -> str:
    with network.reading() as stores:
        return stores.policies.current().text


def test_nothing_is_recorded_for_what_nobody_declares(hamlet: Network, tmp_path: Path) -> None:
    rows, notice = tmp_path / "choices.csv", tmp_path / "search.md"
    rows.write_text("member_id,purpose,answer\nana,genai-training,no\nana,personal-search,no\n")
    notice.write_text(TEXT, encoding="utf-8")

    with pytest.raises(BadInput, match="'personal-search'") as refused:
        says(hamlet, Answer.NO)
    with pytest.raises(BadInput, match=r"search.md, line 2: 'purposes' is not a list of:"):
        draft(hamlet, [notice])
    counts = import_choices(hamlet, rows, report=lambda *_: None)

    assert "genai-training, ai-research, writing-assistance" in refused.value.hint
    assert (counts.recorded, counts.skipped) == (1, 1)
    assert "purpose 'personal-search' is unknown" in counts.skipped_examples[0]


def test_a_draft_about_a_purpose_dropped_since_is_not_published(
    searching: Network, tmp_path: Path
) -> None:
    notice = tmp_path / "more.md"
    notice.write_text(TEXT, encoding="utf-8")
    draft(searching, [notice])
    drop(searching)

    with pytest.raises(BadInput, match="'personal-search'"):
        publish(searching, "more")


def test_its_global_privacy_control_is_told_aloud(searching: Network, visit: Visit) -> None:
    ana = visit("ana", sec_gpc="1")
    ana.get("/")

    ana.say("yes", purpose=SEARCH, conflict="shown")

    assert "You said yes to Search in what I wrote after being shown" in ana.get("/").text


def test_a_notice_of_the_past_still_says_what_it_was_for(hamlet: Network, visit: Visit) -> None:
    with hamlet.writing() as stores:
        stores.notices.save(
            Notice(
                id="old",
                title="Old",
                text="Text.",
                purposes=(Purpose("gone-use"),),
                categories=(Category.CONTENT,),
                published_at=START - timedelta(days=50),
                effective_at=START - timedelta(days=50),
            )
        )

    assert "<dt>For</dt><dd>gone-use</dd>" in visit().get("/notices/old").text
