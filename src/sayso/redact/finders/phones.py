"""Telephone numbers: runs of digits that libphonenumber knows, or that the text calls a phone.

libphonenumber's own matcher over a whole text is some hundred times slower than all other
finders together, so a regular expression proposes and the library only judges.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import phonenumbers

from sayso.redact.scan import DIGITS, Finder, Hit, Kind, Scan, Span, is_free

_RUN = re.compile(r"[0-9]+(?:[ .()/-]{1,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_EXTENSION = re.compile(r" ?[,;]? ?(?:ext(?:ension)?\.?|x|#) ?[0-9]{1,6}(?!\w)", re.IGNORECASE)
_GLUED = re.compile(r"[^\W\dxX]|[_%]")
_LONGEST_IN_GROUPS = 6
_NEAR = 32  # how far before a number a word may say what it is
_NANP_GROUPS = frozenset({(3, 3, 4), (3, 7), (6, 4), (1, 3, 3, 4), (1, 3, 7), (1, 10)})
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15  # ITU-T E.164 section 6: at most 15

_NOT_A_PHONE = re.compile(
    r"""
      (?<!\d)(?:19|20)\d\d[ ]?[-/.][ ]?(?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?!\d) # date
    | (?<!\d)(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)?\d\d(?!\d)  # date
    | (?<![\d-])(?:1[5-9]|20)\d\d[ ]?[-/][ ]?(?:1[5-9]|20)\d\d(?![\d-])                      # years
    | (?<!\d)97[89][ -]?(?:\d[ -]?){9}\d(?!\d)                                               # ISBN
    | (?<!\d)\d+\.\d+(?:\.\d+)?(?![\d.-])                                      # decimal, version
    """,
    re.VERBOSE,
)
_CALLED_A_PHONE = re.compile(
    r"(?<!\w)(?:tel|tels|telephones?|phones?|ph|mobile|mob|cell|cellphone|fax|call|calls|called|"
    r"calling|dial|whatsapp|sms|text|texted|hotline|helpline|pager|"
    r"tel[ée]fonos?|m[óo]vil|celular|llam[ae]r?|t[ée]l[ée]phone|t[ée]l|portable|appele[rz]|"
    r"telefon|handy|mobil|rufnummer|anrufen|telefone|telem[óo]vel|ligue|cellulare|chiamare|"
    r"telefoon|mobiel|bel|puhelin|tlf|тел|телефон|电话|電話|手机)(?!\w)|[☎☏📞📱✆]",
    re.IGNORECASE,
)
_CALLED_ANOTHER_THING = re.compile(
    r"(?<!\w)(?:isbn|issn|doi|order|invoice|ticket|tracking|serial|sku|ref|reference|version|"
    r"account|case|docket|grant|contract|patent|pmid|arxiv|bug|issue)\W{0,3}(?:(?:no|nr|number|id)"
    r"\W{0,3})?$|[$€£¥#]$",
    re.IGNORECASE,
)

# Where people who write a language mostly live: only a hint for numbers without a country code.
_REGIONS = {
    "ar": "EG SA AE MA", "bg": "BG", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE AT CH",
    "el": "GR", "en": "US GB AU IN IE NZ ZA", "es": "ES MX AR CO", "fi": "FI", "fr": "FR BE CH CA",
    "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU", "id": "ID", "it": "IT CH", "ja": "JP",
    "ko": "KR", "nb": "NO", "nl": "NL BE", "no": "NO", "pl": "PL", "pt": "BR PT", "ro": "RO",
    "ru": "RU", "sk": "SK", "sl": "SI", "sr": "RS", "sv": "SE FI", "tr": "TR", "uk": "UA",
    "zh": "CN TW HK",
}  # fmt: skip
_EVERYWHERE = ("US", "GB")


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each number with its plus sign, brackets and extension."""
    regions = _regions(scan)
    for run in _RUN.finditer(scan.text):
        if run.end() - run.start() >= _FEWEST_DIGITS:
            for start, end in _in_run(scan, *run.span(), regions):
                extension = _EXTENSION.match(scan.text, end)
                yield Hit(start, extension.end() if extension else end, "phone")


