"""Numbers that a state, a health service or a professional body knows a person by.

A number that is written as only one register writes it, and whose check digits hold, may stand
alone. Every other one needs the word that it is called by within the forty characters before:
of random numbers with nine to eleven digits one in ten passes somebody's check.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from sayso.redact.called import phrases, words_before
from sayso.redact.folding import fold
from sayso.redact.id_checks import bare
from sayso.redact.id_europe import EUROPE
from sayso.redact.id_forms import IdForm
from sayso.redact.id_world import WORLD
from sayso.redact.named_numbers import FILLING, MAY_BE_PARTED, NAMED, PARTED, TOKEN
from sayso.redact.scan import DIGITS, Finder, Hit, Kind, Scan

FORMS: tuple[IdForm, ...] = (*EUROPE, *WORLD)
COUNTRIES = tuple(sorted({form.country for form in FORMS}))

_REACH = 40
_FEWEST_DIGITS = 5
_WIDEST_GAP = 2
_NO_NUMBER_AFTER = frozenset(".,$€£#_=%/")
_BETWEEN = frozenset(" ./-+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}[-/.]")
_ANY_ALONE = re.compile("|".join(form.alone.pattern for form in FORMS if form.alone))
_OTHERS = (
    "isbn issn ean order invoice ticket tracking serial sku ref version build epoch doi pmid "
    "commit uuid bestellnummer rechnung pedido factura commande"
)
_ANOTHER_THING = frozenset(_OTHERS.split(" "))


def _index(forms: tuple[IdForm, ...]) -> dict[str, list[IdForm]]:
    index: dict[str, list[IdForm]] = defaultdict(list)
    for form in forms:
        for word in form.words:
            index[word].append(form)
    return dict(index)


_FORMS_CALLED = _index(FORMS)
_FIRST_WORDS = frozenset(fold(name).partition(" ")[0] for name in (*_FORMS_CALLED, *NAMED))
_UNSPACED = tuple(
    word for word in (*_FORMS_CALLED, *NAMED) if re.search("[\u0e00-\u0e7f\u3040-\u9fff]", word)
)


def find(scan: Scan) -> Iterator[Hit]:
    """Yield each number, without the word it is called by."""
    text, end = scan.text, 0
    for start in _starts(scan):
        if start < end:
            continue
        hit = _alone(text, start) or _called(text, start)
        if hit and scan.is_free(hit.start, hit.end):
            end = hit.end
            yield hit


def _starts(scan: Scan) -> Iterator[int]:
    """Yield in order the places where a number with enough digits may begin."""
    text, runs = scan.text, scan.runs
    for at, (start, end) in enumerate(runs):
        size, before = end - start, text[start - 1 : start]
        if before in _NO_NUMBER_AFTER and _is_part(text, start):
            continue
        if size < _FEWEST_DIGITS:
            after = text[end : end + 1]
            if before.isupper() and after.isupper():  # as in an Italian code
                yield from _heads(text, start)
                continue
            if after not in _BETWEEN or _YEAR.match(text, start):
                continue
            for (_, one_end), (other, other_end) in pairwise(runs[at : at + 4]):
                if other - one_end > _WIDEST_GAP:
                    break
                size += other_end - other
        if size >= _FEWEST_DIGITS:
            yield from _heads(text, start)


def _is_part(text: str, start: int) -> bool:
    return text[start - 1] not in ".,/" or text[start - 2 : start - 1].isdigit()


def _heads(text: str, at: int) -> Iterator[int]:
    """Yield where a number may begin whose first digits stand at `at`: letters may lead it."""
    first = at
    while first > max(0, at - 7) and text[first - 1].isascii() and text[first - 1].isalpha():
        first -= 1
    if first == at and at >= 2 and text[at - 1] in " -" and text[at - 2].isascii():
        led = at - 2 if text[at - 2].isalpha() else at
        led -= led < at and led > 0 and text[led - 1].isascii() and text[led - 1].isalpha()
        if led < at and not text[led - 1 : led].isalnum():
            yield led
    if not (first and (text[first - 1].isascii() and text[first - 1].isalnum())):
        yield first


def _alone(text: str, start: int) -> Hit | None:
    if not _ANY_ALONE.match(text, start):
        return None
    for form in FORMS:
        match = form.alone.match(text, start) if form.alone else None
        if match and form.check(match.group()):
            called = words_before(text, start, _REACH)
            if called and called[-1].lower() in _ANOTHER_THING:
                return None
            return Hit(*match.span(), f"{form.rule} alone", bare(match.group()))
    return None


def _called(text: str, start: int) -> Hit | None:
    words = words_before(text, start, _REACH)
    if _FIRST_WORDS.isdisjoint(map(fold, words)) and " ".join(words).isascii():
        return None
    for phrase, after in _names(words):
        hits = [hit for form in _FORMS_CALLED.get(phrase, ()) if (hit := _of(form, text, start))]
        if hits:
            return max(hits, key=lambda hit: hit.end)
        if phrase in NAMED and all(word.lower() in FILLING for word in words[len(words) - after :]):
            return _named(text, start, NAMED[phrase])
    return None


def _of(form: IdForm, text: str, start: int) -> Hit | None:
    match = form.shape.match(text, start)
    if not match or not form.check(match.group()):
        return None
    return Hit(*match.span(), f"{form.rule} + word", bare(match.group()))


def _names(words: list[str]) -> Iterator[tuple[str, int]]:
    yield from phrases(words)
    joined = " ".join(words)
    if not joined.isascii():
        yield from ((word, 0) for word in _UNSPACED if word in joined)


def _named(text: str, start: int, rule: str) -> Hit | None:
    parted = PARTED.match(text, start) if rule in MAY_BE_PARTED else None
    match = parted or TOKEN.match(text, start)
    if not match or sum(map(str.isdigit, match.group())) < _FEWEST_DIGITS:
        return None
    return Hit(*match.span(), rule, bare(match.group()))


ID = Finder(
    kind=Kind.ID,
    version="1",
    find=find,
    about="National ids, and numbers of licences, passports and patients.",
    needs=DIGITS,
)
