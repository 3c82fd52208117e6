"""A million members' names: how fast they are held and found, how many are missed, how many wrong.

The names are made here, first name by last name within one country, from the lists of Faker's
providers; none is anybody's. Mentions are planted between the sentences of real posts, in every
form in which names are written; words that are names and something else are looked for in the
same posts, which hold none of them, and in sentences written to mislead.
"""

import json
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import accumulate, pairwise
from pathlib import Path
from pkgutil import iter_modules

import wordfreq
from faker.providers import person

from sayso.redact.draft import Part
from sayso.redact.finders.member_names import NAME
from sayso.redact.letters import MARKS, without_marks
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Redactor
from sayso.redact.scan import Surroundings

_POSTS = Path(__file__).parents[2] / "shared" / "data" / "posts" / "posts.jsonl"
_MILLION = 1_000_000
_PLANTED = 4000
_ENGLISH = ("en_US", "en_GB", "en_IE", "en_NZ", "en_IN", "en_KE")
_GIVEN = """
Will Mark Grace Rose Hope May Bill Frank Art Grant Chase Faith Joy Dawn Summer April June Jack
Drew Rich Pat Sue Gene Guy Ray Dean Miles Max Lance Chip Cliff Dale Glen Holly Ivy Iris Lily Ruby
Pearl Penny Robin Rusty Sandy Violet Victor Angel Christian Hunter Mason Page
"""
_FRAMES = (
    "{n} presented the results last week.",
    "Thanks to {n} for all the help.",
    "We spoke with {n} about it.",
    "The guide was written by {n}.",
    "As {n} wrote in an earlier post, nothing is ever done.",
    "{n}, who leads the team, agreed.",
    "Last year {n} joined us for a day.",
    "It was good to see {n} and the others there.",
    "Ask {n} if in doubt.",
    "For {n} it was the first time.",
    "“This works,” said {n}.",
    "According to {n}, the tool is ready.",
    "{n} is a designer on the team.",
    "The idea came from {n} (she/her).",
    "Dr. {n} gave the first talk.",
    "Photo: {n}.",
    "I learned a lot from {n}'s talk.",
    "One of them, {n}, disagreed.",
)
_MISLEADING = """
Will Power be restored by noon? | Hope Street is closed for repairs. | The May Day parade was long.
We met at Rose Hill on Sunday. | Mark Price changes in the table. | Will Power Costs Rise Again?
It takes will power to finish. | Grant Park was full. | The Grace Long prize goes to a team.
They walked along Hope Street. | Bill Pay is a feature. | May Flowers bloom after April Showers.
A Rose Garden tour starts at ten. | The Art Work was moved. | Chase Bank opened a branch.
Will Work for Food | Mark Up your pages with care. | Summer Camp begins in June.
The Penny Press was cheap. | Grant Money is short this year. | Our Chip Card project is done.
Will Change Management help? | April Fools jokes are tired. | See the Page Title field.
Rich Text is supported. | The Jack Rabbit line runs daily. | Open the Max Speed setting.
Ray Tracing makes it slow. | The Violet Light filter. | Dawn Patrol leaves early.
Our Angel Investor left. | Robin Hood is a story. | The Holly Bush is a pub.
Joy Division played. | The Victor Mill site. | Miles Per Hour is a unit.
The June Report is out. | May Budget talks begin. | In June Sales fell.
Faith Based groups meet. | The Hunter Gatherer diet. | Ruby Gem files are small.
Iris Data is a sample. | Sandy Beach closed. | Pat Down rules. | Glen Park Station is near.
""".replace("\n", "|")
_ROW = "{:<34} {:>8} {:>8} {:>8}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A text in which a member is named, and where."""

    text: str
    start: int
    end: int
    form: str


