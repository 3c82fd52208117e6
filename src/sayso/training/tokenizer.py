"""A tokenizer that no member's text ever touched: byte pairs learnt from public word lists.

All shards share the tokenizer, so one fitted on members' words could never forget them (promise
P4). This one sees the word frequencies of the `wordfreq` package and the marks written down
below, nothing else.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from tokenizers import Tokenizer as BytePairs
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

from sayso.datasets.disk import replacing, saying_when_full
from sayso.errors import BadInput, NotFound, Tampered
from sayso.evidence.canonical import JSON, digest
from sayso.redact.scan import Kind

END = "<|end|>"
"""Stands before every document, so that each begins from nothing."""

_BASE = "base"
"""What the names of bases' own tokenizers begin with."""
_ONE_BYTE = re.compile("<0x[0-9A-F]{2}>")
_FORMAT = 1
_WEIGHTS = {"en": 8, "de": 1, "es": 1, "fr": 1}
_UNIT = 100_000
"""A word of frequency 1 / _UNIT is shown once per weight."""
_MOST = 300
"""No word is shown more often: it has its token long before."""
_CAPITAL_PART = 5
"""One in so many words is shown with a capital: the lists are in lower case."""
_FIRST_PART = 20
"""One in so many begins a line: a capital and no space before it."""
_MARKS = (
    ". , : ; ! ? ... !! ?! - -- \u2013 \u2014 ( ) [ ] \" ' \u201c \u201d \u2018 \u2019 / & % $ "
    "\u20ac # @ * + = 's 't 're 've 'll 'd 'm \u2019s \u2019t \u2019re \u2019ve \u2019ll ). ), "
    '." ," .) \u2022 ' + " ".join(kind.placeholder(number) for kind in Kind for number in (1, 2))
)
_BREAKS = ("\n", "\n\n", "\n\n\n")
_MARK_TIMES = 500
_YEARS = range(1950, 2031)
_YEAR_TIMES = 100


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Text to numbers and back. `digest` is the hex SHA-256 of its file.

    `mark` is what stands before every document: `END`, or what a base ends its texts with.
    """

    pairs: BytePairs
    digest: str
    mark: str = END

    @property
    def end(self) -> int:
        """The number that stands before every document."""
        return int(self.pairs.token_to_id(self.mark) or 0)

    @property
    def size(self) -> int:
        """How many tokens there are."""
        return self.pairs.get_vocab_size()

    def encode(self, text: str) -> list[int]:
        """Turn text into numbers; nothing in it is ever read as a mark."""
        numbers: list[int] = self.pairs.encode(text, add_special_tokens=False).ids
        return numbers

    def encode_all(self, texts: Sequence[str]) -> list[list[int]]:
        """Turn each text into numbers, as `encode` does; on every core."""
        encoded = self.pairs.encode_batch_fast(list(texts), add_special_tokens=False)
        return [each.ids for each in encoded]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text costs in training, its `END` included; on every core."""
        return [1 + len(numbers) for numbers in self.encode_all(texts)]

    def decode(self, numbers: Sequence[int]) -> str:
        """Turn numbers back into text."""
        return str(self.pairs.decode(list(numbers), skip_special_tokens=True))

    def byte_lengths(self) -> list[int]:
        """How many bytes of text each token stands for; none for marks.

        Exact for byte-level vocabularies; in others a token's spaces are told by their sign.
        """
        marks = {
            number for number, each in self.pairs.get_added_tokens_decoder().items() if each.special
        }
        names = {number: name for name, number in self.pairs.get_vocab().items()}
        length = len if "ByteLevel" in repr(self.pairs.decoder) else _bytes_said
        return [
            0 if n in marks else length(names.get(n, "")) for n in range(max(names, default=-1) + 1)
        ]


