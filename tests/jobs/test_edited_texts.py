"""A text that its author changed: what was sealed of the old one is not served any more."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from harbour import posts, removed_documents, says, write_posts
from sayso.consent.choices import Answer
from sayso.jobs.bring import import_documents
from sayso.jobs.forget import forget_pending
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network


def bring(
    network: Network, document_id: str, facts: Mapping[str, object], *, dry_run: bool = False
) -> None:
    (post,) = (dict(each) for each in posts() if each["id"] == document_id)
    path = write_posts(network.settings.home / "one.jsonl", [{**post, **facts}])
    import_documents(network, "jsonl", [path], ReadingOptions(), dry_run=dry_run)


@pytest.mark.parametrize(
    "facts",
    [
        {"text": "On reflection, I would rather say this about lanterns."},
        {"title": "A title it did not have"},
        {"quotes": [{"start": 0, "end": 6, "member_id": "ben"}]},
        {"visibility": "private"},
        {"visibility": "subscribers"},
        {"visibility": "password"},
        {"sensitive": True},
        {"deleted": True},
    ],
)
def test_the_old_text_is_out_of_service_at_once(port: Network, facts: dict[str, object]) -> None:
    bring(port, "ana/2", facts)

    assert removed_documents(port) == {"ana/2"}


@pytest.mark.parametrize("facts", [{}, {"updated": "2026-11-01"}, {"lang": "de"}])
def test_a_text_that_stays_the_same_stays(port: Network, facts: dict[str, object]) -> None:
    bring(port, "ana/2", facts)

    assert not removed_documents(port)


def test_trying_an_import_takes_nothing_out(port: Network) -> None:
    bring(port, "ana/2", {"text": "Something else altogether, for once."}, dry_run=True)

    assert not removed_documents(port)


@pytest.mark.parametrize("order", ["edit first", "no first"])
def test_no_yes_brings_the_old_text_back(port: Network, order: str) -> None:
    if order == "no first":
        says(port, "ana", Answer.NO)
    bring(port, "ana/2", {"text": "Something else altogether, for once."})
    if order == "edit first":
        says(port, "ana", Answer.NO)

    says(port, "ana", Answer.YES)

    assert "ana/2" in removed_documents(port)


def test_the_old_text_is_forgotten(port: Network, tmp_path: Path) -> None:
    bring(port, "ana/0", {"text": "Something else altogether, for once."})

    (issued,) = forget_pending(port)

    assert json.dumps(issued.body)
    assert not removed_documents(port)
    assert tmp_path.exists()
    for file in port.settings.store.rglob("*.jsonl"):
        assert "brass lanterns polished" not in file.read_text(encoding="utf-8")
