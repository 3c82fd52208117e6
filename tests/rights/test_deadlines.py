"""The clock of a request, against published vectors and against any life it may have."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.community import Region
from sayso.errors import BadInput
from sayso.rights.deadlines import (
    IDENTITY,
    LAST_DAYS,
    PAUSES,
    TERMS,
    ClockEvent,
    Deadline,
    Regime,
    Step,
    Tick,
    due,
    regime_for,
)
from sayso.rights.working_days import Calendar, months_later

BERLIN = Calendar(country="DE", subdivision="BE", zone=ZoneInfo("Europe/Berlin"))
PLAIN = Calendar()
KNOW = Regime.CCPA_KNOW_DELETE_CORRECT


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T10:00:00+00:00")


def tick(kind: Tick, day: str, reason: str = "") -> ClockEvent:
    return ClockEvent(tick=kind, at=on(day), reason=reason)


def received(day: str) -> ClockEvent:
    return tick(Tick.RECEIVED, day)


def by(regime: Regime, *events: ClockEvent, calendar: Calendar = PLAIN) -> str:
    return due(regime, events, calendar).answer_by.isoformat()


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-01-31", "2026-03-02"),  # 28 February is a Saturday
        ("2026-09-03", "2026-10-05"),  # 3 October is a Saturday
        ("2028-01-31", "2028-02-29"),  # a leap year
        ("2026-12-15", "2027-01-15"),  # over the year's end
        ("2026-11-30", "2026-12-30"),
    ],
)
@pytest.mark.parametrize("regime", [Regime.GDPR, Regime.UK_GDPR])
def test_a_month_ends_on_its_own_date_or_the_last_there_is_or_the_next_working_day(
    regime: Regime, day: str, last: str
) -> None:
    assert by(regime, received(day)) == last


def test_a_public_holiday_where_the_answer_is_owed_moves_the_last_day() -> None:
    easter_monday_is_last = received("2026-03-06")

    assert by(Regime.GDPR, easter_monday_is_last) == "2026-04-06"
    assert by(Regime.GDPR, easter_monday_is_last, calendar=BERLIN) == "2026-04-07"


def test_a_holiday_of_one_part_of_a_country_counts_only_there() -> None:
    womens_day_is_last = received("2027-02-08")

    assert by(Regime.GDPR, womens_day_is_last, calendar=BERLIN) == "2027-03-09"
    assert by(Regime.GDPR, womens_day_is_last, calendar=Calendar(country="DE")) == "2027-03-08"


def test_the_day_of_receipt_is_the_day_where_the_answer_is_owed() -> None:
    late = ClockEvent(tick=Tick.RECEIVED, at=datetime(2026, 5, 4, 22, 30, tzinfo=UTC))

    assert due(Regime.GDPR, [late], BERLIN).received_on == date(2026, 5, 5)
    assert due(Regime.GDPR, [late], PLAIN).received_on == date(2026, 5, 4)


def test_an_extension_gives_two_further_months_where_it_is_told_in_time() -> None:
    in_time = tick(Tick.EXTEND, "2026-04-08", "ComplexityOfProcess")
    too_late = tick(Tick.EXTEND, "2026-04-09", "ComplexityOfProcess")

    assert by(Regime.GDPR, received("2026-03-08")) == "2026-04-08"
    assert by(Regime.GDPR, received("2026-03-08"), in_time) == "2026-06-08"
    assert by(Regime.GDPR, received("2026-03-08"), too_late) == "2026-04-08"


def test_the_european_clock_waits_for_identity_and_the_californian_does_not() -> None:
    life = (
        received("2026-03-02"),
        tick(Tick.PAUSE, "2026-03-04", IDENTITY),
        tick(Tick.RESUME, "2026-03-14"),
    )

    assert by(Regime.GDPR, *life) == "2026-04-13"  # 12 April is a Sunday
    assert by(Regime.UK_GDPR, *life) == "2026-04-13"
    assert by(KNOW, *life) == by(KNOW, received("2026-03-02")) == "2026-04-16"


def test_no_clock_pauses_for_a_reason_that_no_law_knows() -> None:
    life = (
        received("2026-03-02"),
        tick(Tick.PAUSE, "2026-03-04", "holidays"),
        tick(Tick.RESUME, "2026-03-14"),
    )

    assert by(Regime.GDPR, *life) == by(Regime.GDPR, received("2026-03-02"))


def test_while_a_clock_is_paused_nothing_is_missed_and_the_earliest_day_is_told() -> None:
    life = (received("2026-03-02"), tick(Tick.PAUSE, "2026-03-04", IDENTITY))

    found = due(Regime.GDPR, life, PLAIN)

    assert found.is_paused
    assert found.answer_by == date(2026, 4, 2)
    assert not found.is_missed(on("2027-01-01"))


def test_california_gives_45_calendar_days_and_as_many_again() -> None:
    extended = tick(Tick.EXTEND, "2026-02-20", "HighVolumeOfProcesses")

    assert by(KNOW, received("2026-01-07")) == "2026-02-21"  # a Saturday: the days are calendar's
    assert by(KNOW, received("2026-01-07"), extended) == "2026-04-07"


def test_california_is_told_of_a_receipt_within_ten_working_days() -> None:
    california = Calendar(country="US", subdivision="CA")

    assert due(KNOW, [received("2026-01-07")], PLAIN).confirm_by == date(2026, 1, 21)
    # Martin Luther King Jr. Day lies between
    assert due(KNOW, [received("2026-01-07")], california).confirm_by == date(2026, 1, 22)
    assert due(Regime.GDPR, [received("2026-01-07")], PLAIN).confirm_by is None


def test_an_opt_out_is_heeded_within_15_working_days_and_never_extended() -> None:
    extended = tick(Tick.EXTEND, "2026-01-08", "HighVolumeOfProcesses")

    assert by(Regime.CCPA_OPT_OUT, received("2026-01-07")) == "2026-01-28"
    assert by(Regime.CCPA_OPT_OUT, received("2026-01-07"), extended) == "2026-01-28"


def test_a_pause_or_an_extension_after_the_last_day_rescues_nothing() -> None:
    start = received("2026-03-02")
    paused = tick(Tick.PAUSE, "2026-04-03", IDENTITY)

    found = due(Regime.GDPR, [start, paused], PLAIN)

    assert found.answer_by == date(2026, 4, 2)
    assert found.is_missed(on("2026-04-03"))
    assert by(Regime.GDPR, start, paused, tick(Tick.RESUME, "2026-05-01")) == "2026-04-02"


def test_reminders_come_at_half_at_four_fifths_and_on_the_last_day() -> None:
    found = due(Regime.GENERIC, [received("2026-03-01")], PLAIN)

    assert found.answer_by == date(2026, 3, 29)
    assert found.reminders == (date(2026, 3, 15), date(2026, 3, 23), date(2026, 3, 29))


def test_an_answer_on_the_last_day_is_in_time_and_one_a_day_later_is_missed() -> None:
    start = received("2026-03-02")

    def stopped(day: str) -> Deadline:
        return due(Regime.GDPR, [start, tick(Tick.STOP, day)], PLAIN)

    assert not stopped("2026-04-02").is_missed(on("2027-01-01"))
    assert stopped("2026-04-03").is_missed(on("2026-04-03"))
    assert due(Regime.GDPR, [start], PLAIN).is_missed(on("2026-04-03"))
    assert not due(Regime.GDPR, [start], PLAIN).is_missed(on("2026-04-02"))
    assert stopped("2026-04-02").answer_at.isoformat() == "2026-04-02T23:59:59+00:00"


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], "receipt"),
        ([tick(Tick.STOP, "2026-01-01")], "receipt"),
        ([received("2026-01-02"), tick(Tick.STOP, "2026-01-01")], "older"),
        ([received("2026-01-02"), received("2026-01-03")], "second receipt"),
        ([received("2026-01-02"), tick(Tick.RESUME, "2026-01-03")], "not paused"),
        ([received("2026-01-02"), tick(Tick.PAUSE, "2026-01-03")], "no reason"),
        ([received("2026-01-02"), tick(Tick.EXTEND, "2026-01-03")], "no reason"),
        (
            [
                received("2026-01-02"),
                tick(Tick.PAUSE, "2026-01-03", IDENTITY),
                tick(Tick.PAUSE, "2026-01-04", IDENTITY),
            ],
            "is paused",
        ),
        (
            [
                received("2026-01-02"),
                tick(Tick.STOP, "2026-01-03"),
                tick(Tick.EXTEND, "2026-01-04", "x"),
            ],
            "stopped",
        ),
    ],
)
def test_what_is_no_life_of_a_clock_is_refused(events: list[ClockEvent], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        due(Regime.GDPR, events, PLAIN)


@pytest.mark.parametrize(("country", "part"), [("XX", ""), ("DE", "XX"), ("", "BE")])
def test_a_country_without_known_holidays_is_refused(country: str, part: str) -> None:
    with pytest.raises(BadInput, match="No public holidays"):
        Calendar(country=country, subdivision=part)


def test_every_regime_has_an_answer_and_every_row_a_citation() -> None:
    assert {row.regime for row in TERMS if row.step is Step.ANSWER} == set(Regime)
    assert all(row.citation.strip() for row in TERMS)
    assert all(row.citation.strip() for row in (*PAUSES, *LAST_DAYS))
    assert len({(row.regime, row.step) for row in TERMS}) == len(TERMS)
    assert "GDPR Art. 12(6)" in " ".join(
        due(Regime.GDPR, [received("2026-01-02")], PLAIN).citations
    )


def test_a_members_region_picks_the_clock_and_an_unknown_one_the_strictest() -> None:
    assert regime_for(Region("DE")) is Regime.GDPR
    assert regime_for(Region("NO")) is Regime.GDPR
    assert regime_for(Region("GB")) is Regime.UK_GDPR
    assert regime_for(Region("US")) is regime_for(Region("ZZ")) is Regime.GENERIC


DAYS = st.dates(date(2024, 1, 1), date(2032, 1, 1)).map(date.isoformat)
REGIMES = st.sampled_from(list(Regime))
CALENDARS = st.sampled_from([PLAIN, BERLIN, Calendar(country="US", subdivision="CA")])
FEW = settings(max_examples=150, deadline=None)


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@FEW
@given(day=DAYS, regime=REGIMES, calendar=CALENDARS)
def test_no_term_ends_before_its_receipt_nor_later_than_its_law_allows(
    day: str, regime: Regime, calendar: Calendar
) -> None:
    found = due(regime, [received(day)], calendar)

    assert found.received_on < found.answer_by
    # 45 days are the longest term there is without an extension
    assert (found.answer_by - found.received_on).days <= 45
    assert list(found.reminders) == sorted(found.reminders)
    assert found.reminders[0] >= found.received_on
    assert found.reminders[-1] == found.answer_by
    if regime in {Regime.GDPR, Regime.UK_GDPR, Regime.CCPA_OPT_OUT}:
        assert calendar.is_working(found.answer_by)


@FEW
@given(day=DAYS, told=st.integers(0, 120), regime=REGIMES, calendar=CALENDARS)
def test_an_extension_never_shortens(
    day: str, told: int, regime: Regime, calendar: Calendar
) -> None:
    extended = tick(Tick.EXTEND, later(day, told), "ComplexityOfProcess")

    assert by(regime, received(day), extended, calendar=calendar) >= by(
        regime, received(day), calendar=calendar
    )


@FEW
@given(
    day=DAYS,
    until=st.integers(0, 20),
    shorter=st.integers(0, 60),
    more=st.integers(0, 60),
    extends=st.booleans(),
    clock=st.tuples(REGIMES, CALENDARS),
)
def test_a_longer_pause_never_makes_an_earlier_deadline(
    *,
    day: str,
    until: int,
    shorter: int,
    more: int,
    extends: bool,
    clock: tuple[Regime, Calendar],
) -> None:
    regime, calendar = clock

    def paused(days: int) -> str:
        extension = [tick(Tick.EXTEND, later(day, until + 130), "ComplexityOfProcess")]
        return by(
            regime,
            received(day),
            tick(Tick.PAUSE, later(day, until), IDENTITY),
            tick(Tick.RESUME, later(day, until + days)),
            *(extension if extends else []),
            calendar=calendar,
        )

    assert paused(shorter) <= paused(shorter + more)
    assert by(regime, received(day), calendar=calendar) <= paused(0)


@FEW
@given(day=DAYS, after=st.integers(0, 30), regime=REGIMES, calendar=CALENDARS)
def test_a_later_receipt_is_never_due_earlier(
    day: str, after: int, regime: Regime, calendar: Calendar
) -> None:
    assert by(regime, received(day), calendar=calendar) <= by(
        regime, received(later(day, after)), calendar=calendar
    )


@FEW
@given(day=DAYS, months=st.integers(0, 40))
def test_months_are_counted_as_a_slow_walk_through_the_days_counts_them(
    day: str, months: int
) -> None:
    """A second way: walk day by day, and stop on the date wanted or before the next month."""
    start = date.fromisoformat(day)
    wanted = (start.year * 12 + start.month - 1 + months) % 12 + 1
    at = start
    for _ in range(months):
        turned = at.month
        while at.month == turned:
            at += timedelta(days=1)
    while at.day < start.day and (at + timedelta(days=1)).month == wanted:
        at += timedelta(days=1)

    assert months_later(start, months) == at
