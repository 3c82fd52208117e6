"""A receipt says what was chosen and carries its own proof."""

import hashlib
import hmac
import json
from dataclasses import replace

import pytest

from fakes.books import Books
from fakes.consent import ANA, FIRST_NOTICE, SPOKE, TRAIN
from sayso.audit.offline_verifier import Failed, Trust, check_file
from sayso.community import Region
from sayso.consent.choices import Answer, Choice
from sayso.consent.ledger import Recorded, choice_event, gpc_event
from sayso.consent.receipts import Controller, Grounds, LogProof, receipt
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


def _receipt(books: Books, recorded: Recorded) -> dict[str, JSON]:
    return receipt(
        recorded,
        controller=Controller(name="Fernhollow", contact="privacy@fernhollow.example"),
        grounds=Grounds(region=Region("DE"), notice=FIRST_NOTICE),
        proof=LogProof(text=books.log.proof_text(recorded.leaf), vkey=books.log.vkey),
    )


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


def test_a_no_is_receipted_as_a_withdrawal(books: Books) -> None:
    no = replace(YES, answer=Answer.NO)

    said = _receipt(books, books.ledger.record(choice_event(no), SPOKE))

    assert b"dpv:ConsentWithdrawn" in canonical(said)


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
