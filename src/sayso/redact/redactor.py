"""A text past every finder, and what is left of it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sayso.errors import BadInput
from sayso.redact.asking import Asked, shown
from sayso.redact.draft import Draft, Paper, Part
from sayso.redact.finders.addresses import ADDRESS
from sayso.redact.finders.bank_accounts import BANK
from sayso.redact.finders.birth_dates import DATE_OF_BIRTH
from sayso.redact.finders.cards import CARD
from sayso.redact.finders.coordinates import LOCATION
from sayso.redact.finders.emails import EMAIL
from sayso.redact.finders.handles import HANDLE
from sayso.redact.finders.ibans import IBAN
from sayso.redact.finders.machines import IP
from sayso.redact.finders.macs import MAC
from sayso.redact.finders.member_names import NAME
from sayso.redact.finders.national_ids import ID
from sayso.redact.finders.phones import PHONE
from sayso.redact.finders.plates import PLATE
from sayso.redact.finders.secrets import SECRET
from sayso.redact.finders.urls import PLAIN, URL
from sayso.redact.glance import Listener
from sayso.redact.letters import Together
from sayso.redact.members.directory import Directory
from sayso.redact.program_lines import is_in_program
from sayso.redact.reading import Reader, Tagged, Tagger
from sayso.redact.redacted import Redacted, redacted
from sayso.redact.resolve import Claim
from sayso.redact.scan import (
    NOTHING_KNOWN,
    STAGES,
    Finder,
    Hit,
    Kind,
    Stage,
    Surroundings,
    is_free,
)
from sayso.redact.view import View

FINDERS: tuple[Finder, ...] = (
    *(
        SECRET,
        URL,
        EMAIL,
        IBAN,
        CARD,
        ID,
        BANK,
        IP,
        MAC,
        LOCATION,
        DATE_OF_BIRTH,
        PLATE,
    ),
    *(ADDRESS, PHONE, HANDLE, NAME),
)
"""In order: an earlier finder's digits are not read again as something else."""

LINKS = ("all", "personal")
"""Which links go: every one, or those that have a name or an account in them."""

