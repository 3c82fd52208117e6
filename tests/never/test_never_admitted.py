"""The permanent list of what no decision may ever permit."""

import pytest

from archives import discourse, mastodon
from fakes.consent import ANA, assert_refused, person, village, writing
from never.cases import BEN, Never, cases, posted, tooted
from sayso.community import Document, Quote
from sayso.consent.purposes import Purpose
from sayso.sources.reading import Item, Skipped

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_it_is_never_admitted(case: Never) -> None:
    assert_refused(case.world.decides(case.document), by=case.rule)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_it_is_not_admitted_to_research_either(case: Never) -> None:
    assert not case.world.decides(case.document, purpose=Purpose.AI_RESEARCH).permit


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_a_repost_of_an_objector_leaves_nothing_of_theirs() -> None:
    world = village()
    world.join(person("ben"))
    world.says_yes()
    world.says_no(member_id=BEN)
    repost = writing()
    whole = Quote(start=0, end=len(repost.text), member_id=BEN)

    decision = world.decides(writing(quotes=(whole,)))

    assert decision.cut == (whole,)


def test_an_objectors_second_account_answers_for_itself() -> None:
    world = village()
    world.join(person("ana-again"))
    world.says_yes(member_id=ANA)

    assert_refused(world.decides(writing("ana-again")), by="policy_default")


def test_an_archives_awkward_cases_are_all_in_the_list() -> None:
    names = {case.name for case in CASES}

    assert {"a toot for followers alone", "a toot behind a warning"} <= names
    assert {"a post that its author deleted"} <= names


@pytest.mark.parametrize(
    "found",
    [
        tooted(mastodon.direct(3)),
        tooted(mastodon.announce(3)),
        tooted(mastodon.like(3)),
        tooted(mastodon.not_hers(3)),
        tooted(mastodon.elsewhere(3)),
        tooted(mastodon.create(mastodon.note(3, to=[], cc=[]))),
        posted(discourse.private(3)),
        posted(discourse.private(3, yes="はい")),
        posted(discourse.private(3, yes="")),
    ],
)
def test_what_was_meant_for_some_or_is_anothers_is_not_even_read(found: Item) -> None:
    assert isinstance(found, Skipped)
    assert found.on_purpose


@pytest.mark.parametrize(
    "found",
    [
        posted(discourse.only_a_quote(3)),
        tooted(mastodon.create(mastodon.note(3, content="<blockquote>theirs</blockquote>"))),
    ],
)
def test_a_post_that_only_quotes_leaves_nothing(found: Item) -> None:
    world = village()
    world.says_yes()
    assert isinstance(found, Document)

    decision = world.decides(found)

    assert [(quote.start, quote.end) for quote in decision.cut] == [(0, len(found.text))]
