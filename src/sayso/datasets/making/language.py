"""Which language a redacted text is in, by CLD2's tables: the same answer on every machine.

CLD2 (Chromium's Compact Language Detector 2; Apache-2.0) counts letter sequences in integers
against tables that are part of the library, so its version names the model. docs/duplicates.md
has its figures beside others'.
"""

import re
from collections.abc import Sequence
from importlib.metadata import version

import pyarrow as pa
import pycld2

DETECTOR = f"pycld2 {version('pycld2')}"

VERSION = "2"
"""Of the rules here: another version may name another language for the same text."""

ENOUGH = 20
"""Letters below which nothing is detected; a Chinese, Japanese or Korean sign counts for four."""

CLEARLY = 60
"""Letters below which a declared language is never contradicted."""

SHARE = 80
"""Percent of the text that must be in the language."""

CLEAR_SHARE = 95
"""Percent of the text that must be in another language than the one declared."""

_BEGINNING, _MOST = 200, 1000
"""Signs of a text that are looked at: first these, and so many where they do not settle it."""

_SIGNS = 4
_NO_WORDS = re.compile(r"<[A-Z][A-Z_]*_\d+>|https?://\S+|www\.\S+|[@#]\w+")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_WHOLE_WORDS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOT_SAID = frozenset({"un", "xx", "tlh", "zzp", "zzb", "zze", "zzh"})
_TODAY = {"iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro"}
_KIN = (
    frozenset({"bs", "cnr", "hr", "me", "sh", "sr"}),
    frozenset({"da", "nb", "nn", "no"}),
    frozenset({"id", "ms"}),
    frozenset({"gl", "pt"}),
    frozenset({"af", "nl"}),
    frozenset({"fa", "prs", "tg"}),
    frozenset({"hi", "ne", "mr"}),
    frozenset({"fil", "tl"}),
    frozenset({"nds", "de", "lb", "gsw"}),
)
"""Languages that short texts do not tell apart: one of them does not contradict another."""

_TAKEN_FOR_KIN = frozenset[str]().union(*_KIN) - {"de", "pt"}
"""Languages that a beginning alone does not settle: more of it is often in one of their kin."""


def languages(texts: Sequence[str], declared: Sequence[str]) -> pa.StringArray:
    """Return each text's language as BCP 47, "" where it is not known."""
    return pa.array(
        [_language(text, said) for text, said in zip(texts, declared, strict=True)], pa.string()
    )


def _language(text: str, declared: str) -> str:
    """Return what was declared unless the text clearly is in another language.

    Clearly: the detector is certain, of at least 60 letters, 95 percent of the text are in a
    language that is not declared, nor close to it. Where nothing is declared, 20 letters and 80
    percent are enough; then too the detector must be certain. Placeholders, links, names of
    accounts and tags are no letters. A beginning settles it where it is as clear as that and
    contradicts nothing.
    """
    found, share, words = _detected(text[:_BEGINNING])
    if len(text) > _BEGINNING and not _settled(found, share, declared):
        found, share, words = _detected(text[:_MOST])
    if declared:
        contradicted = found and share >= CLEAR_SHARE and not _close(found, declared)
        return found if contradicted and _holds(words, CLEARLY) else declared
    return found if share >= SHARE else ""


def _settled(found: str, share: int, declared: str) -> bool:
    if not found or share < CLEAR_SHARE or found in _TAKEN_FOR_KIN:
        return False
    return not declared or _close(found, declared)


def _detected(text: str) -> tuple[str, int, str]:
    """Return the language or "", percent of the text in it, and what of the text was looked at."""
    words = _NO_WORDS.sub(" ", text) if _may_hold_more(text) else text
    if not _holds(words, ENOUGH):
        return "", 0, words
    try:
        certain, _, found = pycld2.detect(words, isPlainText=True)
    except pycld2.error:  # signs that may not stand in UTF-8 for interchange
        printable = "".join(sign if sign.isprintable() else " " for sign in words)
        certain, _, found = pycld2.detect(printable, isPlainText=True)
    code = found[0][1].partition("-")[0]
    known = certain and code not in _NOT_SAID
    return (_TODAY.get(code, code) if known else ""), found[0][2], words


def _may_hold_more(text: str) -> bool:
    return "<" in text or "@" in text or "#" in text or "http" in text or "www." in text


def _holds(words: str, letters: int) -> bool:
    """Say whether there are so many letters; mostly the first few signs tell."""
    return sum(map(str.isalpha, words[: 2 * letters])) >= letters or _letters(words) >= letters


def _letters(text: str) -> int:
    letters = _NO_LETTERS.sub("", text)
    whole = 0 if letters.isascii() else len(_WHOLE_WORDS.findall(letters))
    return len(letters) + (_SIGNS - 1) * whole


def _close(found: str, declared: str) -> bool:
    said = declared.replace("_", "-").partition("-")[0].lower()
    said = _TODAY.get(said, said)
    return found == said or any(found in kin and said in kin for kin in _KIN)
