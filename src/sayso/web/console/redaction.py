"""Reviewing redaction: sealed texts chosen by chance, and a mark where something was missed."""

import math
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.community import DocumentId
from sayso.datasets.admitting.missed import Missed, standing, words_of
from sayso.datasets.rows import DatasetId, Manifest, Row
from sayso.errors import BadInput
from sayso.jobs.missed import mark_missed, sample, sealed
from sayso.redact.redactor import FINDERS
from sayso.redact.scan import Kind
from sayso.web.console.entry import closed
from sayso.web.visits import Flash, Form, Visit, acting, visiting
from sayso.web.words import counted

SAMPLE = 8
_PAGE = "/console/redaction"
_LATEST_MARKS = 50
_OUT = (
    " That text is out of service, and will be forgotten. Nothing else of its author is affected."
)

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    """A mark that could not be made: what was typed, for which text, and why not."""

    document_id: str
    words: str
    error: BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class _MarkLine:
    """A mark on one line; `words` is empty where its author has changed the text since."""

    missed: Missed
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """How often a kind was taken out."""

    kind: str
    count: int

    @property
    def length(self) -> float:
        """How long its bar is: by the square root, so that the largest does not hide the rest."""
        return round(math.sqrt(self.count), 2)


@router.get(_PAGE)
def redaction(request: Request) -> Response:
    """Show what redaction took out of the newest dataset, and some texts as a model sees them."""
    with visiting(request) as visit:
        return closed(visit) or _page(visit)


@router.post(_PAGE)
def marked(request: Request, form: Form) -> Response:
    """Mark words that should have gone; what holds them goes out of service at once."""
    document_id, words = form.get("document", ""), form.get("words", "")
    try:
        with acting(request, form.get("token", "")) as visit:
            if (shut := closed(visit)) is not None:
                return shut
            kind = _kind(form.get("kind", ""))
            _require_words(words)
            done = mark_missed(visit.stores, DocumentId(document_id), words, kind, visit.now)
            out = _OUT if done.rows_out else ""
            said = f"Marked in {counted(done.new, 'place')}.{out}"
            return visit.go(_PAGE, Flash(sentence=said))
    except BadInput as error:
        with visiting(request) as visit:
            return _page(visit, _Again(document_id=document_id, words=words, error=error))


@router.post(f"{_PAGE}/unmark")
def unmarked(request: Request, form: Form) -> Response:
    """Drop the marks on one document."""
    with acting(request, form.get("token", "")) as visit:
        if (shut := closed(visit)) is not None:
            return shut
        gone = visit.stores.missed.remove(DocumentId(form.get("document", "")))
        return visit.go(_PAGE, Flash(sentence=f"{counted(gone, 'mark')} dropped."))


def _page(visit: Visit, again: _Again | None = None) -> Response:
    datasets = visit.stores.datasets.list()
    newest = datasets[-1] if datasets else None
    taken = _taken(newest.manifest) if newest else []
    return visit.page(
        "console_redaction.html",
        status=400 if again else 200,
        dataset=newest,
        taken=taken,
        most=math.sqrt(max((each.count for each in taken), default=1)) or 1,
        sample_size=SAMPLE,
        texts=_texts(visit, newest.id, again) if newest else [],
        kinds=list(Kind),
        marks=_marks(visit),
        again=again,
    )


def _texts(visit: Visit, newest: DatasetId, again: _Again | None) -> list[Row]:
    """Return texts chosen by chance; after a mark that failed, those of that document alone."""
    network, stores = visit.site.network, visit.stores
    if again is None:
        return sample(network, stores, newest, size=SAMPLE)
    rows = stores.datasets.rows_for_documents([DocumentId(again.document_id)], newest)
    return sealed(network, stores, rows)


def _marks(visit: Visit) -> list[_MarkLine]:
    latest = visit.stores.missed.newest(_LATEST_MARKS)
    documents = visit.stores.documents.by_id({each.document_id for each in latest})
    lines = []
    for each in latest:
        document = documents.get(each.document_id)
        stands = document is not None and any(standing(document, [each]))
        words = words_of(document, each) if document is not None and stands else ""
        lines.append(_MarkLine(missed=each, words=words))
    return lines


def _taken(manifest: Manifest) -> list[_Taken]:
    """Return how often each kind was taken out, the kinds that never were as well."""
    kinds = dict.fromkeys(str(finder.kind) for finder in FINDERS)
    counts = {kind: manifest.redactions.get(kind, 0) for kind in kinds} | manifest.redactions
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [_Taken(kind=kind, count=count) for kind, count in ordered]


def _require_words(words: str) -> None:
    if not words.strip():
        raise BadInput(
            "No words were given.", hint="Copy those that should have gone from the text above."
        )


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError as error:
        raise BadInput(f"{text!r} is no kind of personal data.", hint="Choose one.") from error
