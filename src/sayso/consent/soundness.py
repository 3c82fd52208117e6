"""What is wrong with a policy that can be read: contradictions, gaps, rows that never speak.

The checks follow the texts they cite; they are no legal advice, and an operator may have reasons.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sayso.community import Category, Region
from sayso.consent.choices import Answer
from sayso.consent.policy import PRESETS, Basis, Mechanism, Policy, load_preset
from sayso.consent.purposes import Purpose
from sayso.consent.regions import COUNTRIES, GROUPS
from sayso.consent.spoken import Spoken, listed, named, rows_instead, spoken_by
from sayso.errors import Refused


class Severity(StrEnum):
    """An error says what will not happen, or must not; a warning what may be meant otherwise."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, where, and how to mend it. Row 0 is the file itself."""

    severity: Severity
    row: int = 0
    field: str
    sentence: str
    mend: str


def findings(policy: Policy) -> tuple[Finding, ...]:
    """Return all that is wrong with the policy: errors first, each by its row."""
    spoken = spoken_by(policy)
    found = [finding for check in CHECKS for finding in check(spoken)]
    return tuple(sorted(found, key=lambda each: (each.severity is Severity.WARNING, each.row)))


def require_sound(policy: Policy) -> None:
    """Refuse a policy with an error in it.

    Raises:
        Refused: it has one; the evidence names them all.
    """
    faults = [each for each in findings(policy) if each.severity is Severity.ERROR]
    if faults:
        raise Refused(
            f"Policy {policy.name} is not sound: {faults[0].sentence} {faults[0].mend}",
            rule="sound_policy",
            evidence=tuple(each.sentence for each in faults),
            hint="`sayso policy check` says all that is wrong with it.",
        )


def rows_that_never_speak(spoken: Spoken) -> Iterator[Finding]:
    """Find rows that another row always outranks."""
    for number, row in spoken.rows():
        if spoken.by_row[number]:
            continue
        instead = sorted({str(other) for other in rows_instead(spoken, row)}, key=int)
        yield Finding(
            severity=Severity.ERROR,
            row=number,
            field="regions",
            sentence=f"Row {number} never speaks: wherever it fits, row {' or '.join(instead)} "
            "does, which names the region, or is stricter, or stands before it.",
            mend="Take the row out, or narrow the other.",
        )


def places_without_a_row(spoken: Spoken) -> Iterator[Finding]:
    """Find purposes, categories and regions of which nothing is said."""
    for purpose in spoken.policy.purposes:
        of: dict[frozenset[Category], set[Region]] = {}
        for region in COUNTRIES:
            silent = frozenset(c for c in Category if (region, purpose, c) in spoken.unsaid)
            if silent:
                of.setdefault(silent, set()).add(region)
        for categories, regions in of.items():
            whole = len(categories) == len(Category)
            about = "" if whole else f" of {listed(sorted(categories))}"
            yield Finding(
                severity=Severity.WARNING,
                field="rows",
                sentence=f"No row speaks of {purpose}{about} in {named(regions)}; "
                "silence there is a no.",
                mend="Say so with a row that has default = no, so that members can read it.",
            )


def consent_by_silence(spoken: Spoken) -> Iterator[Finding]:
    """Find a default yes that claims consent."""
    for number, row in spoken.rows():
        if row.default is Answer.YES and row.basis is Basis.CONSENT:
            yield Finding(
                severity=Severity.ERROR,
                row=number,
                field="basis",
                sentence=f"Row {number} takes silence for consent, and silence is none "
                "(GDPR Art. 4(11) and recital 32).",
                mend="Set default to no, or name the basis that the yes really has.",
            )


