"""Imports until a number of items were read, then is killed as by `kill -9`.

Run by test_bring_sql.py and test_bring.py in a process of its own: HOME READER PATH ITEMS.
"""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sayso.jobs import bring
from sayso.settings import load_settings
from sayso.sources.readers import reader
from sayso.sources.reading import Item, ReadingOptions
from sayso.wiring import open_network

ATTESTED = {"region": "US", "age_band": "adult"}


def main(home: str, name: str, path: str, items: int) -> None:
    entry = reader(name)

    def read(asked: Path, options: ReadingOptions) -> Iterator[Item]:
        for number, item in enumerate(entry.read(asked, options)):
            if number == items:
                os.kill(os.getpid(), signal.SIGKILL)
            yield item

    bring.reader = lambda _name: replace(entry, read=read)  # type: ignore[assignment,attr-defined]
    network = open_network(load_settings(Path(home), {}))
    bring.import_documents(network, name, [Path(path)], ReadingOptions(attested=ATTESTED))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
