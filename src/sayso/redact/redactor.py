"""A text past every finder, and what is left of it."""

import hashlib
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple, Protocol

from sayso.errors import BadInput
from sayso.redact.directory import Directory
from sayso.redact.draft import Draft
from sayso.redact.finders.cards import CARD
from sayso.redact.finders.emails import EMAIL
from sayso.redact.finders.handles import HANDLE
from sayso.redact.finders.ibans import IBAN
from sayso.redact.finders.machines import IP
from sayso.redact.finders.member_names import NAME
from sayso.redact.finders.national_ids import ID
from sayso.redact.finders.phones import PHONE
from sayso.redact.finders.urls import PLAIN, URL
from sayso.redact.numbering import numbers
from sayso.redact.resolve import Claim
from sayso.redact.scan import (
    NOTHING_KNOWN,
    PLACEHOLDER,
    Finder,
    Hit,
    Kind,
    Scan,
    Span,
    Surroundings,
    is_free,
)
from sayso.redact.view import View, view

FINDERS: tuple[Finder, ...] = (URL, EMAIL, IBAN, CARD, ID, IP, PHONE, HANDLE, NAME)
"""In order: an earlier finder's digits are not read again as something else."""

LINKS = ("all", "personal")
"""Which links go: every one, or those that have a name or an account in them."""

_FORMAT = "2"
_PATIENCE = 4
"""Looks after which what is found goes with everything glued to it: a text made of pieces
that each hide the next would otherwise need a look for each."""
_TAGGER = "tagger"


class Tagged(Protocol):
    """A span that a tagger takes for a person's name."""

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


class Tagger(Protocol):
    """Sees names of strangers. What it says of a text depends on that text alone."""

    @property
    def digest(self) -> str:
        """Names the tagger: it changes whenever its answers may."""
        ...

    def tag_batch(self, texts: Sequence[str]) -> Sequence[Sequence[Tagged]]:
        """Return what it sees in each text; many at once cost less."""
        ...


