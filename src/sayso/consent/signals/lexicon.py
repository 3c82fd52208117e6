"""AT Protocol records: community.lexicon.preference.ai and org.user-intents.declaration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sayso.consent.choices import Answer
from sayso.consent.signals import objects
from sayso.consent.signals.usage import Said, Usage, Use, both
from sayso.errors import BadInput
from sayso.evidence.canonical import JSON

TYPE = "community.lexicon.preference.ai"
INTENTS_TYPE = "org.user-intents.declaration"
PREFERENCES: Mapping[str, Use] = {
    "training": Use.TRAINING,
    "inference": Use.INPUT,
    "syntheticContent": Use.OUTPUT,
    "embedding": Use.EMBEDDING,
}
INTENTS: Mapping[str, Use] = {
    "syntheticContentGeneration": Use.GENAI_TRAINING,
    "bulkDataset": Use.DATASET,
    "publicAccessArchive": Use.ARCHIVE,
}
"""`protocolBridging` is about carrying posts to other networks, not about learning from them."""
SAYS: Said = both(PREFERENCES.values())
INTENTS_SAYS: Said = both(INTENTS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One preference record: what it says, and of what. Without entity and collection, of all."""

    usage: Usage
    entity: str = ""
    collection: str = ""


def parse_record(text: str) -> Record:
    """Return a preference record; a preference that is not there is undeclared.

    Raises:
        BadInput: it is another record, its scope is unknown, or a preference is not an object
            with a true or false `allow`. A null is not absence: its lexicon forbids it.
    """
    body = _body(text, TYPE)
    scope = objects.mapping(body.get("scope"), f"{TYPE}: scope")
    kind = scope.get("$type")
    if kind not in {f"{TYPE}#{name}Scope" for name in ("global", "entity", "collection")}:
        raise BadInput(f"{TYPE}: {kind!r} is no scope.", hint="Give the record as it was fetched.")
    part = str(kind).removeprefix(f"{TYPE}#").removesuffix("Scope")
    about = "" if part == "global" else objects.text(scope.get(part), f"{TYPE}: {part}")
    preferences = objects.mapping(body.get("preferences"), f"{TYPE}: preferences")
    return Record(
        usage=_tri_state(preferences, PREFERENCES, TYPE),
        entity=about if part == "entity" else "",
        collection=about if part == "collection" else "",
    )


def parse(text: str) -> Usage:
    """Return what a record says, whatever its scope.

    Raises:
        BadInput: as `parse_record`.
    """
    return parse_record(text).usage


def parse_intents(text: str) -> Usage:
    """Return what a declaration of user intents says; a missing `allow` is undeclared.

    Raises:
        BadInput: it is another record, or an intent is not an object as its lexicon has it.
    """
    return _tri_state(_body(text, INTENTS_TYPE), INTENTS, INTENTS_TYPE)


def emit(usage: Usage, at: datetime, collection: str = "") -> str:
    """Return a preference record that says as much of `usage` as it has words for."""
    scope: dict[str, JSON] = {"$type": f"{TYPE}#globalScope"}
    if collection:
        scope = {"$type": f"{TYPE}#collectionScope", "collection": collection}
    preferences = _allowances(usage, PREFERENCES, at)
    return objects.written(
        {"$type": TYPE, "updatedAt": _moment(at), "scope": scope, "preferences": preferences}
    )


def emit_intents(usage: Usage, at: datetime) -> str:
    """Return a declaration of user intents that says as much of `usage` as it has words for."""
    intents = _allowances(usage, INTENTS, at)
    return objects.written({"$type": INTENTS_TYPE, "updatedAt": _moment(at)} | intents)


def resolve(records: Iterable[Record], *, entity: str = "", collection: str = "") -> Usage:
    """Return what several records of one person come to: entity, then collection, then all.

    Where the narrower record is silent on a preference, the wider one speaks.
    """
    known = tuple(records)
    levels = (
        [each for each in known if not each.entity and not each.collection],
        [each for each in known if each.collection and each.collection == collection],
        [each for each in known if each.entity and each.entity == entity],
    )
    said: dict[Use, Answer] = {}
    for level in levels:
        for record in level:
            said |= record.usage.said
    return Usage(said=said)


def answer(text: str) -> Answer | None:
    """Return what a preference record answers to training; no synthetic content is a no too.

    Raises:
        BadInput: as `parse`.
    """
    usage = parse(text)
    return Answer.NO if usage.objects_to(Use.OUTPUT) else usage.of(Use.GENAI_TRAINING)


def answer_intents(text: str) -> Answer | None:
    """Return what a declaration answers to training; no bulk dataset is a no too.

    Raises:
        BadInput: as `parse_intents`.
    """
    usage = parse_intents(text)
    return Answer.NO if usage.objects_to(Use.DATASET) else usage.of(Use.GENAI_TRAINING)


def _body(text: str, type_: str) -> Mapping[str, JSON]:
    body = objects.mapping(objects.read(text, f"A {type_} record"), f"A {type_} record")
    if body.get("$type") != type_:
        raise BadInput(
            f"This record is a {body.get('$type')!r}, not a {type_}.",
            hint="Give the record as it was fetched, with its $type.",
        )
    return body


def _tri_state(body: Mapping[str, JSON], names: Mapping[str, Use], type_: str) -> Usage:
    said: dict[Use, Answer] = {}
    for name, use in names.items():
        if name not in body:
            continue
        stated = objects.mapping(body[name], f"{type_}: {name}")
        if "allow" not in stated and type_ == INTENTS_TYPE:
            continue
        allow = stated.get("allow")
        if not isinstance(allow, bool):
            raise BadInput(
                f"{type_}: {name} allows {allow!r}.", hint="It is true, false, or not there."
            )
        said[use] = Answer.YES if allow else Answer.NO
    return Usage(said=said)


def _allowances(usage: Usage, names: Mapping[str, Use], at: datetime) -> dict[str, JSON]:
    return {
        name: {"allow": usage.said[use] is Answer.YES, "updatedAt": _moment(at)}
        for name, use in names.items()
        if use in usage.said
    }


def _moment(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
