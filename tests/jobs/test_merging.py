"""Accounts that become one by import: what follows for what is served, shown, copied, erased."""

import json
import zipfile
from pathlib import Path

import pytest

from harbour import harbour, removed_documents, says
from sayso.community import DocumentId, MemberId
from sayso.consent.choices import Answer, Scope
from sayso.consent.decide import decide
from sayso.consent.facts import facts_for
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput
from sayso.jobs.bring import import_members
from sayso.jobs.rights import copy_member, erase_member
from sayso.rights.used import used
from sayso.wiring import Network

ANA, BEN = MemberId("ana"), MemberId("ben")
TRAINING = Purpose.GENAI_TRAINING


def merge(network: Network, *rows: dict[str, str]) -> list[str]:
    path = network.settings.home / "members.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return [each.reason for each in import_members(network, path).skipped_examples]


def ben_becomes_ana(network: Network) -> None:
    assert not merge(network, {"id": "ben", "merged_into": "ana"})


def rule_for(network: Network, document_id: str) -> str:
    with network.reading() as stores:
        document = stores.community.document(DocumentId(document_id))
        assert document is not None
        decision = decide(facts_for(document, TRAINING, network.clock(), stores.world()))
        return "permitted" if decision.permit else decision.rule


@pytest.mark.parametrize("refusing", ["ana", "ben"])
def test_a_no_of_either_takes_the_texts_of_both_out_of_service(
    port: Network, refusing: str
) -> None:
    says(port, refusing, Answer.NO)

    ben_becomes_ana(port)

    assert rule_for(port, "ana/2") == rule_for(port, "ben/2") == "purpose_choice"
    assert {each.split("/")[0] for each in removed_documents(port)} == {"ana", "ben"}


def test_a_no_said_after_the_merge_takes_out_the_texts_of_the_old_account(port: Network) -> None:
    ben_becomes_ana(port)
    before = removed_documents(port)

    said = says(port, "ana", Answer.NO)

    assert not before
    assert said.withdrawal is not None
    assert {each.split("/")[0] for each in removed_documents(port)} == {"ana", "ben"}


def test_importing_the_merge_twice_merges_once(tmp_path: Path) -> None:
    network = harbour(tmp_path / "home")
    ben_becomes_ana(network)
    with network.reading() as stores:
        size = stores.log.size()

    ben_becomes_ana(network)

    with network.reading() as stores:
        assert stores.log.size() == size
        assert stores.accounts.of(BEN) == (ANA, BEN)
    network.close()


def test_what_cannot_be_merged_is_named_and_the_rest_is(tmp_path: Path) -> None:
    network = harbour(tmp_path / "home")

    refused = merge(
        network,
        {"id": "ben", "merged_into": "ana"},
        {"id": "ana", "merged_into": "ben"},
        {"id": "chi", "merged_into": "nobody"},
        {"id": "dee", "merged_into": "eli"},
    )

    assert len(refused) == 2
    assert "'ana' cannot become 'ben'" in refused[0]
    assert "no account 'nobody'" in refused[1]
    with network.reading() as stores:
        assert set(stores.accounts.all_families()) == {"ana", "eli"}
    network.close()


def test_a_merge_with_a_stricter_country_holds_for_both(tmp_path: Path) -> None:
    network = harbour(tmp_path / "home")
    merge(network, {"id": "ben", "region": "DE", "merged_into": "ana"})

    with network.reading() as stores:
        case = facts_for(
            stores.community.documents_of(ANA)[0], TRAINING, network.clock(), stores.world()
        ).authors[0]
        assert set(case.regions) == {"US", "DE"}
    network.close()


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"age_band": "minor"}, "age"),
        ({"standing": "suspended"}, "account_standing"),
        ({"standing": "deleted"}, "permitted"),
        ({"age_band": "adult"}, "permitted"),
    ],
)
def test_the_stricter_of_both_accounts_holds(
    tmp_path: Path, facts: dict[str, str], rule: str
) -> None:
    """That the old account is deleted is what merging does, and closes nothing."""
    network = harbour(tmp_path / "home")

    merge(network, {"id": "ben", "merged_into": "ana", **facts})

    assert rule_for(network, "ana/2") == rule_for(network, "ben/2") == rule
    network.close()


def test_a_yes_said_at_an_unknown_age_does_not_begin_to_count(tmp_path: Path) -> None:
    network = harbour(tmp_path / "home")
    merge(network, {"id": "ben", "age_band": "unknown"})
    merge(network, {"id": "ben", "merged_into": "ana"})
    before = rule_for(network, "ben/2")
    says(network, "ana", Answer.YES)

    assert before == "notice_in_force"
    assert rule_for(network, "ben/2") == "permitted"
    network.close()


def test_someone_answers_for_a_text_of_their_old_account(tmp_path: Path) -> None:
    network = harbour(tmp_path / "home")
    ben_becomes_ana(network)

    said = says(network, "ana", Answer.NO, document="ben/2")

    assert said.recorded.event.body["scope"] == Scope.DOCUMENT
    assert rule_for(network, "ben/2") == "document_choice"
    assert rule_for(network, "ben/3") == "permitted"
    network.close()


def test_what_was_used_of_the_old_account_is_shown(port: Network) -> None:
    ben_becomes_ana(port)

    with port.reading() as stores:
        found = used(stores, port.settings.store, ANA)

    own = {each.document_id for each in found.documents if each.is_own}
    assert {each.split("/")[0] for each in own} == {"ana", "ben"}


def test_a_copy_holds_the_old_account_too(port: Network, tmp_path: Path) -> None:
    ben_becomes_ana(port)

    copy_member(port, ANA, tmp_path / "ana.zip")

    with zipfile.ZipFile(tmp_path / "ana.zip") as archive:
        earlier = json.loads(archive.read("earlier-accounts/1/account.json"))
        assert earlier["member"]["id"] == "ben"
        assert {each["id"] for each in earlier["documents"]} == {f"ben/{n}" for n in range(6)}
        assert "ben" in archive.read("earlier-accounts/1/say-so.json").decode()


def test_erasing_erases_every_account_of_the_person(port: Network) -> None:
    ben_becomes_ana(port)
    with pytest.raises(BadInput, match="'ben' has become 'ana'"):
        erase_member(port, BEN)

    erase_member(port, ANA)

    with port.reading() as stores:
        assert not stores.accounts.all_families()
        for account in (ANA, BEN):
            assert stores.community.member(account) is None
            assert not stores.community.documents_of(account)
            assert not stores.ledger.history(account)


def test_an_erased_member_does_not_come_back_by_a_merge(port: Network) -> None:
    erase_member(port, ANA)

    merge(port, {"id": "ben", "merged_into": "ana"})

    assert rule_for(port, "ben/2") == "unknown_member"
    assert {each.split("/")[0] for each in removed_documents(port)} == {"ben"}


def test_an_account_that_was_erased_does_not_come_back_as_another(port: Network) -> None:
    erase_member(port, BEN)

    merge(port, {"id": "ben", "merged_into": "ana"})

    with port.reading() as stores:
        assert not stores.accounts.all_families()
        assert stores.community.member(BEN) is None
    assert rule_for(port, "ana/2") == "permitted"
