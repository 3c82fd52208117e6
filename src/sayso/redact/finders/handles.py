"""Handles: `@name` and `@name@host`, but not the at-signs of program text."""

import re
from collections.abc import Iterator

from sayso.redact.scan import Finder, Hit, Kind, Scan

# A letter before the sign makes it no handle, but for scripts that part words without spaces.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_HANDLE = re.compile(
    rf"(?<![^\W{_UNSPACED}])(?<![@&])@(\w(?:[\w.-]{{0,62}}\w)?)((?:@\w(?:[\w.-]{{0,62}}\w)?)*)(\(?)"
)
# Words that follow an at-sign in common languages of programs and style sheets.
_PROGRAM_WORDS = {
    "autowired", "bean", "charset", "component", "deprecated", "entity", "font-face",
    "fontface", "functionalinterface", "implements", "import", "interface", "keyframes",
    "layer", "media", "namespace", "nonnull", "notnull", "null", "nullable", "override", "page",
    "param", "postconstruct", "property", "required", "return", "returns", "safevarargs", "see",
    "since", "supports", "suppresswarnings", "synthesize", "test", "throws", "todo", "type",
    "typedef",
}  # fmt: skip


def find(scan: Scan) -> Iterator[Hit]:
    """Yield every handle with its at-sign."""
    if "@" not in scan.text:
        return
    for match in _HANDLE.finditer(scan.text):
        name, _host, call = match.groups()
        is_program = name.lower() in _PROGRAM_WORDS or bool(call)
        is_name = any(sign.isalpha() for sign in name) and not is_program
        if is_name and scan.is_free(*match.span()):
            yield Hit(*match.span(), "at-sign")


HANDLE = Finder(kind=Kind.HANDLE, version="1", find=find, about="Handles with an at-sign.")
