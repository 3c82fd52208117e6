"""AI usage preferences (IETF AIPREF vocab-07, attach-05): a small RFC 9651 dictionary."""

import re
from collections.abc import Iterable, Mapping

from sayso.consent.choices import Answer

HEADER = "Content-Usage"
TRAIN_AI = "train-ai"
SEARCH = "search"

_SAID = {"y": Answer.YES, "n": Answer.NO}

# RFC 9651 section 4.2: the pieces of a dictionary, each anchored where reading has come to.
_KEY = re.compile(r"[a-z*][a-z0-9_\-.*]*")
_TOKEN = re.compile(r"[A-Za-z*][A-Za-z0-9!#$%&'*+\-.^_`|~:/]*")
_OTHER = re.compile(
    r'"(?:[ !#-\[\]-~]|\\["\\])*"'  # string
    r"|-?[0-9]{1,12}\.[0-9]{1,3}|-?[0-9]{1,15}"  # decimal, integer
    r"|:[A-Za-z0-9+/]*={0,2}:"  # byte sequence
    r"|\?[01]"  # boolean
    r"|@-?[0-9]{1,15}"  # date
    r'|%"(?:[ !#$&-~]|%[0-9a-f]{2})*"'  # display string
)
_SPACE = re.compile(r"[ \t]*")


class _Unparsable(Exception):
    """The text is no dictionary; never leaves this file."""


def parse(text: str) -> dict[str, Answer]:
    """Return the answers in a `Content-Usage` value; what is missing is unknown.

    Anything but the tokens `y` and `n` is unknown, the last of doubled keys counts, parameters
    and unknown keys are ignored, and a text that does not parse says nothing at all.
    """
    try:
        members = _Reader(text).dictionary()
    except _Unparsable:
        return {}
    return {key: _SAID[value] for key, value in members.items() if value in _SAID}


def emit(answers: Mapping[str, Answer]) -> str:
    """Return a `Content-Usage` value that says `answers`."""
    return ", ".join(
        f"{key}={'y' if answer is Answer.YES else 'n'}" for key, answer in sorted(answers.items())
    )


def combine(statements: Iterable[Answer | None]) -> Answer | None:
    """Return what several statements come to: any no is no, else any yes is yes."""
    said = set(statements)
    if Answer.NO in said:
        return Answer.NO
    return Answer.YES if Answer.YES in said else None


class _Reader:
    """Reads one dictionary from left to right (RFC 9651 section 4.2.2)."""

    def __init__(self, text: str) -> None:
        self._text = text.strip(" ")
        self._at = 0

    def dictionary(self) -> dict[str, str | None]:
        """Return each key's token, or None where its value is anything else."""
        members: dict[str, str | None] = {}
        while self._at < len(self._text):
            key = self._take(_KEY)
            members[key] = self._item_or_list() if self._skip("=") else None
            self._parameters()
            self._take(_SPACE)
            if self._at == len(self._text):
                break
            if not self._skip(","):
                raise _Unparsable
            self._take(_SPACE)
            if self._at == len(self._text):
                raise _Unparsable  # a comma at the end
        return members

    def _item_or_list(self) -> str | None:
        if not self._skip("("):
            return self._bare()
        while True:
            self._spaces()
            if self._skip(")"):
                return None
            self._bare()
            self._parameters()
            if self._text[self._at : self._at + 1] not in (" ", ")"):
                raise _Unparsable

    def _bare(self) -> str | None:
        found = _TOKEN.match(self._text, self._at)
        if found:
            self._at = found.end()
            return found[0]
        self._take(_OTHER)
        return None

    def _parameters(self) -> None:
        while self._skip(";"):
            self._spaces()
            self._take(_KEY)
            if self._skip("="):
                self._bare()

    def _spaces(self) -> None:
        while self._skip(" "):
            pass

    def _skip(self, character: str) -> bool:
        here = self._text.startswith(character, self._at)
        self._at += len(character) if here else 0
        return here

    def _take(self, piece: re.Pattern[str]) -> str:
        found = piece.match(self._text, self._at)
        if found is None:
            raise _Unparsable
        self._at = found.end()
        return found[0]