def main(posts: Path) -> None:
    """Print what it costs to hold the names, then what is found of those planted, and of others."""
    dice = random.Random(4)  # noqa: S311 - a fixed draw
    listed = [json.loads(line)["text"] for line in posts.read_text("utf-8").splitlines()]
    names = plain_names(_MILLION, dice)
    common = common_names(20_000, dice)
    directory = _held([*names[len(common) :], *common])
    _time(directory, listed)
    redactor = Redactor((NAME,), directory)
    sys.stdout.write(_ROW.format("mentions", "planted", "found", "recall"))
    _recall(redactor, planted(names[len(common) :][:_PLANTED], listed, dice))
    right = _recall(redactor, planted(common[:_PLANTED], listed, dice, "common words, "))
    _wrong(redactor, listed, set(common), right)


def plain_names(count: int, dice: random.Random) -> list[str]:
    """Return so many different names; half of them English, some names frequent, most rare."""
    made: set[str] = set()
    lists = {
        module.name: _lists(import_module(f"{person.__name__}.{module.name}").Provider)
        for module in iter_modules(person.__path__)
    }
    english = [sorted({one for name in _ENGLISH for one in lists[name][at]}) for at in (0, 1)]
    others = [both for both in lists.values() if all(len(part) > 100 for part in both)]
    while len(made) < count:
        for firsts, lasts in [(english[0], english[1])] * len(others) + others:
            made |= {
                f"{first} {last}"
                for first, last in zip(
                    _drawn(firsts, 2000, dice), _drawn(lasts, 2000, dice), strict=True
                )
                if _is_plain(first) and _is_plain(last)
            }
    return dice.sample(sorted(made), count)


def common_names(count: int, dice: random.Random) -> list[str]:
    """Return names of which both words mean something else: the last is a frequent word."""
    words = [word.title() for word in wordfreq.top_n_list("en", 3000) if word.isalpha()]
    lasts = [word for word in words if len(word) > 2]
    every = [f"{first} {last}" for first in _GIVEN.split() for last in lasts]
    return dice.sample(every, count)


def planted(
    names: Sequence[str], posts: Sequence[str], dice: random.Random, label: str = ""
) -> Iterator[Mention]:
    """Yield each name once, in some form, in a frame between sentences of a post."""
    sentences = [
        one.strip()
        for post in posts
        for one in re.split(r"(?<=[.!?])\s+|\n+", post)
        if 40 < len(one) < 160
    ]
    for name in names:
        form = dice.choice([*_FORMS])
        written = _FORMS[form](name)
        if not written:
            form, written = "as shown", name
        before, _, after = dice.choice(_FRAMES).partition("{n}")
        lead, tail = dice.sample(sentences, 2)
        text = f"{lead} {before}{written}{after} {tail}"
        start = len(lead) + 1 + len(before)
        yield Mention(text=text, start=start, end=start + len(written), form=label + form)


def _last_first(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}"


def _capitals_first(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last.upper()} {first}" if last.upper() != last else ""


def _initial(name: str) -> str:
    return f"{name[0]}. {name.rpartition(' ')[2]}" if name[0].isascii() else ""


