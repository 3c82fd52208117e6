"""A notice's files say what they mean, and what they do not say is named with its mend."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakes.consent import DRAFT
from sayso.community import Category, Region, Visibility
from sayso.consent.notice_files import drafted, read_notice, translation
from sayso.consent.purposes import Purpose
from sayso.errors import BadInput

WHOLE = """+++
purposes = ["genai-training"]
categories = ["content", "profile"]
regions = ["CH", "UK"]
visibilities = ["public"]
material = true
notice_days = 45
effective_at = 2027-03-01
language = "en"
replaces = "first-notice"
+++

# What we do   with your words

We ask.

It is *your* choice.
"""


def test_the_front_matter_says_what_the_notice_is_about() -> None:
    notice = drafted(read_notice(WHOLE, "spring.md"), notice_id="spring", otherwise=DRAFT)

    assert notice.title == "What we do with your words"
    assert notice.text == "We ask.\n\nIt is *your* choice."
    assert notice.purposes == (Purpose.GENAI_TRAINING,)
    assert notice.categories == (Category.CONTENT, Category.PROFILE)
    assert set(notice.regions) == {"CH", "GB"}
    assert notice.visibilities == (Visibility.PUBLIC,)
    assert notice.notice_days == 45
    assert notice.effective_at == datetime(2027, 3, 1, tzinfo=UTC)
    assert notice.replaces == "first-notice"
    assert notice.is_draft


def test_what_a_file_leaves_unsaid_is_as_ever() -> None:
    notice = drafted(read_notice("# Title\n\nText.", "n.md"), notice_id="n", otherwise=DRAFT)

    assert (notice.purposes, notice.notice_days) == (DRAFT.purposes, DRAFT.notice_days)
    assert (notice.regions, notice.material, notice.effective_at) == ((), True, None)


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ('purposes = ["ads"]', "n.md, line 2: 'purposes' is not a list of: genai-training"),
        ("purposes = []", "n.md, line 2: 'purposes' is not"),
        ('\ncategories = "content"', "n.md, line 3: 'categories' is not a list of"),
        ('regions = ["Atlantis"]', "n.md, line 2: 'regions' is not countries"),
        ("material = 1", "n.md, line 2: 'material' is not true or false"),
        ("notice_days = -1", "n.md, line 2: 'notice_days' is not a number of days"),
        ("notice_days = true", "n.md, line 2: 'notice_days' is not a number of days"),
        ('effective_at = "soon"', "n.md, line 2: 'effective_at' is not a day"),
        ('language = "deutsch und mehr"', "n.md, line 2: 'language' is not a language"),
        ('region = "EU"', "n.md, line 2: 'region' is not a country"),
        ('replaces = "../up"', "n.md, line 2: 'replaces' is not a notice's id"),
        ("material = true\nnotice_day = 3", "n.md, line 3: there is no field 'notice_day'"),
        ("material = perhaps", "n.md: the front matter is not TOML: .*line 2"),
        ("notice_days = " + "9" * 5000, "n.md: the front matter is not TOML"),
        ("regions = " + "[" * 5000, "n.md: the front matter is not TOML"),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_its_line(front: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        read_notice(f"+++\n{front}\n+++\n# Title\n\nText.", "n.md")

    assert refused.value.hint


@pytest.mark.parametrize(
    ("written", "line"),
    [("", 1), ("No heading.\n\nText.", 1), ("# Title only", 1), ("+++\n+++\n\n\nText.", 5)],
)
def test_a_file_without_title_or_text_is_refused_with_its_line(written: str, line: int) -> None:
    with pytest.raises(BadInput, match=f"n.md, line {line}: a notice starts with a heading"):
        read_notice(written, "n.md")


def test_front_matter_that_never_ends_is_refused() -> None:
    with pytest.raises(BadInput, match=r"nothing closes it"):
        read_notice("+++\nmaterial = true\n# Title\n\nText.", "n.md")


def test_a_title_that_would_bend_a_mails_subject_is_refused_or_made_one_line() -> None:
    assert read_notice("# One\ttwo\n\nText.", "n.md").title == "One two"
    with pytest.raises(BadInput, match="cannot be printed"):
        read_notice("# One\x07two\n\nText.", "n.md")


def test_a_further_text_says_its_language_and_nothing_of_the_notices_own() -> None:
    german = read_notice('+++\nlanguage = "de"\nregion = "CH"\n+++\n# T\n\nText.', "de.md")
    bare = read_notice("# T\n\nText.", "de.md")

    assert translation(german).language == "de"
    assert translation(german).region == Region("CH")
    assert translation(bare, language="fr", region="BE").region == Region("BE")
    with pytest.raises(BadInput, match="is not a language"):
        translation(bare)
    with pytest.raises(BadInput, match="is not a country"):
        translation(bare, language="fr", region="EU")
    with pytest.raises(BadInput, match="'categories' stands in the notice's first text alone"):
        translation(read_notice(WHOLE, "spring.md"), language="de")


@pytest.mark.parametrize("name", ["", "a b", "../x", "a/b", "x" * 65, "-a", "é"])
def test_an_id_that_cannot_stand_in_an_address_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="is no id for a notice"):
        drafted(read_notice("# T\n\nText.", "n.md"), notice_id=name, otherwise=DRAFT)


@settings(max_examples=200, deadline=None)
@given(front=st.text(max_size=80), body=st.text(max_size=40), fenced=st.booleans())
def test_any_text_is_a_notice_or_a_named_refusal(front: str, body: str, *, fenced: bool) -> None:
    written = f"+++\n{front}\n+++\n{body}" if fenced else body

    try:
        found = read_notice(written, "n.md")
        told = found.title.isprintable() and bool(found.text.strip())
    except BadInput as refused:
        told = refused.message.startswith("n.md") and bool(refused.hint)

    assert told


def test_all_that_is_wrong_with_the_front_matter_is_named_at_once() -> None:
    front = 'material = "no"\nnotice_days = -1\nregion = "EU"\nspare = 1\npurposes = ["x"]\n'

    with pytest.raises(BadInput) as wrong:
        read_notice(f"+++\n{front}+++\n# T\n\nText.", "n.md")

    told = wrong.value.message.splitlines()
    assert sorted(line.partition(":")[0] for line in told) == [
        f"n.md, line {number}" for number in range(2, 7)
    ]
