"""AI usage preferences (IETF AIPREF vocab-07, attach-05): `Content-Usage`, in every draft."""

from collections.abc import Mapping

from sayso.consent.choices import Answer
from sayso.consent.signals import dictionary
from sayso.consent.signals.usage import Said, Usage, Use, both, labelled, read_labels

HEADER = "Content-Usage"
CURRENT = "07"
ANY = ""
"""A draft that nobody named: every label that any draft had is heard."""

LABELS: Mapping[str, Mapping[str, Use]] = {
    "01": {
        "tdm": Use.MINING,
        "ai": Use.TRAINING,
        "genai": Use.GENAI_TRAINING,
        "search": Use.SEARCH,
        "inference": Use.INPUT,
    },
    "02": {
        "all": Use.MINING,
        "train-ai": Use.TRAINING,
        "train-genai": Use.GENAI_TRAINING,
        "ai-use": Use.INPUT,
        "search": Use.SEARCH,
    },
    "03": {
        "bots": Use.MINING,
        "train-ai": Use.TRAINING,
        "train-genai": Use.GENAI_TRAINING,
        "search": Use.SEARCH,
    },
    "04": {
        "bots": Use.MINING,
        "train-ai": Use.TRAINING,
        "ai-output": Use.OUTPUT,
        "search": Use.SEARCH,
    },
    "05": {"train-ai": Use.TRAINING, "search": Use.SEARCH},
    "06": {"train-ai": Use.GENAI_TRAINING, "search": Use.SEARCH},
    "07": {"train-ai": Use.GENAI_TRAINING, "search": Use.SEARCH},
}
"""Draft of draft-ietf-aipref-vocab -> its labels; from 06 on `train-ai` is generative alone."""

DRAFTS = (*sorted(LABELS, reverse=True), ANY)
_EVERY: Mapping[str, Use] = {
    label: use for labels in LABELS.values() for label, use in labels.items()
}
_ANSWER = {"y": Answer.YES, "n": Answer.NO}
_TOKEN = {answer: token for token, answer in _ANSWER.items()}

SAYS: Said = both(LABELS[CURRENT].values())


def standard(draft: str = CURRENT) -> str:
    """Return the name under which a value of that draft is stored."""
    return f"aipref-{draft}" if draft else "aipref"


def parse(text: str, draft: str = CURRENT) -> Usage:
    """Return what a `Content-Usage` value says in the words of `draft`.

    Anything but the tokens `y` and `n` is unknown, the last of doubled keys counts, parameters
    and unknown keys are ignored, and a text that does not parse says nothing at all (vocab-07,
    "Processing Algorithm").
    """
    try:
        members = dictionary.parse(text)
    except dictionary.Unparsable:
        return Usage()
    pairs = [(key, _ANSWER.get(token or "")) for key, token in members.items()]
    return read_labels(pairs, _labels(draft))


def emit(usage: Usage, draft: str = CURRENT) -> str:
    """Return a `Content-Usage` value that says as much of `usage` as `draft` has words for."""
    answers = labelled(usage, _labels(draft))
    return ", ".join(f"{label}={_TOKEN[answer]}" for label, answer in answers.items())


def answer(text: str, draft: str = CURRENT) -> Answer | None:
    """Return what the value answers to training generative AI."""
    return parse(text, draft).of(Use.GENAI_TRAINING)


def draft_of(text: str) -> str:
    """Return the newest draft that has all the value's labels, for one that came without.

    `ANY` where no one draft has them all; then each label is heard as its last draft meant it.
    """
    try:
        used = dictionary.parse(text).keys() & _EVERY.keys()
    except dictionary.Unparsable:
        return CURRENT
    return next((draft for draft in DRAFTS if used <= _labels(draft).keys()), ANY)


def _labels(draft: str) -> Mapping[str, Use]:
    return LABELS[draft] if draft else _EVERY
