"""Finds numbers by what they are called, or by a form that can be nothing else.

One reader serves every kind of number: which forms there are is its table's matter.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from string import ascii_uppercase, digits

import numpy as np

from sayso.redact.called import phrases, words_before
from sayso.redact.folding import fold
from sayso.redact.ids.checks import bare
from sayso.redact.ids.forms import IdForm
from sayso.redact.ids.named_numbers import FILLING, MAY_BE_PARTED, PARTED, TOKEN
from sayso.redact.letters import Places
from sayso.redact.scan import Hit, Likely, Scan, Span
from sayso.redact.sight import Sight, Signs

_REACH = 40
_FEWEST_DIGITS, _LONGEST_HEAD = 5, 16
_WIDEST_GAP = 2
_NO_NUMBER_AFTER = frozenset(".,$€£#_=%/")
_BETWEEN = frozenset(" ./-+")
_NO_NUMBER_BEHIND = Signs(_NO_NUMBER_AFTER, beyond=False)
_PARTING, _DIGITS = Signs(".,/", beyond=False), Signs(digits, beyond=False)
_CAPITALS, _GOING_ON = Signs(ascii_uppercase), Signs(_BETWEEN, beyond=False)
_GOES_ON = re.compile(rf"[0-9]+(?:[^0-9]{{1,{_WIDEST_GAP}}}[0-9]+){{0,3}}")
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

    def may_be_called(self, sight: Sight) -> Places:
        """Return the digits with the first word of a number's name near before them."""
        return sight.runs[sight.hears(self.first_words, _REACH + _LONGEST_HEAD)]

    def find(self, scan: Scan, called: Likely) -> Iterator[Hit]:
        """Yield each number that nothing took, without the word it is called by.

        `called` is what asks `may_be_called`, by a name of its own.
        """
        text, end = scan.text, 0
        if scan.starts is None:
            scan.starts = [*_starts(text, scan.likely_runs(may_begin))]
        if not scan.starts:
            return
        near = {*scan.likely_runs(called)} if text.isascii() else None
        for start, run in scan.starts:
            if start < end:
                continue
            may_be_called = near is None or run in near
            hit = self._alone(text, start) or (may_be_called and self._by_word(text, start))
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


def may_begin(sight: Sight) -> Places:
    """Return the digits with which a number of enough of them may begin."""
    before, after = sight.before(), sight.after()
    is_part = ~_PARTING.hold(before) | _DIGITS.hold(sight.before(2))
    size, total = sight.sizes, sight.sizes.copy()
    near = np.ones(len(size), dtype=np.bool_)
    for step in range(1, 4):
        near[:-step] &= sight.begins[step:] - sight.ends[step - 1 : -1 or None] <= _WIDEST_GAP
        near[-step:] = False
        total[:-step] += np.where(near[:-step], size[step:], 0)
    enough = (size >= _FEWEST_DIGITS) | (_GOING_ON.hold(after) & (total >= _FEWEST_DIGITS))
    enough |= _CAPITALS.hold(before) & _CAPITALS.hold(after)
    return sight.runs[enough & ~(_NO_NUMBER_BEHIND.hold(before) & is_part)]


def _starts(text: str, runs: list[Span]) -> Iterator[tuple[int, Span]]:
    """Yield in order where a number with enough digits may begin, and its first digits."""
    for start, end in runs:
        size, before = end - start, text[start - 1 : start]
        if before in _NO_NUMBER_AFTER and _is_part(text, start):
            continue
        if size < _FEWEST_DIGITS:
            after = text[end : end + 1]
            if before.isupper() and after.isupper():  # as in an Italian code
                yield from ((head, (start, end)) for head in _heads(text, start))
                continue
            if after not in _BETWEEN or _YEAR.match(text, start):
                continue
            whole = _GOES_ON.match(text, start)
            size = sum(map(str.isdecimal, whole[0])) if whole else 0
        if size >= _FEWEST_DIGITS:
            yield from ((head, (start, end)) for head in _heads(text, start))


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
