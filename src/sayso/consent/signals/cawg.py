"""CAWG training and data mining assertion 1.1: what a file's own credentials say of its use."""

from collections.abc import Mapping

from sayso.consent.choices import Answer
from sayso.consent.signals import objects
from sayso.consent.signals.usage import Said, Usage, Use, both, joined
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON

LABEL = "cawg.training-mining"
OLD_LABEL = "c2pa.training-mining"
ENTRIES: Mapping[str, Use] = {
    "data_mining": Use.MINING,
    "ai_inference": Use.INPUT,
    "ai_training": Use.OTHER_TRAINING,
    "ai_generative_training": Use.GENAI_TRAINING,
}
SAYS: Said = both(ENTRIES.values())

_SPACES = ("cawg.", "c2pa.")
_CONSTRAINED = "constrained"
_ANSWER = {
    "allowed": Answer.YES,
    "notAllowed": Answer.NO,
    _CONSTRAINED: Answer.NO,  # "shall be treated as equivalent to notAllowed" without more
}
_USE = {Answer.YES: "allowed", Answer.NO: "notAllowed"}
_INFO = "constraint_info"  # as in the CDDL; the prose says constraints_info
_BOTH_SPELLINGS = (_INFO, "constraints_info")
_TRAINS = (Use.MINING, Use.OTHER_TRAINING, Use.GENAI_TRAINING)


def parse(text: str) -> Usage:
    """Return what an assertion says, with or without its label around it.

    Raises:
        BadInput: it has no entries, or an entry has none of the three words for its use.
    """
    return joined(Usage(said={ENTRIES[name]: _answer(entry, name)}) for name, entry in _known(text))


def constraints(text: str) -> dict[Use, str]:
    """Return what is told of each constrained use, in either spelling.

    Raises:
        BadInput: as `parse`.
    """
    return {
        ENTRIES[name]: objects.text(entry[spelling], f"{name}'s {spelling}")
        for name, entry in _known(text)
        for spelling in _BOTH_SPELLINGS
        if spelling in entry and entry.get("use") == _CONSTRAINED
    }


def emit(usage: Usage, told: Mapping[Use, str] | None = None) -> str:
    """Return an assertion; a no with a constraint `told` is written as constrained."""
    entries: dict[str, JSON] = {}
    for name, use in ENTRIES.items():
        if use not in usage.said:
            continue
        info = (told or {}).get(use)
        if info is not None and usage.said[use] is Answer.NO:
            entries[f"cawg.{name}"] = {"use": _CONSTRAINED, _INFO: info}
        else:
            entries[f"cawg.{name}"] = {"use": _USE[usage.said[use]]}
    return objects.written({"entries": entries})


def answer(text: str) -> Answer | None:
    """Return what the assertion answers to training: a no to any training or mining is a no.

    Its entries stand beside each other, none within another: only generative training's own
    entry can be a yes.

    Raises:
        BadInput: as `parse`.
    """
    usage = parse(text)
    return Answer.NO if usage.objects_to(*_TRAINS) else usage.said.get(Use.GENAI_TRAINING)


def _known(text: str) -> list[tuple[str, Mapping[str, JSON]]]:
    body = objects.mapping(objects.read(text, "The CAWG assertion"), "The CAWG assertion")
    for label in (LABEL, OLD_LABEL):
        if label in body:
            body = objects.mapping(body[label], label)
    entries = objects.mapping(body.get("entries"), "The CAWG assertion's entries")
    found = []
    for key, value in entries.items():
        space = next((each for each in _SPACES if key.startswith(each)), "")
        name = key.removeprefix(space)
        if space and name in ENTRIES:
            found.append((name, objects.mapping(value, key)))
    return found


def _answer(entry: Mapping[str, JSON], name: str) -> Answer:
    use = entry.get("use")
    if not isinstance(use, str) or use not in _ANSWER:
        raise BadInput(
            f"The CAWG assertion's {name} has the use {use!r}.",
            hint="It is one of: " + ", ".join(_ANSWER) + ".",
        )
    return _ANSWER[use]
