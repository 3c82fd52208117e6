import json
from collections.abc import Callable
from pathlib import Path

from sayso.audit import offline_verifier
from sayso.wiring import Network
from visitors import START, Hands, Visitor, answers

Visit = Callable[..., Visitor]

EVENT = "5b3c5b0e-6f8a-4a3e-9d5c-0d6a3f9be111"
CHOICE: dict[str, object] = {
    "event_id": EVENT,
    "purpose": "genai-training",
    "answer": "yes",
    "occurred_at": START.isoformat(),
}


def test_a_choice_gives_its_receipt_and_again_the_same_one(
    visit: Visit, hamlet: Network, clock: Hands
) -> None:
    ana = visit("ana")

    first = ana.send("/api/choices", CHOICE)
    clock.later(seconds=5)
    again = ana.send("/api/choices", CHOICE)

    other = ana.send("/api/choices", CHOICE | {"event_id": EVENT.replace("5b3c", "5b3d")})
    later = ana.send("/api/choices", CHOICE | {"event_id": EVENT.upper()})

    assert [each.status_code for each in (first, again, other, later)] == [201, 200, 201, 200]
    assert first.content == again.content == later.content
    assert ana.get(f"/api/choices/{EVENT}/receipt").content == first.content
    assert answers(hamlet, "ana") == ["yes", "yes"]


def test_an_event_id_is_a_uuid_that_tells_nothing(visit: Visit) -> None:
    ana = visit("ana")

    for wrong in ("2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d", "event-0001", "x" * 36, EVENT[:-1]):
        refused = ana.send("/api/choices", CHOICE | {"event_id": wrong})
        assert refused.status_code == 422
        assert "version 4 or 7" in refused.json()["detail"]
    seventh = "01890a5d-ac96-774b-bcce-b302099a8057"
    assert ana.send("/api/choices", CHOICE | {"event_id": seventh}).status_code == 201


def test_an_event_id_used_for_another_choice_is_a_conflict(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")
    ana.send("/api/choices", CHOICE)

    refused = ana.send("/api/choices", CHOICE | {"answer": "no"})

    assert refused.status_code == 409
    assert answers(hamlet, "ana") == ["yes"]


def test_a_receipt_verifies_without_us(visit: Visit, tmp_path: Path) -> None:
    receipt = visit("ana").send("/api/choices", CHOICE).json()
    copy = tmp_path / "receipt.json"
    copy.write_text(json.dumps(receipt), encoding="utf-8")

    assert offline_verifier.main([str(copy)]) == 0


def test_a_proof_is_given_beside_the_receipt_and_holds_alone(visit: Visit, tmp_path: Path) -> None:
    ana = visit("ana")
    receipt = ana.send("/api/choices", CHOICE).json()
    copy = tmp_path / "receipt.tlog-proof"

    answer = ana.get(f"/api/choices/{EVENT}/proof")

    copy.write_text(answer.text, encoding="utf-8")
    held = receipt["proof"]
    assert answer.headers["content-type"].startswith("text/plain")
    assert offline_verifier.main(["--vkey", held["vkey"], "--leaf", held["leaf"], str(copy)]) == 0
    assert visit("ben").get(f"/api/choices/{EVENT}/proof").status_code == 404


def test_another_members_receipt_is_not_given(visit: Visit) -> None:
    visit("ana").send("/api/choices", CHOICE)

    assert visit("ana").get(f"/api/choices/{EVENT}/receipt").status_code == 200
    assert visit("ben").get(f"/api/choices/{EVENT}/receipt").status_code == 404


def test_a_choice_needs_the_token_of_the_session(visit: Visit, hamlet: Network) -> None:
    ana = visit("ana")

    assert ana.client.post("/api/choices", json=CHOICE).status_code == 403
    assert answers(hamlet, "ana") == []


def test_what_is_no_choice_is_named(visit: Visit) -> None:
    ana = visit("ana")

    for wrong in ({"answer": "maybe"}, {"purpose": "Ads!"}, {"event_id": "x"}, {"extra": 1}):
        refused = ana.send("/api/choices", CHOICE | wrong)
        assert refused.status_code == 422
        assert next(iter(wrong)) in refused.json()["detail"]


def test_me_says_where_i_stand(visit: Visit) -> None:
    ana = visit("ana")
    ana.send("/api/choices", CHOICE)

    me = ana.get("/api/me").json()

    assert me["id"] == "ana"
    assert {each["purpose"]: each["used"] for each in me["standing"]}["genai-training"] is True


def test_suggestions_come_to_members_only(visit: Visit) -> None:
    wanted: dict[str, object] = {"kind": "headline", "text": ""}

    assert visit("ana").send("/api/suggestions", wanted).json()["variants"]
    refused = visit().client.post("/api/suggestions", json=wanted)
    assert refused.status_code == 401
