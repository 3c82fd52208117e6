"""What people outside the network are told about a text: its authors' own yes, or no."""

from collections.abc import Mapping
from datetime import datetime

from sayso.community import Document
from sayso.consent.choices import Answer, Scope
from sayso.consent.decide import decide
from sayso.consent.facts import World, facts_for
from sayso.consent.purposes import Purpose
from sayso.consent.say import Answered, Say
from sayso.consent.signals.usage import Usage, Use

BOTH = (Purpose.AI_RESEARCH, Purpose.GENAI_TRAINING)
"""What must be answered yes before others may train on a text: that it is disclosed to people
outside, and that generative AI is trained on it. No purpose of ours asks both at once."""

_ASKED = (
    Use.MINING,
    Use.TRAINING,
    Use.GENAI_TRAINING,
    Use.OTHER_TRAINING,
    Use.OUTPUT,
    Use.DATASET,
)
_NEVER_ASKED = (Use.INPUT, Use.EMBEDDING)


def _table(answer: Answer) -> Mapping[Use, Answer]:
    return dict.fromkeys(_ASKED, answer) | dict.fromkeys(_NEVER_ASKED, Answer.NO)


CLOSED = Usage(said=_table(Answer.NO))
"""What holds of every page, and of every text without such a yes. Search is left unsaid: nobody
was asked about it."""

OPEN = Usage(said=_table(Answer.YES))
"""What holds of a text whose authors all said yes to both. Feeding it to a model that answers
is not training, and was not asked: that stays a no."""

ALWAYS = Usage(said={use: a for use, a in CLOSED.said.items() if OPEN.said[use] is a})
"""What holds of every text alike, so that it can be said of all of them at once."""


def outside(document: Document, at: datetime, world: World) -> Usage:
    """Return what others are told of `document`: `OPEN` or `CLOSED`, and in doubt closed.

    Open needs a permit for each purpose in `BOTH` that rests on acts of everyone who has a part
    in it, never on a default, and no words that must be cut out: readers see those too.
    """
    for purpose in BOTH:
        decision = decide(facts_for(document, purpose, at, world))
        if not decision.permit or decision.is_default or decision.cut:
            return CLOSED
    return OPEN


def declared(say: Say) -> tuple[Usage, datetime | None]:
    """Return what a member themself has said for others to hear, and since when.

    A no to either purpose is a no to training; a yes needs both, each after being shown that the
    browser says otherwise, where it does. What was never answered is unsaid: nobody sets an
    intent on a member's behalf.
    """
    answers = [
        answered
        for purpose in BOTH
        if (answered := say.answered(purpose, Scope.PURPOSE)) is not None
    ]
    noes = [each.since for each in answers if each.answer is Answer.NO]
    if noes:
        return Usage(said={Use.TRAINING: Answer.NO, Use.GENAI_TRAINING: Answer.NO}), max(noes)
    if len(answers) == len(BOTH) and all(_outranks_gpc(each, say) for each in answers):
        since = max(each.since for each in answers)
        return Usage(said={Use.TRAINING: Answer.YES, Use.GENAI_TRAINING: Answer.YES}), since
    return Usage(), None


def _outranks_gpc(answered: Answered, say: Say) -> bool:
    seen = say.gpc
    return seen is None or any(
        grant.after_conflict and grant.seq > seen.seq for grant in answered.grants
    )
