"""How much personal data the finders find, on labelled texts, and how fast they read.

Recall: labelled spans that are at least touched; whole: covered from end to end. Precision:
found spans of that kind that touch a labelled span (of any label; unlabelled ones count as
wrong although some are right).
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.redact.directory import Directory
from sayso.redact.redactor import Found, Redactor
from sayso.redact.scan import Kind, Surroundings

_SHARED = Path(__file__).parents[2] / "shared" / "data"
_KIND = {
    "EMAIL": Kind.EMAIL,
    "PHONE": Kind.PHONE,
    "HANDLE": Kind.HANDLE,
    "CARD": Kind.CARD,
    "IP": Kind.IP,
    "URL": Kind.URL,
}
_ROW = "{:<20} {:<7} {:>6} {:>8} {:>8} {:>8} {:>10}\n"


def main(folder: Path, posts: Path) -> None:
    """Print one row for each labelled set and kind, then the speed on real posts."""
    sys.stdout.write(_ROW.format("set", "label", "gold", "recall", "whole", "found", "precision"))
    for path in sorted(folder.glob("*_dev.jsonl")):
        _measure(path)
    _time(posts)


def _measure(path: Path) -> None:
    redactor = Redactor()
    gold, touched, whole, found_of, right = (Counter[str]() for _ in range(5))
    harmless = marked = 0
    for document in _lines(path):
        found = redactor.redact(document["text"], Surroundings(language=document["lang"])).found
        spans = document["spans"]
        harmless += not spans
        marked += not spans and bool(found)
        for span in spans:
            if span["label"] not in _KIND:
                continue
            gold[span["label"]] += 1
            near = [one for one in found if one.start < span["end"] and span["start"] < one.end]
            touched[span["label"]] += bool(near)
            whole[span["label"]] += _covered(span["start"], span["end"], near)
        for label, kind in _KIND.items():
            for one in (one for one in found if one.kind is kind):
                found_of[label] += 1
                right[label] += any(
                    one.start < span["end"] and span["start"] < one.end for span in spans
                )
    for label in _KIND:
        if gold[label] or found_of[label]:
            sys.stdout.write(
                _ROW.format(
                    path.stem,
                    label,
                    gold[label],
                    _share(touched[label], gold[label]),
                    _share(whole[label], gold[label]),
                    found_of[label],
                    _share(right[label], found_of[label]),
                )
            )
    if harmless:
        sys.stdout.write(f"{path.stem:<20} texts without labels: {harmless}, marked: {marked}\n")


def _covered(start: int, end: int, found: list[Found]) -> bool:
    masked = {place for one in found for place in range(one.start, one.end)}
    return masked.issuperset(range(start, end))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _time(posts: Path) -> None:
    if not posts.is_file():
        return
    listed = list(_lines(posts))
    redactor = Redactor(directory=Directory(post["author_name"] for post in listed))
    counts: Counter[str] = Counter()
    began = time.process_time()
    for post in listed:
        counts.update(redactor.redact(post["text"], Surroundings(language=post["lang"])).counts)
    seconds = time.process_time() - began
    megabytes = sum(len(post["text"].encode()) for post in listed) / 1e6
    sys.stdout.write(
        f"{len(listed)} posts, {megabytes:.1f} MB: {seconds:.1f} s of one core, "
        f"{megabytes / seconds:.1f} MB/s, {redactor.directory.names} names known\n"
        f"found: {dict(counts.most_common())}\n"
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(
        given[0] if given else _SHARED / "personal-data",
        given[1] if len(given) > 1 else _SHARED / "posts" / "posts.jsonl",
    )
