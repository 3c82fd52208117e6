"""Made-up posts as JSON lines, comma-separated rows and Parquet: the same ones in each.

python -m archives.tables posts.jsonl 1000     (from tests/; or .csv, .parquet, .jsonl.gz)
"""

import csv
import gzip
import io
import json
import random
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_WORDS = [
    "soil",
    "beans",
    "rain",
    "spade",
    "seeds",
    "moss",
    "fern",
    "path",
    "gate",
    "well",
    "wall",
    "barn",
    "hay",
    "oats",
    "rye",
]
_NAMES = ("Ana", "Ben", "Cleo", "Dov", "Eda", "Félix", "Gül", "Håkon", "Inês", "Jürgen")
FIRST = datetime(2024, 1, 1, 8, tzinfo=UTC)


def records(count: int, *, seed: int = 4, words: int = 40) -> Iterator[dict[str, str]]:
    """Yield posts with the fields that all three formats share, always the same ones."""
    chance = random.Random(seed)
    for number in range(count):
        author = chance.randrange(len(_NAMES))
        yield {
            "id": f"post/{number}",
            "author": f"member-{author}",
            "author_name": _NAMES[author],
            "date": (FIRST + timedelta(hours=number)).isoformat(),
            "title": f"On {chance.choice(_WORDS)}",
            "text": " ".join(chance.choices(_WORDS, k=words)) + ".\n\nSo it is, Grüße \U0001f331.",
            "lang": "en",
            "visibility": chance.choice(("public", "public", "connections", "private")),
        }


def jsonl(path: Path, count: int = 20) -> Path:
    """Write JSON lines; packed where the name ends in .gz."""
    with gzip.open(path, "wb") if path.suffix == ".gz" else path.open("wb") as file:
        for record in records(count):
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    return path


def rows(count: int = 20) -> str:
    """Return the text of comma-separated rows."""
    text = io.StringIO()
    first = next(records(1))
    writer = csv.DictWriter(text, first)
    writer.writeheader()
    writer.writerows(records(count))
    return text.getvalue()


def table(path: Path, columns: Mapping[str, object], **options: object) -> Path:
    """Write columns, each an Arrow array or a list, as a Parquet file."""
    pq.write_table(pa.table(dict(columns)), path, **options)
    return path


def parquet(path: Path, count: int = 20, *, rows_a_group: int = 8) -> Path:
    """Write the same posts with an instant instead of a text, in several row groups."""
    listed = list(records(count))
    columns: dict[str, object] = {
        name: [record[name] for record in listed] for name in listed[0] if name != "date"
    }
    dates = [datetime.fromisoformat(record["date"]) for record in listed]
    columns["date"] = pa.array(dates, pa.timestamp("us", tz="UTC"))
    return table(path, columns, row_group_size=rows_a_group)


def good_jsonl(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "posts.jsonl")


def good_csv(tmp_path: Path) -> Path:
    path = tmp_path / "posts.csv"
    path.write_text(rows(), encoding="utf-8", newline="")
    return path


def good_parquet(tmp_path: Path) -> Path:
    return parquet(tmp_path / "posts.parquet")


def _write(path: Path, count: int) -> Path:
    if path.suffix == ".parquet":
        return parquet(path, count, rows_a_group=100_000)
    if path.suffix == ".csv":
        path.write_text(rows(count), encoding="utf-8", newline="")
        return path
    return jsonl(path, count)


if __name__ == "__main__":
    print(_write(Path(sys.argv[1]), int(sys.argv[2])))  # noqa: T201 - says where it is