_FORMAT = "3"
_PATIENCE = 4
"""Looks after which what is found goes with everything glued to it: a text made of pieces
that each hide the next would otherwise need a look for each."""
_TOGETHER = 400_000
"""Characters that are looked at together: enough to be fast, few enough to hold."""
_TAGGER = "tagger"
_SIGNS, _NUMBERS, _NAMES = Stage
_PERSON = Kind.PERSON
"""By their own names: an enumeration takes its time to find a member."""


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
        self.directory = directory or _nobody()
        self.links = links
        self._reads_names = not self.directory.is_empty and NAME in finders
        self._are_plain_kept = links == "personal"
        self._tagger = tagger
        self._asked = [
            [
                Asked.of(one, 1 << at)
                for at, one in enumerate(one for one in finders if STAGES[one.kind] is stage)
            ]
            for stage in Stage
        ]
        heard = [one.heard.words for asked in self._asked for one in asked if one.heard]
        self._listener = Listener(
            [*heard, *(words for one in finders for words in one.heeds)],
            [one.finder.likely for one in self._asked[Stage.NUMBERS]],
            [likely for one in finders for likely in one.asks],
        )
        named = [f"format/{_FORMAT}", f"links/{links}", *map(shown, finders)]
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
        """Return what `redact_document` returns for each, in order, at less cost.

        Names come last, when there is nothing else in their surroundings. What was taken out
        may have hidden something from a finder that reads its surroundings, so what is new is
        looked at again until nothing more is found.
        """
        done: list[tuple[Redacted, ...]] = []
        for papers in _some(Paper(parts) for parts in documents):
            unsettled: Sequence[Paper] = papers
            reader = self._tagger.reader() if self._tagger else None
            while unsettled:
                self._settle(unsettled)
                unsettled = self._name(unsettled, reader)
            done += [tuple(map(redacted, paper.drafts)) for paper in papers]
        return done

    def _settle(self, papers: Sequence[Paper]) -> None:
        """Look for all but names, until there is nothing more."""
        unsettled = papers
        while unsettled:
            for paper in unsettled:
                self._strip(paper)
            unsettled = self._weigh(unsettled)

    def _strip(self, paper: Paper) -> None:
        """Look for what signs give away, until there is nothing more."""
        is_new = True
        while is_new:
            is_new = False
            for draft in paper.drafts:
                if draft.is_new_to(_SIGNS):
                    draft.look(self.directory)
                    is_new |= draft.add(self._claims(draft, _SIGNS, paper.looks))
            if is_new:
                paper.show()

    def _weigh(self, papers: Sequence[Paper]) -> list[Paper]:
        """Look once for what is told by numbers and words; return the papers with new finds."""
        fresh = [
            (paper, draft)
            for paper in papers
            for draft in paper.drafts
            if draft.is_new_to(_NUMBERS)
        ]
        if not fresh:
            return []
        texts = [draft.seen.text for _, draft in fresh]
        together = Together.of(texts)
        if self._reads_names:
            self.directory.look_ahead(texts, together)
        glances = self._listener.glance(together, [draft.taken() for _, draft in fresh])
        for (_, draft), glance in zip(fresh, glances, strict=True):
            draft.scan.know(glance)
        return _shown_anew(
            paper for paper, draft in fresh if draft.add(self._claims(draft, _NUMBERS, paper.looks))
        )

    def _name(self, papers: Sequence[Paper], reader: Reader | None) -> list[Paper]:
        """Look for names once; return the papers with new ones."""
        fresh = [
            (paper, draft) for paper in papers for draft in paper.drafts if draft.is_new_to(_NAMES)
        ]
        texts = [draft.seen.text for _, draft in fresh]
        tagged = reader.tag_batch(texts) if reader and texts else [()] * len(texts)
        return _shown_anew(
            paper
            for (paper, draft), names in zip(fresh, tagged, strict=True)
            if draft.add([*self._claims(draft, _NAMES, paper.looks), *_strangers(draft, names)])
        )

    def _claims(self, draft: Draft, stage: Stage, looks: int) -> list[Claim]:
        """Ask the finders of one stage about what the text looks like now."""
        draft.asked[stage] = draft.shown
        asked = self._asked[stage]
        seen, scan, rest = draft.seen, draft.scan, draft.rest
        claims: list[Claim] = []
        likely = scan.asked
        for finder, named, needs, bit, heard in asked:
            if not likely & bit:
                for need in needs:
                    if need in rest:
                        break
                else:
                    continue
            if heard is not None and not heard.in_text(scan, rest):
                continue
            hits = [*finder.find(scan)]
            if hits:
                scan.take(hits)
                if self._are_plain_kept and finder.kind is Kind.URL:
                    hits = [hit for hit in hits if hit.rule != PLAIN]
                claims += _claimed(seen, finder.kind, named, hits)
        if looks >= _PATIENCE:
            claims = [_whole_word(draft.shown, claim) for claim in claims]
        return claims


def _shown_anew(papers: Iterable[Paper]) -> list[Paper]:
    """Show what was found in them, once each."""
    changed = [*{id(paper): paper for paper in papers}.values()]
    for paper in changed:
        paper.show()
    return changed


def _some(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    """Yield the papers, as many at a time as are worth looking at together."""
    some: list[Paper] = []
    size = 0
    for paper in papers:
        some.append(paper)
        size += sum(len(draft.text) for draft in paper.drafts)
        if size > _TOGETHER:
            yield some
            some, size = [], 0
    if some:
        yield some


@cache
def _nobody() -> Directory:
    return Directory()


def _claimed(seen: View, kind: Kind, finder: str, hits: Iterable[Hit]) -> list[Claim]:
    if not seen.starts:
        return [Claim(hit[0], hit[1], kind, finder, hit[2], hit[3]) for hit in hits]
    return [
        Claim(*seen.original(start, end), kind, finder, rule, identity)
        for start, end, rule, identity in hits
    ]


def _strangers(draft: Draft, spans: Iterable[Tagged]) -> Iterator[Claim]:
    """Return what the tagger sees, less what touches a placeholder or is a program's."""
    taken, text = draft.taken(), draft.seen.text
    for span in spans:
        if is_free(taken, span.start, span.end) and not is_in_program(text, span.start):
            place = draft.seen.original(span.start, span.end)
            yield Claim(*place, _PERSON, _TAGGER, _TAGGER)


def _whole_word(text: str, claim: Claim) -> Claim:
    """Widen the claim to the white space on both sides."""
    start, end = claim.start, claim.end
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return claim._replace(start=start, end=end)
