"""Telephone numbers: runs of digits that libphonenumber knows, or that the text calls a phone.

libphonenumber's own matcher over a whole text is some hundred times slower than all other
finders together, so a regular expression proposes and the library only judges.
"""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from sayso.redact.letters import Places
from sayso.redact.phones.called_phones import (
    REACH,
    Before,
    follows_another_number,
    is_labelled_after,
)
from sayso.redact.phones.dialling import (
    homes,
    is_international,
    is_national,
    is_north_american,
    likeliest,
    regions,
)
from sayso.redact.scan import Finder, Hit, Kind, Scan, Span, is_free
from sayso.redact.sight import Sight

_GROUP = re.compile(r"[0-9]+")
_EXTENSION = re.compile(
    r" ?[,;(]? ?(?:ext(?:ension)?\.?|x|#|anexo|durchwahl|poste) ?[0-9]{1,6}\)?(?!\w)", re.IGNORECASE
)
_GLUED = re.compile(r"[^\W\dxX]|[_%]")
_PHONE_WORD = re.compile(r"(?:tel|phone|fax|mobile|cell|ph|tlf|tfno|mob)\Z", re.IGNORECASE)
_LONGEST_IN_GROUPS = 6
_SHORTEST = 5
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15  # ITU-T E.164 section 6: at most 15

_NOT_A_PHONE = re.compile(
    r"""
      (?<!\d)(?:19|20)\d\d[ ]?[-/.][ ]?(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?!\d) # date
    | (?<!\d)(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)?\d\d(?!\d)  # date
    | (?<![\d-])(?:1[5-9]|20)\d\d[ ]?[-/][ ]?(?:1[5-9]|20)\d\d(?![\d-])                      # years
    | (?<!\d)97[89][ -]?(?:\d[ -]?){9}\d(?!\d)                                               # ISBN
    | (?<!\d)(?<!\d\.)(?!\d{3}\.\d{3}\.\d{4}(?!\d))\d+\.\d+(?:\.\d+)?(?![\d.-])   # decimal, version
    | (?<![\d-])\d{3}-\d\d-\d{4}(?![\d-])                                      # social security
    | (?<![\d-])\d{6}-\d{4}(?![\d-])                                           # birth number
    | (?<![\d-])\d{5}-\d{4}(?![\d-])                                           # ZIP+4
    """,
    re.VERBOSE,
)


