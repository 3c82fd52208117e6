"""The tables of characters, made from this Python's Unicode tables and shipped with the weights."""

import unicodedata
from functools import cache

import numpy as np

from sayso.redact.tagger.characters import Characters, Script, Sort
from sayso.redact.tagger.words import simplified_han

_PLANE = 0x10000
_APOSTROPHES = "'\u2019\u02bc\u2018`\u00b4"
_SCRIPTS = {
    "LATIN": Script.LATIN,
    "CYRILLIC": Script.CYRILLIC,
    "GREEK": Script.GREEK,
    "CJK": Script.HAN,
    "HIRAGANA": Script.HAN,
}


@cache
def make() -> Characters:
    """Return the tables for the Basic Multilingual Plane."""
    sorts = np.zeros(_PLANE, dtype=np.uint8)
    folds = np.zeros(_PLANE, dtype=np.uint32)
    scripts = np.zeros(_PLANE, dtype=np.uint8)
    simple = simplified_han()
    for code in range(_PLANE):
        sign = chr(code)
        sorts[code] = _sort(sign)
        folds[code] = _fold(simple.get(code, sign))
        scripts[code] = _script(sign)
    return Characters(sorts=sorts, folds=folds, scripts=scripts)


def _sort(sign: str) -> Sort:
    category = unicodedata.category(sign)
    if sign in "\n\r\u0085\u2028\u2029\x0b\x0c":
        return Sort.LINE_END
    if sign in _APOSTROPHES[:4]:
        return Sort.APOSTROPHE
    name = unicodedata.name(sign, "")
    if name.startswith(("CJK UNIFIED", "CJK COMPAT", "HIRAGANA LETTER")):
        return Sort.HAN
    if category in {"Lu", "Lt"}:
        return Sort.UPPER
    if category == "Ll":
        return Sort.LOWER
    if category[0] in "LM" or category == "Cf" or sign == "_":
        return Sort.LETTER
    if category[0] == "N":
        return Sort.DIGIT
    return Sort.SPACE if category in {"Zs", "Cc"} else Sort.SIGN


def _fold(sign: str) -> int:
    if sign in _APOSTROPHES:
        return ord("'")
    if sign in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
        return ord("-")
    if sign in "\u201c\u201d\u201e\u00ab\u00bb":
        return ord('"')
    small = sign.lower()
    base = unicodedata.normalize("NFKD", small)[:1] or small[:1]
    if "HANGUL" in unicodedata.name(sign, ""):
        base = sign
    base = {"ø": "o", "đ": "d", "ł": "l", "ð": "d", "\u0131": "i"}.get(base, base)
    return ord(base) if len(base) == 1 and not 0xD800 <= ord(base) < 0xE000 else ord(sign)


def _script(sign: str) -> Script:
    if not sign.isalpha():
        return Script.NONE
    if sign.isascii():
        return Script.LATIN
    return _SCRIPTS.get(unicodedata.name(sign, "").partition(" ")[0], Script.OTHER)
