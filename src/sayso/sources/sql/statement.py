"""An operator's query: one SELECT and nothing else, with or without a place for the cursor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.errors import BadInput

_WRITES = frozenset({"insert", "update", "delete", "merge", "into"})
"""What a SELECT may not hold: PostgreSQL lets a WITH change rows, and a SELECT make a table."""

_TOKEN = re.compile(
    r"""
      (?P<comment>--[^\n]*|/\*.*?\*/)
    | (?P<text>[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|\$(?P<tag>\w*)\$.*?\$(?P=tag)\$)
    | (?P<name>"(?:[^"]|"")*"|`[^`]*`)
    | (?P<cursor>(?<!:):cursor\b)
    | (?P<word>\.?[^\W\d]\w*)
    | (?P<end>;)
    | (?P<other>\d\w*|::|\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SELECT, in pieces: between each two of them the cursor's value goes."""

    pieces: tuple[str, ...]

    @property
    def has_cursor(self) -> bool:
        """Whether the operator says where the cursor goes."""
        return len(self.pieces) > 1

    def rows(self) -> "Statement":
        """Return it as a table to select from."""
        begin = "select * from (\n" + self.pieces[0]  # noqa: S608 - the operator's own query
        pieces = [begin, *self.pieces[1:]]
        return Statement(pieces=(*pieces[:-1], pieces[-1] + "\n) as sayso_rows"))

    def then(self, *pieces: str) -> "Statement":
        """Return it with more at its end; between each two pieces the cursor's value goes."""
        return Statement(pieces=(*self.pieces[:-1], self.pieces[-1] + pieces[0], *pieces[1:]))

    def written(
        self, style: str, value: object, last: Sequence[object] = ()
    ) -> tuple[str, dict[str, object] | tuple[object, ...]]:
        """Return it as a driver of that parameter style wants it (PEP 249), and its values.

        The values of `last` go where the last pieces meet, `value` everywhere before.
        """
        pieces: Sequence[str] = self.pieces
        if style in {"format", "pyformat"}:
            pieces = [piece.replace("%", "%%") for piece in pieces]
        count = len(pieces) - 1
        values = (*(value,) * (count - len(last)), *last)
        names = [f"cursor{n}" for n in range(count)]
        signs = {
            "named": [f":{name}" for name in names],
            "pyformat": [f"%({name})s" for name in names],
            "numeric": [f":{n}" for n in range(1, count + 1)],
            "format": ["%s"] * count,
        }.get(style, ["?"] * count)
        joined = "".join(a + b for a, b in zip(pieces, [*signs, ""], strict=True))
        if style in {"named", "pyformat"}:
            return joined, dict(zip(names, values, strict=True))
        return joined, values


def statement(where: str, query: str) -> Statement:
    """Read an operator's query; `where` says which.

    Raises:
        BadInput: it is not a single SELECT.
    """
    pieces, words, is_over = [""], [], False
    for token in _TOKEN.finditer(query):
        kind, said = token.lastgroup, token.group()
        kind = "text" if kind == "tag" else kind
        if kind == "end":
            is_over = True
        elif is_over and kind != "comment" and said.strip():
            raise _refused(where, "it is more than one statement")
        elif kind == "cursor":
            pieces.append("")
        else:
            pieces[-1] += said
            if kind == "word":
                words.append(said.lower())
    if not words or words[0] not in {"select", "with"}:
        raise _refused(where, "it does not begin with SELECT or WITH")
    writes = sorted(_WRITES.intersection(words))
    if writes:
        raise _refused(where, f"it holds {writes[0].upper()}")
    return Statement(pieces=tuple(pieces))


def _refused(where: str, why: str) -> BadInput:
    return BadInput(
        f"{where} is refused: {why}.",
        hint="Give one SELECT: Sayso reads a site's database and changes nothing in it.",
    )
