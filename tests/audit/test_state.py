from harbour import says
from sayso.audit.state import state
from sayso.consent.choices import Answer
from sayso.jobs.forget import forget_pending
from sayso.wiring import Network


def test_the_state_tells_what_waits_and_then_that_it_is_done(port: Network) -> None:
    says(port, "ana", Answer.NO)
    with port.reading() as stores:
        before = state(stores, port.clock())
    forget_pending(port)
    with port.reading() as stores:
        after = state(stores, port.clock())

    assert (len(before.pending), len(before.done)) == (1, 0)
    assert before.datasets[0].removed == 6
    assert (len(after.pending), len(after.done)) == (0, 1)
    assert after.model_in_use != before.model_in_use
    assert after.epoch > before.epoch
    assert after.log_size > before.log_size
