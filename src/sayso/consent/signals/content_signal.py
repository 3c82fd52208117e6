"""Content Signals (draft-romm-aipref-contentsignals-00): `Content-Signal`, yes or no per use."""

from collections.abc import Mapping

from sayso.consent.choices import Answer
from sayso.consent.signals.usage import Said, Usage, Use, both, labelled, read_labels
from sayso.errors import BadInput

HEADER = "Content-Signal"
LABELS: Mapping[str, Use] = {
    "ai-train": Use.TRAINING,
    "search": Use.SEARCH,
    "ai-input": Use.INPUT,
}
_ANSWER = {"yes": Answer.YES, "no": Answer.NO, "y": Answer.YES, "n": Answer.NO}

SAYS: Said = both(LABELS.values())


def parse(text: str) -> Usage:
    """Return what a `Content-Signal` value says; of doubled labels, a no counts.

    A label that is not there neither grants nor restricts, and unknown labels are ignored.

    Raises:
        BadInput: a known label has neither yes nor no. The draft has no rule for that, so it is
            not taken for silence.
    """
    parts = [part.partition("=") for part in text.split(",") if part.strip()]
    pairs = [(label.strip().lower(), value.strip().lower()) for label, _, value in parts]
    for label, value in pairs:
        if label in LABELS and value not in _ANSWER:
            raise BadInput(
                f"Content-Signal: {label} is {value!r}.", hint="It can be yes or no, or not there."
            )
    return read_labels([(label, _ANSWER.get(value)) for label, value in pairs], LABELS)


def emit(usage: Usage) -> str:
    """Return a `Content-Signal` value that says as much of `usage` as it has words for."""
    return ", ".join(f"{label}={answer}" for label, answer in labelled(usage, LABELS).items())


def answer(text: str) -> Answer | None:
    """Return what the value answers to training generative AI.

    Raises:
        BadInput: as `parse`.
    """
    return parse(text).of(Use.GENAI_TRAINING)
