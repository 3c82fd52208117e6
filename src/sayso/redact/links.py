"""Where the links are in a text, whether they point at a person or not."""

import re
from collections.abc import Iterator

from sayso.redact.scan import Span, is_free, merged

_WEB = frozenset({"http", "https"})
_SCHEME = re.compile(r"\b(?:s?ftps?|ssh|git|svn|ircs?|ldaps?|feed)\Z", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"\b[a-z][a-z0-9+.-]{1,15}\Z", re.IGNORECASE)
_REST = re.compile(r"[^\s<>\"`{}|\\^\[\]]+")
_SAYS_SOMETHING = re.compile("[^\\W_]|\u2026")  # dots stand where an address was cut short
_STARTS = ("www.", "WWW.")
_LONGEST_SCHEME = 16

# Without a scheme and without `www.` it is a link where a path follows a domain that is often
# written so; `and/or` and `VB.NET` are none.
_WRITTEN_BARE = (
    "com net org io me tv ee app dev gov edu info social blog page link site online space art co "
    "uk de fr es eu nl pl ru br ca au jp ch ly gl gd gg be fm im"
)
_DOMAINS = frozenset(_WRITTEN_BARE.split(" "))
_WITH_OWN_HOSTS = "tumblr blogspot wordpress livejournal deviantart substack github gitlab bandcamp"
_OWN = frozenset(_WITH_OWN_HOSTS.split(" "))
_BARE = re.compile(r"\.([A-Za-z]{2,11})(?:(/)[^\s/]|\.(?:com|io)(?!\w))")
_BARE_HOST = re.compile(r"(?<![\w@./:-])(?:[a-z0-9-]{1,63}\.){0,8}[a-z0-9-]{1,63}\Z", re.IGNORECASE)
_LONGEST_HOST = 255


def links(text: str) -> list[Span]:
    """Return every link's span, in order, without the punctuation of the sentence around it."""
    found = [*_with_scheme(text)] if "://" in text else []
    for sign in _STARTS:
        if sign in text:
            found = merged([*found, *_with_www(text, sign)])
    bare = [*_bare(text, found)]
    return merged([*found, *bare]) if bare else found


def _with_scheme(text: str) -> Iterator[Span]:
    at = text.find("://")
    while at != -1:
        start = _scheme(text, at)
        rest = _REST.match(text, at + 3) if start < at else None
        if rest and (rest.end() > at + 6 or _SAYS_SOMETHING.search(rest.group())):
            yield _trimmed(text, start, rest.end())
        at = text.find("://", rest.end() if rest else at + 3)


def _scheme(text: str, at: int) -> int:
    """Return where the scheme begins that ends at `at`; `at` itself where there is none."""
    for size in (5, 4):  # however it is glued: nobody means anything else by it
        if at >= size and text[at - size : at].lower() in _WEB:
            return at - size
    head = text[max(0, at - _LONGEST_SCHEME) : at]
    scheme = _SCHEME.search(head)
    if not scheme and "@" in text[at + 3 : at + 3 + _LONGEST_HOST].partition("/")[0]:
        scheme = _ANY_SCHEME.search(head)
    return at - len(scheme.group()) if scheme else at


def _with_www(text: str, sign: str) -> Iterator[Span]:
    at = text.find(sign)
    while at != -1:
        is_glued = at and (text[at - 1].isalnum() or text[at - 1] in "_-@.")
        rest = None if is_glued else _REST.match(text, at + 4)
        if rest and _SAYS_SOMETHING.search(rest.group()):
            yield _trimmed(text, at, rest.end())
        at = text.find(sign, rest.end() if rest else at + 4)


def _bare(text: str, found: list[Span]) -> Iterator[Span]:
    done = 0
    for match in _BARE.finditer(text):
        start = match.start()
        domain, path = match.groups()
        if start < done or domain.lower() not in (_DOMAINS if path else _OWN):
            continue
        if not is_free(found, start, start + 1):
            continue
        host = _BARE_HOST.search(text, max(0, start - _LONGEST_HOST), start)
        if host:
            rest = _REST.match(text, match.end() - 1)
            done = rest.end() if rest else match.end()
            yield _trimmed(text, host.start(), done)


def _trimmed(text: str, start: int, end: int) -> Span:
    if text[end - 1].isalnum():
        return start, end
    unmatched = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last == ")" and unmatched > 0:
            unmatched -= 1
        elif last not in ".,;:!?'*_~\u201d\u201c\u00bb":
            break
        end -= 1
    return start, end
