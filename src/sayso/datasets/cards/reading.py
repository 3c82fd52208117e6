"""The card for people: what is in a dataset and what is not, in Markdown."""

from sayso.datasets.cards import statements
from sayso.datasets.cards.described import Described, Layout
from sayso.datasets.cards.figures import TABLES, Table, figures


def reading(described: Described, layout: Layout) -> str:
    """Return the dataset's card in Markdown; it says nothing that the manifest does not."""
    del layout
    parts = [
        f"# Dataset {described.manifest.digest[:12]}",
        statements.summary(described),
        statements.say_so(described),
        *(table(each, described) for each in TABLES),
        statements.LIMITATIONS[0],
        "## How to check it",
        statements.checking(described),
        facts(described),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(of: Table, described: Described) -> str:
    """Return one of the manifest's counts as a table, or nothing where there is none."""
    found = figures(described.manifest, of.counts, described.smallest)
    if not found:
        return ""
    lines = [f"| {each.name} | {each.text} |" for each in found]
    return "\n".join([f"## {of.title}", "", f"| {of.name} | {of.what} |", "|---|---:|", *lines])


def facts(described: Described) -> str:
    """Return what names the dataset and all that it was made with."""
    manifest = described.manifest
    slices = max((len(roots) for roots in manifest.shards.values()), default=0)
    said = {
        "id": manifest.digest,
        "sealed": described.day.isoformat(),
        "predecessor": manifest.predecessor or "none",
        "policy": f"{described.policy} {manifest.policy}".strip(),
        "notices": ", ".join(manifest.notices) or "none",
        "detectors": manifest.detectors,
        "directory of names": manifest.directory,
        "partition": f"{manifest.partition} ({len(manifest.shards)} shards of {slices} slices)",
    }
    return "\n".join(f"- {name}: `{value}`" for name, value in said.items())
