"""Telephone numbers: runs of digits that libphonenumber knows, or that the text calls a phone.

libphonenumber's own matcher over a whole text is some hundred times slower than all other
finders together, so a regular expression proposes and the library only judges.
"""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from sayso.redact.called_phones import (
    follows_another_number,
    is_called_a_phone,
    is_called_another_thing,
    is_labelled_a_phone,
    is_labelled_after,
)
from sayso.redact.dialling import is_international, is_national, is_north_american, regions
from sayso.redact.scan import DIGITS, Finder, Hit, Kind, Scan, Span, is_free

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


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each number with its plus sign, brackets and extension."""
    for start, end in scan.numbers:
        size = end - start
        if size >= _FEWEST_DIGITS or (size >= _SHORTEST and is_labelled_a_phone(scan, start)):
            yield from _Run(scan, start, end).numbers()


class _Run:
    """Groups of digits side by side: two numbers and a postcode often stand in one run."""

    __slots__ = ("groups", "others", "regions", "scan", "text")

    def __init__(self, scan: Scan, start: int, end: int) -> None:
        self.scan = scan
        self.text = scan.text
        self.groups = [match.span() for match in _GROUP.finditer(scan.text, start, end)]
        self.others = [match.span() for match in _NOT_A_PHONE.finditer(scan.text, start, end)]
        self.regions = regions(scan.language, scan.region)

    def numbers(self) -> Iterator[Hit]:
        """First what the library knows; then, of what is left, what the text calls a phone."""
        left_from = at = 0
        last_end = -1
        while at < len(self.groups):
            near = self.groups[at : at + _LONGEST_IN_GROUPS]
            known = self._known(near)
            if known is None:
                at += 1
                continue
            yield from self._called(self.groups[left_from:at], last_end)
            yield known
            last_end = known.end
            at += sum(group[0] < known.end for group in near)
            left_from = at
        yield from self._called(self.groups[left_from:], last_end)

    def _known(self, groups: Sequence[Span]) -> Hit | None:
        spans = self._candidates(groups, _FEWEST_DIGITS)
        if not spans or is_called_another_thing(self.scan, groups[0][0]):
            return None
        for span in spans:
            rule = self._rule(span)
            if rule:
                return self._extended(span, rule)
        return None

    def _called(self, groups: Sequence[Span], last_end: int) -> Iterator[Hit]:
        """Yield what the words around say is a telephone number, whatever its form."""
        while groups:
            first = groups[0][0]
            is_labelled = is_labelled_a_phone(self.scan, first)
            fewest = _SHORTEST if is_labelled else _FEWEST_DIGITS
            spans = self._candidates(groups[:_LONGEST_IN_GROUPS], fewest)
            hit = next(filter(None, (self._by_words(span, last_end) for span in spans)), None)
            if hit is None:
                return
            yield hit
            last_end = hit.end
            groups = [group for group in groups if group[0] >= hit.end]

    def _by_words(self, span: Span, last_end: int) -> Hit | None:
        if is_called_another_thing(self.scan, span[0]):
            return None
        if is_called_a_phone(self.scan, span[0]):
            return self._extended(span, "called a phone")
        if last_end >= 0 and follows_another_number(self.text[last_end : span[0]]):
            return self._extended(span, "after a phone")
        if is_labelled_after(self.text, span[1]):
            return self._extended(span, "called a phone")
        return None

    def _extended(self, span: Span, rule: str) -> Hit:
        extension = _EXTENSION.match(self.text, span[1])
        return Hit(span[0], extension.end() if extension else span[1], rule)

    def _candidates(self, groups: Sequence[Span], fewest: int) -> list[Span]:
        """Return the spans from the first group on that may be one number, longest first."""
        if groups[-1][1] - groups[0][0] < fewest:
            return []
        spans = [self._signed(groups[0][0], end) for _, end in reversed(groups)]
        return [span for span in spans if self._may_be_one(span, fewest)]

    def _signed(self, start: int, end: int) -> Span:
        """Take in the bracket and the plus sign before the first digits."""
        text = self.text
        if text[start - 1 : start] == "(" and ")" in text[start:end]:
            start -= 1
        if text[start - 1 : start] == "+":
            start -= 1
        return start, end

    def _may_be_one(self, span: Span, fewest: int) -> bool:
        start, end = span
        text = self.text
        if not fewest <= sum(map(str.isdigit, text[start:end])) <= _MOST_DIGITS:
            return False
        before, after = text[start - 1 : start], text[end : end + 1]
        if before in {"_", "$", "€", "£", "¥"} or _GLUED.match(after):
            return bool(is_labelled_after(text, end)) and not before.isalnum()
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
                return f"number of {region}"
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
    version=f"2+phonenumbers-{phonenumbers.__version__}",
    find=find,
    about="Telephone numbers of every country.",
    needs=DIGITS,
)
