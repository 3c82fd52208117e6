"""What an officer marks as missed leaves the next dataset, and the model forgets it."""

from dataclasses import replace

from harbour import removed_documents
from sayso.community import DocumentId
from sayso.consent.purposes import Purpose
from sayso.datasets.sealed import read_rows
from sayso.jobs.build import build_dataset
from sayso.jobs.forget import forget_pending
from sayso.jobs.missed import mark_missed
from sayso.redact.scan import Kind
from sayso.wiring import Network

ANA = DocumentId("ana/0")
WORDS = "brass lanterns"


def mark(network: Network) -> int:
    with network.writing() as stores:
        return mark_missed(stores, ANA, WORDS, Kind.PERSON, network.clock()).rows_out


def sealed_texts(network: Network) -> dict[str, str]:
    sealed = build_dataset(network, Purpose.GENAI_TRAINING)
    return {
        row.document_id: row.text for row in read_rows(network.settings.store, sealed.dataset_id)
    }


def test_the_next_dataset_holds_the_text_without_the_words(port: Network) -> None:
    assert WORDS in sealed_texts(port)[ANA]

    assert mark(port) > 0

    after = sealed_texts(port)
    assert WORDS not in after[ANA]
    assert "polished beside the northern ferry steps" in after[ANA], "the rest stays"


def test_what_was_sealed_with_them_is_forgotten(port: Network) -> None:
    mark(port)
    assert removed_documents(port) == {ANA}

    (issued,) = forget_pending(port)

    with port.reading() as stores:
        dataset = stores.models.in_use()
        assert dataset is not None
        rows = list(read_rows(port.settings.store, dataset.model.dataset_id))
    assert issued.body
    assert all(WORDS not in row.text for row in rows if row.document_id == ANA)


def test_marking_twice_takes_nothing_out_twice(port: Network) -> None:
    mark(port)

    assert mark(port) == 0


def test_a_mark_on_words_that_were_changed_since_cuts_nothing_else(port: Network) -> None:
    mark(port)
    with port.writing() as stores:
        document = stores.community.document(ANA)
        assert document is not None
        text = "A quite different sentence now stands where the lanterns were before."
        stores.community.save_document(replace(document, text=text))

    assert sealed_texts(port)[ANA] == text
