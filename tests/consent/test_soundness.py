"""What is wrong with a policy is said in words, with its place and how to mend it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from sayso.consent.policy import PRESETS, load_preset, parse_policy
from sayso.consent.purposes import PURPOSES
from sayso.consent.soundness import CHECKS, Finding, Severity, findings
from sayso.errors import BadInput

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def row(**fields: object) -> str:
    facts = {
        "regions": ["*"],
        "purposes": ["*"],
        "categories": ["*"],
        "default": "no",
        "basis": "consent",
        "mechanism": "opt-in",
        "citation": "A made-up rule",
    }
    return "[[rows]]\n" + _lines(facts | fields)


def policy_text(*rows: str, **fields: object) -> str:
    facts = {
        "name": "mine",
        "title": "Mine",
        "gpc_is_no": ["ai-research"],
        "renew_on_material_notice": True,
        "age_gate_attested": False,
        "min_notice_days": 30,
    }
    return _lines(facts | fields) + "\n".join(rows or (row(),))


def setting(name: str) -> str:
    return f'\n[[settings]]\nsetting = "{name}"\npurposes = ["*"]\nplain = "x"\ncitation = "y"\n'


def purpose(name: str, **fields: object) -> str:
    facts = {"name": name, "title": "T", "plain": "P", "if_no": "N", "dpv": "dpv:Personalisation"}
    return "\n[[purposes]]\n" + _lines(facts | fields)


def _lines(facts: Mapping[str, object]) -> str:
    written = ((name, value) for name, value in facts.items() if value is not None)
    return "".join(f"{name} = {_value(value)}\n" for name, value in written)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value)


def found_in(text: str) -> tuple[Finding, ...]:
    return findings(parse_policy(text, "mine.toml"))


YES = {"default": "yes", "basis": "notice", "mechanism": "opt-out", "regions": ["US"]}
REST = row()
OTHERS = {"discloses_to_third_parties": True, "recipients": "advertisers"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    check: str
    text: str
    severity: Severity
    row: int
    field: str
    says: str


FAULTS = (
    Fault(
        check="rows_that_never_speak",
        text=policy_text(row(), row(**YES | {"regions": ["*"]})),
        severity=ERROR,
        row=2,
        field="regions",
        says="Row 2 never speaks: wherever it fits, row 1 does",
    ),
    Fault(
        check="rows_that_never_speak",
        text=policy_text(row(regions=["EU"]), row(regions=["DE"]), REST),
        severity=ERROR,
        row=2,
        field="regions",
        says="Row 2 never speaks",
    ),
    Fault(
        check="places_without_a_row",
        text=policy_text(row(purposes=["genai-training"]), row(purposes=["writing-assistance"])),
        severity=WARNING,
        row=0,
        field="rows",
        says="No row speaks of ai-research in every country; silence there is a no.",
    ),
    Fault(
        check="places_without_a_row",
        text=policy_text(row(regions=["EU"])),
        severity=WARNING,
        row=0,
        field="rows",
        says="No row speaks of genai-training in 222 countries, AD, AE, AF among them;",
    ),
    Fault(
        check="places_without_a_row",
        text=policy_text(row(categories=["content", "profile", "groups", "jobs", "usage"])),
        severity=WARNING,
        row=0,
        field="rows",
        says="No row speaks of genai-training of feedback and writing-history in every country",
    ),
    Fault(
        check="consent_by_silence",
        text=policy_text(row(**YES | {"basis": "consent"}), REST),
        severity=ERROR,
        row=1,
        field="basis",
        says="takes silence for consent, and silence is none (GDPR Art. 4(11) and recital 32)",
    ),
    Fault(
        check="mechanism_against_default",
        text=policy_text(REST, row(**YES | {"mechanism": "opt-in"})),
        severity=ERROR,
        row=2,
        field="mechanism",
        says="Row 2 says opt-in, and yet silence is a yes.",
    ),
    Fault(
        check="mechanism_against_default",
        text=policy_text(row(mechanism="opt-out")),
        severity=WARNING,
        row=1,
        field="mechanism",
        says="there is nothing to say no to",
    ),
    Fault(
        check="objection_and_interest",
        text=policy_text(row(**YES | {"mechanism": "objection"}), REST),
        severity=ERROR,
        row=1,
        field="basis",
        says="(GDPR Art. 21(1))",
    ),
    Fault(
        check="objection_and_interest",
        text=policy_text(row(**YES | {"basis": "legitimate-interest"}), REST),
        severity=ERROR,
        row=1,
        field="mechanism",
        says="a legitimate interest without a right to object",
    ),
    Fault(
        check="no_basis_in_europe",
        text=policy_text(row(**YES | {"regions": ["DE", "US", "GB"]}), REST),
        severity=ERROR,
        row=1,
        field="basis",
        says="members in DE and GB wrote on notice alone",
    ),
    Fault(
        check="training_as_a_contract",
        text=policy_text(row(**YES | {"basis": "contract"}), REST),
        severity=WARNING,
        row=1,
        field="basis",
        says="EDPB Guidelines 2/2019",
    ),
    Fault(
        check="signal_not_heeded",
        text=policy_text(gpc_is_no=["genai-training"]),
        severity=WARNING,
        row=0,
        field="gpc_is_no",
        says="ai-research gives data to third parties",
    ),
    Fault(
        check="signal_not_heeded",
        text=policy_text() + purpose("ads", **OTHERS),
        severity=WARNING,
        row=0,
        field="gpc_is_no",
        says="ads gives data to third parties",
    ),
    Fault(
        check="places_without_a_row",
        text=policy_text(row(purposes=[*PURPOSES])) + purpose("personal-search"),
        severity=WARNING,
        row=0,
        field="rows",
        says="No row speaks of personal-search in every country; silence there is a no.",
    ),
    Fault(
        check="purposes_that_reach_far",
        text=policy_text() + purpose("ads", **OTHERS, may_use_non_public=True),
        severity=ERROR,
        row=0,
        field="purposes",
        says="ads gives what is not public to third parties",
    ),
    Fault(
        check="purposes_that_reach_far",
        text=policy_text() + purpose("ads", **OTHERS, heeds_signals=False),
        severity=WARNING,
        row=0,
        field="purposes",
        says="although a signal on them may say no",
    ),
    Fault(
        check="unknown_settings",
        text=policy_text() + setting("do-not-indx"),
        severity=WARNING,
        row=0,
        field="settings",
        says="The setting 'do-not-indx' is in no preset",
    ),
    Fault(
        check="unknown_settings",
        text=policy_text() + setting("no-research") * 2,
        severity=ERROR,
        row=0,
        field="settings",
        says="stands here 2 times; only the last counts",
    ),
    Fault(
        check="age_gate_without_source",
        text=policy_text(age_gate_attested=True),
        severity=ERROR,
        row=0,
        field="age_gate_citation",
        says="unknown ages count as adult",
    ),
    Fault(
        check="days_to_say_no",
        text=policy_text(row(**YES), REST, min_notice_days=None),
        severity=WARNING,
        row=0,
        field="min_notice_days",
        says="does not say after how many days; 30 are taken",
    ),
    Fault(
        check="days_to_say_no",
        text=policy_text(row(**YES), REST, min_notice_days=0),
        severity=ERROR,
        row=0,
        field="min_notice_days",
        says="nobody has time to say no",
    ),
    Fault(
        check="consent_not_renewed",
        text=policy_text(renew_on_material_notice=False),
        severity=WARNING,
        row=1,
        field="renew_on_material_notice",
        says="A yes stays good when what it was given for changes",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.check}-{fault.says[:20]}")
def test_each_fault_is_said_with_its_place_and_its_mend(fault: Fault) -> None:
    found = [
        each
        for each in found_in(fault.text)
        if (each.severity, each.row, each.field) == (fault.severity, fault.row, fault.field)
    ]

    assert any(fault.says in each.sentence for each in found), found_in(fault.text)
    assert all(each.mend for each in found)


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert {check.__name__ for check in CHECKS} == {fault.check for fault in FAULTS}


@pytest.mark.parametrize("name", ["opt-in", "gdpr-consent"])
def test_the_policies_we_stand_for_have_no_fault(name: str) -> None:
    assert findings(load_preset(name)) == ()


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_has_an_error(name: str) -> None:
    assert [each for each in findings(load_preset(name)) if each.severity is ERROR] == []


def test_a_policy_that_says_yes_lawfully_where_it_may_has_no_fault() -> None:
    text = policy_text(
        row(**YES | {"basis": "legitimate-interest", "mechanism": "objection"}),
        REST,
        age_gate_attested=True,
        age_gate_citation="Terms, section 2: members are 18 or older",
    )

    assert found_in(text) == ()


def test_a_wide_row_that_speaks_somewhere_is_no_fault() -> None:
    assert found_in(policy_text(row(regions=["EEA", "UK"]), row(**YES | {"regions": ["*"]}))) == ()


def test_errors_come_before_warnings() -> None:
    found = found_in(policy_text(row(**YES | {"basis": "consent"}), gpc_is_no=[]))

    assert [each.severity for each in found] == sorted(
        (each.severity for each in found), key=[ERROR, WARNING].index
    )
    assert {each.severity for each in found} == {ERROR, WARNING}


@pytest.mark.parametrize("named", ["regions", "purposes", "categories"])
def test_an_empty_list_is_not_taken_for_everything(named: str) -> None:
    with pytest.raises(BadInput, match=f"number 1: '{named}'"):
        parse_policy(policy_text(row(**{named: []})), "mine.toml")


def test_a_star_means_every_purpose_where_the_signal_is_a_no() -> None:
    every = parse_policy(policy_text(gpc_is_no=["*"]), "mine.toml")
    none = parse_policy(policy_text(gpc_is_no=[]), "mine.toml")

    assert len(every.gpc_is_no) == 3
    assert none.gpc_is_no == frozenset()