def mechanism_against_default(spoken: Spoken) -> Iterator[Finding]:
    """Find a mechanism that does not go with the default."""
    for number, row in spoken.rows():
        if row.default is Answer.YES and row.mechanism is Mechanism.OPT_IN:
            yield Finding(
                severity=Severity.ERROR,
                row=number,
                field="mechanism",
                sentence=f"Row {number} says opt-in, and yet silence is a yes.",
                mend="Set default to no, or the mechanism to opt-out or objection.",
            )
        if row.default is Answer.NO and row.mechanism is not Mechanism.OPT_IN:
            yield Finding(
                severity=Severity.WARNING,
                row=number,
                field="mechanism",
                sentence=f"Row {number} says {row.mechanism}, and yet silence is a no already: "
                "there is nothing to say no to.",
                mend="Set the mechanism to opt-in.",
            )


def objection_and_interest(spoken: Spoken) -> Iterator[Finding]:
    """Find an objection without legitimate interest, and the other way round."""
    for number, row in spoken.rows():
        objects = row.mechanism is Mechanism.OBJECTION
        interest = row.basis is Basis.LEGITIMATE_INTEREST
        if objects and not interest:
            yield Finding(
                severity=Severity.ERROR,
                row=number,
                field="basis",
                sentence=f"Row {number} lets members object, but claims {row.basis}: an objection "
                "answers a legitimate interest (GDPR Art. 21(1)).",
                mend="Set the basis to legitimate-interest, or the mechanism to opt-out.",
            )
        if interest and not objects and row.default is Answer.YES:
            yield Finding(
                severity=Severity.ERROR,
                row=number,
                field="mechanism",
                sentence=f"Row {number} claims a legitimate interest without a right to object "
                "(GDPR Art. 21(1) and (4)).",
                mend="Set the mechanism to objection.",
            )


def no_basis_in_europe(spoken: Spoken) -> Iterator[Finding]:
    """Find a default yes that rests on notice alone where the law asks for a basis."""
    strict = GROUPS["EEA"] | GROUPS["UK"]
    for number, row in spoken.rows():
        regions = {region for region, _, _ in spoken.by_row[number]} & strict
        if regions and row.default is Answer.YES and row.basis is Basis.NOTICE:
            yield Finding(
                severity=Severity.ERROR,
                row=number,
                field="basis",
                sentence=f"Row {number} uses what members in {named(regions)} wrote on notice "
                "alone; the law there asks for a basis (GDPR and UK GDPR Art. 6(1)).",
                mend="Add a row that names these regions, with a basis or with default = no.",
            )


def training_as_a_contract(spoken: Spoken) -> Iterator[Finding]:
    """Find training that claims to be necessary for the member's contract."""
    for number, row in spoken.rows():
        trains = not row.purposes or Purpose.GENAI_TRAINING in row.purposes
        if row.default is Answer.YES and row.basis is Basis.CONTRACT and trains:
            yield Finding(
                severity=Severity.WARNING,
                row=number,
                field="basis",
                sentence=f"Row {number} trains models as part of a contract; making a service "
                "better is seldom necessary for it (GDPR Art. 6(1)(b); EDPB Guidelines 2/2019).",
                mend="Name the basis that it has, or set default to no.",
            )


def signal_not_heeded(spoken: Spoken) -> Iterator[Finding]:
    """Find purposes that give data to others and do not say that Global Privacy Control is a no."""
    for purpose, text in spoken.policy.purposes.items():
        if text.discloses_to_third_parties and purpose not in spoken.policy.gpc_is_no:
            yield Finding(
                severity=Severity.WARNING,
                field="gpc_is_no",
                sentence=f"{purpose} gives data to third parties, and the policy does not say "
                "that Global Privacy Control is a no to it (11 CCR 7025(c)). Sayso takes it as "
                "one all the same.",
                mend=f"Add {purpose} to gpc_is_no, so that the text says what happens.",
            )


