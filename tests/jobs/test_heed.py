"""A default that has lost its ground serves nobody, whoever notices first."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harbour import know_tokenizer, posts, removed_documents, small_home, write_posts
from sayso.community import MemberId
from sayso.consent.choices import Answer, Choice
from sayso.consent.notices import Notice
from sayso.consent.policy import load_preset, parse_policy
from sayso.consent.purposes import Purpose
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.choosing import say
from sayso.jobs.forget import forget_pending
from sayso.jobs.heed import heed_law, law_in_force
from sayso.jobs.learn import train_model
from sayso.jobs.tell import deliver, publish, publish_in, use_policy
from sayso.settings import load_settings
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network

TOLD = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = TOLD + timedelta(days=45)
SILENT = ("ana", "ben", "chi", "dee")


class Calendar:
    """A clock that stands where the test puts it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def silent_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that is on by default, whose members were told in time and say nothing."""
    base = tmp_path_factory.mktemp("silent")
    calendar = Calendar(TOLD)
    network = open_network(small_home(base / "harbour"), clock=calendar)
    know_tokenizer(network.settings.store)
    written = [{**each, "date": "2025-06-01"} for each in posts(members=SILENT, each=2)]
    path = write_posts(base / "posts.jsonl", written)
    attested = {"region": "US", "age_band": "adult"}
    use_policy(network, load_preset("linkedin-2025"))
    publish(network, "")
    calendar.now += timedelta(minutes=1)
    import_documents(network, "jsonl", [path], ReadingOptions(attested=attested))
    deliver(network, "", None)
    calendar.now = LATER
    train_model(network, build_dataset(network, Purpose.GENAI_TRAINING).dataset_id, size="tiny")
    network.close()
    return base / "harbour"


@pytest.fixture
def silent(silent_home: Path, tmp_path: Path) -> Iterator[tuple[Network, Calendar]]:
    """A copy of it, open, and its clock."""
    calendar = Calendar(LATER)
    home = Path(shutil.copytree(silent_home, tmp_path / "harbour"))
    network = open_network(load_settings(home, {}), clock=calendar)
    yield network, calendar
    network.close()


def test_a_stricter_policy_takes_defaults_out_of_service_at_once(
    silent: tuple[Network, Calendar],
) -> None:
    network, _ = silent
    assert not removed_documents(network)

    withdrawn = use_policy(network, load_preset("opt-in"))

    assert set(withdrawn) == set(SILENT)
    assert len(removed_documents(network)) == 2 * len(SILENT)
    assert heed_law(network) == (), "what is out is not taken out twice"


@pytest.mark.parametrize("earlier", ["ai-research", "personal-search"])
def test_a_no_to_what_came_before_training_takes_its_default_out_at_once(
    silent: tuple[Network, Calendar], earlier: str
) -> None:
    network, _ = silent
    declared = (
        '[[purposes]]\nname = "personal-search"\ntitle = "T"\nplain = "P"\nif_no = "N"\n'
        'dpv = "dpv:Personalisation"\n'
    )
    before = f'[[predecessors]]\npurpose = "genai-training"\nof = ["{earlier}"]\n'
    rest = load_preset("linkedin-2025").text.partition("[[predecessors]]")[0]
    text = f'{rest}{declared}{before}plain = "x"\ncitation = "y"\n'
    assert use_policy(network, parse_policy(text, "mine.toml")) == ()

    said = say(
        network,
        Choice(
            event_id="e",
            member_id=MemberId("ana"),
            purpose=Purpose(earlier),
            answer=Answer.NO,
            occurred_at=network.clock(),
        ),
    )

    assert said.withdrawal is not None
    assert removed_documents(network) == {"ana/0", "ana/1"}


def test_a_material_notice_ends_a_default_on_the_day_it_takes_effect(
    silent: tuple[Network, Calendar],
) -> None:
    network, calendar = silent
    with network.writing() as stores:
        before = next(iter(stores.notices.list()))
        text = replace(_draft(before), text="From now on we use far more of what you write.")
        publish_in(stores, replace(text, effective_at=LATER + timedelta(days=30)), network)
    told_before = law_in_force(network)

    assert heed_law(network) == ()
    calendar.now = LATER + timedelta(days=30)
    assert law_in_force(network) != told_before
    assert set(heed_law(network)) == set(SILENT)
    assert len(forget_pending(network)) == 1


def _draft(before: Notice) -> Notice:
    return replace(
        before,
        id="more",
        published_at=None,
        effective_at=None,
        digest="",
        material=True,
    )
