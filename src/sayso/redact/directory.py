"""The names of a network's members, ready to be found in a text in one pass."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator

import ahocorasick

_SCRIPTS_WITHOUT_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")


class Directory:
    """Full names, and how each is also written: capitals, no accents, last name first.

    A name of one word is not one of them: half of such words mean something else. The
    directory's digest says which names it held without telling any of them.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Take the names as the network spells them; the rest are left out, as are doubles."""
        full = sorted({name for name in map(_spelled, names) if _is_full(name)})
        self.digest = hashlib.sha256("\n".join(full).encode()).hexdigest()
        self.names = len(full)
        self._automaton = ahocorasick.Automaton()
        for form in (form for name in full for form in _turned(name)):
            self._automaton.add_word(form, -len(form))
        for form in (form for name in full for form in _forms(name)):
            self._automaton.add_word(form, len(form))
        if full:
            self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a name stands as whole words; spans may overlap."""
        if not self.names:
            return
        for last, length in self._automaton.iter(text):
            start, end = last + 1 - abs(length), last + 1
            if not (_parts_words(text, start) and _parts_words(text, end)):
                continue
            if length > 0 or not _is_inside_a_list(text, start, end):
                yield start, end


def _spelled(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("\u2019", "'").split())


def _is_full(name: str) -> bool:
    words = [word for word in name.split(" ") if any(sign.isalpha() for sign in word)]
    return len(words) >= 2 or (len(name) >= 3 and all(map(_is_unspaced, name)))


def _is_unspaced(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith(_SCRIPTS_WITHOUT_SPACES)


def _forms(name: str) -> set[str]:
    words = name.split(" ")
    forms = {name}
    if len(words) >= 3:
        forms.add(f"{words[0]} {words[-1]}")
    if len(words) == 3 and len(words[1].rstrip(".")) > 1:
        forms.add(f"{words[0]} {words[1][0]}. {words[2]}")
    return _spellings(forms)


def _turned(name: str) -> set[str]:
    """Return the name with its last word first, as registers and reference lists have it."""
    first, _, last = name.rpartition(" ")
    return _spellings({f"{last}, {first}"}) if first else set()


def _spellings(forms: set[str]) -> set[str]:
    plain = forms | {_without_accents(form) for form in forms}
    return plain | {form.upper() for form in plain}


def _is_inside_a_list(text: str, start: int, end: int) -> bool:
    """Whether a turned name is the end of one person's name and the beginning of the next's."""
    before = text[max(0, start - 40) : start]
    words = before.split() if before.endswith(" ") else []
    follows_a_name = bool(words) and words[-1][0].isupper() and words[-1][-1].isalnum()
    return follows_a_name or (text[end : end + 1] == " " and text[end + 1 : end + 2].isupper())


def _without_accents(form: str) -> str:
    split = unicodedata.normalize("NFD", form)
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


def _parts_words(text: str, place: int) -> bool:
    """Whether a word ends or begins at `place`."""
    if place in (0, len(text)):
        return True
    before, after = text[place - 1], text[place]
    if _is_unspaced(before) or _is_unspaced(after):
        return True
    return not (_in_word(before) and _in_word(after))


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
