"""A network whose model is counts alone: a no, forgetting, the certificate, and what is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from harbour import harbour, says
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, Tampered
from sayso.evidence.canonical import canonical, parse
from sayso.jobs.build import build_dataset
from sayso.jobs.forget import Issued, forget_pending
from sayso.jobs.learn import train_model
from sayso.jobs.suggest import Assistant
from sayso.jobs.verify import verify
from sayso.training.certificate import check
from sayso.training.counts.naming import FOLDER
from sayso.training.models import TrainedModel
from sayso.wiring import Network


def _counted(home: Path) -> Network:
    network = harbour(home, learns=True)
    dataset = build_dataset(network, Purpose.GENAI_TRAINING).dataset_id
    train_model(network, dataset, backend="counts")
    return network


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forgotten:
    network: Network
    before: TrainedModel
    issued: Issued


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Forgotten]:
    network = _counted(tmp_path_factory.mktemp("counts") / "home")
    before = _in_use(network)
    says(network, "ana", Answer.NO)
    (issued,) = forget_pending(network)
    yield _Forgotten(network=network, before=before, issued=issued)
    network.close()


def _in_use(network: Network) -> TrainedModel:
    with network.reading() as stores:
        stored = stores.models.in_use()
    assert stored is not None
    return stored.model


def _files(network: Network) -> set[str]:
    return {path.stem for path in (network.settings.store / FOLDER).iterdir()}


def test_forgetting_counts_again_certifies_and_deletes_what_was_counted(
    forgotten: _Forgotten,
) -> None:
    after = _in_use(forgotten.network)

    counted = after.report.slices_counted
    parts = sum(len(chain.counts) for chain in after.shards)
    assert f"{counted} of {parts} parts were counted again." in forgotten.issued.sentences
    assert 0 < counted < parts
    assert _files(forgotten.network) == set(after.count_names)
    assert not forgotten.before.count_names <= _files(forgotten.network)
    proven = check(_written(forgotten.issued))
    assert len(proven.counted) >= counted
    assert proven.remade == ()


def test_a_certificate_and_a_model_are_verified_by_counting_again(forgotten: _Forgotten) -> None:
    network = forgotten.network

    certificate = verify(network, forgotten.issued.id)
    model = verify(network, _in_use(network).model_id)

    assert any("counted again, both" in line for line in certificate.sentences)
    assert len(model.sentences) > len(certificate.sentences)


@pytest.mark.parametrize("field", ["name", "digest"])
def test_a_certificate_with_other_counts_is_refused(forgotten: _Forgotten, field: str) -> None:
    written = _written(forgotten.issued)
    entry = next(each for each in written["shards"] if each["after"])
    entry["after"]["counts"][0][field] = "0" * 64

    with pytest.raises(Tampered, match="not whole"):
        check(written)


def test_a_running_process_scores_without_the_row_from_its_next_answer(tmp_path: Path) -> None:
    port = _counted(tmp_path / "home")
    writer = Assistant(port).writer
    said = []
    for _ in range(2):
        with port.reading() as stores:
            served = writer._serving.now(stores)  # noqa: SLF001 - what it would answer from
            scorer = writer._serving.scorer(served)  # noqa: SLF001
            assert scorer is not None
            said.append(scorer.score("The quarterly lantern", [" inventory"])[0])
        says(port, "ana", Answer.NO)
    port.close()

    assert said[1] < said[0]


def test_counts_alone_take_no_base_and_no_bound(forgotten: _Forgotten) -> None:
    dataset = _in_use(forgotten.network).dataset_id
    with pytest.raises(BadInput, match="`counts` has no network"):
        train_model(forgotten.network, dataset, backend="counts", epsilon=3.0)
    with pytest.raises(BadInput, match="`counts` has no network"):
        train_model(forgotten.network, dataset, backend="counts", counts=0.5)


def _written(issued: Issued) -> Any:  # noqa: ANN401 - JSON, to be changed
    return parse(canonical(issued.body))
