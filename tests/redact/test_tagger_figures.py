"""What docs/tagger.md says of the shipped weights, on texts that they have not seen."""

import json
from pathlib import Path

import pytest

from sayso.redact.strangers import strangers

_SETS = Path(__file__).parents[3] / "shared" / "data" / "personal-data"


@pytest.mark.parametrize(
    ("name", "recall", "precision"), [("uner_ewt_dev", 0.84, 0.75), ("uner_multi_dev", 0.77, 0.69)]
)
def test_strangers_are_found_as_well_as_is_published(
    name: str, recall: float, precision: float
) -> None:
    path = _SETS / f"{name}.jsonl"
    if not path.exists():
        pytest.skip(f"the labelled texts are not here: {path}")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    tagger = strangers("balanced")
    assert tagger is not None

    tagged = tagger.tag_batch([row["text"] for row in rows])

    hit = gold = right = found = over = 0
    for row, names in zip(rows, tagged, strict=True):
        people = [(s["start"], s["end"]) for s in row["spans"] if s["label"] == "PERSON"]
        ours = [(one.start, one.end) for one in names]
        labelled = {place for s in row["spans"] for place in range(s["start"], s["end"])}
        gold, found = gold + len(people), found + len(ours)
        hit += sum(any(a < d and c < b for c, d in ours) for a, b in people)
        right += sum(any(a < d and c < b for c, d in people) for a, b in ours)
        over += len({place for a, b in ours for place in range(a, b)} - labelled)
    assert hit / gold > recall
    assert right / found > precision
    assert over / sum(len(row["text"]) for row in rows) < 0.005


def test_off_finds_nobody() -> None:
    assert strangers("off") is None
