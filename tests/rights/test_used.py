from dataclasses import replace

from harbour import says
from sayso.community import DocumentId, MemberId
from sayso.consent.choices import Answer
from sayso.jobs.forget import forget_pending
from sayso.rights.used import TakenOut, taken_out, used
from sayso.wiring import Network

ANA = MemberId("ana")
BEN = MemberId("ben")


def out_of(network: Network, member_id: MemberId = ANA) -> tuple[TakenOut, ...]:
    with network.reading() as stores:
        return taken_out(stores, member_id, network.clock())


def learnt(network: Network, member_id: MemberId = ANA) -> int:
    with network.reading() as stores:
        found = used(stores, network.settings.store, member_id).documents
    return len({each.document_id for each in found if each.is_own and not each.held_out})


def test_a_no_took_out_every_text_that_a_model_had_learned_from(port: Network) -> None:
    before = learnt(port)
    says(port, "ana", Answer.NO)
    (pending,) = out_of(port)
    forget_pending(port)
    (done,) = out_of(port)

    assert before > 0
    assert pending.learnt == done.learnt == before
    assert pending.withdrawal.forgotten_at is None
    assert done.withdrawal.forgotten_at is not None
    assert done.coming_back == 0


def test_what_was_taken_out_stays_out_until_a_dataset_holds_it_again(port: Network) -> None:
    assert out_of(port) == ()
    says(port, "ana", Answer.NO)
    with port.writing() as stores:  # forgetting has begun
        stores.takebacks.take_up([each.id for each in stores.takebacks.pending()], port.clock())
    says(port, "ana", Answer.YES)
    (undone,) = out_of(port)
    forget_pending(port)
    (forgotten,) = out_of(port)

    assert undone.coming_back == forgotten.coming_back == 6


def test_what_a_yes_put_back_in_time_was_not_taken_out(port: Network) -> None:
    before = learnt(port)
    says(port, "ana", Answer.NO)
    says(port, "ana", Answer.YES)

    assert out_of(port) == ()
    assert learnt(port) == before


def test_a_text_by_another_that_quotes_the_member_is_told_apart(port: Network) -> None:
    with port.writing() as stores:
        document = stores.community.document(DocumentId("ana/0"))
        assert document is not None
        stores.community.save_document(replace(document, member_id=BEN))
    with port.reading() as stores:
        found = used(stores, port.settings.store, ANA).documents

    assert [each.document_id for each in found if not each.is_own] == ["ana/0"]


def test_texts_come_newest_first(port: Network) -> None:
    with port.reading() as stores:
        found = used(stores, port.settings.store, ANA).documents

    written = [each.created_at for each in found if each.created_at is not None]
    assert written == sorted(written, reverse=True)
    assert len(written) == 6
