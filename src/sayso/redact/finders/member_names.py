"""Names of the network's own members, by its directory, and of the people around a text."""

from collections.abc import Iterator

from sayso.redact.members.name_context import may_mean_more, names_a_person
from sayso.redact.members.name_reader import words_in
from sayso.redact.members.people import called, handles_in, handles_of, parts, words_of
from sayso.redact.scan import Finder, Hit, Kind, Scan


def find(scan: Scan) -> Iterator[Hit]:
    """Yield members' full names and handles, and single names of those who are spoken of.

    Single names are those of the people around the text, and of members named in full in it.
    Words that mean something else as well count where what stands beside them says so.
    """
    text = scan.text
    around = words_of(scan.people) if scan.people else frozenset()
    found: list[str] = []
    for known in scan.directory.find(text):
        span = known.start, known.end
        words = words_in(text[known.start : known.end], known.rule)
        if known.rule != "handle" and may_mean_more(words, known.rule):
            if not names_a_person(text, span, words, known.rule, around):
                continue
        elif known.rule == "name":
            found.append(text[known.start : known.end])
        yield Hit(*span, known.rule)
    if scan.people:
        for start, end in called(text, around, around):
            yield Hit(start, end, "takes part")
        for start, end in handles_in(text, handles_of(scan.people)):
            yield Hit(start, end, "takes part")
    if found:
        for start, end in called(text, parts(found) - around):
            yield Hit(start, end, "named before")


NAME = Finder(
    kind=Kind.PERSON, version="2", find=find, about="Members' names, and of people around a text."
)
