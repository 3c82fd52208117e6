"""What data is used for; each purpose named after its W3C DPV parent, and declared in a file."""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import ClassVar, Self

from sayso.consent.toml_table import Table
from sayso.errors import BadInput

_NAME = re.compile(r"(?=.{3,40}\Z)[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_SHAPE = "a name of 3 to 40 small letters, digits and hyphens, like personal-search"
_DPV = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z][A-Za-z0-9]*")
_QUESTION = "May what you write be used for this?"


class Purpose(str):
    """A use that a member answers for separately, by its name; a policy declares which there are.

    Raises:
        ValueError: it is no name for a purpose.
    """

    __slots__ = ()

    GENAI_TRAINING: ClassVar["Purpose"]
    AI_RESEARCH: ClassVar["Purpose"]
    WRITING_ASSISTANCE: ClassVar["Purpose"]

    def __new__(cls, name: str) -> Self:
        """Take a name that is well formed; whether any policy declares it is another question."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name[:60]!r} is not {_SHAPE}")
        return super().__new__(cls, name)


Purpose.GENAI_TRAINING = Purpose("genai-training")
Purpose.AI_RESEARCH = Purpose("ai-research")
Purpose.WRITING_ASSISTANCE = Purpose("writing-assistance")


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeText:
    """How a purpose is said to a member, and what it is in the Data Privacy Vocabulary."""

    title: str
    question: str
    plain: str
    if_no: str
    dpv: str
    processing: str = "dpv:Use"
    discloses_to_third_parties: bool = False
    recipients: str = ""
    """Who else gets the data, where it discloses; part of a sentence."""
    may_use_non_public: bool = False
    """A notice may widen it beyond public documents; nobody but the member sees the outcome."""
    heeds_signals: bool = True
    """What a document's own signals say no to training with, they say no to this use with."""


def purposes_in(
    tables: Iterable[Table], before: Mapping[Purpose, PurposeText]
) -> dict[Purpose, PurposeText]:
    """Return the purposes of `before`, and after them those that tables declare, in their order.

    A field that is not what it should be, or a purpose that is declared already, is among the
    tables' faults.
    """
    found = dict(before)
    for table in tables:
        name = table.shaped("name", _NAME, _SHAPE)
        if name in found:
            table.wrong("name", f"a new name: {name} is declared already")
        declared = _text(table)
        if name:
            found.setdefault(Purpose(name), declared)
    return found


def undeclared(purpose: Purpose) -> PurposeText:
    """Return what is known of a purpose that no policy at hand declares: its name, and no more.

    Where its words would decide anything, they are the strictest.
    """
    return PurposeText(
        title=purpose,
        question=_QUESTION,
        plain="",
        if_no="",
        dpv="dpv:Purpose",
        discloses_to_third_parties=True,
        recipients="others",
    )


def purpose_named(name: str, declared: Collection[Purpose]) -> Purpose:
    """Return the purpose of that name among those that are declared.

    Raises:
        BadInput: it is not among them; the message names those that are.
    """
    for purpose in declared:
        if purpose == name:
            return purpose
    raise BadInput(
        f"There is no purpose {name[:60]!r}.",
        hint=f"One of: {', '.join(declared)}. A policy declares others under [[purposes]].",
    )


def _text(table: Table) -> PurposeText:
    discloses = table.truth("discloses_to_third_parties", otherwise=False)
    text = PurposeText(
        title=table.text("title"),
        question=table.text("question", otherwise=_QUESTION),
        plain=table.text("plain"),
        if_no=table.text("if_no"),
        dpv=table.shaped("dpv", _DPV, "a term of the vocabulary, like dpv:ServiceProvision"),
        processing=table.shaped("processing", _DPV, "a term, like dpv:Use", otherwise="dpv:Use"),
        discloses_to_third_parties=discloses,
        recipients=table.text("recipients") if discloses else "",
        may_use_non_public=table.truth("may_use_non_public", otherwise=False),
        heeds_signals=table.truth("heeds_signals", otherwise=True),
    )
    table.nothing_else()
    return text


def _built_in() -> Mapping[Purpose, PurposeText]:
    file = resources.files("sayso.consent").joinpath("purposes.toml")
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    table = Table(file.name, "the file", written)
    found = purposes_in(table.parts("purposes"), {})
    table.faults.settle()
    return found


PURPOSES: Mapping[Purpose, PurposeText] = _built_in()
"""The purposes that every policy has, in the order in which they are shown."""
