"""Documents that lie in files are built from, asked about, taken back and refused like others."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from filed import every_document, forget_rows, lay_down, moved, with_documents
from harbour import harbour, removed_documents, says
from sayso.audit.explain import explain
from sayso.community import Document, DocumentId, MemberId, Quote
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.datasets.places import shelf
from sayso.datasets.rows import DatasetId
from sayso.datasets.sealed import read_refusals, read_rows
from sayso.errors import BadInput, NotHere, Refused
from sayso.jobs.build import build_dataset
from sayso.jobs.forget import forget_pending
from sayso.jobs.heed import heed_law
from sayso.jobs.lawful import require_lawful
from sayso.jobs.rights import copy_member, erase_member
from sayso.wiring import Network

TRAINING = Purpose.GENAI_TRAINING
ANA = MemberId("ana")


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Network]:
    """The harbour with all its documents in files; nothing is built."""
    network = moved(harbour(tmp_path / "harbour"), tmp_path / "files")
    yield network
    network.close()


@pytest.fixture
def served(port: Network, tmp_path: Path) -> Iterator[Network]:
    """The finished harbour, whose documents have become files since."""
    network = moved(port, tmp_path / "files")
    yield network
    network.close()


def sealed_in(network: Network) -> list[str]:
    place = shelf(network.settings.store)
    found = place.iterdir() if place.exists() else ()
    return [path.name for path in found if not path.name.startswith(".")]


def current(network: Network) -> DatasetId:
    with network.reading() as stores:
        (dataset_id,) = stores.models.served_datasets()
    return dataset_id


def texts(network: Network, dataset_id: DatasetId) -> dict[DocumentId, str]:
    return {row.document_id: row.text for row in read_rows(network.settings.store, dataset_id)}


def some_of(network: Network, member: str) -> Document:
    """A document of the member that is in the dataset that is served."""
    inside = texts(network, current(network))
    return next(
        each for each in every_document(network) if each.id in inside and each.member_id == member
    )


def test_the_dataset_is_the_same_wherever_its_documents_lie(tmp_path: Path, filed: Network) -> None:
    here = harbour(tmp_path / "other")
    half = harbour(tmp_path / "half")
    whole = every_document(half)
    forget_rows(half)
    with half.writing() as stores:
        stores.community.save_documents(whole[:9])
    lay_down(tmp_path / "rest", whole[9:])
    half = with_documents(half, tmp_path / "rest")

    ids = {build_dataset(each, TRAINING).dataset_id for each in (here, filed, half)}

    assert len(ids) == 1
    here.close()
    half.close()


def test_names_around_a_document_are_taken_out_wherever_its_parent_lies(tmp_path: Path) -> None:
    """What answers a text may call its author by name: both may lie in files, or one of them."""
    first = harbour(tmp_path / "a")
    whole = [
        replace(each, parents=(DocumentId(f"{'ana' if each.member_id != 'ana' else 'ben'}/0"),))
        for each in every_document(first)
    ]
    with first.writing() as stores:
        stores.community.save_documents(whole)
    second = moved(harbour(tmp_path / "b"), tmp_path / "files")
    shutil.rmtree(tmp_path / "files")
    lay_down(tmp_path / "files", whole)

    assert build_dataset(first, TRAINING).dataset_id == build_dataset(second, TRAINING).dataset_id
    first.close()
    second.close()


def test_a_document_in_both_is_refused_and_nothing_is_sealed(tmp_path: Path) -> None:
    network = harbour(tmp_path / "harbour")
    twice = every_document(network)[3]
    network = with_documents(network, lay_down(tmp_path / "files", [twice]).parent)

    with pytest.raises(BadInput, match=f"a.parquet: document {twice.id} is in the network"):
        build_dataset(network, TRAINING)

    assert sealed_in(network) == []
    network.close()


def test_who_is_no_member_is_refused(filed: Network, tmp_path: Path) -> None:
    stranger = replace(every_document(filed)[0], id=DocumentId("x"), member_id=MemberId("x"))
    lay_down(tmp_path / "files", [stranger], "more")

    built = build_dataset(filed, TRAINING)

    refused = {each.document_id: each for each in read_refusals(_store(filed), built.dataset_id)}
    assert refused[DocumentId("x")].rule == "unknown_member"


def _store(network: Network) -> Path:
    return network.settings.store


def test_a_no_takes_back_what_came_from_a_file_and_it_is_forgotten(served: Network) -> None:
    document = some_of(served, "ana")
    before = texts(served, current(served))

    says(served, "ana", Answer.NO, document.id)

    assert removed_documents(served) == {document.id}
    (certificate,) = forget_pending(served)
    after = texts(served, current(served))
    assert certificate.id
    assert document.id not in after
    assert {each: before[each] for each in after} == after
    assert before.keys() - after.keys() == {document.id}


def test_a_yes_puts_back_what_came_from_a_file(served: Network) -> None:
    document = some_of(served, "ana")
    says(served, "ana", Answer.NO, document.id)

    says(served, "ana", Answer.YES, document.id)

    assert removed_documents(served) == set()


def test_a_no_is_heeded_though_the_files_cannot_be_read(served: Network, tmp_path: Path) -> None:
    document = some_of(served, "ana")
    inside = {each for each in texts(served, current(served)) if each.startswith("ana/")}
    for path in (tmp_path / "files").rglob("*.parquet"):
        path.write_bytes(b"broken")

    with pytest.raises(BadInput):  # to say it of one document, that one must be known
        says(served, "ana", Answer.NO, document.id)
    says(served, "ana", Answer.NO)

    assert removed_documents(served) == inside


def test_what_is_gone_from_the_files_is_trained_on_no_more(served: Network, tmp_path: Path) -> None:
    dataset_id = current(served)
    with served.reading() as stores:
        require_lawful(served, stores, dataset_id, served.clock())
    gone = some_of(served, "ben")
    rest = [each for each in every_document(served) if each.id != gone.id]
    shutil.rmtree(tmp_path / "files")
    lay_down(tmp_path / "files", rest)

    with (
        served.reading() as stores,
        pytest.raises(Refused, match="1 of the dataset's documents, by 1 member") as refused,
    ):
        require_lawful(served, stores, dataset_id, served.clock())

    assert refused.value.evidence == ("ben, 1 document: The network no longer holds it.",)
    assert heed_law(served) == (MemberId("ben"),)
    assert removed_documents(served) == {gone.id}


def test_unreachable_files_let_nothing_be_built_nor_taken_for_gone(
    served: Network, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "files")
    (tmp_path / "files").symlink_to(tmp_path / "files")

    with pytest.raises((BadInput, NotHere)):
        build_dataset(served, TRAINING)
    with pytest.raises((BadInput, NotHere)):
        heed_law(served)

    assert removed_documents(served) == set()


def test_an_erased_member_is_passed_over_in_files(served: Network, tmp_path: Path) -> None:
    whole = every_document(served)
    shared = replace(
        whole[-1], id=DocumentId("shared"), member_id=MemberId("ben"), co_authors=(ANA,)
    )
    ana = next(each for each in whole if each.member_id == ANA)
    quoting = replace(
        ana,
        id=DocumentId("quoting"),
        member_id=MemberId("fay"),
        text=f"{ana.text} That is what I was told at the ferry steps.",
        quotes=(Quote(start=0, end=len(ana.text), member_id=ANA),),
    )
    lay_down(tmp_path / "files", [shared, quoting], "more")

    answers = erase_member(served, ANA)

    assert any(str(tmp_path / "files") in each and "yours to erase" in each for each in answers)
    assert {each.id for each in every_document(served)} == {
        *(each.id for each in whole if each.member_id != ANA),
        "quoting",
    }
    built = build_dataset(served, TRAINING)
    rows = list(read_rows(_store(served), built.dataset_id))
    refused = list(read_refusals(_store(served), built.dataset_id))
    assert rows
    assert all(ANA not in row.members and ana.text not in row.text for row in rows)
    assert "shared" not in {row.document_id for row in rows}
    assert "shared" not in {each.document_id for each in refused}
    assert ANA not in {each.member_id for each in refused}
    with served.reading() as stores:
        assert stores.documents.by_id([ana.id]) == {}
        assert stores.datasets.refusals_of(ANA) == ()


def test_a_copy_for_a_member_holds_what_they_wrote_into_files(
    filed: Network, tmp_path: Path
) -> None:
    copy_member(filed, ANA, tmp_path / "copy.zip")

    with zipfile.ZipFile(tmp_path / "copy.zip") as copy:
        held = json.loads(copy.read("account.json"))
    wrote = {each["id"] for each in held["documents"]}
    assert wrote == {each.id for each in every_document(filed) if each.member_id == ANA}


def test_a_document_in_a_file_is_explained(filed: Network) -> None:
    with filed.reading() as stores:
        told = explain(stores, DocumentId("ana/0"), TRAINING, as_of=filed.clock())

    assert told.decision.permit


def test_a_path_is_taken_from_the_home_on(tmp_path: Path) -> None:
    network = harbour(tmp_path / "harbour")
    whole = every_document(network)
    forget_rows(network)
    lay_down(network.settings.home / "posts", whole)

    network = with_documents(network, "posts")

    assert len(every_document(network)) == len(whole)
    network.close()
