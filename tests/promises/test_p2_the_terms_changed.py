"""P2, as it was asked for: on by default, the terms changed after training began, and we refuse."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harbour import know_tokenizer, posts, says, small_home, write_posts
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.ledger import delivery_event
from sayso.consent.notices import Delivery, NoticeState, state_at
from sayso.consent.policy import load_preset
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId
from sayso.errors import Refused
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.learn import train_model
from sayso.jobs.tell import deliver, draft, publish, use_policy
from sayso.settings import load_settings
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network
from visitors import Hands

TOLD = datetime(2026, 1, 5, 9, tzinfo=UTC)
TRAINED = TOLD + timedelta(days=45)
CHANGED = TOLD + timedelta(days=50)
EFFECTIVE = TOLD + timedelta(days=85)
PEOPLE = ("ana", "ben", "chi", "dee")
NEW_TERMS = f"""+++
notice_days = 30
effective_at = {EFFECTIVE.isoformat()}
replaces = "first-notice"
+++

# We use more of what you write

From that day on, models learn from it for more than suggestions.
"""


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DatasetId]:
    """A home that is on by default, that told its members, and that has trained."""
    home = tmp_path_factory.mktemp("terms") / "harbour"
    clock = Hands(now=TOLD)
    network = open_network(small_home(home), clock=clock)
    know_tokenizer(network.settings.store)
    use_policy(network, load_preset("linkedin-2025"))
    publish(network, "")
    written = [{**each, "date": "2025-06-01"} for each in posts(members=PEOPLE, each=2)]
    path = write_posts(home.with_suffix(".jsonl"), written)
    attested = {"region": "US", "age_band": "adult"}
    import_documents(network, "jsonl", [path], ReadingOptions(attested=attested))
    deliver(network, "", None)
    clock.now = TRAINED
    dataset = build_dataset(network, Purpose.GENAI_TRAINING).dataset_id
    train_model(network, dataset, size="tiny")
    network.close()
    return home, dataset


class Story:
    """What happened to that network afterwards."""

    def __init__(self, home: Path, dataset: DatasetId) -> None:
        self.clock = Hands(now=TRAINED)
        self.network: Network = open_network(load_settings(home, {}), clock=self.clock)
        self.dataset = dataset

    def change_the_terms(self, folder: Path) -> None:
        self.clock.now = CHANGED
        (folder / "more.md").write_text(NEW_TERMS, encoding="utf-8")
        draft(self.network, [folder / "more.md"])
        publish(self.network, "more")

    def hears(self, name: str, delivery: Delivery, days: int) -> datetime:
        at = CHANGED + timedelta(days=days)
        event = delivery_event(
            member_id=MemberId(name), notice_id="more", delivery=delivery, occurred_at=at
        )
        with self.network.writing() as stores:
            stores.ledger.record(event, at)
        return at

    def training_refused(self, dataset: DatasetId) -> Refused:
        with pytest.raises(Refused) as refused:
            train_model(self.network, dataset, size="tiny")
        return refused.value


@pytest.fixture
def story(trained: tuple[Path, DatasetId], tmp_path: Path) -> Iterator[Story]:
    home, dataset = trained
    told = Story(Path(shutil.copytree(home, tmp_path / "harbour")), dataset)
    told.change_the_terms(tmp_path)
    yield told
    told.network.close()


def test_terms_changed_after_training_began_and_training_is_refused(story: Story) -> None:
    story.hears("ana", Delivery.DELIVERED, days=1)
    story.hears("ben", Delivery.SHOWN, days=30)
    story.hears("chi", Delivery.BOUNCED, days=31)
    story.clock.now = CHANGED + timedelta(days=32)
    says(story.network, "dee", Answer.YES)  # to the terms that were in force then

    train_model(story.network, story.dataset, size="tiny")  # the old terms still hold

    story.clock.now = EFFECTIVE + timedelta(days=1)
    refused = story.training_refused(story.dataset)

    assert refused.rule == "permitted_when_training"
    by_name = {sentence.partition(",")[0]: sentence for sentence in refused.evidence}
    assert set(by_name) == {"ben", "chi"}, "ana's period is over, and dee said yes herself"
    assert by_name["ben"] == (
        "ben, 2 documents: You were told on 26 March 2026; the notice period ends on "
        "25 April 2026, in 24 days. Lawful from 25 April 2026 if they stay silent."
    )
    assert by_name["chi"] == (
        "chi, 2 documents: The notice did not reach you: it came back on 27 March 2026."
    )
    assert "4 of the dataset's documents, by 2 members" in refused.message
    assert refused.hint == "`sayso build` seals what may be used today."


def test_what_is_built_anew_holds_the_lawful_members_alone(story: Story) -> None:
    story.hears("ana", Delivery.DELIVERED, days=1)
    story.hears("ben", Delivery.SHOWN, days=30)
    story.clock.now = EFFECTIVE + timedelta(days=1)

    built = build_dataset(story.network, Purpose.GENAI_TRAINING).dataset_id
    with story.network.reading() as stores:
        members = stores.datasets.members_of(built)

    assert members == {"ana"}


def test_on_the_day_that_was_named_training_is_lawful(story: Story) -> None:
    for name in PEOPLE:
        heard = story.hears(name, Delivery.READ, days=30)
    story.clock.now = heard + timedelta(days=30, seconds=-1)
    refused = story.training_refused(story.dataset)

    assert all("Lawful from 25 April 2026" in sentence for sentence in refused.evidence)
    assert len(refused.evidence) == len(PEOPLE)
    story.clock.now = heard + timedelta(days=30)
    assert train_model(story.network, story.dataset, size="tiny").dataset_id == story.dataset


def test_terms_that_would_hold_before_members_had_their_time_are_not_published(
    tmp_path: Path,
) -> None:
    clock = Hands(now=TOLD)
    network = open_network(small_home(tmp_path / "harbour"), clock=clock)
    use_policy(network, load_preset("linkedin-2025"))
    path = tmp_path / "more.md"
    path.write_text(
        NEW_TERMS.replace('replaces = "first-notice"\n', "").replace(
            EFFECTIVE.isoformat(), (TOLD + timedelta(days=7)).isoformat()
        ),
        encoding="utf-8",
    )
    draft(network, [path])

    with pytest.raises(Refused, match="asks for 30 days after its publication") as refused:
        publish(network, "more")
    assert refused.value.rule == "minimum_notice"
    with network.reading() as stores:
        every = stores.notices.list()
        assert state_at(every[0], every, TOLD) is NoticeState.DRAFT
        assert stores.log.size() == 1, "only the policy is in the log"
    network.close()
