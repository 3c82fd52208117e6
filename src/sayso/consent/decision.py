"""The answer to "may we?", with everything needed to explain it."""

from dataclasses import dataclass

from sayso.community import Quote
from sayso.consent.objectors import Named


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one rule says when it speaks.

    `reason` is a plain sentence to the member, `evidence` are the facts that decided, and `mend`
    says what would have to change, and who can change it.
    """

    rule: str
    permit: bool
    reason: str
    evidence: tuple[str, ...] = ()
    is_default: bool = False
    """True where the basis is a default, not the member's own act: promise P2 applies."""
    mend: str = ""


def deny(
    rule: str, reason: str, *evidence: str, mend: str = "", is_default: bool = False
) -> Verdict:
    """Return a no; one without a mend is a no for good."""
    return Verdict(
        rule=rule,
        permit=False,
        reason=reason,
        evidence=evidence,
        mend=mend or "Nothing needs mending: this is never used.",
        is_default=is_default,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The first rule that spoke, and the ones it beat, strongest first.

    `cut` are the quoted spans that must leave the text because their author objects, `named`
    and `named_in_title` the names in text and title of people who object to being named.
    """

    permit: bool
    rule: str
    reason: str
    evidence: tuple[str, ...] = ()
    is_default: bool = False
    mend: str = ""
    beat: tuple[Verdict, ...] = ()
    cut: tuple[Quote, ...] = ()
    named: tuple[Named, ...] = ()
    named_in_title: tuple[Named, ...] = ()
