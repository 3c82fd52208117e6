"""The older `noai` directive of X-Robots-Tag and meta robots: it can say no and nothing else."""

from sayso.consent.choices import Answer
from sayso.consent.signals.usage import Said, Usage, Use

HEADER = "X-Robots-Tag"
META = "robots"
SAYS: Said = frozenset({(Use.TRAINING, Answer.NO)})

_NO_TEXT, _NO_IMAGES = "noai", "noimageai"
_WITH_VALUES = frozenset(
    {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}
)


def parse(text: str, agent: str = "") -> Usage:
    """Return what the directives say of a text: `noai` is a no; there is no yes.

    `noimageai` speaks of pictures, so it says nothing here. With `agent` only directives for
    everyone and for that crawler are heard; without, whoever they are for, since we are not told
    who fetched the page.
    """
    scope = ""
    for part in text.lower().split(","):
        name, colon, rest = part.strip().partition(":")
        if colon and name.strip() not in _WITH_VALUES:
            scope, part = name.strip(), rest  # noqa: PLW2901 - the scope is taken off
        is_for_us = not agent or scope in {"", "*", agent.lower()}
        if is_for_us and part.strip() == _NO_TEXT:
            return Usage(said={Use.TRAINING: Answer.NO})
    return Usage()


def emit(usage: Usage) -> str:
    """Return the directives that say `usage`'s no to training; empty where there is none."""
    return f"{_NO_TEXT}, {_NO_IMAGES}" if usage.objects_to(Use.TRAINING) else ""


def answer(text: str) -> Answer | None:
    """Return what the directives answer to training generative AI: no, or nothing."""
    return parse(text).of(Use.GENAI_TRAINING)
