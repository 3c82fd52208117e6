"""The console's figures in plain words: what stayed out and why, and how long a no takes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sayso.audit.latency import Step
from sayso.web.words import age

_EXACT_BELOW_S = 120.0

_PLAIN = {
    "purpose_known": "The policy declares no such use",
    "unknown_member": "Nobody known wrote it",
    "unreadable_record": "A record about its author cannot be read",
    "account_standing": "The account is suspended, deleted or erased",
    "age": "Its author is a minor, or of unknown age",
    "region_known": "Its author's country is not known",
    "private_message": "It is a private message",
    "document_state": "It was never published, or was deleted",
    "document_visibility": "It was not shared with everybody",
    "licence": "Its licence does not allow it",
    "stated_signal": "Where it was found, a signal says no",
    "document_choice": "Its author said no for this text",
    "category_choice": "Its author said no for this sort of text",
    "global_privacy_control": "Its author's browser asked for a no",
    "purpose_choice": "Its author said no",
    "mapped_setting": "An older setting of its author says no",
    "earlier_purpose": "Its author said no to what this use came after",
    "notice_in_force": "The yes was given to another notice, or to none",
    "notice_first": "Its author was not told long enough ago",
    "policy_default": "Its author has not said yes, and silence is a no",
    "nothing_said": "Its author has said nothing",
    "duplicate": "The same text is in already",
    "near_duplicate": "Nearly the same text is in already",
    "gone": "It is no longer there",
    "too_short": "Too little was left to learn from",
    "quote_out_of_range": "It is not clear which words in it are quoted",
    "named_objects": "It names somebody who objects to being named",
    "taken_back": "Its author took it back",
}
_STEPS = {
    "contained": "Out of every answer",
    "forgotten": "Retrained without them",
    "certified": "Certificate given",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule by its plain and its code name, and how many texts it kept out."""

    plain: str
    rule: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How long one step of a no took, in words."""

    step: str
    count: int
    median: str
    p95: str
    longest: str


def reasons(refusals: Mapping[str, int]) -> list[Reason]:
    """Return why texts stayed out, the commonest reason first."""
    found = [
        Reason(plain=_PLAIN.get(rule, rule.replace("_", " ").capitalize()), rule=rule, count=count)
        for rule, count in refusals.items()
    ]
    return sorted(found, key=lambda reason: (-reason.count, reason.rule))


def took(steps: Iterable[Step]) -> list[Took]:
    """Return how long each step of a no took; none where no withdrawal reached it."""
    return [
        Took(
            step=_STEPS[step.step],
            count=step.count,
            median=span(step.median_s),
            p95=span(step.p95_s),
            longest=span(step.longest_s),
        )
        for step in steps
    ]


def span(seconds: float) -> str:
    """Say a span, to the tenth of a second where it is short."""
    if seconds < 0.05:
        return "at once"
    if seconds < _EXACT_BELOW_S:
        return f"{seconds:.1f} s"
    return age(timedelta(seconds=seconds))
