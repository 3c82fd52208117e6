from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives.linkedin import update, urn
from sayso.sources.fields import Unfit
from sayso.sources.linkedin import links
from sayso.sources.linkedin.dates import Order, moment
from sayso.sources.linkedin.tongues import code


def order(*said: str) -> Order:
    seen = Order()
    for each in said:
        seen.see(each)
    return seen


MONTH_FIRST, DAY_FIRST = order("9/25/26, 1:12 AM"), order("25/9/26, 01:12")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2026-06-30 10:26:45", datetime(2026, 6, 30, 10, 26, 45, tzinfo=UTC)),
        ("2026-06-30 10:26:45 UTC", datetime(2026, 6, 30, 10, 26, 45, tzinfo=UTC)),
        ("2026-06-30T10:26:45Z", datetime(2026, 6, 30, 10, 26, 45, tzinfo=UTC)),
        ("2026-02-24 00:06", datetime(2026, 2, 24, 0, 6, tzinfo=UTC)),
        ("2026/08/01 10:00:00 UTC", datetime(2026, 8, 1, 10, tzinfo=UTC)),
        ("1999-01-01", datetime(1999, 1, 1, tzinfo=UTC)),
        ("05 Jun 2026", datetime(2026, 6, 5, tzinfo=UTC)),
        ("15 September 2026", datetime(2026, 9, 15, tzinfo=UTC)),
        ("Jan 15, 1985", datetime(1985, 1, 15, tzinfo=UTC)),
        ("Sat Sep 05 08:12:14 UTC 2026", datetime(2026, 9, 5, 8, 12, 14, tzinfo=UTC)),
        ("9/5/26, 1:12 AM", datetime(2026, 9, 5, 1, 12, tzinfo=UTC)),
        ("9/5/26, 12:12 AM", datetime(2026, 9, 5, 0, 12, tzinfo=UTC)),
        ("09/05/2026, 12:12\u202fPM", datetime(2026, 9, 5, 12, 12, tzinfo=UTC)),
        ("", None),
        ("Not Available", None),
    ],
)
def test_every_form_of_date_is_read(said: str, at: datetime | None) -> None:
    assert moment(said, MONTH_FIRST) == at


@pytest.mark.parametrize(
    "said",
    ["2026-13-05 09:00:00", "2026-02-30", "sometime later", "31/31/26", "9/5/26, 13:12 PM", "NaN"],
)
def test_what_is_no_date_is_refused(said: str) -> None:
    with pytest.raises(Unfit):
        moment(said, MONTH_FIRST)


def test_one_date_that_can_only_be_read_one_way_decides_for_all() -> None:
    assert moment("9/5/26, 1:12 AM", DAY_FIRST) == datetime(2026, 5, 9, 1, 12, tzinfo=UTC)
    assert moment("9/5/26, 1:12 AM", MONTH_FIRST) == datetime(2026, 9, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("seen", [(), ("3/4/26",), ("13/4/26", "4/13/26")])
def test_a_date_that_can_be_two_days_is_refused_where_nothing_or_too_much_decides(
    seen: tuple[str, ...],
) -> None:
    with pytest.raises(Unfit, match="two different days"):
        moment("9/5/26, 1:12 AM", order(*seen))
    assert moment("5/5/26, 1:12 AM", order(*seen)) == datetime(2026, 5, 5, 1, 12, tzinfo=UTC)


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(said: str) -> None:
    try:
        moment(said, order(said))
    except Unfit as unfit:
        assert unfit.mend  # noqa: PT017 - whatever is refused says what to do


AT = datetime(2024, 5, 6, 7, 8, 9, 123000, tzinfo=UTC)
SHARE = urn(AT)


@pytest.mark.parametrize(
    "link",
    [
        update(SHARE),
        update(SHARE).replace("%", "%25"),
        f"https://www.linkedin.com/feed/update/{SHARE}/",
        f"https://www.linkedin.com/posts/ada-x_tide-clocks-share-{SHARE.rpartition(':')[2]}-aB_c",
        SHARE,
    ],
)
def test_a_post_is_known_by_its_name_however_its_address_is_written(link: str) -> None:
    assert links.thing(link) == links.Thing(urn=SHARE, made_at=AT)


def test_an_address_of_a_comment_or_a_reply_says_when_it_was_made() -> None:
    post, own, reply = (
        urn(AT + timedelta(hours=hours), "x").rpartition(":")[2] for hours in range(3)
    )
    comment = f"commentUrn=urn%3Ali%3Acomment%3A%28activity%3A{post}%2C{own}%29"
    answer = f"replyUrn=urn%3Ali%3Acomment%3A(activity%3A{post}%2C{reply})"
    link = f"https://www.linkedin.com/feed/update/urn:li:activity:{post}"

    assert links.answered_at(f"{link}?{comment}") == AT + timedelta(hours=1)
    assert links.answered_at(f"{link}?{comment}&{answer}&x") == AT + timedelta(hours=2)
    assert links.answered_at(link) is None


def test_a_group_is_told_by_the_address() -> None:
    found = links.thing(
        "https://www.linkedin.com/feed/update/urn:li:groupPost:12-7193144491769856077"
    )

    assert found is not None
    assert found.is_in_a_group


@pytest.mark.parametrize("number", ["7000000000000000", "1", "9" * 30, "0"])
def test_a_number_that_is_no_id_carries_no_time(number: str) -> None:
    assert links.time_in(number) is None


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none(link: str) -> None:
    assert links.thing(link) is None or links.thing(link)
    assert isinstance(links.article(link), str)


def test_languages_are_known_by_their_english_names() -> None:
    assert [code(said) for said in ("German", "Chinese (Simplified)", "ENGLISH", "Elvish", "")] == [
        "de",
        "zh",
        "en",
        "",
        "",
    ]
