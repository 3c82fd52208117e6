"""Structured field dictionaries (RFC 9651 section 4.2.2), as far as a token is their value."""

import re
from urllib.parse import unquote_to_bytes

# The pieces of a dictionary, each anchored where reading has come to.
_KEY = re.compile(r"[a-z*][a-z0-9_\-.*]*")
_TOKEN = re.compile(r"[A-Za-z*][A-Za-z0-9!#$%&'*+\-.^_`|~:/]*")
_OTHER = re.compile(
    r'"(?:[ !#-\[\]-~]|\\["\\])*"'  # string
    r"|-?[0-9]{1,12}\.[0-9]{1,3}(?![0-9.])"  # decimal
    r"|-?[0-9]{1,15}(?![0-9.])"  # integer
    r"|:(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2,3}={0,2})?:"  # byte sequence
    r"|\?[01]"  # boolean
    r"|@-?[0-9]{1,15}(?![0-9.])"  # date
    r'|%"(?:[ !#$&-~]|%[0-9a-f]{2})*"'  # display string
)
_SPACE = re.compile(r"[ \t]*")


class Unparsable(Exception):
    """The text is no dictionary; becomes silence or `BadInput` in the standard's own file."""


def parse(text: str) -> dict[str, str | None]:
    """Return each key's token, or None where its value is anything but a token.

    Of doubled keys the last counts; parameters are read over.

    Raises:
        Unparsable: the text is not a dictionary; then nothing of it may be used.
    """
    return _Reader(text).dictionary()


class _Reader:
    """Reads one dictionary from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text.strip(" ")
        self._at = 0

    def dictionary(self) -> dict[str, str | None]:
        members: dict[str, str | None] = {}
        while self._at < len(self._text):
            key = self._take(_KEY)
            members[key] = self._item_or_list() if self._skip("=") else None
            self._parameters()
            self._take(_SPACE)
            if self._at == len(self._text):
                break
            if not self._skip(","):
                raise Unparsable
            self._take(_SPACE)
            if self._at == len(self._text):
                raise Unparsable  # a comma at the end
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
                raise Unparsable

    def _bare(self) -> str | None:
        found = _TOKEN.match(self._text, self._at)
        if found:
            self._at = found.end()
            return found[0]
        _require_text(self._take(_OTHER))
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
            raise Unparsable
        self._at = found.end()
        return found[0]


def _require_text(item: str) -> None:
    """Refuse a display string whose bytes are no UTF-8 (RFC 9651 section 4.2.10)."""
    if item.startswith("%"):
        try:
            unquote_to_bytes(item).decode("utf-8")
        except UnicodeDecodeError as error:
            raise Unparsable from error
