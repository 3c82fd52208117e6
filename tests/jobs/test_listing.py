"""Documents are listed by id, and what a dataset left out with rule and reason."""

from pathlib import Path

from harbour import write_posts
from sayso.consent.purposes import Purpose
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.listing import document_listing, refusal_listing
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network


def test_what_a_dataset_left_out_is_listed_by_rule(port: Network, tmp_path: Path) -> None:
    draft = {"id": "ana/draft", "author": "ana", "text": "Not yet.", "date": "2025-01-01"}
    path = write_posts(tmp_path / "draft.jsonl", [{**draft, "state": "draft"}])
    import_documents(port, "jsonl", [path], ReadingOptions(source="desk"))
    dataset = build_dataset(port, Purpose.GENAI_TRAINING).dataset_id

    (left_out,) = refusal_listing(port, dataset, rule="document_state")

    assert (left_out["id"], left_out["state"]) == ("ana/draft", "draft")
    assert left_out["reason"] == "This is a draft."
    assert list(refusal_listing(port, dataset, rule="age")) == []
    assert list(refusal_listing(port, dataset, source="elsewhere")) == []
    assert [each["id"] for each in document_listing(port, source="desk")] == ["ana/draft"]
