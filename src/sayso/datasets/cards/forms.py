"""The cards there are, by the names they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from sayso.datasets.cards.croissant import croissant
from sayso.datasets.cards.described import Described, Layout
from sayso.datasets.cards.eu_summary import eu_summary
from sayso.datasets.cards.hugging_face import hugging_face
from sayso.datasets.cards.lineage import lineage
from sayso.datasets.cards.preferences import preferences
from sayso.datasets.cards.provenance import provenance
from sayso.datasets.cards.reading import reading
from sayso.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One form of card, and the standard it follows."""

    name: str
    write: Callable[[Described, Layout], str]
    citation: str
    hashes_files: bool = False


CARDS: tuple[Card, ...] = (
    Card(name="people", write=reading, citation="Sayso: the manifest in plain words"),
    Card(
        name="croissant",
        write=croissant,
        citation="MLCommons Croissant 1.1 and its RAI vocabulary",
        hashes_files=True,
    ),
    Card(name="huggingface", write=hugging_face, citation="Hugging Face dataset card metadata"),
    Card(
        name="provenance",
        write=provenance,
        citation="Data & Trust Alliance, Data Provenance Standards 1.0.0",
    ),
    Card(
        name="eu-summary",
        write=eu_summary,
        citation="Regulation (EU) 2024/1689 Art. 53(1)(d); AI Office, 24 July 2025",
    ),
    Card(
        name="preferences",
        write=preferences,
        citation="IETF draft-ietf-aipref-vocab-07 (work in progress)",
    ),
    Card(name="lineage", write=lineage, citation="OpenLineage 2-0-2"),
)
"""One more card: a file here, a line here, its test, and a section in docs/datasets.md."""


def card_named(name: str) -> Card:
    """Return the card of that name.

    Raises:
        BadInput: there is none.
    """
    for card in CARDS:
        if card.name == name:
            return card
    raise BadInput(
        f"There is no card {name!r}.", hint="Cards: " + ", ".join(each.name for each in CARDS) + "."
    )
