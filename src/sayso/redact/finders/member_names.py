"""Full names of the network's own members, by its directory."""

from collections.abc import Iterator

from sayso.redact.scan import Finder, Hit, Kind, Scan


def find(scan: Scan) -> Iterator[Hit]:
    """Yield every member's full name, also across a line's end."""
    for known in scan.directory.find(scan.text):
        yield Hit(known.start, known.end, known.rule)


NAME = Finder(kind=Kind.PERSON, version="1", find=find, about="Full names of known members.")
