"""Runs in the peers' own environment: lets each peer mark texts; prints what, and how fast.

No peer gets a model of a language: none is downloaded. Presidio is given a blank spaCy tokenizer
and so never finds names; its speed with names is taken with a pipeline of the architecture of
spaCy's small English model and random weights, whose answers are not used.
"""

import json
import logging
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

import scrubadub  # noqa: E402
import spacy  # noqa: E402
from datatrove.pipeline.formatters.pii import PIIFormatter  # noqa: E402
from dolma.core.data_types import TextSlice  # noqa: E402
from dolma.taggers.pii import FastPiiRegex  # noqa: E402
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: E402
from presidio_analyzer.nlp_engine import SlimSpacyNlpEngine, SpacyNlpEngine  # noqa: E402

Span = tuple[int, int, str]
Mark = Callable[[str, str], list[Span]]

ROUNDS = 3
SLOW_BYTES = 300_000
SLOWEST_BYTES = 60_000
LANGUAGES = ("en", "es")

_PRESIDIO = {
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "URL": "URL",
    "CREDIT_CARD": "CARD",
    "IP_ADDRESS": "IP",
    "PERSON": "PERSON",
    "LOCATION": "ADDRESS",
    **dict.fromkeys(
        (
            *("IBAN_CODE", "US_SSN", "US_ITIN", "US_PASSPORT", "US_DRIVER_LICENSE"),
            *("US_BANK_NUMBER", "UK_NHS", "UK_NINO", "ES_NIF", "ES_NIE", "MEDICAL_LICENSE"),
        ),
        "ID",
    ),
}
_SCRUBADUB = {
    "email": "EMAIL",
    "phone": "PHONE",
    "url": "URL",
    "twitter": "HANDLE",
    "credit_card": "CARD",
    "social_security_number": "ID",
    "national_insurance_number": "ID",
    "tax_reference_number": "ID",
    "drivers_licence": "ID",
    "postalcode": "ADDRESS",
}
_DOLMA = {"EMAIL_ADDRESS": "EMAIL", "PHONE_NUMBER": "PHONE", "IP_ADDRESS": "IP"}


def main(path: Path) -> None:
    """Mark every set with every peer, then time each of them on the same texts."""
    given = json.loads(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        marks = _peers(Path(folder))
        found = {
            name: {
                set_: [mark(text, language) for text, language in texts]
                for set_, texts in given["sets"].items()
            }
            for name, mark in marks.items()
        }
        timed = {**marks, "Presidio with spaCy": _presidio_with_names(Path(folder))}
        speed = {name: _speed(name, mark, given["speed"]) for name, mark in timed.items()}
    json.dump({"found": found, "bytes_per_s": speed}, sys.stdout)


def _peers(folder: Path) -> dict[str, Mark]:
    return {
        "Presidio": _presidio(_blank(folder)),
        "scrubadub": _scrubadub(),
        "datatrove": _datatrove(),
        "Dolma": _dolma(),
    }


def _blank(folder: Path) -> SlimSpacyNlpEngine:
    models = []
    for language in LANGUAGES:
        place = folder / language
        spacy.blank(language).to_disk(place)
        models.append({"lang_code": language, "model_name": str(place)})
    return SlimSpacyNlpEngine(models=models, auto_download=False)


def _presidio(
    engine: SlimSpacyNlpEngine | SpacyNlpEngine, languages: tuple[str, ...] = LANGUAGES
) -> Mark:
    engine.load()
    registry = RecognizerRegistry(supported_languages=list(languages))
    registry.load_predefined_recognizers(languages=list(languages), nlp_engine=engine)
    analyzer = AnalyzerEngine(
        registry=registry, nlp_engine=engine, supported_languages=list(languages)
    )

    def mark(text: str, language: str) -> list[Span]:
        spoken = language if language in languages else "en"
        return [
            (each.start, each.end, _PRESIDIO.get(each.entity_type, each.entity_type))
            for each in analyzer.analyze(text=text, language=spoken)
        ]

    return mark


def _presidio_with_names(folder: Path) -> Mark:
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    listening = {
        "@architectures": "spacy.Tok2VecListener.v1",
        "width": 96,
        "upstream": "tok2vec",
    }
    for name, architecture in (
        ("tagger", {"@architectures": "spacy.Tagger.v2"}),
        ("parser", _parsing("parser")),
        ("ner", _parsing("ner")),
    ):
        nlp.add_pipe(name, config={"model": {**architecture, "tok2vec": listening}})
    text = {
        "words": ["Ana", "writes"],
        "tags": ["NNP", "VBZ"],
        "heads": [1, 1],
        "deps": ["nsubj", "ROOT"],
        "entities": ["U-PERSON", "O"],
    }
    made = spacy.training.Example.from_dict(nlp.make_doc("Ana writes"), text)
    nlp.initialize(lambda: [made])
    nlp.to_disk(folder / "small")
    models = [{"lang_code": "en", "model_name": str(folder / "small")}]
    return _presidio(SpacyNlpEngine(models=models), ("en",))


def _parsing(kind: str) -> dict[str, object]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
    }


def _scrubadub() -> Mark:
    scrubber = scrubadub.Scrubber()

    def mark(text: str, _: str) -> list[Span]:
        return [
            (filth.beg, filth.end, _SCRUBADUB.get(filth.type, filth.type))
            for filth in scrubber.iter_filth(text)
        ]

    return mark


def _datatrove() -> Mark:
    formatter = PIIFormatter()
    replacers = (("EMAIL", formatter.emails_replacer), ("IP", formatter.ip_replacer))

    def mark(text: str, _: str) -> list[Span]:
        return [
            (*match.span(), label)
            for label, replacer in replacers
            for match in replacer.regex.finditer(text)
            if replacer.validator is None or replacer.validator(match.group())
        ]

    return mark


def _dolma() -> Mark:
    tagger = FastPiiRegex()

    def spans(text: str) -> Iterator[Span]:
        whole = TextSlice(doc=text, start=0, end=len(text))
        for found in (
            tagger._predict_email(whole),  # noqa: SLF001 - what its `predict` asks per paragraph
            tagger._predict_phone(whole),  # noqa: SLF001
            tagger._predict_ip(whole),  # noqa: SLF001
        ):
            for each in found:
                yield each.start, each.end, _DOLMA[each.type]

    return lambda text, _: list(spans(text))


def _speed(name: str, mark: Mark, texts: list[str]) -> float:
    limit = {"Presidio": SLOW_BYTES, "scrubadub": SLOW_BYTES, "Presidio with spaCy": SLOWEST_BYTES}
    some, size = [], 0
    for text in texts:
        if size >= limit.get(name, sys.maxsize):
            break
        some.append(text)
        size += len(text.encode())
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for text in some:
            mark(text, "en")
        seconds.append(time.process_time() - began)
    return size / statistics.median(seconds)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
