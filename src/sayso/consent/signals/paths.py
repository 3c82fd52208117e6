"""Path patterns of robots.txt (RFC 9309 section 2.2.2), which tdmrep.json uses too."""

import re
import string

_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")


def normal(path: str) -> str:
    """Return a path or pattern in one spelling: percent-encoded alike (RFC 9309, 2.2.2)."""
    ascii_only = "".join(
        c if c.isascii() else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "surrogatepass"))
        for c in path
    )
    return _ESCAPE.sub(_unescaped, ascii_only)


def matches(pattern: str, path: str) -> bool:
    """Whether `pattern` covers `path`: a prefix, `*` for anything, `$` for the end."""
    wanted, found = normal(pattern), normal(path)
    to_the_end = wanted.endswith("$")
    first, *rest = wanted.removesuffix("$").split("*")
    if not found.startswith(first):
        return False
    at = len(first)
    for number, piece in enumerate(rest, 1):
        if to_the_end and number == len(rest):
            return len(found) - len(piece) >= at and found.endswith(piece)
        at = found.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return at == len(found) if to_the_end else True


def _unescaped(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()