class Found(NamedTuple):
    """Where personal data stood in the original text, which kind, and who found it and why.

    The same value has the same number in the whole document. `finder` is the finder's kind and
    version. The words themselves are not kept.
    """

    start: int
    end: int
    kind: Kind
    number: int
    finder: str
    rule: str

    @property
    def placeholder(self) -> str:
        """What stands in the text instead."""
        return self.kind.placeholder(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """A text with placeholders, and what they stand for, in order and without overlaps."""

    text: str
    found: tuple[Found, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind were taken out."""
        return dict(sorted(Counter(found.kind.value for found in self.found).items()))


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a document, as its title, and what is known beside it."""

    text: str
    around: Surroundings = field(default=NOTHING_KNOWN, kw_only=True)


_Answer = Sequence[Sequence[Tagged]]
_Steps = Generator[list[str], _Answer | None, tuple[Redacted, ...]]
"""Yields texts to be tagged, is sent what the tagger sees in each, returns the outcome."""


class Redactor:
    """Takes personal data out of texts; the same text always gives the same result.

    Nothing that a finder would still find is left: redacting the result changes nothing.
    """

    def __init__(
        self,
        finders: tuple[Finder, ...] = FINDERS,
        directory: Directory | None = None,
        *,
        tagger: Tagger | None = None,
        links: str = "all",
    ) -> None:
        """Use `finders` in this order, `directory` for members, `tagger` for strangers.

        Raises:
            BadInput: `links` is none of LINKS.
        """
        if links not in LINKS:
            raise BadInput(
                f"redact_links is {links!r}.", hint=f"Set it to one of: {', '.join(LINKS)}."
            )
        self.finders = finders
        self.directory = directory or Directory()
        self.links = links
        self._tagger = tagger
        named = [f"format/{_FORMAT}", f"links/{links}", *map(_shown, finders)]
        if tagger is not None:
            named.append(f"{_TAGGER}/{tagger.digest}")
        self.digest = hashlib.sha256(",".join(named).encode()).hexdigest()

    def redact(self, text: str, around: Surroundings = NOTHING_KNOWN) -> Redacted:
        """Return `text` with a placeholder for each piece of personal data."""
        return self.redact_document([Part(text, around=around)])[0]

    def redact_document(self, parts: Sequence[Part]) -> tuple[Redacted, ...]:
        """Return each text of one document redacted; they share their numbers."""
        return self.redact_batch([parts])[0]

    def redact_batch(self, documents: Iterable[Sequence[Part]]) -> list[tuple[Redacted, ...]]:
        """Return what `redact_document` returns for each, in order, at less cost."""
        running = [self._steps(parts) for parts in documents]
        outcomes: list[tuple[Redacted, ...] | None] = [None] * len(running)
        answers: list[_Answer | None] = [None] * len(running)
        places: Sequence[int] = range(len(running))
        while places:
            asked: list[tuple[int, list[str]]] = []
            for place in places:
                try:
                    asked.append((place, running[place].send(answers[place])))
                except StopIteration as done:
                    outcomes[place] = done.value
            places = self._tag(asked, answers)
        return [outcome for outcome in outcomes if outcome is not None]

    def _tag(
        self,
        asked: Sequence[tuple[int, list[str]]],
        answers: list[_Answer | None],
    ) -> list[int]:
        """Answer those who asked, all with one call; return their places."""
        if asked and self._tagger is not None:
            tagged = iter(self._tagger.tag_batch([text for _, texts in asked for text in texts]))
            for place, texts in asked:
                answers[place] = [next(tagged) for _ in texts]
        return [place for place, _ in asked]

    def _steps(self, parts: Sequence[Part]) -> _Steps:
        drafts = [Draft(part.text, part.around) for part in parts]
        seen: list[str | None] = [None] * len(drafts)
        tagged: list[str | None] = [None] * len(drafts)
        for looks in count():
            # What was taken out may have hidden something from a finder that reads its
            # surroundings, so what is new is looked at again until nothing more is found.
            is_new = False
            for at, draft in enumerate(drafts):
                if draft.shown != seen[at]:
                    seen[at] = draft.shown
                    is_new |= draft.add(self._claims(draft, looks))
            if not is_new and self._tagger is not None:
                fresh = [at for at, draft in enumerate(drafts) if draft.shown != tagged[at]]
                answer = (yield [view(drafts[at].shown).text for at in fresh]) if fresh else ()
                for at, spans in zip(fresh, answer or (), strict=True):
                    tagged[at] = drafts[at].shown
                    is_new |= drafts[at].add(self._names(drafts[at], spans))
            if not is_new:
                return tuple(self._redacted(drafts))
            for draft, row in zip(drafts, _numbers(drafts), strict=True):
                draft.show(row)
        raise AssertionError

    def _claims(self, draft: Draft, looks: int) -> list[Claim]:
        """Ask every finder about what the text looks like now."""
        seen = view(draft.shown)
        scan = Scan(seen.text, draft.around, self.directory, _placeholders(seen.text))
        claims: list[Claim] = []
        for finder in self.finders:
            if finder.needs and not any(sign in seen.text for sign in finder.needs):
                continue
            hits = list(finder.find(scan))
            if hits:
                scan.take(hits)
                if finder.kind is Kind.URL and self.links == "personal":
                    hits = [hit for hit in hits if hit.rule != PLAIN]
                claims += _claimed(seen, finder, hits)
        if looks >= _PATIENCE:
            claims = [_whole_word(draft.shown, claim) for claim in claims]
        return claims

    def _names(self, draft: Draft, spans: Sequence[Tagged]) -> list[Claim]:
        """Return what the tagger sees, less what lies in something that is known already."""
        seen = view(draft.shown)
        taken = _placeholders(seen.text)
        return [
            Claim(*seen.original(span.start, span.end), Kind.PERSON, _TAGGER, _TAGGER)
            for span in spans
            if is_free(taken, span.start, span.end)
        ]

    def _redacted(self, drafts: Sequence[Draft]) -> Iterator[Redacted]:
        for draft, row in zip(drafts, _numbers(drafts), strict=True):
            found = tuple(
                Found(claim.start, claim.end, claim.kind, number, claim.finder, claim.rule)
                for claim, number in zip(draft.claims, row, strict=True)
            )
            yield Redacted(text=draft.shown, found=found)


def _shown(finder: Finder) -> str:
    return f"{finder.kind.value}/{finder.version}"


def _claimed(seen: View, finder: Finder, hits: Iterable[Hit]) -> Iterator[Claim]:
    shown = _shown(finder)
    for hit in hits:
        start, end = seen.original(hit.start, hit.end)
        yield Claim(start, end, finder.kind, shown, hit.rule, hit.identity)


def _numbers(drafts: Sequence[Draft]) -> list[list[int]]:
    return numbers([draft.text for draft in drafts], [draft.claims for draft in drafts])


def _placeholders(text: str) -> list[Span]:
    return [match.span() for match in PLACEHOLDER.finditer(text)] if "<" in text else []


def _whole_word(text: str, claim: Claim) -> Claim:
    """Widen the claim to the white space on both sides."""
    start, end = claim.start, claim.end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return claim._replace(start=start, end=end)
