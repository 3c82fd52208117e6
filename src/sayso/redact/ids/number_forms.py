"""Finds numbers by what they are called, or by a form that can be nothing else.

One reader serves every kind of number: which forms there are is its table's matter.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from sayso.redact.called import phrases, words_before
from sayso.redact.folding import fold
from sayso.redact.ids.checks import bare
from sayso.redact.ids.forms import IdForm
from sayso.redact.ids.named_numbers import FILLING, MAY_BE_PARTED, PARTED, TOKEN
from sayso.redact.scan import Hit, Scan

_REACH = 40
_FEWEST_DIGITS = 5
_WIDEST_GAP = 2
_NO_NUMBER_AFTER = frozenset(".,$€£#_=%/")
_BETWEEN = frozenset(" ./-+")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}[-/.]")
_UNSPACED_SIGN = re.compile("[\u0e00-\u0e7f\u3040-\u9fff]")
_OTHERS = (
    "isbn issn ean order invoice ticket tracking serial sku ref version build epoch doi pmid "
    "commit uuid bestellnummer rechnung pedido factura commande"
)
_ANOTHER_THING = frozenset(_OTHERS.split(" "))


class NumberForms:
    """A table of forms, and of words after which any number is meant."""

    def __init__(self, forms: tuple[IdForm, ...], named: Mapping[str, str]) -> None:
        """Read `forms` and, right after a word of `named`, any number under that rule."""
        self._forms = forms
        self._named = named
        self._called: dict[str, list[IdForm]] = defaultdict(list)
        for form in forms:
            for word in form.words:
                self._called[word].append(form)
        names = (*self._called, *named)
        self.first_words = frozenset(
            word for name in names if (word := fold(name).partition(" ")[0]).isascii()
        )
        """Words of which one stands before every number that needs one, in ASCII texts."""
        self._unspaced = tuple(name for name in names if _UNSPACED_SIGN.search(name))
        alone = (form.alone.pattern for form in forms if form.alone)
        self._any_alone = re.compile("|".join(alone) or "(?!)")

    def find(self, scan: Scan) -> Iterator[Hit]:
        """Yield each number that nothing took, without the word it is called by."""
        text, end = scan.text, 0
        has_words = scan.may_say(self.first_words) or not text.isascii()
        if scan.starts is None:
            scan.starts = [*_starts(scan)]
        for start in scan.starts:
            if start < end:
                continue
            hit = self._alone(text, start) or (has_words and self._by_word(text, start))
            if hit and scan.is_free(hit.start, hit.end):
                end = hit.end
                yield hit

    def _alone(self, text: str, start: int) -> Hit | None:
        if not self._any_alone.match(text, start):
            return None
        for form in self._forms:
            match = form.alone.match(text, start) if form.alone else None
            if match and form.check(match.group()):
                called = words_before(text, start, _REACH)
                if called and called[-1].lower() in _ANOTHER_THING:
                    return None
                return Hit(*match.span(), f"{form.rule} alone", bare(match.group()))
        return None

    def _by_word(self, text: str, start: int) -> Hit | None:
        words = words_before(text, start, _REACH)
        if self.first_words.isdisjoint(map(fold, words)) and " ".join(words).isascii():
            return None
        for phrase, after in self._names(words):
            forms = self._called.get(phrase, ())
            hits = [hit for form in forms if (hit := _of(form, text, start))]
            if hits:
                return max(hits, key=lambda hit: hit.end)
            rule = self._named.get(phrase)
            if rule and FILLING.issuperset(map(str.lower, words[len(words) - after :])):
                return _of_any_form(text, start, rule)
        return None

    def _names(self, words: list[str]) -> Iterator[tuple[str, int]]:
        yield from phrases(words)
        joined = " ".join(words)
        if not joined.isascii():
            yield from ((word, 0) for word in self._unspaced if word in joined)


def _of(form: IdForm, text: str, start: int) -> Hit | None:
    match = form.shape.match(text, start)
    if not match or not form.check(match.group()):
        return None
    return Hit(*match.span(), f"{form.rule} + word", bare(match.group()))


def _of_any_form(text: str, start: int, rule: str) -> Hit | None:
    parted = PARTED.match(text, start) if rule in MAY_BE_PARTED else None
    match = parted or TOKEN.match(text, start)
    if not match or sum(map(str.isdigit, match.group())) < _FEWEST_DIGITS - 1:
        return None
    return Hit(*match.span(), rule, bare(match.group()))


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
    return text[start - 1 : start] not in tuple(".,/") or text[start - 2 : start - 1].isdigit()


def _heads(text: str, at: int) -> Iterator[int]:
    """Yield where a number may begin whose first digits stand at `at`: letters may lead it."""
    first = at
    while first > max(0, at - 7) and text[first - 1].isascii() and text[first - 1].isalpha():
        first -= 1
    if first == at and at > 1 and text[at - 1] in " -" and text[at - 2].isascii():
        led = at - 2 if text[at - 2].isalpha() else at
        led -= led < at and led > 0 and text[led - 1].isascii() and text[led - 1].isalpha()
        if led < at and not text[led - 1 : led].isalnum():
            yield led
    if not (first and text[first - 1].isascii() and text[first - 1].isalnum()):
        yield first
