import random
from itertools import pairwise

from sayso.demo.stock import Deck, cases, fill, lines, sentence, suited, words


def test_a_deck_deals_everything_once_before_anything_twice() -> None:
    deck = Deck(random.Random(1), ("a", "b", "c", "d"))

    for _ in range(5):
        assert sorted(deck.deal() for _ in range(4)) == ["a", "b", "c", "d"]


def test_a_deck_never_deals_the_same_card_twice_running() -> None:
    deck = Deck(random.Random(1), ("a", "b", "c"))
    dealt = [deck.deal() for _ in range(300)]

    assert all(one != next_one for one, next_one in pairwise(dealt))


def test_lines_go_on_over_several_lines() -> None:
    assert lines("- one\n  and more\n- two") == ("one and more", "two")


def test_words_are_parted_by_commas() -> None:
    assert words("one, two\n   words, three") == ("one", "two words", "three")


def test_a_case_may_belong_to_one_trade() -> None:
    (found,) = cases("# @school the bell\n* p\n> t\n+ f\n= r\n! l\n  and on")

    assert (found.subject, found.trade, found.lesson) == ("the bell", "school", "l and on")
    assert found.fits("school")
    assert not found.fits("farm")


def test_choices_are_made_and_slots_filled() -> None:
    made = fill(random.Random(1), "[a|a] {thing} {3-3}", {"thing": "boat"})

    assert made == "a boat 3"


def test_a_sentence_gets_its_capital_and_its_stop() -> None:
    assert sentence("in the end", "we left") == "In the end we left."
    assert sentence("why?") == "Why?"


def test_marked_lines_are_kept_for_their_mood() -> None:
    cards = ("plain", "@joy cheers", "@any thanks", "@story well")

    assert suited(cards, "joy") == ("cheers", "thanks")
    assert suited(cards, "story") == ("well", "plain")
