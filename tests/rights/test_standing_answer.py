import pytest

from harbour import says
from sayso.community import MemberId
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.errors import NotFound
from sayso.rights.say import standing_answer
from sayso.rights.used import used
from sayso.wiring import Network

ANA = MemberId("ana")
TRAINING = Purpose.GENAI_TRAINING


def test_the_standing_answer_is_the_last_one_for_the_whole_purpose(port: Network) -> None:
    says(port, "ana", Answer.NO, document="ana/0")
    with port.reading() as stores:
        after_one_document = standing_answer(stores, ANA, TRAINING, port.clock())
    says(port, "ana", Answer.NO)
    with port.reading() as stores:
        after_all = standing_answer(stores, ANA, TRAINING, port.clock())

    assert (after_one_document.answer, after_one_document.used) == (Answer.YES, True)
    assert (after_all.answer, after_all.used) == (Answer.NO, False)
    assert after_all.since is not None


def test_a_member_sees_what_was_used_as_a_model_saw_it_and_that_it_is_out_after_a_no(
    port: Network,
) -> None:
    with port.reading() as stores:
        before = used(stores, port.settings.store, ANA)
    says(port, "ana", Answer.NO)
    with port.reading() as stores:
        after = used(stores, port.settings.store, ANA)

    assert len(before.documents) == 6
    assert all(each.serving and each.models and each.redacted_text for each in before.documents)
    assert not any(each.serving for each in after.documents)
    assert len(after.withdrawals) == 1


def test_nobody_has_no_answer_and_nothing_used(port: Network) -> None:
    nobody = MemberId("nobody")
    with port.reading() as stores:
        with pytest.raises(NotFound):
            standing_answer(stores, nobody, TRAINING, port.clock())
        with pytest.raises(NotFound):
            used(stores, port.settings.store, nobody)
