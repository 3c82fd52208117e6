"""E-mail addresses, also in letters of any script, and the ones spelled `name (at) host`."""

import re
from collections.abc import Iterator

from sayso.redact.scan import Finder, Hit, Kind, Scan

# RFC 5321 4.5.3.1 bounds the parts. `/ = : |` are legal in a local part (RFC 5322 3.2.3), yet in
# running text they end a path or a query, so they are not read as part of an address.
_LOCAL = re.compile(r"[\w!#$%&*+.^~'-]{1,64}\Z")
_LOCAL_SIGNS = frozenset("_!#$%&*+.^~'-")
_CALLED = re.compile(r"(?:e-?mails?|mailto|correo)[.-](?=\w)", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(
    rf"(?:{_LABEL}\.){{1,8}}(?:xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,24}})(?![\w-])", re.IGNORECASE
)
_KNOWN = "com|net|org|edu|gov|info|io|es|fr|de|it|uk|br|mx|ar|ch|nl|pl|in|ca|au"
_PARTED_HOST = re.compile(rf" (?:{_LABEL}\.){{1,4}}(?:{_KNOWN})(?![\w-])", re.IGNORECASE)
_SPELLED = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}} ?[\[({{<] ?at ?[\])}}>] ?"
    rf"{_LABEL}(?:(?: ?[\[({{<] ?dot ?[\])}}>] ?| dot |\.){_LABEL}){{1,4}}",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}} at {_LABEL}(?: dot {_LABEL}){{0,3}} dot (?:{_KNOWN})(?![\w-])",
    re.IGNORECASE,
)
_IS_SPELLED = tuple((sign, re.compile(rf"\{sign} ?[aA][tT] ?[\])}}>]")) for sign in "([{<")
"""One for each sign: to look for one sign is many times faster than for one of four."""
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico"})


def find(scan: Scan) -> Iterator[Hit]:
    """Yield every address; a picture's `@2x.png` and `git@host:path` are none."""
    text = scan.text
    at = text.find("@", 1)
    while at != -1:
        before = text[at - 1]
        may_be_local = before.isalnum() or before in _LOCAL_SIGNS
        local = _LOCAL.search(text, max(0, at - 64), at) if may_be_local else None
        host = _HOST.match(text, at + 1) if local else None
        if local and not host and text.startswith(" ", at + 1) and "." in local.group():
            host = _PARTED_HOST.match(text, at + 1)
        if local and host and _is_address(text, local.group(), host):
            start = _start(text, local.group(), at)
            if start < at and scan.is_free(start, host.end()):
                yield Hit(start, host.end(), "at-sign")
        at = text.find("@", at + 1)
    if _may_be_spelled(text):
        for match in _SPELLED.finditer(text):
            if scan.is_free(*match.span()):
                yield Hit(*match.span(), "at-spelled")
    if " dot " in text:
        for match in _SAID.finditer(text):
            yield Hit(*match.span(), "at-said")


def _may_be_spelled(text: str) -> bool:
    return any(sign in text and spelled.search(text) for sign, spelled in _IS_SPELLED)


def _start(text: str, local: str, at: int) -> int:
    """Where the address with this local part begins; `at` where it is a handle with a host."""
    called = _CALLED.match(local)
    start = at - len((local[called.end() :] if called else local).lstrip(".'-"))
    if text[start - 1 : start] == "@" and not text[max(0, start - 2) : start - 1].isalnum():
        return at
    return start


def _is_address(text: str, local: str, host: re.Match[str]) -> bool:
    if host.group().rpartition(".")[2].lower() in _PICTURES:
        return False
    return not (local == "git" and text.startswith(":", host.end()))


EMAIL = Finder(kind=Kind.EMAIL, version="2", find=find, about="E-mail addresses.")
