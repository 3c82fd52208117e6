"""P3 turned round: a yes said before forgetting has begun puts back what a no took out."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harbour import MEMBERS, removed_documents, says
from promises.test_p3_no_is_enough import (
    all_said,
    documents_of,
    offered,
)
from sayso.community import MemberId
from sayso.consent.choices import Answer, Choice, Scope
from sayso.consent.decide import decide
from sayso.consent.facts import facts_for
from sayso.consent.purposes import Purpose
from sayso.jobs.forget import forget_pending
from sayso.jobs.suggest import Assistant
from sayso.rights.say import Said
from sayso.rights.say import say as say_in
from sayso.storage.stores import Stores
from sayso.training.takeback import Withdrawal
from sayso.wiring import Network

ANA = MemberId("ana")
TRAINING = Purpose.GENAI_TRAINING


def test_a_yes_before_forgetting_has_begun_puts_everything_back_in_service(port: Network) -> None:
    assistant = Assistant(port)
    before = offered(assistant)
    with port.reading() as stores:
        epoch = stores.takebacks.epoch()

    no = says(port, "ana", Answer.NO)
    assert '"ana"' not in all_said(assistant)
    yes = says(port, "ana", Answer.YES)

    assert yes.rows_back == len(documents_of(port, "ana"))
    assert removed_documents(port) == set()
    assert '"ana"' in all_said(assistant)
    assert offered(assistant) == before, "what is offered is what was offered"
    with port.reading() as stores:
        (withdrawal,) = stores.takebacks.of(ANA)
        assert no.withdrawal is not None
        assert withdrawal.id == no.withdrawal.id
        assert withdrawal.reinstated_at == yes.recorded.recorded_at
        assert withdrawal.certificate_id is None
        assert stores.takebacks.pending() == ()
        assert stores.takebacks.epoch() == epoch + 2, "every serving process looks again"
    assert forget_pending(port) == ()


def test_a_yes_after_forgetting_has_begun_counts_from_the_next_dataset_on(port: Network) -> None:
    said: list[Said] = []

    def interrupt(*_: object) -> None:
        if not said:
            said.append(says(port, "ana", Answer.YES))

    says(port, "ana", Answer.NO)
    (issued,) = forget_pending(port, report=interrupt)

    assert said[0].rows_back == 0
    with port.reading() as stores:
        (withdrawal,) = stores.takebacks.of(ANA)
        assert withdrawal.taken_up_at is not None
        assert withdrawal.reinstated_at is None
        assert withdrawal.certificate_id == issued.id
        model = stores.models.in_use()
        assert model is not None
        assert ANA not in stores.datasets.members_of(model.model.dataset_id)


def test_a_no_while_forgetting_is_out_of_service_forgotten_next_and_certified(
    port: Network,
) -> None:
    late: list[Withdrawal | None] = []

    def interrupt(*_: object) -> None:
        if not late:
            late.append(says(port, "ben", Answer.NO).withdrawal)

    says(port, "ana", Answer.NO)
    issued = forget_pending(port, report=interrupt)

    assert len(issued) == 2
    with port.reading() as stores:
        assert stores.takebacks.pending() == ()
        (withdrawal,) = stores.takebacks.of(MemberId("ben"))
        assert late[0] is not None
        assert withdrawal.id == late[0].id
        assert withdrawal.certificate_id == issued[1].id
        model = stores.models.in_use()
        assert model is not None
        there = stores.datasets.members_of(model.model.dataset_id)
        assert there == set(MEMBERS) - {"ana", "ben"}


def test_a_no_while_forgetting_may_be_undone_before_it_is_its_turn(port: Network) -> None:
    said: list[Said] = []

    def interrupt(*_: object) -> None:
        if not said:
            said.append(says(port, "ben", Answer.NO))
            said.append(says(port, "ben", Answer.YES))

    says(port, "ana", Answer.NO)
    assert len(forget_pending(port, report=interrupt)) == 1

    assert said[1].rows_back == 6
    with port.reading() as stores:
        (withdrawal,) = stores.takebacks.of(MemberId("ben"))
        assert withdrawal.reinstated_at is not None
        model = stores.models.in_use()
        assert model is not None
        assert MemberId("ben") in stores.datasets.members_of(model.model.dataset_id)
        assert stores.takebacks.removed(model.model.dataset_id) == frozenset()


def test_a_yes_for_one_text_brings_that_text_alone(port: Network) -> None:
    says(port, "ana", Answer.NO)

    said = says(port, "ana", Answer.YES, document="ana/0")

    assert said.rows_back == 1
    assert removed_documents(port) == documents_of(port, "ana") - {"ana/0"}
    with port.reading() as stores:
        (pending,) = stores.takebacks.pending()
    assert pending.reinstated_at is None


class _Undone(Exception):
    """Ends an example without a trace."""


@contextmanager
def undone(network: Network) -> Iterator[Stores]:
    """A transaction that leaves nothing behind."""
    with suppress(_Undone), network.writing() as stores:
        yield stores
        raise _Undone


_SAY = st.tuples(
    st.sampled_from(("ana", "ben")), st.sampled_from(Answer), st.sampled_from(("", "/0", "/3"))
)
_BEGIN = st.just(("", Answer.NO, ""))
"""Forgetting takes up what waits."""


@given(acts=st.lists(_SAY | _BEGIN, max_size=9))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_row_is_served_if_and_only_if_it_may_be_and_was_not_being_forgotten(
    port: Network, acts: list[tuple[str, Answer, str]]
) -> None:
    """Any sequence of yes and no, against the decision asked anew for every row after each."""
    with undone(port) as stores:
        now = port.clock()
        (dataset,) = stores.models.served_datasets()
        rows = {row.row_id: row for row in stores.datasets.placements(dataset)}
        going: set[str] = set()
        for number, (member, answer, text) in enumerate(acts):
            if member:
                say_in(stores, _choice(member, answer, text, number, port), now)
            else:
                going |= stores.takebacks.removed(dataset)
                pending = [each.id for each in stores.takebacks.pending()]
                stores.takebacks.take_up(pending, now)

            world = stores.world()
            documents = stores.community.documents_by_id({r.document_id for r in rows.values()})
            permitted = {
                row_id
                for row_id, row in rows.items()
                if decide(facts_for(documents[row.document_id], TRAINING, now, world)).permit
            }
            served = rows.keys() - stores.takebacks.removed(dataset)
            assert served == permitted - going
            out = {row.withdrawal_id for row in stores.takebacks.removed_rows(dataset)}
            assert {each.id for each in stores.takebacks.pending()} == out


def _choice(member: str, answer: Answer, text: str, number: int, network: Network) -> Choice:
    return Choice(
        event_id=f"{member}-{number}",
        member_id=MemberId(member),
        purpose=TRAINING,
        answer=answer,
        occurred_at=network.clock(),
        scope=Scope.DOCUMENT if text else Scope.PURPOSE,
        target=f"{member}{text}" if text else "",
    )


def test_what_may_still_come_back_stays_in_the_credit_index(port: Network) -> None:
    says(port, "ana", Answer.NO)
    with port.writing() as stores:
        kept = stores.writing.purge()
    says(port, "ana", Answer.YES)

    assert kept == 0
    assert '"ana"' in all_said(Assistant(port))
