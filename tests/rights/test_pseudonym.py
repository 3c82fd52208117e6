import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.community import Member, MemberId
from sayso.errors import BadInput
from sayso.rights.pseudonym import LONGEST, SHORTEST, pseudonym_of, require_own

ANA = Member(id=MemberId("ana"), name="Ana Example", pseudonym="The Lamplighter")
BEN = Member(
    id=MemberId("ben"),
    name="Ben Rosé",
    handle="ben_r",
    pseudonym="Harbour Light",
    former_names=("Ben Blanc",),
)


@pytest.mark.parametrize(
    "typed", ["Ben Rosé", "ben rose", "BEN-ROSE", "@ben_r", "harbour  light", "Ben Blanc"]
)
def test_nobody_hides_behind_anothers_name(typed: str) -> None:
    with pytest.raises(BadInput, match="is taken") as refused:
        require_own(pseudonym_of(typed), ANA, (ANA, BEN))

    assert "ben" not in refused.value.hint.lower()


@pytest.mark.parametrize("typed", ["The Night Librarian", "Ana Example", "the lamplighter"])
def test_a_free_name_and_ones_own_may_be_taken(typed: str) -> None:
    require_own(pseudonym_of(typed), ANA, (ANA, BEN))


@pytest.mark.parametrize("typed", ["", " x ", "y" * (LONGEST + 1), "a\N{RIGHT-TO-LEFT OVERRIDE}b"])
def test_what_cannot_be_shown_on_a_line_is_refused_with_the_mend(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        pseudonym_of(typed)

    assert refused.value.hint


@given(st.text(max_size=80))
def test_a_pseudonym_is_kept_as_it_will_be_typed_again(typed: str) -> None:
    try:
        name = pseudonym_of(typed)
    except BadInput:
        return

    assert pseudonym_of(name) == name
    assert SHORTEST <= len(name) <= LONGEST
    assert name.isprintable()
