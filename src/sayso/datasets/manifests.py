"""The manifest as text, and the counts that go into it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, cast

from sayso.datasets.rows import DatasetId, Manifest
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
