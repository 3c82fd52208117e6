"""A draft of the public summary of training content (Regulation (EU) 2024/1689 Art. 53(1)(d)).

It follows the order of the AI Office's template of 24 July 2025, told in our own words. What the
dataset shows is filled in; every yes or no, and all that only a provider can know, stays blank.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.datasets.cards import statements
from sayso.datasets.cards.described import Described, Layout
from sayso.datasets.cards.figures import figure, figures

TEMPLATE = "template of the AI Office of 24 July 2025"
_INTRODUCTION = (
    f"For one dataset alone, {{urn}}, by the {TEMPLATE}. Compare it with the form that is in "
    "force. Blanks say who has to fill them; nothing in them was guessed."
)
_PROVIDER = "the provider of the model"
_BILLION = 10**9
_SMALLEST_SIZE = "Less than 1 billion tokens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of the template. An empty `answer` is a blank that somebody has to fill."""

    title: str
    answer: str = ""
    by: str = _PROVIDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the template, and what this dataset shows of it."""

    number: str
    title: str
    fields: tuple[Field, ...]
    known: str = ""


def eu_summary(described: Described, layout: Layout) -> str:
    """Return the draft in Markdown, with its blanks to see."""
    del layout
    parts = [
        "# Public summary of training content: draft",
        _INTRODUCTION.format(urn=described.urn),
        *(_written(section) for section in _sections(described)),
    ]
    return "\n\n".join(parts) + "\n"


def blank(by: str = _PROVIDER) -> str:
    """Return what stands where only a person can answer."""
    return f"________ (to be attested by {by})"


def _written(section: Section) -> str:
    depth = "##" if "." not in section.number else "###"
    lines = [f"{depth} {section.number} {section.title}"]
    if section.fields:
        lines += ["", *(f"- **{each.title}**: {_said(each)}" for each in section.fields)]
    if section.known:
        lines += ["", f"What this dataset shows: {section.known}"]
    return "\n".join(lines)


def _said(field: Field) -> str:
    return field.answer or blank(field.by)


def _sections(described: Described) -> Iterator[Section]:
    yield Section(number="1", title="General information", fields=())
    yield Section(number="1.1", title="Provider", fields=_blanks("Name and contact"))
    yield Section(
        number="1.2",
        title="Model",
        fields=_blanks(
            "Name and version",
            "Models that it is built on",
            "Day it was placed on the Union market",
        ),
    )
    yield Section(number="1.3", title="Modalities, size and nature", fields=_nature(described))
    yield from _sources(described)
    yield from _processing(described)


def _nature(described: Described) -> tuple[Field, ...]:
    manifest, smallest = described.manifest, described.smallest
    kinds = ", ".join(each.name for each in figures(manifest, "kinds", smallest))
    languages = "; ".join(
        f"{each.name}: {each.text} documents" for each in figures(manifest, "languages", smallest)
    )
    years = sorted(each.name for each in figures(manifest, "years", smallest))
    written = f"; written from {years[0]} to {years[-1]}" if years else ""
    return (
        Field(title="Modality of this dataset", answer="text"),
        Field(
            title="Size of this dataset",
            # no token is shorter than a byte, so that fewer bytes are fewer tokens
            answer=_SMALLEST_SIZE if manifest.text_bytes < _BILLION else "",
        ),
        Field(title="Sorts of content in this dataset", answer=kinds),
        Field(
            title="Last day of acquisition for this dataset",
            answer=f"{described.sealed_at:%m/%Y}, when it was sealed{written}",
        ),
        Field(title="Languages of this dataset", answer=languages),
        *_blanks(
            "Modalities, sizes and languages of all training data together",
            "Whether data is still being added after the model was placed on the market",
        ),
    )


def _sources(described: Described) -> Iterator[Section]:
    manifest, smallest = described.manifest, described.smallest
    yield Section(number="2", title="Sources of data", fields=())
    for number, title in (
        ("2.1", "Publicly available datasets"),
        ("2.2", "Private datasets of others, licensed or not"),
        ("2.3", "Data crawled and scraped from the web"),
    ):
        yield Section(number=number, title=title, fields=_blanks("Used (yes or no)", "Which"))
    sources = "; ".join(
        f"{each.name}: {each.text} documents" for each in figures(manifest, "sources", smallest)
    )
    yield Section(
        number="2.4",
        title="Data of users",
        fields=_blanks(
            "Used: what users said to the model (yes or no)",
            "Used: what users did with the provider's other services (yes or no)",
            "Those services",
        ),
        known=f"{statements.summary(described)} {statements.say_so(described)} Sources: "
        f"{sources or 'not stated'}.",
    )
    yield Section(
        number="2.5",
        title="Synthetic data",
        fields=_blanks("Used (yes or no)", "Made by which models"),
    )
    yield Section(number="2.6", title="Other sources", fields=_blanks("Used (yes or no)", "Which"))


def _processing(described: Described) -> Iterator[Section]:
    manifest, smallest = described.manifest, described.smallest
    licence, signal = (
        figure(manifest, "refusals", rule, smallest).text for rule in ("licence", "stated_signal")
    )
    redacted = "; ".join(
        f"{each.name}: {each.text}" for each in figures(manifest, "redactions", smallest)
    )
    yield Section(number="3", title="Processing of data", fields=())
    yield Section(
        number="3.1",
        title="Rights that were reserved (Directive (EU) 2019/790 Art. 4(3))",
        fields=_blanks("Signed the code of practice (yes or no)", "Measures taken"),
        known="Documents were left out because a machine-readable signal at the text said no: "
        f"{signal}; because their licence does: {licence}.",
    )
    yield Section(number="3.2", title="Illegal content taken out", fields=_blanks("Measures taken"))
    yield Section(
        number="3.3",
        title="Other processing",
        fields=(Field(title="Anything else", by=_PROVIDER),),
        known=f"personal data was taken out before sealing, by kind and how often: "
        f"{redacted or 'none was found'}. {statements.LIMITATIONS[0]} {statements.MAINTENANCE}",
    )


def _blanks(*titles: str) -> tuple[Field, ...]:
    return tuple(Field(title=title) for title in titles)
