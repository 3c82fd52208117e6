"""Real posts, or made-up ones, as a sealed dataset that models can be trained on.

The posts are `shared/data/posts` beside the project; nothing of them is kept here. They are
laid down as they are: what is measured is training, not deciding or redacting.
"""

import hashlib
import json
import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import wordfreq

from sayso.community import DocumentId, Kind, MemberId
from sayso.datasets.rows import DatasetId, Row, row_digest
from sayso.datasets.sealing.seal import SealFacts, seal
from sayso.datasets.shards import Partition

FILE = Path(__file__).parents[2] / "shared" / "data" / "posts" / "posts.jsonl"
_KEY = b"\x05" * 32
LONGEST = 8_000
"""Letters of a post that are learnt: a few very long ones would stand for all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What one person wrote."""

    author: str
    number: int
    text: str


def real(longest: int = LONGEST) -> Iterator[Post]:
    """Yield the real posts, cut to so many letters; nothing where they are not there."""
    if not FILE.exists():
        return
    with FILE.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            post = json.loads(line)
            text = f"{post['title']}\n{post['text']}"
            yield Post(author=post["authors"][0], number=number, text=text[:longest])


def made_up(members: int, words: int) -> Iterator[Post]:
    """Yield posts of so many members, of so many common words each on average; they say nothing."""
    vocabulary = wordfreq.top_n_list("en", 3000, wordlist="small")
    weights = [wordfreq.word_frequency(word, "en", wordlist="small") for word in vocabulary]
    for number in range(members):
        chance = random.Random(number)  # noqa: S311 - the same for everybody
        count = max(8, round(words * chance.paretovariate(2.2) / 1.83))
        yield Post(
            author=f"member{number}",
            number=number,
            text=" ".join(chance.choices(vocabulary, weights, k=min(count, 10 * words))),
        )


def partition(shards: int, slices: int) -> Partition:
    """Return a division whose held-out members are the same for any size."""
    return Partition(key=_KEY, shards=shards, slices=slices)


def rows(posts: Iterable[Post], division: Partition) -> list[Row]:
    """Make rows of posts."""
    made = []
    for post in posts:
        member, document = MemberId(post.author), DocumentId(f"post/{post.number}")
        shard, slice_ = division.place(member, is_default=False)
        bare = Row(
            id=division.row_id(document),
            document_id=document,
            member_id=member,
            members=(member,),
            kind=Kind.POST,
            title="",
            text=post.text,
            language="en",
            licence="",
            source="benchmark",
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
            rule="choice",
            reason="The member said yes.",
            evidence=(),
            is_default=False,
            redactions={},
            marks=(),
            shard=shard,
            slice=slice_,
            digest="",
        )
        made.append(replace(bare, digest=row_digest(bare)))
    return made


def sealed(store: Path, made: Iterable[Row], division: Partition) -> DatasetId:
    """Seal rows into a dataset."""
    facts = SealFacts(
        purpose="genai-training",
        policy="benchmark",
        notices=(),
        detectors="none",
        directory="none",
        partition=division,
        seats=_Seats(),
    )
    return seal(store, made, facts).dataset_id


class _Seats:
    """Implements `membership.Seats` by a hash: nothing is proven here."""

    key = "0" * 64

    def of(self, members: Collection[MemberId]) -> dict[MemberId, bytes]:
        """Return a seat for each."""
        return {each: hashlib.sha256(each.encode()).digest() for each in members}
