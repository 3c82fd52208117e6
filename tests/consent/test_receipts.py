"""A receipt says what was chosen and carries its own proof."""

import hashlib
import hmac
import json
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.books import Books, made_books
from fakes.consent import ANA, FIRST_NOTICE, SPOKE, TRAIN
from sayso.audit.offline_verifier import Failed, Trust, check_file
from sayso.community import Region
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.ledger import Recorded, choice_event, gpc_event
from sayso.consent.notices import Notice
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.consent.receipt_profile import FIELDS, Demand, found
from sayso.consent.receipts import Controller, Grounds, LogProof, Status, receipt, status_of
from sayso.errors import NotFound
from sayso.evidence import checkpoint, merkle
from sayso.evidence.canonical import JSON, canonical
from sayso.evidence.note import Verifier, open_note

YES = Choice(
    event_id="5b3c5b0e-6f8a-4a3e-9d5c-111111111111",
    member_id=ANA,
    purpose=TRAIN,
    answer=Answer.YES,
    occurred_at=SPOKE,
    notice_id="n1",
)


CONTROLLER = Controller(
    name="Fernhollow",
    address="1 Mill Lane, Fernhollow",
    contact="privacy@fernhollow.example",
    storage_locations=("Fernhollow town hall",),
    authority="The data protection office of the county",
)
GOLDEN = Path(__file__).parents[1] / "golden"


def _receipt(
    books: Books,
    recorded: Recorded,
    controller: Controller = CONTROLLER,
    notice: Notice | None = FIRST_NOTICE,
) -> dict[str, JSON]:
    return receipt(
        recorded,
        controller=controller,
        grounds=Grounds(region=Region("DE"), notice=notice),
        proof=LogProof(text=books.log.proof_text(recorded.leaf), vkey=books.log.vkey),
        history=books.ledger.history(recorded.event.member_id),
    )


def said_in_turn(books: Books, *acts: tuple[Answer, Scope, str]) -> list[Recorded]:
    """Record choices one after the other, an hour apart."""
    return [
        books.ledger.record(
            choice_event(
                replace(
                    YES,
                    event_id=f"5b3c5b0e-6f8a-4a3e-9d5c-{number:012}",
                    answer=answer,
                    scope=scope,
                    target=target,
                )
            ),
            SPOKE + timedelta(hours=number),
        )
        for number, (answer, scope, target) in enumerate(acts)
    ]


def test_a_receipt_names_purpose_notice_controller_and_how_to_withdraw(books: Books) -> None:
    said = _receipt(books, books.ledger.record(choice_event(YES), SPOKE))

    text = json.dumps(json.loads(canonical(said)))
    for wanted in (
        "https://w3id.org/dpv/schema/dpv-27560#receipt-record",
        "Data for Generative AI Improvement",
        "ai:ModelTraining",
        "eu-gdpr:A6-1-a",
        "dpv:ConsentGiven",
        "Fernhollow",
        FIRST_NOTICE.digest,
        "2026-05-03T09:00:00+00:00",
        "hasWithdrawalMethod",
    ):
        assert wanted in text, wanted


ALL = (Scope.PURPOSE, "")
POST = (Scope.DOCUMENT, "d1")
OTHER_POST = (Scope.DOCUMENT, "d2")
CONTENT = (Scope.CATEGORY, "content")