def tokenizer(store: Path, vocabulary: int) -> Tokenizer:
    """Return the tokenizer of this installation, making it on the first call.

    The file is kept in the store under a hash of what it is made from and its own digest.

    Raises:
        Tampered: the kept file is not what its name says.
    """
    folder = store / "tokenizers"
    source = source_digest(vocabulary)[:16]
    for path in sorted(folder.glob(f"{source}-*.json")):
        return _read(path)
    text = _learn(vocabulary).to_str().encode()
    path = folder / f"{source}-{sha256(text).hexdigest()}.json"
    with saying_when_full(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(text)
    return _read(path)


def load_tokenizer(store: Path, wanted: str) -> Tokenizer:
    """Return the kept tokenizer with that digest, whichever installation made it.

    Raises:
        NotFound: the store holds no such tokenizer.
        Tampered: the kept file is not what its name says.
    """
    for path in sorted((store / "tokenizers").glob(f"*-{wanted}.json")):
        return _read(path)
    raise NotFound(
        f"The store holds no tokenizer {wanted[:16]}.",
        hint="Put `store/tokenizers` back from your backup, or train the model again.",
    )


def keep_tokenizer(store: Path, described: Mapping[str, JSON], mark: str) -> Tokenizer:
    """Keep a base's own tokenizer, as its `tokenizer.json` describes it; `mark` ends its texts.

    Raises:
        BadInput: the package `tokenizers` cannot read it, or it would read a mark out of text.
        SaysoError: the disk is full.
    """
    text = json.dumps({"mark": mark, "tokenizer": described}, ensure_ascii=False).encode()
    try:
        made = _of_base(text, sha256(text).hexdigest())
    except Exception as error:  # its Rust half raises nothing narrower
        raise BadInput(
            f"Its tokenizer.json cannot be read: {error}.",
            hint="Save it anew with the `tokenizers` or `transformers` package.",
        ) from error
    _require_plain(made)
    folder = store / "tokenizers"
    with saying_when_full(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / f"{_BASE}-{made.digest}.json") as file:
        file.write(text)
    return made


def source_digest(vocabulary: int) -> str:
    """The hex SHA-256 of everything the tokenizer is made from."""
    return digest(
        {
            "format": _FORMAT,
            "vocabulary": vocabulary,
            "wordfreq": version("wordfreq"),
            "tokenizers": version("tokenizers"),
            "weights": _WEIGHTS,
            "marks": _MARKS,
        }
    )


def _read(path: Path) -> Tokenizer:
    text = path.read_bytes()
    found = sha256(text).hexdigest()
    if found != path.stem.partition("-")[2]:
        raise Tampered(
            f"The tokenizer {path} is not what its name says.",
            hint="Delete the file: the next training makes it again.",
        )
    if path.stem.startswith(_BASE):
        return _of_base(text, found)
    return Tokenizer(pairs=_with_end(BytePairs.from_str(text.decode())), digest=found)


def _of_base(text: bytes, digest_: str) -> Tokenizer:
    said = json.loads(text)
    pairs = _with_end(BytePairs.from_str(json.dumps(said["tokenizer"])))
    pairs.no_truncation()
    pairs.no_padding()
    return Tokenizer(pairs=pairs, digest=digest_, mark=said["mark"])


def _require_plain(made: Tokenizer) -> None:
    """Refuse a tokenizer that reads a mark where somebody only wrote its letters."""
    for number, each in made.pairs.get_added_tokens_decoder().items():
        written = (each.content, f"a {each.content} b", f"a{each.content}b")
        if each.special and any(number in made.encode(text) for text in written):
            raise BadInput(
                f"Its tokenizer reads {each.content!r} as a mark of its own in anybody's text.",
                hint="Take a base with a byte-level tokenizer.",
            )


def _bytes_said(name: str) -> int:
    if _ONE_BYTE.fullmatch(name):
        return 1
    return len(name.replace("\u2581", " ").encode())


def _with_end(pairs: BytePairs) -> BytePairs:
    # Members may write "<|end|>" themselves: as plain text it must stay plain text.
    pairs.encode_special_tokens = True
    return pairs


def _learn(vocabulary: int) -> BytePairs:
    pairs = BytePairs(BPE())
    pairs.pre_tokenizer = ByteLevel(add_prefix_space=False)
    pairs.decoder = ByteLevelDecoder()
    trainer = BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[END],
        initial_alphabet=sorted(ByteLevel.alphabet()),
        show_progress=False,
    )
    pairs.train_from_iterator(_shown(), trainer)
    return pairs


def _shown() -> Iterator[str]:
    """Every word as often as its frequency asks, then the marks."""
    import wordfreq  # noqa: PLC0415 - its tables load slowly; most processes read what was made

    for language, weight in _WEIGHTS.items():
        frequencies = wordfreq.get_frequency_dict(language, wordlist="small")
        for word in sorted(frequencies):
            times = min(_MOST, max(1, round(frequencies[word] * _UNIT))) * weight
            yield f" {word}" * times
            yield f" {word.capitalize()}" * (times // _CAPITAL_PART)
            yield from [word.capitalize()] * (times // _FIRST_PART)
    for mark in (*_MARKS.split(), *_BREAKS):
        yield from [mark] * _MARK_TIMES
        yield f" {mark}" * _MARK_TIMES
    for year in _YEARS:
        yield f" {year}" * _YEAR_TIMES
