"""The door: who may ask, what is kept, and what is looked up anew on every call."""

import pytest

from sayso.community import MemberId, Profile
from sayso.consent.choices import Answer
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput, NotFound, Refused
from sayso.writing.credit import CreditTier
from sayso.writing.drafting import LEFT_OUT
from sayso.writing.generators.local import Extras
from sayso.writing.suggest import SuggestionKind
from writers import Alphabetical, WritersHome

LINE = "We look forward to meeting you at the harbour."
LONG = (
    "Seven grey herons argued about the weather behind the old lighthouse at dusk while the "
    "pilot slept."
)


def phrases(home: WritersHome) -> None:
    for name in ("ana", "bela", "cleo"):
        home.settle(name)
        home.writes(name, f"{LINE} That is what {name} says to every guest who calls.")
    home.settle("rita", profile=Profile(role="engineer", skills=("knots",)))
    home.train()


def test_whoever_said_no_to_help_gets_none_and_is_told_why(home: WritersHome) -> None:
    home.settle("rita", profile=Profile(role="engineer"))
    home.says("rita", Answer.NO, Purpose.WRITING_ASSISTANCE)

    with pytest.raises(Refused) as refused:
        home.suggest("rita", SuggestionKind.SUMMARY)

    assert refused.value.rule
    assert "Settings" in refused.value.hint


def test_without_a_model_the_profile_still_speaks(home: WritersHome) -> None:
    home.settle("rita", profile=Profile(role="engineer", organisation="Harbour Trust"))

    made = home.suggest("rita", SuggestionKind.HEADLINE)

    assert "Harbour Trust" in made.text
    assert made.model_id == ""
    assert made.credits == ()
    assert made.made_of == ("from your profile",)


def test_a_phrase_of_three_members_goes_on_and_says_so(home: WritersHome) -> None:
    phrases(home)

    made = home.suggest("rita", SuggestionKind.CONTINUE, "As hosts we look forward to")

    assert made.text == " meeting you at the harbour"
    assert made.notes == ("used by 3 members",)
    assert "a phrase 3 members use" in made.made_of


def test_a_phrase_is_gone_when_one_of_three_says_no(home: WritersHome) -> None:
    phrases(home)
    assert home.suggest("rita", SuggestionKind.CONTINUE, "we look forward to").variants

    home.says("bela", Answer.NO)

    assert home.suggest("rita", SuggestionKind.CONTINUE, "we look forward to").variants == ()


def test_the_model_orders_offers_and_is_named_without_members(home: WritersHome) -> None:
    for name in ("ana", "bela", "cleo"):
        home.settle(name)
        home.writes(name, f"They say we praise the water. Others say we praise lanterns, {name}.")
    home.settle("rita")
    home.train()
    home.scorer = Alphabetical()

    made = home.suggest("rita", SuggestionKind.CONTINUE, "we praise ")

    assert made.variants == ("lanterns", "the water")
    (credit,) = made.credits
    assert credit.tier is CreditTier.MODEL
    assert credit.member_id == ""
    (kept,) = home.history("rita")
    assert kept.shown[0].sentence == made.shown[0].sentence != ""


def test_a_sentence_over_the_copy_limit_is_left_out_and_said(home: WritersHome) -> None:
    home.settle("ana")
    home.writes("ana", LONG)
    home.settle("rita")
    home.train()

    made = home.suggest("rita", SuggestionKind.POST, f"A first line of my own. {LONG}")

    assert made.text.startswith("A first line of my own.")
    assert "herons" not in made.text.split("\n")[0]
    assert LEFT_OUT in made.made_of


def test_personal_data_that_is_not_the_requesters_own_does_not_leave(home: WritersHome) -> None:
    secret = "Call +49 30 901820 or write to someone.else@example.org for the fish."
    home.settle("rita", profile=Profile(role="engineer", about="rita.mail@example.org"))
    typed = "My address is rita.mail@example.org and that is fine. It is a long story to tell."

    made = home.suggest("rita", SuggestionKind.POST, typed)

    assert "rita.mail@example.org" in made.text
    assert secret not in made.text


