"""What a card is made of: the manifest, what is recorded of the dataset, and who answers for it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyarrow as pa

from sayso.consent.purposes import PurposeText
from sayso.datasets.rows import Manifest

TRAIN, HELD_OUT_SPLIT = "train", "held_out"
"""What is trained on, and what only measures models."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """Who answers for the network, as its settings say; any field but the name may be empty."""

    name: str
    address: str = ""
    contact: str = ""
    authority: str = ""
    storage: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice that the dataset stands on."""

    id: str
    title: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A dataset and all that its cards may say of it.

    `version` counts the dataset and those it comes from, `taken_out` the rows that are out of
    service since. A count below `smallest` is never said.
    """

    manifest: Manifest
    sealed_at: datetime
    controller: Controller
    purpose: PurposeText
    notices: tuple[Told, ...] = ()
    policy: str = ""
    version: int = 1
    predecessor_sealed_at: datetime | None = None
    smallest: int = 3
    taken_out: int = 0

    @property
    def name(self) -> str:
        """What the dataset is called where a short name is asked for."""
        return f"sayso-{self.manifest.digest[:12]}"

    @property
    def urn(self) -> str:
        """The dataset's id, as other documents refer to it."""
        return urn(self.manifest.digest)

    @property
    def documents(self) -> int:
        """How many rows there are, those held out included."""
        return self.manifest.rows + self.manifest.held_out_rows

    @property
    def day(self) -> date:
        """The day it was sealed, in UTC."""
        return self.sealed_at.astimezone(UTC).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One Parquet file of a dataset; `name` is its path from the card's own folder."""

    name: str
    split: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A part of the dataset, and which files hold it."""

    name: str
    pattern: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the dataset lies in files: a folder in a home, or one that was handed over."""

    schema: pa.Schema
    splits: tuple[Split, ...]
    files: tuple[File, ...]


def urn(dataset_id: str) -> str:
    """Return a dataset's id as a URN."""
    return f"urn:sayso:dataset:{dataset_id}"
