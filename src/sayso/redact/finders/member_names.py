"""Full names of the network's own members, by its directory."""

from collections.abc import Iterator

from sayso.redact.scan import Finder, Kind, Scan, Span
from sayso.redact.view import single_spaced


def find(scan: Scan) -> Iterator[Span]:
    """Yield every member's full name, also across a line's end."""
    spaced = single_spaced(scan.text)
    for start, end in scan.directory.find(spaced.text):
        yield spaced.original(start, end)


NAME = Finder(kind=Kind.NAME, version="1", find=find, about="Full names of known members.")
