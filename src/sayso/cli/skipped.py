"""Everything that a reading left out, for `--json`: on disk while it lasts, however much it is."""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self

from sayso.cli.output import mapping_of
from sayso.sources.reading import Skipped


class SkippedList:
    """What was left out, in order, in a file without a name that is gone with the command."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - see __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, skipped: Skipped) -> None:
        """Remember one more."""
        self._file.write(json.dumps(mapping_of(skipped), default=str) + "\n")

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        self._file.seek(0)
        return (json.loads(line) for line in self._file)


def show_json_with(facts: Mapping[str, object], name: str, items: SkippedList) -> None:
    """Print `facts` as JSON with one more field, a list that is written as it is read."""
    begin = json.dumps(facts, indent=2, ensure_ascii=False).removesuffix("\n}")
    sys.stdout.write(f'{begin},\n  "{name}": [')
    between = "\n    "
    for item in items:
        sys.stdout.write(between + json.dumps(item, ensure_ascii=False))
        between = ",\n    "
    sys.stdout.write(("" if between == "\n    " else "\n  ") + "]\n}\n")
