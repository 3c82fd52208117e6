import json
from pathlib import Path

from sayso.audit.offline_verifier import main as verify_offline
from terminal import alone, assert_one_clear_message, must, sayso

EVENT = "5b3c5b0e-6f8a-4a3e-9d5c-0d6a3f9be111"
ANA = ("choose", "ana", "genai-training")


def test_the_same_event_id_twice_gives_the_same_answer_twice(home: Path) -> None:
    first = must(*ANA, "no", "--event-id", EVENT, "--json", home=home)
    second = must(*ANA, "no", "--event-id", EVENT, "--json", home=home)

    assert json.loads(first) == json.loads(second)
    history = json.loads(must("choices", "show", "ana", "--json", home=home))
    assert [each["event"]["event_id"] for each in history].count(EVENT) == 1


def test_the_same_event_id_with_another_answer_is_a_conflict(home: Path) -> None:
    must(*ANA, "no", "--event-id", EVENT, home=home)

    assert_one_clear_message(sayso(*ANA, "yes", "--event-id", EVENT, home=home), EVENT)
    other = ("choose", "ben", "genai-training", "no", "--event-id", EVENT)
    assert_one_clear_message(sayso(*other, home=home), EVENT)


def test_a_no_for_one_document_must_come_from_its_author(home: Path) -> None:
    ran = sayso(*ANA, "no", "--document", "ben/1", home=home)

    assert_one_clear_message(ran, "ben/1")


def test_a_document_is_explained_before_and_after_a_no(home: Path) -> None:
    before = must("explain", "ana/1", home=home)
    must(*ANA, "no", home=home)
    after = must("explain", "ana/1", home=home)

    assert "may be used" in before
    assert "may not be used" in after
    assert_one_clear_message(sayso("explain", "ana/999", home=home), "ana/999")
    assert_one_clear_message(sayso("explain", "ana/1", "--as-of", "tuesday", home=home), "tuesday")


def test_a_choice_is_for_a_document_or_for_a_category(home: Path) -> None:
    ran = sayso(*ANA, "no", "--document", "ana/1", "--category", "content", home=home)

    assert_one_clear_message(ran, "not for both")


def test_a_category_can_be_answered_for_apart(home: Path) -> None:
    must("choose", "ana", "ai-research", "yes", "--category", "content", home=home)

    (*_, last) = json.loads(must("choices", "show", "ana", "--json", home=home))
    said = last["event"]["body"]
    assert (said["purpose"], said["scope"], said["target"]) == (
        *("ai-research", "category", "content"),
    )
    assert_one_clear_message(sayso(*ANA, "no", "--category", "shoes", home=home), "shoes")


def test_a_receipt_and_its_proof_are_checked_by_the_verifier_alone(
    home: Path, tmp_path: Path
) -> None:
    must(*ANA, "no", "--event-id", EVENT, home=home)
    file, proof = tmp_path / "receipt.json", tmp_path / "receipt.tlog-proof"

    text = must("choices", "receipt", EVENT, "--proof", str(proof), home=home)

    file.write_text(text, encoding="utf-8")
    held = json.loads(text)["proof"]
    assert proof.read_text(encoding="utf-8") == held["log_proof"]
    assert verify_offline(["--vkey", held["vkey"], str(file)]) == 0
    assert verify_offline(["--vkey", held["vkey"], "--leaf", held["leaf"], str(proof)]) == 0
    assert "signed by this network's log" in must("verify", str(file), home=home)
    again = sayso("choices", "receipt", EVENT, "--proof", str(proof), home=home)
    assert_one_clear_message(again, "is there already")


def test_what_is_no_choice_has_no_receipt(home: Path) -> None:
    assert_one_clear_message(sayso("choices", "receipt", "nothing", home=home), "nothing")


def test_a_receipt_is_found_by_the_beginning_of_what_choose_and_show_print(home: Path) -> None:
    said = must(*ANA, "no", "--event-id", EVENT, home=home)
    other = EVENT[:-1] + "2"
    must(*ANA, "yes", "--event-id", other, home=home)

    assert f"event {EVENT}" in said
    assert EVENT[:12] in must("choices", "show", "ana", home=home)
    whole = must("choices", "receipt", EVENT, home=home)
    assert json.loads(whole)["dct:identifier"] == EVENT
    ran = sayso("choices", "receipt", EVENT[:12], home=home)
    assert_one_clear_message(ran, "2 choices begin with")
    bens = EVENT.replace("5b3", "6b3")
    must("choose", "ben", "genai-training", "no", "--event-id", bens, home=home)
    assert json.loads(must("choices", "receipt", "6b3", home=home))["dct:identifier"] == bens
    assert_one_clear_message(sayso("choices", "receipt", "", home=home), "no choice")


def test_accounts_that_became_one_are_shown_together(home: Path, tmp_path: Path) -> None:
    must(*ANA, "no", home=home)
    file = tmp_path / "members.csv"
    file.write_text("id,merged_into\nben,ana\n", encoding="utf-8")
    must("members", "import", str(file), home=home)

    old = json.loads(must("members", "show", "ben", home=home))
    new = json.loads(must("members", "show", "ana", home=home))

    assert (old["merged_into"], old["other_accounts"]) == ("ana", ["ana"])
    assert (new["merged_into"], new["other_accounts"]) == ("", ["ben"])
    shown = must("choices", "show", "ana", home=home)
    assert "What the ledger holds of ana and ben" in shown
    assert "into=ana" in shown
    assert must("choices", "show", "ben", home=home) == shown


def test_an_argument_that_is_no_text_is_told(home: Path) -> None:
    assert_one_clear_message(alone("choose", "an\udcffa", "genai-training", "no", home=home))
    assert_one_clear_message(alone("explain", "an\udcffa/1", home=home), "is no text")


def test_a_purpose_that_the_policy_declares_is_chosen_by_its_name(
    home: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        must("policy", "show", home=home)
        + '\n[[purposes]]\nname = "personal-search"\ntitle = "My own search"\nplain = "You find."\n'
        'if_no = "You find nothing."\ndpv = "dpv:ServicePersonalisation"\n',
        encoding="utf-8",
    )
    search = ("choose", "ana", "personal-search", "yes")

    undeclared = sayso(*search, home=home)
    assert undeclared.code == 2
    assert "genai-training" in undeclared.err
    assert "is sound" in must("policy", "check", mine)
    must("policy", "use", mine, home=home)
    must(*search, home=home)

    why = must("explain", "ana/1", "--purpose", "personal-search", home=home)
    assert "My own search" in why
    for wrong in (("choose", "ana", "ads", "no"), ("build", "--purpose", "My Search")):
        ran = sayso(*wrong, home=home)
        assert ran.code == 2
        assert "personal-search" in ran.err


def test_a_yes_that_cannot_count_is_recorded_and_told_so(home: Path) -> None:
    said = must("choose", "ana", "ai-research", "yes", home=home)

    assert "It does not count as things stand: No notice in force" in said
    assert "does not count" not in must(*ANA, "yes", home=home)
