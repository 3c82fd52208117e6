from datetime import timedelta

import pytest

from harbour import says
from sayso.audit.explain import explain
from sayso.community import DocumentId
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.errors import NotFound
from sayso.wiring import Network

TRAINING = Purpose.GENAI_TRAINING
POST = DocumentId("ana/0")


def test_an_answer_names_the_rule_its_evidence_and_what_it_beat(port: Network) -> None:
    with port.reading() as stores:
        found = explain(stores, POST, TRAINING, as_of=port.clock())

    assert found.decision.permit
    assert found.sentences[0] == "ana/0 may be used for Data for Generative AI Improvement."
    assert "rule purpose_choice" in found.sentences[1]
    assert any(line.startswith("  outranked: policy_default") for line in found.sentences)


def test_yesterdays_answer_is_still_to_be_had_after_todays_no(port: Network) -> None:
    before = port.clock()
    says(port, "ana", Answer.NO)

    with port.reading() as stores:
        now = explain(stores, POST, TRAINING, as_of=port.clock())
        then = explain(stores, POST, TRAINING, as_of=before)
        known = explain(stores, POST, TRAINING, as_of=port.clock(), known_at=before)
        long_ago = explain(stores, POST, TRAINING, as_of=before - timedelta(days=1))

    assert not now.decision.permit
    assert then.decision.permit
    assert known.decision.permit
    assert not long_ago.decision.permit


def test_a_document_that_is_not_there_cannot_be_explained(port: Network) -> None:
    with port.reading() as stores, pytest.raises(NotFound):
        explain(stores, DocumentId("nowhere"), TRAINING, as_of=port.clock())


def test_an_explanation_of_the_past_names_what_it_was_made_from(port: Network) -> None:
    before = port.clock()
    says(port, "ana", Answer.NO)

    with port.reading() as stores:
        found = explain(stores, POST, TRAINING, as_of=before, known_at=before)

    assert found.decision.permit
    assert found.grounds[0] == (
        f"as of {before.isoformat()}, by what was known at {before.isoformat()}"
    )
    assert found.grounds[1] == "policy: opt-in, because no operator had chosen one yet"
    assert any(line.startswith("notice ") for line in found.grounds)
    assert found.grounds[-1].startswith("not kept: earlier states of the document.")
