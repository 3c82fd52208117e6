"""Full names of the network's own members, by its directory."""

from collections.abc import Iterator

from sayso.redact.scan import Finder, Hit, Kind, Scan
from sayso.redact.view import single_spaced


def find(scan: Scan) -> Iterator[Hit]:
    """Yield every member's full name, also across a line's end."""
    spaced = single_spaced(scan.text)
    for start, end in scan.directory.find(spaced.text):
        yield Hit(*spaced.original(start, end), "directory")


NAME = Finder(kind=Kind.PERSON, version="1", find=find, about="Full names of known members.")
