"""When two histories are alike: no rule of decision can tell one from the other."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sayso.community import DocumentId
from sayso.consent.choices import Answer, Scope
from sayso.consent.notices import Notice, utc
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.consent.regions import region_named
from sayso.consent.say import Answered, Grant, Say, Seen

SAY_FACTS = (
    *("unreadable", "standing", "moves", "ages", "settings", "deliveries", "gpc", "answers"),
    "apart",
)
"""The fields of `Say` by which a verdict may turn, in the order in which a kind tells them."""

SEEN: Mapping[str, frozenset[str]] = {
    "Case": frozenset(
        {"document", "purpose", "at", "policy", "notices", "member_id", "member", "say"}
    ),
    "Facts": frozenset({"document", "authors", "quoted"}),
    "Member": frozenset({"id", "region", "age_band", "standing"}),
    "Document": frozenset(
        {
            *("id", "member_id", "kind", "created_at", "visibility", "state", "licence"),
            *("co_authors", "quotes", "signals"),
        }
    ),
    "Say": frozenset(SAY_FACTS),
    "Policy": frozenset(
        {
            *("rows", "settings", "gpc_is_no", "renew_on_material_notice"),
            *("age_gate_attested", "predecessors", "min_notice_days", "purposes"),
        }
    ),
    "Notice": frozenset(
        {
            *("id", "purposes", "categories", "regions", "material", "notice_days", "replaces"),
            *("published_at", "effective_at", "visibilities"),
        }
    ),
}
"""The fields by which a verdict may turn, each of which the columns carry."""

UNSEEN: Mapping[str, frozenset[str]] = {
    "Case": frozenset(),
    "Facts": frozenset({"named", "named_in_title"}),  # cut out of the text, no refusal
    "Member": frozenset(
        {"name", "handle", "pseudonym", "languages", "joined_at", "profile", "former_names"}
    ),
    "Document": frozenset(
        {"text", "updated_at", "title", "language", "source", "parents", "mentions", "code"}
    ),
    "Say": frozenset(
        {
            "bounced",  # changes the words of a refusal, never the refusal
            "credit",  # how someone is credited is apart from whether they are used
        }
    ),
    "Policy": frozenset({"name", "title", "digest", "text", "age_gate_citation"}),
    "Notice": frozenset({"title", "text", "digest", "language", "texts"}),
}
"""The fields by which no verdict turns. A new field must be put here or above: a test says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What all pairs of one bulk decision share. It may be asked under several policies."""

    purpose: Purpose
    at: datetime
    notices: Sequence[Notice]
    policies: Sequence[Policy]


class Likeness:
    """Sorts histories into kinds. Two of one kind get the same rule under each policy asked.

    What differs inside a kind are ids and moments: of a moment only the comparisons that rules
    make are kept, of the ledger's sequence only the order. Answers for single documents are not
    looked at: a document that any of them names is decided on its own.
    """

    def __init__(self, question: Question) -> None:
        self._at = utc(question.at)
        self._purposes = purposes_seen(question)
        self._published = {
            notice.id: utc(notice.published_at) if notice.published_at else None
            for notice in question.notices
        }
        self._periods = sorted(
            {timedelta(days=days) for days in _days_compared(question)} | {timedelta()}
        )

    def __call__(self, say: Say) -> tuple[Hashable, ...]:
        """Return the kind of this history: what is kept of each of `SAY_FACTS`."""
        place = _Places([say, *say.apart], self._purposes)
        voices = [self._voice(each, place) for each in (say, *say.apart)]
        return (
            bool(say.unreadable),
            say.standing,
            tuple(
                (region_named(move.before), region_named(move.after), place(move.seen.seq))
                for move in say.moves
            ),
            tuple((aged.before, aged.after, place(aged.seen.seq)) for aged in say.ages),
            _older_noes(say),
            frozenset(
                (notice_id, self._waited(proof))
                for notice_id, proof in say.deliveries.items()
                if notice_id in self._published
            ),
            *voices[0],
            tuple(
                (*voice, _older_noes(each))
                for voice, each in zip(voices[1:], say.apart, strict=True)
            ),
        )

    def _voice(self, say: Say, place: "_Places") -> tuple[Hashable, Hashable]:
        """Return the signal and the answers that came from one account."""
        return (
            None if say.gpc is None else place(say.gpc.seq),
            frozenset(
                (asked, self._answered(answered, place))
                for asked, answered in say.answers.items()
                if asked[0] in self._purposes and asked[1] is not Scope.DOCUMENT
            ),
        )

    def _answered(self, answered: Answered, place: "_Places") -> Hashable:
        refusal = None if answered.refusal is None else place(answered.refusal.seq)
        # A yes that says the same as the one just before it, at the same place, adds nothing.
        grants = tuple(
            dict.fromkeys(self._grant(grant, place(grant.seq)) for grant in answered.grants)
        )
        return refusal, grants

    def _grant(self, grant: Grant, place: int) -> Hashable:
        published = self._published.get(grant.notice_id)
        return (
            place,
            self._at < grant.counts_from,
            grant.notice_id if grant.notice_id in self._published else bool(grant.notice_id),
            published is not None and published > grant.recorded_at,
            grant.after_conflict,
        )

    def _waited(self, proof: Seen) -> int:
        return bisect_right(self._periods, self._at - proof.recorded_at)


def purposes_seen(question: Question) -> frozenset[Purpose]:
    """Return the purposes whose answers may bear on the question."""
    earlier = (policy.predecessors_of(question.purpose) for policy in question.policies)
    return frozenset({question.purpose}).union(*earlier)


def singled_out(say: Say) -> Iterable[DocumentId]:
    """Return the documents that the member answered for one by one."""
    return (
        DocumentId(target)
        for each in (say, *say.apart)
        for _, scope, target in each.answers
        if scope is Scope.DOCUMENT
    )


def _older_noes(say: Say) -> frozenset[str]:
    return frozenset(name for name, old in say.settings.items() if old.answer is Answer.NO)


def _days_compared(question: Question) -> Iterable[int]:
    return {
        *(notice.notice_days for notice in question.notices),
        *(policy.min_notice_days for policy in question.policies),
    }


class _Places:
    """Turns the ledger's numbers into an order without gaps.

    A yes is compared with what is no yes (a refusal, a signal, a move, a birthday), never with
    another yes: those that lie between the same two get the same place.
    """

    def __init__(self, says: Sequence[Say], purposes: Collection[Purpose]) -> None:
        marks = {0}
        for say in says:
            if say.gpc is not None:
                marks.add(say.gpc.seq)
            marks.update(move.seen.seq for move in say.moves)
            marks.update(aged.seen.seq for aged in say.ages)
            marks.update(
                answered.refusal.seq
                for (purpose, _, _), answered in say.answers.items()
                if purpose in purposes and answered.refusal is not None
            )
        self._marks = sorted(marks)

    def __call__(self, seq: int) -> int:
        """Return the place of one number."""
        return bisect_left(self._marks, seq) + bisect_right(self._marks, seq)
