"""The permanent list again, from the file that is imported to the row that may not be served.

Every case is a post that its author had allowed, that was sealed and is served, and that comes
again from the network as it stands there now (reference: what large networks let slip).
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from harbour import harbour, posts, says, write_posts
from sayso.community import DocumentId, MemberId
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.datasets.sealed import read_refusals, read_rows
from sayso.jobs.bring import import_documents, import_members
from sayso.jobs.build import build_dataset
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network

NOW_IS: Mapping[str, Mapping[str, object]] = {
    "private on a public account": {"visibility": "private"},
    "a draft again": {"draft": True},
    "scheduled": {"state": "scheduled"},
    "scheduled for another day": {"date": "2999-01-01"},
    "an unanswered ask": {"state": "unanswered", "kind": "comment"},
    "waiting for moderation": {"state": "pending"},
    "a private reply": {"visibility": "private", "kind": "comment", "in_reply_to": "ben/1"},
    "a direct message": {"kind": "message"},
    "for a group alone": {"visibility": "group", "kind": "group_post"},
    "for subscribers alone": {"visibility": "subscribers"},
    "behind a password": {"visibility": "password"},
    "behind a warning": {"sensitive": True},
    "with words of warning": {"content_warning": "the ending"},
    "deleted": {"deleted": True},
    "under a licence that forbids it": {"licence": "CC-BY-NC-ND-4.0"},
    "under a page that says no": {"signals": [{"standard": "aipref-07", "value": "train-ai=n"}]},
    "edited with an objector": {"co_authors": ["fay"]},
    "a repost of an objector": {"reposted_from": "fay"},
}


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A harbour where fay objects, with one post of ana's for each case."""
    folder = tmp_path_factory.mktemp("never")
    network = harbour(folder / "home", each=1)
    says(network, "fay", Answer.NO)
    bring(network, {name: {} for name in NOW_IS})
    return network


def bring(network: Network, cases: Mapping[str, Mapping[str, object]]) -> None:
    (post,) = posts(("ana",), each=1)
    written = [
        {**post, "id": name, "text": f"A text about the case {name!r}, long enough.", **facts}
        for name, facts in cases.items()
    ]
    path = write_posts(network.settings.home / "cases.jsonl", written)
    import_documents(network, "jsonl", [path], ReadingOptions())


def sealed(network: Network) -> set[str]:
    built = build_dataset(network, Purpose.GENAI_TRAINING)
    return {row.document_id for row in read_rows(network.settings.store, built.dataset_id)}


def test_as_they_were_they_could_be_used(quay: Network) -> None:
    assert sealed(quay) >= set(NOW_IS)


@pytest.mark.parametrize("name", NOW_IS)
def test_as_it_stands_now_it_is_never_sealed(tmp_path: Path, quay: Network, name: str) -> None:
    bring(quay, {name: NOW_IS[name]})

    built = build_dataset(quay, Purpose.GENAI_TRAINING)

    store = quay.settings.store
    assert name not in {row.document_id for row in read_rows(store, built.dataset_id)}
    refused = {each.document_id: each for each in read_refusals(store, built.dataset_id)}
    assert refused[DocumentId(name)].rule
    assert refused[DocumentId(name)].reason.endswith(".")
    assert tmp_path.exists()


def test_no_file_of_a_home_enumerates_who_objects(quay: Network) -> None:
    """Preferences are told for each text; a list of objectors would be a harm of its own."""
    for file in quay.settings.store.rglob("*.json"):
        assert "objectors" not in file.read_text(encoding="utf-8")


def test_a_renamed_member_stays_redacted_under_both_names(tmp_path: Path) -> None:
    network = harbour(tmp_path / "home", each=2)
    renamed = tmp_path / "members.jsonl"
    renamed.write_text(
        json.dumps({"id": "fay", "name": "Fay Ferrywoman", "handle": "@ferry"}) + "\n",
        encoding="utf-8",
    )
    import_members(network, renamed)
    says(network, "ben", Answer.YES)
    (post,) = posts(("ben",), each=1)
    text = "Fay Example, whom we now call Fay Ferrywoman, opened the second bridge for us."
    path = write_posts(tmp_path / "one.jsonl", [{**post, "id": "ben/9", "text": text}])
    import_documents(network, "jsonl", [path], ReadingOptions())

    built = build_dataset(network, Purpose.GENAI_TRAINING)

    with network.reading() as stores:
        fay = stores.community.member(MemberId("fay"))
        assert fay is not None
        assert (fay.name, fay.former_names) == ("Fay Ferrywoman", ("Fay Example",))
        assert {"Fay Example", "Fay Ferrywoman"} <= set(stores.community.names())
    texts = {
        row.document_id: row.text for row in read_rows(network.settings.store, built.dataset_id)
    }
    assert "Example" not in texts[DocumentId("ben/9")]
    assert "Ferrywoman" not in texts[DocumentId("ben/9")]
    network.close()
