"""A plain text as it is written, with the spans that are open while it is."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from sayso.community import SOMEONE, Code, MemberId, Mention, Quote

WHITE = " \t\n\r\f"
"""What HTML calls white space (WHATWG HTML, "ASCII whitespace"); a fixed space is none."""

DEEPEST_QUOTE = 50
"""Below this depth a quote in a quote is nobody's in particular, so that it is always cut."""

_RUN = re.compile(f"[{WHITE}]+")
_LINE_END = re.compile(r"\r\n?")


class Mark(StrEnum):
    """What a span of the text can be."""

    QUOTE = "quote"
    MENTION = "mention"
    CODE = "code"


@dataclass(slots=True, kw_only=True)
class Span:
    """A stretch that began at a tag; it starts with the first sign written after that."""

    mark: Mark
    member_id: MemberId = SOMEONE
    start: int = -1
    part: int = -1
    is_kept: bool = True


@dataclass(slots=True)
class Page:
    """Takes words, line ends and marks in order, and holds the text that they come to.

    White space is kept back until a sign follows it: the text neither starts nor ends with it,
    and no span does. Spans are closed in the reverse order of their opening.
    """

    quotes: list[Quote] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    code: list[Code] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _gap: str = ""
    _waiting: list[Span] = field(default_factory=list)
    _depths: dict[Mark, int] = field(default_factory=lambda: dict.fromkeys(Mark, 0))

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._parts)

    def words(self, said: str) -> None:
        """Write running text: any white space in it is one space."""
        if not said:
            return
        if said[0] in WHITE:
            self._space()
        if body := _RUN.sub(" ", said).strip(" "):
            self._write(body)
            if said[-1] in WHITE:
                self._space()

    def raw(self, said: str) -> None:
        """Write text whose white space counts, as in `pre`."""
        said = _LINE_END.sub("\n", said)
        body = said.strip(WHITE)
        if not body:
            self._gap += said
            return
        begins = said.index(body[0])
        self._gap += said[:begins]
        self._write(body)
        self._gap = said[begins + len(body) :]

    def line(self) -> None:
        """Begin a line, unless one has just begun."""
        if not self._gap.startswith("\n"):
            self._gap = "\n"

    def line_break(self) -> None:
        """End the line; two in a row leave an empty one, and no more do."""
        self._gap = "\n\n" if self._gap.startswith("\n") else "\n"

    def cell(self) -> None:
        """Begin a table's cell: parted from the one before it by a tab."""
        if not self._gap.startswith("\n"):
            self._gap = "\t"

    def open(self, mark: Mark, member_id: MemberId = SOMEONE) -> Span:
        """Begin a span. Code in code and a mention in a mention are a part of the outer one."""
        depth = self._depths[mark] = self._depths[mark] + 1
        deepest = DEEPEST_QUOTE if mark is Mark.QUOTE else 1
        span = Span(mark=mark, is_kept=depth <= deepest)
        span.member_id = member_id if depth < deepest or mark is not Mark.QUOTE else SOMEONE
        if span.is_kept:
            self._waiting.append(span)
        return span

    def is_in(self, mark: Mark) -> bool:
        """Whether a span of that kind is open."""
        return self._depths[mark] > 0

    def said_in(self, span: Span) -> str:
        """Return what has been written since `span` began."""
        return "".join(self._parts[span.part :]) if span.start >= 0 else ""

    def close(self, span: Span) -> None:
        """End a span; one in which nothing was written is none."""
        self._depths[span.mark] -= 1
        if not span.is_kept:
            return
        if span.start < 0:
            self._waiting.pop()
            return
        start, end = span.start, self._length
        if span.mark is Mark.QUOTE:
            self.quotes.append(Quote(start=start, end=end, member_id=span.member_id))
        elif span.mark is Mark.MENTION:
            self.mentions.append(Mention(start=start, end=end, member_id=span.member_id))
        else:
            self.code.append(Code(start=start, end=end))

    def _space(self) -> None:
        self._gap = self._gap or " "

    def _write(self, body: str) -> None:
        if self._gap and self._length:
            self._parts.append(self._gap)
            self._length += len(self._gap)
        self._gap = ""
        for span in self._waiting:
            span.start, span.part = self._length, len(self._parts)
        self._waiting.clear()
        self._parts.append(body)
        self._length += len(body)