@pytest.mark.parametrize(
    ("acts", "statuses"),
    [
        ([(Answer.NO, *ALL)], ["ConsentRefused"]),
        ([(Answer.YES, *ALL)], ["ConsentGiven"]),
        ([(Answer.YES, *ALL), (Answer.NO, *ALL)], ["ConsentGiven", "ConsentWithdrawn"]),
        ([(Answer.YES, *ALL), (Answer.YES, *ALL)], ["ConsentGiven", "RenewedConsentGiven"]),
        (
            [(Answer.YES, *ALL), (Answer.NO, *ALL), (Answer.YES, *ALL), (Answer.NO, *ALL)],
            ["ConsentGiven", "ConsentWithdrawn", "ConsentGiven", "ConsentWithdrawn"],
        ),
        ([(Answer.NO, *ALL), (Answer.NO, *ALL)], ["ConsentRefused", "ConsentRefused"]),
        ([(Answer.YES, *ALL), (Answer.NO, *POST)], ["ConsentGiven", "ConsentWithdrawn"]),
        ([(Answer.YES, *POST), (Answer.NO, *ALL)], ["ConsentGiven", "ConsentWithdrawn"]),
        ([(Answer.YES, *POST), (Answer.NO, *OTHER_POST)], ["ConsentGiven", "ConsentRefused"]),
        ([(Answer.YES, *POST), (Answer.NO, *CONTENT)], ["ConsentGiven", "ConsentWithdrawn"]),
        ([(Answer.YES, *ALL), (Answer.YES, *CONTENT)], ["ConsentGiven", "ConsentGiven"]),
    ],
)
def test_a_no_refuses_until_there_was_a_yes_to_withdraw(
    books: Books, acts: list[tuple[Answer, Scope, str]], statuses: list[str]
) -> None:
    told = said_in_turn(books, *acts)

    found = [status_of(each, books.ledger.history(ANA)) for each in told]
    assert found == [f"dpv:{status}" for status in statuses]


def test_a_no_to_one_purpose_withdraws_no_yes_to_another(books: Books) -> None:
    books.ledger.record(choice_event(YES), SPOKE)
    no = replace(YES, event_id="e2", answer=Answer.NO, purpose=Purpose.AI_RESEARCH)

    recorded = books.ledger.record(choice_event(no), SPOKE)

    assert status_of(recorded, books.ledger.history(ANA)) is Status.REFUSED


def test_a_later_word_does_not_change_what_an_earlier_receipt_says(books: Books) -> None:
    no, *_ = said_in_turn(books, (Answer.NO, *ALL), (Answer.YES, *ALL), (Answer.NO, *ALL))

    assert status_of(no, books.ledger.history(ANA)) is Status.REFUSED


def test_every_status_is_one_that_the_offline_verifier_takes(books: Books) -> None:
    told = said_in_turn(
        books, (Answer.NO, *ALL), (Answer.YES, *ALL), (Answer.YES, *ALL), (Answer.NO, *ALL)
    )

    seen = set()
    for each in told:
        document = _receipt(books, each)
        check_file(canonical(document).decode(), Trust(books.log.vkey), {})
        seen.add(found(document, ("dpv:hasConsentStatus", 0, "@type")))
    assert seen == set(Status)


@pytest.mark.parametrize("status", [*Status, "dpv:NotConsentGiven"])
def test_a_receipt_that_calls_a_yes_a_no_is_refused_offline(books: Books, status: str) -> None:
    recorded = books.ledger.record(choice_event(YES), SPOKE)
    text = canonical(_receipt(books, recorded)).decode()
    forged = text.replace('"dpv:ConsentGiven"', f'"{status}"')

    if status in {Status.GIVEN, Status.RENEWED}:
        check_file(forged, Trust(books.log.vkey), {})
    else:
        with pytest.raises(Failed):
            check_file(forged, Trust(books.log.vkey), {})


@pytest.mark.parametrize("answer", list(Answer))
def test_a_receipt_is_what_it_always_was(books: Books, answer: Answer) -> None:
    """`SAYSO_GOLDEN=1 pytest` writes the files anew; their change is then reviewed."""
    (recorded,) = said_in_turn(books, (answer, *ALL))
    text = json.dumps(json.loads(canonical(_receipt(books, recorded))), indent=2, sort_keys=True)
    file = GOLDEN / f"receipt_{answer}.json"
    if os.environ.get("SAYSO_GOLDEN"):
        file.write_text(f"{text}\n", encoding="utf-8")

    assert file.read_text(encoding="utf-8") == f"{text}\n"
    check_file(text, Trust(books.log.vkey), {})


TEXTS = st.sampled_from(["", "somewhere"])