def purposes_that_reach_far(spoken: Spoken) -> Iterator[Finding]:
    """Find purposes that give to others what is not public, or in spite of a text's own signals."""
    for purpose, text in spoken.policy.purposes.items():
        if text.discloses_to_third_parties and text.may_use_non_public:
            yield Finding(
                severity=Severity.ERROR,
                field="purposes",
                sentence=f"{purpose} gives what is not public to third parties, who were not in "
                "the audience its author chose (GDPR Art. 5(1)(b) and (f)).",
                mend="Set may_use_non_public or discloses_to_third_parties to false.",
            )
        if text.discloses_to_third_parties and not text.heeds_signals:
            yield Finding(
                severity=Severity.WARNING,
                field="purposes",
                sentence=f"{purpose} gives texts to third parties although a signal on them may "
                "say no to their use (Directive (EU) 2019/790 Art. 4(3)).",
                mend="Leave heeds_signals out.",
            )


def unknown_settings(spoken: Spoken) -> Iterator[Finding]:
    """Find settings that are unknown or written twice."""
    names = Counter(mapped.setting for mapped in spoken.policy.settings)
    for name, times in names.items():
        if times > 1:
            yield Finding(
                severity=Severity.ERROR,
                field="settings",
                sentence=f"The setting {name!r} stands here {times} times; only the last counts.",
                mend="Write one [[settings]] with all its purposes.",
            )
        if name not in _known_settings():
            yield Finding(
                severity=Severity.WARNING,
                field="settings",
                sentence=f"The setting {name!r} is in no preset: it says something only if your "
                "members' older settings are imported under exactly this name.",
                mend="Check its spelling. Known: " + ", ".join(sorted(_known_settings())) + ".",
            )


def age_gate_without_source(spoken: Spoken) -> Iterator[Finding]:
    """Find an age gate that nobody can check."""
    if spoken.policy.age_gate_attested and not spoken.policy.age_gate_citation:
        yield Finding(
            severity=Severity.ERROR,
            field="age_gate_citation",
            sentence="The policy attests an age gate, so that unknown ages count as adult, and "
            "does not say where that gate is described (GDPR Art. 5(2), 8 and recital 38).",
            mend="Name it in age_gate_citation, or set age_gate_attested to false.",
        )


def days_to_say_no(spoken: Spoken) -> Iterator[Finding]:
    """Find a default yes that leaves members no known time to say no."""
    if not any(row.default is Answer.YES for row in spoken.policy.rows):
        return
    written = tomllib.loads(spoken.policy.text).get("min_notice_days")
    if written is None:
        yield Finding(
            severity=Severity.WARNING,
            field="min_notice_days",
            sentence="Silence is a yes here, and the policy does not say after how many days; "
            f"{spoken.policy.min_notice_days} are taken (GDPR Art. 13(3) and 21(4)).",
            mend="Write min_notice_days.",
        )
    elif written == 0:
        yield Finding(
            severity=Severity.ERROR,
            field="min_notice_days",
            sentence="Silence is a yes here from the first moment: nobody has time to say no "
            "(GDPR Art. 13(3) and 21(4)).",
            mend="Set min_notice_days to the days members are given, such as 30.",
        )


def consent_not_renewed(spoken: Spoken) -> Iterator[Finding]:
    """Find consent that outlives what it was given for."""
    consent = [number for number, row in spoken.rows() if row.basis is Basis.CONSENT]
    if consent and not spoken.policy.renew_on_material_notice:
        yield Finding(
            severity=Severity.WARNING,
            row=consent[0],
            field="renew_on_material_notice",
            sentence="A yes stays good when what it was given for changes in what matters; "
            "consent is specific and informed (GDPR Art. 4(11) and 7(1)).",
            mend="Set renew_on_material_notice to true.",
        )


CHECKS: tuple[Callable[[Spoken], Iterator[Finding]], ...] = (
    rows_that_never_speak,
    places_without_a_row,
    consent_by_silence,
    mechanism_against_default,
    objection_and_interest,
    no_basis_in_europe,
    training_as_a_contract,
    signal_not_heeded,
    purposes_that_reach_far,
    unknown_settings,
    age_gate_without_source,
    days_to_say_no,
    consent_not_renewed,
)
"""One more check: a function above, a line here, a row in its test."""


@cache
def _known_settings() -> frozenset[str]:
    return frozenset(mapped.setting for name in PRESETS for mapped in load_preset(name).settings)
