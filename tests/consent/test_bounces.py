"""What a delivery report says, in the shapes that servers send it; nothing in one can raise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.returned_mail import report_of
from sayso.consent.bounces import read_report
from sayso.consent.notices import Delivery

MARK = "abcdefghijklmnop234567ab"


@pytest.mark.parametrize(
    ("action", "delivery"),
    [
        ("failed", Delivery.BOUNCED),
        ("Failed", Delivery.BOUNCED),
        ("delivered", Delivery.DELIVERED),
        ("delayed", None),
        ("relayed", None),
        ("expanded", None),
        ("surprised", None),
    ],
)
def test_an_action_says_whether_a_letter_arrived(action: str, delivery: Delivery | None) -> None:
    found = read_report(report_of(MARK, action))

    assert found is not None
    assert found.delivery is delivery
    assert found.marks == (MARK,)


@pytest.mark.parametrize("carrier", ["to", "envid", "message-id", "returned letter"])
def test_a_mark_is_found_wherever_a_server_leaves_it(carrier: str) -> None:
    found = read_report(report_of(MARK, "failed", carriers=(carrier,)))

    assert found is not None
    assert found.marks == (MARK,)


def test_of_several_recipients_one_failure_is_a_failure() -> None:
    both = read_report(report_of(MARK, "delivered", "failed"))
    doubtful = read_report(report_of(MARK, "delivered", "delayed"))

    assert both is not None
    assert both.delivery is Delivery.BOUNCED
    assert doubtful is not None
    assert doubtful.delivery is None, "proof is never read out of a doubtful report"


def test_a_report_quoted_inside_a_returned_letter_is_not_this_report() -> None:
    inner = report_of("7" * 24, "delivered", carriers=("to", "envid"))
    outer = report_of(MARK, "failed", carriers=("envid",), returned=inner)

    found = read_report(outer)

    assert found is not None
    assert found.delivery is Delivery.BOUNCED
    assert found.marks == (MARK,)


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"Subject: Out of office\n\nBack on Monday.",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x--",
        b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n",
    ],
)
def test_what_is_no_report_reports_nothing(mail: bytes) -> None:
    assert read_report(mail) is None


@settings(max_examples=300, deadline=None)
@given(junk=st.binary(max_size=400), at=st.integers(0, 1500))
def test_no_bytes_can_make_a_proof_of_a_failure_or_raise(junk: bytes, at: int) -> None:
    good = report_of(MARK, "failed")

    found = read_report(good[:at] + junk + good[at:])

    assert found is None or found.delivery is not Delivery.DELIVERED


@settings(max_examples=200, deadline=None)
@given(junk=st.binary(max_size=600))
def test_any_bytes_are_read_without_a_fault(junk: bytes) -> None:
    assert read_report(junk) is None
