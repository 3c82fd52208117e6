"""Handles: `@name` and `@name@host`, but not the at-signs of program text."""

import re
from collections.abc import Iterator

from sayso.redact.scan import Finder, Hit, Kind, Scan

# A letter before the sign makes it no handle, but for scripts that part words without spaces.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NAME = re.compile(r"\w(?:[\w.-]{0,62}\w)?")
_HOSTS = re.compile(r"(?:@\w(?:[\w.-]{0,62}\w)?)*")
# Words that follow an at-sign in the core of widespread languages of programs and style sheets.
# Other annotations look like handles in running prose and go with them; in code none is sought.
_PROGRAM_WORDS = frozenset({
    "charset", "deprecated", "font-face", "implements", "import", "interface", "keyframes",
    "layer", "media", "namespace", "override", "page", "param", "return", "returns",
    "safevarargs", "supports", "suppresswarnings", "throws",
})  # fmt: skip


def find(scan: Scan) -> Iterator[Hit]:
    """Yield every handle with its at-sign."""
    text = scan.text
    at = text.find("@")
    while at != -1:
        name = _NAME.match(text, at + 1) if _stands_alone(text, at) else None
        hosts = _HOSTS.match(text, name.end()) if name else None
        if name and hosts and _is_name(text, name, hosts.end()):
            if scan.is_free(at, hosts.end()):
                yield Hit(at, hosts.end(), "at-sign")
            at = hosts.end() - 1
        at = text.find("@", at + 1)


def _stands_alone(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    if before in "@&_":
        return False
    return not before.isalnum() or bool(_UNSPACED.match(before))


def _is_name(text: str, name: re.Match[str], end: int) -> bool:
    word = name.group()
    if text.startswith("(", end) or word.lower() in _PROGRAM_WORDS:
        return False
    has_letter = word[0].isalpha() or any(map(str.isalpha, word))
    return has_letter or text[max(0, name.start() - 4) : name.start()] == "RT @"


HANDLE = Finder(
    kind=Kind.HANDLE, version="2", find=find, about="Handles with an at-sign.", needs=("@",)
)