@settings(max_examples=60, deadline=None)
@given(
    controller=st.builds(
        Controller,
        name=st.just("Fernhollow"),
        address=TEXTS,
        contact=TEXTS,
        authority=TEXTS,
        storage_locations=st.sampled_from([(), ("here",)]),
        recipients=st.sampled_from([(), ("a university",)]),
    ),
    notice=st.sampled_from([None, FIRST_NOTICE]),
    answer=st.sampled_from(list(Answer)),
    purpose=st.sampled_from(tuple(PURPOSES)),
    about=st.sampled_from([ALL, POST, CONTENT]),
)
def test_every_field_of_the_profile_is_there_or_absent_with_its_reason(
    controller: Controller,
    notice: Notice | None,
    answer: Answer,
    *,
    purpose: Purpose,
    about: tuple[Scope, str],
) -> None:
    books = made_books()
    choice = replace(YES, answer=answer, purpose=purpose, scope=about[0], target=about[1])

    told = _receipt(books, books.ledger.record(choice_event(choice), SPOKE), controller, notice)

    gaps = told["sayso:absent"]
    assert isinstance(gaps, list)
    reasons = {gap["sayso:field"]: gap["sayso:reason"] for gap in gaps if isinstance(gap, dict)}
    for field in FIELDS:
        name = f"{field.section}: {field.name}"
        is_there = found(told, field.path) not in (None, "", [], (), {})
        assert is_there != (name in reasons), name
        if not is_there:
            assert str(reasons[name]).endswith(".")
            assert "Every receipt has it" not in str(reasons[name]), name


def test_the_profile_names_what_the_standard_makes_mandatory() -> None:
    """ISO/IEC TS 27560 as W3C's guide to dpv-27560 lists it."""
    mandatory = {field.name for field in FIELDS if field.demand is Demand.ISO}

    assert mandatory == {
        *("schema version", "receipt id", "pii principal id"),
        *("privacy notice", "language", "purpose", "pii type", "pii controllers"),
        *("storage locations", "retention period", "jurisdiction", "recipient third parties"),
        *("withdrawal method", "party id", "party address", "party name", "party contact"),
        *("party type", "event time", "validity duration", "entity id", "event type"),
        "event state",
    }
    assert len(FIELDS) == len({(field.section, field.name) for field in FIELDS})


def test_a_copied_receipt_proves_itself_without_our_ledger(books: Books) -> None:
    for number in range(5):
        event = gpc_event(event_id=f"g{number}", member_id=ANA, present=True, occurred_at=SPOKE)
        books.ledger.record(event, SPOKE)
    recorded = books.ledger.record(choice_event(YES), SPOKE)
    held = json.loads(canonical(_receipt(books, recorded)))["proof"]
    books.vault.destroy(ANA)

    committed = hmac.new(
        bytes.fromhex(held["salt"]), held["record"].encode(), hashlib.sha256
    ).hexdigest()
    leaf = json.loads(held["leaf"])
    proof = checkpoint.parse_proof(held["log_proof"])
    tree = checkpoint.parse(open_note(proof.checkpoint, [Verifier(held["vkey"])]))

    assert leaf == {"commitment": committed, "kind": "event"}
    assert proof.position == held["log_position"] == 5
    assert tree.size == 6
    assert books.log.root() == tree.root
    assert merkle.leaf_hash(held["leaf"].encode()) == merkle.leaf_hash(books.log.entry(5).entry)
    assert json.loads(held["record"])["body"]["answer"] == "yes"


def test_only_a_readable_choice_has_a_receipt(books: Books) -> None:
    signal = books.ledger.record(gpc_event(member_id=ANA, present=True, occurred_at=SPOKE), SPOKE)
    books.ledger.record(choice_event(YES), SPOKE)
    books.vault.destroy(ANA)

    for recorded in (signal, *books.ledger.history(ANA)):
        with pytest.raises(NotFound):
            _receipt(books, recorded)


def test_the_offline_verifier_takes_a_receipt_and_refuses_a_forged_one(books: Books) -> None:
    recorded = books.ledger.record(choice_event(YES), SPOKE)
    text = canonical(_receipt(books, recorded)).decode()
    forged = text.replace("ConsentGiven", "ConsentWithdrawn")

    head, sentences = check_file(text, Trust(books.log.vkey), {})

    assert head.size == 1
    assert any("genai-training" in sentence for sentence in sentences)
    with pytest.raises(Failed):
        check_file(forged, Trust(books.log.vkey), {})
