"""What a person is called, out of what stands in the field for their name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, filterfalse

from sayso.redact.letters import MARKS, UMLAUTS, has_umlauts, without_marks

_TITLES = (
    "dr drs prof professor mr mrs ms miss mx sir dame rev reverend hon capt captain sgt lt col gen "
    "ing dipl mag herr frau sr sra srta don doña mme mlle dott dottssa dhr mevr"
)
TITLES = frozenset(_TITLES.split())
"""Words that may stand before a name and are none."""

_ANY_TITLE = "|".join(sorted(TITLES))
_ANY_SUFFIX = (
    "jr|sr|junior|senior|ii|iii|iv|phd|dphil|md|dds|mba|msc|bsc|mph|mpa|jd|llm|llb|esq|cpa|cfa|pmp|"
    "edd|frcp|obe|mbe|cbe"
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>")
_NICKNAME = re.compile(r"[\"“”„«‘]([^\"“”„«»‘’]+)[\"“”»’]|\(([^()/]+)\)")  # noqa: RUF001
_ENOUGH = re.compile(r"\s[|/•·–—-]\s.*|[|•@#].*|\s(?:at|bei|chez|en)\s.*", re.DOTALL)  # noqa: RUF001
_TITLE = re.compile(rf"^(?:(?:{_ANY_TITLE})\b\.?\s*)+(?=\w)", re.IGNORECASE)
_SUFFIX = re.compile(rf"(?:[\s,]+(?:{_ANY_SUFFIX})\b\.?)+[\s,.]*$", re.IGNORECASE)
_DOTTED = re.compile(r"\b(ph|m|b|j|d|ed|ll|m\.b)\.\s?([adsbm]|sc|phil)\b\.?", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_NOT_A_NAME = re.compile(rf"[^\w\s'.,\u00b7\u30fb{MARKS}-]|[\d_]")
_CLEAN = re.compile(rf"(?:[^\W\d_]|[ '\u2019{MARKS}-])+")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u0060\u00b4]")


def spelled(names: Iterable[str]) -> str:
    """Return what people are called who are shown by `names`, a line for each way to spell it.

    Pronouns, pictures, firms and degrees are left out; `Lopez, Ana` is turned; a nickname
    stands beside the name, and instead of the first. Hyphened words stand as two and as one,
    umlauts as one letter and as two. Titles that stand as words are left to `name_forms`.
    """
    called = _called(names)
    ascii_lines = "\n".join(filter(str.isascii, called)).replace("`", "'")
    lines = _APOSTROPHES.sub("'", "\n".join(filterfalse(str.isascii, called)))
    lines = _with_ties_cut(lines)
    umlauts = "\n".join(_lines_with(lines, UMLAUTS)) if has_umlauts(lines) else ""
    cut = (_with_ties_cut(ascii_lines), without_marks(lines), without_marks(umlauts, german=True))
    return "\n".join(cut)


def _with_ties_cut(lines: str) -> str:
    """Return the lines, and those with apostrophes and hyphens without them as well."""
    others = [
        way
        for tied in _lines_with(lines, ("'", "-"))
        for whole in (tied.replace("'", ""),)
        for way in (whole.replace("-", " "), whole.replace("-", ""))
    ]
    return "\n".join([lines, *others])


def _lines_with(lines: str, signs: Sequence[str]) -> Iterator[str]:
    """Yield every line in which one of `signs` stands, once."""
    end = 0
    for found in re.finditer(f"[{''.join(signs)}]", lines):
        if found.start() >= end:
            end = lines.find("\n", found.start())
            end = len(lines) if end < 0 else end
            yield lines[lines.rfind("\n", 0, found.start()) + 1 : end]


def _called(names: Iterable[str]) -> list[str]:
    listed = [*names]
    is_plain = [name.replace(" ", "").isalpha() for name in listed]
    called = [*compress(listed, is_plain)]
    for name in compress(listed, [not plain for plain in is_plain]):
        if _CLEAN.fullmatch(name):
            called.append(name)
        else:
            one = unicodedata.normalize("NFC", _APOSTROPHES.sub("'", _UNSEEN.sub("", name)))
            called += [*_nicknamed(one), _plain(_BRACKETED.sub(" ", one))]
    return called


def _nicknamed(name: str) -> Iterator[str]:
    given = _NICKNAME.search(name)
    if given is None:
        return
    nickname = (given[1] or given[2]).strip()
    rest = _plain(f"{name[: given.start()]} {name[given.end() :]}")
    if nickname.istitle() and nickname.isalpha() and " " in rest:
        yield f"{nickname} {rest.rpartition(' ')[2]}"


def _plain(name: str) -> str:
    name = _ENOUGH.sub("", _DOTTED.sub(r"\1\2", name))
    name = _NOT_A_NAME.sub(" ", name)
    name = _SUFFIX.sub("", _TITLE.sub("", " ".join(name.split())))
    last, comma, first = name.partition(",")
    if comma and first.strip(" ,."):
        name = f"{first.strip(' ,.')} {last}"
    return " ".join(name.replace(",", " ").split())