def _regions(scan: Scan) -> tuple[str, ...]:
    spoken = _REGIONS.get(scan.language.lower().partition("-")[0], "").split()
    own = [scan.region] if scan.region and scan.region != "ZZ" else []
    return tuple(dict.fromkeys([*own, *spoken, *_EVERYWHERE]))


def _in_run(scan: Scan, start: int, end: int, regions: tuple[str, ...]) -> Iterator[Span]:
    """Split a run of groups into numbers: two numbers and a postcode often stand side by side.

    First what the library knows; then, of what is left, what the text itself calls a phone.
    """
    others = tuple(match.span() for match in _NOT_A_PHONE.finditer(scan.text, start, end))
    groups = [match.span() for match in _GROUP.finditer(scan.text, start, end)]
    left_from = at = 0
    while at < len(groups):
        near = groups[at : at + _LONGEST_IN_GROUPS]
        spans = _candidates(scan, near, others)
        known = next((span for span in spans if _is_known(scan.text, span, regions)), None)
        if known is None:
            at += 1
            continue
        yield from _called_a_phone(scan, groups[left_from:at], others)
        yield known
        at += sum(group[0] < known[1] for group in near)
        left_from = at
    yield from _called_a_phone(scan, groups[left_from:], others)


def _called_a_phone(scan: Scan, groups: list[Span], others: tuple[Span, ...]) -> Iterator[Span]:
    if groups and _CALLED_A_PHONE.search(scan.before(groups[0][0], _NEAR)):
        yield from _candidates(scan, groups[:_LONGEST_IN_GROUPS], others)[:1]


def _candidates(scan: Scan, groups: list[Span], others: tuple[Span, ...]) -> list[Span]:
    """Return the spans from the first group on that may be one number, longest first."""
    if _CALLED_ANOTHER_THING.search(scan.before(groups[0][0], _NEAR)):
        return []
    spans = [_signed(scan.text, groups[0][0], end) for _, end in reversed(groups)]
    return [span for span in spans if _may_be_one(scan, span, others)]


def _signed(text: str, start: int, end: int) -> Span:
    """Take in the bracket and the plus sign before the first digits."""
    if text[start - 1 : start] == "(" and ")" in text[start:end]:
        start -= 1
    if text[start - 1 : start] == "+":
        start -= 1
    return start, end


def _may_be_one(scan: Scan, span: Span, others: tuple[Span, ...]) -> bool:
    start, end = span
    text = scan.text
    if not _FEWEST_DIGITS <= sum(map(str.isdigit, text[start:end])) <= _MOST_DIGITS:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before in tuple("_$€£¥") or _GLUED.match(after):
        return False
    if not scan.is_free(start, end):
        return False
    return text[start] == "+" or is_free(others, start, end)


def _is_known(text: str, span: Span, regions: tuple[str, ...]) -> bool:
    shown = text[slice(*span)]
    groups = tuple(len(group) for group in _GROUP.findall(shown))
    digits = "".join(_GROUP.findall(shown))
    if shown.startswith("+"):
        return _is_international(digits, must_be_valid=len(digits) < 10)
    if digits.startswith("00") and _is_international(digits[2:], must_be_valid=True):
        return True
    return len(groups) >= 2 and any(_is_national(digits, groups, region) for region in regions)


@lru_cache(maxsize=65536)
def _is_international(digits: str, *, must_be_valid: bool) -> bool:
    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_number(number):
        return True
    return not must_be_valid and phonenumbers.is_possible_number(number)


@lru_cache(maxsize=65536)
def _is_national(digits: str, groups: tuple[int, ...], region: str) -> bool:
    """Whether it can be dialled in `region` as it stands, and is parted as it is there."""
    if phonenumbers.country_code_for_region(region) == 1 and groups not in _NANP_GROUPS:
        return False
    if max(groups) > 8 or sum(size == 1 for size in groups) > 1:
        return False
    prefix = phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True)
    if prefix == "0" and not digits.startswith("0"):
        return False
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


PHONE = Finder(
    kind=Kind.PHONE,
    version=f"1+phonenumbers-{phonenumbers.__version__}",
    find=find,
    about="Telephone numbers of every country.",
    needs=DIGITS,
)
