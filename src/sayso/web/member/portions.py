"""What a member said for one sort of text, or for one text, and what holds for it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.community import CATEGORY_OF, Category, Document, DocumentId, Kind
from sayso.consent.choices import Answer, Scope
from sayso.consent.decide import decide
from sayso.consent.facts import facts_for
from sayso.consent.notices import Notice
from sayso.consent.policy import Policy
from sayso.consent.purposes import Purpose
from sayso.web.visits import Visit

CATEGORIES: Mapping[Category, str] = {
    Category.CONTENT: "what you post",
    Category.PROFILE: "your profile",
    Category.GROUPS: "what you write in groups",
    Category.JOBS: "your résumé",
    Category.FEEDBACK: "your feedback on suggestions",
    Category.WRITING_HISTORY: "what you typed to get suggestions",
    Category.USAGE: "how you use the network",
}
"""How each data category is said to a member."""


def of_a_text(policy: Policy) -> Sequence[Purpose]:
    """Return the purposes that one text can be kept out of, or let into, by itself.

    That is all of them but help with one's own writing, which is asked for each time.
    """
    return [each for each in policy.purposes if each != Purpose.WRITING_ASSISTANCE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """One switch: what it is for, the member's own word on just that, and what holds."""

    purpose: Purpose
    scope: Scope
    target: str
    title: str
    used: bool
    answer: Answer | None
    since: datetime | None


def by_category(visit: Visit, purpose: Purpose, notice: Notice | None) -> Sequence[Portion]:
    """Return a switch for each sort of text that the notice speaks of."""
    kinds = {category: kind for kind, category in reversed(CATEGORY_OF.items())}
    return [
        _portion(
            visit,
            _some(visit, kinds[category]),
            purpose=purpose,
            scope=Scope.CATEGORY,
            target=category,
            title=CATEGORIES[category],
        )
        for category in Category
        if notice is not None and category in notice.categories and category in kinds
    ]


def by_purpose(visit: Visit, document: Document) -> Sequence[Portion]:
    """Return a switch for each purpose that one text can be answered for."""
    policy = visit.stores.policies.current()
    return [
        _portion(
            visit,
            document,
            purpose=purpose,
            scope=Scope.DOCUMENT,
            target=document.id,
            title=policy.text_of(purpose).title,
        )
        for purpose in of_a_text(policy)
    ]


def _portion(  # noqa: PLR0913 - one switch has this many parts
    visit: Visit, document: Document, *, purpose: Purpose, scope: Scope, target: str, title: str
) -> Portion:
    world = visit.stores.world()
    own = world.say(visit.member.id).answered(purpose, scope, target)
    return Portion(
        purpose=purpose,
        scope=scope,
        target=target,
        title=title,
        used=decide(facts_for(document, purpose, visit.now, world)).permit,
        answer=None if own is None else own.answer,
        since=None if own is None else own.since,
    )


def _some(visit: Visit, kind: Kind) -> Document:
    """A public text of that kind which the member might write today."""
    return Document(
        id=DocumentId(""), member_id=visit.member.id, kind=kind, text="", created_at=visit.now
    )
