"""Faults told together."""

import pytest

from sayso.consent.faults import Faults
from sayso.errors import BadInput, NotFound, SaysoError


def test_nothing_wrong_is_no_refusal() -> None:
    Faults().settle()


def test_a_fault_alone_is_told_as_it_is() -> None:
    faults, alone = Faults(), NotFound("one", hint="mend")
    faults.note(alone)
    faults.note(NotFound("one"))

    with pytest.raises(NotFound) as told:
        faults.settle()

    assert told.value is alone


def test_many_are_told_a_line_each_and_the_rest_counted() -> None:
    faults = Faults()
    for number in range(25):
        faults.note(BadInput(f"fault {number}", hint="mend"))

    with pytest.raises(SaysoError) as told:
        faults.settle()

    lines = told.value.message.splitlines()
    assert (lines[0], lines[19], lines[20]) == ("fault 0", "fault 19", "And 5 more.")
    assert told.value.hint == "mend"
