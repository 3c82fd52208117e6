"""Where the links are in a text, whether they point at a person or not."""

import re

from sayso.redact.scan import Span

_STARTED = re.compile(r"(?:\b(?:https?|ftps?)://|\bwww\.)[^\s<>\"`{}|\\^\[\]]+", re.IGNORECASE)
_BARE_END = re.compile(r"\.(?:com|net|org|io|me|tv|ee|social|app|dev|gov|edu)/\S")
_BARE = re.compile(
    r"(?<![\w@./:-])(?:[a-z0-9-]{1,63}\.){1,4}"
    r"(?:com|net|org|io|me|tv|ee|social|app|dev|gov|edu)/[^\s<>\"`{}|\\^\[\]]+",
    re.IGNORECASE,
)


def links(text: str) -> tuple[Span, ...]:
    """Return every link's span, in order, without the punctuation of the sentence around it."""
    found: list[Span] = []
    if "://" in text or "www." in text or "WWW." in text:
        found += [_trimmed(text, *match.span()) for match in _STARTED.finditer(text)]
    if _BARE_END.search(text):
        bare = (_trimmed(text, *match.span()) for match in _BARE.finditer(text))
        started = {start for start, _ in found}
        found += [span for span in bare if span[0] not in started]
    return tuple(sorted(span for span in found if span[0] < span[1]))


def _trimmed(text: str, start: int, end: int) -> Span:
    unmatched = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")" and unmatched > 0:
            unmatched -= 1
        elif last not in ".,;:!?'*_~":
            break
        end -= 1
    return start, end
