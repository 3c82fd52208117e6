"""Where a notice stands, which texts it has, and what a policy asks of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import DAY, DRAFT, FIRST_NOTICE, NOW, SPOKE, TOLD, TRAIN, amended
from sayso.community import Category, Region, Visibility
from sayso.consent.fair_notice import publish_fairly
from sayso.consent.notice_words import accepted, languages_of, words_for
from sayso.consent.notices import (
    Notice,
    NoticeState,
    NoticeText,
    digest_of,
    in_force,
    predecessor,
    publish,
    state_at,
    superseded_by,
    versions,
)
from sayso.consent.purposes import PURPOSES
from sayso.errors import BadInput, NotFound, Refused

US, DE, FR = Region("US"), Region("DE"), Region("FR")
GERMAN = NoticeText(language="de", title="Ihre Worte", text="Wir fragen.")
SWISS = NoticeText(
    language="de", title="Ihre Worte", text="Wir fragen, in Bern.", region=Region("CH")
)
BRAZILIAN = NoticeText(language="pt-BR", title="Suas palavras", text="Perguntamos.")
SPOKEN = replace(DRAFT, texts=(GERMAN, SWISS, BRAZILIAN))


def test_a_notice_is_drafted_published_effective_and_superseded_as_time_goes() -> None:
    coming = publish(replace(DRAFT, id="n2"), TOLD + DAY, effective_at=TOLD + 40 * DAY)
    every = [FIRST_NOTICE, coming]

    assert state_at(DRAFT, every, NOW) is NoticeState.DRAFT
    assert state_at(coming, every, TOLD + 39 * DAY) is NoticeState.PUBLISHED
    assert state_at(FIRST_NOTICE, every, TOLD + 39 * DAY) is NoticeState.EFFECTIVE
    assert state_at(coming, every, TOLD + 40 * DAY) is NoticeState.EFFECTIVE
    assert state_at(FIRST_NOTICE, every, TOLD + 40 * DAY) is NoticeState.SUPERSEDED
    assert superseded_by(FIRST_NOTICE, every, TOLD + 40 * DAY) == coming


def test_a_notice_for_some_regions_supersedes_only_where_it_speaks() -> None:
    first = replace(FIRST_NOTICE, regions=(DE, FR))
    german = replace(amended(SPOKE), regions=(DE,))
    french = replace(amended(SPOKE + DAY, id_="n3"), regions=(FR,))

    assert state_at(first, [first, german], NOW) is NoticeState.EFFECTIVE
    assert superseded_by(first, [first, german, french], NOW) == french
    assert state_at(FIRST_NOTICE, [FIRST_NOTICE, german, french], NOW) is NoticeState.EFFECTIVE


def test_a_notice_of_fewer_uses_supersedes_nothing_of_more() -> None:
    narrow = replace(amended(SPOKE), categories=(Category.PROFILE,))

    assert state_at(FIRST_NOTICE, [FIRST_NOTICE, narrow], NOW) is NoticeState.EFFECTIVE


def test_what_is_replaced_by_name_ends_everywhere_and_for_every_use() -> None:
    german = replace(amended(SPOKE), regions=(DE,), replaces="n1")
    every = [FIRST_NOTICE, german]

    assert state_at(FIRST_NOTICE, every, NOW) is NoticeState.SUPERSEDED
    assert in_force(every, DE, TRAIN, Category.CONTENT, NOW) == german
    assert in_force(every, US, TRAIN, Category.CONTENT, NOW) is None, "nobody is told any more"
    assert in_force(every, US, TRAIN, Category.CONTENT, SPOKE - DAY) == FIRST_NOTICE


NOTICES = st.lists(
    st.builds(
        lambda number, day, wait, regions, purposes, material: publish(
            replace(DRAFT, id=f"n{number}", regions=regions, purposes=purposes, material=material),
            TOLD + day * DAY,
            effective_at=TOLD + (day + wait) * DAY,
        ),
        number=st.integers(0, 99),
        day=st.integers(0, 50),
        wait=st.integers(0, 50),
        regions=st.sampled_from([(), (US,), (DE,), (US, DE)]),
        purposes=st.sampled_from([(TRAIN,), tuple(PURPOSES)]),
        material=st.booleans(),
    ),
    max_size=5,
    unique_by=lambda notice: notice.id,
)


@settings(max_examples=150, deadline=None)
@given(every=NOTICES, day=st.integers(0, 110))
def test_what_is_in_force_anywhere_is_never_superseded(every: list[Notice], day: int) -> None:
    at = TOLD + day * DAY

    for notice in every:
        holds = any(
            in_force(every, region, purpose, category, at) == notice
            for region in (US, DE, Region("ZZ"))
            for purpose in notice.purposes
            for category in notice.categories
        )
        state = state_at(notice, every, at)
        assert holds == (state is NoticeState.EFFECTIVE), f"{notice.id} is {state}"


def test_a_notice_changes_the_last_one_of_a_like_use() -> None:
    german = replace(amended(SPOKE), regions=(DE,))
    american = replace(amended(SPOKE + DAY, id_="n3"), regions=(US,))
    named = replace(amended(SPOKE + 2 * DAY, id_="n4"), regions=(US,), replaces="n2")
    every = [FIRST_NOTICE, german, american, named]

    assert predecessor(FIRST_NOTICE, every) is None
    assert predecessor(american, every) == FIRST_NOTICE
    assert predecessor(named, every) == german


def test_the_digest_of_a_notice_of_one_text_is_what_it_was() -> None:
    assert digest_of(DRAFT) == "492fa0a06f9498312172f88403857000eb6efd4938018ee5eb59fd4ed7638f72"


@pytest.mark.parametrize(
    "change",
    [
        {"texts": ()},
        {"texts": (GERMAN, SWISS)},
        {"texts": (replace(GERMAN, title="Anders"), SWISS, BRAZILIAN)},
        {"texts": (GERMAN, replace(SWISS, region=Region("AT")), BRAZILIAN)},
        {"language": "fr"},
        {"replaces": "n0"},
    ],
)
def test_the_digest_covers_every_text(change: dict[str, object]) -> None:
    assert digest_of(SPOKEN) != digest_of(replace(SPOKEN, **change))  # type: ignore[arg-type]
    backwards = replace(SPOKEN, texts=tuple(reversed(SPOKEN.texts)))
    assert digest_of(SPOKEN) == digest_of(backwards), "their order says nothing"


@pytest.mark.parametrize(
    ("languages", "region", "expected"),
    [
        (("de",), "DE", GERMAN),
        (("de-AT", "en"), "AT", GERMAN),
        (("de-CH",), "CH", SWISS),
        (("DE_ch",), "CH", SWISS),
        (("pt",), "PT", BRAZILIAN),
        (("fi", "de"), "FI", GERMAN),
        (("en", "de"), "DE", DRAFT.own_text),
        (("fi",), "FI", DRAFT.own_text),
        ((), "CH", DRAFT.own_text),
    ],
)
def test_a_member_gets_the_text_in_their_language_and_region(
    languages: Sequence[str], region: str, expected: NoticeText
) -> None:
    assert words_for(SPOKEN, languages, region) == expected


def test_a_notice_names_its_languages_its_own_first() -> None:
    assert languages_of(SPOKEN) == ("en", "de", "pt-BR")


@pytest.mark.parametrize(
    ("header", "languages"),
    [
        ("de-CH, de;q=0.9, en;q=0.8", ("de-CH", "de", "en")),
        ("en;q=0.1,fr", ("fr", "en")),
        ("", ()),
        ("de;q=0", ()),
        ("*, ;;;q==, de;q=x", ()),
        ("de;q=99999", ("de",)),
    ],
)
def test_what_a_browser_accepts_is_read_and_nonsense_is_nothing(
    header: str, languages: Sequence[str]
) -> None:
    assert accepted(header) == languages


@settings(max_examples=200, deadline=None)
@given(header=st.text(max_size=60))
def test_any_header_is_read_without_a_fault(header: str) -> None:
    assert all(accepted(header))


def test_a_material_notice_needs_the_days_that_the_policy_asks_for() -> None:
    hasty = replace(DRAFT, notice_days=29)

    with pytest.raises(Refused, match="gives members 29 days") as refused:
        publish_fairly(hasty, TOLD, [], min_notice_days=30)

    assert refused.value.rule == "minimum_notice"
    assert refused.value.evidence == ("min_notice_days = 30",)
    assert refused.value.hint == "Draft it with notice_days = 30 or more."


def test_a_material_notice_takes_effect_no_earlier_than_the_policy_allows() -> None:
    first = TOLD + 30 * DAY
    hasty = replace(DRAFT, effective_at=first - timedelta(seconds=1))

    with pytest.raises(Refused, match="would take effect on 2026-03-03"):
        publish_fairly(hasty, TOLD, [], min_notice_days=30)

    assert publish_fairly(DRAFT, TOLD, [], min_notice_days=30).effective_at == first
    named = replace(DRAFT, effective_at=first)
    assert publish_fairly(named, TOLD, [], min_notice_days=30).effective_at == first
    assert publish_fairly(DRAFT, TOLD, [], min_notice_days=0).effective_at == TOLD


def test_a_correction_may_take_effect_at_once_if_it_tells_nothing_new() -> None:
    better = replace(DRAFT, id="n2", text="Said better.", material=False, notice_days=0)

    published = publish_fairly(better, SPOKE, [FIRST_NOTICE], min_notice_days=30)

    assert published.effective_at == SPOKE


@pytest.mark.parametrize(
    "change",
    [
        {"categories": (*DRAFT.categories, Category.JOBS)},
        {"visibilities": (Visibility.PUBLIC, Visibility.GROUP)},
        {"regions": (US,)},
        {"regions": ()},
    ],
)
def test_what_tells_something_new_is_material(change: dict[str, object]) -> None:
    before = replace(FIRST_NOTICE, regions=(DE,))
    like_it = replace(DRAFT, id="n2", regions=(DE,), material=False)
    said = replace(like_it, **change)  # type: ignore[arg-type]

    with pytest.raises(Refused, match="is called immaterial"):
        publish_fairly(said, SPOKE, [before], min_notice_days=30)


def test_a_notice_replaces_only_one_that_was_published_and_no_earlier_than_it() -> None:
    later = replace(DRAFT, id="n2", replaces="n1")
    coming = publish(DRAFT, TOLD, effective_at=NOW)

    with pytest.raises(NotFound, match="was never published"):
        publish_fairly(later, SPOKE, [DRAFT], min_notice_days=0)
    with pytest.raises(Refused, match="before 'n1', which it replaces"):
        publish_fairly(later, SPOKE, [coming], min_notice_days=0)
    replaced = publish_fairly(later, SPOKE, [FIRST_NOTICE], min_notice_days=0)
    assert versions([FIRST_NOTICE, replaced], US, TRAIN, Category.CONTENT, NOW)[0] == replaced


def test_a_notice_is_never_dated_back() -> None:
    with pytest.raises(BadInput, match="before its publication"):
        publish_fairly(replace(DRAFT, effective_at=TOLD - DAY), TOLD, [], min_notice_days=0)
