"""What silence means: the table of region, purpose and category, every row with its source."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from sayso.community import Category, Region
from sayso.consent.choices import Answer
from sayso.consent.purposes import PURPOSES, Purpose, PurposeText, purposes_in, undeclared
from sayso.consent.regions import COUNTRIES
from sayso.consent.toml_table import Table
from sayso.errors import BadInput
from sayso.evidence import canonical

PRESETS = ("opt-in", "gdpr-consent", "linkedin-2024", "linkedin-2025")


class Basis(StrEnum):
    """The legal basis that the operator claims for a row (GDPR Art. 6(1))."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate-interest"
    NOTICE = "notice"
    """No basis is asked for by law there; the operator's terms and notice are all there is."""


class Mechanism(StrEnum):
    """How a member says otherwise."""

    OPT_IN = "opt-in"
    OPT_OUT = "opt-out"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRow:
    """What holds where a member has said nothing.

    Empty `regions`, `purposes` or `categories` mean all; a row that names its regions outranks
    one that does not.
    """

    default: Answer
    basis: Basis
    mechanism: Mechanism
    citation: str
    regions: frozenset[Region] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    categories: frozenset[Category] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedSetting:
    """An older setting whose no is kept for newer purposes; its yes never grants anything."""

    setting: str
    purposes: frozenset[Purpose]
    plain: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessors:
    """Earlier purposes whose no holds for a later one; their yes never grants anything."""

    purpose: Purpose
    of: frozenset[Purpose]
    plain: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One operator's rules where members are silent. `text` is the file it was read from."""

    name: str
    title: str
    rows: tuple[PolicyRow, ...]
    settings: tuple[MappedSetting, ...]
    gpc_is_no: frozenset[Purpose]
    renew_on_material_notice: bool
    age_gate_attested: bool
    digest: str
    text: str
    predecessors: tuple[Predecessors, ...] = ()
    min_notice_days: int = 30
    """How long a material notice must be out before it takes effect or a default begins."""
    age_gate_citation: str = ""
    """Where the age gate is described that `age_gate_attested` speaks of."""
    purposes: Mapping[Purpose, PurposeText] = field(default_factory=lambda: PURPOSES, hash=False)
    """What members are asked about: the purposes that all policies have, then its own."""

    def text_of(self, purpose: Purpose) -> PurposeText:
        """Return how a purpose is said; one that is not declared has no words but its name."""
        return self.purposes.get(purpose) or undeclared(purpose)

    def default_for(self, region: Region, purpose: Purpose, category: Category) -> PolicyRow | None:
        """Return the row that speaks where a member is silent; None where none does.

        An unknown region gets the strictest row there is for the purpose and category.
        """
        fitting = [
            row
            for row in self.rows
            if (not row.purposes or purpose in row.purposes)
            and (not row.categories or category in row.categories)
        ]
        if region not in COUNTRIES:
            return _strictest(fitting)
        named = [row for row in fitting if region in row.regions]
        return _strictest(named or [row for row in fitting if not row.regions])

    def predecessors_of(self, purpose: Purpose) -> tuple[Purpose, ...]:
        """Return the purposes whose no holds for `purpose` too, predecessors of theirs included."""
        found: set[Purpose] = set()
        asked = {purpose}
        while asked:
            before = {old for row in self.predecessors if row.purpose in asked for old in row.of}
            asked = before - found
            found |= before
        return tuple(each for each in self.purposes if each in found)


def default_for(
    policy: Policy, region: Region, purpose: Purpose, category: Category
) -> PolicyRow | None:
    """Return what `policy` says of a silent member; see `Policy.default_for`."""
    return policy.default_for(region, purpose, category)


def load_policy(name: str) -> Policy:
    """Return the preset of that name, or what the file at that path says.

    Raises:
        BadInput: it is neither, or the file is not a policy.
    """
    if name in PRESETS:
        return load_preset(name)
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{name!r} is neither a preset nor a policy file that can be read: {error}.",
            hint="Presets: " + ", ".join(PRESETS) + ".",
        ) from error
    return parse_policy(text, name)


@cache
def load_preset(name: str) -> Policy:
    """Return one of the policies that Sayso ships.

    Raises:
        BadInput: there is no preset of that name.
    """
    if name not in PRESETS:
        raise BadInput(
            f"There is no preset policy {name!r}.", hint="Presets: " + ", ".join(PRESETS) + "."
        )
    file = resources.files("sayso.consent").joinpath("presets", f"{name}.toml")
    return parse_policy(file.read_text(encoding="utf-8"), f"{name}.toml")


@lru_cache(maxsize=32)
def parse_policy(text: str, source: str) -> Policy:
    """Read a policy file (TOML).

    Raises:
        BadInput: lines or fields are not what they should be; the message names each in `source`.
    """
    try:
        written = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            f"{source}: {error}.", hint="Mend that line; nothing was changed."
        ) from error
    table = Table(source, "the file", written)
    purposes = purposes_in(table.parts("purposes"), PURPOSES)
    rows = tuple(_row(part, purposes) for part in table.parts("rows"))
    if not rows:
        table.faults.settle()
        raise BadInput(
            f"{source}: there are no [[rows]].",
            hint="A policy says what silence means; start from a preset: `sayso policy show`.",
        )
    policy = Policy(
        name=table.text("name"),
        title=table.text("title"),
        rows=rows,
        settings=tuple(_setting(part, purposes) for part in table.parts("settings")),
        predecessors=tuple(_predecessors(part, purposes) for part in table.parts("predecessors")),
        gpc_is_no=frozenset(table.every_one("gpc_is_no", purposes, none=True)),
        renew_on_material_notice=table.truth("renew_on_material_notice"),
        age_gate_attested=table.truth("age_gate_attested"),
        min_notice_days=table.days("min_notice_days", otherwise=30),
        age_gate_citation=table.text("age_gate_citation", otherwise=""),
        digest=canonical.digest(text),
        text=text,
        purposes=purposes,
    )
    table.nothing_else()
    table.faults.settle()
    for purpose in purposes:
        if purpose in policy.predecessors_of(purpose):
            raise BadInput(
                f"{source}: [[predecessors]]: {purpose} comes before itself.",
                hint="A purpose is older or newer than another, never both; nothing was changed.",
            )
    return policy


def _strictest(rows: Sequence[PolicyRow]) -> PolicyRow | None:
    refusing = [row for row in rows if row.default is Answer.NO]
    return next(iter(refusing or rows), None)


def _row(table: Table, purposes: Collection[Purpose]) -> PolicyRow:
    row = PolicyRow(
        default=table.one("default", tuple(Answer)),
        basis=table.one("basis", tuple(Basis)),
        mechanism=table.one("mechanism", tuple(Mechanism)),
        citation=table.text("citation"),
        regions=table.regions("regions"),
        purposes=frozenset(table.chosen("purposes", purposes)),
        categories=frozenset(table.chosen("categories", tuple(Category))),
    )
    table.nothing_else()
    return row


def _setting(table: Table, purposes: Collection[Purpose]) -> MappedSetting:
    setting = MappedSetting(
        setting=table.text("setting"),
        purposes=frozenset(table.chosen("purposes", purposes)),
        plain=table.text("plain"),
        citation=table.text("citation"),
    )
    table.nothing_else()
    return setting


def _predecessors(table: Table, purposes: Collection[Purpose]) -> Predecessors:
    predecessors = Predecessors(
        purpose=table.one("purpose", purposes),
        of=frozenset(table.every_one("of", purposes)),
        plain=table.text("plain"),
        citation=table.text("citation"),
    )
    table.nothing_else()
    return predecessors
