"""The manifest as text, and the counts that go into it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, cast

from sayso.community import MemberId
from sayso.consent.bulk import basis_in
from sayso.datasets.rows import HELD_OUT, DatasetId, Manifest, Refusal, Row
from sayso.errors import Tampered
from sayso.evidence.canonical import JSON, canonical, digest, parse

FORMAT = 2


def manifest_json(manifest: Manifest) -> dict[str, JSON]:
    """Return what the dataset's id is the hash of: the manifest without its own digest."""
    return {
        each.name: getattr(manifest, each.name)
        for each in fields(manifest)
        if each.name != "digest"
    }


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest's file: its SHA-256 is the dataset's id."""
    return canonical(manifest_json(manifest))


def with_digest(manifest: Manifest) -> Manifest:
    """Return the manifest with the digest that names it."""
    return replace(manifest, digest=digest(manifest_json(manifest)))


def manifest_of(content: bytes | str | Mapping[str, JSON], where: str) -> Manifest:
    """Read a manifest back; its digest is computed anew.

    Raises:
        Tampered: it is not a manifest.
    """
    body = content if isinstance(content, Mapping) else parse(content)
    names = {each.name for each in fields(Manifest)} - {"digest"}
    if not isinstance(body, Mapping) or body.keys() != names:
        raise Tampered(f"{where} is not the manifest of a dataset.")
    if body["format"] != FORMAT:
        raise Tampered(f"{where} has format {body['format']}; this version reads {FORMAT}.")
    shards = cast("Mapping[str, Sequence[str]]", body["shards"])
    values: dict[str, Any] = dict(body)  # their types are proven by the digest
    values["shards"] = {shard: tuple(roots) for shard, roots in shards.items()}
    values["notices"] = tuple(cast("Sequence[str]", body["notices"]))
    return with_digest(Manifest(**values, digest=""))


def dataset_id(manifest: Manifest) -> DatasetId:
    """Return the id that a manifest has by its content."""
    return DatasetId(manifest.digest)


@dataclass(slots=True)
class Counts:
    """What a dataset holds, counted while its rows pass by."""

    rows: int = 0
    held_out_rows: int = 0
    members: set[MemberId] = field(default_factory=set)
    redactions: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    licences: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    bases: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)
    text_bytes: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    files: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Count a row that stays."""
        if row.shard == HELD_OUT:
            self.held_out_rows += 1
        else:
            self.rows += 1
        self.members.update(row.members)
        self.redactions.update(row.redactions)
        self.languages[row.language] += 1
        self.licences[row.licence] += 1
        self.sources[row.source] += 1
        self.kinds[row.kind.value] += 1
        self.years[str(row.created_at.year)] += 1
        self.bases[basis_in(row.evidence)] += 1
        self.marks.update(row.marks)
        self.text_bytes += len(row.title.encode()) + len(row.text.encode())
        self.rules[row.rule] += 1

    def refuse(self, refusal: Refusal) -> None:
        """Count a document that was left out."""
        self.refusals[refusal.rule] += 1
