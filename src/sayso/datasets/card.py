"""The card of a dataset: what is in it and what is not, for people."""

from collections.abc import Mapping

from sayso.datasets.rows import Manifest

_NAMELESS = {"": "not stated"}


def card(manifest: Manifest) -> str:
    """Return the dataset's card in Markdown; it says nothing that the manifest does not."""
    parts = [
        f"# Dataset {manifest.digest[:12]}",
        _summary(manifest),
        _table("In, by the rule that let them in", "rule", manifest.rules),
        _table("Left out, by rule", "rule", manifest.refusals),
        _table("Personal data taken out, by kind", "kind", manifest.redactions, "times"),
        _table("Languages", "language", manifest.languages),
        _table("Licences", "licence", manifest.licences),
        "Redaction takes out what its detectors know; some personal data may be left.",
        "## How to check it",
        f"`sayso verify {manifest.digest}` recomputes everything below from the rows.",
        _facts(manifest),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _summary(manifest: Manifest) -> str:
    return (
        f"Words of {manifest.members} members, used for `{manifest.purpose}` with their say-so. "
        f"Of {manifest.documents_read} documents read, {sum(manifest.rules.values())} are in and "
        f"{sum(manifest.refusals.values())} were left out. {manifest.held_out_rows} of those in "
        "only measure models and train none."
    )


def _table(title: str, name: str, counts: Mapping[str, int], what: str = "documents") -> str:
    if not counts:
        return ""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    lines = [f"| {_NAMELESS.get(each, each)} | {count} |" for each, count in ordered]
    return "\n".join([f"## {title}", "", f"| {name} | {what} |", "|---|---:|", *lines])


def _facts(manifest: Manifest) -> str:
    slices = max((len(roots) for roots in manifest.shards.values()), default=0)
    facts = {
        "id": manifest.digest,
        "predecessor": manifest.predecessor or "none",
        "policy": manifest.policy,
        "notices": ", ".join(manifest.notices) or "none",
        "detectors": manifest.detectors,
        "directory of names": manifest.directory,
        "partition": f"{manifest.partition} ({len(manifest.shards)} shards of {slices} slices)",
    }
    return "\n".join(f"- {name}: `{value}`" for name, value in facts.items())