def _middle(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{first} M. {last}"


def _unmarked(name: str) -> str:
    plain = without_marks(name)
    return "" if name.isascii() else plain


_FORMS: dict[str, Callable[[str], str]] = {
    "as shown": lambda name: name,
    "ALL CAPITALS": lambda name: name.upper() if name.upper() != name else "",
    "Last, First": _last_first,
    "LAST First": _capitals_first,
    "F. Last": _initial,
    "First M. Last": _middle,
    "all small": lambda name: name.lower(),
    "without accents": _unmarked,
}


def _is_plain(name: str) -> bool:
    """Whether it is a name at all: the lists hold titles, dots and brackets too."""
    return (
        len(name) > 1
        and re.fullmatch(rf"(?:[^\W\d_{MARKS}]|[{MARKS}\u200c\u200d '\u2019-])+", name) is not None
    )


def _lists(provider: type) -> tuple[list[str], list[str]]:
    found: tuple[set[str], set[str]] = (set(), set())
    for name in dir(provider):
        value = getattr(provider, name)
        for at, prefix in enumerate(("first_names", "last_names")):
            if name.startswith(prefix) and isinstance(value, (tuple, list, dict)):
                found[at].update(map(str, value))
    return sorted(found[0]), sorted(found[1])


def _drawn(names: Sequence[str], count: int, dice: random.Random) -> list[str]:
    weights = [*accumulate(1 / (at + 50) for at in range(len(names)))]
    return dice.choices(names, cum_weights=weights, k=count)


def _held(names: list[str]) -> Directory:
    before = _megabytes()
    began, wall = time.process_time(), time.perf_counter()
    directory = Directory(names)
    seconds, waited = time.process_time() - began, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    sys.stdout.write(
        f"{directory.names} names held in {seconds:.2f} s of one core ({waited:.2f} s by the "
        f"clock), {_megabytes() - before:.0f} MB more; the process never had over {peak:.0f} MB\n"
    )
    return directory


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 / 1e6


def _time(directory: Directory, posts: Sequence[str]) -> None:
    pieces = [post[at : at + 1000] for post in posts for at in range(0, len(post), 1000)]
    megabytes = sum(len(piece.encode()) for piece in pieces) / 1e6
    for size in (1, 64, 500):
        best = min(_scanned(directory, pieces, size) for _ in range(3))
        sys.stdout.write(f"{megabytes / best:.1f} MB/s, {size} texts of 1 kB at a time\n")


def _scanned(directory: Directory, pieces: Sequence[str], size: int) -> float:
    began = time.process_time()
    for at in range(0, len(pieces), size):
        chunk = pieces[at : at + size]
        directory.look_ahead(chunk)
        for piece in chunk:
            for _ in directory.find(piece):
                pass
        directory.forget()
    return time.process_time() - began


def _recall(redactor: Redactor, mentions: Iterator[Mention]) -> int:
    listed = [*mentions]
    of, found = Counter[str](), Counter[str]()
    answers = redactor.redact_batch([[Part(one.text, around=Surroundings())] for one in listed])
    for mention, (answer,) in zip(listed, answers, strict=True):
        of[mention.form] += 1
        found[mention.form] += any(
            one.start <= mention.start and mention.end <= one.end for one in answer.found
        )
    for form in sorted(of):
        sys.stdout.write(_ROW.format(form, of[form], found[form], f"{found[form] / of[form]:.4f}"))
    total, right = of.total(), found.total()
    sys.stdout.write(_ROW.format("all", total, right, f"{right / total:.4f}"))
    return right


def _wrong(redactor: Redactor, posts: Sequence[str], common: set[str], right: int) -> None:
    """Print what is found where nobody is named; on real posts some of it may be somebody."""
    ours = {name.lower() for name in common}
    words = {word.lower() for word in _GIVEN.split()}
    found = Counter[str]()
    size = sum(map(len, posts))
    for (answer,), post in zip(
        redactor.redact_batch([[Part(post)] for post in posts]), posts, strict=True
    ):
        found.update(post[one.start : one.end].replace("\n", " ") for one in answer.found)
    doubtful = {name: n for name, n in found.items() if name.split()[0].lower() in words}
    sys.stdout.write(
        f"in {len(posts)} posts: {found.total()} found, {found.total() / size * 1e5:.2f} per "
        f"100,000 signs; of common words {sum(doubtful.values())}\n"
    )
    misled = [one.strip() for one in _MISLEADING.split("|") if one.strip()]
    held = Redactor((NAME,), Directory({*_pairs(misled)}))
    wrong = [one for one in misled if held.redact(one).found]
    sys.stdout.write(f"of {len(misled)} sentences written to mislead, {len(wrong)} do: {wrong}\n")
    false = sum(n for name, n in doubtful.items() if name.lower() in ours)
    sys.stdout.write(
        f"precision on common words, {right} planted in as much text as the posts: "
        f"{right / (right + false):.4f}\n"
    )


def _pairs(sentences: Sequence[str]) -> Iterator[str]:
    """Yield a first name and the word after it wherever they stand: a member could be called so."""
    for sentence in sentences:
        words = [word.title() for word in re.findall(r"\w+", sentence)]
        yield from (f"{one} {two}" for one, two in pairwise(words) if one in _GIVEN)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _POSTS)
