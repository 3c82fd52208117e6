"""P3: after a no, nothing that serves draws on the member, and no later dataset holds them."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from harbour import OWN, harbour, removed_documents, says
from sayso.community import DocumentId, MemberId, Quote, Visibility
from sayso.consent.choices import Answer, Choice
from sayso.consent.ledger import gpc_event
from sayso.consent.policy import load_policy
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import read_rows
from sayso.errors import Refused
from sayso.jobs.bring import import_documents, import_members
from sayso.jobs.build import build_dataset
from sayso.jobs.choosing import say
from sayso.jobs.forget import forget_pending
from sayso.jobs.learn import train_model
from sayso.jobs.suggest import Assistant
from sayso.rights.say import record_and_contain
from sayso.rights.say import say as say_in
from sayso.sources.reading import ReadingOptions
from sayso.training.takeback import clean_slices
from sayso.wiring import Network, open_network
from sayso.writing.suggest import SuggestionKind

ANA, ELI = MemberId("ana"), MemberId("eli")
TRAINING = Purpose.GENAI_TRAINING
ABOUT_LANTERNS = "Seventeen brass lanterns polished beside the northern ferry steps"


def all_said(assistant: Assistant) -> str:
    """Everything the assistant has to say to eli, in every kind, as one text."""
    given = [
        assistant.suggest(ELI, kind, text, keep=False)
        for kind in SuggestionKind
        for text in (ABOUT_LANTERNS, "The quarterly lantern")
    ]
    return json.dumps([asdict(each) for each in given], default=str)


def offered(assistant: Assistant) -> str:
    given = assistant.suggest(ELI, SuggestionKind.CONTINUE, "The quarterly lantern", keep=False)
    return " ".join(given.variants)


def members_in(network: Network, dataset_id: str) -> set[str]:
    rows = read_rows(network.settings.store, DatasetId(dataset_id))
    return {member for row in rows for member in row.members}


def documents_of(network: Network, member: str) -> set[str]:
    with network.reading() as stores:
        return {each.id for each in stores.community.documents_of(MemberId(member))}


# -- what serves


def test_a_running_process_draws_on_her_no_more_from_its_next_answer(port: Network) -> None:
    elsewhere = open_network(port.settings)  # as another process of the same home would
    assistant = Assistant(elsewhere)
    before = all_said(assistant)
    assert '"ana"' in before, "the test asks about what she wrote"
    assert "inventory" in offered(assistant), "the phrase of three members is offered"

    said = says(port, ANA, Answer.NO)
    after, phrases = all_said(assistant), offered(assistant)
    elsewhere.close()

    assert said.withdrawal is not None
    assert '"ana"' not in after
    assert "Ana Example" not in after
    assert "inventory" not in phrases, "a phrase of two members is no one's common phrase"


def test_the_shards_she_taught_answer_from_before_they_met_her(port: Network) -> None:
    says(port, ANA, Answer.NO)

    with port.reading() as stores:
        stored = stores.models.in_use()
        assert stored is not None
        removed = stores.takebacks.removed_rows(stored.model.dataset_id)
        serving = clean_slices(stored.model.slices, removed)
        own = {
            (row.shard, row.slice)
            for row in stores.datasets.placed(ANA)
            if row.dataset_id == stored.model.dataset_id
        }
    for shard, slice_ in own:
        assert serving[shard] <= slice_, "it answers from a checkpoint that saw her"
    untouched = set(stored.model.slices) - {shard for shard, _ in own}
    assert all(serving[shard] == stored.model.slices[shard] for shard in untouched)


class _PowerCutError(Exception):
    pass


def say_and_lose_power(network: Network) -> None:
    choice = Choice(
        event_id="lost",
        member_id=ANA,
        purpose=TRAINING,
        answer=Answer.NO,
        occurred_at=network.clock(),
    )
    with network.writing() as stores:
        assert say_in(stores, choice, network.clock()).withdrawal is not None
        raise _PowerCutError


def test_the_no_its_containment_and_its_log_entry_are_one_transaction(port: Network) -> None:
    with port.reading() as stores:
        size, epoch = stores.log.size(), stores.takebacks.epoch()

    with pytest.raises(_PowerCutError):
        say_and_lose_power(port)

    with port.reading() as stores:
        assert (stores.log.size(), stores.takebacks.epoch()) == (size, epoch)
        assert not stores.takebacks.pending()
    said = says(port, ANA, Answer.NO)
    assert said.withdrawal is not None
    assert said.withdrawal.acknowledged_at == said.withdrawal.contained_at
    with port.reading() as stores:
        entered = [each.kind for each in stores.log.entries(size, stores.log.size())]
        assert entered == ["event", "withdrawal"]
        assert stores.takebacks.epoch() == epoch + 1


def test_a_no_to_one_document_takes_that_document_alone(port: Network) -> None:
    says(port, ANA, Answer.NO, document="ana/0")

    assert removed_documents(port) == {"ana/0"}


def test_saying_no_twice_withdraws_once(port: Network) -> None:
    first = says(port, ANA, Answer.NO)
    second = says(port, ANA, Answer.NO)

    assert first.withdrawal is not None
    assert second.withdrawal is None


def test_a_no_to_another_purpose_leaves_training_alone(port: Network) -> None:
    said = say(
        port,
        Choice(
            event_id="e",
            member_id=ANA,
            purpose=Purpose.AI_RESEARCH,
            answer=Answer.NO,
            occurred_at=port.clock(),
        ),
    )

    assert said.withdrawal is None
    assert removed_documents(port) == set()


# -- what else ends a permission


def gpc(network: Network, _tmp: Path) -> None:
    with network.writing() as stores:
        event = gpc_event(member_id=ANA, present=True, occurred_at=network.clock())
        record_and_contain(stores, event, network.clock())


def turned_private(network: Network, tmp: Path) -> None:
    import_post(network, tmp, visibility=str(Visibility.PRIVATE))


def deleted_at_the_source(network: Network, tmp: Path) -> None:
    import_post(network, tmp, state="deleted")


def rewritten(network: Network, tmp: Path) -> None:
    import_post(network, tmp, text="I have thought better of it.", state="draft")


def found_to_be_a_child(network: Network, tmp: Path) -> None:
    import_member(network, tmp, age_band="minor")


def suspended(network: Network, tmp: Path) -> None:
    import_member(network, tmp, standing="suspended")


def moved_to_a_land_where_nobody_told_her(network: Network, tmp: Path) -> None:
    import_member(network, tmp, region="ZZ")


def import_post(network: Network, tmp: Path, **changes: str) -> None:
    post = {"id": "ana/0", "author": "ana", "text": OWN["ana"], "date": "2026-01-10"} | changes
    (tmp / "changed.jsonl").write_text(json.dumps(post) + "\n", encoding="utf-8")
    options = ReadingOptions(attested={"region": "US", "age_band": "adult"})
    arrived = import_documents(network, "jsonl", [tmp / "changed.jsonl"], options)
    assert arrived.changed + arrived.deleted == 1, arrived


def import_member(network: Network, tmp: Path, **changes: str) -> None:
    known = {"id": "ana", "name": "Ana Example", "region": "US", "age_band": "adult"}
    (tmp / "people.jsonl").write_text(json.dumps(known | changes) + "\n", encoding="utf-8")
    assert import_members(network, tmp / "people.jsonl").changed == 1


@pytest.mark.parametrize("happens", [turned_private, deleted_at_the_source, rewritten])
def test_a_document_that_changes_at_its_source_is_out_of_service_when_that_is_read(
    port: Network, tmp_path: Path, happens: Callable[[Network, Path], None]
) -> None:
    happens(port, tmp_path)

    assert removed_documents(port) == {"ana/0"}


@pytest.mark.parametrize(
    "happens", [found_to_be_a_child, suspended, moved_to_a_land_where_nobody_told_her]
)
def test_a_member_who_may_no_longer_be_used_is_out_of_service_when_that_is_read(
    port: Network, tmp_path: Path, happens: Callable[[Network, Path], None]
) -> None:
    happens(port, tmp_path)

    assert removed_documents(port) == documents_of(port, "ana")


def test_a_browser_that_says_no_is_heeded_where_the_policy_says_so(
    port: Network, tmp_path: Path
) -> None:
    policy = load_policy("opt-in")
    with port.writing() as stores:
        heeding = replace(policy, gpc_is_no=frozenset({TRAINING}))
        stores.policies.use(heeding, port.clock())

    gpc(port, tmp_path)

    with port.reading() as stores:
        is_heeded = TRAINING in stores.policies.current().gpc_is_no
    assert removed_documents(port) == (documents_of(port, "ana") if is_heeded else set())


def test_whoever_moves_by_import_has_it_in_the_ledger_and_moving_back_grants_nothing(
    port: Network, tmp_path: Path
) -> None:
    import_member(port, tmp_path, region="DE")
    import_member(port, tmp_path, region="US")

    with port.reading() as stores:
        moves = [
            (each.event.body["before"], each.event.body["after"])
            for each in stores.ledger.history(ANA)
            if each.event.kind == "region"
        ]
    assert moves == [("US", "DE"), ("DE", "US")]


def test_a_quoted_members_no_takes_out_the_row_that_quotes_her(port: Network) -> None:
    quoting = OWN["ana"] + " So she wrote, and I have tried it ever since."
    with port.writing() as stores:
        original = stores.community.document(DocumentId("ben/0"))
        assert original is not None
        quote = Quote(start=0, end=len(OWN["ana"]), member_id=ANA)
        stores.community.save_document(replace(original, text=quoting, quotes=(quote,)))
    dataset = build_dataset(port, TRAINING).dataset_id
    train_model(port, dataset, size="tiny")

    says(port, ANA, Answer.NO)

    assert "ben/0" in removed_documents(port)
    forget_pending(port)
    with port.reading() as stores:
        model = stores.models.in_use()
    assert model is not None
    rows = tuple(read_rows(port.settings.store, model.model.dataset_id))
    assert "ana" not in {member for row in rows for member in row.members}
    assert not any("brass lanterns" in row.text for row in rows)
    assert any(row.document_id == "ben/0" and "tried it ever since" in row.text for row in rows)


# -- what is built later


def test_no_later_dataset_holds_who_said_no(port: Network) -> None:
    says(port, ANA, Answer.NO)

    assert "ana" not in members_in(port, build_dataset(port, TRAINING).dataset_id)


def test_a_dataset_from_before_the_no_is_not_trained_on(port: Network) -> None:
    says(port, ELI, Answer.NO)
    says(port, ELI, Answer.YES)
    built = build_dataset(port, TRAINING).dataset_id
    says(port, ANA, Answer.NO)

    with pytest.raises(Refused) as refused:
        train_model(port, built, size="tiny")

    assert "ana" in str(refused.value)


def test_a_no_while_a_dataset_is_being_sealed_is_heeded(tmp_path: Path) -> None:
    network = harbour(tmp_path / "harbour")
    heard: list[str] = []

    def interrupt(*_: object) -> None:
        if not heard:
            heard.append("no")
            says(network, ANA, Answer.NO)

    built = build_dataset(network, TRAINING, report=interrupt)

    assert heard
    assert "ana" not in members_in(network, built.dataset_id)
    again = build_dataset(network, TRAINING)
    assert members_in(network, again.dataset_id) == members_in(network, built.dataset_id)
    with network.reading() as stores:
        assert all("ana" not in members_in(network, each) for each in stores.datasets.live())
    network.close()


def test_a_no_while_a_model_is_learning_is_heeded_before_it_serves(tmp_path: Path) -> None:
    network = harbour(tmp_path / "harbour", learns=True)
    built = build_dataset(network, TRAINING)
    heard: list[str] = []

    def interrupt(*_: object) -> None:
        if not heard:
            heard.append("no")
            says(network, ANA, Answer.NO)

    train_model(network, built.dataset_id, size="tiny", report=interrupt)

    assert heard
    assert removed_documents(network) >= documents_of(network, "ana")
    assert '"ana"' not in all_said(Assistant(network))
    assert len(forget_pending(network)) == 1
    with network.reading() as stores:
        assert not stores.takebacks.pending()
        assert all("ana" not in members_in(network, each) for each in stores.datasets.live())
    network.close()


def test_whoever_says_yes_again_after_being_forgotten_is_used_again_from_the_next_build(
    port: Network,
) -> None:
    says(port, ANA, Answer.NO)
    forget_pending(port)
    with port.reading() as stores:
        model = stores.models.in_use()
    assert model is not None
    assert "ana" not in members_in(port, model.model.dataset_id)

    says(port, ANA, Answer.YES)

    assert "ana" not in members_in(port, model.model.dataset_id), "a yes does not reach back"
    built = build_dataset(port, TRAINING)
    assert "ana" in members_in(port, built.dataset_id)
    train_model(port, built.dataset_id, size="tiny")
    assert '"ana"' in all_said(Assistant(port))
