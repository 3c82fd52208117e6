"""JSON documents of any size, one element of a list at a time, in bounded memory.

The standard library's scanner does the reading; only the brackets around the list are read here.
Of the streaming parsers, ijson 3.6 ends the process at a number of 5,000 digits and fills the
memory at 100,000 open brackets (both tried), and takes ten times as long.
"""

import json
import math
import re
from collections.abc import Collection, Iterator
from typing import BinaryIO, TextIO, cast

from sayso.evidence.canonical import JSON
from sayso.sources.fields import Unfit
from sayso.sources.lines import as_text

LONGEST_VALUE = 8 * 1024 * 1024
"""In signs. No post is as long; held as text and parsed it costs some hundred megabytes."""

_PIECE = 256 * 1024
_BLANK = re.compile(r"[ \t\n\r]*")
_CUT_OFF = "Download or copy it again."
_LONGEST_WHOLE = 18  # digits; more of them count nothing here


def elements(stream: BinaryIO, name: str, lists: Collection[str]) -> Iterator[JSON]:
    """Yield the elements of a list: the whole document, or what stands under one of `lists`.

    Raises:
        Unfit: the document is not JSON from here on, one value in it is too long or too deep, or
            it has no such list.
    """
    with as_text(stream, name) as text:
        yield from _Scan(text).elements(lists)


def document(stream: BinaryIO, name: str) -> JSON:
    """Return a document that is short enough to be held.

    Raises:
        Unfit: it is not JSON, or too long or too deep.
    """
    with as_text(stream, name) as text:
        return _Scan(text).whole()


def _number(digits: str) -> float:
    """Return a number as far as it can be held; nobody's words are counted with it."""
    value = float(digits) if len(digits) < 100 else math.inf
    return value if math.isfinite(value) else 0.0


def _whole(digits: str) -> int:
    return int(digits) if len(digits.lstrip("-")) <= _LONGEST_WHOLE else 0


_DECODER = json.JSONDecoder(
    strict=False, parse_int=_whole, parse_float=_number, parse_constant=lambda _: None
)


class _Scan:
    def __init__(self, text: TextIO) -> None:
        self._text, self._held, self._at = text, "", 0
        self._is_over = False

    def whole(self) -> JSON:
        value = self._value()
        if self._sign():
            raise Unfit("not JSON", f"Something stands behind its end. {_CUT_OFF}")
        return value

    def elements(self, lists: Collection[str]) -> Iterator[JSON]:
        if self._sign() == "[":
            yield from self._list()
            return
        has_list = False
        self._take("{")
        while self._sign() != "}":
            key = self._value()
            self._take(":")
            if key in lists and self._sign() == "[":
                has_list = True
                yield from self._list()
            else:
                self._value()
            if self._sign() != "}":
                self._take(",")
        if not has_list:
            raise Unfit("no list in it", f"Its list stands under {' or '.join(lists)}.")

    def _list(self) -> Iterator[JSON]:
        self._take("[")
        while self._sign() != "]":
            yield self._value()
            if self._sign() != "]":
                self._take(",")
        self._take("]")

    def _sign(self) -> str:
        """Return the next sign that is not blank; empty at the end."""
        while True:
            blank = _BLANK.match(self._held, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._held) or not self._more():
                return self._held[self._at : self._at + 1]

    def _take(self, sign: str) -> None:
        found = self._sign()
        if found != sign:
            where = f"there is {found!a} where {sign!a} belongs" if found else "it ends too early"
            raise Unfit("not JSON", f"{where.capitalize()}. {_CUT_OFF}")
        self._at += 1

    def _value(self) -> JSON:
        self._sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                if self._may_go_on(error) and self._more():
                    continue
                raise Unfit("not JSON", f"{error.msg}. {_CUT_OFF}") from error
            except RecursionError as error:
                mend = "Lists and objects stand in each other too deep to be meant."
                raise Unfit("nested too deep", mend) from error
            if end < len(self._held) or not self._more():
                self._at = end
                return cast("JSON", value)

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Whether what follows may mend it: a value that is only cut off where reading stands."""
        return error.msg.startswith("Unterminated") or error.pos >= len(self._held) - len("\\u0000")

    def _more(self) -> bool:
        """Hold twice as much of what is not read yet; false at the end."""
        if self._is_over:
            return False
        left = len(self._held) - self._at
        if left > LONGEST_VALUE:
            mend = f"At most {LONGEST_VALUE:,} signs of one value are read."
            raise Unfit("too long", mend)
        try:
            read = self._text.read(max(_PIECE, left))
        except UnicodeDecodeError as error:
            raise Unfit("not JSON", f"It ends in the middle of a sign. {_CUT_OFF}") from error
        self._is_over = not read
        self._held, self._at = self._held[self._at :] + read, 0
        return bool(read)
