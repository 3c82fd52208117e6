"""Somebody named in members' texts objects: the name leaves what is served and what is built."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harbour import harbour, posts, removed_documents, says, write_posts
from sayso.community import DocumentId
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.datasets.rows import DatasetId, Row
from sayso.datasets.sealed import read_rows
from sayso.errors import BadInput, NotFound, Refused
from sayso.evidence.vault import SALT_BYTES, commitment
from sayso.jobs.bring import import_documents
from sayso.jobs.build import build_dataset
from sayso.jobs.forget import forget_pending
from sayso.jobs.learn import train_model
from sayso.jobs.objecting import object_to, withdraw_objection
from sayso.rights.objections import to_bytes
from sayso.sources.reading import ReadingOptions
from sayso.wiring import Network, open_network

TRAINING = Purpose.GENAI_TRAINING
NAME = "Quindle"


@pytest.fixture
def quay(tmp_path: Path) -> Network:
    """A harbour where two texts and one title name somebody whom no finder knows."""
    home = harbour(tmp_path / "home", learns=True)
    home.close()
    network = open_network(replace(home.settings, redact_strangers="off"))
    written = [
        {**post, "text": f"{post['text']} We thank {NAME} for it."}
        if post["id"] in {"ana/2", "ben/3"}
        else {**post, "title": f"To {NAME.upper()}, with thanks"}
        if post["id"] == "chi/4"
        else post
        for post in posts()
    ]
    path = write_posts(tmp_path / "again.jsonl", written)
    import_documents(network, "jsonl", [path], ReadingOptions())
    return network


def naming(network: Network, dataset_id: str) -> set[str]:
    return {
        row.document_id
        for row in rows(network, dataset_id)
        if NAME.lower() in f"{row.title} {row.text}".lower()
    }


def rows(network: Network, dataset_id: str) -> list[Row]:
    return list(read_rows(network.settings.store, DatasetId(dataset_id)))


def test_a_later_dataset_holds_the_texts_without_the_name(quay: Network) -> None:
    object_to(quay, [NAME])

    built = build_dataset(quay, TRAINING)

    texts = {row.document_id: (row.title, row.text) for row in rows(quay, built.dataset_id)}
    assert not naming(quay, built.dataset_id)
    assert "We thank … for it." in texts[DocumentId("ana/2")][1]
    assert texts[DocumentId("chi/4")][0] == "To …, with thanks"
    quay.close()


def test_what_names_them_is_out_of_service_at_once_and_then_forgotten(quay: Network) -> None:
    built = build_dataset(quay, TRAINING)
    train_model(quay, built.dataset_id, size="tiny")
    assert naming(quay, built.dataset_id) == {"ana/2", "ben/3", "chi/4"}

    heard = object_to(quay, [NAME])
    out = removed_documents(quay)
    (issued,) = forget_pending(quay)

    assert heard.withdrawal is not None
    assert out == {"ana/2", "ben/3", "chi/4"}
    assert NAME not in json.dumps(issued.body)
    with quay.reading() as stores:
        in_use = stores.models.in_use()
        assert in_use is not None
        assert not naming(quay, in_use.model.dataset_id)
        assert not stores.takebacks.pending()
    quay.close()


def test_the_yes_of_an_author_does_not_bring_the_name_back(quay: Network) -> None:
    train_model(quay, build_dataset(quay, TRAINING).dataset_id, size="tiny")
    object_to(quay, [NAME])

    says(quay, "ana", Answer.NO)
    says(quay, "ana", Answer.YES)

    assert "ana/2" in removed_documents(quay)
    quay.close()


def test_a_dataset_from_before_is_not_trained_on(quay: Network) -> None:
    built = build_dataset(quay, TRAINING)
    object_to(quay, [NAME])

    with pytest.raises(Refused, match="somebody who objects to being named"):
        train_model(quay, built.dataset_id, size="tiny")
    quay.close()


def test_an_objection_to_one_document_leaves_the_name_elsewhere(quay: Network) -> None:
    object_to(quay, [NAME], documents=["ana/2"])

    assert naming(quay, build_dataset(quay, TRAINING).dataset_id) == {"ben/3", "chi/4"}
    quay.close()


def test_the_log_holds_a_commitment_and_no_name(quay: Network) -> None:
    heard = object_to(quay, [NAME], contact="write to the harbour office")

    with quay.reading() as stores:
        entry = stores.log.entry(heard.leaf)
        (kept,) = stores.objections.list()
        salt, record = stores.objections.proof(kept.id)
    assert kept == heard.objection
    assert (len(salt), record) == (SALT_BYTES, to_bytes(kept))
    assert commitment(salt, record) in str(entry)
    assert NAME not in str(entry)
    quay.close()


def test_nothing_readable_of_an_objection_is_kept(quay: Network) -> None:
    heard = object_to(quay, [NAME.replace("Q", "Zq")])
    database = quay.settings.home / "sayso.db"
    before = b"zquindle" in database.read_bytes().lower()

    withdraw_objection(quay, heard.objection.id)

    assert not before
    with quay.reading() as stores:
        assert not stores.objections.list()
        with pytest.raises(NotFound):
            stores.objections.get(heard.objection.id)
    quay.close()


def test_an_objection_that_was_withdrawn_cuts_nothing_any_more(quay: Network) -> None:
    withdraw_objection(quay, object_to(quay, [NAME]).objection.id)

    assert len(naming(quay, build_dataset(quay, TRAINING).dataset_id)) == 3
    quay.close()


@pytest.mark.parametrize("names", [[], [""], ["..."], ["12"], [NAME, " "], ["x" * 201]])
def test_an_objection_without_a_name_is_refused(tmp_path: Path, names: list[str]) -> None:
    network = harbour(tmp_path / "home", each=1)

    with pytest.raises(BadInput):
        object_to(network, names)
    with network.reading() as stores:
        assert not stores.objections.list()
    network.close()


def test_an_objection_to_a_document_nobody_knows_is_refused(tmp_path: Path) -> None:
    network = harbour(tmp_path / "home", each=1)

    with pytest.raises(NotFound):
        object_to(network, [NAME], documents=["no/such"])
    network.close()
