"""P5: every stored suggestion carries its credits, as each credited member wants to be shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.community import CreditChoice, Profile
from sayso.consent.choices import Answer
from sayso.datasets.sealed import read_refusals
from sayso.writing.credit import CreditTier
from sayso.writing.history import Suggestion
from sayso.writing.suggest import SuggestionKind
from sayso.writing.words import spelled
from writers import WritersHome

HARBOUR = (
    "Our crane drivers kept a paper diary of every gust above forty knots because the official "
    "mast stood behind the grain silo and never felt the wind that mattered."
)
FERRY = "The ferry timetable is a treaty between fishermen, schoolchildren and the tide."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritersHome]:
    home = WritersHome(tmp_path_factory.mktemp("p5") / "home")
    for name in ("ana", "bela", "cleo", "dara"):
        home.settle(name)
    home.writes("ana", HARBOUR, title="Wind")
    home.writes("bela", FERRY + " " + "Nobody signs it and everybody keeps it.")
    guests = {"ana": "divers", "bela": "painters", "cleo": "pilots", "dara": "welders"}
    for name, whom in guests.items():  # texts that differ in a name alone would be copies
        home.writes(name, f"Thank you for your kind patience with us, the crew told the {whom}.")
    home.settle("rita", profile=Profile(role="harbour pilot", skills=("radio",)))
    home.train()
    yield home
    home.network.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[WritersHome]:
    made = WritersHome(tmp_path / "home")
    yield made
    made.network.close()


def longest_shared_run(text: str, other: str) -> int:
    """The slow and obviously right count of words in a row that two texts share."""
    ours, theirs = spelled(text), spelled(other)
    best = 0
    for start in range(len(ours)):
        while best < len(ours) - start and any(
            theirs[at : at + best + 1] == ours[start : start + best + 1]
            for at in range(len(theirs))
        ):
            best += 1
    return best


def unquoted(suggestion: Suggestion, variant: str) -> str:
    """The variant without what stands between quotation marks."""
    del suggestion
    return re.sub("“[^”]*”", " ", variant)


@given(first=st.integers(0, 25), length=st.integers(1, 29), lead=st.sampled_from(["", "So: "]))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_suggestion_emits_a_longer_run_than_the_guard_allows(
    shared: WritersHome, first: int, length: int, lead: str
) -> None:
    typed = lead + " ".join(HARBOUR.split()[first : first + length])

    for kind in SuggestionKind:
        made = shared.suggest("rita", kind, typed, keep=False)
        for variant in made.variants:
            whole = typed + variant if kind is SuggestionKind.CONTINUE else variant
            run = longest_shared_run(unquoted(made, whole), HARBOUR)
            typed_run = longest_shared_run(typed, HARBOUR) if kind.value == "continue" else 0
            assert run <= max(12, typed_run), f"{kind} emitted {run} words of ana's: {variant}"


def test_a_planted_run_is_credited_to_who_wrote_it(shared: WritersHome) -> None:
    typed = "I read that crane drivers kept a paper diary of every gust above forty. It helps us."

    made = shared.suggest("rita", SuggestionKind.POST, typed, keep=False)

    quotes = [credit for credit in made.credits if credit.tier is CreditTier.QUOTE]
    inside = [credit for credit in quotes if made.text[: credit.end].count("\n") == 0]
    assert [credit.member_id for credit in inside] == ["ana"]
    (credit,) = inside
    assert made.text[credit.start : credit.end] == (
        "crane drivers kept a paper diary of every gust above forty"
    )
    assert credit.words == 11


def test_what_many_members_say_is_nobodys(shared: WritersHome) -> None:
    typed = "Thank you for your kind patience with us, says the whole crew of the harbour today."

    made = shared.suggest("rita", SuggestionKind.POST, typed, keep=False)

    assert not [credit for credit in made.credits if credit.start == 0 and credit.words]


SAID_BY_MANY = "Thank you for your kind patience with us, said the pilot."
SHARERS = ("ana", "bela", "cleo", "dara", "fritz")


def credited(home: WritersHome) -> set[str]:
    made = home.suggest("rita", SuggestionKind.POST, SAID_BY_MANY, keep=False)
    return {credit.member_id for credit in made.credits if credit.start == 0 and credit.words}


@pytest.fixture
def sharing(home: WritersHome) -> WritersHome:
    """Five members say the same to people of other names, which one group keeps once."""
    for number, name in enumerate(SHARERS):
        home.settle(name)
        home.writes(name, f"{SAID_BY_MANY} Write to crew{number}@example.org.")
    home.settle("rita")
    dataset = home.train()
    refused = read_refusals(home.network.settings.store, dataset)
    assert len([each for each in refused if each.rule == "duplicate"]) >= len(SHARERS) - 3
    return home


def test_copies_that_a_dataset_leaves_out_count_towards_what_many_say(sharing: WritersHome) -> None:
    assert credited(sharing) == set()


def test_who_leaves_no_longer_counts_towards_what_many_say(sharing: WritersHome) -> None:
    store = sharing.network.settings.store
    with sharing.network.reading() as stores:
        model = stores.models.in_use()
    assert model is not None
    left_out = {each.member_id for each in read_refusals(store, model.model.dataset_id)}
    leaving = sorted(left_out)[:2]
    assert len(leaving) == 2

    for name in leaving:
        sharing.says(name, Answer.NO)

    assert credited(sharing)
    assert not credited(sharing) & {*leaving}
    sharing.says(leaving[0], Answer.YES)
    assert credited(sharing) == set()


def test_who_says_something_else_by_now_no_longer_counts(sharing: WritersHome) -> None:
    store = sharing.network.settings.store
    with sharing.network.writing() as stores:
        model = stores.models.in_use()
        assert model is not None
        for copy in read_refusals(store, model.model.dataset_id)[:2]:
            document = stores.community.document(copy.document_id)
            assert document is not None
            stores.community.save_document(replace(document, text="Good morning."))

    assert credited(sharing)


def test_a_copy_that_is_left_out_is_still_its_authors_own_words(sharing: WritersHome) -> None:
    for name in SHARERS[:4]:
        made = sharing.suggest(name, SuggestionKind.POST, SAID_BY_MANY, keep=False)
        assert made.text.startswith(SAID_BY_MANY)
        assert not [each for each in made.credits if each.start == 0 and each.words]


def test_ones_own_words_earn_no_credit_and_meet_no_guard(shared: WritersHome) -> None:
    made = shared.suggest("ana", SuggestionKind.POST, HARBOUR, keep=False)

    assert made.text.startswith(HARBOUR)
    assert not [credit for credit in made.credits if credit.member_id == "ana"]


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        (CreditChoice.NAME, "Ana Testperson"),
        (CreditChoice.PSEUDONYM, "the ana of old"),
        (CreditChoice.NOBODY, "a member"),
    ],
)
def test_credit_is_shown_as_the_member_chooses_now(
    home: WritersHome, choice: CreditChoice, name: str
) -> None:
    home.settle("ana")
    home.writes("ana", HARBOUR, title="Wind")
    home.settle("rita")
    home.train()
    home.suggest("rita", SuggestionKind.POST, "crane drivers paper diary gust")

    home.wants_credit("ana", choice)

    (kept,) = home.history("rita")
    assert [shown.name for shown in kept.shown] == [name]
    assert f"({name})" in kept.text
    assert ("Ana" in repr(kept.shown) + kept.text) == (choice is CreditChoice.NAME)
    linked = [shown.document_id for shown in kept.shown if shown.document_id]
    assert bool(linked) == (choice is CreditChoice.NAME)


def test_who_says_no_vanishes_from_suggestions_made_before(home: WritersHome) -> None:
    home.settle("ana")
    home.writes("ana", HARBOUR, title="Wind")
    home.settle("rita")
    home.train()
    before = home.suggest("rita", SuggestionKind.POST, "crane drivers paper diary gust")
    assert "silo" in before.text
    assert [credit.member_id for credit in before.credits] == ["ana"]

    home.says("ana", Answer.NO)

    (kept,) = home.history("rita")
    assert kept.credits == ()
    assert kept.shown == ()
    assert "silo" not in kept.text
    assert "Ana" not in kept.text


def test_after_a_no_nothing_new_draws_on_the_member_in_any_process(home: WritersHome) -> None:
    home.settle("ana")
    home.writes("ana", HARBOUR, title="Wind")
    home.settle("rita")
    home.train()
    other = home.new_writer()
    for writer in (home.writer, other):
        assert home.suggest("rita", SuggestionKind.POST, "paper diary gust", writer=writer).credits

    home.says("ana", Answer.NO)

    for writer in (home.writer, other, home.new_writer()):
        made = home.suggest("rita", SuggestionKind.POST, "paper diary gust", writer=writer)
        assert made.credits == ()
        assert "silo" not in made.text


def test_every_stored_suggestion_carries_its_credits(shared: WritersHome) -> None:
    made = shared.suggest("rita", SuggestionKind.POST, "ferry timetable treaty")

    with shared.network.reading() as stores:
        stored = stores.writing.credits(made.id)

    assert [credit.member_id for credit in stored] == [credit.member_id for credit in made.credits]
    assert "bela" in {credit.member_id for credit in stored}