def test_a_suggestion_is_kept_sealed_and_read_back(home: WritersHome) -> None:
    home.settle("rita", profile=Profile(role="zymurgist", skills=("yeast",)))

    made = home.suggest("rita", SuggestionKind.SUMMARY)

    (kept,) = home.history("rita")
    assert kept == made
    with home.network.reading() as stores:
        stored = stores.writing.kept(made.id)
        assert home.writer.read(stores, MemberId("rita"), made.id, home.clock_at) == made
    assert stored is not None
    assert b"zymurgist" not in stored.sealed


def test_history_keeps_no_words_of_a_quoted_member(home: WritersHome) -> None:
    home.settle("ana")
    home.writes("ana", LONG)
    home.settle("rita")
    home.train()
    made = home.suggest("rita", SuggestionKind.POST, "herons lighthouse weather")
    assert "herons argued" in made.text

    with home.network.reading() as stores:
        stored = stores.writing.kept(made.id)
        assert stored is not None
        plain = stores.vault.open(MemberId("rita"), stored.sealed).decode()

    assert "argued" not in plain


def test_nothing_is_kept_of_a_suggestion_that_was_not_to_be_kept(home: WritersHome) -> None:
    home.settle("rita", profile=Profile(role="engineer"))

    assert home.suggest("rita", SuggestionKind.HEADLINE, keep=False).variants

    assert home.history("rita") == ()


def test_a_deleted_suggestion_takes_its_credits_with_it(home: WritersHome) -> None:
    home.settle("ana")
    home.writes("ana", LONG)
    home.settle("rita")
    home.train()
    made = home.suggest("rita", SuggestionKind.POST, "herons lighthouse weather")

    with home.network.writing() as stores:
        home.writer.delete(stores, MemberId("rita"), made.id)

    with home.network.reading() as stores:
        assert stores.writing.kept(made.id) is None
        assert stores.writing.credits(made.id) == ()


def test_nobody_reads_or_deletes_anothers_history(home: WritersHome) -> None:
    home.settle("rita", profile=Profile(role="engineer"))
    home.settle("ana")
    made = home.suggest("rita", SuggestionKind.HEADLINE)

    with home.network.writing() as stores:
        with pytest.raises(NotFound):
            home.writer.read(stores, MemberId("ana"), made.id, home.clock_at)
        with pytest.raises(NotFound):
            home.writer.delete(stores, MemberId("ana"), made.id)

    assert len(home.history("rita")) == 1


def test_a_recipients_name_is_the_requesters_to_say(home: WritersHome) -> None:
    home.settle("rita", profile=Profile(role="engineer", skills=("knots",)))

    made = home.suggest(
        "rita",
        SuggestionKind.MESSAGE,
        extras=Extras(recipient="Ms Example", job="harbour engineer", company="Mill Lane"),
    )

    assert "Ms Example" in made.text
    assert "harbour engineer" in made.text
    assert made.text.endswith("Rita Testperson")


def test_a_text_that_is_too_long_is_refused_in_words(home: WritersHome) -> None:
    home.settle("rita")

    with pytest.raises(BadInput, match="words"):
        home.suggest("rita", SuggestionKind.POST, "word " * 3000)


def test_a_copy_limit_that_cannot_be_kept_is_refused(home: WritersHome) -> None:
    with pytest.raises(BadInput, match="copy_limit_words"):
        home.new_writer(5)


def test_preparing_twice_indexes_once(home: WritersHome) -> None:
    phrases(home)

    with home.network.writing() as stores:
        assert home.writer.prepare(stores) == 3
        assert home.writer.prepare(stores) == 0


def test_the_next_dataset_shares_the_index_of_the_one_before(home: WritersHome) -> None:
    phrases(home)
    with home.network.writing() as stores:
        assert home.writer.prepare(stores) == 3
    home.writes("rita", "Something quite new that was never written here before today at all.")
    home.train()

    with home.network.writing() as stores:
        assert home.writer.prepare(stores) == 1
