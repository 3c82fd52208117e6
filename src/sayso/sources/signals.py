"""What a record says was said of a document's use where it was fetched, kept word for word."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sayso.community import Signal
from sayso.evidence.canonical import JSON
from sayso.sources.fields import Fields, Unfit

_SEEN = ("fetched_at", "retrieved_at", "crawled_at")
_FIELDS: tuple[tuple[str, str], ...] = (
    ("content_usage", "aipref"),
    ("content_signal", "content-signal"),
    ("tdm_reservation", "tdmrep"),
    ("tdmrep", "tdmrep"),
    ("x_robots_tag", "noai"),
    ("robots", "noai"),
    ("robots_txt", "robots"),
    ("cawg", "cawg-1.1"),
    ("lexicon", "lexicon-ai"),
    ("user_intents", "user-intents"),
)
"""A field's name -> the standard it is read by. The draft of `content_usage` is not in the file,
so it is stored under the name that hears every draft's labels."""
NAMES = frozenset({"signals", *_SEEN, *(name for name, _ in _FIELDS)})
"""Every field that is read here; a hyphen may stand for an underscore."""

_MEND = (
    "Give signals as a list of objects with standard, value and, where it is known, seen_at; "
    "in CSV, as JSON in one cell."
)


def read(fields: Fields, created_at: datetime) -> tuple[Signal, ...]:
    """Return the record's signals, in the order of their fields; values are not judged here.

    They were seen when the record says it was fetched, else when the document was made.

    Raises:
        Unfit: a value is neither text nor an object, or the list of signals is none.
    """
    seen_at = fields.moment(*_SEEN) or created_at
    named = [
        Signal(standard=standard, value=value, seen_at=seen_at)
        for name, standard in _FIELDS
        if (value := _written(fields, name))
    ]
    listed = [
        Signal(
            standard=part.text("standard").strip(),
            value=_written(part, "value"),
            seen_at=part.moment("seen_at") or seen_at,
        )
        for part in _listed(fields)
    ]
    for each in listed:
        if not each.standard or not each.value:
            raise Unfit("a signal has no standard or no value", _MEND)
    return tuple(dict.fromkeys((*named, *listed)))


def _written(fields: Fields, name: str) -> str:
    """Return a value as text: header lines joined as HTTP joins them, objects as JSON."""
    value = fields.raw(name, name.replace("_", "-"))
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if all(isinstance(line, str) for line in value):
            return ", ".join(str(line) for line in value)  # RFC 9110 section 5.3
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool | float):
        raise Unfit(f"{name} is not text", f"Give {name} as it was fetched.")
    return str(value)


def _listed(fields: Fields) -> Iterator[Fields]:
    value: JSON = fields.raw("signals")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Unfit("signals is not a list of objects", _MEND) from error
    yield from Fields({"signals": value}).parts("signals")
