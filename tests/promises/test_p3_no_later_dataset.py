"""P3, the dataset half: after a no, no later dataset contains the member."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.community import MemberId, Quote
from sayso.consent.choices import Answer
from sayso.datasets.leaving import Leaving, take_back
from sayso.datasets.sealing.seal import Sealed
from sealing import PLAN, built, neighbours, roots, rows_in
from town import Town

TEXTS = ("Good morning to all of you.", "Bridges need rivers, always.", "Only I would say this.")


@st.composite
def towns(draw: st.DrawFn, *, with_quotes: bool) -> tuple[Town, list[MemberId]]:
    town = Town()
    members = [*neighbours(town, 3), town.settle("elsewhere"), town.settle("other", Answer.NO)]
    for _ in range(draw(st.integers(1, 10))):
        author = draw(st.sampled_from(members))
        text = draw(st.sampled_from(TEXTS))
        quoted = draw(st.sampled_from(members)) if with_quotes else author
        quotes = (
            (Quote(start=0, end=len(text.split()[0]), member_id=quoted),)
            if quoted != author
            else ()
        )
        town.writes(author, text, minute=draw(st.integers(0, 3)), quotes=quotes)
    return town, members


def after_a_no(store: Path, town: Town, leavers: set[MemberId]) -> Sealed:
    before = built(store, town)
    for leaver in sorted(leavers):
        town.says(leaver, Answer.NO)
    removed = frozenset(
        row.id for row in rows_in(store, before).values() if leavers & set(row.members)
    )
    leaving = Leaving(dataset=before.dataset_id, removed=removed)
    return take_back(store, leaving, town.look_up, town, PLAN)


def members_in(store: Path, sealed: Sealed) -> set[MemberId]:
    return {member for row in rows_in(store, sealed).values() for member in row.members}


SOME = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SOME
@given(drawn=towns(with_quotes=True), data=st.data())
def test_after_a_no_neither_a_successor_nor_a_new_build_contains_the_member(
    tmp_path: Path, drawn: tuple[Town, list[MemberId]], data: st.DataObject
) -> None:
    town, members = drawn
    leavers = data.draw(st.sets(st.sampled_from(members), min_size=1, max_size=2))

    after = after_a_no(tmp_path, town, leavers)

    assert not leavers & members_in(tmp_path, after), "the successor holds who said no"
    assert not leavers & members_in(tmp_path, built(tmp_path, town)), "a new one holds them"


@SOME
@given(drawn=towns(with_quotes=False), data=st.data())
def test_taking_back_leaves_what_there_is_where_the_member_never_was(
    tmp_path: Path, drawn: tuple[Town, list[MemberId]], data: st.DataObject
) -> None:
    town, members = drawn
    leavers = data.draw(st.sets(st.sampled_from(members), min_size=1, max_size=2))

    after = after_a_no(tmp_path, town, leavers)

    assert roots(after) == roots(built(tmp_path, town))
