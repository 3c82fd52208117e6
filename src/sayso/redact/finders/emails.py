"""E-mail addresses, also in letters of any script, and the ones spelled `name (at) host`."""

import re
from collections.abc import Iterator

from sayso.redact.scan import Finder, Hit, Kind, Scan

# RFC 5321 4.5.3.1 bounds the parts. `/ = : |` are legal in a local part (RFC 5322 3.2.3), yet in
# running text they end a path or a query, so they are not read as part of an address.
_LOCAL = re.compile(r"[\w!#$%&*+.^~'-]{1,64}\Z")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_HOST = re.compile(
    rf"(?:{_LABEL}\.){{1,8}}(?:xn--[a-z0-9-]{{2,59}}|[^\W\d_]{{2,24}})(?![\w-])", re.IGNORECASE
)
_SPELLED = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}} ?[\[({{<] ?at ?[\])}}>] ?"
    rf"{_LABEL}(?:(?: ?[\[({{<] ?dot ?[\])}}>] ?|\.){_LABEL}){{1,4}}",
    re.IGNORECASE,
)
_SPELLED_SIGN = re.compile(r"at ?[\])}>]", re.IGNORECASE)
_AFTER_SIGN = re.compile(r"(?<!\w)@\Z")  # what follows is the name in `@name@host`, a handle
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico"})


def find(scan: Scan) -> Iterator[Hit]:
    """Yield every address; a picture's `@2x.png` and `git@host:path` are none."""
    text = scan.text
    at = text.find("@")
    while at != -1:
        local = _LOCAL.search(text, max(0, at - 64), at)
        host = _HOST.match(text, at + 1)
        if local and host and _is_address(text, local.group(), host):
            start = at - len(local.group().lstrip(".'-"))
            if start < at and not _AFTER_SIGN.search(text, max(0, start - 2), start):
                yield Hit(start, host.end(), "at-sign")
        at = text.find("@", at + 1)
    if _SPELLED_SIGN.search(text):
        for match in _SPELLED.finditer(text):
            yield Hit(*match.span(), "at-spelled")


def _is_address(text: str, local: str, host: re.Match[str]) -> bool:
    if host.group().rpartition(".")[2].lower() in _PICTURES:
        return False
    return not (local == "git" and text.startswith(":", host.end()))


EMAIL = Finder(kind=Kind.EMAIL, version="1", find=find, about="E-mail addresses.")
