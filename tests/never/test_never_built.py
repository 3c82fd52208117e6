"""Archives with every awkward case, brought in, said yes to and built: what then stands in rows."""

from collections.abc import Iterator

import pytest

from archives import discourse, mastodon
from harbour import says, small_home
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import Row
from sayso.datasets.sealed import read_rows
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.tell import deliver, publish
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network

ADULT = ReadingOptions(attested={"region": "US", "age_band": "adult"})
MASTODON = [
    mastodon.create(mastodon.note(1, "A public thought about lanterns and rain.")),
    mastodon.create(
        mastodon.note(2, "<blockquote>Quoted bellows.</blockquote><p>Answered by me at length.</p>")
    ),
    mastodon.followers_only(3),
    mastodon.direct(4),
    mastodon.unlisted(5),
    mastodon.warned(6),
    mastodon.announce(7),
    mastodon.not_hers(8),
    mastodon.create(mastodon.note(9, content="<blockquote>Quoted bellows alone.</blockquote>")),
]
DISCOURSE = [
    discourse.post(1),
    discourse.answer(2),
    discourse.private(3),
    discourse.restricted(4),
    discourse.only_a_quote(5),
    discourse.deleted(6),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    folder = tmp_path_factory.mktemp("never")
    network = open_network(small_home(folder / "home"))
    yield network
    network.close()


@pytest.fixture(scope="module")
def rows(home: Network, tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("archives")
    toots = mastodon.write(folder / "a.zip", mastodon.files(MASTODON))
    posts = discourse.write(folder / f"{discourse.NAME}.zip", discourse.files(DISCOURSE))
    import_documents(home, "mastodon", [toots], ADULT)
    import_documents(home, "discourse", [posts], ADULT)
    publish(home, "")
    deliver(home, "", None)
    for member in (mastodon.ANA, f"{discourse.FORUM}/u/ana"):
        says(home, member, Answer.YES)
    sealed = build_dataset(home, Purpose.GENAI_TRAINING)
    return list(read_rows(home.settings.store, sealed.dataset_id))


def test_what_everyone_may_read_and_is_their_own_is_there(rows: list[Row]) -> None:
    assert {row.document_id.removeprefix(mastodon.ANA) for row in rows} == {
        "/statuses/1",
        "/statuses/2",
        f"{discourse.FORUM}/t/101/3",
        f"{discourse.FORUM}/t/102/4",
    }


@pytest.mark.parametrize(
    "words",
    [
        *("For my followers alone", "between you and me", "Not for the front page"),
        *("It ends badly", "Somebody else's words", "Quoted bellows"),
        *("Between the two of us", "Seen by nobody outside", "Glue it", "post deleted"),
    ],
)
def test_what_is_not_theirs_to_give_or_not_for_everyone_is_nowhere(
    rows: list[Row], words: str
) -> None:
    assert not [row for row in rows if words in row.text or words in row.title]
