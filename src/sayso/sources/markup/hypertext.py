"""HTML as plain text: one pass over the tags, without a tree, however deep they are nested."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from sayso.community import SOMEONE, MemberId
from sayso.sources.markup.elements import CELLS, CODE, LINES, RAW, UNSEEN, UNSEEN_CLASSES
from sayso.sources.markup.page import Mark, Page, Span

Who = Callable[[str], MemberId]
"""Turns an address or a handle, as it stands in the text, into a member's id or `SOMEONE`."""

_MARKUP = frozenset("<&\0")
_SIZE = re.compile(r"\|(?:\d+x\d+|thumbnail|attachment|video|audio).*", re.DOTALL)
_AT = re.compile(r"(?<![\w@/.+-])@(\w(?:[\w.-]{0,58}\w)?)")


def read(text: str, who: Who, *, at_is_mention: bool = False) -> Page:
    """Return the page that `text` shows; with `at_is_mention`, `@ana` in it points at someone.

    Any Unicode text is HTML: what is broken is read as browsers do (libxml2's HTML5 tokens).
    """
    reading = _Reading(who, at_is_mention=at_is_mention)
    if _MARKUP.isdisjoint(text):
        reading.data(text)
        reading.close()
        return reading.page
    parser = etree.HTMLParser(
        target=reading, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    parser.feed(f"<body>{text}")
    parser.close()
    return reading.page


@dataclass(slots=True, kw_only=True)
class _Element:
    """A tag that is open, and what its end has to undo."""

    tag: str
    span: Span | None = None
    is_unseen: bool = False
    is_quoting: bool = False


class _Reading:
    """The target of lxml's parser (lxml, "The target parser interface")."""

    def __init__(self, who: Who, *, at_is_mention: bool) -> None:
        self.page = Page()
        self._who = who
        self._at_is_mention = at_is_mention
        self._open: list[_Element] = []
        self._said: list[str] = []
        self._unseen = 0
        self._raw = 0
        self._is_first_in_raw = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins; an empty element's too."""
        self._flush()
        classes = frozenset(attributes.get("class", "").split())
        element = _Element(tag=tag)
        self._open.append(element)
        if tag in UNSEEN or classes & UNSEEN_CLASSES:
            element.is_unseen = True
            self._unseen += 1
        if self._unseen:
            return
        self._lay_out(tag)
        if tag == "img":
            self._image(attributes.get("alt", ""))
        element.span = self._span(element, attributes, classes)

    def data(self, said: str) -> None:
        """Some text, perhaps not all that stands before the next tag."""
        self._said.append(said)

    def end(self, tag: str) -> None:
        """A tag ends; every one that began does, in reverse order."""
        self._flush()
        element = self._open.pop()
        if element.is_unseen:
            self._unseen -= 1
        if self._unseen or element.is_unseen:
            return
        if element.span is not None:
            if element.span.mark is Mark.MENTION and not element.span.member_id:
                element.span.member_id = self._who(self.page.said_in(element.span))
            self.page.close(element.span)
        if tag in RAW:
            self._raw -= 1
        if tag in LINES:
            self.page.line()

    def close(self) -> None:
        """The text is over."""
        self._flush()

    def _lay_out(self, tag: str) -> None:
        if tag in LINES:
            self.page.line()
        elif tag in CELLS:
            self.page.cell()
        elif tag == "br":
            self.page.line_break()
        if tag in RAW:
            self._raw += 1
            self._is_first_in_raw = True

    def _span(
        self, element: _Element, attributes: dict[str, str], classes: frozenset[str]
    ) -> Span | None:
        tag = element.tag
        if tag == "aside" and classes & {"quote", "onebox"}:
            element.is_quoting = True
            named = attributes.get("data-username", "")
            return self.page.open(Mark.QUOTE, self._who(named) if named else SOMEONE)
        if tag in {"blockquote", "q"}:
            if len(self._open) > 1 and self._open[-2].is_quoting:
                return None  # the body of Discourse's own quote, which has opened already
            cited = attributes.get("cite", "")
            return self.page.open(Mark.QUOTE, self._who(cited) if cited else SOMEONE)
        if tag in CODE:
            return self.page.open(Mark.CODE)
        if "mention" in classes and "hashtag" not in classes:
            address = attributes.get("href", "")
            return self.page.open(Mark.MENTION, self._who(address) if address else SOMEONE)
        return None

    def _image(self, alt: str) -> None:
        self.page.words(_SIZE.sub("", alt) if self._at_is_mention else alt)

    def _flush(self) -> None:
        if not self._said:
            return
        said = "".join(self._said)
        self._said.clear()
        if self._unseen:
            return
        if self._raw:
            if self._is_first_in_raw:
                said = said.removeprefix("\r").removeprefix("\n")
            self._is_first_in_raw = False
            self.page.raw(said)
        elif self._at_is_mention and not self.page.is_in(Mark.CODE):
            self._with_mentions(said)
        else:
            self.page.words(said)

    def _with_mentions(self, said: str) -> None:
        at = 0
        for found in _AT.finditer(said):
            self.page.words(said[at : found.start()])
            span = self.page.open(Mark.MENTION, self._who(found[0]))
            self.page.words(found[0])
            self.page.close(span)
            at = found.end()
        self.page.words(said[at:])