def are_enough(sight: Sight) -> Places:
    """Return the numbers as long as the shortest that can be called."""
    numbers = sight.numbers
    return numbers[numbers[:, 1] - numbers[:, 0] >= _SHORTEST]


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each number with its plus sign, brackets and extension."""
    for start, end in scan.likely_numbers(are_enough):
        if end - start < _SHORTEST:
            continue
        low = max(0, start - REACH)
        near = start - low, scan.text[low : end + REACH]
        if near not in scan.turned_down:
            hits = [*_Run(scan, start, end).numbers()]
            yield from hits
            if not hits:
                scan.turned_down.add(near)


class _Run:
    """Groups of digits side by side: two numbers and a postcode often stand in one run."""

    __slots__ = ("groups", "near", "others", "regions", "scan", "sizes", "text")

    def __init__(self, scan: Scan, start: int, end: int) -> None:
        self.scan = scan
        self.text = scan.text
        self.groups = [match.span() for match in _GROUP.finditer(scan.text, start, end)]
        self.sizes = [end - start for start, end in self.groups]
        self.others = [match.span() for match in _NOT_A_PHONE.finditer(scan.text, start, end)]
        self.near = homes(scan.language, scan.region)
        self.regions = regions(scan.language, scan.region)

    def numbers(self) -> Iterator[Hit]:
        """First what the library knows; then, of what is left, what the text calls a phone."""
        left_from = at = 0
        last_end = -1
        while at < len(self.groups):
            known = self._known(at)
            if known is None:
                at += 1
                continue
            yield from self._called(left_from, at, last_end)
            yield known
            last_end = known.end
            at = left_from = self._after(at, known)
        yield from self._called(left_from, at, last_end)

    def _known(self, first: int) -> Hit | None:
        for span in self._candidates(first, len(self.groups), _FEWEST_DIGITS):
            rule = self._rule(span)
            if rule:
                if Before(self.text, self.groups[first][0]).calls_another_thing():
                    return None
                return self._extended(span, rule)
        return None

    def _called(self, first: int, last: int, last_end: int) -> Iterator[Hit]:
        """Yield what the words around say is a telephone number, whatever its form."""
        while first < last:
            spans = self._candidates(first, last, _SHORTEST)
            hit = self._by_words(spans, last_end) if spans else None
            if hit is None:
                return
            yield hit
            last_end = hit.end
            first = self._after(first, hit)

    def _after(self, first: int, hit: Hit) -> int:
        """Return the first group behind what was found."""
        while first < len(self.groups) and self.groups[first][0] < hit.end:
            first += 1
        return first

    def _by_words(self, spans: Sequence[Span], last_end: int) -> Hit | None:
        before = Before(self.text, spans[0][0])
        if before.calls_another_thing():
            return None
        longest = spans[0]
        if sum(map(str.isdigit, self.text[slice(*longest)])) < _FEWEST_DIGITS:
            return self._extended(longest, "called a phone") if before.labels_a_phone() else None
        if before.calls_a_phone():
            return self._extended(longest, "called a phone")
        if last_end >= 0 and follows_another_number(self.text[last_end : longest[0]]):
            return self._extended(longest, "after a phone")
        for span in spans:
            if is_labelled_after(self.text, span[1]):
                return self._extended(span, "called a phone")
        return None

    def _extended(self, span: Span, rule: str) -> Hit:
        extension = _EXTENSION.match(self.text, span[1])
        return Hit(span[0], extension.end() if extension else span[1], rule)

    def _candidates(self, first: int, last: int, fewest: int) -> list[Span]:
        """Return the spans from group `first` on that may be one number, longest first."""
        spans: list[Span] = []
        digits = 0
        for at in range(first, min(last, first + _LONGEST_IN_GROUPS)):
            digits += self.sizes[at]
            if digits > _MOST_DIGITS:
                break
            if digits >= fewest:
                span = self._signed(self.groups[first][0], self.groups[at][1])
                if self._may_be_one(span):
                    spans.append(span)
        return spans[::-1]

    def _signed(self, start: int, end: int) -> Span:
        """Take in the bracket and the plus sign before the first digits."""
        text = self.text
        if text[start - 1 : start] == "(" and ")" in text[start:end]:
            start -= 1
        if text[start - 1 : start] == "+":
            start -= 1
        return start, end

    def _may_be_one(self, span: Span) -> bool:
        start, end = span
        text = self.text
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in {"_", "$", "€", "£", "¥"}:
            return False
        if before in {".", "-"} and text[start - 2 : start - 1].isdigit():
            return False  # the rest of something longer
        if _GLUED.match(after) and not is_labelled_after(text, end):
            return False
        if before.isalnum() and not _PHONE_WORD.search(text, max(0, start - 6), start):
            return False
        if not self.scan.is_free(start, end):
            return False
        return text[start] == "+" or is_free(self.others, start, end)

    def _rule(self, span: Span) -> str:
        """Return why the digits alone are believed; empty where they are not."""
        shown = self.text[slice(*span)]
        parts = _GROUP.findall(shown)
        groups = tuple(map(len, parts))
        digits = "".join(parts)
        if shown.startswith("+") or digits.startswith(("00", "011")):
            is_abroad = _has_country_code(shown, digits)
            if is_abroad or shown.startswith("+"):
                return "country code" if is_abroad else ""
        if len(groups) < 2:
            return ""
        is_parted_by_signs = any(sign in shown for sign in "-.()")
        if is_parted_by_signs and is_north_american(digits, groups):
            return "form of US"
        if self._goes_on(span, shown[len(parts[0]) : -len(parts[-1])]):
            return ""
        for region in self.regions:
            if is_national(digits, groups, region):
                return f"number of {likeliest(digits, region, self.near)}"
        return ""

    def _goes_on(self, span: Span, inside: str) -> bool:
        """Whether more digits follow, parted as the ones inside: then it is not the whole."""
        sign, digit = self.text[span[1] : span[1] + 1], self.text[span[1] + 1 : span[1] + 2]
        return sign in {" ", "-", "."} and digit.isdigit() and sign in inside


def _has_country_code(shown: str, digits: str) -> bool:
    if shown.startswith("+"):
        digits = digits.removeprefix("00")
        return is_international(digits, must_be_valid=len(digits) < 10)
    rest = digits.removeprefix("011" if digits.startswith("011") else "00")
    return len(digits) > 10 and is_international(rest, must_be_valid=True)


PHONE = Finder(
    kind=Kind.PHONE,
    version=f"3+phonenumbers-{phonenumbers.__version__}",
    find=find,
    about="Telephone numbers of every country.",
    likely=(are_enough,),
)
