"""What changes at its source while a dataset is being built is not sealed as it was."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harbour import harbour, posts, write_posts
from sayso.community import MemberId
from sayso.consent.purposes import Purpose
from sayso.datasets.sealed import read_refusals, read_rows
from sayso.datasets.sealing.seal import Sealed
from sayso.jobs.bring import import_documents, import_members
from sayso.jobs.build import build_dataset
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network

OTHER = "Words that came to her while the others were being sealed, every one of them."


@pytest.fixture
def shore(tmp_path: Path) -> Iterator[Network]:
    opened = harbour(tmp_path / "shore")
    yield opened
    opened.close()


def build_while(network: Network, happens: Callable[[], object]) -> Sealed:
    """Build, and let something happen when every document has been asked for."""
    done: list[int] = []

    def meanwhile(count: int, _total: int, _words: str = "") -> None:
        if count == len(posts()) and not done:
            done.append(count)
            happens()

    sealed = build_dataset(network, Purpose.GENAI_TRAINING, report=meanwhile)
    assert done
    return sealed


def brings(network: Network, path: Path) -> None:
    import_documents(network, "jsonl", [path], ReadingOptions())


def texts(network: Network, sealed: Sealed) -> dict[str, str]:
    return {
        row.document_id: row.text for row in read_rows(network.settings.store, sealed.dataset_id)
    }


def test_the_last_dataset_stays_where_the_next_begins_as_the_same(
    shore: Network, tmp_path: Path
) -> None:
    first = build_dataset(shore, Purpose.GENAI_TRAINING)
    (post,) = (each for each in posts() if each["id"] == "dee/3")
    path = write_posts(tmp_path / "meanwhile.jsonl", [{**post, "text": OTHER}])

    second = build_while(shore, lambda: brings(shore, path))

    assert "dee/3" in texts(shore, first)
    assert "dee/3" not in texts(shore, second)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"text": OTHER}, "taken_back"),
        ({"visibility": "private"}, "document_visibility"),
        ({"state": "deleted"}, "document_state"),
    ],
)
def test_an_edit_a_deletion_and_a_retreat_are_left_out(
    shore: Network, tmp_path: Path, change: dict[str, str], rule: str
) -> None:
    (post,) = (each for each in posts() if each["id"] == "dee/3")
    path = write_posts(tmp_path / "meanwhile.jsonl", [{**post, **change}])

    sealed = build_while(shore, lambda: brings(shore, path))

    kept = texts(shore, sealed)
    assert "dee/3" not in kept
    assert "dee/2" in kept
    refusals = read_refusals(shore.settings.store, sealed.dataset_id)
    assert rule in {each.rule for each in refusals if each.document_id == "dee/3"}
    with shore.reading() as stores:
        rows = stores.datasets.placed(MemberId("dee"))
        assert "dee/3" not in {row.document_id for row in rows}


def test_whoever_is_suspended_meanwhile_is_left_out(shore: Network, tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text('{"id": "dee", "standing": "suspended"}\n', encoding="utf-8")

    sealed = build_while(shore, lambda: import_members(shore, path))

    assert {each.partition("/")[0] for each in texts(shore, sealed)}.isdisjoint({"dee"})


def test_the_next_dataset_has_the_new_words(shore: Network, tmp_path: Path) -> None:
    (post,) = (each for each in posts() if each["id"] == "dee/3")
    path = write_posts(tmp_path / "meanwhile.jsonl", [{**post, "text": OTHER}])
    build_while(shore, lambda: brings(shore, path))

    again = build_dataset(shore, Purpose.GENAI_TRAINING)

    assert texts(shore, again)["dee/3"] == OTHER


def test_what_arrives_anew_or_stays_the_same_changes_nothing(
    shore: Network, tmp_path: Path
) -> None:
    (post,) = (each for each in posts() if each["id"] == "dee/3")
    calm = build_dataset(shore, Purpose.GENAI_TRAINING)
    path = write_posts(tmp_path / "meanwhile.jsonl", [post, {**post, "id": "dee/new"}])

    assert build_while(shore, lambda: brings(shore, path)).dataset_id == calm.dataset_id
