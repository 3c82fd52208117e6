"""Policies say what silence means, with a source for each row, and refuse what they cannot read."""

import pytest

from sayso.community import Category, Region
from sayso.consent.choices import Answer
from sayso.consent.policy import PRESETS, load_policy, load_preset, parse_policy
from sayso.consent.purposes import Purpose
from sayso.consent.regions import COUNTRIES, GROUPS, region_named
from sayso.errors import BadInput

TEXT = load_preset("linkedin-2024").text
TRAIN = Purpose.GENAI_TRAINING


def _default(preset: str, region: str) -> Answer:
    row = load_preset(preset).default_for(Region(region), TRAIN, Category.CONTENT)
    assert row is not None
    return row.default


@pytest.mark.parametrize("name", PRESETS)
def test_every_row_of_a_preset_cites_its_source(name: str) -> None:
    policy = load_preset(name)

    assert policy.name == name
    assert all(row.citation for row in policy.rows)
    assert all(setting.citation for setting in policy.settings)


def test_our_own_policy_asks_first_everywhere() -> None:
    assert {_default("opt-in", region) for region in (*COUNTRIES, "ZZ")} == {Answer.NO}


@pytest.mark.parametrize("region", ["DE", "IS", "NO", "GB", "CH", "FR"])
def test_2024_spared_the_eu_eea_uk_and_switzerland(region: str) -> None:
    assert _default("linkedin-2024", region) is Answer.NO
    assert _default("linkedin-2025", region) is Answer.YES


@pytest.mark.parametrize("region", ["US", "BR", "CA", "IN"])
def test_2024_took_everyone_elses_silence_for_a_yes(region: str) -> None:
    assert _default("linkedin-2024", region) is Answer.YES


@pytest.mark.parametrize("region", ["ZZ", "", "XX", "Germany"])
def test_an_unknown_region_gets_the_strictest_row(region: str) -> None:
    assert _default("linkedin-2024", region) is Answer.NO


@pytest.mark.parametrize(
    ("text", "region"), [("de", "DE"), (" UK ", "GB"), ("EL", "GR"), ("Germany", "ZZ"), ("", "ZZ")]
)
def test_a_region_is_named_or_unknown_never_guessed(text: str, region: str) -> None:
    assert region_named(text) == region


def test_groups_hold_known_countries() -> None:
    assert len(COUNTRIES) == 249
    assert (len(GROUPS["EU"]), len(GROUPS["EEA"])) == (27, 30)
    assert all(group <= COUNTRIES for group in GROUPS.values())


def test_a_policy_is_the_same_by_name_and_by_file(tmp_path: pytest.TempPathFactory) -> None:
    path = f"{tmp_path}/mine.toml"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - the path is text here
        file.write(TEXT)

    assert load_policy(path).digest == load_policy("linkedin-2024").digest


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('default = "no"', 'default = "maybe"', "[[rows]] number 1: 'default'"),
        ('regions = ["EU"', 'regions = ["Europe"', "[[rows]] number 1: 'regions'"),
        ('regions = ["*"]', 'regions = ["*", "DE"]', "[[rows]] number 2: 'regions'"),
        ('purposes = ["genai-training"]', 'purposes = "genai-training"', "'purposes'"),
        ('citation = "LinkedIn Help', 'source = "LinkedIn Help', "'citation'"),
        ("age_gate_attested = false", 'age_gate_attested = "no"', "'age_gate_attested'"),
        ("gpc_is_no = []", "gpc_is_no = []\nexpires = 3", "unknown field 'expires'"),
        ("gpc_is_no = []", "gpc_is_no = [", "line"),
        ("[[rows]]", "[[lines]]", "no [[rows]]"),
    ],
)
def test_a_fault_in_a_policy_is_named_with_its_place(old: str, new: str, named: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_policy(TEXT.replace(old, new), "mine.toml")

    assert "mine.toml" in refused.value.message
    assert named in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize("name", ["no-such-preset", "/"])
def test_what_is_neither_preset_nor_file_is_refused(name: str) -> None:
    with pytest.raises(BadInput):
        load_policy(name)


def test_all_that_is_wrong_with_a_policy_is_named_at_once() -> None:
    broken = (
        TEXT.replace("renew_on_material_notice = ", "renew = 7 #", 1)
        .replace('default = "', 'default = "perhaps-', 1)
        .replace("[[rows]]", "[[rows]]\nspare = 1", 1)
    )

    with pytest.raises(BadInput) as wrong:
        parse_policy(broken, "mine.toml")

    told = wrong.value.message.splitlines()
    assert len(told) == 4
    assert all(line.startswith("mine.toml: ") for line in told)
    for field in ("'renew_on_material_notice'", "'renew'", "'default'", "'spare'"):
        assert sum(field in line for line in told) == 1
    assert "Mend the field" in wrong.value.hint
