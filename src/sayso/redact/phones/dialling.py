"""Which digits can be dialled, and where: libphonenumber's metadata, asked as little as possible.

Asking the library about one number in one region takes some thirty microseconds, and most digits
in a text are no telephone number anywhere. So a pattern made of the same metadata is asked first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, product

import phonenumbers

_KINDS_OF_NUMBER = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)

# Where people who write a language mostly live: only a hint for numbers without a country code.
_REGIONS = {
    "ar": "EG SA AE MA", "bg": "BG", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE AT CH",
    "el": "GR", "en": "US GB AU IN IE NZ ZA", "es": "ES MX AR CO", "et": "EE", "eu": "ES",
    "fi": "FI", "fr": "FR BE CH CA", "gl": "ES", "he": "IL", "hi": "IN", "hr": "HR", "hu": "HU",
    "id": "ID", "it": "IT CH", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV", "nb": "NO",
    "nl": "NL BE", "nn": "NO", "no": "NO", "pl": "PL", "pt": "BR PT", "ro": "RO", "ru": "RU",
    "sk": "SK", "sl": "SI", "sr": "RS", "sv": "SE FI", "th": "TH", "tr": "TR", "uk": "UA",
    "vi": "VN", "zh": "CN TW HK",
}  # fmt: skip
_EVERYWHERE = ("US", "GB")
_FORM_GROUP = re.compile(r"\(([^)]*)\)")
_SIGNS = re.compile(r"(?:\\d|\[[^\]]*\]|\d)(?:\{(\d+)(?:,(\d+))?\})?")
_NANP_GROUPS = frozenset({(3, 3, 4), (3, 7), (1, 3, 3, 4), (1, 3, 7), (1, 10), (3, 3, 3, 4)})
_NANP = re.compile(r"(?:001|1)?[2-9][0-9]{2}[2-9][0-9]{6}")
"""North American Numbering Plan: neither an area nor an exchange begins with 0 or 1."""


@cache
def homes(language: str, region: str) -> tuple[str, ...]:
    """Return the countries that the author's region and language suggest, the likeliest first."""
    spoken = _REGIONS.get(language.lower().partition("-")[0], "").split()
    own = [region] if region in phonenumbers.SUPPORTED_REGIONS else []
    return tuple(dict.fromkeys([*own, *spoken]))


@cache
def regions(language: str, region: str) -> tuple[str, ...]:
    """Return where a number without a country code may be from, the likeliest first."""
    return tuple(dict.fromkeys([*homes(language, region), *_EVERYWHERE]))


def likeliest(digits: str, region: str, near: tuple[str, ...]) -> str:
    """Return the first of the countries `near` where it can be dialled, however it is parted.

    A German extension is parted from its number as no list of forms has it; some other
    country's list may. `region` is that country, and the answer where none near fits.
    """
    fits = (one for one in near if _plan(one).may_be(digits) and _is_valid(digits, one))
    return region if region in near else next(fits, region)


@lru_cache(maxsize=65536)
def is_international(digits: str, *, must_be_valid: bool) -> bool:
    """Whether the digits, country code first, can be dialled."""
    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return False
    if phonenumbers.is_valid_number(number):
        return True
    return not must_be_valid and phonenumbers.is_possible_number(number)


@lru_cache(maxsize=65536)
def is_national(digits: str, groups: tuple[int, ...], region: str) -> bool:
    """Whether it can be dialled in `region` as it stands, and is parted as it is there."""
    plan = _plan(region)
    if plan.country_code == 1 and groups not in _NANP_GROUPS:
        return False
    if plan.prefix == "0" and not digits.startswith("0"):
        return False
    return plan.may_be(digits) and plan.parts_so(digits, groups) and _is_valid(digits, region)


def is_north_american(digits: str, groups: tuple[int, ...]) -> bool:
    """Whether it has the form of a number there, though perhaps nobody was given it yet."""
    return groups in _NANP_GROUPS and bool(_NANP.fullmatch(digits))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    country_code: int
    prefix: str
    numbers: re.Pattern[str] | None
    cuts: frozenset[frozenset[int]]
    """Where numbers are parted there: after so many digits, counted from the end."""

    def may_be(self, digits: str) -> bool:
        """Whether it could be valid there; a no is certain."""
        return self.numbers is None or bool(self.numbers.fullmatch(digits))

    def parts_so(self, digits: str, groups: tuple[int, ...]) -> bool:
        """Whether the groups end only where there a group may end, the prefix aside.

        A prefix says already that it is a telephone number: then the area's end is enough.
        """
        places = frozenset(accumulate(reversed(groups[1:])))
        if not self.prefix:
            return any(places <= cut for cut in self.cuts)
        places -= {len(digits) - len(self.prefix)}
        return not places or any(cut and max(places) == max(cut) for cut in self.cuts)


@cache
def _plan(region: str) -> _Plan:
    known = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    assert known is not None
    kinds = [getattr(known, kind, None) for kind in _KINDS_OF_NUMBER]
    patterns = [kind.national_number_pattern for kind in kinds if kind is not None]
    numbers = None
    if not known.national_prefix_transform_rule:  # else the digits are rewritten before
        prefix = known.national_prefix_for_parsing or ""
        either = "|".join(pattern for pattern in patterns if pattern)
        numbers = re.compile(f"(?:{prefix})?(?:{either})")
    return _Plan(
        country_code=known.country_code or 0,
        prefix=known.national_prefix or "",
        numbers=numbers,
        cuts=frozenset(cut for form in known.number_format for cut in _cuts(form.pattern or "")),
    )


def _cuts(pattern: str) -> Iterator[frozenset[int]]:
    """Yield where libphonenumber's form of a number parts it, counted from the end."""
    sizes = [_sizes(group) for group in _FORM_GROUP.findall(pattern)]
    for chosen in product(*sizes):
        yield frozenset(accumulate(reversed(chosen[1:])))


def _sizes(group: str) -> range:
    bounds = [(int(least or 1), int(most or least or 1)) for least, most in _SIGNS.findall(group)]
    return range(sum(least for least, _ in bounds), sum(most for _, most in bounds) + 1)


def _is_valid(digits: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)
