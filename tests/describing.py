"""A dataset to describe in tests: many documents, a few rare sorts, and what a card may say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sayso.community import Kind, MemberId
from sayso.consent.purposes import PURPOSES, Purpose
from sayso.datasets.cards.described import Controller, Described, Layout, Told
from sayso.datasets.cards.layout import sealed_layout
from sayso.datasets.rows import HELD_OUT, DatasetId, Row, row_digest
from sayso.datasets.sealed import read_manifest
from small_dataset import PARTITION, row, sealed, writings

SEALED_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
_NAMES = [MemberId(f"member-{number:02d}") for number in range(100)]
_HELD_OUT = [each for each in _NAMES if PARTITION.place(each, is_default=False)[0] == HELD_OUT]
MEMBERS = [*[each for each in _NAMES if each not in _HELD_OUT][:23], *_HELD_OUT[:1]]
"""Two dozen, one of whom only measures."""
HARBOUR = Controller(
    name="Harbour",
    address="1 Quay, Example Town",
    contact="privacy@harbour.example",
    authority="An Authority",
    storage="Germany",
    site="https://harbour.example",
)


def varied_rows() -> Iterator[Row]:
    """Two rows a member; one is in a rare language, one of a rare kind, one has a rare licence."""
    counts: dict[str, int] = {}
    for place, written in enumerate(writings(MEMBERS)):
        counts[written.member] = counts.get(written.member, 0) + 1
        made = row(replace(written, is_default=place % 6 == 5), counts[written.member])
        silent = ("policy linkedin-2025", "basis legitimate-interest", "notice n1")
        made = replace(
            made,
            language="cy" if place == 0 else ("de" if place % 3 == 0 else "en"),
            licence="(c) Member Twenty-Three" if place == 4 else "cc-by-4.0",
            kind=Kind.ARTICLE if place == 7 else Kind.POST,
            source="forum",
            rule="policy_default" if made.is_default else "purpose_choice",
            evidence=silent if made.is_default else ("event e1", "notice n1"),
            redactions={"email": 2} if place % 2 else {},
            members=(MemberId(written.member),),
        )
        yield replace(made, digest=row_digest(made))


def a_dataset(store: Path) -> DatasetId:
    return sealed(store, varied_rows(), PARTITION)


def described(store: Path, dataset: DatasetId, *, smallest: int = 3) -> Described:
    return Described(
        manifest=read_manifest(store, dataset),
        sealed_at=SEALED_AT,
        controller=HARBOUR,
        purpose=PURPOSES[Purpose.GENAI_TRAINING],
        notices=(Told(id="n1", title="How your posts are used", published_at=SEALED_AT),),
        policy="linkedin-2025",
        smallest=smallest,
    )


def layout(store: Path, dataset: DatasetId) -> Layout:
    return sealed_layout(store, read_manifest(store, dataset), hashed=True)
