"""The names of a network's members, ready to be found in many texts in one pass."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sayso.redact.letters import Places, Together, Words, apart, has_umlauts, words
from sayso.redact.members.display_names import spelled
from sayso.redact.members.handles import bare
from sayso.redact.members.name_forms import forms, numbers_of, pair_keys
from sayso.redact.members.name_reader import Known, NameReader
from sayso.redact.members.name_table import Table, are_among
from sayso.redact.members.ordinary import ORDINARY
from sayso.redact.members.unspaced import Unspaced, unspaced

__all__ = ["Directory", "Known"]

_REACH = 8
"""Two words of a name stand nearer than this, even with an initial between them."""

_REMEMBERED = 4096
_DOT, _COMMA = ord("."), ord(",")


class Directory:
    """Full names and handles, and how each is also written.

    Capitals, accents, hyphens and apostrophes make no difference; a middle name may be missing
    or an initial, the last name may come first, the first may be an initial. A name of one word
    is not one of them: half of such words mean something else. But for scripts without spaces
    nothing that is kept can be read as a name. The digest says which names and handles it held
    without telling any of them.
    """

    def __init__(self, names: Iterable[str] = (), handles: Iterable[str] = ()) -> None:
        """Take the names as the network shows them; the rest are left out, as are doubles."""
        lines = spelled(names)
        made = forms(lines)
        self._forms = Table(made.keys)
        self._pairs = Table(made.pairs)
        self._handles = Table(words("\n".join(bare(handles))).numbers)
        self._unspaced = Unspaced(unspaced(lines))
        self.names = made.names + len(self._unspaced.names)
        self.handles = len(self._handles)
        self.digest = self._digest()
        self._remembered: dict[str, tuple[Known, ...]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody to find."""
        return not (self.names or self.handles)

    def find(self, text: str) -> Iterator[Known]:
        """Yield where a name or a handle stands as whole words; spans may overlap."""
        if self.is_empty:
            return
        kept = self._remembered.get(text)
        yield from self._read([text], Together.of([text]))[0] if kept is None else kept

    def look_ahead(self, texts: Sequence[str], together: Together | None = None) -> None:
        """Read many texts at once, which is faster, so that `find` knows the answers.

        `together` are the same texts, if anybody has joined them before.
        """
        if not self.is_empty:
            if len(self._remembered) + len(texts) > _REMEMBERED:
                self._remembered = {}
            read = self._read(texts, together or Together.of(texts))
            self._remembered.update(zip(texts, read, strict=True))

    def forget(self) -> None:
        """Know no answers any more."""
        self._remembered = {}

    def __getstate__(self) -> dict[str, object]:
        """Travel to another process without what was read."""
        return self.__dict__ | {"_remembered": {}}

    def _digest(self) -> str:
        held = hashlib.sha256()
        for numbers in (self._forms.numbers, self._handles.numbers):
            held.update(np.array([len(numbers)], dtype="<u8").data)
            held.update(numbers.astype("<u8").data)
        held.update("\n".join(sorted(self._unspaced.names)).encode())
        return held.hexdigest()

    def _read(self, texts: Sequence[str], together: Together) -> list[tuple[Known, ...]]:
        found: dict[int, set[Known]] = defaultdict(set)
        self._read_plain(together, found)
        for at in together.texts_at(together.words.odd):
            found[at] |= self._read_apart(texts[at], german=False)
        if self._unspaced.names:
            for at in together.texts_at(together.words.unspaced()):
                found[at].update(Known(*span, "name") for span in self._unspaced.find(texts[at]))
        if has_umlauts(together.text):
            for at, text in enumerate(texts):
                if has_umlauts(text):
                    found[at] |= self._read_apart(text, german=True)
        return [tuple(sorted(found[at])) if at in found else () for at in range(len(texts))]

    def _read_apart(self, text: str, *, german: bool) -> set[Known]:
        plain = apart(text, german=german)
        seen: dict[int, set[Known]] = defaultdict(set)
        self._read_plain(Together.of([plain.text]), seen)
        spans = ((known, plain.original(known.start, known.end)) for known in seen[0])
        return {known._replace(start=start, end=end) for known, (start, end) in spans}

    def _read_plain(self, together: Together, found: dict[int, set[Known]]) -> None:
        """Add what is known to `found`, text by text."""
        seen = together.words
        reader = NameReader(together.text, seen, self._forms)
        names = (one for place, after in self._near(seen) for one in reader.at(place, after))
        for known in (*names, *self._handles_in(seen)):
            at = int(np.searchsorted(together.starts, known.start, side="right")) - 1
            begin = int(together.starts[at])
            found[at].add(known._replace(start=known.start - begin, end=known.end - begin))

    def _handles_in(self, seen: Words) -> Iterator[Known]:
        if len(self._handles):
            for place in np.flatnonzero(self._handles.holds(seen.numbers)).tolist():
                yield Known(int(seen.starts[place]), int(seen.ends[place]), "handle")

    def _near(self, seen: Words) -> Iterator[tuple[int, int]]:
        """Yield pairs of words that may begin a name; single letters between do not count."""
        count = len(seen.starts)
        singles = np.flatnonzero(seen.initials())
        inner = singles[(singles > 0) & (singles + 1 < count)]
        inner_two = inner[:-1][np.diff(inner) == 1]
        before = (np.arange(max(0, count - 1)), inner - 1, inner_two - 1)
        for apart_by, first in enumerate(before, start=1):
            keys = pair_keys(seen.numbers[first], seen.numbers[first + apart_by])
            held = first[np.flatnonzero(self._pairs.holds(keys))]
            if len(held):
                for at in held[_may_be_written(seen, held, held + apart_by)].tolist():
                    yield at, at + apart_by


def _may_be_written(seen: Words, first: Places, after: Places) -> NDArray[np.bool_]:
    """Say which pairs are worth reading: no words written small, no letters without a dot."""
    is_near = seen.starts[after] - seen.ends[first] < _REACH
    initials = seen.initials()
    is_initial, is_letter = initials[first], initials[after]
    signs = seen.sign_after(first)
    is_word = seen.begin_small(first) & are_among(seen.numbers[first], numbers_of(ORDINARY))
    worth: NDArray[np.bool_] = (
        is_near
        & ~(is_initial & (signs != _DOT))
        & ~(is_letter & ((signs != _COMMA) | (after != first + 1)))
        & ~is_word
    )
    return worth
