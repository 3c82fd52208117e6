"""The card as Hugging Face reads it: README.md with metadata in YAML in front."""

import json
from collections.abc import Iterator, Mapping, Sequence

from sayso.datasets.cards import statements
from sayso.datasets.cards.columns import columns_of
from sayso.datasets.cards.described import Described, Layout
from sayso.datasets.cards.figures import NOT_STATED, OTHERS, TABLES, figures
from sayso.datasets.cards.reading import facts, table
from sayso.evidence.canonical import JSON

_SIZES = (
    *((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M")),
    *((10**7, "1M<n<10M"), (10**8, "10M<n<100M"), (10**9, "100M<n<1B"), (10**10, "1B<n<10B")),
)
_LARGEST = "n>1T"


def hugging_face(described: Described, layout: Layout) -> str:
    """Return README.md: the hub's metadata, then the card for people."""
    front = "\n".join(_yaml(_metadata(described, layout)))
    return f"---\n{front}\n---\n\n{_body(described, layout)}"


def _metadata(described: Described, layout: Layout) -> dict[str, JSON]:
    return {
        "pretty_name": f"{described.controller.name}, dataset {described.manifest.digest[:12]}",
        "language": _languages(described),
        "license": "other",
        "license_name": statements.attested_by(described),
        "annotations_creators": ["no-annotation"],
        "language_creators": ["found"],
        "source_datasets": ["original"],
        "task_categories": ["text-generation"],
        "size_categories": [_size(described.documents)],
        "tags": ["sayso", "croissant", described.manifest.purpose],
        "configs": [
            {
                "config_name": "default",
                "data_files": [
                    {"split": split.name, "path": split.pattern} for split in layout.splits
                ],
            }
        ],
    }


def _languages(described: Described) -> list[str]:
    found = figures(described.manifest, "languages", described.smallest)
    bare = (each.name.partition("-")[0].lower() for each in found if each.name not in _UNNAMED)
    return list(dict.fromkeys(name for name in bare if len(name) in {2, 3}))


_UNNAMED = {NOT_STATED, OTHERS}


def _size(documents: int) -> str:
    return next((name for above, name in _SIZES if documents < above), _LARGEST)


def _body(described: Described, layout: Layout) -> str:
    columns = [f"| `{each.name}` | {each.said} |" for each in columns_of(layout.schema)]
    splits = [f"| `{each.name}` | {each.said} |" for each in layout.splits]
    parts = [
        f"# Dataset {described.manifest.digest[:12]}",
        statements.summary(described),
        "## Splits",
        "\n".join(["| split | what it is for |", "|---|---|", *splits]),
        "## Columns",
        "\n".join(["| column | what it holds |", "|---|---|", *columns]),
        "## How it came to be",
        f"{statements.COLLECTION} {statements.say_so(described)}",
        "\n".join(f"- {each}" for each in statements.PREPARATION),
        *(table(each, described) for each in TABLES),
        "## Before you use it",
        "\n".join(f"- {each}" for each in statements.LIMITATIONS),
        f"For: {' '.join(statements.USES)} Not for: {statements.NOT_FOR}",
        f"Licence of the whole: {statements.attested_by(described)}. {statements.MAINTENANCE}",
        "## How to check it",
        statements.checking(described),
        facts(described),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _yaml(value: Mapping[str, JSON], indent: str = "") -> Iterator[str]:
    """Yield YAML 1.2 whose texts are written as in JSON, which YAML contains."""
    for name, said in value.items():
        if isinstance(said, Sequence) and not isinstance(said, str):
            yield f"{indent}{name}:" + ("" if said else " []")
            for each in said:
                yield from _item(each, indent)
        else:
            yield f"{indent}{name}: {json.dumps(said, ensure_ascii=False)}"


def _item(value: JSON, indent: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{indent}- {json.dumps(value, ensure_ascii=False)}"
        return
    first, *rest = _yaml(value, f"{indent}  ")
    yield f"{indent}- {first.strip()}"
    yield from rest
