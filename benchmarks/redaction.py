"""Personal data found in labelled texts and the speed of it, beside Presidio and others.

Every tool reads the same texts in one run; peers run in an environment of their own, without
models of a language (none is downloaded), and their overlapping spans are resolved as ours are:
the longest stays. A peer that does not look for a label has no row for it. Seconds are the
processor's, on one core.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import labelled
from benchmarks.directory import plain_names
from benchmarks.labelled import Detector, Labelled, Marked, Score
from benchmarks.peers import installed, run
from sayso.redact.members.directory import Directory
from sayso.redact.redactor import Part, Redactor
from sayso.redact.scan import Surroundings
from sayso.redact.strangers import strangers

PEERS = ("presidio-analyzer==2.2.366", "scrubadub==2.0.1", "datatrove==0.10.1")
ALONE = ("dolma==1.2.1",)
_FOR_DOLMA = (
    *("msgspec", "necessary", "fasttext-wheel", "platformdirs", "uniseg", "zstandard"),
    *("omegaconf", "anyascii", "tokenizers"),
)
_ASKED_BY = Path(__file__).with_name("redaction_peer.py")
_SPOKEN = ("btc_dev", "wnut17_dev", "uner_ewt_dev", "so_tech_dev")
"""The sets whose texts are joined to measure speed: tweets, comments, mail, blogs, questions."""

_TEXT_BYTES = 1000
_ROUNDS = 5
_MILLION = 1_000_000
_HEAD = "{:<19} {:<8} {:<10} {:>5}   {:<21} {:<21}\n"
_ROW = "{:<19} {:<8} {:<10} {:>5}   {:.3f} {:.3f} {:.3f}     {:.3f} {:.3f} {:.3f}\n"


def main() -> None:
    """Print the table of every label in every set, what was taken too much, and the speeds."""
    sets = {name: labelled.read(name) for name in labelled.names()}
    texts = community_texts(sets)
    said = _ask_peers(sets, texts)
    detectors = {"Sayso": labelled.sayso(Redactor(tagger=strangers("balanced")))}
    detectors |= {name: _recalled(sets, found) for name, found in said["found"].items()}
    _tell(sets, detectors)
    _tell_speed(texts, said["bytes_per_s"])


def community_texts(sets: Mapping[str, Sequence[Labelled]]) -> list[str]:
    """Return texts of about 1 kB, made by joining short ones of people who write to people."""
    joined: list[str] = []
    lines: list[str] = []
    for document in (each for name in _SPOKEN for each in sets[name]):
        lines.append(document.text)
        if sum(map(len, lines)) >= _TEXT_BYTES:
            joined.append("\n".join(lines))
            lines = []
    return joined


def _ask_peers(
    sets: Mapping[str, Sequence[Labelled]], texts: Sequence[str]
) -> Mapping[str, Mapping[str, Mapping[str, list[list[tuple[int, int, str]]]]]]:
    asked = {
        "sets": {name: [(each.text, each.language) for each in sets[name]] for name in sets},
        "speed": texts,
    }
    with installed([*PEERS, *_FOR_DOLMA], alone=ALONE) as python, TemporaryDirectory() as folder:
        given = Path(folder) / "texts.json"
        given.write_text(json.dumps(asked), encoding="utf-8")
        answer: Mapping[str, Mapping[str, Mapping[str, list[list[tuple[int, int, str]]]]]] = (
            json.loads(run([str(python), str(_ASKED_BY), str(given)], "The peers failed"))
        )
    return answer


def _recalled(
    sets: Mapping[str, Sequence[Labelled]],
    found: Mapping[str, list[list[tuple[int, int, str]]]],
) -> Detector:
    """Return what a peer has found already as a detector."""
    known = {
        id(document): _longest([Marked(*span) for span in spans])
        for name, documents in sets.items()
        for document, spans in zip(documents, found[name], strict=True)
    }
    return lambda documents: [known[id(document)] for document in documents]


def _longest(spans: Sequence[Marked]) -> list[Marked]:
    kept: list[Marked] = []
    for span in sorted(spans, key=lambda each: each.start - each.end):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept)


def _tell(sets: Mapping[str, Sequence[Labelled]], detectors: Mapping[str, Detector]) -> None:
    scores: dict[tuple[str, str], Score] = {
        (name, tool): labelled.score(documents, detector)
        for name, documents in sets.items()
        for tool, detector in detectors.items()
    }
    looked_for = {
        (tool, label)
        for (_, tool), score in scores.items()
        for label, tally in score.labels.items()
        if tally.found
    }
    sys.stdout.write(
        "Our tagger was trained on these halves but for uner_*: only there does PERSON say how\n"
        "it does on new texts (docs/tagger.md has the others, with weights that never saw them).\n"
        + _HEAD.format("", "", "", "", "exact", "overlap")
        + _HEAD.format("set", "label", "tool", "gold", "P     R     F1", "P     R     F1")
    )
    for name in sets:
        for label, ours in scores[name, "Sayso"].labels.items():
            for tool in detectors:
                if (tool, label) in looked_for:
                    tally = scores[name, tool].labels[label]
                    figures = (*tally.exact_prf, *tally.overlap_prf)
                    sys.stdout.write(_ROW.format(name, label, tool, ours.gold, *figures))
    sys.stdout.write("\nShare of all characters that was marked outside every labelled span, %\n")
    line = "{:<19}" + " {:>10}" * len(detectors) + "\n"
    sys.stdout.write(line.format("set", *detectors))
    for name in sets:
        shares = [f"{100 * scores[name, tool].over_redaction:.3f}" for tool in detectors]
        sys.stdout.write(line.format(name, *shares))


def _tell_speed(texts: Sequence[str], peers: Mapping[str, float]) -> None:
    names = plain_names(_MILLION, random.Random(7))  # noqa: S311 - the same names in every run
    began = time.process_time()
    directory = Directory(names)
    built = time.process_time() - began
    tagger = strangers("balanced")
    ours = {
        "structured": Redactor(),
        "structured, a million names": Redactor(directory=directory),
        "with strangers' names": Redactor(tagger=tagger),
        "all of it": Redactor(directory=directory, tagger=tagger),
    }
    size = sum(len(text.encode()) for text in texts)
    sys.stdout.write(
        f"\n{len(texts)} texts of people who write to people, {size / 1e6:.2f} MB. "
        f"The directory of {directory.names:,} names was ready after {built:.1f} s.\n"
    )
    speeds = {f"Sayso, {name}": _speed(redactor, texts, size) for name, redactor in ours.items()}
    for name, speed in {**speeds, **peers}.items():
        sys.stdout.write(f"{name:<38} {speed / 1e6:>8.3f} MB/s\n")
    _ratio(
        "structured finders with a million names",
        speeds["Sayso, structured, a million names"],
        "Presidio's patterns",
        peers["Presidio"],
    )
    _ratio(
        "all of it", speeds["Sayso, all of it"], "Presidio with spaCy", peers["Presidio with spaCy"]
    )


def _ratio(ours: str, speed: float, theirs: str, peer: float) -> None:
    sys.stdout.write(f"{ours} / {theirs}: {speed / peer:.1f}\n")


def _speed(redactor: Redactor, texts: Sequence[str], size: int) -> float:
    around = Surroundings(language="en")
    documents = [[Part(text, around=around)] for text in texts]

    def once() -> float:
        began = time.process_time()
        redactor.redact_batch(documents)
        return time.process_time() - began

    return size / _median(once)


def _median(timed: Callable[[], float]) -> float:
    return statistics.median(timed() for _ in range(_ROUNDS))


if __name__ == "__main__":
    main()
