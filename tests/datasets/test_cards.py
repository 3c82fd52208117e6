"""The cards say what the manifest says, no more, and nobody can be found in them."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from describing import MEMBERS, a_dataset, described, layout, varied_rows
from sayso.datasets.cards import statements
from sayso.datasets.cards.columns import SAID
from sayso.datasets.cards.eu_summary import eu_summary
from sayso.datasets.cards.figures import (
    KEPT_BACK,
    OTHERS,
    TABLES,
    by_default,
    by_own_yes,
    figures,
    halves,
    totals,
)
from sayso.datasets.cards.forms import CARDS, Card, card_named
from sayso.datasets.cards.preferences import preferences
from sayso.datasets.rows import DatasetId, Manifest
from sayso.datasets.tables import ROWS
from sayso.errors import BadInput, NotFound

DOCS = Path(__file__).parents[2] / "docs" / "datasets.md"
NAMES = [each.name for each in CARDS]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cards")


@pytest.fixture(scope="module")
def dataset(store: Path) -> DatasetId:
    return a_dataset(store)


def text_of(card: Card, store: Path, dataset: DatasetId) -> str:
    return card.write(described(store, dataset), layout(store, dataset))


@pytest.mark.parametrize("name", NAMES)
def test_no_card_names_or_shows_a_member(name: str, store: Path, dataset: DatasetId) -> None:
    text = text_of(card_named(name), store, dataset)

    assert dataset in text
    for row in varied_rows():
        for secret in (row.member_id, row.document_id, row.id, row.digest, row.text, *row.evidence):
            if secret not in {"basis legitimate-interest", "policy linkedin-2025", "notice n1"}:
                assert secret not in text
    assert not any(member in text for member in MEMBERS)
    assert "Twenty-Three" not in text


@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_the_same_each_time(name: str, store: Path, dataset: DatasetId) -> None:
    card = card_named(name)

    assert text_of(card, store, dataset) == text_of(card, store, dataset)


@pytest.mark.parametrize("name", NAMES)
def test_every_card_and_its_standard_is_in_the_docs(name: str) -> None:
    docs = DOCS.read_text(encoding="utf-8")

    assert f"`{name}`" in docs
    assert card_named(name).citation in docs


def test_every_count_of_the_manifest_has_a_table_and_a_line_in_the_docs() -> None:
    counted = {
        name
        for name, kind in Manifest.__annotations__.items()
        if str(kind).startswith("dict[str, int]") and name != "files"
    }

    assert counted == {each.counts for each in TABLES}
    docs = DOCS.read_text(encoding="utf-8")
    assert [each.counts for each in TABLES if f"`{each.counts}`" not in docs] == []


def test_every_sealed_column_is_said_in_words() -> None:
    assert [name for name in (*ROWS.names, "shard", "slice") if name not in SAID] == []


def test_a_card_for_people_says_what_is_in_and_what_rests_on_a_default(
    store: Path, dataset: DatasetId
) -> None:
    text = text_of(card_named("people"), store, dataset)

    assert "Words of 24 members of Harbour" in text
    assert "48 are in" in text
    assert "40 documents are in by the own yes" in text
    assert "8 because a member was told" in text
    assert "| email | 48 |" in text


def test_a_small_count_is_not_said_nor_to_be_had_by_subtraction(
    store: Path, dataset: DatasetId
) -> None:
    manifest = described(store, dataset).manifest
    counts = {"en": 31, "de": 15, "cy": 1}
    some = replace(manifest, kinds=counts)

    told = {each.name: each for each in figures(some, "kinds", 3)}

    assert (told["cy"].text, told["cy"].count) == ("fewer than 3", None)
    assert (told["en"].text, told["en"].count) == ("30 to 31", None)
    assert told["de"].count == 15


_COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 40), min_size=1)


@given(counts=_COUNTS, smallest=st.integers(3, 5))
def test_no_small_count_follows_from_its_total_even_for_who_knows_the_rule(
    store: Path, dataset: DatasetId, counts: dict[str, int], smallest: int
) -> None:
    manifest = described(store, dataset).manifest
    told = figures(replace(manifest, kinds=counts), "kinds", smallest)
    small = sorted(name for name, count in counts.items() if count < smallest)

    assert all(each.least <= counts[each.name] for each in told)
    assert all(each.most is None or counts[each.name] <= each.most for each in told)
    if not small or len(counts) == 1 or not told or told[0].text == KEPT_BACK:
        assert not small or all(each.count is None for each in told)
        return
    greatest = told[0].name
    for each in product(range(1, smallest), repeat=len(small)):
        others = counts | dict(zip(small, each, strict=True))
        others[greatest] += sum(counts.values()) - sum(others.values())
        again = figures(replace(manifest, kinds=others), "kinds", smallest)
        assert again == told, "a card that looks otherwise rules these counts out"


@pytest.mark.parametrize(
    "counts",
    [
        {"a": 14, "b": 14, "c": 2},  # the greatest is told by the next
        {"a": 3, "b": 1},  # and by being no small one
        {"a": 2, "b": 2},
    ],
)
def test_counts_that_an_order_would_give_away_are_not_told(
    store: Path, dataset: DatasetId, counts: dict[str, int]
) -> None:
    manifest = replace(described(store, dataset).manifest, kinds=counts)

    told = figures(manifest, "kinds", 3)

    assert [(each.name, each.text) for each in told] == [(each, KEPT_BACK) for each in counts]
    pinned = replace(manifest, kinds={"a": 1, "b": 1, "c": 1})
    assert figures(pinned, "kinds", 3) == (), "three names of three documents are one each"


def test_a_half_and_its_rules_do_not_give_each_other_away(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)
    rules = {"policy_default": 100, "purpose_choice": 45, "document_choice": 1}
    some = replace(about.manifest, rules=rules, bases={"legitimate-interest": 100, "consent": 46})

    told = {each.name: each.text for each in figures(some, "rules", 3)}
    assert told == {
        "policy_default": "100",
        "purpose_choice": "44 to 45",
        "document_choice": "fewer than 3",
    }
    assert [each.text for each in halves(some, 3)] == ["46", "100"]
    odd = replace(some, bases={"legitimate-interest": 101, "consent": 45})
    assert {each.text for each in figures(odd, "rules", 3)} == {KEPT_BACK}
    assert [each.text for each in halves(odd, 3)] == ["45", "101"]


def test_what_few_left_out_does_not_follow_from_what_was_read(
    store: Path, dataset: DatasetId
) -> None:
    about = described(store, dataset)
    manifest = replace(about.manifest, refusals={"too_short": 1}, documents_read=49)
    few = replace(about, manifest=manifest)

    assert "49" not in statements.summary(few)
    assert "48 are in and fewer than 3 were left out" in statements.summary(few)
    assert totals(few.manifest, 3) == (None, 48, None)


def test_one_rule_of_refusal_is_told_alike_on_every_card(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)
    refusals = {"licence": 3, "stated_signal": 1, "too_short": 10}
    some = replace(about, manifest=replace(about.manifest, refusals=refusals))

    of_table = {each.name: each.text for each in figures(some.manifest, "refusals", 3)}
    assert of_table == {
        "licence": "3",
        "stated_signal": "fewer than 3",
        "too_short": "9 to 10",
    }
    summary = eu_summary(some, layout(store, dataset))
    assert "said no: fewer than 3; because their licence does: 3." in summary
    even = replace(some, manifest=replace(some.manifest, refusals=refusals | {"too_short": 3}))
    assert "said no: not told; because their licence does: not told." in eu_summary(
        even, layout(store, dataset)
    )


def test_free_names_that_few_documents_bear_are_counted_together(
    store: Path, dataset: DatasetId
) -> None:
    manifest = described(store, dataset).manifest

    assert [each.name for each in figures(manifest, "languages", 3)] == ["en", "de", OTHERS]
    assert [each.name for each in figures(manifest, "licences", 3)] == ["cc-by-4.0", OTHERS]
    spoken = replace(manifest, licences={"(c) Ana Example, all hers": 40, "mit": 5})
    assert {each.name for each in figures(spoken, "licences", 3)} == {OTHERS, "mit"}


def test_own_yes_and_default_make_up_all_documents(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)

    assert by_default(about.manifest) == 8
    assert by_own_yes(about.manifest) + by_default(about.manifest) == about.documents


def test_a_summary_never_answers_for_the_provider(store: Path, dataset: DatasetId) -> None:
    text = eu_summary(described(store, dataset), layout(store, dataset))

    asked = [line for line in text.splitlines() if "(yes or no)" in line]
    assert len(asked) == 8
    assert all("________ (to be attested by the provider of the model)" in line for line in asked)
    for title in ("Name and contact", "Name and version", "Measures taken"):
        assert f"**{title}**: ________" in text
    assert "**Size of this dataset**: Less than 1 billion tokens" in text
    assert "11/2026" in text


def test_a_size_that_bytes_cannot_tell_stays_blank(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)
    large = replace(about, manifest=replace(about.manifest, text_bytes=10**9))

    assert "**Size of this dataset**: ________" in eu_summary(large, layout(store, dataset))


def test_preferences_tell_a_yes_from_silence(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)
    told = json.loads(preferences(about, layout(store, dataset)))

    (purpose,) = told["purposes"]
    assert (purpose["allowed"], purpose["unknown"]) == ({"documents": 40}, {"documents": 8})
    assert told["combined"] == "train-ai=y"
    assert told["consistent_with_all_rows"]["statement"] == ""
    agreed = replace(
        about.manifest, rules={"purpose_choice": 48}, bases={"consent": 48}, refusals={}
    )
    every = json.loads(preferences(replace(about, manifest=agreed), layout(store, dataset)))
    assert every["consistent_with_all_rows"]["statement"] == "train-ai=y"
    silent = replace(
        about.manifest, rules={"policy_default": 48}, bases={"legitimate-interest": 48}
    )
    none = json.loads(preferences(replace(about, manifest=silent), layout(store, dataset)))
    assert none["combined"] == ""


def test_a_few_who_said_nothing_are_not_counted_out(store: Path, dataset: DatasetId) -> None:
    about = described(store, dataset)
    few = replace(
        about,
        manifest=replace(
            about.manifest,
            rules={"purpose_choice": 47, "policy_default": 1},
            bases={"consent": 47, "notice": 1},
        ),
    )

    (purpose,) = json.loads(preferences(few, layout(store, dataset)))["purposes"]
    assert purpose["unknown"] == {"documents_at_least": 1, "documents_at_most": 2}
    assert purpose["allowed"] == {"documents_at_least": 46, "documents_at_most": 47}
    assert "46 to 47 documents are in by the own yes" in statements.say_so(few)
    even = replace(few, manifest=replace(few.manifest, rules={"purpose_choice": 3}, bases={"a": 1}))
    assert "how many of each is not told" in statements.say_so(even)


def test_a_purpose_without_a_category_of_use_gets_no_statement(
    store: Path, dataset: DatasetId
) -> None:
    about = described(store, dataset)
    research = replace(about, manifest=replace(about.manifest, purpose="ai-research"))

    assert json.loads(preferences(research, layout(store, dataset)))["combined"] == ""


def test_an_unknown_card_is_one_clear_message() -> None:
    with pytest.raises(BadInput, match="postcard"):
        card_named("postcard")


def test_a_card_of_files_that_are_deleted_says_so(tmp_path: Path) -> None:
    gone = a_dataset(tmp_path)
    for path in (tmp_path / "datasets" / gone).glob("shard-*"):
        path.unlink()

    with pytest.raises(NotFound, match="deleted"):
        layout(tmp_path, gone)
