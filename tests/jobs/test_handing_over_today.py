"""What is handed over is what may be used today, whether a model learnt from it or not."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from harbour import harbour, says
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.jobs.build import build_dataset
from sayso.jobs.handing_over import export_dataset
from sayso.wiring import Network


@pytest.fixture
def shore(tmp_path: Path) -> Iterator[Network]:
    opened = harbour(tmp_path / "shore")
    yield opened
    opened.close()


@pytest.mark.parametrize("form", ["parquet", "jsonl", "hf"])
def test_whoever_said_no_is_in_no_export_of_a_dataset_that_nobody_learnt_from(
    shore: Network, tmp_path: Path, form: str
) -> None:
    dataset = build_dataset(shore, Purpose.GENAI_TRAINING).dataset_id
    whole = export_dataset(shore, dataset, tmp_path / "whole", "parquet")
    own = pq.read_table(tmp_path / "whole")["member_id"].to_pylist().count("ana")

    says(shore, "ana", Answer.NO)

    assert own
    assert export_dataset(shore, dataset, tmp_path / "less", form) == whole - own
