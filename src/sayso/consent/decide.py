"""The one function that answers "may we?"."""

from sayso.community import Quote
from sayso.consent.decision import Decision, Verdict
from sayso.consent.facts import Case, Facts
from sayso.consent.rules import RULES

_RANK_OF = {rule.name: number for number, rule in enumerate(RULES)}

_NO_AUTHOR = Verdict(
    rule="unknown_member",
    permit=False,
    reason="Nobody is named as the author of this.",
    mend="Import the document with its author.",
)


def decide(facts: Facts, *, tells_beaten: bool = True) -> Decision:
    """Return the decision for every set of facts; it never raises, and doubt is a no.

    For each author the first rule that speaks wins. All authors must be permitted: one no is the
    document's no. Quoted words stay only where whoever wrote them is permitted too, and names
    only of people who do not object to being named. Which rules it beat is left out where nobody
    wants it told: then those need not be asked.
    """
    spoken = _spoken if tells_beaten else _first_alone
    verdicts = [spoken(case) for case in facts.authors] or [(_NO_AUTHOR, ())]
    refused = [
        (_RANK_OF[verdict.rule], place)
        for place, (verdict, _) in enumerate(verdicts)
        if not verdict.permit
    ]
    if refused:
        place = min(refused)[1]
        verdict, beat = verdicts[place]
        return _refusal(facts, place, verdict, beat)
    cut, kept = _quotes(facts)
    first, beat = verdicts[0]
    others = [verdict for verdict, _ in verdicts[1:]]
    objections = dict.fromkeys(each.objection for each in (*facts.named, *facts.named_in_title))
    return Decision(
        permit=True,
        rule=first.rule,
        reason=first.reason,
        evidence=(
            *(fact for verdict in (first, *others, *kept) for fact in verdict.evidence),
            *(f"objection {each}" for each in objections),
        ),
        is_default=any(verdict.is_default for verdict in (first, *others, *kept)),
        beat=beat,
        cut=cut,
        named=facts.named,
        named_in_title=facts.named_in_title,
    )


def permitted(case: Case) -> bool:
    """Whether this one person allows the use of their words."""
    return _first(case).permit


def _refusal(facts: Facts, place: int, verdict: Verdict, beat: tuple[Verdict, ...]) -> Decision:
    # What a co-author answered is theirs to tell, not the reader's to know.
    is_theirs = place > 0
    return Decision(
        permit=False,
        rule=verdict.rule,
        reason="Another author of this does not allow it." if is_theirs else verdict.reason,
        evidence=(
            (f"author {facts.authors[place].member_id}", *verdict.evidence)
            if is_theirs
            else verdict.evidence
        ),
        is_default=verdict.is_default,
        mend="Every author must allow it." if is_theirs else verdict.mend,
        beat=() if is_theirs else beat,
    )


def _quotes(facts: Facts) -> tuple[tuple[Quote, ...], list[Verdict]]:
    cut: list[Quote] = []
    kept: list[Verdict] = []
    for quote, case in facts.quoted:
        verdict = _first(case)
        if verdict.permit:
            kept.append(verdict)
        else:
            cut.append(quote)
    return tuple(cut), kept


def _spoken(case: Case) -> tuple[Verdict, tuple[Verdict, ...]]:
    spoken = [verdict for rule in RULES if (verdict := rule.speak(case)) is not None]
    return spoken[0], tuple(spoken[1:])


def _first_alone(case: Case) -> tuple[Verdict, tuple[Verdict, ...]]:
    return _first(case), ()


def _first(case: Case) -> Verdict:
    for rule in RULES:
        verdict = rule.speak(case)
        if verdict is not None:
            return verdict
    return _NO_AUTHOR
