"""What an ActivityPub account says of its public posts being found: `indexable`, `discoverable`.

Neither speaks of training. Whoever does not want to be found by their words has not asked for a
model to be made of them: a no to the one is heard as a no to the other, and a yes is not.
"""

from sayso.consent.choices import Answer
from sayso.consent.signals import objects
from sayso.consent.signals.usage import Usage, Use
from sayso.errors import BadInput

INDEXABLE, DISCOVERABLE = "indexable", "discoverable"


def parse(text: str) -> Usage:
    """Return what the properties say of search; where `indexable` is silent, `discoverable` speaks.

    Before Mastodon 4.2 had the first, the second was all that an account could say.

    Raises:
        BadInput: it is not an object, or one of the two is neither true, false nor null.
    """
    if not text:
        return Usage()
    said = objects.mapping(objects.read(text, "The account"), "The account")
    for name in (INDEXABLE, DISCOVERABLE):
        value = said.get(name)
        if value is not None and not isinstance(value, bool):
            raise BadInput(
                f"The account's {name} is {value!r}.", hint="It is true, false or not there."
            )
        if value is not None:
            return Usage(said={Use.SEARCH: Answer.YES if value else Answer.NO})
    return Usage()


def answer(text: str) -> Answer | None:
    """Return what it answers to training generative AI: a no, or nothing.

    Raises:
        BadInput: as `parse`.
    """
    return Answer.NO if parse(text).objects_to(Use.SEARCH) else None
